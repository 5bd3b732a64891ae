"""Slides as Marp users write them: Markdown with --- between slides, comments as notes, front matter on top."""

from markdown_it import MarkdownIt
from markdown_it.tree import SyntaxTreeNode

from shuro_tui.content import keys
from shuro_tui.content.blocks import LEVELS_AT_MOST, Blocks, nodes_of, plain
from shuro_tui.content.emphasis import beside_japanese
from shuro_tui.content.fields import SECONDS_AT_MOST, Fields, Page
from shuro_tui.content.pictures import Pictures
from shuro_tui.content.problem import NOWHERE, ContentError
from shuro_tui.content.tree import Node, tree
from shuro_tui.core.blocks import Heading
from shuro_tui.core.model import SECOND, Millis, Slide
from shuro_tui.i18n import _

_FENCE = "---"
_NESTING = 2 * (LEVELS_AT_MOST + 1)
"""Markdown's levels that are read, two a list: one list more than there may be, so that it is found and told."""


def read_slides(text: str, file: str, page: Page, pictures: Pictures) -> tuple[Slide, ...]:
    """The slides of a file. `file` is how slides name it; what is wrong goes to the page."""
    if not text.strip():
        page.complain((0, 0), _("this file is empty"))
        return ()
    lines = text.split("\n")
    blanked = _without_front_matter(lines, page)
    slides = []
    parts = _parts(nodes_of(_markdown().parse("\n".join(blanked))))
    for line, nodes in parts:
        blocks = Blocks(page, lines, pictures)
        found = blocks.read(nodes)
        if not nodes and len(parts) == 1:
            page.complain((0, 0), _("there is no slide in this file"))
        elif not any(node.type != "html_block" for node in nodes):
            page.complain((line, 1), _("this slide is empty"))
        title = next((plain(block) for block in found if isinstance(block, Heading)), "")
        planned, optional = _directives(blocks.comments.directives, page)
        slides.append(Slide(title.replace("\n", " "), found, blocks.comments.notes, file, line, planned, optional))
    return tuple(slides)


def _directives(entries: list[tuple[Node, Node]], page: Page) -> tuple[Millis | None, bool]:
    """How long a slide is planned to be shown, and whether it may be left out."""
    fields = Fields(page, Node("mapping", NOWHERE, entries=tuple(entries)), keys.SLIDE)
    seconds = fields.number("seconds", most=SECONDS_AT_MOST, default=0)
    optional = fields.word("optional", ("true", "false"), "false") == "true"
    return Millis(seconds * SECOND) if seconds else None, optional


def _markdown() -> MarkdownIt:
    return MarkdownIt("commonmark", {"maxNesting": _NESTING}).enable("table").use(beside_japanese)


def _parts(blocks: list[SyntaxTreeNode]) -> list[tuple[int, list[SyntaxTreeNode]]]:
    """The nodes of each slide, with the line in which it begins."""
    parts: list[tuple[int, list[SyntaxTreeNode]]] = [(1, [])]
    for node in blocks:
        line = 0 if node.map is None else node.map[0] + 1
        if node.type == "hr":
            parts.append((line, []))
            continue
        if not parts[-1][1]:
            parts[-1] = (line, [])
        parts[-1][1].append(node)
    return parts


def _without_front_matter(lines: list[str], page: Page) -> list[str]:
    """The lines with those of the front matter emptied, so that the others keep their numbers."""
    if lines[0].rstrip() != _FENCE:
        return lines
    end = next((number for number, line in enumerate(lines[1:], 1) if line.rstrip() == _FENCE), 0)
    if not end:
        page.complain((1, 1), _("the front matter is not closed with ---"))
        return lines
    try:
        # An empty line for the first --- keeps the numbers of the lines.
        node = tree("\n".join(["", *lines[1:end], ""]), page.file)
    except ContentError as error:
        for problem in error.problems:
            page.complain((problem.line, problem.column), problem.message, _("the front matter begins in line 1"))
        node = None
    if node is not None and node.kind != "mapping":
        message = _("the file begins with ---, so front matter must follow: lines of key: value")
        page.complain(node.place, message)
    return [*[""] * (end + 1), *lines[end + 1 :]]
