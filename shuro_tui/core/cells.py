"""Text measured in the cells of a terminal: a Japanese letter takes two."""

from rich.cells import cell_len, set_cell_size

__all__ = ["cell_len", "cut", "pad"]


def cut(text: str, width: int, ellipsis: str = "…") -> str:
    """The text in no more cells than `width`, with an ellipsis where something was cut off."""
    if cell_len(text) <= width:
        return text
    room = width - cell_len(ellipsis)
    return set_cell_size(text, room).rstrip() + ellipsis if room >= 0 else set_cell_size(text, max(width, 0))


def pad(text: str, width: int, ellipsis: str = "…") -> str:
    """The text in exactly `width` cells: filled with spaces or cut."""
    return set_cell_size(cut(text, width, ellipsis), width)
