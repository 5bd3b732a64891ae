"""TinyDB over a JSON file and a journal: a change costs what it says, however much the file holds.

The journal's lines are JSON: an object is what changed, table → number of the document → the document, or null where it
is gone; a number is the checksum of the JSON file from which the changes after it go on.
"""

import zlib
from contextlib import suppress
from pathlib import Path
from typing import Any, NamedTuple, cast

import msgspec
from msgspec import Raw
from tinydb import TinyDB
from tinydb.storages import Storage

from shuro_tui import durable
from shuro_tui.store import journal
from shuro_tui.store.journal import Journal
from shuro_tui.store.table import GONE, JournalTable

Tables = dict[str, dict[str, Raw]]
"""Table → number → document. Documents stay the JSON that they are on the disk until somebody looks at one."""

COMPACT_AT = 16_000_000
"""Bytes of journal from which it is folded into the JSON file, unless that is larger still. A session of an evening
stays below."""

_tables = msgspec.json.Decoder(Tables)
_payloads = msgspec.json.Decoder(list[int | Tables])
_encoder = msgspec.json.Encoder()


class Saved(NamedTuple):
    """What file and journal hold together. `end`: of the journal that goes with the file, in bytes."""

    tables: Tables
    size: int
    end: int
    damaged: bool


def read(path: Path) -> Saved:
    """The tables as they were changed last, up to where the journal is torn or damaged.

    Raises OSError, or ValueError where the file is none of ours or not the one that its journal goes with.
    """
    data, changes = _together(path)
    lines = journal.lines(changes)
    try:
        tables = _tables.decode(data)
        made = _payloads.decode(b"[%b]" % b",".join(lines.payloads))
    except RecursionError as error:
        raise ValueError("nested too deeply") from error
    if made:
        for change in made[_base(made, zlib.crc32(data)) :]:
            if not isinstance(change, int):  # a file that was announced and never came
                _put(tables, change)
    return Saved(tables, len(data), lines.end, lines.damaged)


def _together(path: Path) -> tuple[bytes, bytes]:
    """File and journal of the same moment, while another process may be folding the one into the other."""
    beside = journal.place(path)
    after = _bytes(beside)
    while True:
        before, data, after = after, path.read_bytes(), _bytes(beside)
        if before.partition(b"\n")[0] == after.partition(b"\n")[0]:
            return data, after


def _bytes(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except FileNotFoundError:
        return b""


def _base(made: list[int | Tables], checksum: int) -> int:
    """From which of the lines on changes go on from the file of that checksum."""
    place = max((number for number, line in enumerate(made) if line == checksum), default=None)
    if place is None:
        raise ValueError("a journal of another file")
    return place + 1


def _put(tables: Tables, change: Tables) -> None:
    for name, documents in change.items():
        table = tables.setdefault(name, {})
        for number, document in documents.items():
            if document == GONE:
                table.pop(number, None)
            else:
                table[number] = document


class JournalStorage(Storage):
    """The tables in memory, and every change of them on disk. One writer at a time.

    `JournalTable` changes single documents; any other table has the whole file written. Raises what `read` raises.
    tables: as they are kept; aside: where a damaged journal was kept, of which they have what came before the damage.
    """

    def __init__(self, path: Path | str) -> None:
        self._path = Path(path)
        if not self._path.exists():
            durable.write(self._path, b"{}")
        saved = read(self._path)
        beside = journal.place(self._path)
        self.aside = copy_aside(beside) if saved.damaged else None
        self.tables = saved.tables
        self._journal = Journal(beside, saved.end)
        if saved.damaged:
            self._journal.trim()
            self._journal.close()
        self._compact_at = max(COMPACT_AT, saved.size)

    def read(self) -> dict[str, dict[str, Any]]:
        """All tables, as copies."""
        return {
            name: {number: msgspec.json.decode(document) for number, document in documents.items()}
            for name, documents in self.tables.items()
        }

    def documents(self, name: str) -> dict[str, Raw]:
        """The table of that name as it is kept."""
        return self.tables.get(name, {})

    def write(self, data: dict[str, dict[str, Any]]) -> None:
        """Take all tables, durably. Raises OSError; then nothing has changed."""
        encoded = _encoder.encode(data)
        self._fold(encoded)
        self.tables = _tables.decode(encoded)

    def change(self, changes: Tables) -> None:
        """Put documents into tables, by their numbers; GONE removes one. Raises OSError; then nothing has changed.

        However many there are, they are one line and one sync; where nothing changes, none.
        """
        if not any(changes.values()) and changes.keys() <= self.tables.keys():
            return
        if self._journal.end:
            self._journal.append(_encoder.encode(changes))
        else:
            self._journal.append(b"%d" % zlib.crc32(self._path.read_bytes()), _encoder.encode(changes))
        _put(self.tables, changes)
        if self._journal.end > self._compact_at:
            self._compact_at += COMPACT_AT
            with suppress(OSError):  # what was to be kept is kept; the next try is a good deal later
                self._fold(_encoder.encode(self.tables))

    def close(self) -> None:
        """Fold the journal into the file; where there is no room for that, both stay."""
        with suppress(OSError):
            if self._journal.end:
                self._fold(_encoder.encode(self.tables))
        self._journal.close()

    def _fold(self, data: bytes) -> None:
        if self._journal.end:
            # Whoever finds the new file beside the old journal has to know that it is in there already.
            self._journal.append(b"%d" % zlib.crc32(data))
            self._journal.trim()
        durable.write(self._path, data)
        self._journal.clear()
        self._compact_at = max(COMPACT_AT, len(data))


def copy_aside(path: Path) -> Path:
    """Keep a copy of a damaged file beside it. Raises OSError."""
    aside = free_aside(path)
    durable.write(aside, path.read_bytes())
    return aside


def free_aside(path: Path) -> Path:
    """A name for a damaged file that no other has."""
    number = 1
    while (aside := path.with_name(f"{path.name}.damaged-{number}")).exists():
        number += 1
    return aside


class Database(TinyDB):
    """TinyDB with a journal. Raises what `JournalStorage` raises."""

    default_storage_class = JournalStorage  # type: ignore[assignment] # TinyDB means any storage
    table_class = JournalTable

    def table(self, name: str, **more: Any) -> JournalTable:
        """The table of that name."""
        return cast("JournalTable", super().table(name, **more))
