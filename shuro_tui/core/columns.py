"""A table for a plain terminal: names on the left, figures in columns on the right."""

from collections.abc import Iterator, Sequence

from shuro_tui.core.cells import cell_len, cut, pad

NAME_AT_LEAST = 16
Row = tuple[str, ...]


def in_columns(rows: Sequence[Row], width: int) -> Iterator[tuple[str, ...]]:
    """The lines of each row, `width` cells at most: one, or two where names find no room beside the figures.

    The first cell of a row is its name, the others are set flush right. All rows have as many cells.
    """
    widths = [max(map(cell_len, column)) for column in list(zip(*rows, strict=True))[1:]]
    room = width - sum(widths) - 2 * len(widths)
    gap = "  " if room >= NAME_AT_LEAST else " "
    for name, *figures in rows:
        right = "".join(gap + " " * (size - cell_len(text)) + text for size, text in zip(widths, figures, strict=True))
        if room >= NAME_AT_LEAST:
            yield ((pad(name, room, "..") + right).rstrip(),)
        else:
            yield tuple(line.rstrip() for line in (cut(name, width, ".."), right) if line.strip())
