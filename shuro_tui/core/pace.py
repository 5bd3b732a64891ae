"""How the slides keep up with their segment: each has its share of it, given or even."""

from shuro_tui.core.model import Millis, Segment, Workshop
from shuro_tui.core.timeline import Timeline

Place = tuple[int, int]
"""(segment, slide), from 0."""

_FEWEST = 2
"""Slides of a segment that has a pace."""


def shares(segment: Segment) -> tuple[Millis, ...]:
    """How long each slide is planned to be shown: as given, the others an even share of what is left."""
    given = [slide.planned for slide in segment.slides]
    free = max(segment.planned - sum(time for time in given if time is not None), 0)
    even = free // max(given.count(None), 1)
    return tuple(Millis(even) if time is None else time for time in given)


def left_out(workshop: Workshop, number: int, skipped: tuple[Place, ...], presenting: dict[int, int]) -> int:
    """What a segment would take for the slides and the presentations that are left out.

    presenting: segment → groups that present there instead of all that were planned.
    """
    segment = workshop.segments[number]
    of_slides = shares(segment)
    slides = sum(of_slides[slide] for where, slide in skipped if where == number)
    planned = segment.round
    groups = 0 if planned is None else (planned.groups - presenting.get(number, planned.groups)) * planned.each
    return slides + groups


def pace(timeline: Timeline, workshop: Workshop, now: Millis) -> Millis | None:
    """How far the slides are behind their segment's time; negative when ahead, 0 at pace.

    A slide is at pace for as long as its share of the segment lasts, as long as the segment is now. Time that went to
    interruptions does not count. None where there is no pace to keep: before and after, in a segment that goes by
    steps, or of one slide.
    """
    segment = workshop.segments[timeline.segment]
    if timeline.phase not in ("running", "paused") or segment.steps or len(segment.slides) < _FEWEST:
        return None
    length = timeline.adapted[timeline.segment]
    planned = [
        0 if (timeline.segment, number) in timeline.skipped and number != timeline.slide else share
        for number, share in enumerate(shares(segment))
    ]
    gone = left_out(workshop, timeline.segment, timeline.skipped, timeline.presenting)
    whole = max(sum(planned), segment.planned - gone, 1)
    begins = sum(planned[: timeline.slide]) * length // whole
    ends = sum(planned[: timeline.slide + 1]) * length // whole
    shown = timeline.used(timeline.segment, now) - timeline.interrupted_for(now)
    return Millis(shown - begins if shown < begins else max(shown - ends, 0))
