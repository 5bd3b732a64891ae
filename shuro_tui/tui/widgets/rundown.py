"""The rundown as the facilitator sees it: the times of each segment, and what is shown."""

from rich.cells import cell_len
from textual.content import Content

from shuro_tui.core.commands import Display, Shown
from shuro_tui.core.dial import dial
from shuro_tui.core.model import Millis, Workshop
from shuro_tui.core.plaintext import countdown, cut, lateness_words
from shuro_tui.core.sheet import clean
from shuro_tui.core.timeline import Timeline
from shuro_tui.core.views import FacilitatorView
from shuro_tui.i18n import _
from shuro_tui.tui.role import Moment
from shuro_tui.tui.widgets.bound import Bound
from shuro_tui.tui.widgets.clock_words import left, step_lines, time_of_day

A_SECOND = 1_000


class RundownPane(Bound):
    """A line a segment: done, current or to come; planned and used time; by when it has to be left."""

    def text(self, view: FacilitatorView, moment: Moment) -> Content:
        """The lines."""
        width = self.content_size.width
        lines: list[Content] = []
        for number, segment in enumerate(view.workshop.segments):
            lines += self._segment(view, number, segment.title, moment.now, width)
        lines.append(Content(""))
        if view.timeline.started_at is not None:
            started = _("started {time}").format(time=time_of_day(view.timeline.started_at))
            must_end = _("has to end {time}").format(time=time_of_day(view.timeline.ends_at() or moment.now))
            lines.append(Content.styled(f"{started}  {must_end}", "$foreground-muted"))
        projected = _("projector: {what}").format(what=shown_words(view.workshop, view.display))
        lines.append(Content(f"{projected} ({_('time hidden')})" if view.time_hidden else projected))
        names = {group.id: group.name for group in view.groups}
        for to, message in view.messages.items():
            words = _("message to {whom}: {text}").format(whom=names.get(to, _("all")), text=message.text)
            lines.append(Content.styled(cut(clean(words), width), "$text-warning"))
        return Content("\n").join(lines)

    def _segment(self, view: FacilitatorView, number: int, title: str, now: Millis, width: int) -> list[Content]:
        timeline = view.timeline
        current = number == timeline.segment and timeline.phase != "waiting"
        done = timeline.actual[number].entered is not None and not current
        mark = ">" if current else "✓" if done else " "
        style = "bold $accent" if current else "$foreground-muted" if done else ""
        lines = [cut(f"{mark} {number + 1} {title}", width), f"  {_length(timeline, number)}"]
        used = timeline.used(number, now)
        if current or done:
            lines[1] = "  " + _("{planned}, used {used}").format(
                planned=_length(timeline, number), used=countdown(used)
            )
        over = Millis(used - timeline.adapted[number])
        if done and abs(over) >= A_SECOND:
            longer = f"{lines[1]} {lateness_words(over)}"
            lines[1:] = [longer] if cell_len(longer) <= width else [lines[1], f"  {lateness_words(over)}"]
        left_out = _left_out(view, number)
        shown = [Content.styled(line, style) for line in (*lines, *([f"  {left_out}"] if left_out else []))]
        return [*shown, *(_clock(view, number, now) if current and timeline.phase != "finished" else ())]


def _length(timeline: Timeline, segment: int) -> str:
    """The length that a segment has now, and what was planned where that is another."""
    now, planned = timeline.adapted[segment], timeline.planned[segment]
    if abs(now - planned) < A_SECOND:
        return countdown(planned)
    return _("{now} ({planned} planned)").format(now=countdown(now), planned=countdown(planned))


def _left_out(view: FacilitatorView, segment: int) -> str:
    """What a plan leaves out of a segment."""
    slides = sum(where == segment for where, _slide in view.timeline.skipped)
    planned, groups = view.workshop.segments[segment].round, view.timeline.presenting.get(segment)
    parts = [_("{n} slides skipped").format(n=slides)] if slides else []
    if planned is not None and groups is not None:
        parts.append(_("{n} of {all} groups present").format(n=groups, all=planned.groups))
    return _(", ").join(parts)


def _clock(view: FacilitatorView, segment: int, now: Millis) -> list[Content]:
    """What is left of the current segment and its step, and by when it has to be left."""
    timeline, leave = view.timeline, view.timeline.leave_by(segment)
    lines = [Content.assemble("  ", left(timeline.remaining(now)))]
    lines += [Content.assemble("  ", line) for line in step_lines(dial(timeline, view.workshop), now)]
    if leave is not None:
        words = _("end by {time}") if segment + 1 == len(timeline.planned) else _("leave by {time}")
        late = now > leave
        shown = ("!! " if late else "") + words.format(time=time_of_day(leave))
        lines.append(Content.styled(f"  {shown}", "bold $text-error" if late else "$foreground-muted"))
    return lines


def shown_words(workshop: Workshop, display: Display) -> str:
    """What the projector shows."""
    case = workshop.case(display.case or "")
    words: dict[Shown, str] = {
        "slide": _("slide"),
        "join": _("how to join"),
        "black": _("dark"),
        "case": "{case}",
        "comparison": _("comparison of {case}"),
        "heat": _("heat map of {case}"),
        "findings": _("findings of {case}"),
        "organisation": _("organisation of {case}"),
        "group": _("one group's sheets"),
        "ecomap": _("ecomap of {case}"),
    }
    return words[display.shown].format(case=case.title if case else "")
