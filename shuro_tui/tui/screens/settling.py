"""The names that groups typed: the facilitator says what those stand for that nobody could tell."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, ClassVar, cast

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal, VerticalScroll
from textual.content import Content
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from shuro_tui.core import commands as ask
from shuro_tui.core.comparison import compare
from shuro_tui.core.model import Case
from shuro_tui.core.reasons import why
from shuro_tui.core.settling import Meaning, Only
from shuro_tui.core.sheet import clean
from shuro_tui.core.typed_names import TypedName, alike, typed_names
from shuro_tui.core.views import FacilitatorView
from shuro_tui.i18n import _
from shuro_tui.tui.dialogs import Choose
from shuro_tui.tui.keys import SETTLING, bindings
from shuro_tui.tui.role import Keyed
from shuro_tui.tui.screens.pick_organisation import PickOrganisation
from shuro_tui.tui.widgets.key_bar import KeyBar
from shuro_tui.tui.widgets.prose import Passage, Prose

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
        self._typed: tuple[TypedName, ...] = ()
        self._names: tuple[TypedName, ...] = ()

    def compose(self) -> ComposeResult:
        """Where it stands, the names, what there is to say of one, the keys."""
        yield Static(id="settling-state")
        with Horizontal(id="settling"):
            yield OptionList(id="typed-names", classes="pane", markup=False)
            with VerticalScroll(id="typed-name", classes="pane", can_focus=False):
                yield Prose(id="typed-name-text")
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
        groups = tuple(progress.group for progress in view.progress)
        self._typed = typed_names(compare(case, view.workshop.catalogue, groups, view.sheets, view.settlements))
        waiting = tuple(name for name in self._typed if name.waits)
        self._names = self._typed if self._every else waiting
        which = _("all {n} names") if self._every else _("names that wait: {n}")
        which = which.format(n=len(self._names))
        self.query_one("#settling-state", Static).update(Content(f"{clean(case.title)} · {which}"))
        self._list()

    def _list(self) -> None:
        """The cursor stays at its name; where that is gone, at its place."""
        listed = self.query_one(OptionList)
        at, before = listed.highlighted or 0, listed.highlighted_option
        listed.set_options(_option(name) for name in self._names)
        if not self._names:
            listed.add_option(Option(Content.styled(self._nothing(), "$foreground-muted"), disabled=True))
        ids = [name.id for name in self._names]
        same = before is not None and before.id in ids
        listed.highlighted = ids.index(before.id or "") if same and before else min(at, len(ids) - 1) if ids else None
        listed.focus()
        self._tell()

    def _nothing(self) -> str:
        if self._every:
            return _("No group has typed a name yet.")
        return _("No name waits: what was typed is recognised or settled. A shows all names.")

    def on_option_list_option_highlighted(self) -> None:
        """Another name."""
        self._tell()

    def _tell(self) -> None:
        name, text = self._current(), self.query_one("#typed-name-text", Prose)
        text.passages = () if name is None else tuple(self._about(name))

    def _current(self) -> TypedName | None:
        at = self.query_one(OptionList).highlighted
        return self._names[at] if at is not None and at < len(self._names) else None

    def _about(self, name: TypedName) -> Iterator[Passage]:
        """What it stands for and why, what may be said of it, who typed it."""
        view = self._facts()
        known = {resource.id: resource for resource in view.workshop.catalogue.resources}
        groups = {progress.group.id: progress.group.name for progress in view.progress}
        yield Passage(clean(name.name), "bold $accent")
        stands = _("Nobody has said what it stands for.") if name.waits else clean(name.line.name)
        yield Passage(stands, "$text-warning" if name.waits else "bold")
        yield Passage(why(name.entries[0]), "$foreground-muted")
        for number, candidate in enumerate(self._candidates(name), 1):
            yield Passage(clean(known[candidate].name), label=str(number), label_style="bold $accent")
            yield Passage(clean(known[candidate].does), "$foreground-muted", indent=4)
        for other, likeness in alike(name.name, self._own_others(name)).items() if name.waits else ():
            yield Passage(_("like '{name}' ({percent}%): M merges").format(name=clean(other), percent=likeness))
        yield Passage("")
        for entry in name.entries:
            others = (
                " ".join(text.split()) for column, text in entry.fields.items() if text.strip() != entry.typed.strip()
            )
            yield Passage(clean(" / ".join(filter(None, others))), label=clean(groups.get(entry.group, entry.group)))

    def _candidates(self, name: TypedName) -> tuple[str, ...]:
        known = {resource.id for resource in self._facts().workshop.catalogue.resources}
        return tuple(candidate for candidate in name.entries[0].candidates if candidate in known)[:_BY_NUMBER]

    def _say(self, meaning: Meaning | None, only: Only | None = None) -> None:
        name, case = self._current(), self._case_now()
        if name is not None and case is not None:
            self._below.wish_for(ask.SettleNames(case.id, (name.name,), meaning, only))

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
        groups = {progress.group.id: progress.group.name for progress in self._facts().progress}
        rows = {f"{entry.group}\n{entry.row}": entry for entry in name.rows}
        words = {
            key: clean(f"{groups.get(entry.group, entry.group)}: {' / '.join(filter(None, entry.fields.values()))}")
            for key, entry in rows.items()
        }

        def chosen(key: str | None) -> None:
            if key:
                self._say_of(name, Meaning(), Only(rows[key].group, rows[key].row))

        self.app.push_screen(Choose(_("In which row is it something else?"), words), chosen)

    def _say_of(self, name: TypedName, meaning: Meaning, only: Only | None = None) -> None:
        """Of the name that was asked about, wherever the cursor is by now."""
        case = self._case_now()
        if case is not None:
            self._below.wish_for(ask.SettleNames(case.id, (name.name,), meaning, only))

    def action_take_back(self) -> None:
        """Take back what was said of the name, everywhere and in single rows."""
        name, case = self._current(), self._case_now()
        if name is None or case is None:
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
        """Take back the facilitator's last step, whichever it was."""
        self._below.wish_for(ask.Undo())

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


def _option(name: TypedName) -> Option:
    count = len(name.rows)
    mark = "?" if name.waits else "=" if name.entries[0].settled is not None else " "
    itself = name.line.organisation is None or name.name.strip() == name.line.name
    stands = "" if itself else f"  → {clean(name.line.name)}"
    return Option(
        Content.assemble(f"{mark} ", clean(" ".join(name.name.split())), (f"  ×{count}{stands}", "$foreground-muted")),
        id=name.id,
    )
