"""Windows that are drawn larger and smaller, and terminals that were somebody else's for a while."""

import os
import signal

from tests.process.conftest import Open

STANDS = ("開始前", "進行", "スライド 1/8", "最初のスライド", "ノート", "グループ 0/6", "キー一覧")


def whole(shown: str) -> bool:
    """Whether every pane is there."""
    return all(title in shown for title in STANDS)


def test_a_screen_that_comes_back_is_written_anew(terminal: Open) -> None:
    """Suspended, its terminal used for something else, and resumed: everything stands there again."""
    facilitator = terminal("run", "--port", "0")
    facilitator.wait(whole)
    facilitator.process.send_signal(signal.SIGTSTP)
    while not os.waitpid(facilitator.process.pid, os.WUNTRACED | os.WNOHANG)[0]:
        facilitator.watch(0.05)  # it waits until what it wrote last has been read
    facilitator.screen.reset()
    facilitator.process.send_signal(signal.SIGCONT)
    facilitator.wait(whole)


def test_what_somebody_else_wrote_there_goes_when_a_dialog_comes(terminal: Open) -> None:
    """A message of the system's over the screen is gone with the next list of keys, and with its end."""
    facilitator = terminal("run", "--port", "0")
    facilitator.wait(whole)
    facilitator.scribble("Broadcast message", 1, 36)
    facilitator.type("?")
    facilitator.wait(lambda shown: "PgDn" in shown and "Broadcast" not in shown)
    facilitator.scribble("Broadcast message", 1, 36)
    facilitator.type("q")
    facilitator.wait(lambda shown: whole(shown) and "Broadcast" not in shown)


def test_a_window_is_resized_while_a_list_stands_over_it(terminal: Open) -> None:
    """The list of keys is there at each size; once it is put away the screen below fills the window."""
    facilitator = terminal("run", "--port", "0")
    facilitator.wait(whole)
    facilitator.type("?")
    for columns, lines in ((150, 45), (80, 24), (200, 50), (120, 36)):
        facilitator.wait("PgDn")
        facilitator.resize(columns, lines)
    facilitator.wait("PgDn")
    facilitator.type("q")
    shown = facilitator.wait(lambda shown: whole(shown) and "PgDn" not in shown)
    assert shown.splitlines()[-1].startswith(" Space")
