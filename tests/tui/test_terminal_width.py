"""How wide the terminal draws ambiguous characters: the question, and measuring and drawing for the answer."""

import fcntl
import os
import pty
import select
import struct
import sys
import termios
import threading
from collections.abc import Callable, Iterator
from itertools import chain
from pathlib import Path
from unicodedata import east_asian_width

import pyte
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from rich import cells, segment
from rich.segment import Segment
from rich.text import Text
from textual import events
from textual._xterm_parser import XTermParser
from textual.color import Color
from textual.content import Content
from textual.filter import LineFilter
from textual.message import Message

from shuro_tui.core import linebreak, typeset
from shuro_tui.core.blocks import Span, Table
from shuro_tui.core.cells import cell_len, cut, pad
from shuro_tui.core.model import Slide
from shuro_tui.core.typeset import Line, lay_out
from shuro_tui.tui.terminal_cells import _FRAME, AsciiFrames, SingleEmoji, suited_to, widen
from shuro_tui.tui.terminal_width import PATIENCE, Drawn, ask, how_drawn
from tests.terminal import Screen, width_of

PARTS = (
    *"①→※★●×±°§Ωαя…•↑▶│─╭█▀▔abc|.",
    *(
        "漢字(かんじ)",
        "ｶﾞｲﾄﾞ",
        "か\u3099",
        "が",
        "e\u0301",
        "※\u0301",
        "👨\u200d👩\u200d👧",
        "☺\ufe0f",
        "©\ufe0f",
        "▶\ufe0f",
    ),
)
TOLD = ((cells, "load_cell_table"), (cells, "_is_single_cell_widths"), (segment, "_is_single_cell_widths"))

texts = st.lists(st.sampled_from(PARTS), max_size=20).map("".join)


def forget() -> None:
    """Nothing that was measured is remembered."""
    Segment._split_cells.cache_clear()
    for module in (cells, linebreak, typeset):
        for one in vars(module).values():
            if hasattr(one, "cache_clear"):
                one.cache_clear()


@pytest.fixture
def widened() -> Iterator[None]:
    """Ambiguous characters are measured as two cells, and as one again afterwards."""
    with pytest.MonkeyPatch.context() as patch:
        for module, name in TOLD:
            patch.setattr(module, name, getattr(module, name))
        forget()
        widen()
        yield
    forget()


@pytest.fixture(params=[1, 2])
def ambiguous(request: pytest.FixtureRequest) -> int:
    """The cells of an ambiguous character: text is measured for them."""
    if request.param > 1:
        request.getfixturevalue("widened")
    return int(request.param)


def sent(text: str, *filters: LineFilter) -> str:
    """What the app sends to a terminal for a text, through these filters."""
    segments = [Segment(text)]
    for line_filter in filters:
        segments = line_filter.apply(segments, Color(0, 0, 0))
    return "".join(one.text for one in segments)


def drawn(text: str, ambiguous: int, emoji: bool = True) -> list[str]:
    """The cells of a line on such a terminal, as far as its cursor came."""
    screen = Screen(200, 1, ambiguous=ambiguous, emoji=emoji)
    frames = (AsciiFrames(),) if ambiguous > 1 else ()
    pyte.Stream(screen).feed(sent(text, *(() if emoji else (SingleEmoji(),)), *frames))
    return screen.cells()[0][: screen.cursor.x]


class Tty:
    """A pseudo-terminal; what a person's terminal does at its other end is up to the test."""

    def __init__(self) -> None:
        self.terminal, self.program = pty.openpty()
        self.asked = b""

    def ask(self, answer: bytes, now: Callable[[], float] = lambda: 0.0, shows: bytes | None = None) -> Drawn:
        """Ask, and get this answer; `shows`: what is said of pictures, when that is asked."""

        def answers() -> None:
            self.asked = os.read(self.terminal, 200)
            os.write(self.terminal, answer)
            if shows is not None:
                self.asked += os.read(self.terminal, 200)
                os.write(self.terminal, shows + b"\x1b[1;1R")

        other_end = threading.Thread(target=answers)
        other_end.start()
        told = ask(self.program, self.program, shows is not None, now)
        other_end.join()
        return told


@pytest.fixture
def tty() -> Iterator[Tty]:
    """One that is closed in the end."""
    one = Tty()
    yield one
    os.close(one.terminal)
    os.close(one.program)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=texts, emoji=st.booleans())
