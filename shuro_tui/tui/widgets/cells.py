"""The cells of a sheet: a text, an organisation's name, a choice."""

from typing import ClassVar

from textual import events
from textual.actions import SkipAction
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.geometry import Region
from textual.message import Message
from textual.reactive import reactive
from textual.strip import Strip
from textual.widget import Widget
from textual.widgets import TextArea
from textual.widgets.text_area import Edit, EditResult

from shuro_tui.core.model import Column
from shuro_tui.core.pasted import is_cells
from shuro_tui.core.sheet import CHARACTERS_AT_MOST, clean
from shuro_tui.i18n import _

_LINES_KEPT = 16
_ELSEWHERE = ("f6", "f7", "pageup", "pagedown", "ctrl+z,super+z")


class TextCell(TextArea, inherit_bindings=False):
    """Text that grows downwards: what was typed is always to be seen. An organisation's name too.

    offering: whether names stand below it, among which up and down move.
    """

    # These mean something else on a sheet.
    BINDINGS: ClassVar[list[BindingType]] = [
        binding for binding in TextArea.BINDINGS if isinstance(binding, Binding) and binding.key not in _ELSEWHERE
    ]

    def __init__(self, column: Column, value: str) -> None:
        super().__init__(
            value, compact=True, highlight_cursor_line=False, placeholder=Content(column.title), max_checkpoints=20
        )
        # A line is kept for each state of its text and caret; of a thousand of them few come back, and they are large.
        self._line_cache.maxsize = _LINES_KEPT
        self.column = column
        self.offering = False

    class Dismissed(Message):
        """The names that are offered are not wanted."""

    class Full(Message):
        """What was typed or pasted is not taken: it would be more than a sheet takes."""

    class Pasted(Message):
        """Several lines, or cells of a spreadsheet, that are to be rows."""

        def __init__(self, cell: "TextCell", text: str) -> None:
            super().__init__()
            self.cell = cell
            self.text = text

    def on_blur(self) -> None:
        """Keep no states that are over, in none of the many cells."""
        self._line_cache.clear()

    @property
    def value(self) -> str:
        """What stands in it."""
        return clean(self.text)

    def put(self, value: str) -> None:
        """Show what somebody else wrote; nobody is told of a change, and the caret stays, or stays at the end."""
        if value != self.text:
            here = None if self.cursor_at_end_of_text else self.cursor_location
            with self.prevent(TextArea.Changed):
                self.text = value
            self.move_cursor(self.document.end if here is None else here)

    def fill(self, value: str) -> None:
        """Write it as if it had been typed."""
        self.text = value
        self.move_cursor(self.document.end)

    def edit(self, edit: Edit) -> EditResult:
        """Change the text, unless it would be longer than a sheet takes: then nothing changes, and it is told."""
        removed = self.get_text_range(*sorted((edit.from_location, edit.to_location)))
        longer = len(edit.text) - len(removed)
        if 0 < longer > CHARACTERS_AT_MOST - len(self.text):
            self.post_message(self.Full())
            return EditResult(edit.to_location, "")
        return super().edit(edit)

    def render_lines(self, crop: Region) -> list[Strip]:
        """Nothing once its row is gone: a paint may come before the layout that leaves it out."""
        return super().render_lines(crop) if self.is_attached else [Strip.blank(crop.width)] * crop.height

    async def _on_key(self, event: events.Key) -> None:
        if event.key == "enter":  # the sheet's: on to the next cell
            event.prevent_default()
        elif event.key == "escape" and self.offering:
            event.stop()
            self.post_message(self.Dismissed())

    async def _on_paste(self, event: events.Paste) -> None:
        event.prevent_default()
        event.stop()
        if is_cells(text := clean(event.text).strip("\n")):
            self.post_message(self.Pasted(self, text))
        elif result := self._replace_via_keyboard(text, *self.selection):
            self.move_cursor(result.end_location)

    def action_cursor_up(self, select: bool = False) -> None:
        """Up; from the first line on to what is above the cell."""
        if not select and (self.offering or self.wrapped_document.location_to_offset(self.cursor_location).y == 0):
            raise SkipAction
        super().action_cursor_up(select)

    def action_cursor_down(self, select: bool = False) -> None:
        """Down; from the last line on to what is below the cell."""
        last = self.wrapped_document.height - 1
        here = self.wrapped_document.location_to_offset(self.cursor_location).y
        if not select and (self.offering or here >= last):
            raise SkipAction
        super().action_cursor_down(select)


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
        return Content.styled(_("< > choose") if self.has_focus else self.column.title, "$foreground-muted")

    def action_step(self, step: int) -> None:
        """The word after, or before."""
        here = self._words.index(self.value) if self.value in self._words else 0
        self.action_set((here + step) % len(self._words))

    def action_set(self, number: int) -> None:
        """The word of that number; 0 is none."""
        if number < len(self._words):
            self.value = self._words[number]
            self.post_message(self.Changed())


Cell = TextCell | ChoiceCell


def cell_for(column: Column, value: str) -> Cell:
    """The cell that a column's kind asks for."""
    return ChoiceCell(column, value) if column.kind == "choice" else TextCell(column, value)
