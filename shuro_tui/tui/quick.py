"""Screens that show what has changed within a frame, and are painted no more often than that."""

from functools import cached_property
from typing import Any, TypeVar

from textual.geometry import Region, Size
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

    def _screen_resized(self, size: Size) -> None:
        # Textual tells a screen that it has just laid out that it has a size now, and lays it out once more for that.
        if self._came or size != self.size:
            super()._screen_resized(size)
        self._came = True

    def render_lines(self, crop: Region) -> list[Strip]:
        """What it stands over, line by line as it was painted: Textual takes the whole of it apart, and wraps it anew.

        crop: where, in this screen.
        """
        stack = self.app.screen_stack
        below = stack[max(stack.index(self) - 1, 0)] if self in stack else self
        if below is self:
            return super().render_lines(crop)
        lines = below._compositor.render_strips()[crop.y : crop.bottom]
        lines += [Strip([])] * (crop.height - len(lines))  # in a window that has grown it is laid out after this
        return [line.crop_extend(crop.x, crop.right, None) for line in lines]
