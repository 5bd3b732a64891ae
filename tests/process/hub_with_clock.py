"""A hub on a machine whose clocks stand where a file says: wall and monotonic, in milliseconds.

`python -m tests.process.hub_with_clock DATA CLOCKS [SESSION]`
"""

import sys
from collections.abc import Callable
from pathlib import Path

from shuro_tui import host
from shuro_tui.hub.clock import Clock


def main(data: Path, clocks: Path, session: str | None) -> int:
    """Begin a session of the bundled workshop, or go on with one, until it is killed."""

    def stands(which: int) -> Callable[[], int]:
        return lambda: int(clocks.read_text(encoding="ascii").split()[which]) * 1_000_000

    def clock(speed: float) -> Clock:
        return Clock(speed, wall=stands(0), monotonic=stands(1))

    return host.serve(data, None, session, ("1班", "2班"), lan=False, port=0, speed=1.0, new_clock=clock)


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3] if len(sys.argv) > 3 else None))
