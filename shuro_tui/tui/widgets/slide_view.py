"""One slide, laid out once for its width and shown as one text."""

from functools import lru_cache
from itertools import zip_longest

from textual.content import Content
from textual.geometry import Region, Size
from textual.reactive import reactive
from textual.widget import Widget

from shuro_tui.core.model import Slide
from shuro_tui.core.typeset import Line, Style, lay_out

KEPT = 256
"""Slides that are kept ready, of all sizes."""

_STYLES: dict[Style, str] = {
    "text": "",
    "title": "bold $accent",
    "heading": "bold $secondary",
    "strong": "bold",
    "emphasis": "italic",
    "code": "bold $success",
    "keyword": "bold $primary",
    "name": "$secondary",
    "string": "$success",
    "number": "$accent",
    "comment": "italic $foreground-muted",
    "quote": "italic $foreground-muted",
    "link": "underline",
    "dim": "$foreground-muted",
    "accent": "bold $primary",
    "frame": "$foreground-muted",
}


class SlideView(Widget):
    """A slide as wide as there is room, up to `widest` cells. `fills`: it is at least as high as its place.

    A slide is laid out once for each width and kept; a turn paints the lines that are others now. A view that fills
    its place keeps its size from slide to slide, so that nothing around it is laid out anew.
    """

    slide: reactive[Slide | None] = reactive[Slide | None](None, repaint=False)

    def __init__(self, widest: int = 100, id: str | None = None, fills: bool = False) -> None:  # noqa: A002 - Textual's name
        super().__init__(id=id)
        self._widest = widest
        self._fills = fills
        self._room = 0

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """Lines that the slide takes at that width."""
        self._room = container.height if self._fills else 0
        return max(1, self._room, len(self._lines(self.slide, width)))

    def render(self) -> Content:
        """The lines."""
        return Content() if self.slide is None else prepared(self.slide, self._cells(self.content_size.width))

    def watch_slide(self, before: Slide | None, after: Slide | None) -> None:
        """Paint what is another line now; lay out where the height changes with it."""
        width = self.content_size.width
        old, new = self._lines(before, width), self._lines(after, width)
        changed = [Region(0, y, width, 1) for y, lines in enumerate(zip_longest(old, new)) if lines[0] != lines[1]]
        fit = max(len(old), len(new)) <= self._room
        if changed:
            self.refresh(*changed, layout=len(old) != len(new) and not fit)

    def lay_out_ahead(self, slide: Slide | None) -> None:
        """Have a slide ready that will be shown here next."""
        if slide is not None:
            prepared(slide, self._cells(self.content_size.width))

    def _cells(self, width: int) -> int:
        return min(width, self._widest)

    def _lines(self, slide: Slide | None, width: int) -> tuple[Line, ...]:
        return () if slide is None else lay_out(slide, self._cells(width))


@lru_cache(maxsize=KEPT)
def prepared(slide: Slide, width: int) -> Content:
    """The slide laid out for a width, ready to be painted in the colours of any theme."""
    return Content("\n").join(map(styled, lay_out(slide, width)))


def styled(line: Line) -> Content:
    """A laid-out line in the colours of the theme."""
    return Content.assemble(*((piece.text, _STYLES[piece.style]) for piece in line))
