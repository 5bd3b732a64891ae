"""Sessions in TinyDB."""
