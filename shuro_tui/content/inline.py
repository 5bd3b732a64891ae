"""Running text of a slide: inline tokens of Markdown → spans, with comments taken out."""

import re
import unicodedata
from collections.abc import Sequence

from markdown_it.token import Token
from msgspec.structs import replace

from shuro_tui.content.comments import Comments
from shuro_tui.content.fields import Page
from shuro_tui.content.pictures import Pictures
from shuro_tui.content.problem import quoted
from shuro_tui.core.blocks import Span, Spans
from shuro_tui.core.sheet import clean
from shuro_tui.i18n import _

_BREAK = re.compile(r"<br\s*/?>", re.IGNORECASE)
_STYLES = {"strong": "bold", "em": "italic"}


def complain_of_html(html: str, line: int, page: Page) -> None:
    """Complain about what is left of some HTML when its comments are taken out."""
    if "<!--" in html:
        page.complain((line, 1), _("this comment is not closed with -->"))
    elif html.lstrip().startswith("<"):
        shown = quoted(html)
        page.complain((line, 1), _("HTML is not shown on slides: {html}").format(html=shown), _("use Markdown"))
    else:
        page.complain((line, 1), _("a comment must stand in lines of its own, without other text"))


class Runs:
    """The spans of one run of text while they are put together."""

    def __init__(self, line: int, page: Page, comments: Comments, pictures: Pictures) -> None:
        self._spans: list[Span] = []
        self._style = Span("")
        self._line = line
        self._page = page
        self._comments = comments
        self._pictures = pictures

    def spans(self, tokens: Sequence[Token]) -> Spans:
        """Spans of all inline tokens."""
        for number, token in enumerate(tokens):
            self._take(token, tokens[number + 1 :])
        return tuple(self._spans)

    def _take(self, token: Token, following: Sequence[Token]) -> None:
        kind, _underscore, end = token.type.rpartition("_")
        match token.type:
            case "text":
                self._text(token.content)
            case "code_inline":
                self._put(replace(self._style, text=clean(token.content), code=True))
            case "softbreak":
                self._line += 1
                self._soft_break(following)
            case "hardbreak":
                self._line += 1
                self._put(replace(self._style, text="\n"))
            case "image":
                self._put(replace(self._style, text=self._pictures.image(token, (self._line, 1)).alt))
            case "html_inline":
                self._html(token.content)
            case "link_open" | "link_close":
                self._style = replace(self._style, link=clean(str(token.attrGet("href") or "")))
            case _ if kind in _STYLES:
                self._style = replace(self._style, **{_STYLES[kind]: end == "open"})

    def _text(self, text: str) -> None:
        if "<!--" in text:
            complain_of_html("<!--", self._line, self._page)
        self._put(replace(self._style, text=clean(text)))

    def _html(self, html: str) -> None:
        left = self._comments.take(html, self._line)
        if _BREAK.fullmatch(left):
            self._put(replace(self._style, text="\n"))
        elif left:
            complain_of_html(left, self._line, self._page)
        self._line += html.count("\n")

    def _soft_break(self, following: Sequence[Token]) -> None:
        """A line of source goes on: with a space between words of Latin letters, without one in Japanese."""
        before = self._spans[-1].text[-1:] if self._spans else ""
        after = next((token.content[0] for token in following if token.content), "")
        if before and after and not (wide(before) or wide(after)):
            self._put(replace(self._style, text=" "))

    def _put(self, span: Span) -> None:
        if not span.text:
            return
        if self._spans and replace(self._spans[-1], text="") == replace(span, text=""):
            span = replace(span, text=self._spans.pop().text + span.text)
        self._spans.append(span)


def wide(letter: str) -> bool:
    """Whether it is a letter or a mark of Japanese, Chinese or Korean, those of half the width among them."""
    return unicodedata.east_asian_width(letter) in "WFH"
