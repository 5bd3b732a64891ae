"""A question that is answered with a line of text."""

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical
from textual.widgets import Input, Static

from shuro_tui.tui.quick import Dialog
from shuro_tui.tui.widgets.prose import Passage, Prose


class Ask(Dialog[str | None]):
    """A line of text; None when it is not to be given."""

    BINDINGS: ClassVar[list[BindingType]] = [("escape", "dismiss(None)")]

    def __init__(self, title: str, value: str, at_most: int, hint: str) -> None:
        super().__init__()
        self._title = title
        self._value = value
        self._at_most = at_most
        self._hint = hint

    def compose(self) -> ComposeResult:
        """The question and a field."""
        with Vertical(classes="dialog wide"):
            yield Prose((Passage(self._title),))
            yield Input(self._value, max_length=self._at_most, id="answer")
            yield Static(self._hint, classes="hint")

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Given."""
        self.dismiss(event.value)
