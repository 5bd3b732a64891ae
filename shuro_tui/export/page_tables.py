"""The tables of the web page: plain ones, and those with a column a group, in parts that a page of A4 holds."""

import math
from collections.abc import Callable, Iterable, Iterator, Sequence
from html import escape

from shuro_tui.export.deck_text import words
from shuro_tui.export.table import Cells, Table
from shuro_tui.i18n import _

UPRIGHT, ACROSS = 12, 25
"""Groups whose columns a page holds, upright and across."""

_SHADES = 4
"""From the palest to the darkest; what is none has no shade."""


def table(table: Table, caption: str, look: str, columns: Sequence[str] = (), row_head: int | None = None) -> str:
    """A table; `look` is its class, `columns` are those of its heads; `row_head`: the column that names its row."""
    kinds = (*columns, *[""] * (len(table.head) - len(columns)))
    return _table(caption, look, map(_head, table.head, kinds), ("".join(_cells(row, row_head)) for row in table.rows))


def by_group(
    table: Table, heading: str, caption: str, heads: Sequence[str], cell: Callable[[str], str]
) -> Iterator[str]:
    """A table with a column a group between `heads` columns and the last, in as many parts as it takes.

    heads: what the first columns are, the last of them names the row; cell: makes a `td` of a group's cell.
    """
    groups = table.head[len(heads) : -1]
    many = len(groups) > UPRIGHT
    yield f'<div class="across">\n{heading}' if many else heading
    for part in parts(len(groups)):
        if many:
            title = _("{table}, {first} to {last}").format(table=caption, first=groups[part][0], last=groups[part][-1])
            yield broad(_part(table, title, heads, part, cell), title)
        else:
            yield _part(table, caption, heads, part, cell)
    yield "</div>" if many else ""


def broad(html: str, name: str) -> str:
    """A table that a small screen scrolls."""
    return f'<div class="broad" role="group" aria-label="{escape(name)}" tabindex="0">\n{html}\n</div>'


def parts(groups: int) -> list[slice]:
    """So many columns in parts that are as even as can be, and none longer than a page is wide."""
    size = math.ceil(groups / max(1, math.ceil(groups / (UPRIGHT if groups <= UPRIGHT else ACROSS))))
    return [slice(start, min(start + size, groups)) for start in range(0, max(1, groups), max(1, size))]


def named(cell: str) -> str:
    """A group's cell of the matrix."""
    return f"<td>{cell}</td>"


def shaded(most: int) -> Callable[[str], str]:
    """What makes a cell of the heat map, for counts up to `most`: the number, on a grey that is the darker the more."""

    def cell(count: str) -> str:
        shade = math.ceil(_SHADES * int(count) / max(1, most))
        return f'<td class="s{shade}">{count}</td>'

    return cell


def _part(table: Table, caption: str, heads: Sequence[str], part: slice, cell: Callable[[str], str]) -> str:
    first = len(heads)
    groups = (_head(group, "group") for group in table.head[first:-1][part])
    rows = (
        f"{''.join(_cells(row[:first], first - 1))}{''.join(map(cell, row[first:-1][part]))}<td>{row[-1]}</td>"
        for row in table.rows
    )
    return _table(caption, "by-group", (*map(_head, table.head, heads), *groups, _head(table.head[-1], "count")), rows)


def _table(caption: str, look: str, heads: Iterable[str], rows: Iterable[str]) -> str:
    body = "\n".join(f"<tr>{row}</tr>" for row in rows)
    return (
        f'<table class="{look}">\n<caption>{words(caption)}</caption>\n<thead><tr>{"".join(heads)}</tr></thead>\n'
        f"<tbody>\n{body}\n</tbody>\n</table>"
    )


def _head(text: str, kind: str) -> str:
    return f'<th scope="col" class="{kind}">{words(text)}</th>' if kind else f'<th scope="col">{words(text)}</th>'


def _cells(row: Cells, row_head: int | None) -> Iterator[str]:
    for column, cell in enumerate(row):
        yield f'<th scope="row">{words(cell)}</th>' if column == row_head else f"<td>{words(cell)}</td>"
