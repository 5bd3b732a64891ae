"""All slides at a glance: go to one by its number, by a part of its title, or with the arrow keys."""

from collections.abc import Callable
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Input, OptionList, Static
from textual.widgets.option_list import Option

from shuro_tui.core.commands import GoTo
from shuro_tui.core.overview import Entry, found, overview
from shuro_tui.core.sheet import clean
from shuro_tui.core.views import FacilitatorView
from shuro_tui.i18n import _
from shuro_tui.tui.quick import Dialog

_PAGE = 10


class Overview(Dialog[GoTo | None]):
    """The list, and above it a field that narrows it down."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "dismiss(None)"),
        Binding("up", "move(-1)", priority=True),
        Binding("down", "move(1)", priority=True),
        Binding("pageup", f"move(-{_PAGE})", priority=True),
        Binding("pagedown", f"move({_PAGE})", priority=True),
    ]

    def __init__(self, look: Callable[[], FacilitatorView]) -> None:
        super().__init__()
        self._look = look
        self._view = look()
        self._entries = overview(self._view.workshop)
        self._shown = self._entries

    def compose(self) -> ComposeResult:
        """Field and list."""
        with Vertical(classes="dialog wide tall"):
            yield Input(placeholder=_("Number, segment-slide, or a part of the title"), id="wanted")
            yield OptionList(id="slides")
            yield Static(_("Enter: go there   W comes back   Esc: stay"), classes="hint")

    def on_mount(self) -> None:
        """Show all, at the current one."""
        self._list()
        timeline = self._view.timeline
        here = [(entry.segment, entry.slide) for entry in self._entries].index((timeline.segment, timeline.slide))
        self.query_one(OptionList).highlighted = here
        self.query_one(Input).focus()

    def on_input_changed(self, event: Input.Changed) -> None:
        """Narrow it down."""
        self._shown = found(self._entries, event.value)
        self._list()

    def on_input_submitted(self) -> None:
        """Go to the one under the bar."""
        self._go(self.query_one(OptionList).highlighted)

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Go to the one that was clicked."""
        self._go(event.option_index)

    def _go(self, highlighted: int | None) -> None:
        view = self._look()
        if view.workshop != self._view.workshop:  # it was edited meanwhile: other slides may have these numbers
            self._view, self._entries = view, overview(view.workshop)
            self._shown = found(self._entries, self.query_one(Input).value)
            self._list()
        elif highlighted is not None:
            entry = self._shown[highlighted]
            self.dismiss(GoTo(entry.segment, entry.slide))

    def action_move(self, step: int) -> None:
        """Move the bar; the caret stays in the field."""
        listed = self.query_one(OptionList)
        if listed.highlighted is not None:
            listed.highlighted = min(max(listed.highlighted + step, 0), listed.option_count - 1)

    def _list(self) -> None:
        listed = self.query_one(OptionList)
        listed.clear_options()
        listed.add_options(Option(self._line(entry)) for entry in self._shown)
        listed.highlighted = 0 if self._shown else None

    def _line(self, entry: Entry) -> Content:
        timeline = self._view.timeline
        here = (entry.segment, entry.slide)
        shown = timeline.actual[entry.segment].slides[entry.slide] > 0
        mark = ">" if here == (timeline.segment, timeline.slide) else "✓" if shown else " "
        words = _("skipped") if here in timeline.skipped else _("optional") if entry.optional else ""
        return Content.assemble(
            f"{mark} {entry.number:>3}  {entry.place:<5} {clean(entry.title)}", ("  " + words, "$foreground-muted")
        )
