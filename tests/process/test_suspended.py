"""A terminal that was somebody else's for a while."""

import os
import signal

from tests.process.conftest import Open


def panes(shown: str) -> list[str]:
    """The lines with borders, which no clock changes."""
    return [line for line in shown.splitlines() if "│" in line]


def test_a_screen_that_comes_back_is_written_anew(terminal: Open) -> None:
    """Suspended, its terminal used for something else, and resumed: everything stands there again."""
    facilitator = terminal("run", "--port", "0")
    before = facilitator.wait(lambda shown: "開始前" in shown and bool(shown.splitlines()[-1].strip()))
    facilitator.process.send_signal(signal.SIGTSTP)
    while not os.waitpid(facilitator.process.pid, os.WUNTRACED | os.WNOHANG)[0]:
        facilitator.watch(0.05)  # it waits until what it wrote last has been read
    facilitator.screen.reset()
    facilitator.process.send_signal(signal.SIGCONT)
    facilitator.wait(lambda shown: panes(shown) == panes(before))
