"""Whether an event can have happened in a session: what it names is there, and the clock stood as it needs.

A session file is only followed through such events; whoever damaged it gets a message, and nobody a traceback.
"""

from typing import assert_never

from shuro_tui.core import events as did
from shuro_tui.core.commands import BACKDATE_AT_MOST, COMMENT_AT_MOST, MESSAGE_AT_MOST, OF_SHEETS
from shuro_tui.core.events import RundownEvent
from shuro_tui.core.model import Segment, Workshop
from shuro_tui.core.refit import Refit, torn
from shuro_tui.core.session import Session
from shuro_tui.core.settling import ident
from shuro_tui.core.timeline import Timeline

LATEST = 32_503_680_000_000
"""The year 3000, in milliseconds: a calendar can still add to it whatever lengths there are."""

_LONGEST = 100 * 365 * 24 * 60 * 60 * 1000
"""A century: a plan gives a segment at least what it has taken, and a clock that was wrong can make that long."""


def sound(segment: Segment) -> bool:
    """Whether the lengths of a segment are lengths."""
    slides = (slide.planned for slide in segment.slides if slide.planned is not None)
    parts = (segment.planned, *(step.planned for step in segment.steps), *slides)
    return all(0 < part <= _LONGEST for part in parts) and 0 <= segment.at_least <= segment.planned


def possible(session: Session, event: RundownEvent) -> bool:  # noqa: C901 - a line an event
    """Whether `apply` and the views can follow."""
    if not 0 <= event.at <= LATEST:
        return False
    workshop, timeline = session.workshop, session.timeline
    match event:
        case did.CutOff(at=at, last=last):
            return timeline.phase == "running" and 0 <= last <= at
        case did.Undone():
            return bool(session.before) and timeline.cut is None
        case did.WorkshopChanged(workshop=changed):
            return _can_go_on_with(session, changed)
        case did.CaseClosing(case=case, until=until):
            return workshop.case(case) is not None and 0 <= until <= LATEST
        case did.GraceEnded(case=case):
            return case in session.rundown.closing
        case did.CaseClosed(case=case) | did.CaseReopened(case=case) | did.Revealed(case=case):
            return workshop.case(case) is not None
        case did.NamesSettled():
            return _nameable(workshop, event)
        case did.Displayed(display=display):
            known = display.case is None or workshop.case(display.case) is not None
            return known and (display.shown not in OF_SHEETS or display.case in session.revealed)
        case did.RowMarked(remark=remark):
            known = workshop.case(remark.case) is not None and _takes_part(session, remark.group)
            return known and len(remark.comment) <= COMMENT_AT_MOST
        case did.ModelRevealed(case=case):
            return case in session.revealed
        case did.TimeHidden() | did.NamesHidden():
            return True
        case did.Announced(text=text, group=group):
            return len(text) <= MESSAGE_AT_MOST and (group is None or _takes_part(session, group))
        case did.SheetSubmitted(case=case, group=group) | did.SheetTakenBack(case=case, group=group):
            return workshop.case(case) is not None and _takes_part(session, group)
        case _:
            return _possible_then(timeline, event) and _possible_there(timeline, workshop, event)


def _can_go_on_with(session: Session, workshop: Workshop) -> bool:
    before, timeline = session.workshop, session.timeline
    holdable = bool(workshop.segments) and all(map(sound, workshop.segments))
    if not holdable or timeline.phase == "finished" or torn(timeline, session.opened(), before, workshop) is not None:
        return False
    return all(map(_is_length, Refit(before, workshop).rundown(session.rundown).timeline.adapted))


def _nameable(workshop: Workshop, event: did.NamesSettled) -> bool:
    organisation = event.meaning and event.meaning.organisation
    known = organisation is None or any(organisation == one.id for one in workshop.catalogue.resources)
    return workshop.case(event.case) is not None and bool(event.names) and all(map(ident, event.names)) and known


def _takes_part(session: Session, group: str) -> bool:
    return any(group == one.id for one in session.groups)


def _possible_then(timeline: Timeline, event: did.TimeEvent) -> bool:
    """Whether the clock stood as the event needs it to."""
    phase, answered = timeline.phase, timeline.cut is None
    under_way = phase in ("running", "paused")
    match event:
        case did.Started():
            return phase == "waiting"
        case did.Moved(segment=segment):
            return answered and (under_way or (phase == "finished" and segment == timeline.segment))
        case did.Paused():
            return phase == "running"
        case did.Resumed():
            return answered and phase == "paused"
        case did.Recovered():
            return not answered
        case did.InterruptionEnded():
            return answered and timeline.interruption is not None
        case did.TimeAdded() | did.EndMoved():
            return under_way
        case did.StepTaken() | did.Replanned() | did.Interrupted() | did.Finished():
            return answered and under_way
        case _:
            assert_never(event)


def _possible_there(timeline: Timeline, workshop: Workshop, event: did.TimeEvent) -> bool:
    """Whether there are the places that the event names, and its lengths are lengths."""
    match event:
        case did.Started(ago=ago):
            return 0 <= ago <= BACKDATE_AT_MOST
        case did.Moved(segment=segment, slide=slide, part=part):
            return workshop.has(segment, slide, part)
        case did.StepTaken(step=step):
            return 0 <= step < len(timeline.steps[timeline.segment])
        case did.TimeAdded(segment=segment, amount=amount):
            return _is_segment(workshop, segment) and _is_length(timeline.adapted[segment] + amount)
        case did.EndMoved(amount=amount):
            return _is_length(abs(timeline.end_moved + amount))
        case did.Replanned(lengths=lengths, skipped=skipped, presenting=presenting):
            return (
                len(lengths) == len(workshop.segments)
                and all(map(_is_length, lengths))
                and all(workshop.has(segment, slide) for segment, slide in skipped)
                and all(_can_present(workshop, segment, groups) for segment, groups in presenting.items())
            )
        case _:
            return True


def _is_segment(workshop: Workshop, segment: int) -> bool:
    return 0 <= segment < len(workshop.segments)


def _can_present(workshop: Workshop, segment: int, groups: int) -> bool:
    planned = workshop.segments[segment].round if _is_segment(workshop, segment) else None
    return planned is not None and 1 <= groups <= planned.groups


def _is_length(length: int) -> bool:
    return 0 <= length <= _LONGEST
