"""What everybody may know of the time: how long the segment and its step still last, and the signals on the way."""

from typing import Literal

from msgspec import Struct

from shuro_tui.core.model import MINUTE, Millis, Workshop
from shuro_tui.core.timeline import Phase, Timeline

SOON, LAST = Millis(5 * MINUTE), MINUTE
"""What is left of a segment when it is told."""


class Signal(Struct, frozen=True):
    """A moment worth telling: soon (5 minutes left), last (the last minute), over (so many full minutes over)."""

    kind: Literal["soon", "last", "over"]
    minutes: int = 0


def signal(left: Millis, length: Millis) -> Signal | None:
    """What has to be told while so much is left of so much. A segment does not begin with a signal."""
    if left <= 0:
        return Signal("over", -left // MINUTE)
    if left <= LAST < length:
        return Signal("last", 1)
    return Signal("soon", SOON // MINUTE) if left <= SOON < length else None


class StepShown(Struct, frozen=True):
    """The current step; `following`: the title of the one after it, "" for none; `left`: of it, at the dial's `at`."""

    title: str
    number: int
    of: int
    following: str
    left: Millis


class Dial(Struct, frozen=True):
    """The time of the current segment: `left` of its `length` at the moment `at`; while running it goes on from it."""

    phase: Phase
    segment: int
    length: Millis
    left: Millis
    at: Millis
    step: StepShown | None = None

    def remaining(self, now: Millis) -> Millis:
        """What is left of the segment; negative in overtime."""
        return Millis(self.left - self._passed(now))

    def step_remaining(self, now: Millis) -> Millis | None:
        """What is left of the step, None where there is none; negative in overtime."""
        return None if self.step is None else Millis(self.step.left - self._passed(now))

    def signal(self, now: Millis) -> Signal | None:
        """What has to be told now, while the clock of the segment runs."""
        return signal(self.remaining(now), self.length) if self.phase == "running" else None

    def _passed(self, now: Millis) -> int:
        return max(now - self.at, 0) if self.phase == "running" else 0


def dial(timeline: Timeline, workshop: Workshop) -> Dial:
    """The dial of a timeline."""
    at = timeline.since or Millis(0)
    return Dial(
        phase=timeline.phase,
        segment=timeline.segment,
        length=timeline.adapted[timeline.segment],
        left=timeline.remaining(at),
        at=at,
        step=_step(timeline, workshop, at),
    )


def _step(timeline: Timeline, workshop: Workshop, at: Millis) -> StepShown | None:
    left = timeline.step_remaining(at)
    if left is None or timeline.phase not in ("running", "paused"):
        return None
    titles = [step.title for step in workshop.segments[timeline.segment].steps]
    number = timeline.step + 1
    return StepShown(titles[timeline.step], number, len(titles), titles[number] if number < len(titles) else "", left)
