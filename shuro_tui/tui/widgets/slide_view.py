"""One slide, laid out once for its width and shown as one text."""

from textual.content import Content
from textual.geometry import Size
from textual.reactive import reactive
from textual.widget import Widget

from shuro_tui.core.model import Slide
from shuro_tui.core.typeset import Line, Style, lay_out

_STYLES: dict[Style, str] = {
    "text": "",
    "title": "bold $accent",
    "heading": "bold $secondary",
    "strong": "bold",
    "emphasis": "italic",
    "code": "$success",
    "quote": "italic $foreground-muted",
    "link": "underline",
    "dim": "$foreground-muted",
    "accent": "bold $primary",
    "frame": "$foreground-muted",
}


class SlideView(Widget):
    """A slide as wide as there is room, up to `widest` cells."""

    slide: reactive[Slide | None] = reactive[Slide | None](None, layout=True)

    def __init__(self, widest: int = 100, id: str | None = None) -> None:  # noqa: A002 - Textual's name
        super().__init__(id=id)
        self._widest = widest

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """Lines that the slide takes at that width."""
        return max(1, len(self._lines(width)))

    def render(self) -> Content:
        """The lines."""
        return Content("\n").join(map(styled, self._lines(self.content_size.width)))

    def _lines(self, width: int) -> tuple[Line, ...]:
        return () if self.slide is None else lay_out(self.slide, min(width, self._widest))


def styled(line: Line) -> Content:
    """A laid-out line in the colours of the theme."""
    return Content.assemble(*((piece.text, _STYLES[piece.style]) for piece in line))
