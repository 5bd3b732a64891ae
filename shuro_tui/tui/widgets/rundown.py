"""What only the facilitator sees: the rundown with its times, and how far the groups are."""

from rich.cells import cell_len
from textual.content import Content

from shuro_tui.core.commands import Display
from shuro_tui.core.model import Millis, Workshop
from shuro_tui.core.plaintext import countdown, cut, lateness_words, pad
from shuro_tui.core.sheet import clean
from shuro_tui.core.timeline import Timeline
from shuro_tui.core.views import FacilitatorView, Progress
from shuro_tui.i18n import _
from shuro_tui.tui.role import Moment
from shuro_tui.tui.widgets.bound import Bound
from shuro_tui.tui.widgets.clock_words import end, left, phase_words, time_of_day

A_SECOND = 1_000
GROUP_LINES = 4
RECENTLY = 60_000
"""Milliseconds for which a group counts as writing after its last change."""


class TopLines(Bound):
    """Always there: where we are, what is left, when it ends; in a line of its own what is wrong."""

    def text(self, view: FacilitatorView, moment: Moment) -> Content:
        """Title and clock; times; notices."""
        timeline, width = view.timeline, self.size.width
        segment = view.workshop.segments[timeline.segment]
        clock = time_of_day(moment.now, seconds=True)
        where = f"{timeline.segment + 1}/{len(view.workshop.segments)} {segment.title}"
        room = width - cell_len(clock) - 1
        heading = cut(f"{view.workshop.title}  {where}", room) if room > 0 else ""
        lines = [Content.assemble((pad(heading, room), "bold"), " ", clock), _times(timeline, moment.now)]
        lines += [Content.styled(f" {notice} ", "bold $text-error reverse") for notice in _notices(view, moment)]
        return Content("\n").join(lines)

    def watch_moment(self, old: Moment | None, new: Moment | None) -> None:
        """A notice that comes or goes takes a line."""
        if (old.stale if old else "") != (new.stale if new else ""):
            self.refresh(layout=True)


def _times(timeline: Timeline, now: Millis) -> Content:
    parts = [] if timeline.phase == "running" else [Content.styled(phase_words(timeline), "bold reverse")]
    if timeline.phase != "finished":
        whole = _("whole {time}").format(time=countdown(timeline.session_remaining(now)))
        parts += [left(timeline, now), Content(whole)]
    return Content("   ").join([*parts, end(timeline, now)])


def _notices(view: FacilitatorView, moment: Moment) -> list[str]:
    notices = [moment.stale, view.trouble]
    if view.clock_drift:
        seconds = abs(view.clock_drift) // 1000
        notices.append(_("this machine's clock was set by {n} s; timers go on unmoved").format(n=seconds))
    return [notice for notice in notices if notice]


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
            lines.append(Content.styled(started, "$foreground-muted"))
        lines.append(Content.styled(_("projector: {what}").format(what=shown_words(view.workshop, view.display)), ""))
        return Content("\n").join(lines)

    def _segment(self, timeline: Timeline, number: int, title: str, now: Millis, width: int) -> list[Content]:
        current = number == timeline.segment and timeline.phase != "waiting"
        done = timeline.entered[number] is not None and not current
        mark = ">" if current else "✓" if done else " "
        style = "bold $accent" if current else "$foreground-muted" if done else ""
        times = countdown(timeline.length(number))
        if current or done:
            times = _("{planned}, used {used}").format(planned=times, used=countdown(timeline.used(number, now)))
        lines = [
            Content.styled(cut(f"{mark} {number + 1} {title}", width), style),
            Content.styled(f"  {times}", style),
        ]
        if current:
            leave = timeline.leave_by(number)
            if timeline.phase != "finished":
                lines.append(Content.assemble("  ", left(timeline, now)))
            if leave is not None and timeline.phase != "finished":
                words = _("leave by {time}").format(time=time_of_day(leave))
                lines.append(Content.styled(f"  {words}", "bold $text-error" if now > leave else "$foreground-muted"))
        elif done:
            over = Millis(timeline.used(number, now) - timeline.length(number))
            if abs(over) >= A_SECOND:
                lines[1] = Content.styled(f"  {times} {lateness_words(over)}", style)
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
        """The phrases, as many a line as fit; short ones when there would be too many lines."""
        cases = tuple(case.id for case in view.workshop.cases)
        phrases = [group_words(progress, cases, moment.now) for progress in view.progress]
        lines = _in_columns(phrases, self.content_size.width)
        if len(lines) > GROUP_LINES:
            styles = [style for _text, style in phrases]
            short = [rows_of(progress, cases) for progress in view.progress]
            lines = _in_columns(list(zip(short, styles, strict=True)), self.content_size.width)
        return Content("\n").join(lines)

    def title(self, view: FacilitatorView) -> str:
        """How many groups are connected, and projectors; in which order the cases' rows stand."""
        connected = sum(progress.terminals > 0 for progress in view.progress)
        groups = _("Groups: {n} of {all} connected").format(n=connected, all=len(view.progress))
        parts = [groups, _("projectors: {n}").format(n=view.screens)]
        if len(view.workshop.cases) > 1:
            parts.append(_("rows of {cases}").format(cases=" + ".join(case.title for case in view.workshop.cases)))
        return " · ".join(parts)

    def watch_view(self) -> None:
        """Keep the title of the pane true."""
        if isinstance(self.view, FacilitatorView):
            self.border_title = Content(self.title(self.view))


def _in_columns(phrases: list[tuple[str, str]], width: int) -> list[Content]:
    widest = max((cell_len(text) for text, _style in phrases), default=1) + 3
    a_line = max(1, (width + 3) // widest)
    return [
        Content.assemble(*((pad(text, widest), style) for text, style in phrases[start : start + a_line])).rstrip()
        for start in range(0, len(phrases), a_line)
    ]


def rows_of(progress: Progress, cases: tuple[str, ...]) -> str:
    """The group and its rows, case by case."""
    rows = "+".join(str(progress.rows.get(case, 0)) for case in cases) or "0"
    return cut(clean(progress.group.name), 14) + " " + _("{rows} rows").format(rows=rows)


def group_words(progress: Progress, cases: tuple[str, ...], now: Millis) -> tuple[str, str]:
    """A group's progress without a word of what it wrote, and its style."""
    done = [str(number) for number, case in enumerate(cases, 1) if case in progress.submitted]
    style = ""
    if done:
        state = _("submitted {cases}").format(cases=",".join(done))
        style = "$text-success"
    elif progress.changed_at is None:
        state = _("not begun")
    elif now - progress.changed_at < RECENTLY:
        state = _("writing")
    else:
        state = _("{n} min ago").format(n=(now - progress.changed_at) // 60_000)
    if not progress.terminals:
        state = _("not connected")
        style = "$text-error" if progress.changed_at else "$foreground-muted"
    return f"{rows_of(progress, cases)} {state}", style
