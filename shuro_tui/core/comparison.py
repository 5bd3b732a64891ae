"""The groups' sheets side by side, by organisation."""

from collections.abc import Iterator
from typing import Literal

from msgspec import Struct

from shuro_tui.core.matching import Match, key, match
from shuro_tui.core.model import Case, Catalogue, Resource
from shuro_tui.core.session import Group
from shuro_tui.core.sheet import Sheet

FindingKind = Literal["named-by-all", "named-by-one", "named-by-none", "different-content", "blank-content", "whom-for"]


class Entry(Struct, frozen=True):
    """One row as a group wrote it. `organisation` is the catalogue's id, None while unsettled or unknown."""

    group: str
    row: str
    typed: str
    fields: dict[str, str]
    organisation: str | None = None
    candidates: tuple[str, ...] = ()


class Line(Struct, frozen=True):
    """One organisation with every entry that names it; without entries, one that nobody named.

    `organisation` is None for a name that is in no catalogue, or not settled (then `candidates` says which it may be).
    """

    name: str
    field: str
    entries: tuple[Entry, ...]
    organisation: str | None = None
    candidates: tuple[str, ...] = ()

    @property
    def groups(self) -> tuple[str, ...]:
        """The groups that named it, each once, in the order of the session."""
        return tuple(dict.fromkeys(entry.group for entry in self.entries))


class Finding(Struct, frozen=True):
    """Something worth talking about. `names`: organisations or choices; `groups`: the ids of those concerned."""

    kind: FindingKind
    names: tuple[str, ...]
    groups: tuple[str, ...] = ()


class Comparison(Struct, frozen=True):
    """All sheets of one case. Every entry stands in exactly one line. `coverage`: field → group id → entries."""

    case: str
    groups: tuple[Group, ...]
    lines: tuple[Line, ...]
    coverage: dict[str, dict[str, int]]
    findings: tuple[Finding, ...]


def compare(case: Case, catalogue: Catalogue, groups: tuple[Group, ...], sheets: tuple[Sheet, ...]) -> Comparison:
    """Compare the sheets of one case; sheets of other cases are left out.

    Lines stand in the order of the catalogue, then the names that are not settled or not in it, by the first who typed
    them, then the rows without a name. A group that wrote but is not among `groups` comes last, under its id.
    """
    own = tuple(sheet for sheet in sheets if sheet.case == case.id)
    known = {group.id for group in groups}
    strangers = dict.fromkeys(sheet.group for sheet in own if sheet.group not in known)
    everybody = (*groups, *(Group(stranger, stranger) for stranger in strangers))
    named = case.column_of("organisation")
    resources = catalogue.resources if named is not None else ()
    entries = _entries(case, catalogue, everybody, own)
    lines = (*_settled(resources, entries), *_others(entries))
    return Comparison(
        case=case.id,
        groups=everybody,
        lines=lines,
        coverage=_coverage(catalogue, everybody, lines),
        findings=tuple(_findings(case, resources, lines)),
    )


def _entries(
    case: Case, catalogue: Catalogue, groups: tuple[Group, ...], sheets: tuple[Sheet, ...]
) -> tuple[Entry, ...]:
    """Every row that is not blank, in the order of the groups, then of the rows."""
    named = case.column_of("organisation")
    column = named or next(iter(case.columns), None)
    result = []
    for group in groups:
        for row in (row for sheet in sheets if sheet.group == group.id for row in sheet.rows if not row.blank):
            typed = "" if column is None else row.fields.get(column.id, "")
            found = Match() if named is None else match(typed, catalogue)
            result.append(Entry(group.id, row.id, typed, row.fields, found.organisation, found.candidates))
    return tuple(result)


