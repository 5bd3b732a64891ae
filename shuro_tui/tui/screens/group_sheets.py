"""A group's sheet for the facilitator to read, with what is not on it: deleted rows, and rows that came late."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, ClassVar, cast

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.content import Content
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from shuro_tui.core import commands as ask
from shuro_tui.core.aside import Aside
from shuro_tui.core.group import Group
from shuro_tui.core.model import Case
from shuro_tui.core.sheet import Row, Sheet, clean
from shuro_tui.core.views import FacilitatorView
from shuro_tui.i18n import _
from shuro_tui.tui.keys import SHEETS, bindings
from shuro_tui.tui.role import Keyed
from shuro_tui.tui.widgets.clock_words import time_of_day
from shuro_tui.tui.widgets.key_bar import KeyBar

if TYPE_CHECKING:
    from shuro_tui.tui.screens.facilitator import FacilitatorScreen


class GroupSheets(Keyed):
    """Stands over the facilitator's screen and follows the same view. Begins where something came late."""

    ACTIONS = SHEETS
    BINDINGS: ClassVar[list[BindingType]] = [*bindings(SHEETS)]

    def __init__(self, below: "FacilitatorScreen") -> None:
        super().__init__()
        self._below = below
        view = self._facts()
        late = next((aside for aside in view.aside if aside.late), None)
        at_work = view.workshop.segments[view.timeline.segment].cases or (view.workshop.cases[0].id,)
        self._group = late.group if late else view.groups[0].id
        self._case = late.case if late else at_work[0]

    def compose(self) -> ComposeResult:
        """Whose sheet it is, its rows, the keys."""
        yield Static(id="sheet-state")
        yield OptionList(id="sheet-rows", classes="pane", markup=False)
        yield KeyBar(SHEETS)

    def on_mount(self) -> None:
        """Follow the screen below."""
        self.watch(self._below, "view", self._show)

    def _facts(self) -> FacilitatorView:
        return cast("FacilitatorView", self._below.view)

    def _groups(self) -> tuple[Group, ...]:
        return self._facts().groups

    def _case_now(self) -> Case:
        workshop = self._facts().workshop
        return workshop.case(self._case) or workshop.cases[0]

    def _show(self) -> None:
        if not self._facts().workshop.cases:
            self.dismiss()
            return
        view, case = self._facts(), self._case_now()
        place = (case.id, self._group)
        sheet = next((sheet for sheet in view.sheets if (sheet.case, sheet.group) == place), Sheet(*place))
        aside = next((aside for aside in view.aside if (aside.case, aside.group) == place), Aside(*place))
        group = next(group for group in self._groups() if group.id == self._group)
        self.query_one("#sheet-state", Static).update(Content(f"{clean(group.name)} · {case.title} · {_state(sheet)}"))
        rows = self.query_one(OptionList)
        at = rows.highlighted
        rows.set_options(_options(case, sheet, aside))
        rows.highlighted = min(at or 0, rows.option_count - 1) if rows.option_count else None
        rows.focus()

    def action_next_group(self) -> None:
        """The group after this one."""
        self._turn(1)

    def action_previous_group(self) -> None:
        """The group before."""
        self._turn(-1)

    def _turn(self, step: int) -> None:
        groups = [group.id for group in self._groups()]
        self._group = groups[(groups.index(self._group) + step) % len(groups)]
        self._show()

    def action_next_case(self) -> None:
        """The next case."""
        cases = self._facts().workshop.cases
        self._case = cases[(cases.index(self._case_now()) + 1) % len(cases)].id
        self._show()

    def on_option_list_option_selected(self) -> None:
        """Bring it back."""
        self.action_bring_back()

    def action_bring_back(self) -> None:
        """Bring the row back that is highlighted, if it was deleted."""
        row = None if (option := self.query_one(OptionList).highlighted_option) is None else option.id
        if row:
            self._below.wish_for(ask.BringBack(self._case_now().id, self._group, row))
        else:
            self.say(_("Choose a deleted row first."))

    def action_take_late(self) -> None:
        """Write what came late on the sheet."""
        place = (self._case_now().id, self._group)
        if any(aside.late for aside in self._facts().aside if (aside.case, aside.group) == place):
            self._below.wish_for(ask.TakeLate(*place))
        else:
            self.say(_("Nothing came late for this sheet."))

    def action_close(self) -> None:
        """Back to the rundown."""
        self.dismiss()


def _state(sheet: Sheet) -> str:
    if sheet.submitted_at is not None:
        return _("submitted {time}").format(time=time_of_day(sheet.submitted_at))
    return _("{rows} rows").format(rows=sum(not row.blank for row in sheet.rows))


def _options(case: Case, sheet: Sheet, aside: Aside) -> Iterator[Option]:
    """A line a row; those that were deleted have the row for their id."""
    duplicates = sheet.duplicates
    for number, row in enumerate(sheet.rows, 1):
        mark = _("duplicate") if row.id in duplicates else ""
        yield Option(_line(f"{number:>3}", case, row, mark))
    for late in aside.late:
        yield Option(_line("  +", case, late.row, _("late {time}").format(time=time_of_day(late.row.updated_at))))
    shown = set[str]()
    for deleted in reversed(aside.deleted):
        if deleted.row.id not in shown:
            mark = _("deleted {time}").format(time=time_of_day(deleted.at))
            yield Option(_line("  -", case, deleted.row, mark), id=deleted.row.id)
        shown.add(deleted.row.id)


def _line(sign: str, case: Case, row: Row, mark: str) -> Content:
    texts = [row.fields.get(column.id, "").strip() for column in case.columns]
    words = "  │  ".join(text for text in texts if text)
    return Content.assemble(f"{sign}  ", (f"{mark}  " if mark else "", "bold $text-warning"), words)
