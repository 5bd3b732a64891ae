"""Which lines of a comparison are looked at, and in which order."""

from collections.abc import Iterator, Mapping
from typing import Literal

from msgspec import Struct

from shuro_tui.core.lines import Finding, Line
from shuro_tui.core.names import key

Order = Literal["catalogue", "groups", "name"]

ORDERS: tuple[Order, ...] = ("catalogue", "groups", "name")


class Narrowing(Struct, frozen=True):
    """A choice of lines; by itself all of them as they stand.

    field: only of this one, "" for names that are in no catalogue; group: only what it named; find: a part of the name
    in the catalogue, of its reading or of the name as somebody typed it; order: the most named first, or by name.
    """

    field: str | None = None
    group: str | None = None
    find: str = ""
    order: Order = "catalogue"

    @property
    def all(self) -> bool:
        """Whether no line is left out."""
        return self.field is None and self.group is None and not key(self.find)

    def lines(self, lines: tuple[Line, ...], readings: Mapping[str, str]) -> tuple[Line, ...]:
        """The lines that are chosen; readings: organisation → how its name reads."""
        chosen = lines if self.all else tuple(line for line in lines if self._takes(line, readings))
        if self.order == "groups":
            return tuple(sorted(chosen, key=lambda line: -len(line.groups)))
        if self.order == "name":
            return tuple(sorted(chosen, key=lambda line: (not line.name, key(_reading(line, readings)))))
        return chosen

    def findings(self, findings: tuple[Finding, ...], lines: tuple[Line, ...]) -> tuple[Finding, ...]:
        """The findings that are about one of these lines; all of them while no line is left out."""
        ids = {line.id for line in lines}
        return findings if self.all else tuple(each for each in findings if not ids.isdisjoint(each.lines))

    def _takes(self, line: Line, readings: Mapping[str, str]) -> bool:
        wanted = key(self.find)
        return (
            (self.field is None or line.field == self.field)
            and (self.group is None or self.group in line.groups)
            and (not wanted or any(wanted in key(name) for name in _names(line, readings)))
        )


def _names(line: Line, readings: Mapping[str, str]) -> Iterator[str]:
    yield from (line.name, _reading(line, readings))
    yield from {entry.typed for entry in line.entries}


def _reading(line: Line, readings: Mapping[str, str]) -> str:
    return readings.get(line.organisation or "", line.name)
