"""Questions and lists that stand over a screen until they are answered."""

from typing import ClassVar

from rich.cells import cell_len
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.content import Content
from textual.screen import Screen
from textual.widgets import Button, OptionList, Static
from textual.widgets.option_list import Option

from shuro_tui.core.group import Group
from shuro_tui.core.sheet import clean
from shuro_tui.i18n import _
from shuro_tui.tui.keys import Action, either_case, key_name
from shuro_tui.tui.quick import Dialog
from shuro_tui.tui.widgets.page import page
from shuro_tui.tui.widgets.prose import Passage, Prose


class Confirm(Dialog[bool]):
    """A question before something that cannot be undone. Enter alone answers no."""

    AUTO_FOCUS = "#no"
    BINDINGS: ClassVar[list[BindingType]] = [
        (either_case("y"), "answer(True)"),
        (either_case("n"), "answer(False)"),
        ("escape", "answer(False)"),
        ("left,right", "app.focus_next"),
    ]

    def __init__(self, question: str, yes: str) -> None:
        super().__init__()
        self._question = question
        self._yes = yes

    def compose(self) -> ComposeResult:
        """The question and two buttons."""
        with Vertical(classes="dialog"):
            yield Prose((Passage(self._question),))
            with Horizontal(classes="buttons"):
                yield Button(_("No") + " (N)", id="no")
                yield Button(f"{self._yes} (Y)", id="yes", variant="warning")

    def on_button_pressed(self, event: Button.Pressed) -> None:
        """Answer."""
        self.dismiss(event.button.id == "yes")

    def action_answer(self, yes: bool) -> None:
        """Answer."""
        self.dismiss(yes)


class Choose(Dialog[str]):
    """One of a few things; "" when none is chosen."""

    BINDINGS: ClassVar[list[BindingType]] = [("escape", "dismiss('')")]

    def __init__(self, title: str, options: dict[str, str]) -> None:
        super().__init__()
        self._title = title
        self._options = options

    def compose(self) -> ComposeResult:
        """The list."""
        with Vertical(classes="dialog"):
            yield Prose((Passage(self._title),))
            yield OptionList(*(Option(Content(text), id=key) for key, text in self._options.items()))
            yield Static(_("Enter: choose   Esc: back"), classes="hint")

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Chosen."""
        self.dismiss(event.option_id or "")


class Reading(Dialog[None]):
    """A text in lines of its own, to be read and put away."""

    BINDINGS: ClassVar[list[BindingType]] = [
        ("escape,q,enter,t", "dismiss"),
        ("down,pagedown,space", "page(1)"),
        ("up,pageup", "page(-1)"),
    ]

    def __init__(self, title: str, text: str) -> None:
        super().__init__()
        self._title = title
        self._text = text

    def compose(self) -> ComposeResult:
        """The text as it was laid out."""
        with Vertical(classes="dialog wide tall"):
            yield Static(Content.styled(self._title, "bold $accent"))
            with VerticalScroll(id="read", can_focus=False):
                yield Static(Content(self._text), id="read-text")
            yield Static(_("Up, Down: scroll   Esc: back"), classes="hint")

    def action_page(self, step: int) -> None:
        """A page on, or back."""
        page(self.query_one("#read"), step)


class AllKeys(Dialog[None]):
    """Every key of a screen, and what it does; then what else is worth knowing."""

    BINDINGS: ClassVar[list[BindingType]] = [("escape,q,question_mark,f1,enter", "dismiss")]

    def __init__(self, actions: tuple[Action, ...], notes: tuple[str, ...] = ()) -> None:
        super().__init__()
        self._actions = actions
        self._notes = notes

    def compose(self) -> ComposeResult:
        """A line a key."""
        keys = [" / ".join(map(key_name, action.keys)) for action in self._actions]
        indent = max(map(cell_len, keys)) + 2
        with VerticalScroll(classes="dialog wide"):
            yield Prose(
                (
                    *(
                        Passage(_(action.help), indent=indent, label=key, label_style="bold $accent")
                        for key, action in zip(keys, self._actions, strict=True)
                    ),
                    *(passage for note in self._notes for passage in (Passage(""), Passage(note))),
                )
            )
            yield Static(_("Esc: back"), classes="hint")


class PickGroup(Screen[str]):
    """Which group is this terminal's? The result is the group's id, "" to leave; `leaving`: what that does."""

    BINDINGS: ClassVar[list[BindingType]] = [("escape,q,ctrl+q,f10", "dismiss('')")]

    def __init__(self, title: str, groups: tuple[Group, ...], leaving: str) -> None:
        super().__init__()
        self._title = title
        self._groups = groups
        self._leaving = leaving

    def compose(self) -> ComposeResult:
        """The groups."""
        with Vertical(id="pick"):
            yield Static(Content.styled(clean(self._title), "bold $accent"))
            yield Static(_("Which group are you?"))
            yield OptionList(*(Option(Content(clean(group.name)), id=group.id) for group in self._groups))
            hint = _("Up and down: move   Enter: choose   Esc: {what}").format(what=self._leaving)
            yield Static(hint, classes="hint")

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Chosen."""
        self.dismiss(event.option_id or "")
