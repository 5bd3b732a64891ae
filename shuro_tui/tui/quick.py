"""Screens that show what has changed within a frame, and are painted no more often than that."""

from collections.abc import Sequence
from functools import cached_property
from typing import Any, TypeVar

from textual.geometry import Size
from textual.screen import ModalScreen, Screen
from textual.strip import Strip
from textual.timer import Timer

from shuro_tui.tui.repaint import Repaint

Answer = TypeVar("Answer")

_FRAME = 1 / 200
"""Seconds between paints. Textual's are 1/60, and up to two of them after a paint: a key would wait for the clock's."""


class Quick(Screen[Answer]):
    """A key is on the screen within a frame."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self._compositor = Repaint()

    @cached_property
    def _update_timer(self) -> Timer:
        return self.set_interval(_FRAME, self._on_timer_update, name="screen_update", pause=True)


class Dialog(ModalScreen[Answer], Quick[Answer]):
    """A question or a list that stands over a screen until it is answered.

    Textual takes styles from the first base alone.
    """

    _came = False
    _below: Sequence[Strip] = ()

    def _screen_resized(self, size: Size) -> None:
        # Textual tells a screen that it has just laid out that it has a size now, and lays it out once more for that.
        if self._came or size != self.size:
            super()._screen_resized(size)
        self._came = True

    def render_line(self, y: int) -> Strip:
        """What it stands over, as it was painted: Textual takes all of that apart, and wraps it anew.

        y: the line, in this screen.
        """
        if self._dirty_regions:
            self._dirty_regions.clear()
            stack = self.app.screen_stack
            below = stack[stack.index(self) - 1] if self in stack[1:] else self.app.screen
            lines = [] if below is self else below._compositor.render_strips()
            self._below = [line.discard_meta() for line in lines]
        # In a window that has grown, what is below is laid out after this.
        return (self._below[y] if y < len(self._below) else Strip([])).crop_extend(0, self.size.width, None)
