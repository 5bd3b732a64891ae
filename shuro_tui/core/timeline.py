"""Where the workshop stands in its rundown, and what the clock makes of it.

Moments are milliseconds of the hub's clock (UTC); durations are milliseconds. Nothing here reads a clock: `now` is an
argument, so that every screen counts down from the same frozen timeline by itself.
"""

from typing import Literal

from msgspec import Struct
from msgspec.structs import replace

from shuro_tui.core.actual import NOTHING, Actual, Cut, added_at, with_at
from shuro_tui.core.commands import Interruption
from shuro_tui.core.model import Millis, Workshop

Phase = Literal["waiting", "running", "paused", "finished"]


class Timeline(Struct, frozen=True):
    """The rundown in time. Tuples have one entry a segment.

    planned, steps: minutes of the workshop file; floors: the fewest it can live with; adapted: the length it has now,
    with what was added, taken and planned anew; added: given by hand, or taken when negative; actual: what it took;
    end_moved: how far the end of the session was moved by hand; skipped: (segment, slide) that a plan leaves out;
    presenting: segment → groups that still present; since: up to when `actual` counts.
    """

    planned: tuple[Millis, ...]
    steps: tuple[tuple[Millis, ...], ...]
    floors: tuple[Millis, ...]
    adapted: tuple[Millis, ...]
    added: tuple[Millis, ...]
    actual: tuple[Actual, ...]
    end_moved: Millis = NOTHING
    skipped: tuple[tuple[int, int], ...] = ()
    presenting: dict[int, int] = {}
    segment: int = 0
    slide: int = 0
    part: int = 0
    step: int = 0
    started_at: Millis | None = None
    since: Millis | None = None
    running: bool = False
    interruption: Interruption | None = None
    cut: Cut | None = None
    finished_at: Millis | None = None

    @classmethod
    def of(cls, workshop: Workshop) -> "Timeline":
        """The rundown of a workshop that has not begun."""
        segments = workshop.segments
        planned = tuple(segment.planned for segment in segments)
        return cls(
            planned=planned,
            steps=tuple(tuple(step.planned for step in segment.steps) for segment in segments),
            floors=tuple(segment.at_least for segment in segments),
            adapted=planned,
            added=(NOTHING,) * len(segments),
            actual=tuple(Actual.of(segment) for segment in segments),
        )

    @property
    def phase(self) -> Phase:
        """Waiting, running, paused or finished."""
        if self.finished_at is not None:
            return "finished"
        if self.started_at is None:
            return "waiting"
        return "running" if self.running else "paused"

    @property
    def here(self) -> Actual:
        """What the current segment has taken."""
        return self.actual[self.segment]

    @property
    def ahead(self) -> range:
        """The segments from here on."""
        return range(self.segment, len(self.planned))

    def _running(self, now: Millis) -> int:
        return max(now - self.since, 0) if self.running and self.since is not None else 0

    def used(self, segment: int, now: Millis) -> Millis:
        """What the segment has taken so far, pauses left out."""
        return Millis(self.actual[segment].spent + (self._running(now) if segment == self.segment else 0))

    def paused_for(self, now: Millis) -> Millis:
        """How long the clock of the current segment has stood in all."""
        standing = self.phase == "paused" and self.since is not None
        return Millis(self.here.paused + (max(now - self.since, 0) if standing and self.since is not None else 0))

    def interrupted_for(self, now: Millis) -> Millis:
        """How much of the current segment went to interruptions."""
        going_on = self._running(now) if self.interruption is not None else 0
        return Millis(sum(self.here.interrupted.values()) + going_on)

    def remaining(self, now: Millis) -> Millis:
        """What is left of the current segment; negative in overtime."""
        return self.left_in(self.segment, now)

    def left_in(self, segment: int, now: Millis) -> Millis:
        """What is left of one segment; negative in overtime."""
        return Millis(self.adapted[segment] - self.used(segment, now))

    def step_remaining(self, now: Millis) -> Millis | None:
        """What is left of the current step, None where the segment has none; negative in overtime.

        What the other steps have not used of the segment is shared among this one and those after it, as planned: so a
        step that ran over shortens all that follow a little, and a minute more helps all of them.
        """
        planned, spent = self.steps[self.segment], self.here.steps
        if not planned:
            return None
        others = sum(spent) - spent[self.step]
        share = (self.adapted[self.segment] - others) * planned[self.step] // sum(planned[self.step :])
        return Millis(share - spent[self.step] - self._running(now))

    def ends_at(self) -> Millis | None:
        """When the session has to end. None before the start."""
        return None if self.started_at is None else Millis(self.started_at + sum(self.planned) + self.end_moved)

    def session_remaining(self, now: Millis) -> Millis:
        """Until the session has to end; the whole before the start, negative after the end."""
        end = self.ends_at()
        return Millis(sum(self.planned) + self.end_moved) if end is None else Millis(end - now)

    def projected_end(self, now: Millis) -> Millis:
        """When it will end if every segment from here on takes what is left of it."""
        if self.finished_at is not None:
            return self.finished_at
        return Millis(now + sum(max(self.left_in(segment, now), 0) for segment in self.ahead))

    def lateness(self, now: Millis) -> Millis:
        """How much later than it has to it will end; negative when there is time to spare; 0 before the start."""
        end = self.ends_at()
        return NOTHING if end is None else Millis(self.projected_end(now) - end)

    def leave_by(self, segment: int) -> Millis | None:
        """The moment by which a segment must be left so that those after it keep their floors."""
        end = self.ends_at()
        return None if end is None else Millis(end - sum(self.floors[segment + 1 :]))

    # What happens to it. Each returns a new timeline.

    def _counted(self, at: Millis) -> "Timeline":
        """The same, counted up to `at`."""
        if self.since is None or self.finished_at is not None:
            return self
        passed = Millis(max(at - self.since, 0))
        if self.running:
            here = self.here.run(passed, self.slide, self.step, self.interruption)
        else:
            here = replace(self.here, paused=Millis(self.here.paused + passed))
        return replace(self, actual=with_at(self.actual, self.segment, here), since=Millis(self.since + passed))

    def start(self, at: Millis) -> "Timeline":
        """Begin with the first segment."""
        first = replace(self.actual[0], entered=at)
        return replace(self, started_at=at, since=at, running=True, actual=with_at(self.actual, 0, first))

    def move(self, at: Millis, segment: int, slide: int, part: int = 0) -> "Timeline":
        """Go to a part of a slide of a segment. An interruption ends with the segment in which it was."""
        counted = self._counted(at)
        if segment == self.segment:
            return replace(counted, slide=slide, part=part)
        left = with_at(counted.actual, self.segment, replace(counted.here, left=counted.since))
        there = left[segment]
        entered = there if there.entered is not None else replace(there, entered=counted.since)
        return replace(
            counted,
            actual=with_at(left, segment, entered),
            segment=segment,
            slide=slide,
            part=part,
            step=there.step,
            interruption=None,
        )

    def take_step(self, at: Millis, step: int) -> "Timeline":
        """Go on with another step of the segment."""
        return replace(self._counted(at), step=step)

    def pause(self, at: Millis) -> "Timeline":
        """Stop counting; the time left stays what it is."""
        return replace(self._counted(at), running=False)

    def resume(self, at: Millis) -> "Timeline":
        """Count on."""
        return replace(self._counted(at), running=True)

    def add(self, segment: int, amount: Millis) -> "Timeline":
        """Give time to a segment, or take it away when negative."""
        return replace(
            self, adapted=added_at(self.adapted, segment, amount), added=added_at(self.added, segment, amount)
        )

    def move_end(self, amount: Millis) -> "Timeline":
        """Move the end of the session."""
        return replace(self, end_moved=Millis(self.end_moved + amount))

    def replan(
        self, lengths: tuple[Millis, ...], skipped: tuple[tuple[int, int], ...], presenting: dict[int, int]
    ) -> "Timeline":
        """Give every segment the length that a plan has for it."""
        return replace(self, adapted=lengths, skipped=skipped, presenting=presenting)

    def interrupt(self, at: Millis, kind: Interruption | None) -> "Timeline":
        """From here on the time goes to an interruption, or to the slides again."""
        return replace(self._counted(at), interruption=kind)

    def cut_off(self, last: Millis, found: Millis) -> "Timeline":
        """The hub was away since `last`: the clock stands there until it is known how to go on."""
        counted = self._counted(last)
        return replace(counted, running=False, cut=Cut(counted.since or last, found))

    def recover(self, at: Millis, count: bool) -> "Timeline":
        """Go on, with the time away as if nothing had been, or from the cut."""
        return replace(self if count else self._counted(at), running=True, cut=None)

    def finish(self, at: Millis) -> "Timeline":
        """The end, where it stands."""
        counted = self._counted(at)
        left = replace(counted.here, left=counted.since)
        return replace(
            counted,
            actual=with_at(counted.actual, self.segment, left),
            running=False,
            interruption=None,
            finished_at=counted.since,
        )
