"""Lines, or cells of a spreadsheet, that were pasted: the rows that they are."""

import re
from collections.abc import Sequence

from shuro_tui.core.model import Column
from shuro_tui.core.sheet import CHARACTERS_AT_MOST
from shuro_tui.i18n import _

# A spreadsheet puts a cell in quotes where line breaks or tabs are in it, and doubles the quotes inside.
_CELL = re.compile(r'"((?:[^"]|"")*[\n\t](?:[^"]|"")*)"(?=[\n\t]|\Z)|([^\n\t]*)')


class NotPasted(Exception):  # noqa: N818 - it is what is told, and nobody's error
    """It does not fit, and nothing of it was taken; the message says why."""


def is_cells(text: str) -> bool:
    """Whether it is more than one text."""
    return "\n" in text or "\t" in text


def cells_of(text: str) -> tuple[tuple[str, ...], ...]:
    """The cells of each line, from left to right; what trails without text is left out, and blank lines are."""
    lines: list[list[str]] = [[]]
    place = 0
    while place <= len(text):
        cell = _CELL.match(text, place)
        assert cell is not None  # noqa: S101 - the second alternative takes anything, and nothing
        lines[-1].append(cell[2] if cell[1] is None else cell[1].replace('""', '"'))
        place = cell.end() + 1
        if text[cell.end() : place] == "\n":
            lines.append([])
    for line in lines:
        while line and not line[-1].strip():
            line.pop()
    return tuple(tuple(line) for line in lines if line)


def rows_of(text: str, columns: Sequence[Column], room: int) -> tuple[dict[str, str], ...]:
    """The fields of each row, in these columns. Raises NotPasted, also where more rows come than there is room for."""
    lines = cells_of(text)
    if len(lines) > room:
        raise NotPasted(_("{n} rows are too many: the sheet has room for {room} more.").format(n=len(lines), room=room))
    return tuple(_fields(line, columns) for line in lines)


def _fields(line: tuple[str, ...], columns: Sequence[Column]) -> dict[str, str]:
    if len(line) > len(columns):
        told = _("{n} cells in a row are too many: from here the sheet has {room}.")
        raise NotPasted(told.format(n=len(line), room=len(columns)))
    return {column.id: _taken(cell, column) for column, cell in zip(columns, line, strict=False)}


def _taken(cell: str, column: Column) -> str:
    if len(cell) > CHARACTERS_AT_MOST:
        told = _("{n} characters in a field are too many: it takes {room}.")
        raise NotPasted(told.format(n=len(cell), room=CHARACTERS_AT_MOST))
    if column.kind != "choice":
        return cell
    word = cell.strip()
    if word and word not in column.choices:
        told = _("'{word}' is none of the choices: {choices}.")
        raise NotPasted(told.format(word=word, choices=_(", ").join(column.choices)))
    return word
