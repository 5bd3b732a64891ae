"""The facilitator's keys about time: on, back, steps, pauses, minutes, plans, interruptions, the end."""

from shuro_tui.core import commands as ask
from shuro_tui.core.commands import Interruption
from shuro_tui.core.link import Link
from shuro_tui.core.model import MINUTE, SECOND, Millis
from shuro_tui.core.plaintext import countdown
from shuro_tui.core.times import INTERRUPTIONS
from shuro_tui.core.times_text import times_text
from shuro_tui.i18n import _
from shuro_tui.tui.dialogs import Reading
from shuro_tui.tui.screens import wishes
from shuro_tui.tui.screens.overview import Overview
from shuro_tui.tui.screens.plans import Plans
from shuro_tui.tui.screens.wishing import Wishing

_AGO = (30, 60, 90, 120, 180, 300, 600)
"""Seconds by which a start can be dated back."""

_END_MOVES = (1, 5, 10, -1, -5, -10)
_TIMES_WIDTH, _DIALOG_FRAME = 80, 8


class TimeKeys(Wishing):
    """What moves the rundown, or its clock."""

    def __init__(self, link: Link) -> None:
        super().__init__(link)
        self._came_from: ask.GoTo | None = None

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

    def action_jump(self) -> None:
        """Any slide, found in the overview of all."""

        def chosen(command: ask.GoTo | None) -> None:
            if command is not None:
                self._jump(command)

        self.app.push_screen(Overview(lambda: self.facts), chosen)

    def action_jump_back(self) -> None:
        """Where the last jump came from; and back again."""
        if self._came_from is None:
            self.say(_("There was no jump to come back from."))
        else:
            self._jump(self._came_from)

    def _jump(self, command: ask.GoTo) -> None:
        timeline = self.facts.timeline
        self._came_from = ask.GoTo(timeline.segment, timeline.slide, timeline.part)
        self.wish_for(command)

    def action_next_step(self) -> None:
        """The next step of the segment."""
        self.wish(wishes.next_step)

    def action_start_back(self) -> None:
        """Start, dated back."""
        options = {str(ago): _("{time} ago").format(time=countdown(Millis(ago * SECOND))) for ago in _AGO}
        title = _("The lecture has begun already? Start the clock as of when?")
        self.choose(title, options, lambda key: self.wish_for(ask.Start(Millis(int(key) * SECOND))))

    def action_pause(self) -> None:
        """Pause, or run on."""
        self.wish(wishes.pause)

    def action_extend(self) -> None:
        """A minute more for the segment."""
        self.wish_for(ask.AddTime(MINUTE))

    def action_shorten(self) -> None:
        """A minute less for the segment."""
        self.wish_for(ask.AddTime(Millis(-MINUTE)))

    def action_move_end(self) -> None:
        """Move the end of the session."""
        minutes = {
            str(n): _("{n} min later").format(n=n) if n > 0 else _("{n} min earlier").format(n=-n) for n in _END_MOVES
        }
        title = _("Move the end of the session by how much?")
        self.choose(title, minutes, lambda key: self.wish_for(ask.MoveEnd(Millis(int(key) * MINUTE))))

    def action_replan(self) -> None:
        """The plans that are ready."""

        def accepted(command: ask.Replan | None) -> None:
            if command is not None:
                self.wish_for(command)

        self.app.push_screen(Plans(lambda: (self.facts, self.link.now())), accepted)

    def action_interrupt(self) -> None:
        """The time goes to something else; or to the slides again."""
        if self.facts.timeline.interruption is not None:
            self.wish_for(ask.EndInterruption())
            return
        kinds: dict[str, Interruption] = {kind: kind for kind in INTERRUPTIONS}
        words: dict[str, str] = {kind: _(word) for kind, word in INTERRUPTIONS.items()}
        title = _("What does the time go to? It will not count against the pace of the slides.")
        self.choose(title, words, lambda key: self.wish_for(ask.Interrupt(kinds[key])))

    def action_times(self) -> None:
        """Planned, adapted and actual times so far."""
        view = self.facts
        width = min(self.app.size.width * 95 // 100 - _DIALOG_FRAME, _TIMES_WIDTH)
        text = times_text(view.timeline, view.workshop, self.link.now(), width)
        self.app.push_screen(Reading(_("Planned and actual times"), text))

    def action_undo(self) -> None:
        """Take the last step back."""
        self.wish_for(ask.Undo())

    def action_finish(self) -> None:
        """End the session, after asking."""
        question = _("End the session? The clock stops and the sheets close. Comparison and export go on.")
        self.confirm(question, _("End it"), lambda: self.wish_for(ask.Finish()))
