"""A real process in a real pseudo-terminal, read by a terminal emulator, as a person would."""

import codecs
import fcntl
import os
import pty
import select
import signal
import struct
import subprocess
import sys
import termios
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import pyte

PATIENCE = 30.0
"""Seconds after which a wait is a failure; each wait ends with the bytes that it waits for."""


class Terminal:
    """`shuro-tui` with some arguments at a terminal of some size."""

    def __init__(
        self,
        arguments: Sequence[str],
        environment: Mapping[str, str],
        columns: int = 120,
        lines: int = 36,
        folder: Path | None = None,
        program: Sequence[str] = (),
    ) -> None:
        self.screen = pyte.Screen(columns, lines)
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
        return "\n".join(
            "".join(self.screen.buffer[line][column].data for column in range(self.screen.columns)).rstrip()
            for line in range(self.screen.lines)
        )

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

    def _read(self) -> bool:
        try:
            data = os.read(self._master, 65536)
        except OSError:  # the process has ended and the terminal with it
            return False
        # pyte takes the private-marker forms of SGR and DECRQM for what they are not; nothing on the screen needs them.
        self._stream.feed(self._decode(data))
        return bool(data)

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
