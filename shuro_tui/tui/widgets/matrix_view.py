"""Who named what how often, and below it what was written where the cursor stands."""

from collections.abc import Sequence
from itertools import chain, islice
from operator import is_

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Static

from shuro_tui.core.full_text import at_cursor
from shuro_tui.core.group import Group
from shuro_tui.core.lines import Comparison, Entry, Line
from shuro_tui.core.model import Case
from shuro_tui.core.remarks import Remark
from shuro_tui.core.sheet import clean
from shuro_tui.i18n import _
from shuro_tui.tui.widgets.grid import Grid, Row
from shuro_tui.tui.widgets.slide_view import styled


class MatrixView(Vertical):
    """Organisation × group. bare: the matrix alone, for a wall."""

    def __init__(self, bare: bool = False, id: str | None = None) -> None:  # noqa: A002 - Textual's name
        super().__init__(id=id)
        self._bare = bare
        self._of: tuple[Case, Comparison] | None = None
        self._lines: dict[str, Line] = {}
        self._rows: dict[str, tuple[Line, Row]] = {}
        self._groups: tuple[Group, ...] = ()
        self._read: tuple[object, ...] = ()
        self._model: dict[str, tuple[Entry, ...]] = {}
        self._remarks: tuple[Remark, ...] = ()
        self.model: Group | None = None
        """The model answer's column, the last one, once there is one."""

    def compose(self) -> ComposeResult:
        """The matrix, then the words."""
        yield Grid(_("Field"), _("Organisation"), _("Groups"), id="matrix")
        if not self._bare:
            yield Static(id="entries")

    @property
    def grid(self) -> Grid:
        """The matrix."""
        return self.query_one(Grid)

    @property
    def line(self) -> Line | None:
        """The organisation under the cursor."""
        row = self.grid.row
        return self._lines[row.key] if row else None

    def show(self, case: Case, comparison: Comparison, lines: Sequence[Line], empty: str) -> None:
        """Show these lines of the comparison; empty: why there is none."""
        self._of = case, comparison
        self._lines = {line.id: line for line in lines}
        self.model = Group("model", _("Model")) if comparison.model else None
        groups = (*comparison.groups, self.model) if self.model else comparison.groups
        if (groups, comparison.model, comparison.remarks) != (self._groups, self._model, self._remarks):
            self._groups, self._model, self._rows = groups, comparison.model, {}
            self._remarks = comparison.remarks
        self.grid.show(groups, [self._row(line) for line in lines], empty)
        self._show_entries()

    def move(self, lines: int, groups: int = 0) -> None:
        """Move the cursor; what it points at stands below in the same paint, not a frame later."""
        self.grid.move(lines, groups)
        self._show_entries()

    def on_grid_moved(self) -> None:
        """Another organisation, or group."""
        self._show_entries()

    def on_resize(self) -> None:
        """Other lines."""
        self._show_entries()

    def _row(self, line: Line) -> Row:
        """A line that is the same as before is not counted again."""
        known = self._rows.get(line.id)
        if known is None or known[0] is not line:
            known = self._rows[line.id] = line, self._counted(line)
        return known[1]

    def _counted(self, line: Line) -> Row:
        row = _counted(line, self._groups[:-1] if self.model else self._groups)
        stars = self._of[1].starred(line) if self._of and self._remarks else frozenset[str]()
        row = row._replace(stars=stars) if stars else row
        answers = len(self._model.get(line.id, ()))
        return row._replace(counts={**row.counts, self._groups[-1].id: answers}) if answers else row

    def _show_entries(self) -> None:
        if self._bare or self._of is None:
            return
        pane, group = self.query_one("#entries", Static), self.grid.group
        read = (*self._of, self.line, group, pane.size)
        if len(self._read) == len(read) and all(map(is_, read, self._read)):
            return
        self._read = read
        if self.line is None or not pane.size.height:
            pane.update(Content(""), layout=False)
            return
        blocks = at_cursor(
            *self._of, self.line, group.id if group and group != self.model else "", max(pane.size.width, 2)
        )
        lines = islice(chain.from_iterable(blocks), pane.size.height)
        pane.update(Content("\n").join(map(styled, lines)), layout=False)


def _counted(line: Line, groups: tuple[Group, ...]) -> Row:
    counts: dict[str, int] = {}
    for entry in line.entries:
        counts[entry.group] = counts.get(entry.group, 0) + 1
    name = clean(" ".join(line.name.split())) or _("(no organisation named)")
    mark = "?" if line.candidates else " "
    field = line.field or _("others")  # below those of the last field it would be taken for one of them
    return Row(line.id, field, name, counts, len(counts), _remark(line, counts, groups), not counts, mark)


def _remark(line: Line, counts: dict[str, int], groups: tuple[Group, ...]) -> str:
    if line.candidates:
        return _("which one?")
    if len(counts) == len(groups) > 1:
        return _("all groups")
    if len(counts) == 1:
        name = next((group.name for group in groups if group.id in counts), "")
        return _("only {group}").format(group=clean(name))
    return "" if counts else _("nobody")
