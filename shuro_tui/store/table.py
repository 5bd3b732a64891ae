"""A TinyDB table that tells its storage which documents were changed."""

from collections.abc import Callable, Iterator, Mapping, MutableMapping
from typing import Any, Protocol, cast

import msgspec
from msgspec import Raw
from tinydb.table import Table

Document = dict[str, Any]

GONE = Raw(b"null")
"""In the place of a document that is there no longer."""


class Changing(Protocol):
    """What such a table needs of its storage."""

    def documents(self, name: str) -> dict[str, Raw]:
        """The table of that name, each document as JSON."""

    def change(self, changes: dict[str, dict[str, Raw]]) -> None:
        """Put documents into tables, by their numbers; GONE removes one."""


class JournalTable(Table):
    """As stock, but a change costs what it says, and nobody is given what is kept itself: only copies."""

    def _read_table(self) -> "Copies":  # type: ignore[override] # it is only read
        return Copies(self._kept())

    def _update_table(self, updater: Callable[[Any], None]) -> None:
        draft = Draft(self._kept())
        updater(draft)
        self._changing.change({self.name: draft.changed()})
        self.clear_cache()

    def _kept(self) -> dict[str, Raw]:
        return self._changing.documents(self.name)

    @property
    def _changing(self) -> Changing:
        return cast("Changing", self._storage)


class Copies(Mapping[str, Document]):
    """The documents of a table, to be read."""

    def __init__(self, kept: dict[str, Raw]) -> None:
        self._kept = kept

    def __getitem__(self, number: str) -> Document:
        """A copy."""
        return _decoder.decode(self._kept[number])

    def __iter__(self) -> Iterator[str]:
        """Their numbers."""
        return iter(self._kept)

    def __len__(self) -> int:
        """How many there are."""
        return len(self._kept)


class Draft(MutableMapping[int, Document]):
    """The documents of a table while they are being changed; what is kept stays as it is."""

    def __init__(self, kept: dict[str, Raw]) -> None:
        self._kept = kept
        self._touched: dict[int, Document | None] = {}

    def __getitem__(self, number: int) -> Document:
        """A copy, which may be changed."""
        if number not in self._touched:
            self._touched[number] = _decoder.decode(self._kept[str(number)])
        document = self._touched[number]
        if document is None:
            raise KeyError(number)
        return document

    def __setitem__(self, number: int, document: Document) -> None:
        """Put one in."""
        self._touched[number] = document

    def __delitem__(self, number: int) -> None:
        """Take one out."""
        if number not in self:
            raise KeyError(number)
        self._touched[number] = None

    def __contains__(self, number: object) -> bool:
        """Whether there is one of that number; nothing is copied for that."""
        if number in self._touched:
            return self._touched[number] is not None
        return str(number) in self._kept

    def __iter__(self) -> Iterator[int]:
        """The numbers: those that are kept, then new ones."""
        numbers = dict.fromkeys([*map(int, self._kept), *self._touched])
        return iter([number for number in numbers if number in self])

    def __len__(self) -> int:
        """How many there are."""
        return sum(1 for _number in self)

    def clear(self) -> None:
        """Take all out."""
        self._touched = dict.fromkeys(self)

    def changed(self) -> dict[str, Raw]:
        """Number → document as it is kept from now on, for each that is another now; GONE for one that is not there."""
        touched = {str(number): encoded(document) for number, document in self._touched.items()}
        return {number: new for number, new in touched.items() if new != self._kept.get(number, GONE)}


_decoder = msgspec.json.Decoder(Document)
_encoder = msgspec.json.Encoder()


def encoded(document: object) -> Raw:
    """A document as it is kept: what JSON can hold as an object is one."""
    return Raw(_encoder.encode(document))
