"""A session under way fitted to its workshop as it is after its files were edited.

Segments are known by their id; slides by what stands on them, else by their title, else by their place.
"""

from collections.abc import Callable, Sequence
from typing import Literal

from msgspec import Struct
from msgspec.structs import replace

from shuro_tui.core.actual import Actual
from shuro_tui.core.commands import Display
from shuro_tui.core.model import Case, Millis, Segment, Slide, Workshop
from shuro_tui.core.rundown import Rundown
from shuro_tui.core.timeline import Timeline

Shown = dict[tuple[int, int], int]
"""(segment, slide) → the furthest of its parts that was shown."""


class Torn(Struct, frozen=True):
    """What a session cannot do without: a segment that was held, a case that groups have read, a column of it."""

    kind: Literal["segment", "case", "column"]
    title: str


def torn(timeline: Timeline, opened: Sequence[Case], old: Workshop, new: Workshop) -> Torn | None:
    """The first thing that a session would lose with the new workshop; None when it can go on with it.

    opened: the cases that groups may read and write by now. A column stays with its kind and its choices, for what
    stands in it, or is being typed into it, has to be taken; there may be more of each.
    """
    there = {segment.id for segment in new.segments}
    for segment, actual in zip(old.segments, timeline.actual, strict=True):
        if actual.entered is not None and segment.id not in there:
            return Torn("segment", segment.title)
    return next((lost for case in opened if (lost := _torn_case(case, new.case(case.id))) is not None), None)


def _torn_case(old: Case, new: Case | None) -> Torn | None:
    if new is None:
        return Torn("case", old.title)
    there = {(column.id, column.kind): column.choices for column in new.columns}
    for column in old.columns:
        choices = there.get((column.id, column.kind))
        if choices is None or not set(column.choices) <= set(choices):
            return Torn("column", column.title)
    return None


def followed(old: Sequence[Slide], new: Sequence[Slide]) -> dict[int, int]:
    """Each old slide's number → the number it has now. Those that are gone are left out."""
    found: dict[int, int] = {}
    for same in (_content, _title):
        free: dict[object, list[int]] = {}
        for number in sorted({*range(len(new))} - {*found.values()}):
            free.setdefault(same(new[number]), []).append(number)
        for number, slide in enumerate(old):
            if number not in found and free.get(same(slide)):
                found[number] = free[same(slide)].pop(0)
    last = -1
    for number in range(len(old)):
        # With another title: it is what stands between the slides that were its neighbours.
        if number not in found and last + 1 < len(new) and last + 1 not in found.values():
            found[number] = last + 1
        last = found.get(number, last)
    return found


def _content(slide: Slide) -> object:
    return replace(slide, file="", line=0)


def _title(slide: Slide) -> object:
    return slide.title


class Slides:
    """Where the slides of one segment are in the segment as it is now."""

    def __init__(self, old: Segment, new: Segment) -> None:
        self.found = followed(old.slides, new.slides)
        self._new = new.slides

    def place(self, number: int) -> int:
        """The slide to be at: the same; when it is gone, what follows the last one before it that is still there."""
        before = next((self.found[earlier] + 1 for earlier in range(number - 1, -1, -1) if earlier in self.found), 0)
        return self.found.get(number, min(before, max(len(self._new) - 1, 0)))

    def part(self, number: int, part: int) -> int:
        """How far it is shown: no further than it was; of another slide, the first part."""
        return min(part, self._new[self.found[number]].parts - 1) if number in self.found else 0

    def skippable(self, number: int) -> bool:
        """Whether it is there and may be left out."""
        return number in self.found and self._new[self.found[number]].optional


class Refit:
    """The way from a workshop to what its files hold now; `torn` has said that there is one."""

    def __init__(self, old: Workshop, new: Workshop) -> None:
        self._new = new
        numbers = {segment.id: number for number, segment in enumerate(new.segments)}
        self._segments = {
            number: numbers[segment.id] for number, segment in enumerate(old.segments) if segment.id in numbers
        }
        self._slides = {
            before: Slides(old.segments[before], new.segments[now]) for before, now in self._segments.items()
        }

    def rundown(self, rundown: Rundown) -> Rundown:
        """The same place in the same time. What showed a case that is gone shows the slide."""
        cases = {case.id for case in self._new.cases}
        display = rundown.display
        return replace(
            rundown,
            timeline=self._timeline(rundown.timeline),
            closed=rundown.closed & cases,
            closing={case: until for case, until in rundown.closing.items() if case in cases},
            display=display if display.case is None or display.case in cases else Display(),
        )

    def shown(self, shown: Shown) -> Shown:
        """Which of the slides were shown, as far as they are still there."""
        return {
            (self._segments[segment], slides.found[slide]): slides.part(slide, part)
            for (segment, slide), part in shown.items()
            if (slides := self._slides.get(segment)) is not None and slide in slides.found
        }

    def _timeline(self, timeline: Timeline) -> Timeline:
        fresh = Timeline.of(self._new)
        if timeline.started_at is None:
            return fresh
        adapted, added, actual = list(fresh.adapted), list(fresh.added), list(fresh.actual)
        for before, now in self._segments.items():
            longer = fresh.planned[now] - timeline.planned[before]
            adapted[now] = Millis(max(timeline.adapted[before] + longer, 0))
            added[now] = timeline.added[before]
            actual[now] = self._actual(timeline.actual[before], before, fresh.actual[now])
        slides, segment = self._slides[timeline.segment], self._segments[timeline.segment]
        return replace(
            timeline,
            planned=fresh.planned,
            steps=fresh.steps,
            floors=fresh.floors,
            adapted=tuple(adapted),
            added=tuple(added),
            actual=tuple(actual),
            skipped=self._skipped(timeline),
            presenting=self._presenting(timeline),
            segment=segment,
            slide=slides.place(timeline.slide),
            part=slides.part(timeline.slide, timeline.part),
            step=min(timeline.step, max(len(fresh.steps[segment]) - 1, 0)),
        )

    def _actual(self, actual: Actual, segment: int, fresh: Actual) -> Actual:
        """The time of slides and steps that are gone goes to those that one is at instead, so that the sum stays."""
        last = max(len(fresh.steps) - 1, 0)
        return replace(
            actual,
            slides=_summed(actual.slides, self._slides[segment].place, len(fresh.slides)),
            steps=_summed(actual.steps or (actual.spent,), lambda step: min(step, last), len(fresh.steps)),
        )

    def _skipped(self, timeline: Timeline) -> tuple[tuple[int, int], ...]:
        there = [
            (self._segments[number], self._slides[number], slide)
            for number, slide in timeline.skipped
            if number in self._segments
        ]
        return tuple(
            sorted((segment, slides.found[slide]) for segment, slides, slide in there if slides.skippable(slide))
        )

    def _presenting(self, timeline: Timeline) -> dict[int, int]:
        there = {
            self._segments[number]: groups for number, groups in timeline.presenting.items() if number in self._segments
        }
        rounds = {segment: self._new.segments[segment].round for segment in there}
        return {
            segment: min(there[segment], planned.groups) for segment, planned in rounds.items() if planned is not None
        }


def _summed(times: Sequence[Millis], place: Callable[[int], int], count: int) -> tuple[Millis, ...]:
    """The times by where they go; nothing where there is no place at all."""
    sums = [0] * count
    for number, time in enumerate(times if count else ()):
        sums[place(number)] += time
    return tuple(map(Millis, sums))