def test_a_text_takes_the_cells_that_it_was_measured(ambiguous: int, text: str, emoji: bool) -> None:
    """On any terminal the cursor stands after a text where we believe it to stand."""
    assert len(drawn(text, ambiguous, emoji)) == cell_len(text)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=texts, width=st.integers(1, 30))
def test_what_is_cut_or_padded_takes_its_cells(ambiguous: int, text: str, width: int) -> None:
    """Our own cutting, Rich's and Textual's, with their ellipses, keep to the width on either terminal."""
    by_rich = Text(text)
    by_rich.truncate(width, overflow="ellipsis")
    assert len(drawn(pad(text, width), ambiguous)) == width
    for shortened in (cut(text, width), by_rich.plain, Content(text).truncate(width, ellipsis=True).plain):
        assert len(drawn(shortened, ambiguous)) <= width


def bars(line: list[str]) -> list[int]:
    """The columns where a line's frame stands."""
    return [column for column, cell in enumerate(line) if cell in set("│├┼┤┌┬┐└┴┘|+")]


def table(rows: list[tuple[str, str]]) -> tuple[Line, ...]:
    """A table of two columns on a slide."""
    head, *body = [((Span(one),), (Span(other),)) for one, other in rows]
    return lay_out(Slide("", (Table(head, tuple(body)),)), 60)


words = st.lists(st.sampled_from([part for part in PARTS if part not in "│─╭█▀▔|"]), min_size=1).map("".join)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(rows=st.lists(st.tuples(words, words), min_size=2, max_size=4))
def test_the_borders_of_a_table_are_straight(ambiguous: int, rows: list[tuple[str, str]]) -> None:
    """Whatever stands in its cells, each border of a table on a slide is one column in all its lines."""
    lines = [drawn("".join(piece.text for piece in line), ambiguous) for line in table(rows)]
    assert len(bars(lines[0])) in {2, 3}  # cells that are too wide become records in one column
    assert {tuple(bars(line)) for line in lines if len(bars(line)) > 1} == {tuple(bars(lines[0]))}


def test_half_width_kana_dakuten_emoji_and_ruby_are_aligned(ambiguous: int) -> None:
    """A table of all of them keeps its columns on either terminal."""
    rows = [("①", "読み"), ("ｶﾞｲﾄﾞ", "か\u3099→き\u3099"), ("👨\u200d👩\u200d👧", "漢字(かんじ)※"), ("が", "°C")]
    lines = ["".join(piece.text for piece in line) for line in table(rows)]
    assert len(lines) == len(rows) + 3
    columns = {tuple(bars(drawn(line, ambiguous))) for line in lines}
    assert len(columns) == 1
    assert len(columns.pop()) == 3


def test_every_ambiguous_character_is_two_cells_or_replaced(widened: None) -> None:
    """None of Unicode's ambiguous characters is drawn wider than measured; combining ones have no width."""
    characters = map(chr, chain(range(0xA1, 0xFFFE), range(0x1F100, 0x1F200)))
    ambiguous = [character for character in characters if east_asian_width(character) == "A"]
    wrong = [character for character in ambiguous if cell_len(character) != width_of(sent(character, AsciiFrames()), 2)]
    assert wrong == []
    assert cell_len("①") == cell_len("●") == cell_len("α") == 2
    assert cell_len("e\u0301") == cell_len("─") == cell_len("…") == 1


def test_rich_has_no_other_place_that_knows_widths(widened: None) -> None:
    """Every module that has a name of Rich's tables was told; a new Rich that has more of them is noticed."""
    names = {name for _module, name in TOLD}
    knowing = {
        (module.__name__, name)
        for key, module in sys.modules.items()
        if key.partition(".")[0] in {"rich", "textual"}
        for name in vars(module)
        if name in names
    }
    assert knowing == {(module.__name__, name) for module, name in TOLD}
    assert cells.set_cell_size("①②③", 5) == "①② "
    assert cells.chop_cells("αβγ", 4) == ["αβ", "γ"]
    assert [part.text for part in Segment("①→※").split_cells(4)] == ["①→", "※"]


def test_frames_are_ascii_of_the_same_cells() -> None:
    """Each line, corner and block becomes one ASCII character; the segments keep their styles and controls."""
    frame = "".join(map(chr, _FRAME))
    line = [Segment("╭─ 案 ─╮"), Segment("│▁█•…", None, None), Segment(frame)]
    plain = AsciiFrames().apply(line, Color(0, 0, 0))
    assert [one.text for one in plain[:2]] == ["+- 案 -+", "|_#*."]
    assert plain[2].text.isascii()
    assert len(plain[2].text) == len(frame)


