"""How wide the terminal draws ambiguous characters: it is asked, once, before the first frame.

Characters such as ① → ※ are "ambiguous" in UAX #11: one cell or two, as the terminal is set. SHURO_TUI_AMBIGUOUS=1 or 2
answers in its place, for a line that is slower than 100 ms.

Keys that were typed before the answer are passed over, as the first frame would; those after it are left to be read.
"""

import os
import re
import select
import sys
import time
from collections.abc import Callable

PATIENCE = 0.1
"""Seconds within which the terminal answers or is taken to draw one cell."""

# One write: what is asked with is erased before anybody sees it.
_QUESTION = "\x1b7\r①\x1b[6n\r\x1b[K\x1b8".encode()
_POSITION = re.compile(rb"\x1b\[\d+;(\d+)R")
_WIDE = b"3"  # the column, from one, where the cursor is after two cells


def ambiguous_cells() -> int:
    """1 or 2: the cells of an ambiguous character on the terminal of this process."""
    said = os.environ.get("SHURO_TUI_AMBIGUOUS", "")
    if said in {"1", "2"}:
        return int(said)
    # As Textual does: keys from the one, frames to the other.
    tty = sys.__stdin__, sys.__stderr__
    if sys.platform == "win32" or os.environ.get("TERM") == "dumb" or not all(end and end.isatty() for end in tty):
        return 1
    return ask(0, 2)


def ask(keys: int, frames: int, now: Callable[[], float] = time.monotonic) -> int:
    """1 or 2, as the terminal at these descriptors answers within PATIENCE by the clock `now`; else 1."""
    import termios  # noqa: PLC0415 - Windows has none
    import tty  # noqa: PLC0415

    try:
        before = termios.tcgetattr(keys)
        try:
            tty.setcbreak(keys, termios.TCSANOW)  # a key that interrupts still does
            os.write(frames, _QUESTION)
            return 2 if _column(keys, now) == _WIDE else 1
        finally:
            termios.tcsetattr(keys, termios.TCSANOW, before)
    except (OSError, termios.error):  # the window was closed meanwhile; Textual will find out
        return 1


def _column(keys: int, now: Callable[[], float]) -> bytes | None:
    """Where the cursor is by the first report, None without one in time; nothing after it is read."""
    until = now() + PATIENCE
    read = b""
    while not (report := _POSITION.search(read)):
        left = until - now()
        if left <= 0 or not select.select([keys], [], [], left)[0]:
            return None
        byte = os.read(keys, 1)
        if not byte:
            return None
        read += byte
    return report[1]
