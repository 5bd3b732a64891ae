"""What the facilitator moves: the rundown in time, what is shown, which sheets are closed, what is announced."""

from typing import assert_never

from msgspec import Struct
from msgspec.structs import replace

from shuro_tui.core import commands as ask
from shuro_tui.core import events as did
from shuro_tui.core.commands import Display, refuse_if
from shuro_tui.core.group import Message
from shuro_tui.core.meaning import Settlement
from shuro_tui.core.model import Millis, Workshop
from shuro_tui.core.remarks import Remark, remarked
from shuro_tui.core.replan import plan
from shuro_tui.core.settling import settled
from shuro_tui.core.timeline import Timeline

_DAY = 24 * 60 * 60 * 1000
"""No length and no end is moved further than a day: a calendar has to be able to follow."""


class Rundown(Struct, frozen=True):
    """What undo restores.

    closed: the cases whose sheets take no changes; closing: case → until when they still take what is on its way;
    time_hidden: whether the projector leaves the time left off; messages: group id → the message to it, "" → the one
    to everybody; settlements: what names stand for in comparisons because the facilitator said so; remarks: what is
    noted beside rows; names_hidden: whether groups stand under neutral names beside what they wrote.
    """

    timeline: Timeline
    closed: frozenset[str] = frozenset()
    closing: dict[str, Millis] = {}
    display: Display = Display("join")
    time_hidden: bool = False
    messages: dict[str, Message] = {}
    settlements: tuple[Settlement, ...] = ()
    remarks: tuple[Remark, ...] = ()
    names_hidden: bool = False

    def close(self, case: str) -> "Rundown":
        """Take no more changes to the sheets of a case."""
        closing = {other: until for other, until in self.closing.items() if other != case}
        return replace(self, closed=self.closed | {case}, closing=closing)


def decide_time(rundown: Rundown, workshop: Workshop, command: ask.TimeCommand, now: Millis) -> tuple[did.Event, ...]:
    """What a command brings about in the rundown's time. Raises Refused."""
    timeline, phase = rundown.timeline, rundown.timeline.phase
    # Until it is known whether the time away counts, nothing that counts time can go on.
    waits = timeline.cut is not None and not isinstance(command, ask.Recover | ask.AddTime | ask.MoveEnd)
    refuse_if(waits, "answer-first")
    match command:
        case ask.Start(ago=ago):
            refuse_if(phase == "finished", "finished")
            refuse_if(phase != "waiting", "already-started")
            refuse_if(not 0 <= ago <= ask.BACKDATE_AT_MOST, "no-such-place")
            return (did.Started(now, ago),)
        case ask.GoTo(segment=segment, slide=slide, part=part):
            refuse_if(not workshop.has(segment, slide, part), "no-such-place")
            refuse_if(phase == "waiting", "not-started")
            refuse_if(phase == "finished" and segment != timeline.segment, "finished")
            same = (segment, slide, part) == (timeline.segment, timeline.slide, timeline.part)
            return () if same and rundown.display == Display() else (did.Moved(now, segment, slide, part),)
        case ask.Pause():
            refuse_if(phase != "running", "not-running")
            return (did.Paused(now),)
        case ask.Resume():
            refuse_if(phase != "paused", "not-paused")
            return (did.Resumed(now),)
        case _:
            refuse_if(phase == "waiting", "not-started")
            refuse_if(phase == "finished", "finished")
            return _decide_under_way(timeline, workshop, command, now)


UnderWay = (
    ask.GoToStep
    | ask.AddTime
    | ask.MoveEnd
    | ask.Replan
    | ask.Interrupt
    | ask.EndInterruption
    | ask.Recover
    | ask.Finish
)


