"""Times as the screens write them."""

from datetime import UTC, datetime

from textual.content import Content

from shuro_tui.core import plaintext
from shuro_tui.core.dial import Dial, Signal
from shuro_tui.core.model import MINUTE, Millis
from shuro_tui.core.plaintext import countdown, lateness_words, pad
from shuro_tui.core.timeline import Phase, Timeline
from shuro_tui.i18n import _
from shuro_tui.tui.role import Moment

LATE = MINUTE
"""Lateness from which it is shown as a warning, and a plan is offered."""

SIGNAL_STYLES = {"soon": "bold $text-warning", "last": "bold $text-error", "over": "bold $text-error reverse"}
_SIGNS = {"soon": "!", "last": "!!", "over": "!!!"}


def time_of_day(moment: Millis, seconds: bool = False) -> str:
    """The time on this machine's wall."""
    return datetime.fromtimestamp(moment / 1000, UTC).astimezone().strftime("%H:%M:%S" if seconds else "%H:%M")


def left(remaining: Millis) -> Content:
    """What is left of the segment, as a warning once it is over."""
    if remaining < 0:
        return Content.styled(countdown(remaining), "bold $text-error")
    return Content.assemble(Content(_("left")), " ", (countdown(remaining), "bold"))


def signal_words(signal: Signal) -> str:
    """A signal for the facilitator: a sign and a few words."""
    words = {
        "soon": _("under 5 min"),
        "last": _("under 1 min"),
        "over": _("{n} min over").format(n=signal.minutes) if signal.minutes else _("time is up"),
    }[signal.kind]
    return f"{_SIGNS[signal.kind]} {words}"


def signal_sentence(signal: Signal, writing: bool) -> str:
    """A signal for those who listen, or write."""
    return f"{_SIGNS[signal.kind]} {plaintext.signal_words(signal, writing)}"


def pace_words(pace: Millis) -> str:
    """Whether the slides keep up."""
    if not pace // 1000:
        return _("at pace")
    words = _("slides {time} behind") if pace > 0 else _("slides {time} ahead")
    return words.format(time=countdown(Millis(abs(pace))))


def end(timeline: Timeline, now: Millis) -> Content:
    """When it will end, and whether that is late, early or as planned: in words."""
    if timeline.phase == "waiting":
        return Content(_("ends {time} if it starts now").format(time=time_of_day(timeline.projected_end(now))))
    lateness = timeline.lateness(now)
    style = "bold $text-error" if lateness >= LATE else "bold $text-success" if lateness < 0 else "bold"
    ends = _("ended {time}") if timeline.phase == "finished" else _("ends {time}")
    projected = time_of_day(timeline.projected_end(now))
    return Content.assemble(Content(ends.format(time=projected)), " · ", (lateness_words(lateness), style))


def phase_words(phase: Phase) -> str:
    """Where the session stands, unless it runs."""
    return {"waiting": _(" before the start "), "running": "", "paused": _(" paused "), "finished": _(" ended ")}[phase]


def step_lines(dial: Dial, now: Millis, overtime: bool = True) -> list[Content]:
    """The step of the segment, what is left of it, and which is next; nothing where there is none.

    overtime: whether it is told by how much a step is over: that is for whoever goes on to the next.
    """
    step, remaining = dial.step, dial.step_remaining(now)
    if step is None or remaining is None:
        return []
    lines = [Content(f"{step.number}/{step.of} {step.title}")]
    if overtime or remaining > 0:
        lines.append(left(remaining))
    if step.following:
        lines.append(Content.styled(_("then: {step}").format(step=step.following), "$foreground-muted"))
    return lines


def time_left(dial: Dial, now: Millis) -> Content:
    """Whether the clock of the segment runs, and what is left of it."""
    parts = [Content.styled(phase_words(dial.phase), "bold reverse")]
    parts += [left(dial.remaining(now))] if dial.phase in ("running", "paused") else []
    return Content("  ").join([part for part in parts if part.plain])


def top_line(heading: str, moment: Moment, width: int, *more: Content) -> Content:
    """The line on top of a screen: where we are; whether it stands still; what else there is to know."""
    parts = [
        Content.styled(f" {moment.stale} ", "bold $text-error reverse") if moment.stale else Content(""),
        *more,
    ]
    ending = Content("  ").join([part for part in parts if part.plain])
    room = max(width - ending.cell_length - 1, 1)
    return Content.assemble((pad(heading, room), "bold"), " ", ending)
