"""Texts side by side in columns, as many as the width allows, each in full."""

from collections.abc import Iterator, Sequence
from itertools import zip_longest

from shuro_tui.core.linebreak import Line, Piece, width_of, wrap_spans

AT_LEAST = 24
"""Cells of a column: Japanese text in narrower ones is hard to read."""

_BETWEEN = Piece(" │ ", "frame")
_GAP = 3

Paragraph = tuple[Piece, ...]
Text = Sequence[Paragraph]
Block = tuple[Line, ...]


def across(texts: int, width: int) -> int:
    """How many of so many texts stand side by side: as many as there is room for, and alike in each row of them."""
    room = max(1, (width + _GAP) // (AT_LEAST + _GAP))
    rows = -(-texts // room)
    return -(-texts // rows) if rows else 1


def abreast(texts: Sequence[Text], width: int) -> Iterator[Block]:
    """The texts in rows of columns; in one column where there is no room for two."""
    columns = across(len(texts), width)
    each = (width - _GAP * (columns - 1)) // columns
    for start in range(0, len(texts), columns):
        yield _side_by_side([set_in(text, each) for text in texts[start : start + columns]], each)


def set_in(text: Text, width: int) -> Block:
    """The paragraphs, one below the other, in lines of that width."""
    return tuple(line for paragraph in text for line in wrap_spans(paragraph, max(width, 2)))


def _side_by_side(columns: Sequence[Block], width: int) -> Block:
    return tuple(tuple(_joined(cells, width)) for cells in zip_longest(*columns, fillvalue=()))


def _joined(cells: Sequence[Line], width: int) -> Iterator[Piece]:
    for number, cell in enumerate(cells):
        if number:
            yield _BETWEEN
        yield from cell
        if number < len(cells) - 1:
            yield Piece(" " * (width - width_of(cell)))
