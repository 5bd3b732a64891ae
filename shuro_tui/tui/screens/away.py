"""After a crash, a closed lid, a stopped hub: what was found, and the question how to go on."""

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from shuro_tui.core.actual import Cut
from shuro_tui.core.commands import Recover
from shuro_tui.core.model import Millis
from shuro_tui.core.plaintext import countdown, lateness_words
from shuro_tui.core.timeline import Timeline
from shuro_tui.core.views import FacilitatorView, View
from shuro_tui.i18n import _
from shuro_tui.tui.keys import either_case
from shuro_tui.tui.quick import Dialog
from shuro_tui.tui.role import Moment, RoleScreen
from shuro_tui.tui.widgets.clock_words import time_of_day
from shuro_tui.tui.widgets.prose import Passage, Prose


class Away(Dialog[Recover | None]):
    """Stands until it is answered, here or by another facilitator's screen: until then the clock stands."""

    BINDINGS: ClassVar[list[BindingType]] = [
        (either_case("c"), "answer(True)"),
        (either_case("g"), "answer(False)"),
    ]

    def __init__(self, screen: RoleScreen) -> None:
        super().__init__()
        self._screen_below = screen

    def compose(self) -> ComposeResult:
        """What was found, and two ways to go on with what comes of each."""
        with Vertical(classes="dialog wide"):
            yield Prose((), id="found")
            yield OptionList(Option("", id="count"), Option("", id="cut"))
            yield Static(_("Nothing was fired meanwhile. Enter: choose   C and G: at once"), classes="hint")

    def on_mount(self) -> None:
        """Follow the session."""
        self.watch(self._screen_below, "view", self._show)
        self.watch(self._screen_below, "moment", self._show)

    def _show(self, _changed: View | Moment | None) -> None:
        view, moment = self._screen_below.view, self._screen_below.moment
        if not isinstance(view, FacilitatorView) or moment is None:
            return
        cut = view.timeline.cut
        if cut is None:
            if self.is_current:
                self.dismiss(None)
            return
        self.query_one("#found", Prose).passages = (Passage(found_words(cut), "bold"),)
        listed = self.query_one(OptionList)
        for key, count in (("count", True), ("cut", False)):
            listed.replace_option_prompt(key, Content(outcome(view.timeline, moment.now, count)))

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Chosen."""
        self.action_answer(event.option_id == "count")

    def action_answer(self, count: bool) -> None:
        """Answer."""
        self.dismiss(Recover(count))


def found_words(cut: Cut) -> str:
    """When it was cut off, and how long ago that was when the hub was back."""
    away = countdown(Millis(cut.found - cut.at))
    return _("Cut off at {time}, {away} passed.").format(time=time_of_day(cut.at, seconds=True), away=away)


def outcome(timeline: Timeline, now: Millis, count: bool) -> str:
    """What comes of an answer: what is left of the segment, and how late it will be."""
    after = timeline.recover(now, count)
    words = _("C  Count the time away") if count else _("G  Go on from the cut")
    left = countdown(after.remaining(now))
    return _("{answer}: {left} left here, {late}").format(
        answer=words, left=left, late=lateness_words(after.lateness(now))
    )
