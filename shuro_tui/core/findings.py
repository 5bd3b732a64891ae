"""What a comparison found, in words for the room: a sentence, and a question to ask about it."""

from typing import assert_never

from shuro_tui.core.cells import cut
from shuro_tui.core.lines import Comparison, Entry, Finding
from shuro_tui.core.model import Case
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
        case "whom-for":
            return _("Nobody chose {names}.").format(names=names), _("Who could give support here, and how?")
        case _:
            assert_never(finding.kind)


def behind(finding: Finding, comparison: Comparison, case: Case) -> tuple[Entry, ...]:
    """The entries behind a finding, in their order; none behind what nobody named or chose."""
    text = case.column_of("text")
    blank = finding.kind == "blank-content" and text is not None
    return tuple(
        entry
        for line in comparison.lines
        if line.id in finding.lines
        for entry in line.entries
        if entry.group in finding.groups and not (blank and text and entry.fields.get(text.id, "").strip())
    )


def joined(names: tuple[str, ...]) -> str:
    """The names as a list in a sentence: each on one line and not too long, and no more than one can take in."""
    shown = (cut(" ".join(clean(name).split()), NAME_WIDTH) for name in names[:NAMES_AT_MOST])
    text = _(", ").join(shown)
    more = len(names) - NAMES_AT_MOST
    return _("{names} and {n} more").format(names=text, n=more) if more > 0 else text
