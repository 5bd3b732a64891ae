"""The groups' sheets side by side, by organisation."""

from collections.abc import Sequence
from itertools import chain

from shuro_tui.core.entries import NAMELESS, Part, Reader, Written
from shuro_tui.core.group import Group
from shuro_tui.core.lines import Comparison, Line
from shuro_tui.core.meaning import Settlement
from shuro_tui.core.model import Case, Catalogue
from shuro_tui.core.noteworthy import Noted, findings, noted
from shuro_tui.core.sheet import Sheet

_NOTHING = Written()


def compare(
    case: Case,
    catalogue: Catalogue,
    groups: tuple[Group, ...],
    sheets: Sequence[Sheet],
    settlements: tuple[Settlement, ...] = (),
) -> Comparison:
    """Compare the sheets of one case; sheets of other cases are left out.

    Lines stand in the order of the catalogue, then the names that are not settled or not in it, by the first who typed
    them, then the rows without a name. A group that wrote but is not among `groups` comes last, under its id.
    """
    return Comparer(case, catalogue).compare(groups, sheets, settlements)


class Comparer:
    """Compares the sheets of a case again and again, and looks only at what has changed since."""

    def __init__(self, case: Case, catalogue: Catalogue) -> None:
        self._case = case
        self._catalogue = catalogue
        self._text = case.column_of("text")
        self._resources = {} if case.column_of("organisation") is None else {r.id: r for r in catalogue.resources}
        self._begin((), ())

    def _begin(self, groups: tuple[str, ...], settlements: tuple[Settlement, ...]) -> None:
        self._groups, self._settlements = groups, settlements
        self._order = {group: place for place, group in enumerate(groups)}
        self._reader = Reader(self._case, self._catalogue, settlements)
        self._written: dict[str, Written] = {}
        self._parts: dict[str, dict[str, Part]] = {line: {} for line in self._resources}
        self._noted: dict[str, Noted] = {line: noted(self._line(line), (), self._text) for line in self._resources}
        self._coverage = {field: dict.fromkeys(groups, 0) for field in self._catalogue.fields}

    def compare(
        self, groups: tuple[Group, ...], sheets: Sequence[Sheet], settlements: tuple[Settlement, ...] = ()
    ) -> Comparison:
        """What `compare` makes of them."""
        own: dict[str, tuple[Sheet, ...]] = {group.id: () for group in groups}
        for sheet in sheets:
            if sheet.case == self._case.id:
                own[sheet.group] = (*own.get(sheet.group, ()), sheet)
        if (tuple(own), settlements) != (self._groups, self._settlements):
            self._begin(tuple(own), settlements)
        self._take({group: its for group, its in own.items() if not self._written.get(group, _NOTHING).on(its)})
        strangers = (Group(group, group) for group in list(own)[len(groups) :])
        return self._comparison((*groups, *strangers))

    def _take(self, changed: dict[str, tuple[Sheet, ...]]) -> None:
        """Read the sheets of the groups that wrote something else, and make the lines anew that it is about."""
        lines: dict[str, None] = {}
        if changed:
            self._coverage = {field: dict(counts) for field, counts in self._coverage.items()}
        for group, sheets in changed.items():
            before, now = self._written.get(group, _NOTHING).parts, self._reader.read(sheets)
            self._written[group] = now
            for line in before.keys() | now.parts.keys() if before else now.parts:
                if before.get(line) != now.parts.get(line):
                    self._put(line, group, now.parts.get(line))
                    lines[line] = None
        for line in lines:
            self._make(line)

    def _put(self, line: str, group: str, part: Part | None) -> None:
        groups = self._parts.setdefault(line, {})
        before = groups.pop(group, None)
        if part is not None:
            groups[group] = part
        if line in self._resources:
            counts = self._coverage[self._resources[line].field]
            counts[group] += (len(part.entries) if part else 0) - (len(before.entries) if before else 0)

    def _make(self, line: str) -> None:
        parts = self._parts[line]
        if not parts and line not in self._resources:
            del self._noted[line], self._parts[line]
            return
        self._parts[line] = dict(sorted(parts.items(), key=lambda part: self._order[part[0]]))
        self._noted[line] = noted(self._line(line), tuple(self._parts[line]), self._text)

    def _line(self, line: str) -> Line:
        parts = self._parts[line].values()
        entries = tuple(chain.from_iterable(part.entries for part in parts))
        if line in self._resources:
            return Line(line, self._resources[line].name, self._resources[line].field, entries, line)
        candidates = dict.fromkeys(candidate for entry in entries for candidate in entry.candidates)
        return Line(line, next(iter(parts)).shown, "", entries, candidates=tuple(candidates))

    def _comparison(self, groups: tuple[Group, ...]) -> Comparison:
        others = sorted(self._noted.keys() - self._resources.keys(), key=self._stands)
        lines = [self._noted[line] for line in (*self._resources, *others)]
        wrote = {group: each for group in self._groups if (each := self._written.get(group, _NOTHING)).parts}
        return Comparison(
            case=self._case.id,
            groups=groups,
            lines=tuple(each.line for each in lines),
            coverage=self._coverage,
            findings=tuple(findings(self._case, tuple(self._resources.values()), lines, wrote)),
        )

    def _stands(self, line: str) -> tuple[bool, int, int]:
        """Where a name of no catalogue stands: where it was written first; rows without a name come last."""
        group, part = next(iter(self._parts[line].items()))
        return line == NAMELESS, self._order[group], part.place
