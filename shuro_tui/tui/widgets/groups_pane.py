"""How far the groups are, for the facilitator's eyes only."""

from rich.cells import cell_len
from textual.content import Content

from shuro_tui.core.commands import GRACE
from shuro_tui.core.forecast import forecast
from shuro_tui.core.model import MINUTE, Millis
from shuro_tui.core.plaintext import countdown, cut, pad
from shuro_tui.core.progress import Progress
from shuro_tui.core.sheet import clean
from shuro_tui.core.views import FacilitatorView
from shuro_tui.i18n import _
from shuro_tui.tui.role import Moment
from shuro_tui.tui.widgets.bound import Bound

GROUP_LINES = 4
FEWEST_CELLS = 8
"""What a group takes at least, with the gap to the next: 「1班 0行」."""

RECENTLY = 20_000
"""Milliseconds for which a group counts as writing after its last change."""


class GroupsPane(Bound):
    """A phrase a group: how many rows, submitted or not, when it last wrote, whether its terminal is there."""

    _told = ("", "")

    def text(self, view: FacilitatorView, moment: Moment) -> Content:
        """The phrases, as many a line as fit; short ones when there would be too many lines; those that have room."""
        cases, width = tuple(case.id for case in view.workshop.cases), self.content_size.width
        seen = view.progress[: GROUP_LINES * (width // FEWEST_CELLS + 1)]  # not a thousand, each time somebody writes
        phrases = [group_words(progress, cases, moment.now, late_rows(view, progress)) for progress in seen]
        lines = _in_columns(phrases, width)
        if len(lines) > GROUP_LINES:
            styles = [style for _text, style in phrases]
            short = [rows_of(progress, cases) for progress in seen]
            lines = _in_columns(list(zip(short, styles, strict=True)), width)
        return Content("\n").join(lines[:GROUP_LINES])

    def title(self, view: FacilitatorView) -> str:
        """How many groups are connected, and projectors; in which order the cases' rows stand."""
        connected = sum(terminals > 0 for terminals in view.terminals)
        groups = _("Groups: {n} of {all} connected").format(n=connected, all=len(view.groups))
        parts = [groups, _("projectors: {n}").format(n=view.screens)]
        if len(view.workshop.cases) > 1:
            parts.append(_("rows of {cases}").format(cases=" + ".join(case.title for case in view.workshop.cases)))
        return " · ".join(parts)

    def say(self) -> None:
        """Keep the title of the pane true, and the forecast below it."""
        super().say()
        if isinstance(self.view, FacilitatorView) and self.moment is not None:
            now = self.moment.now
            forecast = " · ".join(closing_words(self.view, now)) or forecast_words(self.view, now)
            told = (self.title(self.view), forecast)
            if told != self._told:  # setting them paints all groups anew
                self._told = told
                self.border_title, self.border_subtitle = map(Content, told)


def forecast_words(view: FacilitatorView, now: Millis) -> str:
    """When the groups will be done with their cases; "" where there are none."""
    seen = forecast(view.timeline, view.workshop, view.progress, now)
    if seen is None:
        return ""
    if seen.left is None:
        return _("nobody has written yet")
    done = _("all done in {time} at this pace").format(time=countdown(seen.left))
    submitted = _("submitted {n} of {all}").format(n=seen.submitted, all=seen.groups)
    return f"{done} · {submitted}"


def _in_columns(phrases: list[tuple[str, str]], width: int) -> list[Content]:
    widest = max((cell_len(text) for text, _style in phrases), default=1) + 3
    a_line = max(1, (width + 3) // widest)
    return [
        Content.assemble(*((pad(text, widest), style) for text, style in phrases[start : start + a_line])).rstrip()
        for start in range(0, len(phrases), a_line)
    ]


def rows_of(progress: Progress, cases: tuple[str, ...]) -> str:
    """The group and its rows, case by case."""
    return f"{_name(progress)} " + _("{rows} rows").format(rows=_counts(progress, cases))


def _name(progress: Progress) -> str:
    return cut(clean(progress.group.name), 14)


def _counts(progress: Progress, cases: tuple[str, ...]) -> str:
    return "+".join(str(progress.rows.get(case, 0)) for case in cases) or "0"


def late_rows(view: FacilitatorView, progress: Progress | None = None) -> int:
    """How many rows came after closing and wait for the facilitator: of one group, or of all."""
    return sum(len(aside.late) for aside in view.aside if progress is None or aside.group == progress.group.id)


def closing_words(view: FacilitatorView, now: Millis) -> list[str]:
    """What is being collected, and for how long."""
    words = _("collecting {case}: {time} left (S: close now)")
    titles = [(view.workshop.case(case), until) for case, until in view.closing.items()]
    return [words.format(case=case.title, time=_left(until, now)) for case, until in titles if case is not None]


def closing_choice(view: FacilitatorView, case: str, now: Millis) -> str:
    """How the sheets of a case stand, and what the key makes of that."""
    if case in view.closed:
        return _("closed: open it again")
    if case in view.closing:
        return _("collecting, {time} left: close it now").format(time=_left(view.closing[case], now))
    return _("open: close it, {n} s for what is on its way").format(n=GRACE // 1000)


def _left(until: Millis, now: Millis) -> str:
    return countdown(Millis(max(until - now, 0)))


def group_words(progress: Progress, cases: tuple[str, ...], now: Millis, late: int = 0) -> tuple[str, str]:
    """A group's progress without a word of what it wrote, and its style."""
    if progress.terminals:
        state, style = _state(progress, cases, now)
        words = f"{rows_of(progress, cases)} {state}"
    elif any(progress.rows.values()):
        saved = _("offline, {rows} rows saved").format(rows=_counts(progress, cases))
        words, style = f"{_name(progress)} {saved}", "$text-error"
    else:
        words, style = f"{rows_of(progress, cases)} " + _("not here yet"), "$foreground-muted"
    return (f"{words} " + _("late {n}").format(n=late), "$text-warning") if late else (words, style)


def _state(progress: Progress, cases: tuple[str, ...], now: Millis) -> tuple[str, str]:
    done = [str(number) for number, case in enumerate(cases, 1) if case in progress.submitted]
    if done:
        return _("submitted {cases}").format(cases=",".join(done)), "$text-success"
    if progress.changed_at is None:
        return _("connected"), ""
    ago = now - progress.changed_at
    if ago < RECENTLY:
        return _("writing"), ""
    return (_("{n} s ago").format(n=ago // 1000) if ago < MINUTE else _("{n} min ago").format(n=ago // MINUTE)), ""
