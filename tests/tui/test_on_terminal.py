"""What stands on the terminal is not written again, and what is written makes the screen that was painted."""

from itertools import pairwise

import pyte
from hypothesis import given
from hypothesis import strategies as st
from rich.console import Console
from rich.control import Control
from rich.segment import Segment
from rich.style import Style
from textual._compositor import ChopsUpdate, CompositorUpdate, LayoutUpdate
from textual.geometry import Region
from textual.strip import Strip

from shuro_tui.tui.on_terminal import Difference, OnTerminal

WIDTH, HEIGHT = 12, 3
CONSOLE = Console(width=WIDTH, height=HEIGHT, force_terminal=True, color_system="truecolor")

cells = st.lists(st.tuples(st.sampled_from("ab字ー "), st.sampled_from(["", "bold", "red"])), min_size=WIDTH)


@st.composite
def lines(draw: st.DrawFn) -> dict[int, Strip]:
    """A line as it is painted: parts, by the column where each begins."""
    line = Strip([Segment(letter, Style.parse(style)) for letter, style in draw(cells)]).crop(0, WIDTH)
    inner = draw(st.sets(st.integers(1, WIDTH - 1), max_size=3))
    return {start: line.crop(start, end) for start, end in pairwise([0, *sorted(inner), WIDTH])}


@st.composite
def updates(draw: st.DrawFn) -> CompositorUpdate:
    """All of the screen, or some of it."""
    painted = draw(st.lists(lines(), min_size=HEIGHT, max_size=HEIGHT))
    if draw(st.booleans()):
        return LayoutUpdate([line.values() for line in painted], Region(0, 0, WIDTH, HEIGHT))
    spans = draw(
        st.lists(
            st.tuples(st.integers(0, HEIGHT - 1), st.integers(0, WIDTH - 1), st.integers(1, WIDTH)).filter(
                lambda span: span[1] < span[2]
            ),
            min_size=1,
            max_size=3,
        )
    )
    return ChopsUpdate(painted, sorted(spans), [[*list(line)[1:], WIDTH] for line in painted])


class Seen:
    """A terminal."""

    def __init__(self) -> None:
        self.screen = pyte.Screen(WIDTH, HEIGHT)
        self._stream = pyte.Stream(self.screen)

    def shows(self, written: str) -> list[list[object]]:
        """Its cells, after something was written."""
        self._stream.feed(written)
        return [[self.screen.buffer[y][x] for x in range(WIDTH)] for y in range(HEIGHT)]


@given(st.lists(updates(), min_size=1, max_size=6))
def test_the_screen_is_what_was_painted(painted: list[CompositorUpdate]) -> None:
    """Whatever is painted over whatever, the terminal shows what it would if all of it had been written."""
    whole, ours, on_terminal = Seen(), Seen(), OnTerminal()
    for update in painted:
        shown = ours.shows(Difference(update, on_terminal).render_segments(CONSOLE))
        assert shown == whole.shows(update.render_segments(CONSOLE))


@given(updates())
def test_what_stands_there_is_not_written_again(painted: CompositorUpdate) -> None:
    """Nothing is written for a second painting of the same, and all of it again once it may have gone."""
    on_terminal = OnTerminal()
    if isinstance(painted, LayoutUpdate):
        painted = LayoutUpdate([list(strips) for strips in painted.strips], painted.region)
    first = Difference(painted, on_terminal).render_segments(CONSOLE)
    if isinstance(painted, LayoutUpdate):
        assert Difference(painted, on_terminal).render_segments(CONSOLE) == ""
    on_terminal.forget()
    assert Difference(painted, on_terminal).render_segments(CONSOLE) == first


def test_a_picture_is_written_each_time() -> None:
    """It covers more than the cells where it begins, and may have been painted over there."""
    picture = Strip([Segment("\x1bPq~\x1b\\", None, Control.home().segment.control), Segment("  ")], 2)
    painted = LayoutUpdate([[picture]], Region(0, 0, 2, 1))
    on_terminal = OnTerminal()
    first = Difference(painted, on_terminal).render_segments(CONSOLE)
    assert "\x1bPq~" in first
    assert Difference(painted, on_terminal).render_segments(CONSOLE) == first
