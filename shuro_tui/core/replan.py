"""Ready plans to end on time: share out what is left within the floors, skip slides, have fewer groups present."""

from collections.abc import Sequence
from itertools import accumulate, pairwise

from msgspec import Struct

from shuro_tui.core.commands import PlanKind, Refused
from shuro_tui.core.model import Millis, Workshop
from shuro_tui.core.pace import Place, left_out, shares
from shuro_tui.core.timeline import Timeline


class Plan(Struct, frozen=True):
    """What would change. lengths: of every segment; skip: the slides that it leaves out beyond those left out already;
    presenting: segment → groups that present there instead; saved: what leaving that out saves in all, as far as the
    floors let it go; late: by how much it would end late all the same.
    """

    kind: PlanKind
    lengths: tuple[Millis, ...]
    skip: tuple[Place, ...]
    presenting: dict[int, int]
    saved: Millis
    late: Millis


def share_out(wanted: Sequence[int], floors: Sequence[int], time: int) -> tuple[int, ...]:
    """Time for each of several parts, together `time` wherever the floors allow it.

    Too little: each gives up the same part of what it has above its floor, and nothing below. Too much: each gets more
    in proportion to what it wants, the last one all of it when none wants any. No floor is above what is wanted.
    """
    whole, least = sum(wanted), sum(floors)
    if time >= whole:
        return _spread(wanted, time) if whole else (*[0] * (len(wanted) - 1), time)
    if time <= least:
        return tuple(floors)
    above = _spread([want - floor for want, floor in zip(wanted, floors, strict=True)], time - least)
    return tuple(floor + more for floor, more in zip(floors, above, strict=True))


