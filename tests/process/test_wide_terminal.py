"""Real screens in terminals that draw ambiguous characters two cells wide: their borders stay straight."""

import subprocess
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import pytest

from tests.terminal import Terminal

Open = Callable[..., Terminal]
TYPED = "①→※か\u3099ｶﾞ"


@pytest.fixture
def wide(data: Path, hub: "subprocess.Popen[str]") -> Iterator[Open]:
    """Opens such terminals."""
    opened: list[Terminal] = []

    def open_one(*arguments: str, columns: int = 80, lines: int = 24, said: str = "2", **how: bool | int) -> Terminal:
        environment = {"SHURO_TUI_DATA": str(data), "HOME": str(data.parent), "LANG": "C.UTF-8"}
        environment |= {"SHURO_TUI_AMBIGUOUS": said}
        wide = {"ambiguous": 2, **how}
        opened.append(Terminal(arguments, environment, columns, lines, data.parent, **wide))  # type: ignore[arg-type]
        return opened[-1]

    yield open_one
    for one in opened:
        one.close()


def frames(screen: list[list[str]]) -> tuple[int, int]:
    """How many frames stand on the screen whole and straight, and how many are not."""
    corners = [
        (top, left)
        for top, line in enumerate(screen[:-1])
        for left in range(len(line) - 1)
        if line[left] == "+" and line[left + 1] == "-" and screen[top + 1][left] == "|"
    ]
    straight = sum(is_straight(screen, top, left) for top, left in corners)
    return straight, len(corners) - straight


def is_straight(screen: list[list[str]], top: int, left: int) -> bool:
    """Whether the frame with this corner has one column as its left border and one as its right."""
    bottom = next(number for number in range(top + 1, len(screen)) if screen[number][left] != "|")
    closed = screen[bottom][left] == "+"
    if not closed and screen[bottom][left] != "-":  # a table that its pane's border cuts off
        return False
    edge = screen[bottom if closed else top]  # a title above may have any character
    corners = [column for column in range(left + 1, len(edge)) if edge[column] == "+"]
    if not closed:  # the centre of a map stands on its upper border: nothing goes on below its corners
        corners = [column for column in corners if screen[top + 1][column] == "|"]
    right = next(iter(corners), left)
    sides = [screen[number][right] for number in range(top, bottom)]
    return sides == ["+", *["|"] * (len(sides) - 1)]


def straight(terminal: Terminal, at_least: int, words: str, _shown: str = "") -> bool:
    """Whether the words stand there, and so many frames, and all of them straight."""
    whole, crooked = frames(terminal.screen.cells())
    return words in terminal.text() and whole >= at_least and not crooked


def wait_straight(terminal: Terminal, at_least: int, words: str) -> None:
    """Wait until the paint is whole; fails with the screen when it never is."""
    terminal.wait(partial(straight, terminal, at_least, words))
    assert "│" not in terminal.text()


def in_line(terminal: Terminal, words: str) -> bool:
    """Whether the words, all of wide letters, stand in three lines of a pane or more, one below the other."""
    lines = ["".join(cell[:1] or "\0" for cell in line) for line in terminal.screen.cells()]
    places = [place for line in lines if "|" in line and (place := line.find("\0".join(words))) >= 0]
    return len(places) >= 3 and len(set(places)) == 1


@pytest.mark.parametrize(("columns", "lines", "panes"), [(80, 24, 2), (120, 36, 5)])
def test_the_borders_of_every_role_are_straight(wide: Open, columns: int, lines: int, panes: int) -> None:
    """The facilitator's, a group's and the projector's frames close, with ambiguous characters typed in between."""
    facilitator = wide("run", columns=columns, lines=lines)
    wait_straight(facilitator, panes, "開始前")
    wall = wide("screen", columns=columns, lines=lines)
    wall.wait("shuro-tui join")
    group = wide("join", "--group", "1班", columns=columns, lines=lines)
    wait_straight(group, 1, "まもなく始まります")
    for key, shown in ((" ", "終了予定"), (" ", "2/8"), (" ", "3/8"), ("n", "2/5"), ("n", "3/5")):
        facilitator.type(key)
        wait_straight(facilitator, panes, shown)
    group.wait("整理シート")
    group.type(TYPED)
    wait_straight(group, 2, TYPED)
    group.wait("保存済み")
    group.type("\x1bOP")  # F1, over all of it: coming back paints whole lines
    group.wait("選んだ候補や、資源で")
    group.type("\x1b")
    group.wait(lambda shown: "選んだ候補や、資源で" not in shown and in_line(group, "連携内容"))
    wait_straight(group, 2, TYPED)
    facilitator.type("v")
    wait_straight(facilitator, 0, "一覧表")
    facilitator.type("n")
    wait_straight(facilitator, 2, "未確定の名前")


def test_slides_with_tables_and_boxes_are_straight_on_the_wall(wide: Open) -> None:
    """Every slide of the first two segments, on the projector."""
    facilitator = wide("run", columns=120, lines=36)
    facilitator.wait("開始前")
    wall = wide("screen", columns=120, lines=36)
    wall.wait("shuro-tui join")
    boxes: list[int] = []

    def at(number: int, _shown: str = "") -> bool:
        boxes.append(frames(wall.screen.cells())[0])  # of what has come by now: the last slide is whole before the next
        return straight(wall, 0, f" {number}/8")

    for number in range(1, 9):
        facilitator.type(" ")
        wall.wait(partial(at, number))
    assert max(boxes) > 0


@pytest.mark.parametrize(
    ("ambiguous", "answers", "corner"), [(2, True, "+-"), (1, True, "╭─"), (2, False, "╭─")], ids=str
)
def test_the_terminal_is_asked_before_the_first_frame(wide: Open, ambiguous: int, answers: bool, corner: str) -> None:
    """The terminal's own answer decides; one that says nothing gets what an ordinary terminal gets."""
    group = wide("join", "--group", "1班", said="", ambiguous=ambiguous, answers=answers)
    group.wait(corner)
    group.wait("まもなく始まります")
