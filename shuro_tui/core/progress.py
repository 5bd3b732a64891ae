"""How far each group is: counted from the sheets, by whoever sees them."""

from collections.abc import Iterable, Sequence

from msgspec import Struct

from shuro_tui.core.group import Group
from shuro_tui.core.model import Millis
from shuro_tui.core.sheet import Sheet


class Progress(Struct, frozen=True):
    """How far a group is, without a word of what it wrote. `rows` and `submitted` are by case id."""

    group: Group
    terminals: int
    rows: dict[str, int]
    submitted: tuple[str, ...]
    changed_at: Millis | None


_known: dict[str, tuple[tuple[Group, int, tuple[Sheet, ...]], Progress]] = {}
"""Group → what its progress was made of last: a thousand groups are not counted anew for the one that writes."""


def counted(groups: Sequence[Group], terminals: Sequence[int], sheets: Iterable[Sheet]) -> tuple[Progress, ...]:
    """The progress of each, in their order. terminals: how many of each are connected; sheets: those of all."""
    written: dict[str, list[Sheet]] = {group.id: [] for group in groups}
    for sheet in sheets:
        written[sheet.group].append(sheet)
    return tuple(
        _of(group, connected, tuple(written[group.id])) for group, connected in zip(groups, terminals, strict=True)
    )


def _of(group: Group, terminals: int, sheets: tuple[Sheet, ...]) -> Progress:
    known = _known.get(group.id)
    if known is not None and known[0] == (group, terminals, sheets):
        return known[1]
    moments = [row.updated_at for sheet in sheets for row in sheet.rows]
    progress = Progress(
        group=group,
        terminals=terminals,
        rows={sheet.case: sum(not row.blank for row in sheet.rows) for sheet in sheets},
        submitted=tuple(sheet.case for sheet in sheets if sheet.submitted_at is not None),
        changed_at=max(moments, default=None),
    )
    _known[group.id] = ((group, terminals, sheets), progress)
    return progress
