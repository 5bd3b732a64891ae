"""The session's clock: where it starts is the machine's, how it goes on is nobody's to move."""

import time
from collections.abc import Callable

from shuro_tui.core.model import Millis

NOTICEABLE = 1_000
"""Milliseconds by which the two clocks may differ before anybody is told."""

_MILLI = 1_000_000
"""Nanoseconds."""

# While the machine sleeps, CLOCK_BOOTTIME goes on on Linux, CLOCK_MONOTONIC on macOS, the only one there is on Windows.
_AWAKE_OR_ASLEEP: int | None = getattr(time, "CLOCK_BOOTTIME", getattr(time, "CLOCK_MONOTONIC", None))


def monotonic() -> int:
    """Nanoseconds of a clock that nobody sets, and that goes on while the machine sleeps."""
    return time.monotonic_ns() if _AWAKE_OR_ASLEEP is None else time.clock_gettime_ns(_AWAKE_OR_ASLEEP)


class Clock:
    """UTC at its start, counted on by a monotonic clock, so that a clock that is set does not move a timer.

    speed: how many times as fast as time, for a rehearsal.
    """

    def __init__(
        self,
        speed: float = 1.0,
        wall: Callable[[], int] = time.time_ns,
        monotonic: Callable[[], int] = monotonic,
    ) -> None:
        self.speed = speed
        self._wall = wall
        self._monotonic = monotonic
        self._begun = wall()
        self._from = monotonic()

    def now(self) -> Millis:
        """The moment, in milliseconds of UTC as it was known at the start."""
        return Millis((self._begun + round((self._monotonic() - self._from) * self.speed)) // _MILLI)

    def wall(self) -> Millis:
        """The machine's own idea of UTC."""
        return Millis(self._wall() // _MILLI)

    def drift(self) -> Millis:
        """How far the machine's clock is ahead, in whole seconds' worth; 0 while nobody would notice."""
        if self.speed != 1.0:
            return Millis(0)
        ahead = self.wall() - self.now()
        return Millis(0) if abs(ahead) <= NOTICEABLE else Millis(round(ahead / 1000) * 1000)

    def go_on(self, at: Millis, wall: Millis) -> None:
        """Go on from an earlier clock, which stood at `at` when the machine's was at `wall`.

        What the machine's clock went on by since then has passed; nothing has when it was set back meanwhile.
        """
        away = max(self._wall() - wall * _MILLI, 0)
        self._begun = at * _MILLI + round(away * self.speed)
        self._from = self._monotonic()

    def reach(self, moment: Millis) -> None:
        """Be no earlier than a moment that is known to have been."""
        self._begun += max(moment - self.now(), 0) * _MILLI
