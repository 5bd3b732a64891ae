"""All slides at a glance: go to one by its number, by a part of its title, or with the arrow keys."""

from collections.abc import Callable
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.css.styles import RulesMap
from textual.strip import Strip
from textual.style import Style
from textual.visual import RenderOptions, Visual
from textual.widgets import Input, OptionList, Static
from textual.widgets.option_list import Option

from shuro_tui.core.commands import GoTo
from shuro_tui.core.frames import hung
from shuro_tui.core.linebreak import Piece, wrap_spans
from shuro_tui.core.overview import Entry, found, overview
from shuro_tui.core.sheet import clean
from shuro_tui.core.views import FacilitatorView
from shuro_tui.i18n import _
from shuro_tui.tui.quick import Dialog
from shuro_tui.tui.widgets.slide_view import styled

_PAGE = 10
_NARROWEST = 2
"""Cells below which nothing can be wrapped."""


class Titled(Visual):
    """A title, wrapped between phrases for the width there is; `head` stands before its first line."""

    def __init__(self, head: str, *title: Piece) -> None:
        self._head = head
        self._title = title

    def render_strips(self, width: int, height: int | None, style: Style, options: RenderOptions) -> list[Strip]:
        """The lines."""
        return self._lines(width).render_strips(width, height, style, options)

    def get_optimal_width(self, rules: RulesMap, container_width: int) -> int:
        """All that there is."""
        return container_width

    def get_height(self, rules: RulesMap, width: int) -> int:
        """How many lines there are."""
        return self._lines(width).get_height(rules, width)

    def _lines(self, width: int) -> Content:
        hang = len(self._head)
        lines = wrap_spans(self._title, max(width - hang, _NARROWEST))
        return Content("\n").join(map(styled, hung((Piece(self._head),), hang, lines)))


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
        listed.add_options(map(self._option, self._shown) if self._shown else [_nothing()])
        listed.highlighted = 0 if self._shown else None

    def _option(self, entry: Entry) -> Option:
        timeline = self._view.timeline
        here = (entry.segment, entry.slide)
        shown = timeline.actual[entry.segment].slides[entry.slide] > 0
        mark = ">" if here == (timeline.segment, timeline.slide) else "✓" if shown else " "
        words = _("skipped") if here in timeline.skipped else _("optional") if entry.optional else ""
        head = f"{mark} {entry.number:>3}  {entry.place:<5} "
        return Option(Titled(head, Piece(clean(entry.title)), Piece(f"  {words}", "dim")))


def _nothing() -> Option:
    """What stands in a list that would be empty."""
    told = Piece(_("No slide has this number, or this in its title."), "dim")
    return Option(Titled("", told), disabled=True)
