"""What a comparison found, in words for the room: a sentence, and a question to ask about it."""

from collections import defaultdict
from collections.abc import Callable
from typing import assert_never

from shuro_tui.core.cells import cut
from shuro_tui.core.family import Family
from shuro_tui.core.lines import Comparison, Entry, Finding, FindingKind
from shuro_tui.core.model import Case
from shuro_tui.core.roles import Roles
from shuro_tui.core.sheet import clean
from shuro_tui.i18n import _

NAMES_AT_MOST = 5
NAME_WIDTH = 48


def describe(finding: Finding, comparison: Comparison) -> tuple[str, str]:
    """A finding as a sentence and a question to the room."""
    groups = {group.id: group.name for group in comparison.groups}
    everybody = len(finding.groups) == len(comparison.groups)
    who = _("All groups") if everybody else joined(tuple(groups.get(group, group) for group in finding.groups))
    names = joined(finding.names)
    match finding.kind:
        case "named-by-all":
            some = _("All {n} groups that wrote something").format(n=len(finding.groups))
            return (
                _("{groups} named {names}.").format(groups=who if everybody else some, names=names),
                _("Why did it come to mind first?"),
            )
        case "named-by-one":
            return (
                _("Only {groups} named {names}.").format(groups=who, names=names),
                _("What did you have in mind for it?"),
            )
        case "named-by-none":
            return _("Nobody named {names}.").format(names=names), _("What could they do in this case?")
        case "different-content":
            return (
                _("{groups} wrote different things about {names}.").format(groups=who, names=names),
                _("What is different? What comes of it when you put it together?"),
            )
        case "blank-content":
            return (
                _("{groups} named {names} without saying what for.").format(groups=who, names=names),
                _("What would you ask of them?"),
            )
        case "one-role":
            return (
                _("{groups} gave one and the same role to {names}.").format(groups=who, names=names),
                _("Who does what of it? Who is asked first?"),
            )
        case "family":
            return _family(finding, who, everybody, groups), _("What does the family need, and who can see to it?")
        case "whom-for":
            return _("Nobody chose {names}.").format(names=names), _("Who could give support here, and how?")
        case _:
            assert_never(finding.kind)


def _family(finding: Finding, who: str, everybody: bool, groups: dict[str, str]) -> str:
    if not finding.groups:
        return _("Nobody thought of support for the family.")
    if not finding.without:
        some = _("All {n} groups that wrote something").format(n=len(finding.groups))
        return _("{groups} thought of support for the family.").format(groups=who if everybody else some)
    if len(finding.groups) == 1:
        return _("Only {groups} thought of support for the family.").format(groups=who)
    others = joined(tuple(groups.get(group, group) for group in finding.without))
    return _("{groups} thought of support for the family; {others} did not.").format(groups=who, others=others)


def behind(finding: Finding, comparison: Comparison, case: Case) -> tuple[Entry, ...]:
    """The entries behind a finding, in their order; none behind what nobody named or chose."""
    lines = [line for line in comparison.lines if line.id in finding.lines]
    entries = [(line.id, entry) for line in lines for entry in line.entries if entry.group in finding.groups]
    if finding.kind == "one-role":
        return _with_one_role(entries, case)
    belongs = _belongs(finding.kind, case)
    return tuple(entry for _line, entry in entries if belongs(entry.fields))


def _belongs(kind: FindingKind, case: Case) -> Callable[[dict[str, str]], bool]:
    """Whether a row is one of those that the finding is about, and not another of the same group and organisation."""
    text = case.column_of("text")
    if kind == "family":
        return Family(case).in_row
    if kind == "blank-content" and text is not None:
        return lambda fields: not fields.get(text.id, "").strip()
    return lambda _fields: True


def _with_one_role(entries: list[tuple[str, Entry]], case: Case) -> tuple[Entry, ...]:
    """Those whose role the same group gave in another line, too."""
    roles = Roles(case.column_of("text"))
    given = defaultdict[tuple[str, str], set[str]](set)
    for line, entry in entries:
        given[entry.group, roles.of(entry.fields)].add(line)
    return tuple(
        entry for _line, entry in entries if (role := roles.of(entry.fields)) and len(given[entry.group, role]) > 1
    )


def joined(names: tuple[str, ...]) -> str:
    """The names as a list in a sentence: each on one line and not too long, and no more than one can take in."""
    shown = (cut(" ".join(clean(name).split()), NAME_WIDTH) for name in names[:NAMES_AT_MOST])
    text = _(", ").join(shown)
    more = len(names) - NAMES_AT_MOST
    return _("{names} and {n} more").format(names=text, n=more) if more > 0 else text
