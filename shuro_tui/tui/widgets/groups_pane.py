"""How far the groups are, for the facilitator's eyes only."""

from rich.cells import cell_len
from textual.content import Content

from shuro_tui.core.forecast import forecast
from shuro_tui.core.model import Millis
from shuro_tui.core.plaintext import countdown, cut, pad
from shuro_tui.core.sheet import clean
from shuro_tui.core.views import FacilitatorView, Progress
from shuro_tui.i18n import _
from shuro_tui.tui.role import Moment
from shuro_tui.tui.widgets.bound import Bound

GROUP_LINES = 4
RECENTLY = 60_000
"""Milliseconds for which a group counts as writing after its last change."""


class GroupsPane(Bound):
    """A phrase a group: how many rows, submitted or not, when it last wrote, whether its terminal is there."""

    _forecast = ""

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
            self._foretell()

    def watch_moment(self, old: Moment | None, new: Moment | None) -> None:
        """Keep the forecast below it true."""
        super().watch_moment(old, new)
        self._foretell()

    def _foretell(self) -> None:
        if isinstance(self.view, FacilitatorView) and self.moment is not None:
            words = forecast_words(self.view, self.moment.now)
            if words != self._forecast:  # setting it paints all groups anew
                self._forecast = words
                self.border_subtitle = Content(words)


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
