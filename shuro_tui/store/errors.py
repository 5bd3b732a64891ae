"""What can go wrong with a session on disk. Each message is for the person in front of the screen."""


class StorageError(Exception):
    """The disk is full, the file not writable, …: nothing has changed, neither on disk nor in memory."""


class SessionExists(StorageError):  # noqa: N818 - named for what is the matter
    """There is a session of that id already."""


class UnknownSession(StorageError):  # noqa: N818
    """The folder holds no session of that id."""


class DamagedSession(Exception):  # noqa: N818
    """The file is no session that this version understands. Its bytes are kept as they were."""
