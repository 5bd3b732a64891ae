"""The blocks of a slide: block tokens of Markdown → headings, lists, tables and the rest."""

from collections.abc import Iterator

from markdown_it.token import Token
from markdown_it.tree import SyntaxTreeNode

from shuro_tui.content.comments import Comments
from shuro_tui.content.fences import drawing
from shuro_tui.content.fields import Page
from shuro_tui.content.highlight import highlighted
from shuro_tui.content.inline import Runs, complain_of_html
from shuro_tui.content.marks import Mark, as_written, meant, word_of
from shuro_tui.content.pictures import Pictures
from shuro_tui.content.problem import NOWHERE, Place, quoted
from shuro_tui.core.blocks import (
    Align,
    Block,
    Code,
    Columns,
    Heading,
    Item,
    Items,
    Paragraph,
    Pause,
    Quote,
    Run,
    Span,
    Spans,
    Table,
)
from shuro_tui.core.sheet import clean
from shuro_tui.i18n import _

_NEWLINE = Span("\n")
_CHILDREN = "children"

LEVELS_AT_MOST = 20
"""To which lists are nested."""

_ALIGNED: dict[object, Align] = {"text-align:center": "center", "text-align:right": "right"}


class Blocks:
    """Reads the blocks of one slide. `lines` are those of the whole file, for what Markdown forgives and we do not."""

    def __init__(self, page: Page, lines: list[str], pictures: Pictures) -> None:
        self.comments = Comments(page, lines)
        self._page = page
        self._lines = lines
        self._pictures = pictures
        self._pauses: list[Place] = []

    def read(self, nodes: list[SyntaxTreeNode]) -> tuple[Block, ...]:
        """All blocks; comments are taken out, and what cannot be shown goes to the page's problems."""
        blocks = tuple(self._parted(nodes))
        self._idle_pauses(blocks)
        return blocks

    def _parted(self, nodes: list[SyntaxTreeNode]) -> Iterator[Block]:
        columns: list[list[Block]] = []
        begun: Place = NOWHERE
        for node in nodes:
            place = self._place(node)
            match self._mark(node):
                case "columns":
                    if columns:
                        self._page.complain(place, _("columns stand in columns already"), as_written("/columns"))
                    else:
                        columns, begun = [[]], place
                case "column" if columns:
                    columns.append([])
                case "/columns" if columns:
                    yield self._columns(columns, begun)
                    columns = []
                case "pause" if not columns:
                    self._pauses.append(place)
                    yield Pause()
                case "pause":
                    self._page.complain(place, _("a pause stands before or after the columns, not in them"))
                case "column" | "/columns":
                    self._page.complain(place, _("no columns were begun here"), as_written("columns"))
                case None if columns:
                    columns[-1] += self._block(node)
                case _:
                    yield from self._block(node)
        if columns:
            self._page.complain(begun, _("these columns are not closed"), as_written("/columns"))
            yield Columns(tuple(map(tuple, columns)))

    def _mark(self, node: SyntaxTreeNode) -> Mark | None:
        """The mark that a block is; one with a slip in it is told, and is what it means."""
        word = word_of(node)
        mark = meant(word)
        if mark and mark != word:
            hint = _("did you mean {key}?").format(key=as_written(mark))
            self._page.complain(self._place(node), _("'{key}' is not known here").format(key=word), hint)
        return mark

    def _idle_pauses(self, blocks: tuple[Block, ...]) -> None:
        """Complain about each pause with nothing before it, and about the last one when nothing follows."""
        parts = [0]
        for block in blocks:
            if isinstance(block, Pause):
                parts.append(0)
            else:
                parts[-1] += 1
        for number, place in enumerate(self._pauses):
            if not parts[number] or not sum(parts[number + 1 :]):
                self._page.complain(place, _("nothing stands before this pause, or nothing after it"))

    def _columns(self, columns: list[list[Block]], begun: Place) -> Columns:
        if len(columns) == 1 or not all(columns):
            message = _("columns have at least two parts, each with something in it")
            self._page.complain(begun, message, as_written("column"))
        return Columns(tuple(map(tuple, columns)))

    def _block(self, node: SyntaxTreeNode) -> Iterator[Block]:
        match node.type:
            case "heading":
                yield self._heading(node)
            case "paragraph":
                yield from self._paragraph(node)
            case "bullet_list" | "ordered_list":
                yield self._items(node)
            case "blockquote":
                yield self._quote(node)
            case "fence":
                yield self._fence(node)
            case "code_block":
                yield Code((Run(clean(node.content).rstrip("\n")),))
            case "table":
                yield self._table(node)
            case "html_block":
                self._html(node)

    def _heading(self, node: SyntaxTreeNode) -> Heading:
        if node.markup == "-":
            # Markdown makes a heading of a line with --- right below it; who writes slides means their border.
            underline = _last_line(node)
            self._page.complain((underline, 1), _("an empty line is missing before ---"))
        return Heading(int(node.tag[1:]), self._spans(node))

    def _paragraph(self, node: SyntaxTreeNode) -> Iterator[Block]:
        tokens = _inline(node)
        if len(tokens) == 1 and tokens[0].type == "image":
            line = _line(node)
            yield self._pictures.image(tokens[0], (line, self._lines[line - 1].find("![") + 1))
        elif spans := self._spans(node):
            yield Paragraph(spans)

    def _items(self, node: SyntaxTreeNode) -> Items:
        if node.level // 2 >= LEVELS_AT_MOST:
            message = _("this is nested more than {n} levels deep").format(n=LEVELS_AT_MOST)
            self._page.complain((_line(node), 1), message)
        first = node.attrs.get("start", 1)
        items = tuple(self._item(child) for child in node.children)
        return Items(items, node.type == "ordered_list", int(first))

    def _item(self, node: SyntaxTreeNode) -> Item:
        spans: Spans = ()
        below: Items | None = None
        for child in node.children:
            if child.type == "paragraph":
                spans = _on_lines(spans, self._spans(child))
            elif child.type in {"bullet_list", "ordered_list"} and below is None:
                below = self._items(child)
            else:
                self._only(child, _("an item holds text and one list below it, nothing else"))
        return Item(spans, below)

    def _quote(self, node: SyntaxTreeNode) -> Quote:
        paragraphs = []
        for child in node.children:
            if child.type == "paragraph":
                paragraphs.append(self._spans(child))
            else:
                self._only(child, _("a quote holds paragraphs, nothing else"))
        return Quote(tuple(paragraph for paragraph in paragraphs if paragraph))

    def _only(self, node: SyntaxTreeNode, message: str) -> None:
        """Take a comment wherever it stands, and complain about any other block."""
        if node.type == "html_block":
            self._html(node)
        else:
            self._page.complain((_line(node), 1), message)

    def _fence(self, node: SyntaxTreeNode) -> Block:
        if _last_line(node) == _line(node) or set(self._lines[_last_line(node) - 1].strip()) != {node.markup[0]}:
            message = _("this block is not closed with {fence}").format(fence=quoted(node.markup))
            self._page.complain((_line(node), 1), message)
        language = clean(next(iter(node.info.split()), ""))
        text = node.content.rstrip("\n")
        drawn = drawing(language, text, _line(node) + 1, self._page)
        return drawn or Code(highlighted(clean(text), language), language)

    def _table(self, node: SyntaxTreeNode) -> Table:
        head, *body = [row.children for part in node.children for row in part.children]
        align = tuple(_ALIGNED.get(cell.attrs.get("style"), "left") for cell in head)
        rows = tuple(tuple(map(self._spans, row)) for row in body)
        return Table(tuple(map(self._spans, head)), rows, align if {*align} - {"left"} else ())

    def _html(self, node: SyntaxTreeNode) -> None:
        if self._mark(node):
            message = _("this comment parts a slide: it stands between blocks, not in one")
            self._page.complain(self._place(node), message)
            return
        left = self.comments.take(node.content, _line(node)).strip()
        if left:
            complain_of_html(left, _line(node), self._page)

    def _place(self, node: SyntaxTreeNode) -> Place:
        """Where a comment begins that is a block."""
        return _line(node), self._lines[_line(node) - 1].find("<!--") + 1

    def _spans(self, node: SyntaxTreeNode) -> Spans:
        # A cell of a table has no line of its own; the text in it has.
        return Runs(_line(node.children[0]), self._page, self.comments, self._pictures).spans(_inline(node))


def nodes_of(tokens: list[Token]) -> list[SyntaxTreeNode]:
    """The tokens of a file as a tree of blocks, as deep as they were read."""
    for token in tokens:
        # Inline tokens stay a flat list: as a tree they would be as deep as somebody can type asterisks.
        token.meta[_CHILDREN] = token.children or []
        token.children = None
    return SyntaxTreeNode(tokens).children


def plain(block: Block) -> str:
    """The words of a heading or a paragraph, without styles."""
    return "".join(span.text for span in block.spans) if isinstance(block, Heading | Paragraph) else ""


def _inline(node: SyntaxTreeNode) -> list[Token]:
    """The inline tokens of a block that holds running text."""
    return [token for child in node.children if child.token for token in child.token.meta[_CHILDREN]]


def _on_lines(above: Spans, below: Spans) -> Spans:
    return (*above, _NEWLINE, *below) if above and below else above or below


def _line(node: SyntaxTreeNode) -> int:
    return 0 if node.map is None else node.map[0] + 1


def _last_line(node: SyntaxTreeNode) -> int:
    return 0 if node.map is None else node.map[1]
