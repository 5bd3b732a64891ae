"""The facilitator's lines on top: where we are, what is left, when it ends, what is wrong, what to do."""

from rich.cells import cell_len
from textual.content import Content

from shuro_tui.core.dial import signal
from shuro_tui.core.forecast import advice
from shuro_tui.core.model import Millis
from shuro_tui.core.plaintext import countdown, cut, pad
from shuro_tui.core.timeline import Timeline
from shuro_tui.core.times import INTERRUPTIONS
from shuro_tui.core.typeset import wrap
from shuro_tui.core.views import FacilitatorView
from shuro_tui.i18n import _
from shuro_tui.tui.role import Moment
from shuro_tui.tui.widgets.bound import Bound
from shuro_tui.tui.widgets.clock_words import (
    LATE,
    SIGNAL_STYLES,
    end,
    left,
    phase_words,
    signal_words,
    time_of_day,
)


class TopLines(Bound):
    """Always there: where we are, what is left, when it ends; in lines of their own what is wrong, and what to do."""

    def text(self, view: FacilitatorView, moment: Moment) -> Content:
        """Title and clock; times; notices."""
        timeline, width = view.timeline, self.app.size.width - 2
        segment = view.workshop.segments[timeline.segment]
        clock = time_of_day(moment.now, seconds=True)
        where = f"{timeline.segment + 1}/{len(view.workshop.segments)} {segment.title}"
        room = width - cell_len(clock) - 1
        heading = cut(f"{view.workshop.title}  {where}", room) if room > 0 else ""
        times = _times(timeline, moment.now, width)
        if view.time_hidden:
            times = _with_hint(times, _("H: show the time"), width)
        lines = [Content.assemble((pad(heading, room), "bold"), " ", clock), times]
        notices = [line for notice in _notices(view, moment) for line in wrap(notice, width - 2)]
        lines += [Content.styled(f" {line} ", "bold $text-error reverse") for line in notices]
        if view.display.shown == "black":
            words = _("The projector is dark; Z shows again what stood there")
            lines.append(Content.styled(f" {words} ", "bold $text-warning reverse"))
        if timeline.interruption is not None:
            lines.append(Content.styled(_interrupted(timeline, moment.now), "bold $text-warning reverse"))
        told = advice(timeline, view.workshop, view.progress, moment.now)
        lines += [Content.styled(line, "bold $text-warning") for line in wrap(told, width)] if told else []
        return Content("\n").join(lines)


def _times(timeline: Timeline, now: Millis, width: int) -> Content:
    standing = phase_words(timeline.phase) if timeline.cut is None else _(" cut off ")
    parts = [Content.styled(standing, "bold reverse")] if standing else []
    if timeline.phase != "finished":
        until_end = timeline.session_remaining(now)
        whole = (_("whole {time}") if until_end >= 0 else _("whole: {time}")).format(time=countdown(until_end))
        remaining = timeline.remaining(now)
        parts += [left(remaining), Content(whole)]
        told = signal(remaining, timeline.adapted[timeline.segment]) if timeline.phase == "running" else None
        if told is not None:
            parts.insert(-1, Content.styled(signal_words(told), SIGNAL_STYLES[told.kind]))
    line = Content("   ").join([*parts, end(timeline, now)])
    late = timeline.phase in ("running", "paused") and timeline.lateness(now) >= LATE
    return _with_hint(line, _("R: be on time again"), width) if late else line


def _with_hint(line: Content, words: str, width: int) -> Content:
    """The key that helps, where there is room for it."""
    hint = Content.styled(f"   {words}", "bold")
    return line + hint if line.cell_length + hint.cell_length <= width else line


def _notices(view: FacilitatorView, moment: Moment) -> list[str]:
    notices = [moment.stale, view.trouble, view.deck_trouble, view.damage]
    if view.clock_drift:
        seconds = abs(view.clock_drift) // 1000
        notices.append(_("this machine's clock was set by {n} s; timers go on unmoved").format(n=seconds))
    return [notice for notice in notices if notice]


def _interrupted(timeline: Timeline, now: Millis) -> str:
    kind = _(INTERRUPTIONS[timeline.interruption or "question"])
    # What other interruptions of the segment took is in the report; here it is the sum, which is what the pace lacks.
    time = countdown(timeline.interrupted_for(now))
    return " " + _("{kind}: {time} in this segment; I goes back to the slides").format(kind=kind, time=time) + " "
