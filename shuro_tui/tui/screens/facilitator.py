"""The facilitator's screen: the rundown, the slide and the next, notes, the groups, every command."""

from collections.abc import Callable
from typing import ClassVar

from msgspec.structs import replace
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from shuro_tui.core import commands as ask
from shuro_tui.core.commands import Display, FacilitatorCommand
from shuro_tui.core.forecast import rule
from shuro_tui.core.link import Link
from shuro_tui.core.sheet import clean
from shuro_tui.core.views import FacilitatorView, View
from shuro_tui.i18n import _
from shuro_tui.tui.keys import FACILITATOR, bindings
from shuro_tui.tui.role import Moment
from shuro_tui.tui.screens import wishes
from shuro_tui.tui.screens.ask import Ask
from shuro_tui.tui.screens.away import Away
from shuro_tui.tui.screens.compare import ComparisonScreen
from shuro_tui.tui.screens.group_sheets import GroupSheets
from shuro_tui.tui.screens.time_keys import TimeKeys
from shuro_tui.tui.screens.video import show_video
from shuro_tui.tui.widgets.groups_pane import GroupsPane, closing_choice, late_rows
from shuro_tui.tui.widgets.key_bar import KeyBar
from shuro_tui.tui.widgets.page import mark_more, page
from shuro_tui.tui.widgets.prose import Prose
from shuro_tui.tui.widgets.rundown import RundownPane
from shuro_tui.tui.widgets.slide_view import SlideView
from shuro_tui.tui.widgets.top_lines import TopLines

_EVERYBODY = "*"
_PANES = ("rundown", "now", "after", "notes")


