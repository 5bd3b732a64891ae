"""`shuro-tui` on a machine whose clocks are five minutes ahead: `python wrong_clock.py VERB …`."""

import time
from collections.abc import Callable
from typing import Any

AHEAD = 300


def ahead(clock: Callable[..., Any], by: int) -> Callable[..., Any]:
    """A clock that is so much ahead of another."""
    return lambda *which: clock(*which) + by


# Before anything else is imported: nobody is to have got hold of the right ones.
for name in ("time", "monotonic", "clock_gettime"):
    for unit, suffix in ((1, ""), (10**9, "_ns")):
        setattr(time, name + suffix, ahead(getattr(time, name + suffix), AHEAD * unit))

if __name__ == "__main__":
    from shuro_tui.__main__ import main

    main()
