"""The rows of a sheet on the screen: those around the caret can be typed in, the others are painted."""

from collections.abc import Callable, Collection

from textual.app import ComposeResult
from textual.geometry import Size
from textual.reactive import Reactive

from shuro_tui.core.model import Case
from shuro_tui.core.sheet import Row
from shuro_tui.tui.widgets.held import Held
from shuro_tui.tui.widgets.offer import HEIGHT_AT_MOST
from shuro_tui.tui.widgets.painted_rows import Painted, PaintedRows
from shuro_tui.tui.widgets.sheet_row import SheetRow

LIVE = 5
"""Rows around the caret that can be typed in."""

_GROWN = 3
"""Lines by which a row may grow before it is scrolled up."""

_NEAR = 1
"""Rows from the end of those at which others become so."""


class Rows(Held, can_focus=False, inherit_bindings=False):
    """The arrow keys go from row to row and do not scroll them.

    wanted: all rows, in their order; live: the editors of those that can be typed in; first: the number of the first of
    these, from 0.
    """

    # Its scroll bar is always there, so that no cell gets narrower while somebody types and nothing is laid out twice.
    virtual_size = Reactive(Size(0, 0), repaint=False)

    def __init__(self, case: Case, make: Callable[[Row], SheetRow]) -> None:
        super().__init__(id="rows")
        self._make = make
        self._above, self._below = PaintedRows(case), PaintedRows(case)
        self.wanted: list[Row] = []
        self.first = 0
        self._had_room: tuple[SheetRow, int] | None = None

    def compose(self) -> ComposeResult:
        """What is painted; the others come between."""
        yield self._above
        yield self._below

    @property
    def live(self) -> list[SheetRow]:
        """The editors, in their order."""
        return [row for row in self.children if isinstance(row, SheetRow)]

    @property
    def hidden(self) -> int:
        """How many rows have no room above the one that is held."""
        live = sum(row.virtual_region.bottom <= 0 < row.size.height for row in self.live)
        return live + self._above.ending_within(-self._above.virtual_region.y)

    @property
    def whole(self) -> bool:
        """Whether the last of the rows is among those that can be typed in."""
        live = self.live
        return bool(live and self.wanted) and live[-1].row_id == self.wanted[-1].id

    async def have(self, around: str | None) -> list[Row]:
        """Have editors for the rows around that one, else for the last ones; which these are.

        Editors that stay keep their focus and their caret.
        """
        ids = [row.id for row in self.wanted]
        centre = ids.index(around) if around in ids else len(ids)
        self.first = max(min(centre - LIVE // 2, len(ids) - LIVE), 0)
        shown = self.wanted[self.first : self.first + LIVE]
        for editor in self.live:
            if editor.row_id not in [row.id for row in shown]:
                await editor.remove()
        for position, row in enumerate(shown):
            if not self.is_attached:
                break
            editors = self.live
            here = next((number for number, editor in enumerate(editors) if editor.row_id == row.id), None)
            before = editors[position] if position < len(editors) else self._below
            if here is None:
                await self.mount(self._make(row), before=before)
            elif here != position:
                self.move_child(editors[here], before=before)
        return shown

    def paint(self, mark: str, marked: Collection[str], elsewhere: Collection[str]) -> None:
        """Paint the others. marked: those that have `mark` below; elsewhere: those that another terminal types in."""
        end = self.first + len(self.live)
        for painted, first, rows in (
            (self._above, 0, self.wanted[: self.first]),
            (self._below, end, self.wanted[end:]),
        ):
            painted.show(
                [
                    Painted(row, number, mark if row.id in marked else "", row.id in elsewhere)
                    for number, row in enumerate(rows, first + 1)
                ]
            )

    async def append(self, row: Row) -> None:
        """One row more, at the end."""
        self.wanted.append(row)
        await self.mount(self._make(row), before=self._below)

    def at_edge(self, row: SheetRow) -> bool:
        """Whether that row is so near the end of those that can be typed in that others have to become so."""
        live = self.live
        place, shown = live.index(row), {each.row_id for each in live}
        at_top = place < _NEAR and self.wanted[0].id not in shown
        return at_top or (place >= len(live) - _NEAR and self.wanted[-1].id not in shown)

    # Room below the row with the caret for the names that may be meant: it is not to move while somebody types in it.

    def on_mount(self) -> None:
        """Have it in a terminal of another size too, and when the row grows."""
        self.watch(self, "virtual_size", self._make_room_soon, init=False)

    def on_descendant_focus(self) -> None:
        """The caret is in another cell."""
        self.let_go()

    def let_go(self) -> None:
        """All rows go to their places, with room where the caret is now."""
        self.hold(None)
        self._had_room = None
        self._make_room_soon()

    def _make_room_soon(self) -> None:
        self.call_after_refresh(self._make_room)

    def _make_room(self) -> None:
        """Scroll; where the row has but grown, only by some lines at a time: each scroll paints all rows anew."""
        focused = self.screen.focused
        row = next((row for row in self.live if focused is not None and row in focused.ancestors), None)
        if row is None or not row.region:
            return
        room = min(HEIGHT_AT_MOST, self.region.height - (row.foot - row.region.y))
        missing = room - (self.region.bottom - row.foot)
        if missing > (_GROWN if (row, row.region.y) == self._had_room else 0):
            self.scroll_relative(y=missing, animate=False, immediate=True)
        elif row.region.y < self.region.y:
            self.scroll_relative(y=row.region.y - self.region.y, animate=False, immediate=True)
        self._had_room = (row, row.region.y)