def _spread(weights: Sequence[int], time: int) -> tuple[int, ...]:
    """`time` in proportion to the weights, to the millisecond: each ends where its share of the sum does."""
    ends = [end * time // sum(weights) for end in accumulate(weights, initial=0)]
    return tuple(after - before for before, after in pairwise(ends))


def plans(timeline: Timeline, workshop: Workshop, now: Millis) -> tuple[Plan, ...]:
    """The plans there are now, the mildest first; none before the start and after the end."""
    if timeline.phase not in ("running", "paused"):
        return ()
    found = [plan(timeline, workshop, now, "share")]
    if _too_long(timeline, workshop, now, timeline.skipped, timeline.presenting) > 0:
        skip = _slides_to_skip(timeline, workshop, now)
        if skip:
            found.append(plan(timeline, workshop, now, "skip", skip))
        fewer = _fewer_groups(timeline, workshop, now)
        if fewer:
            found.append(plan(timeline, workshop, now, "fewer", (), fewer))
    return tuple(found)


def plan(
    timeline: Timeline,
    workshop: Workshop,
    now: Millis,
    kind: PlanKind,
    skip: tuple[Place, ...] = (),
    presenting: dict[int, int] | None = None,
) -> Plan:
    """One plan worked out for this moment. Raises Refused where it names what there is not, or nothing runs."""
    if timeline.phase not in ("running", "paused"):
        raise Refused("nothing-to-plan")
    presenting = presenting or {}
    if not (set(skip) <= set(optional_ahead(timeline, workshop)) and _possible(timeline, workshop, presenting)):
        raise Refused("no-such-place")
    before, _floors = _parts(timeline, workshop, now, timeline.skipped, timeline.presenting)
    wanted, floors = _parts(timeline, workshop, now, _together(timeline, skip), {**timeline.presenting, **presenting})
    time = (timeline.ends_at() or now) - now
    parts = share_out(wanted, floors, time)
    lengths = tuple(
        Millis(timeline.used(number, now) + parts[number - timeline.segment]) if number in timeline.ahead else adapted
        for number, adapted in enumerate(timeline.adapted)
    )
    saved, late = sum(before) - sum(wanted), max(sum(parts) - time, 0)
    return Plan(kind, lengths, skip, presenting, Millis(saved), Millis(late))


def optional_ahead(timeline: Timeline, workshop: Workshop) -> tuple[Place, ...]:
    """The optional slides that are still to come and not left out yet."""
    here = (timeline.segment, timeline.slide)
    return tuple(
        (number, place)
        for number, segment in enumerate(workshop.segments)
        for place, slide in enumerate(segment.slides)
        if slide.optional and (number, place) > here and (number, place) not in timeline.skipped
    )


def saves(timeline: Timeline, workshop: Workshop, place: Place) -> Millis:
    """What a slide saves when it is left out: its planned share, as far as the segment's floor lets it go."""
    number, slide = place
    above_floor = timeline.planned[number] + timeline.added[number] - timeline.floors[number]
    return Millis(max(min(shares(workshop.segments[number])[slide], above_floor), 0))


def _together(timeline: Timeline, skip: tuple[Place, ...]) -> tuple[Place, ...]:
    return tuple(sorted({*timeline.skipped, *skip}))


def _possible(timeline: Timeline, workshop: Workshop, presenting: dict[int, int]) -> bool:
    rounds = {number: workshop.segments[number].round for number in timeline.ahead}
    return all(
        (planned := rounds.get(segment)) is not None and 1 <= groups <= planned.groups
        for segment, groups in presenting.items()
    )


def _slides_to_skip(timeline: Timeline, workshop: Workshop, now: Millis) -> tuple[Place, ...]:
    """As few as it takes, those that save most first."""
    chosen: tuple[Place, ...] = ()
    candidates = optional_ahead(timeline, workshop)
    for place in sorted(candidates, key=lambda place: (-saves(timeline, workshop, place), place)):
        before = _too_long(timeline, workshop, now, _together(timeline, chosen), timeline.presenting)
        if before <= 0:
            break
        more = (*chosen, place)
        if _too_long(timeline, workshop, now, _together(timeline, more), timeline.presenting) < before:
            chosen = more
    return tuple(sorted(chosen))


def _fewer_groups(timeline: Timeline, workshop: Workshop, now: Millis) -> dict[int, int]:
    """As many groups as there is time for, the last round first; at least one of each."""
    fewer: dict[int, int] = {}
    for number in reversed(timeline.ahead):
        planned = workshop.segments[number].round
        groups = 0 if planned is None else timeline.presenting.get(number, planned.groups)
        while groups > 1:
            groups -= 1
            before, after = (
                _too_long(timeline, workshop, now, timeline.skipped, {**timeline.presenting, **presenting})
                for presenting in (fewer, {**fewer, number: groups})
            )
            if before <= 0 or after >= before:
                break
            fewer = {**fewer, number: groups}
    return fewer


def _too_long(
    timeline: Timeline, workshop: Workshop, now: Millis, skipped: tuple[Place, ...], presenting: dict[int, int]
) -> int:
    """By how much what is ahead is longer than the time left, with that left out and nothing shortened."""
    wanted, _floors = _parts(timeline, workshop, now, skipped, presenting)
    return sum(wanted) - ((timeline.ends_at() or now) - now)


def _parts(
    timeline: Timeline, workshop: Workshop, now: Millis, skipped: tuple[Place, ...], presenting: dict[int, int]
) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """What each segment from here on still wants, and the least that it can live with.

    The current one wants what its slides still need at their planned pace, when that is more than what is left of it;
    quicker where it was shortened by hand.
    """
    wanted, floors = [], []
    for number in timeline.ahead:
        whole, used = max(timeline.planned[number] + timeline.added[number], 0), timeline.used(number, now)
        floor = min(timeline.floors[number], whole)
        shorter = max(whole - left_out(workshop, number, skipped, presenting), floor)
        to_show = 0
        if number == timeline.segment:
            quicker = min(whole, timeline.planned[number])
            to_show = _to_show(timeline, workshop, skipped) * quicker // timeline.planned[number]
        wanted.append(max(shorter - used, to_show, 0))
        floors.append(max(floor - used, 0))
    return tuple(wanted), tuple(floors)


def _to_show(timeline: Timeline, workshop: Workshop, skipped: tuple[Place, ...]) -> int:
    """What the slides after this one take as planned; in a segment that goes by steps they have none of their own."""
    segment = workshop.segments[timeline.segment]
    ahead = enumerate(() if segment.steps else shares(segment))
    return sum(share for slide, share in ahead if slide > timeline.slide and (timeline.segment, slide) not in skipped)
