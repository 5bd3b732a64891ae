"""One organisation of the catalogue, found by a part of its name, by an alias or its reading."""

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Input, OptionList, Static
from textual.widgets.option_list import Option

from shuro_tui.core.model import Catalogue, Resource
from shuro_tui.core.sheet import clean
from shuro_tui.core.suggest import suggest
from shuro_tui.i18n import _
from shuro_tui.tui.quick import Dialog
from shuro_tui.tui.widgets.prose import Passage, Prose

_PAGE = 10


class PickOrganisation(Dialog[str]):
    """Its id, "" when none is chosen. What is typed narrows the list down, as on a sheet."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "dismiss('')"),
        Binding("up", "move(-1)", priority=True),
        Binding("down", "move(1)", priority=True),
        Binding("pageup", f"move(-{_PAGE})", priority=True),
        Binding("pagedown", f"move({_PAGE})", priority=True),
    ]

    def __init__(self, title: str, catalogue: Catalogue) -> None:
        super().__init__()
        self._title = title
        self._catalogue = catalogue

    def compose(self) -> ComposeResult:
        """Field and list."""
        with Vertical(classes="dialog wide tall"):
            yield Prose((Passage(self._title),))
            yield Input(placeholder=_("A part of the name, or its reading"), id="wanted")
            yield OptionList(id="found")
            yield Static(_("Enter: choose   Esc: back"), classes="hint")

    def on_mount(self) -> None:
        """Show all."""
        self._list(self._catalogue.resources)
        self.query_one(Input).focus()

    def on_input_changed(self, event: Input.Changed) -> None:
        """Narrow it down."""
        every = self._catalogue.resources
        self._list(suggest(event.value, self._catalogue, len(every)) if event.value.strip() else every)

    def on_input_submitted(self) -> None:
        """Choose the one under the bar."""
        option = self.query_one(OptionList).highlighted_option
        if option is not None and option.id:
            self.dismiss(option.id)

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Choose the one that was clicked."""
        self.dismiss(event.option_id or "")

    def action_move(self, step: int) -> None:
        """Move the bar; the caret stays in the field."""
        found = self.query_one(OptionList)
        if found.highlighted is not None:
            found.highlighted = min(max(found.highlighted + step, 0), found.option_count - 1)

    def _list(self, resources: tuple[Resource, ...]) -> None:
        found = self.query_one(OptionList)
        found.set_options(
            Option(Content.assemble(clean(each.name), (f"  {clean(each.field)}", "$foreground-muted")), id=each.id)
            for each in resources
        )
        found.highlighted = 0 if resources else None
