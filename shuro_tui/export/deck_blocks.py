"""The blocks of a slide as HTML."""

from collections.abc import Callable, Iterable, Sequence
from html import escape
from itertools import repeat
from typing import assert_never

from shuro_tui.core.blocks import (
    Align,
    Block,
    Branch,
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
    Run,
    Spans,
    Table,
)
from shuro_tui.export.deck_text import running, words

_BESIDE_AT_MOST = 4
"""Stages of a flow that stand side by side; more stand one below the other."""

_DEEPEST = 6

_ALIGNED: dict[Align, str] = {
    "left": "",
    "center": ' style="text-align: center"',
    "right": ' style="text-align: right"',
}


class SlideWriter:
    """Writes the blocks of one slide from top to bottom.

    above: the level of the heading above the slide; no level below it is left out, whichever the slide uses.
    picture: a picture as its source names it → its data: address, or nothing when there is none.
    """

    def __init__(self, above: int, picture: Callable[[str], str]) -> None:
        self._top = above + 1
        self._level = above
        self._picture = picture

    def html(self, blocks: Sequence[Block]) -> str:
        """All blocks, a line each at least."""
        return "\n".join(filter(None, map(self._block, blocks)))

    def _block(self, block: Block) -> str:  # noqa: C901 - a line a kind of block
        match block:
            case Heading():
                return self._heading(block)
            case Paragraph():
                return f"<p>{running(block.spans)}</p>"
            case Items():
                return _items(block)
            case Quote():
                return f"<blockquote>{_each('p', map(running, block.paragraphs))}</blockquote>"
            case Code():
                return _code(block)
            case Table():
                return _table(block)
            case Image():
                return self._image(block)
            case Map():
                return f'<div class="map"><p class="centre">{words(block.centre)}</p>{_branches(block.fields)}</div>'
            case Flow():
                return _flow(block)
            case Lanes():
                return _branches(block.lanes)
            case Columns():
                return f'<div class="columns">{_each("div", map(self.html, block.columns))}</div>'
            case Pause():
                return ""
            case _:
                assert_never(block)

    def _heading(self, heading: Heading) -> str:
        self._level = min(self._top + heading.level - 1, self._level + 1, _DEEPEST)
        look = "title" if heading.level == 1 else "heading"
        return f'<h{self._level} class="{look}">{running(heading.spans)}</h{self._level}>'

    def _image(self, image: Image) -> str:
        data = self._picture(image.source)
        if data:
            return f'<figure><img src="{data}" alt="{escape(image.alt)}"></figure>'
        return f'<figure class="missing">{words(image.alt or image.source)}</figure>'


def _each(tag: str, contents: Iterable[str]) -> str:
    return "".join(f"<{tag}>{content}</{tag}>" for content in contents)


def numbered(entries: Sequence[str], first: int = 1) -> str:
    """A list with numbers, indented by as many digits as its last one has."""
    digits = len(str(first + len(entries) - 1))
    return f'<ol start="{first}" style="--digits: {digits}">{_each("li", entries)}</ol>'


def _items(items: Items) -> str:
    entries = [running(item.spans) + (_items(item.below) if item.below else "") for item in items.items]
    return numbered(entries, items.first) if items.ordered else f"<ul>{_each('li', entries)}</ul>"


def _code(code: Code) -> str:
    # A browser leaves the first line break of <pre> out.
    language = f' class="language-{escape(code.language)}"' if code.language else ""
    return f"<pre>\n<code{language}>{''.join(map(_run, code.runs))}</code></pre>"


def _run(run: Run) -> str:
    text = escape(run.text)
    return text if run.kind == "text" else f'<span class="{run.kind}">{text}</span>'


def _table(table: Table) -> str:
    head = _row(table, table.head, ['th scope="col"' if cell else "td" for cell in table.head])
    # A first column without a title of its own names the rows.
    tags = ["td" if cell or number else 'th scope="row"' for number, cell in enumerate(table.head)]
    rows = "\n".join(_row(table, row, tags) for row in table.rows)
    return f"<table>\n<thead>{head}</thead>\n<tbody>\n{rows}\n</tbody>\n</table>"


def _row(table: Table, row: Sequence[Spans], tags: Sequence[str]) -> str:
    aligned: Iterable[Align] = table.align or repeat("left")
    cells = (
        f"<{tag}{_ALIGNED[align]}>{running(cell)}</{tag[:2]}>"
        for tag, cell, align in zip(tags, row, aligned, strict=False)
    )
    return f"<tr>{''.join(cells)}</tr>"


def _branches(branches: Sequence[Branch]) -> str:
    """Titled lists side by side, as a list of lists."""
    if not branches:
        return ""
    boxes = _each(
        "li", (f"{_title(branch.title)}<ul>{_each('li', map(words, branch.entries))}</ul>" for branch in branches)
    )
    return f'<ul class="branches">{boxes}</ul>'


def _flow(flow: Flow) -> str:
    boxes = _each(
        "li", (_title(stage.title) + (_each("p", [words(stage.text)]) if stage.text else "") for stage in flow.stages)
    )
    look = "flow beside" if len(flow.stages) <= _BESIDE_AT_MOST else "flow"
    return f'<ol class="{look}">{boxes}</ol>'


def _title(text: str) -> str:
    return f'<p class="name">{words(text)}</p>'
