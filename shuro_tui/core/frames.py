"""Cells in columns, with lines around them. Widths are in terminal cells.

The lines are box-drawing characters and ASCII: other arrows and marks are two cells wide on some Japanese terminals.
"""

from collections.abc import Callable, Sequence
from typing import NamedTuple

from shuro_tui.core.linebreak import Line, Piece, Size, Style, measure, width_of, wrap_entries, wrap_spans


class Cell(NamedTuple):
    """Something to stand in a column: how wide it would be, how narrow it may become, and its lines for a width."""

    size: Size
    lines: Callable[[int], tuple[Line, ...]]


ARROW = " │──>│ "
"""From one box to the next."""

NOTHING = Cell(Size(0, 0, 0), lambda _: ())
"""A cell that takes no line."""


def text_cell(pieces: Sequence[Piece]) -> Cell:
    """Running text."""
    return Cell(measure("".join(piece.text for piece in pieces)), lambda width: wrap_spans(pieces, width))


def words_cell(text: str, style: Style = "text") -> Cell:
    """Running text in one style."""
    return text_cell((Piece(text, style),))


def row_cell(entries: Sequence[str]) -> Cell:
    """Entries one after the other, commas between them."""

    def lines(width: int) -> tuple[Line, ...]:
        return tuple((Piece(line),) for line in wrap_entries(entries, width))

    sizes = [_wider(measure(entry), 2) for entry in entries[:-1]] + [measure(entry) for entry in entries[-1:]]
    widest = _widest(sizes)
    return Cell(Size(sum(size.whole for size in sizes), widest.whole, widest.word), lines)


def list_cell(entries: Sequence[str], marker: str) -> Cell:
    """Entries one below the other, further lines indented by the marker's width."""
    hang = width_of((Piece(marker),))
    first = (Piece(marker, "dim"),) if marker else ()

    def lines(width: int) -> tuple[Line, ...]:
        return tuple(line for entry in entries for line in hung(first, hang, wrap_spans((Piece(entry),), width - hang)))

    return Cell(_wider(_widest([measure(entry) for entry in entries]), hang), lines)


def stacked(upper: Cell, lower: Cell) -> Cell:
    """One cell below the other in the same column."""
    return Cell(_widest((upper.size, lower.size)), lambda width: (*upper.lines(width), *lower.lines(width)))


def _wider(size: Size, by: int) -> Size:
    return Size(size.whole + by, size.phrase + by, size.word + by)


def _widest(sizes: Sequence[Size]) -> Size:
    return Size(*(max(widths) for widths in zip((0, 0, 0), *sizes, strict=True)))


def hung(marker: Line, hang: int, lines: Sequence[Line]) -> tuple[Line, ...]:
    """The lines with the marker before the first one and as much space before the others."""
    space = (Piece(" " * hang),) if hang else ()
    return tuple((*(space if index else marker), *line) for index, line in enumerate(lines))


def shares(wanted: Sequence[int], room: int) -> list[int]:
    """What each gets of the room: what it wants when that is little, an equal share otherwise."""
    given = [0] * len(wanted)
    waiting = len(wanted)
    for index in sorted(range(len(wanted)), key=wanted.__getitem__):
        given[index] = min(wanted[index], room // waiting)
        room -= given[index]
        waiting -= 1
    return given


def columns(rows: Sequence[Sequence[Cell]], room: int) -> list[int]:
    """Widths that fill no more than the room, breaking phrases and words only where there is no room for them."""
    sizes = sizes_of(rows)
    wanted = [size.whole for size in sizes]
    if sum(wanted) <= room:
        return wanted
    for least in ([size.phrase for size in sizes], [size.word for size in sizes]):
        left = room - sum(least)
        if left >= 0:
            more = shares([want - need for want, need in zip(wanted, least, strict=True)], left)
            return [sum(pair) for pair in zip(least, more, strict=True)]
        wanted = least
    return shares(wanted, room)


def sizes_of(rows: Sequence[Sequence[Cell]]) -> list[Size]:
    """The size of each column."""
    return [_widest([cell.size for cell in column]) for column in zip(*rows, strict=True)]


def around(count: int, joint: int = 3) -> int:
    """The cells that the lines around and between so many columns take, with `joint` cells between two."""
    return joint * (count - 1) + 4


def rule(widths: Sequence[int], ends: str) -> str:
    """A line above, below or between rows; `ends` holds the left end, what stands between columns, the right end."""
    return ends[0] + ends[1:-1].join("─" * (width + 2) for width in widths) + ends[-1]


def framed(text: str) -> Line:
    """A line that is all frame."""
    return (Piece(text, "frame"),)


def grid(
    rows: Sequence[Sequence[Cell]], widths: Sequence[int], *, headed: bool = True, arrows: bool = False
) -> tuple[Line, ...]:
    """Rows of cells with lines around; a head is ruled off, and all rows are when one below it takes several lines."""
    laid = [row_lines(row, widths) for row in rows]
    between = rule(widths, "├┼┤")
    if arrows:
        middle = 1 + (widths[0] + 2) // 2
        between = f"{between[:middle]}v{between[middle + 1 :]}"
    all_ruled = arrows or any(len(lines) > 1 for lines in laid[headed:])
    lines: list[Line] = [framed(rule(widths, "┌┬┐"))]
    for index, row in enumerate(laid):
        if index and (all_ruled or (headed and index == 1)):
            lines.append(framed(between))
        lines += row
    return (*lines, framed(rule(widths, "└┴┘")))


def row_lines(
    row: Sequence[Cell], widths: Sequence[int], first_joint: str = " │ ", joint: str = " │ "
) -> tuple[Line, ...]:
    """The lines of one row, with sides but without a top and a bottom."""
    laid = [cell.lines(width) for cell, width in zip(row, widths, strict=True)]
    lines: list[Line] = []
    for index in range(max(1, *map(len, laid))):
        pieces = [Piece("│ ", "frame")]
        for place, (cell, width) in enumerate(zip(laid, widths, strict=True)):
            if place:
                pieces.append(Piece(joint if index else first_joint, "frame"))
            line = cell[index] if index < len(cell) else ()
            pieces += (*line, Piece(" " * (width - width_of(line))))
        lines.append((*pieces, Piece(" │", "frame")))
    return tuple(lines)


def boxed(row: Sequence[Cell], widths: Sequence[int]) -> tuple[Line, ...]:
    """Boxes side by side, an arrow from one to the next."""
    return (
        framed(rule(widths, "┌┐   ┌┐")),
        *row_lines(row, widths, ARROW, " │   │ "),
        framed(rule(widths, "└┘   └┘")),
    )


def on_top(text: str, grid_lines: Sequence[Line]) -> tuple[Line, ...]:
    """A box with the text, standing in the middle of the grid's upper line; it is no wider than the grid."""
    whole = width_of(grid_lines[0])
    cell = words_cell(text, "strong")
    width = min(cell.size.whole, whole - 4)
    lines = row_lines((cell,), (width,))
    left = (whole - width - 4) // 2
    right = left + width + 3
    upper = list(grid_lines[0][0].text)
    for place in (left, right):
        upper[place] = {"─": "┴", "┬": "┼", "┌": "├", "┐": "┤"}[upper[place]]
    box = (framed(rule((width,), "┌┐")), *lines)
    indent = Piece(" " * left)
    return (*((indent, *line) for line in box), framed("".join(upper)), *grid_lines[1:])
