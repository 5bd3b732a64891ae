"""A slide as lines of styled text for a width in terminal cells. What the styles look like is up to the screen."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import zip_longest
from typing import assert_never

from shuro_tui.core.blocks import (
    Align,
    Block,
    Code,
    Columns,
    Flow,
    Heading,
    Image,
    Items,
    Lanes,
    Map,
    Paragraph,
    Pause,
    Quote,
    Span,
    Spans,
    Table,
    images,
)
from shuro_tui.core.drawings import draw_flow, draw_lanes, draw_map
from shuro_tui.core.frames import (
    Cell,
    around,
    boxed,
    columns,
    framed,
    grid,
    hung,
    sizes_of,
    text_cell,
)
from shuro_tui.core.linebreak import Line, Piece, Place, Size, Style, cut, measure, phrases, width_of, wrap, wrap_spans
from shuro_tui.core.links import addresses
from shuro_tui.core.model import Slide
from shuro_tui.core.placing import picture_lines

__all__ = ["NARROWEST", "Line", "Piece", "Place", "Style", "lay_out", "phrases", "wrap"]

NARROWEST = 20
"""Cells below which nothing is laid out: a narrower place gets lines of this width."""

# The fewest cells that are pleasant to read: a column, and what is between two; an item of a deep list.
_COLUMN, _BETWEEN = 24, 3
_ITEM = 8
_PICTURE = 6
"""Lines that a picture may take at least; with less room for it the slide is longer than its place."""

_BULLET = "• "

_TOGETHER: dict[tuple[bool, bool, bool], Style] = {
    (True, False, False): "strong",
    (False, True, False): "emphasis",
    (True, True, False): "strong-emphasis",
    (False, False, True): "link",
    (True, False, True): "strong-link",
    (False, True, True): "emphasis-link",
    (True, True, True): "strong-emphasis-link",
}
"""The style of what is bold, italic, a link."""


@lru_cache(maxsize=256)
def lay_out(slide: Slide, width: int, height: int = 0) -> tuple[Line, ...]:
    """The slide from its first line to its last, no line wider than `width` cells; an empty line between blocks.

    height: lines of its place, where pictures can be shown: they are as high as the rest leaves room for. With 0 their
    words stand for them.
    """
    width = max(width, NARROWEST)
    if not height or not any(images(slide.blocks)):
        return _below(slide.blocks, width)
    heights = range(_PICTURE, height + 1)
    too_tall = bisect_right(heights, height, key=lambda tallest: len(_below(slide.blocks, width, tallest)))
    return _below(slide.blocks, width, heights[max(0, too_tall - 1)] if heights else _PICTURE)


def _below(blocks: Sequence[Block], width: int, tallest: int = 0) -> tuple[Line, ...]:
    """Blocks one below the other, an empty line between."""
    lines: list[Line] = []
    for block in blocks:
        block_lines = _block(block, width, tallest)
        if lines and block_lines:
            lines.append(())
        lines += block_lines
    return tuple(lines)


def _block(block: Block, width: int, tallest: int) -> tuple[Line, ...]:  # noqa: C901 - a line a kind of block
    match block:
        case Heading():
            return _heading(block, width)
        case Paragraph():
            return wrap_spans(_pieces(block.spans), width)
        case Items():
            return tuple(_items(block, width, 0))
        case Quote():
            return tuple(_quote(block, width))
        case Code():
            return _code(block, width)
        case Table():
            return _table(block, width)
        case Image():
            return picture_lines(block, width, tallest)
        case Map():
            return draw_map(block, width)
        case Flow():
            return draw_flow(block, width)
        case Lanes():
            return draw_lanes(block, width)
        case Columns():
            return _columns(block, width, tallest)
        case Pause():
            return ()
        case _:
            assert_never(block)


def _columns(block: Columns, width: int, tallest: int) -> tuple[Line, ...]:
    """Side by side, as wide as each other; one below the other where there is no room for that."""
    count = len(block.columns)
    each = (width - _BETWEEN * (count - 1)) // count
    if each < _COLUMN:
        return _below([one for column in block.columns for one in column], width, tallest)
    laid = [_below(column, each, tallest) for column in block.columns]
    rows = zip_longest(*laid, fillvalue=())
    return tuple(_in_a_row(row, each) for row in rows)


def _in_a_row(parts: Sequence[Line], each: int) -> Line:
    """A line of every column, each but the last filled with space."""
    pieces: list[Piece] = []
    for number, part in enumerate(parts):
        last = number == len(parts) - 1
        pieces += part if last else (*part, Piece(" " * (each - width_of(part) + _BETWEEN)))
    return tuple(pieces)


def _pieces(spans: Spans, base: Style = "text") -> tuple[Piece, ...]:
    """Styled text, the address of a link after it."""
    pieces: list[Piece] = []
    for span, address in zip(spans, addresses(spans), strict=True):
        pieces.append(Piece(span.text, _style(span, base)))
        if address:
            pieces.append(Piece(f" ({address})", "dim"))
    return tuple(pieces)


def _style(span: Span, base: Style) -> Style:
    if span.code:
        return "code"
    return _TOGETHER.get((span.bold or base == "strong", span.italic, bool(span.link)), base)


def _heading(heading: Heading, width: int) -> tuple[Line, ...]:
    style: Style = "title" if heading.level == 1 else "heading"
    pieces = [piece if piece.style == "dim" else Piece(piece.text, style) for piece in _pieces(heading.spans)]
    lines = _balanced(pieces, width)
    return (*lines, framed("─" * width)) if heading.level == 1 else lines


def _balanced(pieces: Sequence[Piece], width: int) -> tuple[Line, ...]:
    """As few lines as there can be, each about as long as the others: no word is left alone on the last."""
    lines = wrap_spans(pieces, width)
    if len(lines) == 1:
        return lines
    least = max(width // 2, measure("".join(piece.text for piece in pieces)).phrase)
    widths = range(least, width)
    enough = bisect_left(widths, True, key=lambda each: len(wrap_spans(pieces, each)) <= len(lines))
    return wrap_spans(pieces, widths[enough]) if enough < len(widths) else lines


def _items(items: Items, width: int, indent: int) -> Iterator[Line]:
    last = items.first + len(items.items) - 1
    hang = len(f"{last}. ") if items.ordered else len(_BULLET)
    left = max(0, min(indent, width - hang - _ITEM))
    margin = (Piece(" " * left),) if left else ()
    for number, item in enumerate(items.items, items.first):
        marker = Piece(f"{number}. ".rjust(hang) if items.ordered else _BULLET, "accent")
        for line in hung((marker,), hang, wrap_spans(_pieces(item.spans), width - left - hang)):
            yield (*margin, *line)
        if item.below:
            yield from _items(item.below, width, left + hang)


def _quote(quote: Quote, width: int) -> Iterator[Line]:
    for index, spans in enumerate(quote.paragraphs):
        if index:
            yield framed("│")
        for line in wrap_spans(_pieces(spans, "quote"), width - 2):
            yield (Piece("│ ", "frame"), *line)


def _code(code: Code, width: int) -> tuple[Line, ...]:
    """In a box, so that it is told from prose without colours too."""
    lines = cut((Piece(run.text, run.kind) for run in code.runs), width - around(1))
    widest = max(map(width_of, lines))
    return boxed((Cell(Size(widest, widest, widest), lambda _: lines),), (widest,))


def _table(table: Table, width: int) -> tuple[Line, ...]:
    rows = [_cells(table, table.head, "strong"), *(_cells(table, row, "text") for row in table.rows)]
    room = width - around(len(table.head))
    if room < sum(size.word for size in sizes_of(rows)):
        return tuple(_records(table, width))
    return grid(rows, columns(rows, room))


def _cells(table: Table, row: Sequence[Spans], base: Style) -> tuple[Cell, ...]:
    cells = [text_cell(_pieces(spans, base)) for spans in row]
    return tuple(map(_aligned, cells, table.align)) if table.align else tuple(cells)


def _aligned(cell: Cell, align: Align) -> Cell:
    """The cell with its lines to the right or in the middle of its column."""
    if align == "left":
        return cell
    part = 1 if align == "right" else 2

    def lines(width: int) -> tuple[Line, ...]:
        return tuple((Piece(" " * ((width - width_of(line)) // part)), *line) for line in cell.lines(width))

    return cell._replace(lines=lines)


def _records(table: Table, width: int) -> Iterator[Line]:
    """A table whose columns would cut words: row by row, each cell after its column's title."""
    yield framed("─" * width)
    for row in table.rows or ((),):
        for title, spans in zip(table.head, row or ((),) * len(table.head), strict=True):
            head = _pieces(title, "strong")
            colon = (Piece(": ", "strong"),) if any(part.text for part in head) and spans else ()
            yield from wrap_spans((*head, *colon, *_pieces(spans)), width)
        yield framed("─" * width)
