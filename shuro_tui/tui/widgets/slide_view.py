"""One slide, laid out once for its width and shown as one text."""

from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import zip_longest

from rich.cells import cell_len
from textual.containers import Container
from textual.content import Content
from textual.geometry import Offset, Region, Size
from textual.reactive import reactive
from textual.widget import Widget

from shuro_tui.core.model import Slide
from shuro_tui.core.typeset import Line, Place, Style, lay_out
from shuro_tui.tui.pictures import Gallery

WIDEST = 110
"""Cells beyond which a line is no longer read at a glance; the stylesheet says so too."""

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
    "strong-emphasis": "bold italic",
    "strong-link": "bold underline",
    "emphasis-link": "italic underline",
    "strong-emphasis-link": "bold italic underline",
    "dim": "$foreground-muted",
    "accent": "bold $primary",
    "frame": "$foreground-muted",
}


class SlideView(Widget):
    """A slide as wide as there is room, up to WIDEST cells. `fills`: it is at least as high as its place.

    A slide is laid out once for each size and kept; a turn paints the lines that are others now. A view that fills
    its place keeps its size from slide to slide, so that nothing around it is laid out anew. Pictures come from the
    gallery and are hung over their words; without one the words stay.
    """

    slide: reactive[Slide | None] = reactive[Slide | None](None, repaint=False)

    def __init__(
        self,
        id: str | None = None,  # noqa: A002 - Textual's name
        fills: bool = False,
        gallery: Gallery | None = None,
    ) -> None:
        super().__init__(id=id)
        self._fills = fills
        self._gallery = gallery
        self._place = Size()
        self._hung: tuple[Hung, ...] = ()

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """Lines that the slide takes at that width."""
        self._place = container
        return max(1, self._room, len(self._lines(self.slide, width)))

    def render(self) -> Content:
        """The lines."""
        return Content() if self.slide is None else prepared(self.slide, *self._given(self.content_size.width))

    def watch_slide(self, before: Slide | None, after: Slide | None) -> None:
        """Paint what is another line now; lay out where the height changes with it."""
        width = self.content_size.width
        if not width:  # not laid out yet: nobody knows how wide it will be
            self.refresh(layout=True)
            return
        old, new = self._lines(before, width), self._lines(after, width)
        changed = [Region(0, y, width, 1) for y, lines in enumerate(zip_longest(old, new)) if lines[0] != lines[1]]
        fit = max(len(old), len(new)) <= self._room
        if changed:
            self.refresh(*changed, layout=len(old) != len(new) and not fit)
            self._come_into_sight(before, after, Region.from_union(changed))
        self._hang()

    def _come_into_sight(self, before: Slide | None, after: Slide | None, changed: Region) -> None:
        """Another slide begins at its top; of the same one, what is new or reads otherwise is shown."""
        place = self.parent
        if not isinstance(place, Widget):
            return
        if before is None or after is None or (before.file, before.line) != (after.file, after.line):
            if place.scroll_y:
                place.scroll_home(animate=False, immediate=True)
        else:
            self.call_after_refresh(place.scroll_to_region, changed, animate=False)

    def on_resize(self) -> None:
        """Pictures have other places now."""
        self._hang()

    def lay_out_ahead(self, slide: Slide) -> None:
        """Have a slide ready that will be shown here next."""
        prepared(slide, *self._given(self.content_size.width))

    @property
    def _room(self) -> int:
        return self._place.height if self._fills else 0

    def _given(self, width: int) -> tuple[int, int]:
        """Cells that a slide gets, and lines when pictures can be shown."""
        return min(width, WIDEST), self._place.height if self._gallery else 0

    def _lines(self, slide: Slide | None, width: int) -> tuple[Line, ...]:
        return () if slide is None else lay_out(slide, *self._given(width))

    def _hang(self) -> None:
        """Take down the pictures of another slide, and hang those of this one as they come."""
        hung = tuple(_places(self._lines(self.slide, self.content_size.width))) if self._gallery else ()
        if hung == self._hung:
            return
        self._hung = hung
        self.remove_children()
        for offset, place in hung:
            # Whatever is wrong with a picture, the talk goes on with its words.
            self.run_worker(self._hang_one(offset, place), exit_on_error=False)

    async def _hang_one(self, offset: Offset, place: Place) -> None:
        assert self._gallery is not None  # noqa: S101 - without one nothing is hung
        picture = await self._gallery.picture(place)
        if picture is not None and (offset, place) in self._hung:
            frame = Container(picture)
            frame.styles.offset = offset
            frame.styles.width, frame.styles.height = place.cells, place.lines
            await self.mount(frame)


Hung = tuple[Offset, Place]
"""Where in the view a picture's place begins."""


def _places(lines: Sequence[Line]) -> Iterator[Hung]:
    for y, line in enumerate(lines):
        x = 0
        for piece in line:
            if piece.place is not None:
                yield Offset(x, y), piece.place
            x += cell_len(piece.text)


@lru_cache(maxsize=KEPT)
def prepared(slide: Slide, width: int, height: int) -> Content:
    """The slide laid out for a place, ready to be painted in the colours of any theme."""
    return Content("\n").join(map(styled, lay_out(slide, width, height)))


def styled(line: Line) -> Content:
    """A laid-out line in the colours of the theme."""
    return Content.assemble(*((piece.text, _STYLES[piece.style]) for piece in line))
