"""What only the facilitator sees: the rundown with its times, and how far the groups are."""

from rich.cells import cell_len
from textual.content import Content

from shuro_tui.core.commands import Display
from shuro_tui.core.model import Millis, Workshop
from shuro_tui.core.plaintext import countdown, cut, lateness_words, pad
from shuro_tui.core.timeline import Timeline
from shuro_tui.core.views import FacilitatorView, Progress
from shuro_tui.i18n import _
from shuro_tui.tui.role import Moment
from shuro_tui.tui.widgets.bound import Bound
from shuro_tui.tui.widgets.clock_words import end, left, time_of_day

A_SECOND = 1_000
RECENTLY = 60_000
"""Milliseconds for which a group counts as writing after its last change."""


class TopLines(Bound):
    """Two lines that are always there: where we are, what is left, when it ends, what is wrong."""

    def text(self, view: FacilitatorView, moment: Moment) -> Content:
        """Title and clock; times and notices."""
        timeline, width = view.timeline, self.size.width
        segment = view.workshop.segments[timeline.segment]
        clock = time_of_day(moment.now, seconds=True)
        where = f"{timeline.segment + 1}/{len(view.workshop.segments)} {segment.title}"
        room = width - cell_len(clock) - 1
        heading = cut(f"{view.workshop.title}  {where}", room) if room > 0 else ""
        first = Content.assemble((pad(heading, room), "bold"), " ", clock)
        return Content("\n").join((first, self._times(view, moment)))

    def _times(self, view: FacilitatorView, moment: Moment) -> Content:
        timeline, now = view.timeline, moment.now
        between = Content("   ")
        parts = [
            left(timeline, now),
            Content(_("whole {time}").format(time=countdown(timeline.session_remaining(now)))),
            end(timeline, now),
        ]
        if timeline.phase != "running":
            parts.insert(0, Content.styled(phase_words(timeline), "bold reverse"))
        parts += [Content.styled(notice, "bold $text-error reverse") for notice in _notices(view, moment)]
        return between.join(parts)


def _notices(view: FacilitatorView, moment: Moment) -> list[str]:
    notices = [moment.stale, view.trouble]
    if view.clock_drift:
        seconds = abs(view.clock_drift) // 1000
        notices.append(_("this machine's clock was set by {n} s; timers go on unmoved").format(n=seconds))
    return [f" {notice} " for notice in notices if notice]


def phase_words(timeline: Timeline) -> str:
    """Where the session stands, unless it runs."""
    return {"waiting": _(" before the start "), "running": "", "paused": _(" paused "), "finished": _(" ended ")}[
        timeline.phase
    ]


class RundownPane(Bound):
    """A line a segment: done, current or to come; planned and used time; by when it has to be left."""

    def text(self, view: FacilitatorView, moment: Moment) -> Content:
        """The lines."""
        width = self.content_size.width
        lines: list[Content] = []
        for number, segment in enumerate(view.workshop.segments):
            lines += self._segment(view.timeline, number, segment.title, moment.now, width)
        lines.append(Content(""))
        if view.timeline.started_at is not None:
            started = _("started {time}").format(time=time_of_day(view.timeline.started_at))
            lines.append(Content.styled(started, "$text-muted"))
        lines.append(Content.styled(_("projector: {what}").format(what=shown_words(view.workshop, view.display)), ""))
        return Content("\n").join(lines)

    def _segment(self, timeline: Timeline, number: int, title: str, now: Millis, width: int) -> list[Content]:
        current = number == timeline.segment and timeline.phase != "waiting"
        done = timeline.entered[number] is not None and not current
        mark = ">" if current else "✓" if done else " "
        style = "bold $accent" if current else "$text-muted" if done else ""
        times = countdown(timeline.length(number))
        if current or done:
            times = _("{planned}, used {used}").format(planned=times, used=countdown(timeline.used(number, now)))
        lines = [
            Content.styled(cut(f"{mark} {number + 1} {title}", width), style),
            Content.styled(f"    {times}", style),
        ]
        if current:
            lines.append(Content.assemble("    ", left(timeline, now)))
            leave = timeline.leave_by(number)
            if leave is not None:
                words = _("leave by {time}").format(time=time_of_day(leave))
                lines.append(Content.styled(f"    {words}", "bold $text-error" if now > leave else "$text-muted"))
        elif done:
            over = Millis(timeline.used(number, now) - timeline.length(number))
            if abs(over) >= A_SECOND:
                lines[1] = Content.styled(f"    {times} {lateness_words(over)}", style)
        return lines


def shown_words(workshop: Workshop, display: Display) -> str:
    """What the projector shows."""
    case = workshop.case(display.case or "")
    return {
        "slide": _("slide"),
        "join": _("how to join"),
        "case": case.title if case else "",
        "comparison": _("comparison of {case}").format(case=case.title if case else ""),
    }[display.shown]


class GroupsPane(Bound):
    """A phrase a group: how many rows, submitted or not, when it last wrote, whether its terminal is there."""

    def text(self, view: FacilitatorView, moment: Moment) -> Content:
        """The phrases, as many a line as fit."""
        cases = tuple(case.id for case in view.workshop.cases)
        phrases = [group_words(progress, cases, moment.now) for progress in view.progress]
        between = 3
        widest = max((cell_len(text) for text, _style in phrases), default=1) + between
        a_line = max(1, self.content_size.width // widest)
        lines = [
            Content.assemble(*((pad(text, widest), style) for text, style in phrases[start : start + a_line]))
            for start in range(0, len(phrases), a_line)
        ]
        return Content("\n").join(lines)

    def title(self, view: FacilitatorView) -> str:
        """How many groups are connected, and projectors."""
        connected = sum(progress.terminals > 0 for progress in view.progress)
        groups = _("Groups: {n} of {all} connected").format(n=connected, all=len(view.progress))
        return f"{groups} · " + _("projectors: {n}").format(n=view.screens)

    def watch_view(self) -> None:
        """Keep the title of the pane true."""
        if isinstance(self.view, FacilitatorView):
            self.border_title = self.title(self.view)


def group_words(progress: Progress, cases: tuple[str, ...], now: Millis) -> tuple[str, str]:
    """A group's progress without a word of what it wrote, and its style."""
    rows = "+".join(str(progress.rows.get(case, 0)) for case in cases) or "0"
    parts = [cut(progress.group.name, 14), _("{rows} rows").format(rows=rows)]
    style = ""
    done = [str(number) for number, case in enumerate(cases, 1) if case in progress.submitted]
    if done:
        parts.append(_("submitted {cases}").format(cases=",".join(done)))
        style = "$text-success"
    elif progress.changed_at is None:
        parts.append(_("not begun"))
    elif now - progress.changed_at < RECENTLY:
        parts.append(_("writing"))
    else:
        parts.append(_("{n} min ago").format(n=(now - progress.changed_at) // 60_000))
    if not progress.terminals:
        parts.append(_("not connected"))
        style = "$text-error" if progress.changed_at else "$text-muted"
    return " ".join(parts), style
