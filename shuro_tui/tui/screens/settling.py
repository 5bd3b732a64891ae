"""The names that groups typed: the facilitator says what those stand for that nobody could tell."""

from typing import TYPE_CHECKING, ClassVar, cast

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal, VerticalScroll
from textual.content import Content
from textual.widgets import Static

from shuro_tui.core import commands as ask
from shuro_tui.core.comparers import Comparers
from shuro_tui.core.meaning import Meaning, Only, Settlement
from shuro_tui.core.model import Case
from shuro_tui.core.sheet import clean
from shuro_tui.core.typed_names import TypedName, alike, moved, typed_names
from shuro_tui.core.views import FacilitatorView
from shuro_tui.i18n import _
from shuro_tui.tui.dialogs import Choose
from shuro_tui.tui.keys import SETTLING, bindings
from shuro_tui.tui.role import Keyed
from shuro_tui.tui.screens.pick_organisation import PickOrganisation
from shuro_tui.tui.widgets.key_bar import KeyBar
from shuro_tui.tui.widgets.prose import Passage, Prose
from shuro_tui.tui.widgets.typed_names import TypedNames, about, became

if TYPE_CHECKING:
    from shuro_tui.tui.screens.facilitator import FacilitatorScreen

_BY_NUMBER = 9


class SettlingScreen(Keyed):
    """Stands over the comparison and follows the same view. Begins with the names that wait; all of them on demand."""

    ACTIONS = SETTLING
    BINDINGS: ClassVar[list[BindingType]] = [
        *bindings(SETTLING),
        *((str(number), f"settle({number})") for number in range(1, _BY_NUMBER + 1)),
    ]

    def __init__(self, below: "FacilitatorScreen", case: str) -> None:
        super().__init__()
        self._below = below
        self._case = case
        self._every = False
        self._comparers = Comparers()
        self._typed: tuple[TypedName, ...] = ()
        self._said: tuple[Settlement, ...] | None = None
        self._told = ""

    def compose(self) -> ComposeResult:
        """Where it stands, the names, what there is to say of one, what became of the last, the keys."""
        yield Static(id="settling-state")
        with Horizontal(id="settling"):
            yield TypedNames()
            with VerticalScroll(id="typed-name", classes="pane", can_focus=False):
                yield Prose(id="typed-name-text")
        yield Static(_("1-9: that candidate   Space: read on   ?: waits   =: you said it"), id="became", markup=False)
        yield KeyBar(SETTLING)

    def on_mount(self) -> None:
        """Follow the screen below."""
        self.watch(self._below, "view", self._show)

    def _facts(self) -> FacilitatorView:
        return cast("FacilitatorView", self._below.view)

    def _case_now(self) -> Case | None:
        workshop = self._facts().workshop
        return workshop.case(self._case) or next(iter(workshop.cases), None)

    def _show(self) -> None:
        view, case = self._facts(), self._case_now()
        if case is None:
            self.dismiss()
            return
        groups, catalogue = view.groups, view.workshop.catalogue
        before, said = self._typed, self._said
        self._typed = typed_names(self._comparers.compare(case, catalogue, groups, view.sheets, view.settlements))
        self._said = view.settlements
        self._list(clean(case.title))
        if said not in (None, self._said) and (changed := moved(before, self._typed)):
            self.query_one("#became", Static).update(Content("   ".join(map(became, changed))))

    def _list(self, case: str) -> None:
        waiting = tuple(name for name in self._typed if name.waits)
        names = self._typed if self._every else waiting
        which = _("all {n} names") if self._every else _("names that wait: {n}")
        self.query_one("#settling-state", Static).update(Content(f"{case} · {which.format(n=len(names))}"))
        self._listed.show(names)
        self._listed.focus()
        self._tell()

    @property
    def _listed(self) -> TypedNames:
        return self.query_one(TypedNames)

    def _nothing(self) -> str:
        if self._every:
            return _("No group has typed a name yet.")
        return _("No name waits: what was typed is recognised or settled. A shows all names.")

    def on_option_list_option_highlighted(self) -> None:
        """Another name."""
        self._tell()

    def _tell(self) -> None:
        """What there is to say of the name; another name is read from its beginning."""
        name, view = self._current(), self._facts()
        told = (
            (Passage(self._nothing(), "$foreground-muted"),)
            if name is None
            else tuple(about(name, view, self._candidates(name), self._own_others(name)))
        )
        self.query_one("#typed-name-text", Prose).passages = told
        if name is None or name.id != self._told:
            self.query_one("#typed-name").scroll_home(animate=False)
        self._told = name.id if name else ""

    def _current(self) -> TypedName | None:
        return self._listed.current

    def _candidates(self, name: TypedName) -> tuple[str, ...]:
        known = {resource.id for resource in self._facts().workshop.catalogue.resources}
        return tuple(candidate for candidate in name.entries[0].candidates if candidate in known)[:_BY_NUMBER]

    def _say(self, meaning: Meaning | None, only: Only | None = None) -> None:
        name = self._current()
        if name is not None:
            self._say_of(name, meaning, only)

    def action_settle(self, number: int) -> None:
        """As the candidate of that number."""
        name = self._current()
        candidates = () if name is None else self._candidates(name)
        if number <= len(candidates):
            self._say(Meaning(candidates[number - 1]))
        else:
            self.say(_("There is no candidate of that number; O chooses any organisation."))

    def on_option_list_option_selected(self) -> None:
        """As the first candidate, or as one of all."""
        name = self._current()
        if name is not None and self._candidates(name):
            self.action_settle(1)
        else:
            self.action_organisation()

    def action_organisation(self) -> None:
        """As any organisation of the catalogue."""
        name = self._current()
        if name is None:
            return
        title = _("Which organisation is '{name}'?").format(name=clean(name.name))

        def chosen(organisation: str | None) -> None:
            if organisation:
                self._say_of(name, Meaning(organisation))

        self.app.push_screen(PickOrganisation(title, self._facts().workshop.catalogue), chosen)

    def action_merge(self) -> None:
        """With another name of no catalogue."""
        name = self._current()
        own = [] if name is None else self._own_others(name)
        if name is None or not own:
            self.say(_("There is no other name to merge it with; O chooses an organisation."))
            return

        def chosen(other: str | None) -> None:
            if other:
                self._say_of(name, Meaning(into=other))

        title = _("'{name}' is the same as:").format(name=clean(name.name))
        likely = dict.fromkeys((*alike(name.name, own), *own))
        self.app.push_screen(Choose(title, {each: clean(each) for each in likely}), chosen)

    def _own_others(self, name: TypedName) -> list[str]:
        """The other names of no catalogue."""
        return [each.name for each in self._typed if each.line.organisation is None and each.line.id != name.line.id]

    def action_split(self) -> None:
        """As a name of its own, wherever it stands."""
        self._say(Meaning())

    def action_split_row(self) -> None:
        """Only in one row as a name of its own."""
        name = self._current()
        if name is None:
            return
        groups = {group.id: group.name for group in self._facts().groups}
        rows = {f"{entry.group}\n{entry.row}": entry for entry in name.rows}
        words = {
            key: clean(f"{groups.get(entry.group, entry.group)}: {' / '.join(filter(None, entry.fields.values()))}")
            for key, entry in rows.items()
        }

        def chosen(key: str | None) -> None:
            if key:
                self._say_of(name, Meaning(), Only(rows[key].group, rows[key].row))

        self.app.push_screen(Choose(_("In which row is it something else?"), words), chosen)

    def _say_of(self, name: TypedName, meaning: Meaning | None, only: Only | None = None) -> None:
        """Of the name that was asked about, wherever the cursor is by now."""
        case = self._case_now()
        if case is not None:
            self._below.wish_for(ask.SettleNames(case.id, (name.name,), meaning, only))

    def action_take_back(self) -> None:
        """Take back what was said of the name, everywhere and in single rows."""
        name = self._current()
        if name is None:
            return
        settled = [entry for entry in name.rows if entry.settled is not None]
        if not settled:
            self.say(_("Nothing was said of this name."))
            return
        self._say(None)
        own = {each.only for each in self._facts().settlements if each.only is not None}
        for only in own & {Only(entry.group, entry.row) for entry in settled}:
            self._say(None, only)

    def action_undo(self) -> None:
        """Take back what was said last; the time, which nobody sees here, is left alone."""
        self._below.wish_for(ask.Undo(of_names=True))

    def action_read(self, pages: int) -> None:
        """On in what there is to say of the name, or back."""
        pane = self.query_one("#typed-name")
        pane.scroll_relative(y=pages * pane.size.height, animate=False)

    def action_every(self) -> None:
        """All names, or those that wait."""
        self._every = not self._every
        self._show()

    def action_next_case(self) -> None:
        """The next case."""
        cases, case = self._facts().workshop.cases, self._case_now()
        if case is not None:
            self._case = cases[(cases.index(case) + 1) % len(cases)].id
            self._show()

    def action_close(self) -> None:
        """Back to the comparison."""
        self.dismiss()
