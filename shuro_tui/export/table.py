"""What every format is made of: texts in rows, under a head."""

from collections.abc import Iterable

from msgspec import Struct

from shuro_tui.core.sheet import clean

Cells = tuple[str, ...]


class Table(Struct, frozen=True):
    """A head and rows of the same length."""

    head: Cells
    rows: tuple[Cells, ...]


def cleaned(texts: Iterable[str]) -> Cells:
    """The texts without what would take effect on a terminal."""
    return tuple(map(clean, texts))
