"""A mapping of which a copy with one entry changed shares all but a small part with what it was copied from."""

from collections.abc import Iterator, Mapping, ValuesView
from itertools import chain
from typing import Any, TypeVar

K = TypeVar("K")
V = TypeVar("V")

_PAGE = 64
"""Entries that are copied with the one that changes, and with them one reference for each so many."""


class SharedMap(Mapping[K, V]):
    """Frozen; in the order in which the keys came, as a dict has them."""

    __slots__ = ("_pages", "_places")

    def __init__(self, entries: Mapping[K, V]) -> None:
        values = tuple(entries.values())
        self._places = {key: place for place, key in enumerate(entries)}
        self._pages = tuple(values[start : start + _PAGE] for start in range(0, len(values), _PAGE))

    @classmethod
    def of(cls, entries: Mapping[K, V]) -> "SharedMap[K, V]":
        """The same entries; what is one already is not copied."""
        return entries if isinstance(entries, cls) else cls(entries)

    def changed(self, key: K, value: V) -> "SharedMap[K, V]":
        """A copy with this entry. For a key that is new the table of keys is copied too."""
        place = self._places.get(key, len(self._places))
        number, at = divmod(place, _PAGE)
        page = self._pages[number] if number < len(self._pages) else ()
        copy = SharedMap.__new__(SharedMap)
        copy._places = self._places if key in self._places else {**self._places, key: place}
        copy._pages = (*self._pages[:number], (*page[:at], value, *page[at + 1 :]), *self._pages[number + 1 :])
        return copy

    def __getitem__(self, key: K) -> V:
        """What stands there. Raises KeyError."""
        place = self._places[key]
        return self._pages[place // _PAGE][place % _PAGE]

    def get(self, key: K, default: Any = None) -> Any:
        """As of a dict; asking twice, as a mapping does it of itself, would be felt at each change."""
        place = self._places.get(key)
        return default if place is None else self._pages[place // _PAGE][place % _PAGE]

    def __iter__(self) -> Iterator[K]:
        """The keys, in their order."""
        return iter(self._places)

    def __len__(self) -> int:
        """How many entries there are."""
        return len(self._places)

    def values(self) -> ValuesView[V]:
        """Page by page, for looking each up takes many times as long."""
        return _Values(self, self._pages)


class _Values(ValuesView[V]):
    def __init__(self, of: SharedMap[Any, V], pages: tuple[tuple[V, ...], ...]) -> None:
        super().__init__(of)
        self._pages = pages

    def __iter__(self) -> Iterator[V]:
        return chain.from_iterable(self._pages)
