"""The cells of a sheet: a text, an organisation's name, a choice."""

from typing import ClassVar

from textual.binding import BindingType
from textual.content import Content
from textual.message import Message
from textual.reactive import reactive
from textual.widget import Widget
from textual.widgets import Input

from shuro_tui.core.model import Column
from shuro_tui.core.sheet import CHARACTERS_AT_MOST
from shuro_tui.i18n import _


class TextCell(Input):
    """A line of text; an organisation's name too."""

    def __init__(self, column: Column, value: str) -> None:
        super().__init__(
            value, placeholder=column.title, max_length=CHARACTERS_AT_MOST, compact=True, select_on_focus=False
        )
        self.column = column

    def put(self, value: str) -> None:
        """Show what somebody else wrote; nobody is told of a change."""
        if value != self.value:
            with self.prevent(Input.Changed):
                self.value = value


class ChoiceCell(Widget, can_focus=True):
    """One of a few words, or none: chosen with the arrow keys, space or a digit."""

    BINDINGS: ClassVar[list[BindingType]] = [
        ("right,space", "step(1)"),
        ("left", "step(-1)"),
        ("backspace,delete,0", "set(0)"),
        *[(str(number), f"set({number})") for number in range(1, 10)],
    ]

    value: reactive[str] = reactive("")

    class Changed(Message):
        """Another word is chosen."""

        def __init__(self, cell: "ChoiceCell") -> None:
            super().__init__()
            self.cell = cell

        @property
        def control(self) -> "ChoiceCell":
            """The cell."""
            return self.cell

    def __init__(self, column: Column, value: str) -> None:
        super().__init__()
        self.column = column
        self._words = ("", *column.choices)
        self.set_reactive(ChoiceCell.value, value)

    def put(self, value: str) -> None:
        """Show what somebody else chose."""
        self.value = value

    def render(self) -> Content:
        """The word, or how to choose one."""
        if self.value:
            return Content(self.value)
        return Content.styled(_("< > choose") if self.has_focus else self.column.title, "$text-disabled")

    def action_step(self, step: int) -> None:
        """The word after, or before."""
        here = self._words.index(self.value) if self.value in self._words else 0
        self.action_set((here + step) % len(self._words))

    def action_set(self, number: int) -> None:
        """The word of that number; 0 is none."""
        if number < len(self._words) and not self.disabled:
            self.value = self._words[number]
            self.post_message(self.Changed(self))


Cell = TextCell | ChoiceCell


def cell_for(column: Column, value: str) -> Cell:
    """The cell that a column's kind asks for."""
    return ChoiceCell(column, value) if column.kind == "choice" else TextCell(column, value)