class FacilitatorScreen(TimeKeys):
    """Panes around the slide; the keys about what is shown. `bell`: whether signals ring."""

    ACTIONS = FACILITATOR
    BINDINGS: ClassVar[list[BindingType]] = [*bindings(FACILITATOR)]
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (110, "-wide")]  # noqa: RUF012 - Textual declares it so

    def __init__(self, link: Link, video: str | None = None, bell: bool = True) -> None:
        super().__init__(link)
        self._video = video
        self._bell = bell
        self._pane = "now"
        self._in_the_dark = Display()
        self._slide_title = ""
        self._following = ""

    def compose(self) -> ComposeResult:
        """Panes side by side; on a small terminal one at a time."""
        yield TopLines(id="top").of_moment()
        yield Static(id="tabs")
        with Horizontal(id="panes"):
            with VerticalScroll(id="rundown", classes="pane", can_focus=False) as rundown:
                rundown.border_title = _("Rundown")
                yield RundownPane().of_moment()
            with VerticalScroll(id="now", classes="pane", can_focus=False):
                yield SlideView(id="slide", fills=True, gallery=self.gallery)
            with Vertical(id="right"):
                with VerticalScroll(id="after", classes="pane", can_focus=False) as after:
                    after.border_title = _("Next")
                    yield SlideView(id="next-slide", fills=True, gallery=self.gallery)
                with VerticalScroll(id="notes", classes="pane", can_focus=False) as notes:
                    notes.border_title = _("Notes")
                    yield Prose(id="notes-text")
        yield GroupsPane(id="groups", classes="pane").of_moment()
        yield KeyBar(FACILITATOR)

    def on_mount(self) -> None:
        """Show one pane where there is room for one; say where there is more."""
        self._show_pane()
        mark_more(self.query_one("#now"), "right_square_bracket", self.query_one("#now"))

    def worth_knowing(self) -> tuple[str, ...]:
        """How the forecast is made."""
        return (_("The forecast: {rule}").format(rule=rule()),)

    def watch_view(self, old: View | None, view: View | None) -> None:
        """Show the slide, the next and the notes; tell what came late; ask how to go on after the hub was away."""
        if not isinstance(view, FacilitatorView):
            return
        if isinstance(old, FacilitatorView) and late_rows(view) > late_rows(old):
            self.say(_("Rows came after closing; they are kept. Y shows them."))
        timeline = view.timeline
        slides = view.workshop.segments[timeline.segment].shown
        place, shown = self.query_one("#slide", SlideView), slides[timeline.slide].up_to(timeline.part)
        turned = view.display.turned_since(old.display) if isinstance(old, FacilitatorView) else None
        if turned and shown == place.slide and view.display.shown == "slide":
            page(self.query_one("#now"), turned)
        place.slide = shown
        following, what = wishes.following_slide(view)
        if what != self._following:  # as with the title of the slide
            self._following = what
            self.query_one("#after").border_title = Content(what)
        after = self.query_one("#next-slide", SlideView)
        if following != after.slide:
            after.slide = following
            if following is not None:
                self.call_after_refresh(place.lay_out_ahead, following.up_to(0))
            if timeline.part + 1 < slides[timeline.slide].parts:  # what is new is at its end
                self.call_after_refresh(self.query_one("#after").scroll_end, animate=False)
        prose, notes = self.query_one("#notes-text", Prose), wishes.notes_of(view)
        if notes != prose.passages:  # whoever has scrolled in them stays there while groups write
            prose.passages = notes
            self.query_one("#notes").scroll_home(animate=False)
        self._tell_pace()
        if view.timeline.cut is not None and not any(isinstance(screen, Away) for screen in self.app.screen_stack):
            self.app.push_screen(Away(self), self._go_on)

    def _go_on(self, command: ask.Recover | None) -> None:
        if command is not None:
            self.wish_for(command)

    def watch_moment(self, old: Moment | None, new: Moment | None) -> None:
        """Keep the pace true; ring when a signal comes while somebody is there to hear it."""
        self._tell_pace()
        if old is None or new is None or self.view is None or not self._bell:
            return
        if new.stale:  # the hub may have been away, and not have said so yet
            return
        if wishes.rings(self.facts.timeline, old.now, new.now):
            self.app.bell()

    def _tell_pace(self) -> None:
        if self.view is not None and self.moment is not None:
            words = wishes.slide_title(self.facts, self.moment.now)
            if words != self._slide_title:  # setting it paints the slide anew
                self._slide_title = words
                self.query_one("#now").border_title = Content(words)

    # Keys about what is shown.

    def action_show_slide(self) -> None:
        """The slide on the projector."""
        self.wish_for(ask.PutUp(Display("slide")))

    def action_blackout(self) -> None:
        """Nothing on the projector, or again what stood there."""
        self.wish(self._dark_or_not)

    def _dark_or_not(self, view: FacilitatorView) -> ask.PutUp:
        if view.display.shown == "black":
            return ask.PutUp(self._in_the_dark)
        self._in_the_dark = view.display
        return ask.PutUp(Display("black"))

    def action_hide_time(self) -> None:
        """Leave the time left off the projector, or show it again."""
        self.wish(lambda view: ask.HideTime(not view.time_hidden))

    def action_wall_on(self) -> None:
        """A page on in what the projector shows."""
        self._turn_page(1)

    def action_wall_back(self) -> None:
        """A page back."""
        self._turn_page(-1)

    def _turn_page(self, step: int) -> None:
        self.wish(lambda view: ask.PutUp(replace(view.display, turned=view.display.turned + step)))

    def action_show_join(self) -> None:
        """Address and code on the projector."""
        self.wish_for(ask.PutUp(Display("join")))

    def action_new_code(self) -> None:
        """Another code for those who are still to come, after asking."""
        question = _("Give the room a new code? The old one opens nothing any more. Whoever is in stays in.")
        self.confirm(question, _("New code"), lambda: self.wish_for(ask.NewCode()))

    def action_show_case(self) -> None:
        """A case on the projector."""
        cases = {case.id: case.title for case in self.facts.workshop.cases}
        title = _("Which case goes up on the projector?")
        self._with_case(title, cases, lambda case: ask.PutUp(Display("case", case)))

    def action_close_sheets(self) -> None:
        """Close the sheets of a case, after a grace or at once, or open them again."""
        view, now = self.facts, self.link.now()
        cases = {case.id: f"{case.title}  {closing_choice(view, case.id, now)}" for case in view.workshop.cases}

        def switched(case: str) -> FacilitatorCommand:
            if case in self.facts.closed:
                return ask.ReopenCase(case)
            return ask.CloseCase(case) if case in self.facts.closing else ask.CloseCase(case, ask.GRACE)

        self._with_case(_("Close or open the sheets of which case?"), cases, switched)

    def _with_case(self, title: str, cases: dict[str, str], command: Callable[[str], FacilitatorCommand]) -> None:
        if cases:
            self.choose(title, cases, lambda case: self.wish(lambda _view: command(case)))
        else:
            self.say(_("This workshop has no case."))

    def action_announce(self) -> None:
        """A message to everybody, or to one group."""
        groups = {group.id: clean(group.name) for group in self.facts.groups}
        self.choose(_("A message to whom?"), {_EVERYBODY: _("To every screen")} | groups, self._write_to)

    def _write_to(self, whom: str) -> None:
        group = None if whom == _EVERYBODY else whom
        standing = self.facts.messages.get(group or "")

        def written(text: str | None) -> None:
            if text is not None:
                self.wish_for(ask.Announce(text, group))

        hint = _("Enter: show it   An empty line: take it down   Esc: back")
        title = _("The message, as the screens will show it")
        self.app.push_screen(Ask(title, standing.text if standing else "", ask.MESSAGE_AT_MOST, hint), written)

    def action_compare(self) -> None:
        """The sheets side by side."""
        if self.facts.workshop.cases:
            self.app.push_screen(ComparisonScreen(self))
        else:
            self.say(_("This workshop has no case."))

    def action_sheets(self) -> None:
        """A group's sheet, and what is not on it."""
        if self.facts.workshop.cases:
            self.app.push_screen(GroupSheets(self))
        else:
            self.say(_("This workshop has no case."))

    def action_open_video(self) -> None:
        """Open the video of the segment, or the facilitator's own, with the system's player."""
        segment = self.facts.workshop.segments[self.facts.timeline.segment]
        show_video(self, self._video or segment.video)

    def action_bell(self) -> None:
        """Switch the bell off, or on again."""
        self._bell = not self._bell
        self.say(_("The bell rings at the signals.") if self._bell else _("The bell is off."))

    def action_stop(self) -> None:
        """Stop the hub, after asking."""
        question = _("Stop the hub? Every terminal and the projector lose their screen. What was written is kept.")
        self.confirm(question, _("Stop it"), self._stop_the_hub)

    def _stop_the_hub(self) -> None:
        self.run_worker(self._stop())

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
        page(self._scrolled, -1)

    def action_scroll_on(self) -> None:
        """A page down."""
        page(self._scrolled, 1)

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
