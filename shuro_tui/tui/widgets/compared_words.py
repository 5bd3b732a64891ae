"""What stands around the views of a comparison: their names, what is shown of it, and why there is nothing."""

from collections.abc import Sequence

from msgspec import Struct
from textual.content import Content

from shuro_tui.core.commands import Shown
from shuro_tui.core.group import Group
from shuro_tui.core.lines import Comparison, Line
from shuro_tui.core.model import Case
from shuro_tui.core.narrowing import Narrowing
from shuro_tui.core.sheet import Sheet, clean
from shuro_tui.i18n import N_, _
from shuro_tui.tui.widgets.grid import Row

VIEWS: dict[Shown, str] = {
    "comparison": N_("Matrix"),
    "heat": N_("Heat map"),
    "findings": N_("Findings"),
    "organisation": N_("One organisation"),
    "group": N_("One group"),
    "ecomap": N_("Ecomap"),
}
"""The views in the order of their numbers, with their names."""

_ORDERS = {"groups": N_("most named first"), "name": N_("by name")}


class Compare(Struct, frozen=True):
    """What there is to see. cases, sheets: of one group to be read side by side; readings: organisation → reading."""

    case: Case
    comparison: Comparison
    cases: tuple[Case, ...] = ()
    sheets: tuple[Sheet, ...] = ()
    readings: dict[str, str] = {}


def views(shown: Shown) -> Content:
    """The views with their numbers; the one that is shown stands out."""
    parts = [(f" {number} {_(name)} ", view == shown) for number, (view, name) in enumerate(VIEWS.items(), 1)]
    return Content.assemble(*((part, "bold reverse" if here else "") for part, here in parts))


def title(of: Compare, narrowing: Narrowing, notes: Sequence[str]) -> Content:
    """Whose sheets, how many rows, which of them, and what else there is to say."""
    words = _("{case} · {groups} groups · {rows} rows").format(
        case=clean(of.case.title), groups=len(of.comparison.groups), rows=of.comparison.rows
    )
    told = [*_narrowed(of, narrowing), *filter(None, notes)]
    return Content.assemble((words, "bold $accent"), *(f" · {each}" for each in told))


def _narrowed(of: Compare, narrowing: Narrowing) -> list[str]:
    fields, groups = choices(of)
    return [
        *([] if narrowing.field is None else [fields.get(narrowing.field, narrowing.field)]),
        *([] if narrowing.group is None else [groups.get(narrowing.group, narrowing.group)]),
        *([_("“{part}”").format(part=narrowing.find)] if narrowing.find else []),
        *([_(_ORDERS[narrowing.order])] if narrowing.order in _ORDERS else []),
    ]


def pointed(row: Row | None, group: Group | None) -> list[str]:
    """The cell of the heat map at which the cursor is, its names in full."""
    if row is None or group is None:
        return []
    count = row.counts.get(group.id, 0)
    return [_("{field}, {group}: {n} entries").format(field=row.name, group=clean(group.name), n=count)]


def legend(comparison: Comparison, lines: Sequence[Line]) -> list[str]:
    """What the marks in the matrix mean, for a wall where no cursor explains them."""
    unsure, marked = any(line.candidates for line in lines), any(map(comparison.starred, lines))
    return [*([_("? not settled which one")] if unsure else []), *([_("★ to be taken up")] if marked else [])]


def choices(of: Compare) -> tuple[dict[str, str], dict[str, str]]:
    """What lines can be narrowed to: field → name, group id → name."""
    fields = {line.field: _field(line.field) for line in of.comparison.lines}
    return fields, {group.id: clean(group.name) for group in of.comparison.groups}


def coverage(lines: Sequence[Line]) -> list[Row]:
    """How often each group named each field, among these lines."""
    fields: dict[str, dict[str, int]] = {}
    for line in lines:
        counts = fields.setdefault(line.field, {})
        for entry in line.entries:
            counts[entry.group] = counts.get(entry.group, 0) + 1
    return [
        Row(field, "", _field(field), counts, sum(counts.values()), muted=not counts)
        for field, counts in fields.items()
    ]


def _field(field: str) -> str:
    return clean(field) or _("(not in the catalogue)")


def why_empty(of: Compare, narrowing: Narrowing) -> str:
    """Why there is nothing, and what to do about it."""
    if not of.comparison.groups:
        return _("No group takes part yet. J in the rundown shows how to join.")
    if not narrowing.all:
        return _("Nothing fits what is looked for. Esc shows everything again.")
    return _("Nothing written yet")
