"""Changes beside a JSON file: a line each, with its checksum, and each durable before anybody hears of it.

A line that is complete and not intact was damaged; what follows the last line end was torn by a kill, and nobody had
heard of it. After that come zeros, room for what is still to be written: bytes in their place are synced much faster
than a file that grows, which the file system has to enter in a journal of its own.
"""

import os
import zlib
from collections.abc import Iterator
from contextlib import suppress
from io import FileIO
from pathlib import Path
from typing import NamedTuple

from shuro_tui import durable

_HEAD = 9
"""Bytes before the payload of a line."""

_ROOM = 1 << 18
"""Bytes that a journal grows by."""

_PAGE = 1 << 12
"""Bytes of room that are written at a time: what is written in one go the system may keep as one piece, and then looks
through the whole piece at each sync."""


class Lines(NamedTuple):
    """What a journal holds up to where it is torn or damaged: `end` bytes."""

    payloads: list[bytes]
    end: int
    damaged: bool


def place(file: Path) -> Path:
    """Where the journal of a JSON file is."""
    return file.with_suffix(".journal")


def line(payload: bytes) -> bytes:
    """A line of the journal. The payload is JSON without line ends."""
    return b"%08x %b\n" % (zlib.crc32(payload), payload)


def lines(data: bytes) -> Lines:
    """The lines of a journal, up to the first that is not intact."""
    *complete, tail = data.rstrip(b"\0").split(b"\n")
    payloads = list(_intact(complete))
    end = sum(map(len, payloads)) + len(payloads) * (_HEAD + 1)
    # What is torn is the beginning of a line; a last line that is all there, its end not a line end, is damaged.
    all_there = _is_intact(tail) or _is_intact(tail[:-1])
    damaged = len(payloads) < len(complete) or b"\0" in tail or all_there
    return Lines(payloads, end, damaged)


def _intact(complete: list[bytes]) -> Iterator[bytes]:
    for text in complete:
        if not _is_intact(text):
            return
        yield text[_HEAD:]


def _is_intact(text: bytes) -> bool:
    return text[:_HEAD] == b"%08x " % zlib.crc32(text[_HEAD:])


class Journal:
    """A journal that is written, from `end` on: what stands behind that is not part of it."""

    def __init__(self, path: Path, end: int) -> None:
        self.end = end
        self._path = path
        self._file: FileIO | None = None
        self._size = 0
        self._at_end = False

    def append(self, *payloads: bytes) -> None:
        """Add a line for each payload, durably. Raises OSError; then the journal is as it was."""
        data = b"".join(map(line, payloads))
        try:
            file = self._file or self._opened()
            if not self._at_end:
                self._size = file.truncate(self.end)
                file.seek(self.end)
            self._at_end = False
            if self.end + len(data) > self._size:
                self._grow(file, self.end + len(data) + _ROOM)
                file.seek(self.end)
            written = file.write(data)
            while written < len(data):  # the disk took only some of it, and says why when it is asked again
                written += file.write(data[written:])
            getattr(os, "fdatasync", os.fsync)(file.fileno())
        except OSError:
            self.trim()
            raise
        self._at_end = True
        self.end += len(data)

    def trim(self) -> None:
        """Have nothing behind the end. Where not even that can be done, the next append does it first."""
        with suppress(OSError):
            self._size = self._opened().truncate(self.end)

    def clear(self) -> None:
        """Begin anew. Raises OSError."""
        if self.end:
            self._at_end = False
            self.end = 0
            self._opened().truncate(0)

    def close(self) -> None:
        """No more lines; an empty journal goes."""
        if self._file is not None:
            self._file.close()
            self._file = None
        if not self.end:
            self._path.unlink(missing_ok=True)

    def _opened(self) -> FileIO:
        if self._file is None:
            descriptor = os.open(self._path, os.O_RDWR | os.O_CREAT | getattr(os, "O_BINARY", 0), 0o600)
            self._file = FileIO(descriptor, "r+b")
            durable.sync_folder(self._path.parent)
        return self._file

    def _grow(self, file: FileIO, size: int) -> None:
        with suppress(OSError):  # without room for more there may still be room for what is to be written now
            at = file.seek(self._size)
            while at < size:
                at += file.write(bytes(_PAGE - at % _PAGE))
        self._size = file.seek(0, os.SEEK_END)
