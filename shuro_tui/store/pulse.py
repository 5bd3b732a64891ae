"""The hub's last sign of life: a few bytes beside the session file, written anew each second."""

import os
import re
from contextlib import suppress
from pathlib import Path

from msgspec import Struct

from shuro_tui.core.model import Millis

_RECORD = re.compile(rb"(\d{15}) (\d{15})")  # no line end: Windows would write it its own way


class Pulse(Struct, frozen=True):
    """The hub's clock and the machine's, at the same moment."""

    at: Millis
    wall: Millis


def place(session_file: Path) -> Path:
    """Where the pulse of a session is."""
    return session_file.with_suffix(".pulse")


def read(session_file: Path) -> Pulse | None:
    """What was written last; None where there is nothing, or nothing that makes sense."""
    with suppress(OSError):
        record = _RECORD.fullmatch(place(session_file).read_bytes())
        return None if record is None else Pulse(Millis(int(record[1])), Millis(int(record[2])))
    return None


def write(session_file: Path, pulse: Pulse) -> None:
    """Write over the last one, for this user alone. What cannot be written is left as it is: the hub has to go on."""
    # In place, always of the same length, and not synced: the system keeps what it was given when the hub is killed,
    # and a power cut takes a few seconds of it, which costs nothing but a cut that is told a little too early.
    with suppress(OSError):
        descriptor = os.open(place(session_file), os.O_WRONLY | os.O_CREAT, 0o600)
        try:
            os.write(descriptor, b"%015d %015d" % (pulse.at, pulse.wall))
        finally:
            os.close(descriptor)
