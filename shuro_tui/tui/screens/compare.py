"""The facilitator's comparison of one case, side by side and as an ecomap: look, reveal, put up."""

from typing import TYPE_CHECKING, ClassVar, cast

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.widgets import Static

from shuro_tui.core import commands as ask
from shuro_tui.core.commands import Display
from shuro_tui.core.comparison import compare
from shuro_tui.core.model import Case
from shuro_tui.core.typed_names import typed_names
from shuro_tui.core.views import FacilitatorView
from shuro_tui.i18n import _
from shuro_tui.tui.dialogs import Choose, Confirm
from shuro_tui.tui.keys import COMPARISON, bindings
from shuro_tui.tui.role import Keyed
from shuro_tui.tui.screens.settling import SettlingScreen
from shuro_tui.tui.widgets.compared import Compared
from shuro_tui.tui.widgets.key_bar import KeyBar

if TYPE_CHECKING:
    from shuro_tui.tui.screens.facilitator import FacilitatorScreen


class ComparisonScreen(Keyed):
    """Stands over the facilitator's screen and follows the same view."""

    ACTIONS = COMPARISON
    BINDINGS: ClassVar[list[BindingType]] = [*bindings(COMPARISON)]

    def __init__(self, below: "FacilitatorScreen") -> None:
        super().__init__()
        self._below = below
        cases = self._facts().workshop.cases
        at_work = self._facts().workshop.segments[self._facts().timeline.segment].cases
        # By its id: the workshop may be edited while it is compared, and its cases stand elsewhere.
        self._case = self._facts().display.case or (at_work[0] if at_work else cases[0].id)

    def compose(self) -> ComposeResult:
        """Where it stands, the comparison, the keys."""
        yield Static(id="comparison-state")
        yield Compared()
        yield KeyBar(COMPARISON)

    def on_mount(self) -> None:
        """Follow the screen below."""
        self.watch(self._below, "view", self._show)

    def _facts(self) -> FacilitatorView:
        return cast("FacilitatorView", self._below.view)

    def _show(self) -> None:
        if not self._facts().workshop.cases:
            self.dismiss()
            return
        view, case = self._facts(), self._case_now()
        groups = tuple(progress.group for progress in view.progress)
        sheets = tuple(sheet for sheet in view.sheets if sheet.case == case.id)
        compared = compare(case, view.workshop.catalogue, groups, sheets, view.settlements)
        self._compared.show(case, compared)
        state = _("revealed to the groups") if case.id in view.revealed else _("not revealed: only you see it")
        if view.display == self._compared.display_of(case.id):
            state += " · " + _("on the projector")
        if waiting := sum(name.waits for name in typed_names(compared)):
            state += " · " + _("names to settle: {n} (N)").format(n=waiting)
        self.query_one("#comparison-state", Static).update(state)

    @property
    def _compared(self) -> Compared:
        return self.query_one(Compared)

    def _case_now(self) -> Case:
        workshop = self._facts().workshop
        return workshop.case(self._case) or workshop.cases[0]

    def action_up(self) -> None:
        """The organisation above."""
        self._compared.move(-1)

    def action_down(self) -> None:
        """The organisation below."""
        self._compared.move(1)

    def action_page_up(self) -> None:
        """A page up."""
        self._compared.page(-1)

    def action_page_down(self) -> None:
        """A page down."""
        self._compared.page(1)

    def action_ecomap(self) -> None:
        """The ecomap, or the groups side by side again."""
        self._compared.switch()
        self._show()

    def action_group_before(self) -> None:
        """The ecomap of the group before, or of all."""
        self._turn(-1)

    def action_group_after(self) -> None:
        """The ecomap of the next group, or of all."""
        self._turn(1)

    def _turn(self, step: int) -> None:
        if self._compared.mapped:
            self._compared.ecomap.turn(step)
            self._show()

    def action_overlay(self) -> None:
        """Another group's ecomap over this one's."""
        shown = self._compared.ecomap

        def chosen(group: str | None) -> None:
            shown.overlay(group)
            self._show()

        if self._compared.mapped and shown.chosen:
            self.app.push_screen(Choose(_("Whose ecomap over this one?"), shown.others()), chosen)
        else:
            self.say(_("First the ecomap (E) of one group (Right)."))

    def action_next_case(self) -> None:
        """The next case."""
        cases = self._facts().workshop.cases
        self._case = cases[(cases.index(self._case_now()) + 1) % len(cases)].id
        self._show()

    def action_reveal(self) -> None:
        """Reveal, after asking."""
        case = self._case_now()
        if case.id in self._facts().revealed:
            self.say(_("It is revealed already."))
            return

        def answered(yes: bool | None) -> None:
            if yes:
                self._below.wish(lambda _view: ask.Reveal(case.id))

        question = _("Reveal all sheets of {case} to every group? What was seen cannot be unseen.")
        self.app.push_screen(Confirm(question.format(case=case.title), _("Reveal")), answered)

    def action_put_up(self) -> None:
        """Put what is shown here up, or the slide again."""
        display = self._compared.display_of(self._case_now().id)
        if self._case_now().id not in self._facts().revealed:
            self.say(_("Reveal the sheets first (R)."))
            return
        self._below.wish(lambda view: ask.PutUp(Display() if view.display == display else display))

    def action_names(self) -> None:
        """Say what names stand for."""
        self.app.push_screen(SettlingScreen(self._below, self._case_now().id))

    def action_close(self) -> None:
        """Back to the rundown."""
        self.dismiss()