def test_an_ordinary_terminal_gets_its_lines_as_they_are() -> None:
    """Where ambiguous characters take one cell, nothing is put in the way."""
    assert suited_to(Drawn(1, emoji=True)) == ()


def test_each_terminal_gets_what_it_needs(widened: None) -> None:
    """Frames are replaced where they would be wide, emoji where they would not be composed."""
    for told, needed in (
        (Drawn(1), [SingleEmoji]),
        (Drawn(2), [SingleEmoji, AsciiFrames]),
        (Drawn(2, True), [AsciiFrames]),
    ):
        assert [type(one) for one in suited_to(told)] == needed


def test_of_an_emoji_the_first_remains() -> None:
    """A family is its first member, a keycap its digit, a skin has no tone; text around them is as it was."""
    assert sent("a👨\u200d👩\u200d👧b☺\ufe0fc1\ufe0f\u20e3👍\U0001f3fdか\u3099", SingleEmoji()) == "a👨b☺ c1 👍か\u3099"


@pytest.mark.parametrize("told", [Drawn(1, True), Drawn(2, True), Drawn(1, False), Drawn(2, False)], ids=str)
def test_the_terminal_is_asked(tty: Tty, told: Drawn) -> None:
    """A terminal that does what it is told says how wide it draws, and shows nothing of the question."""
    answers: list[str] = []
    screen = Screen(20, 3, answers.append, told.ambiguous, told.emoji)
    pyte.Stream(screen).feed("$ shuro-tui run\r\n")
    before = (screen.cursor.x, screen.cursor.y)

    def other_end() -> None:
        pyte.Stream(screen).feed(os.read(tty.terminal, 100).decode())
        os.write(tty.terminal, "".join(answers).encode())

    at_the_terminal = threading.Thread(target=other_end)
    at_the_terminal.start()
    assert ask(tty.program, tty.program, now=lambda: 0.0) == told
    at_the_terminal.join()
    assert [line.rstrip() for line in screen.display] == ["$ shuro-tui run", "", ""]
    assert (screen.cursor.x, screen.cursor.y) == before


@pytest.mark.parametrize("answer", [b"\x1b[7;9R", b"\x1b[1;1R", b"\x1b[1;30R", b"\x1b[?1;3R\x1b[0n\x1b[1;2R"], ids=repr)
def test_a_strange_answer_means_one_cell(tty: Tty, answer: bytes) -> None:
    """A position where the cursor cannot be says nothing."""
    assert tty.ask(answer) == Drawn()


def test_an_answer_is_found_among_keys(tty: Tty) -> None:
    """What was typed before it is passed over; what was typed after it is left for the program."""
    assert tty.ask(b"q\x1b[A\x1b[1;3R\x1b[1;5Rn\n") == Drawn(2, True)
    assert select.select([tty.program], [], [], 5)[0]
    assert os.read(tty.program, 10) == b"n\n"


@pytest.mark.parametrize(
    ("answer", "shown"),
    [
        (b"\x1b_Gi=31;OK\x1b\\\x1b[?62;c", "kitty"),
        (b"\x1b_Gi=31;OK\x1b\\\x1b[?65;4;6;18c", "sixel"),
        (b"\x1b[?62;22;4c", "sixel"),
        (b"\x1b[?64;1;2c", "blocks"),
        (b"\x1b_Gi=31;ENOTSUPPORTED:no\x1b\\\x1b[?1;2c", "blocks"),
        (b"", "blocks"),
    ],
    ids=repr,
)
def test_a_terminal_says_how_it_shows_pictures(tty: Tty, answer: bytes, shown: str) -> None:
    """Sixel, where it can; kitty's graphics; else blocks, for which nothing is needed."""
    told = tty.ask(b"\x1b[1;2R\x1b[1;5R", shows=answer)
    assert told == Drawn(1, True, shown)  # type: ignore[arg-type]


def test_only_kitty_s_graphics_in_the_place_of_text_are_asked_for(tty: Tty) -> None:
    """A kitty that is too old for them does not know the U, and would draw boxes."""
    tty.ask(b"\x1b[1;2R\x1b[1;5R", shows=b"")
    assert b"\x1b_Gi=31,s=1,v=1,U=1," in tty.asked
    tty.ask(b"\x1b[1;2R\x1b[1;5R")
    assert b"\x1b_G" not in tty.asked


