"""The projector: a slide, how to join, a case with its countdown, comparison or ecomap; whatever is put up."""

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.events import Resize
from textual.widget import Widget
from textual.widgets import ContentSwitcher, Digits, Static

from shuro_tui.core.commands import Display
from shuro_tui.core.comparison import Comparison
from shuro_tui.core.model import Case, Slide
from shuro_tui.core.plaintext import countdown
from shuro_tui.core.views import ScreenView, View
from shuro_tui.i18n import _
from shuro_tui.tui.keys import PROJECTOR, bindings
from shuro_tui.tui.role import Moment, RoleScreen
from shuro_tui.tui.widgets.case_view import case_passages
from shuro_tui.tui.widgets.comparison_view import ComparisonView
from shuro_tui.tui.widgets.ecomap_view import EcomapView
from shuro_tui.tui.widgets.key_bar import KeyBar
from shuro_tui.tui.widgets.news import News
from shuro_tui.tui.widgets.prose import Prose
from shuro_tui.tui.widgets.slide_view import SlideView
from shuro_tui.tui.widgets.wall import HowToJoin, ProgressLine, WallTop

_SCROLLED = {"case": "#case-text", "comparison": "#matrix", "ecomap": "#ecomap-picture"}

SMALLEST = (40, 12)
"""Cells and lines below which a slide is no use to anybody."""


class ProjectorScreen(RoleScreen):
    """Shows and asks nothing."""

    ACTIONS = PROJECTOR
    BINDINGS: ClassVar[list[BindingType]] = [*bindings(PROJECTOR)]

    def compose(self) -> ComposeResult:
        """What may stand on the wall, one at a time."""
        yield Static(id="too-small")
        yield WallTop(id="wall-top").of_moment()
        yield News(id="news").of_moment()
        with ContentSwitcher(initial="join", id="wall"):
            with VerticalScroll(id="join", can_focus=False):
                yield HowToJoin().data_bind(RoleScreen.moment)
            with VerticalScroll(id="slide", can_focus=False):
                yield SlideView(widest=110, fills=True, gallery=self.gallery)
            with Vertical(id="case"), Horizontal():
                with VerticalScroll(id="case-text", can_focus=False):
                    yield Prose()
                with Vertical(id="case-time"):
                    yield Static(id="case-left")
                    yield Digits(id="digits")
            with Vertical(id="comparison"):
                yield ComparisonView(named_only=True)
            yield EcomapView(id="ecomap")
        yield Static(_("More below: PgDn"), id="more")
        yield ProgressLine(id="wall-progress").data_bind(RoleScreen.moment)
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

    def watch_view(self, view: View | None) -> None:
        """Show what is put up."""
        if not isinstance(view, ScreenView):
            return
        self.set_class(view.display.shown == "black", "-black")
        shown = "slide" if view.display.shown == "black" else view.display.shown
        if shown == "slide" and view.shown is None:
            shown = "join"
        if view.shown is not None:
            self._show_slide(view.shown.slide)
        # What is not shown is not told: it would lay the wall out anew with each turn of a slide.
        if shown == "join":
            self.query_one(HowToJoin).view = view
        if shown == "case":
            self.query_one(ProgressLine).view = view
        if view.case is not None:
            self.query_one(Prose).passages = case_passages(view.case)
        if view.case is not None and view.comparison is not None:
            self._show_sheets(view.case, view.comparison, view.display)
        self.query_one(ContentSwitcher).current = shown
        self.query_one("#wall-progress").display = shown == "case"
        self.query_one("#case-time").display = not view.time_hidden
        self._tell_more()

    def _show_sheets(self, case: Case, comparison: Comparison, display: Display) -> None:
        if display.shown == "ecomap":
            self.query_one(EcomapView).show(case, comparison)
            self.query_one(EcomapView).choose(display.groups)
        else:
            self.query_one(ComparisonView).show(case, comparison)

    def _show_slide(self, slide: Slide) -> None:
        place = self.query_one(SlideView)
        if slide != place.slide:
            self.query_one("#slide").scroll_home(animate=False)
            place.slide = slide

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
        self._scroller().scroll_page_up(animate=False)

    def action_scroll_on(self) -> None:
        """A page down."""
        self._scroller().scroll_page_down(animate=False)

    def _scroller(self) -> Widget:
        shown = self.query_one(ContentSwitcher).visible_content
        inner = _SCROLLED.get(shown.id or "") if shown is not None else None
        return self.query_one(inner or f"#{shown.id}" if shown is not None else "#join")

    def watch_moment(self, moment: Moment | None) -> None:
        """Count down, large, beside the case."""
        view = self.view
        if isinstance(view, ScreenView) and moment is not None and view.display.shown == "case":
            remaining = view.dial.remaining(moment.now)
            self.query_one("#case-time").set_class(remaining < 0, "over")
            words = countdown(remaining)
            figures = words.split()[-1]
            self.query_one(Digits).update(figures)
            self.query_one("#case-left", Static).update(words.removesuffix(figures).strip())
