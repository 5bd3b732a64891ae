"""The facilitator's comparison of one case, in six views: look, narrow down, reveal, put up."""

from collections.abc import Callable
from typing import TYPE_CHECKING, ClassVar, cast

from msgspec.structs import replace
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.widgets import Input

from shuro_tui.core import commands as ask
from shuro_tui.core.annotated import annotated
from shuro_tui.core.commands import Display, Shown
from shuro_tui.core.comparers import Comparers
from shuro_tui.core.model import Case
from shuro_tui.core.narrowing import Narrowing
from shuro_tui.core.typed_names import typed_names
from shuro_tui.core.views import FacilitatorView
from shuro_tui.i18n import _
from shuro_tui.tui.dialogs import Choose, Confirm
from shuro_tui.tui.keys import COMPARISON, bindings
from shuro_tui.tui.screens.marking import MarkingKeys
from shuro_tui.tui.screens.settling import SettlingScreen
from shuro_tui.tui.widgets.compared import Compared
from shuro_tui.tui.widgets.compared_words import VIEWS, Compare
from shuro_tui.tui.widgets.key_bar import KeyBar

if TYPE_CHECKING:
    from shuro_tui.tui.screens.facilitator import FacilitatorScreen


class ComparisonScreen(MarkingKeys):
    """Stands over the facilitator's screen and follows the same view."""

    ACTIONS = COMPARISON
    AUTO_FOCUS = ""
    BINDINGS: ClassVar[list[BindingType]] = [*bindings(COMPARISON)]

    def __init__(self, below: "FacilitatorScreen") -> None:
        super().__init__()
        self._below = below
        self._comparers = Comparers()
        self._waiting = 0
        cases = self._facts().workshop.cases
        at_work = self._facts().workshop.segments[self._facts().timeline.segment].cases
        # By its id: the workshop may be edited while it is compared, and its cases stand elsewhere.
        self._case = self._facts().display.case or (at_work[0] if at_work else cases[0].id)

    def compose(self) -> ComposeResult:
        """The comparison, what is looked for, the keys."""
        yield Compared()
        looked_for = Input(placeholder=_("Part of a name; Enter: keep, Esc: all"), compact=True, id="find")
        looked_for.display = False
        yield looked_for
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
        groups, catalogue = view.groups, view.workshop.catalogue
        sheets = tuple(sheet for sheet in view.sheets if sheet.case == case.id)
        compared = self._comparers.compare(case, catalogue, groups, sheets, view.settlements)
        readings = {resource.id: resource.reading for resource in catalogue.resources}
        model = case.id in view.models
        shown = annotated(compared, case, catalogue, view.settlements, view.remarks, model)
        self._compared.show(Compare(case, shown, view.workshop.cases, view.sheets, readings))
        self._waiting = sum(name.waits for name in typed_names(compared))
        self._tell()

    def _tell(self) -> None:
        """Who sees it."""
        view, case = self._facts(), self._case_now()
        note = _("revealed to the groups") if case.id in view.revealed else _("not revealed: only you see it")
        shown = self._compared.display_of(case.id)
        if view.display.turned_since(shown) is not None:
            note += " · " + _("on the projector")
        elif (view.display.shown, view.display.case) == (shown.shown, shown.case):
            note += " · " + _("elsewhere on the projector")
        if view.neutral:
            note += " · " + _("groups' names hidden (H)")
        if self._waiting:
            note += " · " + _("names to settle: {n} (N)").format(n=self._waiting)
        self._compared.note = note

    @property
    def _compared(self) -> Compared:
        return self.query_one(Compared)

    def _case_now(self) -> Case:
        workshop = self._facts().workshop
        return workshop.case(self._case) or workshop.cases[0]

    # Looking.

    def action_view(self, view: Shown) -> None:
        """One of the views."""
        self._compared.turn(view)
        self._tell()

    def action_next_view(self) -> None:
        """The view after this one."""
        views = list(VIEWS)
        self.action_view(views[(views.index(self._compared.shown) + 1) % len(views)])

    def action_open(self) -> None:
        """What everybody wrote about the organisation under the cursor."""
        self.action_view("organisation")

    def action_up(self) -> None:
        """A line up."""
        self._compared.move(-1)
        self._tell()

    def action_down(self) -> None:
        """A line down."""
        self._compared.move(1)
        self._tell()

    def action_page_up(self) -> None:
        """A page up."""
        self._compared.page(-1)
        self._tell()

    def action_page_down(self) -> None:
        """A page down."""
        self._compared.page(1)
        self._tell()

    def action_before(self) -> None:
        """The group, finding or organisation before."""
        self._compared.sideways(-1)
        self._tell()

    def action_after(self) -> None:
        """The next group, finding or organisation."""
        self._compared.sideways(1)
        self._tell()

    def action_overlay(self) -> None:
        """Another group's ecomap over this one's."""
        shown = self._compared.ecomap

        def chosen(group: str | None) -> None:
            shown.overlay(group)
            self._tell()

        if self._compared.mapped and shown.chosen:
            self.app.push_screen(Choose(_("Whose ecomap over this one?"), shown.others()), chosen)
        else:
            self.say(_("First the ecomap (6) of one group (Right)."))

    def action_next_case(self) -> None:
        """The next case."""
        cases = self._facts().workshop.cases
        self._case = cases[(cases.index(self._case_now()) + 1) % len(cases)].id
        self._show()

    # Narrowing down.

    def action_sort(self) -> None:
        """In the next of the orders."""
        self._compared.next_order()

    def action_only_field(self) -> None:
        """Only the organisations of one field."""
        fields, _groups = self._compared.choices()
        self._choose(_("Which field?"), fields, lambda chosen, field: replace(chosen, field=field))

    def action_only_group(self) -> None:
        """Only what one group named."""
        _fields, groups = self._compared.choices()
        self._choose(_("What which group named?"), groups, lambda chosen, group: replace(chosen, group=group))

    def _choose(
        self, question: str, options: dict[str, str], narrowed: Callable[[Narrowing, str | None], Narrowing]
    ) -> None:
        def chosen(option: str | None) -> None:
            if option:
                self._compared.narrow(narrowed(self._compared.narrowing, None if option == "*" else option[1:]))

        # A field may be "", and so may be the answer of who goes back.
        every = {"*": _("All"), **{f"={option}": name for option, name in options.items()}}
        self.app.push_screen(Choose(question, every), chosen)

    def action_find(self) -> None:
        """Look for a part of a name."""
        looked_for = self.query_one("#find", Input)
        looked_for.display = True
        looked_for.focus()

    def on_input_changed(self, event: Input.Changed) -> None:
        """Only what has this in its name."""
        self._compared.narrow(replace(self._compared.narrowing, find=event.value))

    def on_input_submitted(self) -> None:
        """Keep it."""
        self.query_one("#find").display = False

    # For all to see.

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
        self._below.wish(lambda view: ask.PutUp(display if view.display.turned_since(display) is None else Display()))

    def action_names(self) -> None:
        """Say what names stand for."""
        self.app.push_screen(SettlingScreen(self._below, self._case_now().id))

    def action_close(self) -> None:
        """Everything again; back to the rundown."""
        looked_for = self.query_one("#find", Input)
        if looked_for.display or not self._compared.narrowing.all:
            looked_for.display = False
            with looked_for.prevent(Input.Changed):
                looked_for.value = ""
            self._compared.narrow(Narrowing(order=self._compared.narrowing.order))
        else:
            self.dismiss()
