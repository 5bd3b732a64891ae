"""A group's keys about everybody's sheets, once they are revealed."""

from textual.widgets import ContentSwitcher

from shuro_tui.core.annotated import annotated
from shuro_tui.core.commands import OF_SHEETS, Shown
from shuro_tui.core.comparers import Comparers
from shuro_tui.core.link import Link
from shuro_tui.core.model import Case
from shuro_tui.i18n import _
from shuro_tui.tui.dialogs import Choose
from shuro_tui.tui.screens.sheet_keys import SheetKeys
from shuro_tui.tui.widgets.compared import Compared
from shuro_tui.tui.widgets.compared_words import Compare


class ComparingKeys(SheetKeys):
    """The own sheet, or all of them in one of six views. `_case`: the case that is shown."""

    def __init__(self, link: Link) -> None:
        super().__init__(link)
        self._case = ""
        self._comparers = Comparers()

    @property
    def _compared(self) -> Compared:
        return self.query_one(Compared)

    @property
    def _comparing(self) -> bool:
        return self.query_one("#group", ContentSwitcher).current != "own"

    def _show_others(self) -> None:
        view = self.facts
        case = self._case_compared()
        if case is not None:
            sheets = tuple(sheet for sheet in (*view.sheets, *view.others) if sheet.case == case.id and sheet.rows)
            compared = self._comparers.compare(case, view.catalogue, view.groups, sheets, view.settlements)
            # The model answer is in the case only once it is revealed.
            compared = annotated(compared, case, view.catalogue, view.settlements, view.remarks, model=True)
            revealed = tuple(each for each in view.cases if each.id in view.revealed)
            readings = {resource.id: resource.reading for resource in view.catalogue.resources}
            self._compared.show(Compare(case, compared, revealed, (*view.sheets, *view.others), readings))

    def _case_compared(self) -> Case | None:
        revealed = [case for case in self.facts.cases if case.id in self.facts.revealed]
        return next((case for case in revealed if case.id == self._case), revealed[0] if revealed else None)

    def action_others(self) -> None:
        """Everybody's sheets, as they are put up if they are; then the own again."""
        if self._comparing:
            self.query_one("#group", ContentSwitcher).current = "own"
            if self.editor is not None:
                self.editor.enter()
        elif self._case_compared() is None:
            self.say(_("The sheets have not been revealed yet."))
        else:
            if self.editor is not None:
                self.editor.flush()
            self.query_one("#group", ContentSwitcher).current = "others"
            self._compared.begin_with(self.facts.group.id)
            self._show_others()
            self._follow_wall()
            self.set_focus(None)

    def _follow_wall(self) -> None:
        display = self.facts.display
        if self._comparing and display.shown in OF_SHEETS and display.case in self.facts.revealed:
            self._case = display.case or self._case
            self._show_others()
            self._compared.follow(display)

    def action_view(self, view: Shown) -> None:
        """One of the views of what is compared."""
        if self._comparing:
            self._compared.turn(view)

    def action_overlay(self) -> None:
        """Another group's ecomap over the one that is shown."""
        shown = self._compared.ecomap
        if self._comparing and self._compared.mapped and shown.chosen:
            self.app.push_screen(Choose(_("Whose ecomap over this one?"), shown.others()), shown.overlay)