def _settled(resources: tuple[Resource, ...], entries: tuple[Entry, ...]) -> Iterator[Line]:
    """A line for every organisation of the catalogue."""
    by_organisation: dict[str | None, list[Entry]] = {}
    for entry in entries:
        by_organisation.setdefault(entry.organisation, []).append(entry)
    for resource in resources:
        yield Line(resource.name, resource.field, tuple(by_organisation.get(resource.id, ())), resource.id)


def _others(entries: tuple[Entry, ...]) -> Iterator[Line]:
    """A line for every name that is not settled or unknown, and one for the rows without a name."""
    by_name: dict[str, list[Entry]] = {}
    for entry in entries:
        if entry.organisation is None:
            by_name.setdefault(key(entry.typed) or entry.typed.strip(), []).append(entry)
    nameless = by_name.pop("", [])
    for same in by_name.values():
        candidates = dict.fromkeys(candidate for entry in same for candidate in entry.candidates)
        yield Line(same[0].typed, "", tuple(same), candidates=tuple(candidates))
    if nameless:
        yield Line("", "", tuple(nameless))


def _coverage(catalogue: Catalogue, groups: tuple[Group, ...], lines: tuple[Line, ...]) -> dict[str, dict[str, int]]:
    coverage = {field: {group.id: 0 for group in groups} for field in catalogue.fields}
    for line in lines:
        if line.organisation is not None:
            for entry in line.entries:
                coverage[line.field][entry.group] += 1
    return coverage


def _findings(case: Case, resources: tuple[Resource, ...], lines: tuple[Line, ...]) -> Iterator[Finding]:
    """What is worth talking about, kind by kind; nothing while nobody has written anything."""
    wrote = {entry.group for line in lines for entry in line.entries}
    if not wrote:
        return
    if case.column_of("organisation") is not None:
        yield from _who_named(lines, wrote)
        yield from _nobody_named(resources, lines)
        text = case.column_of("text")
        if text is not None:
            yield from _different_content(lines, text.id)
            yield from _blank_content(lines, text.id)
    choice = case.column_of("choice")
    if choice is not None:
        chosen = {entry.fields.get(choice.id) for line in lines for entry in line.entries}
        yield from (Finding("whom-for", (each,)) for each in choice.choices if each not in chosen)


def _who_named(lines: tuple[Line, ...], wrote: set[str]) -> Iterator[Finding]:
    """What all and what one named; with one group only, both would say nothing."""
    if len(wrote) == 1:
        return
    sure = [line for line in lines if line.name and not line.candidates]
    everywhere = [line for line in sure if len(line.groups) == len(wrote)]
    if everywhere:
        yield Finding("named-by-all", tuple(line.name for line in everywhere), everywhere[0].groups)
    yield from (Finding("named-by-one", (line.name,), line.groups) for line in sure if len(line.groups) == 1)


def _nobody_named(resources: tuple[Resource, ...], lines: tuple[Line, ...]) -> Iterator[Finding]:
    """The organisations of the lecture that nobody can have meant: what may be one of them is not called missing."""
    meant = {line.organisation for line in lines if line.entries} | {each for line in lines for each in line.candidates}
    missing = tuple(each.name for each in resources if each.origin == "source" and each.id not in meant)
    if missing:
        yield Finding("named-by-none", missing)


def _different_content(lines: tuple[Line, ...], column: str) -> Iterator[Finding]:
    for line in lines:
        contents: dict[str, set[str]] = {}
        for entry in line.entries:
            content = key(entry.fields.get(column, ""))
            if content:
                contents.setdefault(entry.group, set()).add(content)
        alike = len({frozenset(each) for each in contents.values()}) <= 1
        if line.name and not line.candidates and not alike:
            yield Finding("different-content", (line.name,), tuple(contents))


def _blank_content(lines: tuple[Line, ...], column: str) -> Iterator[Finding]:
    for line in lines:
        blank = dict.fromkeys(entry.group for entry in line.entries if not entry.fields.get(column, "").strip())
        if line.name and blank:
            yield Finding("blank-content", (line.name,), tuple(blank))
