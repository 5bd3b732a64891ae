"""TinyDB's data in memory, put on disk whole and in one step."""

from pathlib import Path
from typing import Any

import msgspec
from tinydb.storages import Storage

from shuro_tui import durable

Tables = dict[str, dict[str, Any]]


class DurableStorage(Storage):
    """Tables that are changed in memory and reach the file with `flush`.

    Stock TinyDB's storage rewrites the file in place with every change: a kill in between would tear it.
    """

    def __init__(self, path: Path, saved: bytes) -> None:
        """Begin with `saved`, what the file at `path` holds or will hold after the first flush."""
        self._path = path
        self._saved = saved
        self._tables: Tables = msgspec.json.decode(saved)

    def read(self) -> Tables:
        """All tables."""
        return self._tables

    def write(self, data: Tables) -> None:
        """Take all tables; nothing reaches the disk yet."""
        self._tables = data

    def flush(self) -> None:
        """Make the tables durable. Raises OSError; then the file is as it was."""
        data = msgspec.json.encode(self._tables)
        durable.write(self._path, data)
        self._saved = data

    def restore(self) -> None:
        """Go back to what was flushed last."""
        self._tables = msgspec.json.decode(self._saved)