def test_where_characters_are_wider_only_sixels_are_shown(tty: Tty) -> None:
    """All other pictures are made of characters that would be too wide."""
    wide = b"\x1b[1;3R\x1b[1;5R"
    assert tty.ask(wide, shows=b"\x1b_Gi=31;OK\x1b\\\x1b[?62;c").pictures == ""
    assert tty.ask(wide, shows=b"\x1b[?62;4c").pictures == "sixel"


def test_the_size_of_a_cell_is_told_or_worked_out(tty: Tty) -> None:
    """By the terminal, else by the window's pixels, else it is an old terminal's."""
    columns = b"\x1b[1;2R\x1b[1;5R"
    assert tty.ask(columns, shows=b"\x1b[6;32;16t").cell == (16, 32)
    assert tty.ask(columns, shows=b"\x1b[6;0;0t").cell == (10, 20)
    fcntl.ioctl(tty.program, termios.TIOCSWINSZ, struct.pack("HHHH", 24, 80, 960, 600))
    assert tty.ask(columns, shows=b"").cell == (12, 25)


def test_a_terminal_that_does_not_answer_is_waited_for_100_ms(tty: Tty, monkeypatch: pytest.MonkeyPatch) -> None:
    """The wait is what is left of 100 ms, however much comes that is no answer; then it is one cell."""
    waits: list[float] = []

    def wait(keys: list[int], _writing: object, _failing: object, seconds: float) -> tuple[list[int], ...]:
        waits.append(seconds)
        return (keys, [], [])

    monkeypatch.setattr(select, "select", wait)
    moments = iter([5.0, 5.0, 5.04, 5.09, 5.1])
    assert tty.ask(b"xxxxx", lambda: next(moments)) == Drawn()
    assert PATIENCE == 0.1
    assert waits == pytest.approx([0.1, 0.06, 0.01])


def test_a_slow_terminal_is_asked_nothing_whose_answer_could_be_taken_for_keys(tty: Tty) -> None:
    """Its positions may come when Textual reads; what Textual makes of them is no key."""
    moments = iter([0.0, PATIENCE + 0.001])
    assert ask(tty.program, tty.program, pictures=True, now=lambda: next(moments)).pictures == "blocks"
    assert os.read(tty.terminal, 200).count(b"\x1b[6n") == 2
    assert not select.select([tty.terminal], [], [], 0)[0]
    late = list(XTermParser().feed("\x1b[1;2R\x1b[1;5R"))
    assert [type(event) for event in late] == [events.CursorPosition] * 2


def test_silence_means_one_cell(tty: Tty) -> None:
    """A terminal that says nothing at all is taken to draw one cell, and gets its settings back."""
    before = termios.tcgetattr(tty.program)
    moments = iter([0.0, PATIENCE - 0.001])
    assert ask(tty.program, tty.program, now=lambda: next(moments)) == Drawn()
    assert termios.tcgetattr(tty.program) == before


def test_a_window_that_closes_meanwhile_is_no_failure() -> None:
    """Textual will find out by itself that the terminal is gone."""
    terminal, program = pty.openpty()
    os.close(terminal)
    assert ask(program, program) == Drawn()
    os.close(program)


def test_what_is_no_terminal_is_not_asked(tty: Tty, monkeypatch: pytest.MonkeyPatch) -> None:
    """No question goes into a pipe or to a dumb terminal, and none is needed where the person has answered it."""
    monkeypatch.delenv("SHURO_TUI_AMBIGUOUS", raising=False)
    with Path(os.devnull).open() as nothing, os.fdopen(os.dup(tty.program), "w") as dumb:
        monkeypatch.setattr(sys, "__stdin__", nothing)
        assert how_drawn() == Drawn()
        monkeypatch.setattr(sys, "__stdin__", dumb)
        monkeypatch.setattr(sys, "__stderr__", dumb)
        monkeypatch.setenv("TERM", "dumb")
        assert how_drawn() == Drawn()
    monkeypatch.setenv("SHURO_TUI_AMBIGUOUS", "2")
    assert how_drawn(pictures=True) == Drawn(2)
    monkeypatch.setenv("SHURO_TUI_AMBIGUOUS", "1")
    assert how_drawn(pictures=True) == Drawn(1, pictures="blocks")
    assert not select.select([tty.terminal], [], [], 0)[0]


def test_a_late_answer_is_no_key() -> None:
    """An answer that comes when the app has begun is not taken for something that was typed."""
    tokens: list[Message] = list(XTermParser().feed("\x1b[12;3R\x1b[12;5Rq"))
    assert [token.key for token in tokens if isinstance(token, events.Key)] == ["q"]
