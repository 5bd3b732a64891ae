"""How wide the terminal draws what terminals do not agree about: it is asked, once, before the first frame.

Characters such as ① → ※ are "ambiguous" in UAX #11: one cell or two, as the terminal is set. Emoji of several
characters are drawn as one by some terminals, side by side by others. SHURO_TUI_AMBIGUOUS=1 or 2 answers the first
question in the terminal's place, for a line that takes longer than 100 ms.

Keys that were typed before the answer are passed over, as the first frame would; those after it are left to be read.
"""

import os
import re
import select
import sys
import time
from collections.abc import Callable
from typing import NamedTuple

PATIENCE = 0.1
"""Seconds within which the terminal answers or is taken for an ordinary one."""

_SAMPLES = "①", "☺\ufe0f👩\u200d👧"
# One write: what is asked with is erased before anybody sees it.
_QUESTION = ("\x1b7" + "".join(f"\r{sample}\x1b[6n" for sample in _SAMPLES) + "\r\x1b[K\x1b8").encode()
_POSITION = re.compile(rb"\x1b\[\d+;(\d+)R")


class Drawn(NamedTuple):
    """What the terminal does. ambiguous: 1 or 2 cells; emoji: whether it draws those of several characters as one."""

    ambiguous: int = 1
    emoji: bool = False


def how_drawn() -> Drawn:
    """What the terminal of this process does."""
    said = os.environ.get("SHURO_TUI_AMBIGUOUS", "")
    if said in {"1", "2"}:
        return Drawn(int(said))
    # As Textual does: keys from the one, frames to the other.
    tty = sys.__stdin__, sys.__stderr__
    if sys.platform == "win32" or os.environ.get("TERM") == "dumb" or not all(end and end.isatty() for end in tty):
        return Drawn()
    return ask(0, 2)


def ask(keys: int, frames: int, now: Callable[[], float] = time.monotonic) -> Drawn:
    """As the terminal at these descriptors answers within PATIENCE by the clock `now`; else as an ordinary one."""
    import termios  # noqa: PLC0415 - Windows has none
    import tty  # noqa: PLC0415

    try:
        before = termios.tcgetattr(keys)
        try:
            tty.setcbreak(keys, termios.TCSANOW)  # a key that interrupts still does
            os.write(frames, _QUESTION)
            columns = _columns(keys, now)
        finally:
            termios.tcsetattr(keys, termios.TCSANOW, before)
    except (OSError, termios.error):  # the window was closed meanwhile; Textual will find out
        return Drawn()
    # Columns count from one: three is after two cells, five after two emoji.
    return Drawn(2 if columns[:1] == [3] else 1, columns[1:] == [5])


def _columns(keys: int, now: Callable[[], float]) -> list[int]:
    """Where the cursor was after each sample, as far as reports came in time; nothing after the last is read."""
    until = now() + PATIENCE
    read = b""
    while len(reports := _POSITION.findall(read)) < len(_SAMPLES):
        left = until - now()
        if left <= 0 or not select.select([keys], [], [], left)[0]:
            break
        byte = os.read(keys, 1)
        if not byte:
            break
        read += byte
    return [int(column) for column in reports]
