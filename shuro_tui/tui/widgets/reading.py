"""What a group reads: the slide, the case, the resources; one at a time."""

from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.widgets import ContentSwitcher, Static

from shuro_tui.core.model import Case
from shuro_tui.core.views import GroupView, Seen
from shuro_tui.i18n import _
from shuro_tui.tui.pictures import Gallery
from shuro_tui.tui.widgets.case_view import case_passages
from shuro_tui.tui.widgets.page import mark_more, page
from shuro_tui.tui.widgets.prose import Prose
from shuro_tui.tui.widgets.resources import ResourceBrowser
from shuro_tui.tui.widgets.slide_view import SlideView


class Reading(ContentSwitcher):
    """Beside the sheet while there is one to write, else as wide as the screen."""

    def __init__(self, gallery: Gallery | None = None) -> None:
        super().__init__(initial="slide", id="reading", classes="pane")
        self._gallery = gallery

    def compose(self) -> ComposeResult:
        """Slide and case; the resources come when they are asked for."""
        with VerticalScroll(id="slide", can_focus=False):
            yield SlideView(gallery=self._gallery)
            yield Static(_("It starts soon. Until then: F2 looks organisations up."), id="no-slide")
        with VerticalScroll(id="case", can_focus=False):
            yield Prose(id="case-prose")

    def on_mount(self) -> None:
        """Say when there is more to read."""
        mark_more(self, "pagedown", self.query_one("#slide"), self.query_one("#case"))

    async def show(self, view: GroupView, case: Case | None, looking_up: bool, back_at: Seen | None) -> None:
        """Show the case, or the slide where there is none; the resources when they are looked up.

        back_at: the slide that the group has gone back to; None to follow the facilitator.
        """
        slide = self.query_one("#slide").query_one(SlideView)
        slide.slide = back_at.slide if back_at else view.shown.slide if view.shown else None
        self.query_one("#no-slide").display = view.shown is None
        prose = self.query_one("#case-prose", Prose)
        passages = case_passages(case) if case is not None else ()
        if case is not None and prose.passages != passages:
            prose.passages = passages
            self.query_one("#case").scroll_home(animate=False)
        if looking_up and not self.query(ResourceBrowser):
            await self.mount(ResourceBrowser(view.catalogue))
        self.current = "resources" if looking_up else "slide" if case is None else "case"
        title = self._title(view, case, back_at)
        if title != self.border_title:  # setting it paints all of the pane anew
            self.border_title = title
        self.set_class(case is not None, "beside")

    def _title(self, view: GroupView, case: Case | None, back_at: Seen | None) -> str:
        if self.current == "resources":
            return _("Resources")
        if case is not None:
            number = [one.id for one in view.cases].index(case.id) + 1
            several = len(view.cases) > 1
            return _("Case {n} of {all} (F4)").format(n=number, all=len(view.cases)) if several else _("Case")
        if back_at is not None:
            place = f"{back_at.segment + 1}-{back_at.number + 1}"
            return _("Slide {place}, from before · Esc: the facilitator's slide").format(place=place)
        return _("Slide {n} of {all}").format(n=view.shown.number, all=view.shown.of) if view.shown else _("Slide")

    def page(self, step: int) -> None:
        """A page up or down."""
        inner = {"resources": "#detail-pane"}.get(self.current or "", f"#{self.current}")
        page(self.query_one(inner), step)
