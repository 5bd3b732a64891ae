"""A real process in a real pseudo-terminal, read by a terminal emulator, as a person would."""

import codecs
import fcntl
import os
import pty
import re
import select
import signal
import struct
import subprocess
import sys
import termios
import time
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache, partial
from pathlib import Path
from unittest.mock import patch

import pyte
import pyte.screens

PATIENCE = 30.0
"""Seconds after which a wait is a failure; each wait ends with the bytes that it waits for."""

JOINER, EMOJI = "\u200d", "\ufe0f"
ADDED = re.compile(f"([{JOINER}{EMOJI}\u0300-\u036f\u20e3\u3099\u309a])")
"""What goes into the cell before it: joiners, selectors, accents, keycaps, combining dakuten."""

narrow = pyte.screens.wcwidth


@lru_cache(4096)
def width_of(character: str, ambiguous: int) -> int:
    """Its cells on a terminal that draws ambiguous characters in so many."""
    cells = narrow(character)
    return ambiguous if cells == 1 and unicodedata.east_asian_width(character) == "A" else cells


class Screen(pyte.Screen):
    """A screen that knows how wide it draws ambiguous characters and emoji, and says where its cursor is.

    answer: takes what the terminal sends to the program; ambiguous: 1 or 2 cells; emoji: whether it composes them.
    """

    def __init__(
        self, columns: int, lines: int, answer: Callable[[str], object] = str, ambiguous: int = 1, emoji: bool = True
    ) -> None:
        self._answer = answer
        self._cells = partial(width_of, ambiguous=ambiguous)
        self._composes = emoji
        self._joining = False
        super().__init__(columns, lines)

    def write_process_input(self, data: str) -> None:
        """Answer the program."""
        self._answer(data)

    def draw(self, data: str) -> None:
        """Draw text; what follows a joiner goes into the cell before it."""
        with patch.object(pyte.screens, "wcwidth", self._cells):
            for part in filter(None, ADDED.split(data)):
                if ADDED.match(part):
                    self._add(part)
                elif self._joining:
                    self._add(part[0])
                    super().draw(part[1:])
                else:
                    super().draw(part)
                self._joining = self._composes and part == JOINER

    def _add(self, character: str) -> None:
        """Into the cell before the cursor, which an emoji selector may make wider."""
        line = self.buffer[self.cursor.y]
        at = self.cursor.x - 1 - (line[self.cursor.x - 1].data == "")
        base = line[at].data
        line[at] = line[at]._replace(data=base + character)
        if self._composes and character == EMOJI and at == self.cursor.x - 1 and not base.isascii():
            line[self.cursor.x] = line[at]._replace(data="")
            self.cursor.x += 1

    def cells(self) -> list[list[str]]:
        """Each line by its cells; the second one of a wide character is empty."""
        return [[self.buffer[line][column].data for column in range(self.columns)] for line in range(self.lines)]


class Terminal:
    """`shuro-tui` with some arguments at a terminal of some size.

    ambiguous: the cells, 1 or 2, that it draws ambiguous characters in; answers: whether it says where its cursor is.
    """

    def __init__(
        self,
        arguments: Sequence[str],
        environment: Mapping[str, str],
        columns: int = 120,
        lines: int = 36,
        folder: Path | None = None,
        program: Sequence[str] = (),
        ambiguous: int = 1,
        answers: bool = True,
    ) -> None:
        self.screen = Screen(columns, lines, self.type if answers else str, ambiguous)
        self._stream = pyte.Stream(self.screen)
        self._decode = codecs.getincrementaldecoder("utf-8")("replace").decode
        self._master, slave = pty.openpty()
        fcntl.ioctl(slave, termios.TIOCSWINSZ, struct.pack("HHHH", lines, columns, 0, 0))
        self.process = subprocess.Popen(
            [sys.executable, *(program or ("-m", "shuro_tui")), *arguments],
            stdin=slave,
            stdout=slave,
            stderr=slave,
            cwd=folder,
            env={**os.environ, "TERM": "xterm-256color", **environment},
            start_new_session=True,
        )
        os.close(slave)

    def text(self) -> str:
        """What stands on the screen; the empty half of a wide character left out."""
        return "\n".join("".join(line).rstrip() for line in self.screen.cells())

    def type(self, text: str) -> None:
        """Type, as a keyboard or an input method would send it."""
        os.write(self._master, text.encode())

    def wait(self, for_what: str | Callable[[str], bool]) -> str:
        """Read until the screen shows it; the screen then. Fails with the screen when it never comes."""
        arrived = for_what if callable(for_what) else lambda shown: for_what in shown
        until = time.monotonic() + PATIENCE
        while not arrived(self.text()):
            left = until - time.monotonic()
            readable = select.select([self._master], [], [], max(left, 0))[0]
            if not readable or not self._read():
                message = f"never came: {for_what}\nstatus {self.process.poll()}\n{self.text()}"
                raise AssertionError(message)
        return self.text()

    def watch(self, seconds: float) -> None:
        """Read whatever comes for so long."""
        until = time.monotonic() + seconds
        while (left := until - time.monotonic()) > 0:
            if select.select([self._master], [], [], left)[0]:
                self._read()

    def _read(self) -> bool:
        try:
            data = os.read(self._master, 65536)
        except OSError:  # the process has ended and the terminal with it
            return False
        self.draw(data)
        return bool(data)

    def draw(self, data: bytes) -> None:
        """Take what the program wrote."""
        # pyte takes the private-marker forms of SGR and DECRQM for what they are not; nothing on the screen needs them.
        self._stream.feed(self._decode(data))

    def scribble(self, words: str, *lines: int) -> None:
        """Somebody else writes at the beginning of these lines, counted from 1."""
        for line in lines:
            for column, letter in enumerate(words):
                cells = self.screen.buffer[line - 1]
                cells[column] = cells[column]._replace(data=letter)

    def resize(self, columns: int, lines: int) -> None:
        """The window is drawn larger or smaller."""
        self.screen.resize(lines, columns)
        self.screen.erase_in_display(2)  # what stood there has moved; all of it is painted anew
        fcntl.ioctl(self._master, termios.TIOCSWINSZ, struct.pack("HHHH", lines, columns, 0, 0))
        self.process.send_signal(signal.SIGWINCH)

    def wait_end(self) -> int:
        """Read until the process ends; its exit status."""
        until = time.monotonic() + PATIENCE
        while self.process.poll() is None and time.monotonic() < until:
            if select.select([self._master], [], [], 0.05)[0]:
                self._read()
        return self.process.wait(timeout=1)

    def kill(self) -> None:
        """As a power cut would: no farewell."""
        self.process.send_signal(signal.SIGKILL)
        self.process.wait()

    def close(self) -> None:
        """Close the window."""
        if self.process.poll() is None:
            self.process.kill()
            self.process.wait()
        os.close(self._master)
