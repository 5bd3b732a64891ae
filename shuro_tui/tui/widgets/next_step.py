"""The line that says what a group does next, and who sees what it writes."""

from typing import Literal

from msgspec import Struct
from rich.cells import cell_len
from textual.content import Content
from textual.reactive import reactive
from textual.widget import Widget

from shuro_tui.core.model import Case
from shuro_tui.core.plaintext import cut
from shuro_tui.core.sheet import clean
from shuro_tui.core.views import GroupView
from shuro_tui.i18n import _

_BETWEEN = 2


class Place(Struct, frozen=True):
    """Where a group is on its screen.

    shown: what it looks at; case: that of its sheet beside that, None for none; column: the number of the one with the
    caret, from 0, None where it is in no cell; fresh: whether it is in the row that is not one yet; duplicate: whether
    its row is marked as one.
    """

    shown: Literal["slide", "resources", "sheet", "compared"]
    case: Case | None = None
    column: int | None = None
    fresh: bool = False
    duplicate: bool = False


class NextStep(Widget):
    """One line, always there: what comes and goes in it moves nothing."""

    step: reactive[str] = reactive("")
    seen_by: reactive[str] = reactive("")

    def show(self, view: GroupView, place: Place) -> None:
        """Say what is next there."""
        self.step = next_step(view, place)
        self.seen_by = "" if place.case is None or place.shown == "compared" else seen_by(view, place.case)

    def render(self) -> Content:
        """The next step to the left, who sees it to the right where there is room for both."""
        room = self.size.width - cell_len(self.seen_by) - _BETWEEN
        step = Content.styled(cut(self.step, self.size.width), "bold $accent")
        if not self.seen_by or room < cell_len(self.step):
            return step
        return Content.assemble(step, " " * (room - step.cell_length + _BETWEEN), (self.seen_by, "$foreground-muted"))


def seen_by(view: GroupView, case: Case) -> str:
    """Who may see the group's sheet for that case."""
    if case.id in view.revealed:
        return _("seen by: all groups")
    return _("seen by: your group, the facilitator")


def next_step(view: GroupView, place: Place) -> str:
    """What there is to do next."""
    if place.shown == "compared":
        return _("1 to 6: other views; F6: back to the own sheet")
    if place.shown == "resources":
        writable = place.case is not None and _open(view, place.case)
        written = _("Search, ↑ ↓: choose, Enter: write it on the sheet, F2: back")
        return written if writable else _("Search, ↑ ↓: choose, F2: back")
    if place.shown == "sheet" and place.case is not None:
        return _on_sheet(view, place.case, place)
    return _following(view)


def _following(view: GroupView) -> str:
    if view.at_work:
        return _("F3: back to the sheet")
    if view.revealed:
        return _("F6: what the other groups wrote")
    if view.dial.phase == "finished":
        return _("It is over. F10 closes this window; what was written is kept")
    return _("The slides come by themselves; F2 looks organisations up")


def _open(view: GroupView, case: Case) -> bool:
    return case.id in view.writing and view.sheet(case.id).submitted_at is None


def _on_sheet(view: GroupView, case: Case, place: Place) -> str:
    if case.id not in view.writing:
        if case.id in view.revealed:
            return _("F6: what the other groups wrote")
        return _("Collected. Nothing to do until the facilitator goes on")
    if not _open(view, case):
        return _("Submitted. F5: go on writing")
    if place.duplicate:
        return _("Two texts of one row: F12 settles them")
    if place.column is None:
        return _("Enter: into the sheet")
    return _in_cell(case, place.column, more=place.fresh and bool(view.sheet(case.id).rows))


def _in_cell(case: Case, number: int, more: bool) -> str:
    columns = case.columns
    column = columns[number]
    if number == 0 and more:
        return _("One more {column}, then Enter (F5 when all are written)").format(column=clean(column.title))
    words = {
        "organisation": _("Write {column} (F2: look it up), then Enter: {next}"),
        "text": _("Write {column}, then Enter: {next}"),
        "choice": _("Choose {column}: ← → or 1 to {n}, then Enter: {next}"),
    }[column.kind]
    following = clean(columns[number + 1].title) if number + 1 < len(columns) else _("the next row")
    return words.format(column=clean(column.title), n=len(column.choices), next=following)
