"""The comments of one slide: words for its facilitator, and directives that set something of the slide."""

import difflib
import re
import textwrap
import unicodedata

from shuro_tui.content import keys
from shuro_tui.content.fields import NEAR, Page
from shuro_tui.content.marks import as_written, mark_in
from shuro_tui.content.problem import Place
from shuro_tui.content.tree import Node
from shuro_tui.core.sheet import clean
from shuro_tui.i18n import _

_COMMENT = re.compile(r"<!--(.*?)-->", re.DOTALL)
# What Marp and the usual tools read in comments: settings of a slide, not words to say.
_FOREIGN = re.compile(
    r"\s*(?:fit|markdownlint-\S.*|prettier-\S.*|(?:_?(?:backgroundColor|backgroundImage|backgroundPosition|"
    r"backgroundRepeat|backgroundSize|class|color|footer|header|paginate|transition)|author|description|headingDivider|"
    r"image|keywords|lang|marp|math|size|style|theme|title|url)\s*:.*)\s*"
)
_DIRECTIVE = re.compile(rf"({'|'.join(keys.SLIDE)})(?:\s*:\s*(.*))?")
# With a slip in the word, or without its colon: only where the value is one such as directives have.
_ALIKE = re.compile(r"([a-z_]+)\s*[:=]?\s*([+-]?[0-9.]+\s*(?:s|sec|seconds?|秒)?|true|false|yes|no)")


class Comments:
    """Takes the comments out of one slide. `lines` are those of the whole file, to tell columns."""

    def __init__(self, page: Page, lines: list[str]) -> None:
        self.directives: list[tuple[Node, Node]] = []
        self._page = page
        self._lines = lines
        self._notes: list[str] = []

    def take(self, html: str, line: int) -> str:
        """Keep the comments that stand in some HTML, which begins in that line; what is left without them."""
        for comment in _COMMENT.finditer(html):
            self._keep(comment[1], line + html.count("\n", 0, comment.start(1)))
        return _COMMENT.sub("", html)

    @property
    def notes(self) -> str:
        """All that are words for the facilitator, with an empty line between."""
        return "\n\n".join(note for note in self._notes if note)

    def _keep(self, comment: str, line: int) -> None:
        """A comment of nothing but directives sets something; with any other words all of it is a note."""
        lines = [(n, text) for n, text in enumerate(comment.split("\n"), line) if not _FOREIGN.fullmatch(text)]
        for number, text in lines:
            self._no_mark(number, text)
        found = [self._directive(number, text) for number, text in lines if text.strip()]
        directives = [directive for directive in found if directive]
        if len(directives) == len(found):
            self.directives += directives
        else:
            self._notes.append(textwrap.dedent(clean("\n".join(text for _n, text in lines))).strip())

    def _directive(self, number: int, text: str) -> tuple[Node, Node] | None:
        """Key and value of a line, also of one with a slip that is to be told; None for other words."""
        place = self._place(number, text)
        plain = unicodedata.normalize("NFKC", clean(text)).strip().lower()
        if right := _DIRECTIVE.fullmatch(plain):
            return Node("text", place, right[1]), Node("text", place, right[2] or "")
        alike = _ALIKE.fullmatch(plain)
        if alike and difflib.get_close_matches(alike[1], keys.SLIDE, 1, NEAR):
            return Node("text", place, alike[1]), Node("text", place, alike[2])
        return None

    def _no_mark(self, number: int, text: str) -> None:
        """Complain about a line that would part the slide if it stood alone."""
        if mark := mark_in(text):
            message = _("'{mark}' parts a slide only alone in a comment, in a line of its own").format(mark=mark)
            self._page.complain(self._place(number, text), message, as_written(mark))

    def _place(self, number: int, text: str) -> Place:
        """Where the words of a line of a comment begin."""
        line = self._lines[number - 1]
        begin = max(0, line.find(f"<!--{text}"))
        return number, line.find(text.strip(), begin) + 1
