"""The minutes for next time, from what past sessions of a workshop took."""

from collections.abc import Sequence
from statistics import median

from msgspec import Struct

from shuro_tui.core.columns import in_columns
from shuro_tui.core.linebreak import wrap
from shuro_tui.core.model import MINUTE, Millis, Segment, Workshop
from shuro_tui.core.replan import share_out
from shuro_tui.core.sheet import clean
from shuro_tui.core.timeline import Timeline
from shuro_tui.core.times import difference_words, duration
from shuro_tui.i18n import _


class Past(Struct, frozen=True):
    """A session that has ended: the workshop as it was then, and what it took."""

    workshop: Workshop
    timeline: Timeline


class Proposed(Struct, frozen=True):
    """A segment's length next time, in whole minutes; `median`: of so many past sessions, None without any."""

    title: str
    planned: Millis
    median: Millis | None
    sessions: int
    proposed: Millis


def proposal(workshop: Workshop, past: Sequence[Past]) -> tuple[Proposed, ...]:
    """One length for each segment of the workshop, together as long as it is now.

    Each gets what it took, shared out within the floors so that the whole keeps its length. Segments are the same that
    have the same id; one that no session came to wants what is planned for it.
    """
    segments = workshop.segments
    taken = [_taken(segment.id, past) for segment in segments]
    medians = [Millis(round(median(times))) if times else None for times in taken]
    wanted = [segment.planned if middle is None else middle for segment, middle in zip(segments, medians, strict=True)]
    lengths = whole_minutes(wanted, [_fewest(segment) for segment in segments], workshop.total)
    return tuple(
        Proposed(" ".join(clean(segment.title).split()), segment.planned, middle, len(times), length)
        for segment, middle, times, length in zip(segments, medians, taken, lengths, strict=True)
    )


def whole_minutes(wanted: Sequence[Millis], floors: Sequence[Millis], time: Millis) -> tuple[Millis, ...]:
    """Whole minutes for each of several parts, together `time`, none below its floor; all but `wanted` are whole.

    What rounding down leaves goes, a minute each, to the parts that lost most by it.
    """
    shares = share_out([max(want, floor) for want, floor in zip(wanted, floors, strict=True)], floors, time)
    left = (time - sum(share // MINUTE * MINUTE for share in shares)) // MINUTE
    by_loss = sorted(range(len(shares)), key=lambda number: (-(shares[number] % MINUTE), number))
    return tuple(Millis((share // MINUTE + (number in by_loss[:left])) * MINUTE) for number, share in enumerate(shares))


def scaled_steps(segment: Segment, length: Millis) -> tuple[Millis, ...]:
    """The steps of a segment that has another length, in whole minutes, at least one each."""
    planned = [step.planned for step in segment.steps]
    return whole_minutes(planned, [MINUTE] * len(planned), length) if planned else ()


def proposal_text(proposed: Sequence[Proposed], sessions: int, width: int = 80) -> str:
    """The proposal as a table for a plain terminal, and what it was made of."""
    names = ("", _("Planned"), _("Median"), _("Proposed"), _("Difference"), _("Sessions"))
    figures = (
        (
            f"{number} {one.title}",
            duration(one.planned),
            "-" if one.median is None else duration(one.median),
            duration(one.proposed),
            difference_words(Millis(one.proposed - one.planned)),
            str(one.sessions),
        )
        for number, one in enumerate(proposed, 1)
    )
    table = [line for row in in_columns((names, *figures, _sums(proposed)), width) for line in row]
    told = _(
        "Finished sessions: {n}. The medians are of what each segment took, pauses and interruptions left out."
        " The whole keeps its length, and no segment gets less than its at_least."
    )
    return "\n".join((*table, "", *wrap(told.format(n=sessions), width))) + "\n"


def _sums(proposed: Sequence[Proposed]) -> tuple[str, ...]:
    planned, next_time = sum(one.planned for one in proposed), sum(one.proposed for one in proposed)
    return _("Whole"), duration(Millis(planned)), "", duration(Millis(next_time)), "", ""


def _taken(segment_id: str, past: Sequence[Past]) -> list[int]:
    """What the segment took in each session that came to it, interruptions left out."""
    return [
        actual.spent - sum(actual.interrupted.values())
        for session in past
        for segment, actual in zip(session.workshop.segments, session.timeline.actual, strict=True)
        if segment.id == segment_id and actual.entered is not None
    ]


def _fewest(segment: Segment) -> Millis:
    """Its floor, and a minute for each of its steps."""
    return Millis(max(segment.at_least, len(segment.steps) * MINUTE))
