"""The session's clock: where it starts is the machine's, how it goes on is nobody's to move."""

import time
from collections.abc import Callable

from shuro_tui.core.model import Millis

NOTICEABLE = 1_000
"""Milliseconds by which the two clocks may differ before anybody is told."""


class Clock:
    """UTC at its start, counted on by a monotonic clock, so that a clock that is set does not move a timer.

    speed: how many times as fast as time, for a rehearsal.
    """

    def __init__(
        self,
        speed: float = 1.0,
        wall: Callable[[], int] = time.time_ns,
        monotonic: Callable[[], int] = time.monotonic_ns,
    ) -> None:
        self._speed = speed
        self._wall = wall
        self._monotonic = monotonic
        self._begun = wall()
        self._from = monotonic()

    def now(self) -> Millis:
        """The moment, in milliseconds of UTC as it was known at the start."""
        return Millis((self._begun + round((self._monotonic() - self._from) * self._speed)) // 1_000_000)

    def drift(self) -> Millis:
        """How far the machine's clock is ahead, in whole seconds' worth; 0 while nobody would notice."""
        if self._speed != 1.0:
            return Millis(0)
        ahead = self._wall() // 1_000_000 - self.now()
        return Millis(0) if abs(ahead) <= NOTICEABLE else Millis(round(ahead / 1000) * 1000)
