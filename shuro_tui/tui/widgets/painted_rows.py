"""Rows of a sheet far from the caret, painted as text: a cell that can be typed in costs a hundred times as much."""

from collections.abc import Sequence
from functools import lru_cache

from rich.cells import chop_cells
from rich.segment import Segment
from textual import events
from textual.geometry import Size
from textual.message import Message
from textual.strip import Strip
from textual.widget import Widget

from shuro_tui.core.model import Case
from shuro_tui.core.plaintext import pad
from shuro_tui.core.sheet import Row

_NUMBER, _CHOICE, _LINES_AT_MOST = 3, 12, 8
_SHARES = {"organisation": 4, "text": 5}


class PaintedRows(Widget):
    """Some rows in their order, in the columns of the sheet."""

    class Clicked(Message):
        """Somebody wants to write there."""

        def __init__(self, row: str) -> None:
            super().__init__()
            self.row = row

    def __init__(self, case: Case) -> None:
        super().__init__(classes="painted")
        self._case = case
        self._rows: tuple[Row, ...] = ()
        self._first = 1
        self._lines: tuple[tuple[str, str], ...] = ()
        self._width = 0

    def show(self, rows: Sequence[Row], first: int) -> None:
        """Show these, the first of which has that number."""
        if (tuple(rows), first) == (self._rows, self._first):
            return
        before = len(self._lines)
        self._rows, self._first = tuple(rows), first
        self._lay_out(self._width)
        self.refresh(layout=len(self._lines) != before)

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """As many lines as the rows take."""
        self._lay_out(width)
        return len(self._lines)

    def _lay_out(self, width: int) -> None:
        self._width = width
        widths = _widths(self._case, width)
        self._lines = tuple(
            (row.id, line)
            for number, row in enumerate(self._rows, self._first)
            for line in _row_lines(number, tuple(row.fields.get(one.id, "") for one in self._case.columns), widths)
        )

    def render_line(self, y: int) -> Strip:
        """One line of a row."""
        text = self._lines[y][1] if y < len(self._lines) else ""
        return Strip([Segment(pad(text, self.size.width, ""), self.rich_style)], self.size.width)

    def on_click(self, event: events.Click) -> None:
        """The row there."""
        if 0 <= event.y < len(self._lines):
            self.post_message(self.Clicked(self._lines[event.y][0]))


def _widths(case: Case, width: int) -> tuple[int, ...]:
    """The cells of each column, as the stylesheet gives them."""
    shares = [_SHARES.get(column.kind, 0) for column in case.columns]
    room = width - _NUMBER - sum(1 if share else _CHOICE for share in shares)
    each = room / max(sum(shares), 1)
    ends = [round(each * sum(shares[: place + 1])) for place in range(len(shares))]
    starts = [0, *ends]
    return tuple(
        max(end - start, 2) if share else _CHOICE for share, start, end in zip(shares, starts, ends, strict=False)
    )


@lru_cache(maxsize=1024)
def _row_lines(number: int, texts: tuple[str, ...], widths: tuple[int, ...]) -> tuple[str, ...]:
    cells = [
        [part for line in text.split("\n") for part in chop_cells(line, width - 1) or [""]][:_LINES_AT_MOST]
        for text, width in zip(texts, widths, strict=True)
    ]
    height = max(map(len, cells), default=1)
    heads = [f"{number:>2} ", *["   "] * (height - 1)]
    return tuple(
        head
        + "".join(
            pad(cell[line] if line < len(cell) else "", width, "") + " "
            for cell, width in zip(cells, widths, strict=True)
        )
        for line, head in enumerate(heads)
    )
