"""The facilitator's screen: the rundown, the slide and the next, notes, the groups, every command."""

import asyncio
from collections.abc import Callable
from typing import ClassVar, cast

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from shuro_tui.core import commands as ask
from shuro_tui.core.commands import Display, FacilitatorCommand, Refused
from shuro_tui.core.link import Link
from shuro_tui.core.model import MINUTE, Millis
from shuro_tui.core.views import FacilitatorView, View
from shuro_tui.i18n import _
from shuro_tui.tui.dialogs import Choose, Confirm
from shuro_tui.tui.keys import FACILITATOR, bindings
from shuro_tui.tui.refusals import why_not
from shuro_tui.tui.role import RoleScreen
from shuro_tui.tui.screens import wishes
from shuro_tui.tui.screens.compare import ComparisonScreen
from shuro_tui.tui.screens.video import show_video
from shuro_tui.tui.screens.wishes import Wish
from shuro_tui.tui.widgets.key_bar import KeyBar
from shuro_tui.tui.widgets.prose import Prose
from shuro_tui.tui.widgets.rundown import GroupsPane, RundownPane, TopLines
from shuro_tui.tui.widgets.slide_view import SlideView

_PANES = ("rundown", "now", "after", "notes")


class FacilitatorScreen(RoleScreen):
    """Wishes are carried out one after the other: a key pressed twice quickly means two steps."""

    ACTIONS = FACILITATOR
    BINDINGS: ClassVar[list[BindingType]] = [*bindings(FACILITATOR)]
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (110, "-wide")]  # noqa: RUF012 - Textual declares it so

    def __init__(self, link: Link, video: str | None = None) -> None:
        super().__init__(link)
        self._video = video
        self._wishes: asyncio.Queue[Wish] = asyncio.Queue()
        self._pane = "now"

    def compose(self) -> ComposeResult:
        """Panes side by side; on a small terminal one at a time."""
        yield TopLines(id="top").of_moment()
        yield Static(id="tabs")
        with Horizontal(id="panes"):
            with VerticalScroll(id="rundown", classes="pane", can_focus=False) as rundown:
                rundown.border_title = _("Rundown")
                yield RundownPane().of_moment()
            with VerticalScroll(id="now", classes="pane", can_focus=False):
                yield SlideView(id="slide")
            with Vertical(id="right"):
                with VerticalScroll(id="after", classes="pane", can_focus=False) as after:
                    after.border_title = _("Next")
                    yield SlideView(id="next-slide")
                with VerticalScroll(id="notes", classes="pane", can_focus=False) as notes:
                    notes.border_title = _("Notes")
                    yield Prose(id="notes-text")
        yield GroupsPane(id="groups", classes="pane").of_moment()
        yield KeyBar(FACILITATOR)

    def on_mount(self) -> None:
        """Begin to carry wishes out."""
        self._show_pane()
        self.run_worker(self._carry_out())

    def watch_view(self, view: View | None) -> None:
        """Show the slide, the next and the notes."""
        if not isinstance(view, FacilitatorView):
            return
        slides = view.workshop.segments[view.timeline.segment].slides
        here = view.timeline.slide
        now = self.query_one("#now")
        now.border_title = _("Slide {n} of {all}").format(n=here + 1, all=len(slides)) if slides else _("No slide")
        self.query_one("#slide", SlideView).slide = slides[here] if slides else None
        following, what = wishes.following_slide(view)
        self.query_one("#after").border_title = Content(what)
        self.query_one("#next-slide", SlideView).slide = following
        self.query_one("#notes-text", Prose).passages = wishes.notes_of(view)
        self.query_one("#notes").scroll_home(animate=False)

    # Wishes.

    def wish(self, wish: Wish) -> None:
        """Have it carried out after those before it."""
        self._wishes.put_nowait(wish)

    async def _carry_out(self) -> None:
        while True:
            wish = await self._wishes.get()
            command = wish(self._facts())
            if isinstance(command, str):
                self.say(command)
            elif command is not None:
                await self._do(command)

    async def _do(self, command: FacilitatorCommand) -> None:
        try:
            await self.link.do(command)
        except Refused as no:
            self.say(why_not(no.reason))
        except ConnectionError:
            self.say(_("No connection to the hub; nothing was changed."))

    def _facts(self) -> FacilitatorView:
        return cast("FacilitatorView", self.view)

    def action_next(self) -> None:
        """Start; then the next slide of the segment."""
        self.wish(wishes.next_slide)

    def action_back(self) -> None:
        """The slide before."""
        self.wish(wishes.slide_before)

    def action_next_segment(self) -> None:
        """The next segment."""
        self.wish(wishes.segment_on(1))

    def action_previous_segment(self) -> None:
        """The segment before, at its first slide."""
        self.wish(wishes.segment_on(-1))

    def action_pause(self) -> None:
        """Pause, or run on."""
        self.wish(wishes.pause)

    def action_extend(self) -> None:
        """A minute more for the segment."""
        self.wish(lambda _view: ask.AddTime(MINUTE))

    def action_shorten(self) -> None:
        """A minute less for the segment."""
        self.wish(lambda _view: ask.AddTime(Millis(-MINUTE)))

    def action_undo(self) -> None:
        """Take the last step back."""
        self.wish(lambda _view: ask.Undo())

    def action_show_slide(self) -> None:
        """The slide on the projector."""
        self.wish(lambda _view: ask.PutUp(Display("slide")))

    def action_show_join(self) -> None:
        """Address and code on the projector."""
        self.wish(lambda _view: ask.PutUp(Display("join")))

    def action_show_case(self) -> None:
        """A case on the projector."""
        cases = {case.id: case.title for case in self._facts().workshop.cases}
        self._with_case(_("Which case goes up on the projector?"), cases, lambda case: ask.PutUp(Display("case", case)))

    def action_close_sheets(self) -> None:
        """Close the sheets of a case, or open them again."""
        view = self._facts()
        cases = {
            case.id: f"{case.title}  " + (_("closed: open it again") if case.id in view.closed else _("open: close it"))
            for case in view.workshop.cases
        }

        def switched(case: str) -> FacilitatorCommand:
            return ask.ReopenCase(case) if case in self._facts().closed else ask.CloseCase(case)

        self._with_case(_("Close or open the sheets of which case?"), cases, switched)

    def _with_case(self, title: str, cases: dict[str, str], command: Callable[[str], FacilitatorCommand]) -> None:
        if not cases:
            self.say(_("This workshop has no case."))
            return

        def chosen(case: str | None) -> None:
            if case:
                self.wish(lambda _view: command(case))

        self.app.push_screen(Choose(title, cases), chosen)

    def action_compare(self) -> None:
        """The sheets side by side."""
        if self._facts().workshop.cases:
            self.app.push_screen(ComparisonScreen(self))
        else:
            self.say(_("This workshop has no case."))

    def action_open_video(self) -> None:
        """Open the video of the segment, or the facilitator's own, with the system's player."""
        view = self._facts()
        show_video(self, self._video or view.workshop.segments[view.timeline.segment].video)

    def action_finish(self) -> None:
        """End the session, after asking."""

        def answered(yes: bool | None) -> None:
            if yes:
                self.wish(lambda _view: ask.Finish())

        question = _("End the session? The clock stops and the sheets close. Comparison and export go on.")
        self.app.push_screen(Confirm(question, _("End it")), answered)

    def action_stop(self) -> None:
        """Stop the hub, after asking."""

        def answered(yes: bool | None) -> None:
            if yes:
                self.run_worker(self._stop())

        question = _("Stop the hub? Every terminal and the projector lose their screen. What was written is kept.")
        self.app.push_screen(Confirm(question, _("Stop it")), answered)

    async def _stop(self) -> None:
        try:
            await self.link.stop()
        except ConnectionError:
            self.say(_("No connection to the hub; nothing was changed."))
        else:
            self.app.exit()

    # Panes.

    def action_scroll_back(self) -> None:
        """A page up in the notes, or in the pane that is shown."""
        self._scrolled.scroll_page_up(animate=False)

    def action_scroll_on(self) -> None:
        """A page down."""
        self._scrolled.scroll_page_down(animate=False)

    @property
    def _scrolled(self) -> Widget:
        return self.query_one(f"#{self._pane}" if self.has_class("-narrow") else "#notes")

    def action_next_pane(self) -> None:
        """Show the pane after this one."""
        self._pane = _PANES[(_PANES.index(self._pane) + 1) % len(_PANES)]
        self._show_pane()

    def _show_pane(self) -> None:
        for pane in _PANES:
            self.query_one(f"#{pane}").set_class(pane == self._pane, "shown")
        self.query_one("#right").set_class(self._pane in ("after", "notes"), "shown")
        names = {"rundown": _("Rundown"), "now": _("Slide"), "after": _("Next"), "notes": _("Notes")}
        tabs = [(f" {names[pane]} ", "reverse bold" if pane == self._pane else "$foreground-muted") for pane in _PANES]
        hint = ("  " + _("Tab: other pane   Up, Down: scroll"), "$foreground-muted")
        self.query_one("#tabs", Static).update(Content.assemble(*tabs, hint))
