"""Sessions on disk, one TinyDB file each. Nothing else imports TinyDB."""

from shuro_tui.store.errors import DamagedSession, SessionExists, StorageError, UnknownSession
from shuro_tui.store.folder import Summary, delete, sessions
from shuro_tui.store.session_file import Store, load

__all__ = [
    "DamagedSession",
    "SessionExists",
    "StorageError",
    "Store",
    "Summary",
    "UnknownSession",
    "delete",
    "load",
    "sessions",
]
