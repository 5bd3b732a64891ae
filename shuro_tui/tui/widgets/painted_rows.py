"""Rows of a sheet far from the caret, painted as text: a cell that can be typed in costs a hundred times as much."""

from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import chain
from typing import ClassVar, Literal, NamedTuple

from rich.cells import chop_cells
from rich.segment import Segment
from rich.style import Style
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


class Painted(NamedTuple):
    """A row with its number; what is to be said of it, below it; and whether another terminal types in it."""

    row: Row
    number: int
    mark: str
    elsewhere: bool


class _Line(NamedTuple):
    of: Painted
    text: str
    kind: Literal["first", "more", "mark"]


class PaintedRows(Widget):
    """Some rows in their order, in the columns of the sheet."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {"painted--mark"}

    class Clicked(Message):
        """Somebody wants to write there."""

        def __init__(self, row: str) -> None:
            super().__init__()
            self.row = row

    def __init__(self, case: Case) -> None:
        super().__init__(classes="painted")
        self._case = case
        self._rows: tuple[Painted, ...] = ()
        self._lines: tuple[_Line, ...] = ()
        self._width = 0

    def show(self, rows: Sequence[Painted]) -> None:
        """Show these."""
        if tuple(rows) == self._rows:
            return
        before = len(self._lines)
        self._rows = tuple(rows)
        self._lay_out(self._width)
        self.refresh(layout=len(self._lines) != before)

    def ending_within(self, lines: int) -> int:
        """How many rows end within the first so many lines."""
        ids = [line.of.number for line in self._lines]
        whole = len(set(ids[: max(lines, 0)]))
        return whole - (0 < lines < len(ids) and ids[lines] == ids[lines - 1])

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """As many lines as the rows take."""
        self._lay_out(width)
        return len(self._lines)

    def _lay_out(self, width: int) -> None:
        self._width = width
        widths = _widths(self._case, width)
        self._lines = tuple(chain.from_iterable(self._row(row, widths) for row in self._rows))

    def _row(self, row: Painted, widths: tuple[int, ...]) -> Iterator[_Line]:
        texts = tuple(row.row.fields.get(column.id, "") for column in self._case.columns)
        for place, text in enumerate(_row_lines(row.number, texts, widths)):
            yield _Line(row, text, "more" if place else "first")
        if row.mark:
            yield _Line(row, " " * _NUMBER + row.mark, "mark")

    def render_line(self, y: int) -> Strip:
        """One line of a row."""
        if y >= len(self._lines):
            return Strip.blank(self.size.width, self.rich_style)
        line, style = self._lines[y], self.rich_style
        text = pad(line.text, self.size.width, "")
        if line.kind == "mark":
            style = self.get_component_rich_style("painted--mark")
        head = _NUMBER - 1 if line.kind == "first" and line.of.elsewhere else 0
        pieces = [Segment(text[:head], style + Style(reverse=True)), Segment(text[head:], style)]
        return Strip(pieces[not head :], self.size.width)

    def on_click(self, event: events.Click) -> None:
        """The row there."""
        if 0 <= event.y < len(self._lines):
            self.post_message(self.Clicked(self._lines[event.y].of.row.id))


def _widths(case: Case, width: int) -> tuple[int, ...]:
    """The cells of each column, as the stylesheet gives them."""
    shares = [_SHARES.get(column.kind, 0) for column in case.columns]
    room = width - _NUMBER - sum(1 if share else _CHOICE for share in shares)
    ends = [room * sum(shares[: place + 1]) // max(sum(shares), 1) for place in range(len(shares))]
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
    heads = [f"{number:>2} "[:_NUMBER], *["   "] * (height - 1)]
    return tuple(
        head
        + "".join(
            pad(cell[line] if line < len(cell) else "", width, "") + " "
            for cell, width in zip(cells, widths, strict=True)
        )
        for line, head in enumerate(heads)
    )
