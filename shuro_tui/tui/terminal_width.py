"""What terminals do not agree about: this one is asked, once, before the first frame.

Characters such as ① → ※ are "ambiguous" in UAX #11: one cell or two, as the terminal is set. Emoji of several
characters are drawn as one by some terminals, side by side by others. SHURO_TUI_AMBIGUOUS=1 or 2 answers the first
question in the terminal's place, for a line that takes longer than 100 ms.

How it shows pictures is asked next, where the extra for pictures is installed, and only of a terminal that has answered
at once: Textual knows a position that comes late, but would take the rest for keys, of which ? opens the help.

Keys that were typed before the answer are passed over, as the first frame would; those after it are left to be read.
"""

import os
import re
import select
import sys
import time
from collections.abc import Callable
from typing import Literal, NamedTuple

PATIENCE = 0.1
"""Seconds within which the terminal answers or is taken for an ordinary one."""

_SHOWS = b"\x1b7\r\x1b_Gi=31,s=1,v=1,U=1,a=q,t=d,f=24;AAAA\x1b\\\x1b[c\x1b[16t\x1b[6n\r\x1b[K\x1b8"
"""Whether it knows kitty's graphics in the place of text (U), what it is, how large its cells are, and that is all."""

_KITTY = re.compile(rb"\x1b_Gi=31;OK\x1b\\")
_SIXEL = re.compile(rb"\x1b\[\?(?:\d+;)+4[;c]")
_CELL = re.compile(rb"\x1b\[6;([1-9]\d*);([1-9]\d*)t")

Pictures = Literal["kitty", "sixel", "blocks", ""]
"""How pictures are shown; "": by their words."""

_SAMPLES = "①", "☺\ufe0f👩\u200d👧"
# One write: what is asked with is erased before anybody sees it.
_QUESTION = ("\x1b7" + "".join(f"\r{sample}\x1b[6n" for sample in _SAMPLES) + "\r\x1b[K\x1b8").encode()
_POSITION = re.compile(rb"\x1b\[\d+;(\d+)R")


class Drawn(NamedTuple):
    """What the terminal does. ambiguous: 1 or 2 cells; emoji: whether it draws those of several characters as one.

    cell: its pixels across and down; VT340's where the terminal does not tell.
    """

    ambiguous: int = 1
    emoji: bool = False
    pictures: Pictures = ""
    cell: tuple[int, int] = (10, 20)


def how_drawn(pictures: bool = False) -> Drawn:
    """What the terminal of this process does. `pictures`: whether they could be shown, so that it is worth asking."""
    said = os.environ.get("SHURO_TUI_AMBIGUOUS", "")
    if said in {"1", "2"}:
        return Drawn(int(said), pictures="blocks" if pictures and said == "1" else "")
    # As Textual does: keys from the one, frames to the other.
    tty = sys.__stdin__, sys.__stderr__
    if sys.platform == "win32" or os.environ.get("TERM") == "dumb" or not all(end and end.isatty() for end in tty):
        return Drawn()
    return ask(0, 2, pictures)


def ask(keys: int, frames: int, pictures: bool = False, now: Callable[[], float] = time.monotonic) -> Drawn:
    """As the terminal at these descriptors answers within PATIENCE by the clock `now`; else as an ordinary one."""
    import termios  # noqa: PLC0415 - Windows has none
    import tty  # noqa: PLC0415

    try:
        before = termios.tcgetattr(keys)
        try:
            tty.setcbreak(keys, termios.TCSANOW)  # a key that interrupts still does
            os.write(frames, _QUESTION)
            columns = _positions(_answer(keys, len(_SAMPLES), now))
            shows = b""
            if pictures and len(columns) == len(_SAMPLES):
                os.write(frames, _SHOWS)
                shows = _answer(keys, 1, now)
        finally:
            termios.tcsetattr(keys, termios.TCSANOW, before)
    except (OSError, termios.error):  # the window was closed meanwhile; Textual will find out
        return Drawn()
    # Columns count from one: three is after two cells, five after two emoji.
    drawn = Drawn(2 if columns[:1] == [3] else 1, columns[1:] == [5])
    return drawn._replace(pictures=_shown(shows, drawn), cell=_cell(shows, frames)) if pictures else drawn


def _shown(answer: bytes, drawn: Drawn) -> Pictures:
    """Sixel first: some terminals that know kitty's graphics do not know those in the place of text."""
    if _SIXEL.search(answer):
        return "sixel"
    if drawn.ambiguous > 1:  # the others stand in characters that would be too wide
        return ""
    return "kitty" if _KITTY.search(answer) else "blocks"


def _cell(answer: bytes, frames: int) -> tuple[int, int]:
    """A cell's pixels across and down: as the terminal says, or as its window's size says."""
    import fcntl  # noqa: PLC0415 - Windows has none
    import struct  # noqa: PLC0415
    import termios  # noqa: PLC0415

    if told := _CELL.search(answer):
        return int(told[2]), int(told[1])
    window = fcntl.ioctl(frames, termios.TIOCGWINSZ, bytes(8))
    lines, columns, width, height = struct.unpack("HHHH", window)
    return (width // columns, height // lines) if width and height else Drawn().cell


def _positions(answer: bytes) -> list[int]:
    return [int(column) for column in _POSITION.findall(answer)]


def _answer(keys: int, positions: int, now: Callable[[], float]) -> bytes:
    """What the terminal answered in time; nothing after its last position is read."""
    until = now() + PATIENCE
    read = b""
    while len(_positions(read)) < positions:
        left = until - now()
        if left <= 0 or not select.select([keys], [], [], left)[0]:
            break
        byte = os.read(keys, 1)
        if not byte:
            break
        read += byte
    return read
