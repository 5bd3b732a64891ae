"""The place of a picture on a slide: as large as there is room, in its shape."""

from rich.cells import cell_len

from shuro_tui.core.blocks import Image, Picture
from shuro_tui.core.linebreak import Line, Piece, Place, wrap, wrap_spans

_CELL = 2
"""How much higher than wide a cell is."""

_COARSEST = 4
"""Pixels of a picture that a cell shows at least."""

_WORDS = 24
"""Cells that the words get at least; a smaller picture leaves some of its place blank."""


def picture_lines(image: Image, width: int, tallest: int) -> tuple[Line, ...]:
    """The words for a picture. With room for `tallest` lines they stand in a place of its shape, to be
    covered by it."""
    words = f"[{image.alt or image.source}]"
    if image.picture is None or not tallest:
        return wrap_spans((Piece(words, "dim"),), width)
    cells, lines = _size(image.picture, width, tallest)
    texts = wrap(words, max(cells, min(width, _WORDS)))
    place = Place(image.picture, max(cells, *map(cell_len, texts)), max(lines, len(texts)))
    filled = [text + " " * (place.cells - cell_len(text)) for text in (*texts, *[""] * (place.lines - len(texts)))]
    return tuple((Piece(text, "dim", None if number else place),) for number, text in enumerate(filled))


def _size(picture: Picture, width: int, tallest: int) -> tuple[int, int]:
    """As large as there is room, in the picture's shape, and not so large that its pixels could be counted."""
    lines_a_cell = picture.height / picture.width / _CELL
    cells = min(width, tallest / lines_a_cell, picture.width / _COARSEST)
    return max(1, round(cells)), max(1, min(tallest, round(cells * lines_a_cell)))
