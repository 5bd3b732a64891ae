"""Where the workshop stands in its rundown, and what the clock makes of it.

Moments are milliseconds of the hub's clock (UTC); durations are milliseconds. Nothing here reads a clock: `now` is an
argument, so that every screen counts down from the same frozen timeline by itself.
"""

from typing import Literal, TypeVar

from msgspec import Struct
from msgspec.structs import replace

from shuro_tui.core.model import Millis, Workshop

T = TypeVar("T")

Phase = Literal["waiting", "running", "paused", "finished"]


class Timeline(Struct, frozen=True):
    """The rundown in time. Tuples have one entry a segment.

    planned: minutes of the workshop file; floors: the fewest it can live with; added: given or taken while it ran;
    spent: time used, pauses left out, up to `since`; entered, left: the first and the last moment of each segment.
    """

    planned: tuple[Millis, ...]
    floors: tuple[Millis, ...]
    added: tuple[Millis, ...]
    spent: tuple[Millis, ...]
    entered: tuple[Millis | None, ...]
    left: tuple[Millis | None, ...]
    segment: int = 0
    slide: int = 0
    started_at: Millis | None = None
    since: Millis | None = None
    finished_at: Millis | None = None

    @classmethod
    def of(cls, workshop: Workshop) -> "Timeline":
        """The rundown of a workshop that has not begun."""
        segments = workshop.segments
        nothing: tuple[Millis, ...] = (Millis(0),) * len(segments)
        never: tuple[None, ...] = (None,) * len(segments)
        return cls(
            planned=tuple(segment.planned for segment in segments),
            floors=tuple(segment.at_least for segment in segments),
            added=nothing,
            spent=nothing,
            entered=never,
            left=never,
        )

    @property
    def phase(self) -> Phase:
        """Waiting, running, paused or finished."""
        if self.finished_at is not None:
            return "finished"
        if self.started_at is None:
            return "waiting"
        return "paused" if self.since is None else "running"

    def length(self, segment: int) -> Millis:
        """What the segment may take: planned and added."""
        return Millis(self.planned[segment] + self.added[segment])

    def used(self, segment: int, now: Millis) -> Millis:
        """What the segment has taken so far, pauses left out."""
        running = now - self.since if segment == self.segment and self.since is not None else 0
        return Millis(self.spent[segment] + running)

    def remaining(self, now: Millis) -> Millis:
        """What is left of the current segment; negative in overtime."""
        return self.left_in(self.segment, now)

    def left_in(self, segment: int, now: Millis) -> Millis:
        """What is left of one segment; negative in overtime."""
        return Millis(self.length(segment) - self.used(segment, now))

    def ends_at(self) -> Millis | None:
        """When the session has to end: its start and the planned total. None before the start."""
        return None if self.started_at is None else Millis(self.started_at + sum(self.planned))

    def session_remaining(self, now: Millis) -> Millis:
        """Until the session has to end; the whole before the start, negative after the end."""
        end = self.ends_at()
        return Millis(sum(self.planned)) if end is None else Millis(end - now)

    def projected_end(self, now: Millis) -> Millis:
        """When it will end if every segment from here on takes what is left of it."""
        if self.finished_at is not None:
            return self.finished_at
        ahead = range(self.segment, len(self.planned))
        return Millis(now + sum(max(self.left_in(segment, now), 0) for segment in ahead))

    def lateness(self, now: Millis) -> Millis:
        """How much later than planned it will end; negative when there is time to spare; 0 before the start."""
        end = self.ends_at()
        return Millis(0) if end is None else Millis(self.projected_end(now) - end)

    def leave_by(self, segment: int) -> Millis | None:
        """The moment by which a segment must be left so that those after it keep their floors."""
        end = self.ends_at()
        return None if end is None else Millis(end - sum(self.floors[segment + 1 :]))

    # What happens to it. Each returns a new timeline.

    def start(self, at: Millis) -> "Timeline":
        """Begin with the first segment."""
        return replace(self, started_at=at, since=at, entered=_with(self.entered, 0, at))

    def move(self, at: Millis, segment: int, slide: int) -> "Timeline":
        """Go to a slide of a segment; the segment that is left keeps the time it took."""
        if segment == self.segment:
            return replace(self, slide=slide)
        return replace(
            self,
            spent=_with(self.spent, self.segment, self.used(self.segment, at)),
            left=_with(self.left, self.segment, at),
            entered=self.entered if self.entered[segment] is not None else _with(self.entered, segment, at),
            segment=segment,
            slide=slide,
            since=None if self.since is None else at,
        )

    def pause(self, at: Millis) -> "Timeline":
        """Stop counting; the time left stays what it is."""
        return replace(self, spent=_with(self.spent, self.segment, self.used(self.segment, at)), since=None)

    def resume(self, at: Millis) -> "Timeline":
        """Count on."""
        return replace(self, since=at)

    def add(self, segment: int, amount: Millis) -> "Timeline":
        """Give time to a segment, or take it away when negative."""
        return replace(self, added=_with(self.added, segment, Millis(self.added[segment] + amount)))

    def finish(self, at: Millis) -> "Timeline":
        """The end, where it stands."""
        stopped = self.pause(at)
        return replace(stopped, left=_with(stopped.left, self.segment, at), finished_at=at)


def _with(values: tuple[T, ...], index: int, value: T) -> tuple[T, ...]:
    return (*values[:index], value, *values[index + 1 :])
