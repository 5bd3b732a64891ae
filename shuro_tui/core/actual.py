"""What really happened in the rundown's time: spent, paused, interrupted, cut off."""

from typing import TypeVar

from msgspec import Struct
from msgspec.structs import replace

from shuro_tui.core.commands import Interruption
from shuro_tui.core.model import Millis, Segment

T = TypeVar("T")

NOTHING = Millis(0)


class Actual(Struct, frozen=True, omit_defaults=True):
    """What a segment has taken, up to the timeline's `since`.

    spent: while the clock ran, interruptions included; paused: while it stood; interrupted: what of the spent time went
    to which kind of interruption; slides, steps: the spent time again, by what was shown; entered, left: the first and
    the last moment.
    """

    spent: Millis = NOTHING
    paused: Millis = NOTHING
    interrupted: dict[Interruption, Millis] = {}
    slides: tuple[Millis, ...] = ()
    steps: tuple[Millis, ...] = ()
    entered: Millis | None = None
    left: Millis | None = None

    @classmethod
    def of(cls, segment: Segment) -> "Actual":
        """A segment that was not entered yet."""
        return cls(slides=(NOTHING,) * len(segment.shown), steps=(NOTHING,) * len(segment.steps))

    @property
    def step(self) -> int:
        """The furthest step that was come to."""
        return max((number for number, spent in enumerate(self.steps) if spent), default=0)

    def run(self, time: Millis, slide: int, step: int, interruption: Interruption | None) -> "Actual":
        """With so much time more, spent at that slide and step."""
        interrupted = self.interrupted
        if interruption is not None:
            interrupted = {**interrupted, interruption: Millis(interrupted.get(interruption, 0) + time)}
        return replace(
            self,
            spent=Millis(self.spent + time),
            interrupted=interrupted,
            slides=added_at(self.slides, slide, time),
            steps=added_at(self.steps, step, time) if self.steps else (),
        )


class Cut(Struct, frozen=True):
    """The hub was away: `at` is its last sign of life, `found` when it was back. How to go on is not answered yet."""

    at: Millis
    found: Millis


def with_at(values: tuple[T, ...], index: int, value: T) -> tuple[T, ...]:
    """The values with another one there."""
    return (*values[:index], value, *values[index + 1 :])


def added_at(values: tuple[Millis, ...], index: int, amount: Millis) -> tuple[Millis, ...]:
    """The values with so much more there."""
    return with_at(values, index, Millis(values[index] + amount))
