"""The projector: a slide, how to join, a case with its countdown, comparison or ecomap; whatever is put up."""

from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import VerticalScroll
from textual.events import Resize
from textual.widgets import ContentSwitcher, Static

from shuro_tui.core.commands import OF_SHEETS
from shuro_tui.core.link import Link
from shuro_tui.core.views import ScreenView, View
from shuro_tui.i18n import _
from shuro_tui.tui.keys import PROJECTOR, bindings
from shuro_tui.tui.role import RoleScreen
from shuro_tui.tui.widgets.key_bar import KeyBar
from shuro_tui.tui.widgets.news import News
from shuro_tui.tui.widgets.page import more_below, page
from shuro_tui.tui.widgets.slide_view import SlideView
from shuro_tui.tui.widgets.wall import WallTop

if TYPE_CHECKING:
    from shuro_tui.core.commands import Shown
    from shuro_tui.tui.widgets.on_wall import PutUp

SMALLEST = (40, 12)
"""Cells and lines below which a slide is no use to anybody."""


class ProjectorScreen(RoleScreen):
    """Shows and asks nothing."""

    ACTIONS = PROJECTOR
    BINDINGS: ClassVar[list[BindingType]] = [*bindings(PROJECTOR)]

    def __init__(self, link: Link) -> None:
        super().__init__(link)
        self._there: dict[str, PutUp] = {}

    def compose(self) -> ComposeResult:
        """What may stand on the wall, one at a time."""
        yield Static(id="too-small")
        yield WallTop(id="wall-top").of_moment()
        yield News(id="news").of_moment()
        with ContentSwitcher(initial="slide", id="wall"), VerticalScroll(id="slide", can_focus=False):
            yield SlideView(fills=True, gallery=self.gallery)
        yield Static(more_below("pagedown"), id="more")
        yield KeyBar(PROJECTOR)

    def on_mount(self) -> None:
        """Keep the mark true that a slide goes on below."""
        for what in ("virtual_size", "scroll_y"):
            self.watch(self.query_one("#slide"), what, self._tell_more_later)

    def _tell_more_later(self) -> None:
        # Not at once: in the middle of a layout the sizes do not yet go together.
        self.call_later(self._tell_more)

    def _tell_more(self) -> None:
        """The mark has a line of its own while the slide is longer than the wall, and is blank at its end."""
        mark, slide = self.query_one("#more"), self.query_one("#slide")
        seen = bool(slide.display) and self.classes.isdisjoint({"-black", "-tiny"})
        mark.display = seen and slide.max_scroll_y > int(mark.display)
        mark.visible = slide.scroll_y < slide.max_scroll_y

    def watch_view(self, old: View | None, view: View | None) -> None:
        """Show what is put up; turn its pages as the facilitator does."""
        if not isinstance(view, ScreenView):
            return
        self.set_class(view.display.shown == "black", "-black")
        shown = "slide" if view.display.shown == "black" else view.display.shown
        if shown == "slide" and view.shown is None:
            shown = "join"
        if view.shown is not None:
            self.query_one(SlideView).slide = view.shown.slide
        place = "compared" if shown in OF_SHEETS else shown
        if place != "slide":
            if place not in self._there:
                self.call_after_refresh(self._make, shown)  # the first frame does not wait for what that imports
                return
            # What is not shown is not told: it would lay the wall out anew with each turn of a slide.
            self._there[place].view = view
        self.query_one(ContentSwitcher).current = place
        self._tell_more()
        if (
            isinstance(old, ScreenView)
            and old.shown == view.shown
            and (turned := view.display.turned_since(old.display))
        ):
            self._page(turned)

    async def _make(self, shown: "Shown") -> None:
        """Make a place on the wall; then show what is put up by now."""
        from shuro_tui.tui.widgets.on_wall import made

        place = made(shown)
        if place.id and place.id not in self._there:
            await self.query_one(ContentSwitcher).mount(place)
            self._there[place.id] = place
        self.watch_view(None, self.view)

    def on_resize(self, event: Resize) -> None:
        """On a terminal too small for anything, say so and nothing else."""
        size, (width, height) = event.size, SMALLEST
        self.set_class(size.width < width or size.height < height, "-tiny")
        words = _("This terminal has {have} cells; the wall needs {need} at least.")
        have = f"{size.width}×{size.height}"
        self.query_one("#too-small", Static).update(words.format(have=have, need=f"{width}×{height}"))
        self.call_after_refresh(self._tell_more)

    def action_scroll_back(self) -> None:
        """A page up."""
        self._page(-1)

    def action_scroll_on(self) -> None:
        """A page down."""
        self._page(1)

    def _page(self, steps: int) -> None:
        from shuro_tui.tui.widgets.on_wall import ComparedOnWall

        shown = self.query_one(ContentSwitcher).visible_content
        place = self._there.get(shown.id or "") if shown is not None else None
        if isinstance(place, ComparedOnWall):
            place.page(steps)
        elif shown is not None:
            page(self.query_one("#case-text") if shown.id == "case" else shown, steps)
