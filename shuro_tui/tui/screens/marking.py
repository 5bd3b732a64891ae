"""The facilitator's keys for the talk about a comparison: ★, a comment, hidden names, the model answer."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from shuro_tui.core import commands as ask
from shuro_tui.core.lines import Entry
from shuro_tui.core.model import Case
from shuro_tui.core.plaintext import cut
from shuro_tui.core.remarks import beside
from shuro_tui.core.sheet import clean
from shuro_tui.core.views import FacilitatorView
from shuro_tui.i18n import _
from shuro_tui.tui.dialogs import Choose, Confirm
from shuro_tui.tui.role import Keyed
from shuro_tui.tui.screens.ask import Ask
from shuro_tui.tui.widgets.compared import Compared

if TYPE_CHECKING:
    from shuro_tui.tui.screens.facilitator import FacilitatorScreen

_LABEL = 56


class MarkingKeys(Keyed):
    """What is said and shown of the entries that one looks at."""

    _below: "FacilitatorScreen"

    def _facts(self) -> FacilitatorView:
        raise NotImplementedError

    def _case_now(self) -> Case:
        raise NotImplementedError

    @property
    def _compared(self) -> Compared:
        raise NotImplementedError

    def action_star(self) -> None:
        """Take an entry up with the room, or not."""

        def chosen(entry: Entry) -> None:
            place = (self._case_now().id, entry.group, entry.row)

            def wish(view: FacilitatorView) -> ask.MarkRow:
                now = beside(view.remarks, *place)
                return ask.MarkRow(*place, not now.starred, now.comment)

            self._below.wish(wish)

        self._one_entry(_("Which one is to be taken up?"), chosen)

    def action_comment(self) -> None:
        """Write a comment to an entry, or take it away."""

        def chosen(entry: Entry) -> None:
            place = (self._case_now().id, entry.group, entry.row)

            def written(text: str | None) -> None:
                if text is not None:
                    self._below.wish(lambda view: ask.MarkRow(*place, beside(view.remarks, *place).starred, text))

            hint = _("Enter: keep it   An empty line: take it away   Esc: back")
            standing = beside(self._facts().remarks, *place).comment
            title = _("A comment; all see it where the sheets are revealed")
            self.app.push_screen(Ask(title, standing, ask.COMMENT_AT_MOST, hint), written)

        self._one_entry(_("A comment to which one?"), chosen)

    def _one_entry(self, question: str, then: Callable[[Entry], None]) -> None:
        """The one that is looked at, or one of several; rows that name several organisations stand there once."""
        rows = {f"{entry.group}/{entry.row}": entry for entry in reversed(self._compared.entries())}
        entries = dict(reversed(rows.items()))
        if not entries:
            self.say(_("There is no entry here. 1 and 4 show those of an organisation."))
        elif len(entries) == 1:
            then(*entries.values())
        else:
            options = {place: self._label(entry) for place, entry in entries.items()}
            self.app.push_screen(Choose(question, options), lambda place: then(entries[place]) if place else None)

    def _label(self, entry: Entry) -> str:
        view, case = self._facts(), self._case_now()
        names = {group.id: group.name for group in view.groups}
        star = "★ " if beside(view.remarks, case.id, entry.group, entry.row).starred else ""
        texts = (entry.fields.get(column.id, "") for column in case.columns)
        words = " ".join(clean(" ".join((names.get(entry.group, entry.group), *texts))).split())
        return star + cut(words, _LABEL)

    def action_hide_names(self) -> None:
        """Hide the groups' names from the others, or show them again."""
        self._below.wish(lambda view: ask.HideNames(hidden=not view.neutral))

    def action_model_answer(self) -> None:
        """Reveal the model answer, after asking."""
        case, view = self._case_now(), self._facts()
        if not case.model:
            self.say(_("This case has no model answer."))
        elif case.id in view.models:
            self.say(_("It is revealed already."))
        elif case.id not in view.revealed:
            self.say(_("Reveal the sheets first (R)."))
        else:
            question = _("Show the model answer of {case} to every group? What was seen cannot be unseen.")
            dialog = Confirm(question.format(case=clean(case.title)), _("Reveal"))
            self.app.push_screen(dialog, lambda yes: self._below.wish_for(ask.RevealModel(case.id)) if yes else None)
