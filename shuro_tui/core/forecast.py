"""When the groups will be done with the cases of a segment, and what to do about it.

The rule, as the help tells it: a group needs the rows that it still lacks at the pace that it has kept, one that has
not begun at the pace of the others, and the slowest of them says when all are done.
"""

from statistics import median

from msgspec import Struct

from shuro_tui.core.model import MINUTE, Case, Millis, Workshop
from shuro_tui.core.progress import Progress
from shuro_tui.core.timeline import Timeline
from shuro_tui.i18n import _


class Forecast(Struct, frozen=True):
    """How the case work goes, by the groups that are connected.

    groups, submitted: how many there are, and how many have submitted every sheet; not_begun: how many have written
    nothing; needs: how long each still needs, the fastest first, empty while nobody has written.
    """

    groups: int
    submitted: int
    not_begun: int
    needs: tuple[Millis, ...]

    @property
    def left(self) -> Millis | None:
        """How long the slowest still needs; None while nobody can tell."""
        return self.needs[-1] if self.needs else None


def rule() -> str:
    """The rule in one sentence."""
    return _(
        "A group needs the rows that it still lacks at the pace that it has kept, one that has not begun at the pace"
        " of the others, and the slowest of them says when all are done."
    )


def forecast(timeline: Timeline, workshop: Workshop, progress: tuple[Progress, ...], now: Millis) -> Forecast | None:
    """How it goes now. None outside a segment with cases, or with no group there."""
    at_work = _at_work(timeline, workshop)
    there = [one for one in progress if one.terminals]
    if timeline.phase not in ("running", "paused") or not at_work or not there:
        return None
    written = {one.group.id: sum(one.rows.get(case.id, 0) for case in at_work) for one in there}
    begun = [rows for rows in written.values() if rows]
    others = median(begun) if begun else 0
    used = timeline.used(timeline.segment, now)
    needs = (
        # What was written took all of the time so far: what is missing takes as long in proportion.
        round(used * _missing(one, at_work) / (written[one.group.id] or others))
        for one in there
        if begun
    )
    return Forecast(
        groups=len(there),
        submitted=sum(_submitted(one, at_work) for one in there),
        not_begun=sum(not written[one.group.id] and not _submitted(one, at_work) for one in there),
        needs=tuple(Millis(need) for need in sorted(needs)),
    )


def advice(timeline: Timeline, workshop: Workshop, progress: tuple[Progress, ...], now: Millis) -> str:
    """One line from the middle of the case work on, "" when there is nothing to do about it."""
    if timeline.used(timeline.segment, now) < timeline.adapted[timeline.segment] // 2:
        return ""
    seen = forecast(timeline, workshop, progress, now)
    if seen is None:
        return ""
    lacking = [need - timeline.remaining(now) for need in seen.needs if need > max(timeline.remaining(now), 0)]
    facts = [_("{n} groups have not begun").format(n=seen.not_begun)] if seen.not_begun else []
    facts += [_("{n} groups will not be done in time").format(n=len(lacking))] if lacking else []
    if not facts:
        return ""
    remedies = _remedies(timeline, workshop, progress, now, round(median(lacking)) if lacking else MINUTE)
    return _("{facts}: {remedies}").format(facts=_(", ").join(facts), remedies=_(" or ").join(remedies))


def _remedies(
    timeline: Timeline, workshop: Workshop, progress: tuple[Progress, ...], now: Millis, short: int
) -> list[str]:
    """Add what half of the late ones lack, as far as the floors after it allow, or leave the last case out."""
    leave_by = timeline.leave_by(timeline.segment)
    spare = 0 if leave_by is None else (leave_by - now - timeline.remaining(now)) // MINUTE
    more = min(-(-short // MINUTE), spare)
    at_work = _at_work(timeline, workshop)
    remedies = [_("add {n} min").format(n=more)] if more > 0 else []
    if len(at_work) > 1 and not any(at_work[-1].id in one.submitted for one in progress):
        remedies.append(_("leave out {case}").format(case=at_work[-1].title))
    return remedies or [_("close with what there is")]


def _at_work(timeline: Timeline, workshop: Workshop) -> list[Case]:
    ids = workshop.segments[timeline.segment].cases
    return [case for case in workshop.cases if case.id in ids]


def _submitted(one: Progress, at_work: list[Case]) -> bool:
    return all(case.id in one.submitted for case in at_work)


def _missing(one: Progress, at_work: list[Case]) -> int:
    return sum(
        max(case.expected_rows - one.rows.get(case.id, 0), 0) for case in at_work if case.id not in one.submitted
    )
