"""Composing Japanese is not disturbed: the terminal's cursor is at the caret after each paint, come what may."""

import contextlib
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.process.conftest import Open
from tests.process.test_lecture import to_the_cases
from tests.terminal import Terminal

TYPED = "鷺鷹鶴鴨鳩鵜鷲雀燕雉"
"""Each once, and nowhere else on the screen: the last that stands there tells where the caret is."""

ASKED, ANSWERED = b"\x1b[?2026$p", b"\x1b[?2026;2$y"
PAINTED = "\x1b[?2026l"
"""What a program writes after each paint where the terminal says that it waits for that."""


class Watched(Terminal):
    """Looks at the cursor after each paint. `wrong`: where it was, where the caret was, and the screen."""

    paints = 0
    _rest = ""

    def __init__(self, environment: dict[str, str], folder: Path) -> None:
        self.wrong: list[tuple[tuple[int, int], tuple[int, int], str]] = []
        super().__init__(("join", "--group", "1班"), environment, columns=100, lines=30, folder=folder)

    def _read(self) -> bool:
        try:
            data = os.read(self._master, 65536)
        except OSError:
            return False
        if ASKED in data:
            os.write(self._master, ANSWERED)
        *paints, self._rest = (self._rest + self._decode(data)).split(PAINTED)
        for paint in paints:
            self._stream.feed(paint)
            self._look()
        if not self.paints:
            self._stream.feed(self._rest)
            self._rest = ""
        return bool(data)

    def _look(self) -> None:
        self.paints += 1
        lines = self.screen.cells()
        typed = [
            (TYPED.index(cell), (column + 2, number))
            for number, line in enumerate(lines)
            for column, cell in enumerate(line)
            if cell and cell in TYPED
        ]
        cursor = (self.screen.cursor.x, self.screen.cursor.y)
        if typed and max(typed)[1] != cursor:
            self.wrong.append((cursor, max(typed)[1], self.text()))

    def resize(self, columns: int, lines: int) -> None:
        """The window is drawn larger or smaller, just after a second: what is on its way would be for the old size."""
        self.wait_tick()
        super().resize(columns, lines)

    def time_left(self) -> str:
        """The countdown at the top."""
        found = re.search(r"残り +(\d+:\d\d)", self.text().splitlines()[0])
        return found[1] if found else ""

    def wait_tick(self) -> None:
        """Until the countdown shows another second."""
        before = self.time_left()
        self.wait(lambda _shown: self.time_left() not in ("", before))


@pytest.fixture
def group(data: Path, hub: "subprocess.Popen[str]") -> Iterator[Watched]:
    """A group's terminal that is looked at after each paint."""
    environment = {"SHURO_TUI_DATA": str(data), "HOME": str(data.parent), "LANG": "C.UTF-8"}
    with contextlib.closing(Watched(environment, data.parent)) as terminal:
        yield terminal


@pytest.mark.parametrize("organisation", ["", "社協"])
def test_the_cursor_is_at_the_caret_after_each_paint(group: Watched, terminal: Open, organisation: str) -> None:
    """While a countdown ticks, a message line comes, rows come above and the window is resized, in both columns."""
    facilitator = terminal("run")
    facilitator.wait("開始前")
    group.wait("まもなく始まります")
    to_the_cases(facilitator)
    group.wait("整理シート")
    second = terminal("join", "--group", "1班", columns=100, lines=30)
    second.wait("整理シート")
    if organisation:
        group.type(organisation + "\r")
        group.wait(organisation)
    letters = iter(TYPED)

    def type_one() -> None:
        letter = next(letters)
        group.type(letter)
        group.wait(letter)

    type_one()
    group.wait_tick()
    type_one()
    facilitator.type("m")
    facilitator.wait("誰へのメッセージ")
    facilitator.type("\r")
    facilitator.wait("空のまま")
    facilitator.type("のこりすこし\r")
    group.wait("のこりすこし")
    type_one()
    group.resize(120, 36)
    type_one()
    group.wait_tick()
    second.type("べつの端末\r\r\r")
    group.wait("べつの端末")
    type_one()
    group.resize(90, 24)
    group.wait_tick()
    type_one()
    group.wait("保存済み")
    for one in group.wrong:
        sys.stdout.write(f"{one[0]} {one[1]} {group.screen.lines}\n{one[2]}\n")
    assert group.wrong == []
    assert TYPED[: TYPED.index(next(letters))] in group.text()
    sys.stdout.write(f"{group.paints} paints, cursor elsewhere than the caret: {len(group.wrong)}\n")
    assert group.paints > 20
