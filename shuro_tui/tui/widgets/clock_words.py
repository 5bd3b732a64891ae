"""Times as the screens write them."""

from datetime import UTC, datetime

from textual.content import Content

from shuro_tui.core.model import Millis
from shuro_tui.core.plaintext import countdown, lateness_words, pad
from shuro_tui.core.timeline import Timeline
from shuro_tui.i18n import _
from shuro_tui.tui.role import Moment

LATE = 60_000
"""Milliseconds of lateness from which it is shown as a warning."""


def time_of_day(moment: Millis, seconds: bool = False) -> str:
    """The time on this machine's wall."""
    return datetime.fromtimestamp(moment / 1000, UTC).astimezone().strftime("%H:%M:%S" if seconds else "%H:%M")


def left(timeline: Timeline, now: Millis) -> Content:
    """What is left of the segment, as a warning once it is over."""
    remaining = timeline.remaining(now)
    style = "bold $text-error" if remaining < 0 else "bold"
    if remaining < 0:
        return Content.styled(countdown(remaining), style)
    return Content.assemble(Content(_("left")), " ", (countdown(remaining), style))


def end(timeline: Timeline, now: Millis) -> Content:
    """When it will end, and whether that is late, early or as planned: in words."""
    if timeline.phase == "waiting":
        return Content(_("ends {time} if it starts now").format(time=time_of_day(timeline.projected_end(now))))
    lateness = timeline.lateness(now)
    style = "bold $text-error" if lateness >= LATE else "bold $text-success" if lateness < 0 else "bold"
    ends = _("ended {time}") if timeline.phase == "finished" else _("ends {time}")
    projected = time_of_day(timeline.projected_end(now))
    return Content.assemble(Content(ends.format(time=projected)), " · ", (lateness_words(lateness), style))


def phase_words(timeline: Timeline) -> str:
    """Where the session stands, unless it runs."""
    return {"waiting": _(" before the start "), "running": "", "paused": _(" paused "), "finished": _(" ended ")}[
        timeline.phase
    ]


def top_line(heading: str, timeline: Timeline, moment: Moment, width: int, *more: Content) -> Content:
    """The line on top of a screen: where we are; whether it stands still, whether the clock runs, the time left."""
    parts = [
        Content.styled(f" {moment.stale} ", "bold $text-error reverse") if moment.stale else Content(""),
        Content.styled(phase_words(timeline), "bold reverse"),
        left(timeline, moment.now) if timeline.phase in ("running", "paused") else Content(""),
        *more,
    ]
    ending = Content("  ").join([part for part in parts if part.plain])
    room = max(width - ending.cell_length - 1, 1)
    return Content.assemble((pad(heading, room), "bold"), " ", ending)
