"""The process that owns a session, and the clients' end of it."""
