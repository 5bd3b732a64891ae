"""Text measured in the cells of a terminal: a Japanese letter takes two."""

from rich.cells import cell_len, chop_cells, set_cell_size

__all__ = ["cell_len", "cut", "pad", "wrap"]

ROOM_AT_LEAST = 8
# What Japanese does not begin a line with (JIS X 4051), as far as a list of names needs it.
_NOT_FIRST = "、。，．・：；！？）」』】〕〉》ー々ぁぃぅぇぉっゃゅょァィゥェォッャュョ"


def cut(text: str, width: int, ellipsis: str = "…") -> str:
    """The text in no more cells than `width`, with an ellipsis where something was cut off."""
    if cell_len(text) <= width:
        return text
    room = width - cell_len(ellipsis)
    return set_cell_size(text, room).rstrip() + ellipsis if room >= 0 else set_cell_size(text, max(width, 0))


def pad(text: str, width: int, ellipsis: str = "…") -> str:
    """The text in exactly `width` cells: filled with spaces or cut."""
    return set_cell_size(cut(text, width, ellipsis), width)


def wrap(text: str, width: int, indent: str = "") -> list[str]:
    """The text in lines of at most `width` cells, all but the first behind the indent; Latin words stay whole."""
    lines: list[str] = []
    for paragraph in text.split("\n"):
        rest = paragraph.rstrip()
        before = indent if lines else ""
        while cell_len(before + rest) > width:
            line = _first_line(rest, max(width - cell_len(before), ROOM_AT_LEAST))
            lines.append(before + line.rstrip())
            rest = rest[len(line) :].lstrip()
            before = indent
        lines.append(before + rest)
    return lines


def _first_line(text: str, room: int) -> str:
    line = chop_cells(text, room)[0]
    last, following = line[-1], text[len(line) : len(line) + 1]
    if following and following in _NOT_FIRST:
        return line[:-1] or line
    inside_a_word = last.isascii() and following.isascii() and last.isalnum() and following.isalnum()
    space = line.rfind(" ")
    return line[:space] if inside_a_word and space > 0 else line
