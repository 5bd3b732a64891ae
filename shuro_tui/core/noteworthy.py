"""What a comparison finds in its lines."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from msgspec import Struct

from shuro_tui.core.entries import Written
from shuro_tui.core.family import Family
from shuro_tui.core.lines import Finding, FindingKind, Line
from shuro_tui.core.model import Case, Column, Resource
from shuro_tui.core.names import gist


class Noted(Struct, frozen=True):
    """What there is to say of one line, whatever the others hold."""

    line: Line
    groups: tuple[str, ...]
    different: tuple[str, ...] = ()
    blank: tuple[str, ...] = ()


def noted(line: Line, groups: tuple[str, ...], text: Column | None) -> Noted:
    """What there is to say of a line; groups: those that named it; text: the column of the content."""
    if text is None or not line.name:
        return Noted(line, groups)
    contents, blank = defaultdict[str, list[str]](list), dict[str, None]()
    for entry in line.entries:
        content = entry.fields.get(text.id, "")
        if content and not content.isspace():
            contents[entry.group].append(content)
        else:
            blank[entry.group] = None
    kinds = (frozenset(map(gist, each)) for each in contents.values())
    first = next(kinds, None)
    different = line.sure and any(kind != first for kind in kinds)
    return Noted(line, groups, tuple(contents) if different else (), tuple(blank))


def findings(
    case: Case, resources: Sequence[Resource], lines: Sequence[Noted], wrote: Mapping[str, Written]
) -> Iterator[Finding]:
    """What is worth talking about, kind by kind; nothing while nobody has written anything.

    wrote: the groups that did, in their order, and what.
    """
    if not wrote:
        return
    if case.column_of("organisation") is not None:
        yield from _who_named(lines, len(wrote))
        yield from _nobody_named(resources, lines)
        yield from (_of(each, "different-content", each.different) for each in lines if each.different)
        yield from (_of(each, "blank-content", each.blank) for each in lines if each.blank)
        yield from _one_role(lines, wrote)
    family = Family(case)
    if family.asked:
        yield _about_family(lines, wrote)
    if case.whom is not None:
        chosen = set[str]().union(*(written.chosen for written in wrote.values()))
        missing = [each for each in case.whom.choices if each not in chosen]
        # Of the family more was said above.
        yield from (Finding("whom-for", (each,)) for each in missing if not family.in_row({case.whom.id: each}))


def _of(each: Noted, kind: FindingKind, groups: tuple[str, ...]) -> Finding:
    return Finding(kind, (each.line.name,), groups, (each.line.id,))


def _who_named(lines: Sequence[Noted], wrote: int) -> Iterator[Finding]:
    """What all and what one named; with one group only, both would say nothing."""
    if wrote == 1:
        return
    everywhere = [each for each in lines if len(each.groups) == wrote and each.line.sure]
    if everywhere:
        names = tuple(each.line.name for each in everywhere)
        yield Finding("named-by-all", names, everywhere[0].groups, tuple(each.line.id for each in everywhere))
    yield from (_of(each, "named-by-one", each.groups) for each in lines if len(each.groups) == 1 and each.line.sure)


def _one_role(lines: Sequence[Noted], wrote: Mapping[str, Written]) -> Iterator[Finding]:
    """The organisations that a group asked for one and the same thing, with all groups that did so of the same ones."""
    places = {each.line.id: place for place, each in enumerate(lines) if each.line.sure}
    found = defaultdict[tuple[int, ...], list[str]](list)
    for group, written in wrote.items():
        # Most have none: of a thousand groups it is asked with each row that changes.
        for at in _places(written.shared, places) if written.shared else ():
            if len(at) > 1:
                found[at].append(group)
    for at, groups in sorted(found.items()):
        own = [lines[place].line for place in at]
        yield Finding("one-role", tuple(line.name for line in own), tuple(groups), tuple(line.id for line in own))


def _places(shared: frozenset[frozenset[str]], places: dict[str, int]) -> set[tuple[int, ...]]:
    return {tuple(sorted(places[line] for line in lines if line in places)) for lines in shared}


def _about_family(lines: Sequence[Noted], wrote: Mapping[str, Written]) -> Finding:
    """Who thought of the family, who did not, and in which lines."""
    about = set[str]().union(*(written.family for written in wrote.values()))
    own = tuple(each.line.id for each in lines if each.line.id in about)
    named, not_named = ([group for group, each in wrote.items() if bool(each.family) is so] for so in (True, False))
    return Finding("family", (), tuple(named), own, tuple(not_named))


def _nobody_named(resources: Sequence[Resource], lines: Sequence[Noted]) -> Iterator[Finding]:
    """The organisations of the lecture that nobody can have meant: what may be one of them is not called missing."""
    meant = {each.line.organisation for each in lines if each.groups}
    meant.update(candidate for each in lines for candidate in each.line.candidates)
    missing = [each for each in resources if each.origin == "source" and each.id not in meant]
    if missing:
        names = tuple(each.name for each in missing)
        yield Finding("named-by-none", names, (), tuple(each.id for each in missing))
