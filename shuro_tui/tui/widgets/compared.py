"""What the groups wrote for a case, in one of six views; which lines, which group and which organisation."""

from collections.abc import Sequence

from msgspec.structs import replace
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.reactive import var
from textual.widgets import ContentSwitcher, Static

from shuro_tui.core.commands import OF_SHEETS, Display, Shown
from shuro_tui.core.findings import behind
from shuro_tui.core.full_text import of_findings, of_group, of_organisation
from shuro_tui.core.lines import Entry, Line
from shuro_tui.core.narrowing import ORDERS, Narrowing
from shuro_tui.core.sheet import Sheet
from shuro_tui.i18n import _
from shuro_tui.tui.widgets.compared_words import (
    VIEWS,
    Compare,
    choices,
    coverage,
    legend,
    pointed,
    title,
    views,
    why_empty,
)
from shuro_tui.tui.widgets.ecomap_view import EcomapView
from shuro_tui.tui.widgets.grid import Grid
from shuro_tui.tui.widgets.laid_out import LaidOut
from shuro_tui.tui.widgets.matrix_view import MatrixView


class Compared(Vertical):
    """All views follow the same comparison, and only the one that is shown is laid out.

    wall: without what is for keys, and only the organisations that somebody named.
    """

    note: var[str] = var[str]("")
    """What else the line above the views says."""

    def __init__(self, wall: bool = False, id: str | None = None) -> None:  # noqa: A002 - Textual's name
        super().__init__(id=id, classes="-wall" if wall else None)
        self._wall = wall
        self._pointing = not wall
        self._of: Compare | None = None
        self._lines: tuple[Line, ...] = ()
        self._line = ""
        self._group = ""
        self.narrowing = Narrowing()

    def compose(self) -> ComposeResult:
        """The views' names, what is shown, the view."""
        yield Static(id="views")
        yield Static(id="compared-title")
        with ContentSwitcher(initial="comparison"):
            yield MatrixView(bare=self._wall, id="comparison")
            yield Grid("", _("Field"), _("Entries"), shaded=True, id="heat")
            yield LaidOut(id="findings")
            yield LaidOut(id="organisation")
            yield LaidOut(id="group")
            yield EcomapView(id="ecomap")

    @property
    def ecomap(self) -> EcomapView:
        """The ecomap."""
        return self.query_one(EcomapView)

    @property
    def matrix(self) -> MatrixView:
        """The matrix."""
        return self.query_one(MatrixView)

    @property
    def shown(self) -> Shown:
        """The view that is shown."""
        current = self.query_one(ContentSwitcher).current
        return next(view for view in VIEWS if view == current)

    @property
    def mapped(self) -> bool:
        """Whether it is the ecomap that is shown."""
        return self.shown == "ecomap"

    @property
    def _grid(self) -> Grid | None:
        return {"comparison": self.matrix.grid, "heat": self.query_one("#heat", Grid)}.get(self.shown)

    @property
    def _text(self) -> LaidOut | None:
        shown = self.query_one(f"#{self.shown}")
        return shown if isinstance(shown, LaidOut) else None

    def on_grid_moved(self) -> None:
        """Another cell, to be named in full."""
        if self._of is not None and self.shown == "heat":
            self._show_heads(self._of)

    # What there is to see.

    def show(self, of: Compare) -> None:
        """Show that comparison in the view that is shown."""
        if self._of != of:
            self._of = of
            self._narrow()

    def narrow(self, narrowing: Narrowing) -> None:
        """Show only these lines, in this order."""
        self.narrowing = narrowing
        self._narrow()

    def next_order(self) -> None:
        """Sort in the next of the ways there are."""
        order = ORDERS[(ORDERS.index(self.narrowing.order) + 1) % len(ORDERS)]
        self.narrow(replace(self.narrowing, order=order))

    def turn(self, view: Shown) -> None:
        """Show another view, about what the cursor stood on."""
        self._remember()
        self.query_one(ContentSwitcher).current = view
        self._show()

    def begin_with(self, group: str) -> None:
        """Show that group first."""
        self._group = self._group or group

    def choices(self) -> tuple[dict[str, str], dict[str, str]]:
        """What lines can be narrowed to: field → name, group id → name."""
        return choices(self._of) if self._of else ({}, {})

    def watch_note(self) -> None:
        """Something else to say."""
        if self._of is not None:
            self._show_heads(self._of)

    def entries(self) -> tuple[Entry, ...]:
        """Those that one looks at: of the finding on top, the group, the organisation, in the matrix of the cell."""
        if self._of is None or self.shown in ("heat", "ecomap"):
            return ()
        self._remember()
        comparison = self._of.comparison
        if self.shown == "findings":
            findings = self.narrowing.findings(comparison.findings, self._lines)
            on_top = findings[self._text.first : self._text.first + 1] if self._text else ()
            return tuple(each for finding in on_top for each in behind(finding, comparison, self._of.case))
        every = tuple(each for line in comparison.lines for each in line.entries)
        if self.shown == "group":
            return tuple(entry for entry in every if entry.group == self._group)
        own = next((line.entries for line in comparison.lines if line.id == self._line), ())
        of_cell = tuple(entry for entry in own if entry.group == self._group)
        return of_cell if of_cell and self.shown == "comparison" else own

    # What is put up.

    def follow(self, display: Display) -> None:
        """Show what is put up, where it is put up."""
        self._pointing = not self._wall or bool(display.line or display.groups)
        self._line, self._group = display.line or self._line, next(iter(display.groups), self._group)
        self.query_one(ContentSwitcher).current = display.shown if display.shown in OF_SHEETS else "comparison"
        self._show()
        if self.mapped:
            self.ecomap.choose(display.groups)
        elif self._text:
            self.call_after_refresh(self._text.go, display.first)

    def display_of(self, case: str) -> Display:
        """What stands here, as it stands on the projector."""
        self._remember()
        first, groups = self._text.first if self._text else 0, (self._group,) if self._group else ()
        match self.shown:
            case "ecomap":
                return Display("ecomap", case, self.ecomap.chosen)
            case "comparison":
                return Display("comparison", case, groups, self._line)
            case "findings":
                return Display("findings", case, first=first)
            case "organisation":
                return Display("organisation", case, line=self._line, first=first)
            case shown:
                return Display(shown, case, groups, first=first)

    # Keys.

    def move(self, step: int) -> None:
        """So many lines down."""
        if self._grid:
            self._cursor(step)
        elif self._text:
            self._text.move(step)
        else:
            self.ecomap.scroll(step)

    def page(self, step: int) -> None:
        """A page on, or back."""
        if self._grid:
            self._cursor(step * self._grid.page)
        elif self._text:
            self._text.page(step)
        else:
            self.ecomap.page(step)

    def sideways(self, step: int) -> None:
        """To the next group; in the findings to the next of them, of one organisation to the next one."""
        if self._grid:
            self._cursor(0, step)
        elif self.mapped:
            self.ecomap.turn(step)
        elif self.shown == "findings" and self._text:
            self._text.step(step)
        elif self.shown == "organisation":
            self._line = _beside(self._line, [line.id for line in self._lines], step)
            self._show()
        elif self._of:
            self._group = _beside(self._group, [group.id for group in self._of.comparison.groups], step)
            self._show()

    def _cursor(self, lines: int, groups: int = 0) -> None:
        if self.shown == "comparison":
            self.matrix.move(lines, groups)
        elif self._grid:
            self._grid.move(lines, groups)

    def _remember(self) -> None:
        """Where the cursor stands is what the other views are about."""
        grid, line = self._grid, self.matrix.line
        if grid and grid.group and grid.group != self.matrix.model:
            self._group = grid.group.id
        if self.shown == "comparison" and line:
            self._line = line.id

    # How it is shown.

    def _narrow(self) -> None:
        if self._of is not None:
            comparison = self._of.comparison
            lines = self.narrowing.lines(comparison.lines, self._of.readings)
            named = tuple(line for line in lines if line.entries or line.id in comparison.model)
            self._lines = named if self._wall else lines
            self._remember()
            self._show()

    def _show(self) -> None:
        if self._of is None:
            return
        of, empty = self._of, why_empty(self._of, self.narrowing)
        below = _("Numbers of entries; the more there are, the fuller the colour.") if self._lines else empty
        match self.shown:
            case "comparison":
                self.matrix.show(of.case, of.comparison, self._lines, "" if self._lines else empty)
            case "heat":
                self.query_one("#heat", Grid).show(of.comparison.groups, coverage(self._lines), below)
            case "findings":
                self._show_findings(of, empty)
            case "organisation":
                self._show_organisation(of, empty)
            case "group":
                self._show_group(of, empty)
            case _:
                self.ecomap.show(of.case, of.comparison)
        if self._grid:
            self._grid.point(self._line if self.shown == "comparison" else None, self._group, self._pointing)
        self._show_heads(of)

    def _show_findings(self, of: Compare, empty: str) -> None:
        findings = self.narrowing.findings(of.comparison.findings, self._lines)
        place = self.query_one("#findings", LaidOut)
        if findings:
            place.show((of, findings), lambda width: of_findings(of.case, of.comparison, findings, width))
        else:
            place.say(empty if not of.comparison.rows or not self.narrowing.all else _("Nothing stands out yet."))

    def _show_organisation(self, of: Compare, empty: str) -> None:
        lines = {line.id: line for line in of.comparison.lines}
        line = lines.get(self._line) or next(iter(self._lines), None)
        place = self.query_one("#organisation", LaidOut)
        if line is None:
            place.say(empty)
            return
        self._line = line.id
        shown = (of.case, line, of.comparison.groups, of.comparison.remarks, of.comparison.model)
        place.show(shown, lambda w: of_organisation(of.case, of.comparison, line, w))

    def _show_group(self, of: Compare, empty: str) -> None:
        groups = {group.id: group for group in of.comparison.groups}
        group = groups.get(self._group) or next(iter(groups.values()), None)
        place = self.query_one("#group", LaidOut)
        if group is None:
            place.say(empty)
            return
        self._group = group.id
        written = {sheet.case: sheet for sheet in of.sheets if sheet.group == group.id}
        sheets = [written.get(case.id, Sheet(case.id, group.id)) for case in of.cases]
        remarks = of.comparison.remarks
        shown = (group, of.cases, sheets, remarks)
        place.show(shown, lambda width: of_group(group.name, of.cases, sheets, remarks, width))

    def _show_heads(self, of: Compare) -> None:
        if not self._wall:
            self.query_one("#views", Static).update(views(self.shown), layout=False)
        heat = self.query_one("#heat", Grid)
        if self._wall:
            told = legend(of.comparison, self._lines) if self.shown == "comparison" else []
        else:
            told = [*(pointed(heat.row, heat.group) if self.shown == "heat" else []), self.note]
        self.query_one("#compared-title", Static).update(title(of, self.narrowing, told), layout=False)


def _beside(one: str, every: Sequence[str], step: int) -> str:
    """The one so many places further, round the end."""
    if one not in every:
        return next(iter(every), one)
    return every[(every.index(one) + step) % len(every)]