def _decide_under_way(timeline: Timeline, workshop: Workshop, command: UnderWay, now: Millis) -> tuple[did.Event, ...]:
    match command:
        case ask.GoToStep(step=step):
            refuse_if(not 0 <= step < len(timeline.steps[timeline.segment]), "no-such-place")
            return () if step == timeline.step else (did.StepTaken(now, step),)
        case ask.AddTime(amount=amount):
            length = timeline.adapted[timeline.segment]
            taken = Millis(min(max(amount, -length), max(_DAY - length, 0)))
            return (did.TimeAdded(now, timeline.segment, taken),) if taken else ()
        case ask.MoveEnd(amount=amount):
            moved = Millis(min(max(amount, -_DAY - timeline.end_moved), _DAY - timeline.end_moved))
            return (did.EndMoved(now, moved),) if moved else ()
        case ask.Replan(kind=kind, skip=skip, presenting=presenting):
            ready = plan(timeline, workshop, now, kind, skip, presenting)
            skipped = tuple(sorted({*timeline.skipped, *ready.skip}))
            groups = {**timeline.presenting, **ready.presenting}
            same = (timeline.adapted, timeline.skipped, timeline.presenting) == (ready.lengths, skipped, groups)
            return () if same else (did.Replanned(now, ready.lengths, skipped, groups),)
        case ask.Interrupt(kind=kind):
            return () if timeline.interruption == kind else (did.Interrupted(now, kind),)
        case ask.EndInterruption():
            refuse_if(timeline.interruption is None, "not-interrupted")
            return (did.InterruptionEnded(now),)
        case ask.Recover(count=count):
            refuse_if(timeline.cut is None, "not-cut-off")
            return (did.Recovered(now, count),)
        case ask.Finish():
            return (did.Finished(now),)
        case _:
            assert_never(command)


def _apply_time(timeline: Timeline, event: did.TimeEvent) -> Timeline:  # noqa: C901 - a line an event
    match event:
        case did.Started(at=at, ago=ago):
            return timeline.start(Millis(at - ago))
        case did.Moved(at=at, segment=segment, slide=slide, part=part):
            return timeline.move(at, segment, slide, part)
        case did.StepTaken(at=at, step=step):
            return timeline.take_step(at, step)
        case did.Paused(at=at):
            return timeline.pause(at)
        case did.Resumed(at=at):
            return timeline.resume(at)
        case did.TimeAdded(segment=segment, amount=amount):
            return timeline.add(segment, amount)
        case did.EndMoved(amount=amount):
            return timeline.move_end(amount)
        case did.Replanned(lengths=lengths, skipped=skipped, presenting=presenting):
            return timeline.replan(lengths, skipped, presenting)
        case did.Interrupted(at=at, kind=kind):
            return timeline.interrupt(at, kind)
        case did.InterruptionEnded(at=at):
            return timeline.interrupt(at, None)
        case did.Recovered(at=at, count=count):
            return timeline.recover(at, count)
        case did.Finished(at=at):
            return timeline.finish(at)
        case _:
            assert_never(event)


def apply(rundown: Rundown, event: did.Undoable) -> Rundown:
    """What the facilitator moves, after an event."""
    match event:
        case did.CaseClosing(case=case, until=until):
            return replace(rundown, closing={**rundown.closing, case: until})
        case did.CaseClosed(case=case):
            return rundown.close(case)
        case did.CaseReopened(case=case):
            return replace(rundown.close(case), closed=rundown.closed - {case})
        case did.Displayed(display=display):
            return replace(rundown, display=display)
        case did.TimeHidden(hidden=hidden):
            return replace(rundown, time_hidden=hidden)
        case did.Announced(at=at, group=group, text=text):
            others = {to: message for to, message in rundown.messages.items() if to != (group or "")}
            return replace(rundown, messages={**others, group or "": Message(text, at)} if text else others)
        case did.NamesSettled(case=case, names=names, meaning=meaning, only=only):
            return replace(rundown, settlements=settled(rundown.settlements, case, names, meaning, only))
        case did.RowMarked(remark=remark):
            return replace(rundown, remarks=remarked(rundown.remarks, remark))
        case did.NamesHidden(hidden=hidden):
            return replace(rundown, names_hidden=hidden)
        case did.Started() | did.Moved():
            return replace(rundown, timeline=_apply_time(rundown.timeline, event), display=Display())
        case _:
            return replace(rundown, timeline=_apply_time(rundown.timeline, event))
