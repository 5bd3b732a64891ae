"""The rows of a sheet → its entries: which names a row holds, and the line of the comparison that each stands in."""

from msgspec import Struct

from shuro_tui.core.family import Family
from shuro_tui.core.lines import UNKNOWN, Entry, Match
from shuro_tui.core.matching import match
from shuro_tui.core.meaning import Meaning, Only, Settlement
from shuro_tui.core.model import Case, Catalogue
from shuro_tui.core.roles import Roles
from shuro_tui.core.settling import follow, ident, meanings
from shuro_tui.core.several import Named, named
from shuro_tui.core.sheet import Sheet

_APART = Meaning()
OWN = "="
"""Before what a name of no catalogue is told apart by, in the id of its line."""

NAMELESS = OWN
"""The line of the rows without a name."""


class Place(Struct, frozen=True, gc=False):
    """Where a name stands. `line`: the id of its line; `shown`: what that is called when this is its first entry."""

    line: str
    shown: str
    typed: str
    match: Match
    organisation: str | None = None
    candidates: tuple[str, ...] = ()
    settled: Meaning | None = None


class Part(Struct, frozen=True, gc=False):
    """What a group has in a line.

    shown: the name of its first entry there; place: where that stands among the names of no catalogue that it wrote.
    """

    entries: list[Entry]
    shown: str
    place: int


class Written(Struct, frozen=True):
    """What a group wrote: line id → its part of it; for whom it chose.

    family: the lines of its rows about the family; shared: sets of lines that it gave one role to.
    """

    sheets: tuple[Sheet, ...] = ()
    parts: dict[str, Part] = {}
    chosen: frozenset[str] = frozenset()
    family: tuple[str, ...] = ()
    shared: frozenset[frozenset[str]] = frozenset()

    def on(self, sheets: tuple[Sheet, ...]) -> bool:
        """Whether it is what stands on those sheets."""
        return len(sheets) == len(self.sheets) and all(map(_same, sheets, self.sheets))


def _same(one: Sheet, other: Sheet) -> bool:
    return one is other or one == other


class Reader:
    """Reads the sheets of a case. What a name stands for is looked up once."""

    def __init__(self, case: Case, catalogue: Catalogue, settlements: tuple[Settlement, ...]) -> None:
        self._catalogue = catalogue
        self._named = case.column_of("organisation") is not None
        column = case.column_of("organisation") or next(iter(case.columns), None)
        self._column = "" if column is None else column.id
        self._choice = "" if case.whom is None else case.whom.id
        self._text = case.column_of("text")
        self._family = Family(case)
        self._known = {each.id for each in catalogue.resources} if self._named else set()
        self._said = meanings(settlements, case.id)
        self._apart = {only for _, only in self._said if only is not None}
        self._places: dict[str, tuple[Place, ...]] = {}

    def read(self, sheets: tuple[Sheet, ...]) -> Written:
        """What a group wrote on its sheets; a blank row is nothing."""
        parts: dict[str, Part] = {}
        chosen = set()
        family: dict[str, None] = {}
        roles = Roles(self._text)
        number = 0
        for sheet in sheets:
            group = sheet.group
            for row in sheet.rows:
                fields = row.fields
                # Row.blank, at a third of its cost: a thousand groups write twenty thousand rows.
                if not any(map(str.strip, fields.values())):
                    continue
                chosen.add(fields.get(self._choice, ""))
                about_family, role = self._family.in_row(fields), roles.of(fields)
                for part, at in enumerate(self._places_of(fields.get(self._column, ""), group, row.id)):
                    entry = Entry(
                        group, row.id, at.typed, fields, at.organisation, at.candidates, at.match, at.settled, part
                    )
                    if at.line in parts:
                        parts[at.line].entries.append(entry)
                    else:
                        parts[at.line] = Part([entry], at.shown, 0 if at.organisation else number)
                    number += 1
                    if about_family:
                        family[at.line] = None
                    if role:
                        roles.give(role, at.line)
        return Written(sheets, parts, frozenset(chosen), tuple(family), roles.shared())

    def _places_of(self, text: str, group: str, row: str) -> tuple[Place, ...]:
        if self._apart and Only(group, row) in self._apart:
            return tuple(self._place(each, Only(group, row)) for each in self._names(text))
        found = self._places.get(text)
        if found is None:
            found = self._places[text] = tuple(self._place(each, None) for each in self._names(text))
        return found

    def _names(self, text: str) -> tuple[Named, ...]:
        return named(text, self._catalogue) if self._named else (Named(text, UNKNOWN),)

    def _place(self, each: Named, only: Only | None) -> Place:
        name, meaning = follow(each.typed, only, self._said)
        settled = None if meaning is None and name == each.typed else meaning or Meaning(into=name)
        if meaning is not None and meaning.organisation in self._known:
            return Place(meaning.organisation or "", name, each.typed, each.match, meaning.organisation, (), settled)
        if meaning == _APART:
            alone = only is not None and self._said.get((ident(each.typed), only)) == _APART
            line = f"{only.group}/{only.row}" if only is not None and alone else ident(name)
            return Place(OWN + line, name, each.typed, each.match, None, (), settled)
        found = each.match if name == each.typed or not self._named else match(name, self._catalogue)
        line = found.organisation or OWN + ident(name)
        return Place(line, name, each.typed, each.match, found.organisation, found.candidates, settled)
