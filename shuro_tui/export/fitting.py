"""How high a row of a worksheet has to be for its texts: not every program sees to that when it opens a workbook."""

import math
from collections.abc import Sequence
from functools import lru_cache

from rich.cells import cell_len

SIZES = (11, 9, 7, 5)
"""Points of type, the first that fits: a row is 409 points high at most, and no text is cut."""

_HIGHEST = 409
_LEADING = 1.45
_ROOM = 4
"""Points between the text of a row and its lines."""

ONE_LINE = SIZES[0] * _LEADING + _ROOM
"""Points of a row in which no text takes more than a line."""

_MOST = _HIGHEST / (SIZES[-1] * _LEADING)
"""Lines that a row holds in the smallest type; of what has more, it does not matter how many."""

_CELL = 1.15
"""Excel's digits, in which columns are measured, to half a full-width character; a little more for words that wrap."""


def fit(texts: Sequence[str], widths: Sequence[float]) -> tuple[int, float]:
    """The size of type and the height of the row, both in points, for texts in columns of these widths."""
    for size in SIZES:
        height = max(map(lines, texts, widths, [size] * len(texts)), default=1) * size * _LEADING + _ROOM
        if height <= _HIGHEST:
            return size, height
    return SIZES[-1], _HIGHEST


@lru_cache(maxsize=4096)  # names and choices stand in many rows
def lines(text: str, width: float, size: float = SIZES[0]) -> int:
    """Lines that a text takes in a column, rather one too many than one too few."""
    a_line = width / _CELL * SIZES[0] / size
    breaks = text.count("\n")
    if breaks > _MOST or (2 * len(text) <= a_line and not breaks):
        return breaks + 1
    return sum(max(1, math.ceil(cell_len(line) / a_line)) for line in text.split("\n"))
