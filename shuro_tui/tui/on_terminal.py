"""What stands on the terminal, so that nothing is written that stands there already.

Textual paints a whole screen several times when a dialog comes or goes; each is twenty thousand bytes, which a terminal
has to take apart and a slow line has to carry.
"""

from collections import defaultdict
from collections.abc import Iterator

from rich.console import Console
from rich.control import Control
from textual._compositor import ChopsUpdate, CompositorUpdate, LayoutUpdate
from textual.strip import Strip


class OnTerminal:
    """By line and column where a part of a line begins: how many cells it takes, and what was written there."""

    def __init__(self) -> None:
        self._lines: defaultdict[int, dict[int, tuple[int, str]]] = defaultdict(dict)

    def forget(self) -> None:
        """Something else may stand there by now."""
        self._lines.clear()

    def written(self, y: int, x: int, strip: Strip, console: Console) -> str:
        """What has to be written to have a part of a line there; nothing where it stands there already."""
        line, cells, text = self._lines[y], strip.cell_length, strip.render(console)
        if line.get(x) == (cells, text):
            return ""
        for start in [start for start, (long, _text) in line.items() if start < x + cells and x < start + long]:
            del line[start]
        if not any(segment.control for segment in strip):  # a picture is more than the cells it begins in
            line[x] = (cells, text)
        return f"{Control.move_to(x, y).segment.text}{text}"


class Difference(CompositorUpdate):
    """An update of the screen, of which only that is written which does not stand on the terminal yet."""

    def __init__(self, update: CompositorUpdate, on_terminal: OnTerminal) -> None:
        self._update = update
        self._on_terminal = on_terminal

    def render_segments(self, console: Console) -> str:
        """What is to be written; from then on it counts as written."""
        return "".join(self._on_terminal.written(*part, console) for part in _parts(self._update))


def _parts(update: CompositorUpdate) -> Iterator[tuple[int, int, Strip]]:
    """Line, column and text of each part that is painted."""
    if isinstance(update, LayoutUpdate):
        for y, strips in enumerate(update.strips, update.region.y):
            x = update.region.x
            for strip in strips:
                yield y, x, strip
                x += strip.cell_length
    elif isinstance(update, ChopsUpdate):
        for y, left, right in update.spans:
            for end, (x, part) in zip(update.chop_ends[y], update.chops[y].items(), strict=False):
                if part is not None and x < right and left < end:
                    yield y, x, part if end <= right else part.crop(0, right - x)
