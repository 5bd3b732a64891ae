"""Blocks of lines that are laid out for the width there is, and scrolled."""

from collections.abc import Callable, Iterable
from itertools import accumulate

from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.content import Content
from textual.geometry import Size
from textual.reactive import reactive
from textual.widget import Widget

from shuro_tui.core.abreast import Block, set_in
from shuro_tui.core.linebreak import Piece
from shuro_tui.tui.widgets.page import page
from shuro_tui.tui.widgets.slide_view import styled

LayOut = Callable[[int], Iterable[Block]]
"""The blocks for a width."""


class LaidOut(VerticalScroll, can_focus=False):
    """What is laid out, with a bar where there is more of it."""

    def __init__(self, id: str | None = None) -> None:  # noqa: A002 - Textual's name
        super().__init__(id=id)
        self._of: object = None

    def compose(self) -> ComposeResult:
        """One text."""
        yield Blocks()

    def show(self, of: object, lay_out: LayOut) -> None:
        """Show that; nothing is laid out anew for what is the same as before."""
        if self._of != of:
            self._of = of
            self.query_one(Blocks).lay_out = lay_out

    def say(self, words: str) -> None:
        """Say why there is nothing."""
        self.show(words, lambda width: [set_in([(Piece(words, "dim"),)], width)])

    @property
    def first(self) -> int:
        """Which block stands on top."""
        return sum(start <= self.scroll_offset.y for start in self.query_one(Blocks).starts) - 1

    def go(self, block: int) -> None:
        """Put that block on top."""
        starts = self.query_one(Blocks).starts
        self.scroll_to(y=starts[max(0, min(block, len(starts) - 1))], animate=False, immediate=True)

    def step(self, step: int) -> None:
        """To the block after the one on top, or before it."""
        self.go(self.first + step)

    def move(self, lines: int) -> None:
        """So many lines down."""
        self.scroll_relative(y=lines, animate=False)

    def page(self, step: int) -> None:
        """A page on, or back."""
        page(self, step)


class Blocks(Widget):
    """The text itself."""

    lay_out: reactive[LayOut] = reactive[LayOut](lambda: lambda _width: (), layout=True)

    def __init__(self) -> None:
        super().__init__()
        self._laid: tuple[LayOut, int, tuple[Block, ...]] = (self.lay_out, 0, ())

    @property
    def starts(self) -> list[int]:
        """The line with which each block begins."""
        return list(accumulate(map(len, self._blocks(self.size.width)), initial=0))[:-1] or [0]

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """All lines."""
        return max(1, sum(map(len, self._blocks(width))))

    def render(self) -> Content:
        """The lines."""
        lines = (styled(line) for block in self._blocks(self.size.width) for line in block)
        return Content("\n").join(lines)

    def _blocks(self, width: int) -> tuple[Block, ...]:
        if self._laid[:2] != (self.lay_out, width):
            self._laid = (self.lay_out, width, tuple(self.lay_out(width)) if width else ())
        return self._laid[2]
