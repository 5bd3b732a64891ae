"""One run of a workshop: who takes part, where it stands, what the groups wrote.

Command → `decide` → Events → `apply`. Both are pure; the hub alone calls them.
"""

from collections.abc import Iterable, Mapping
from typing import assert_never

from msgspec import Struct
from msgspec.structs import replace

from shuro_tui.core import commands as ask
from shuro_tui.core import events as did
from shuro_tui.core import rundown
from shuro_tui.core.aside import Aside
from shuro_tui.core.commands import Command, Refused, refuse_if
from shuro_tui.core.events import Event
from shuro_tui.core.group import Group
from shuro_tui.core.model import Case, Millis, Workshop
from shuro_tui.core.refit import Refit
from shuro_tui.core.remarks import Remark, beside
from shuro_tui.core.rundown import Rundown, decide_time
from shuro_tui.core.settling import ident
from shuro_tui.core.shared_map import SharedMap
from shuro_tui.core.sheet import CHARACTERS_AT_MOST, ROWS_AT_MOST, Sheet, clean
from shuro_tui.core.timeline import Timeline
from shuro_tui.core.writing import (
    SheetChange,
    apply_aside,
    apply_sheet,
    bring_back,
    decide_late,
    decide_writing,
    take_late,
)

UNDO_STEPS = 50


class Session(Struct, frozen=True):
    """A run of a workshop.

    sheets: (case, group) → what was written, only where something was; aside: (case, group) → what was written and is
    not on the sheet, only where there is some; heard: terminal → number of its last change; keys: group → the secret
    that lets its terminals come back without the room's code; before: what undo goes back to.
    What groups have seen is not taken from them by an undo: the cases that were opened, those that were revealed, those
    whose model answer was, and the slides that were shown: (segment, slide) → the furthest of its parts.
    """

    id: str
    created_at: Millis
    workshop: Workshop
    groups: tuple[Group, ...]
    keys: dict[str, str]
    rundown: Rundown
    sheets: Mapping[tuple[str, str], Sheet] = {}
    aside: dict[tuple[str, str], Aside] = {}
    opened_cases: frozenset[str] = frozenset()
    shown_slides: dict[tuple[int, int], int] = {}
    revealed: frozenset[str] = frozenset()
    heard: Mapping[str, int] = {}
    before: tuple[Rundown, ...] = ()
    models: frozenset[str] = frozenset()

    @classmethod
    def new(
        cls, session_id: str, workshop: Workshop, groups: tuple[Group, ...], keys: dict[str, str], now: Millis
    ) -> "Session":
        """A session that has not begun."""
        return cls(session_id, now, workshop, groups, keys, Rundown(Timeline.of(workshop)))

    @property
    def timeline(self) -> Timeline:
        """Where it stands in its rundown."""
        return self.rundown.timeline

    def sheet(self, case: str, group: str) -> Sheet:
        """The sheet of a group for a case, blank when nothing was written."""
        return self.sheets.get((case, group)) or Sheet(case, group)

    def kept_aside(self, case: str, group: str) -> Aside:
        """What is kept beside that sheet."""
        return self.aside.get((case, group)) or Aside(case, group)

    def opened(self) -> tuple[Case, ...]:
        """The cases that groups may read by now: those of each segment that was come to."""
        return tuple(case for case in self.workshop.cases if case.id in self.opened_cases)

    def writable(self, case: str) -> bool:
        """Whether the sheets of a case take changes."""
        return (
            any(opened.id == case for opened in self.opened())
            and case not in self.rundown.closed
            and self.timeline.phase != "finished"
        )


def decide(session: Session, command: Command, now: Millis, group: str | None = None) -> tuple[Event, ...]:
    """What a command brings about; `group` is who asks, None the facilitator.

    Raises Refused with the reason where it cannot be carried out. A command that changes nothing gives no events.
    """
    if isinstance(command, ask.GroupCommand):
        if group is None:
            raise Refused("not-allowed")
        return _decide_sheet(session, command, now, group)
    if group is not None:
        raise Refused("not-allowed")
    return _decide_rundown(session, command, now)


def _decide_rundown(session: Session, command: ask.FacilitatorCommand, now: Millis) -> tuple[Event, ...]:
    match command:
        case ask.Undo(of_names=of_names):
            refuse_if(not session.before, "nothing-to-undo")
            refuse_if(of_names and session.before[-1].settlements == session.rundown.settlements, "not-of-names")
            # It would take back what was before the cut, and with it the question.
            refuse_if(session.timeline.cut is not None, "answer-first")
            return (did.Undone(now),)
        case ask.SettleNames():
            return _decide_settling(session, command, now)
        case ask.MarkRow() | ask.HideNames() | ask.RevealModel():
            return _decide_talk(session, command, now)
        case ask.BringBack() | ask.TakeLate():
            _known_case(session, command.case)
            refuse_if(all(command.group != group.id for group in session.groups), "no-such-group")
            sheet, aside = session.sheet(command.case, command.group), session.kept_aside(command.case, command.group)
            if isinstance(command, ask.BringBack):
                return bring_back(sheet, aside, command.row, now)
            return take_late(sheet, aside, now)
        case ask.CloseCase() | ask.ReopenCase() | ask.Reveal() | ask.PutUp() | ask.HideTime() | ask.Announce():
            return _decide_showing(session, command, now)
        case ask.NewCode():
            raise Refused("not-allowed")
        case _:
            return decide_time(session.rundown, session.workshop, command, now)


def _decide_settling(session: Session, command: ask.SettleNames, now: Millis) -> tuple[Event, ...]:
    _known_case(session, command.case)
    names, meaning, only = tuple(map(clean, command.names)), command.meaning, command.only
    refuse_if(not 1 <= len(names) <= ROWS_AT_MOST or not all(map(ident, names)), "no-such-name")
    typed = (*names, meaning.into if meaning else "")
    refuse_if(any(len(name) > CHARACTERS_AT_MOST for name in typed), "too-long")
    known = {resource.id for resource in session.workshop.catalogue.resources}
    organisation = meaning.organisation if meaning else None
    refuse_if(organisation is not None and organisation not in known, "no-such-organisation")
    missing = only is not None and session.sheet(command.case, only.group).row(only.row) is None
    refuse_if(missing, "no-such-row")
    event = did.NamesSettled(now, command.case, names, meaning, only)
    return () if rundown.apply(session.rundown, event) == session.rundown else (event,)


def _decide_talk(session: Session, command: ask.TalkCommand, now: Millis) -> tuple[Event, ...]:
    match command:
        case ask.MarkRow(case=case_id, group=group, row=row, starred=starred):
            _known_case(session, case_id)
            comment = " ".join(clean(command.comment).split())
            refuse_if(len(comment) > ask.COMMENT_AT_MOST, "too-long")
            new = Remark(case_id, group, row, starred, comment)
            # What stands beside a row that is gone can still be taken back.
            refuse_if(not new.blank and session.sheet(case_id, group).row(row) is None, "no-such-row")
            same = beside(session.rundown.remarks, *new.place) == new
            return () if same else (did.RowMarked(now, new),)
        case ask.HideNames(hidden=hidden):
            return () if hidden == session.rundown.names_hidden else (did.NamesHidden(now, hidden),)
        case ask.RevealModel(case=case_id):
            refuse_if(not _known_case(session, case_id).model, "no-model-answer")
            refuse_if(case_id not in session.revealed, "not-revealed")
            return () if case_id in session.models else (did.ModelRevealed(now, case_id),)
        case _:
            assert_never(command)


def _decide_showing(session: Session, command: ask.ShowCommand, now: Millis) -> tuple[Event, ...]:
    match command:
        case ask.CloseCase(case=case_id, grace=grace):
            _known_case(session, case_id)
            return _decide_closing(session, case_id, grace, now)
        case ask.ReopenCase(case=case_id):
            _known_case(session, case_id)
            refuse_if(session.timeline.phase == "finished", "finished")
            if case_id not in session.rundown.closed and case_id not in session.rundown.closing:
                return ()
            kept = [aside for aside in session.aside.values() if aside.case == case_id]
            late = [take_late(session.sheet(case_id, aside.group), aside, now) for aside in kept]
            return (did.CaseReopened(now, case_id), *(event for taken in late for event in taken))
        case ask.Reveal(case=case_id):
            _known_case(session, case_id)
            return () if case_id in session.revealed else (did.Revealed(now, case_id),)
        case ask.PutUp(display=display):
            sheets = display.shown in ask.OF_SHEETS
            if sheets or display.shown == "case" or display.case is not None:
                _known_case(session, display.case or "")
            refuse_if(sheets and display.case not in session.revealed, "not-revealed")
            refuse_if(not {*display.groups} <= {group.id for group in session.groups}, "no-such-group")
            return () if display == session.rundown.display else (did.Displayed(now, display),)
        case ask.HideTime(hidden=hidden):
            return () if hidden == session.rundown.time_hidden else (did.TimeHidden(now, hidden),)
        case ask.Announce(text=text, group=group):
            refuse_if(group is not None and all(group != one.id for one in session.groups), "no-such-group")
            text = " ".join(clean(text).split())
            refuse_if(len(text) > ask.MESSAGE_AT_MOST, "too-long")
            standing = session.rundown.messages.get(group or "")
            return () if text == (standing.text if standing else "") else (did.Announced(now, text, group),)
        case _:
            assert_never(command)


def _decide_sheet(session: Session, command: ask.GroupCommand, now: Millis, group: str) -> tuple[Event, ...]:
    case = _known_case(session, command.case)
    refuse_if(case.id not in {opened.id for opened in session.opened()}, "case-not-open")
    if session.writable(case.id):
        return decide_writing(case, session.sheet(case.id, group), command, now)
    return decide_late(case, session.sheet(case.id, group), session.kept_aside(case.id, group), command, now)


def _decide_closing(session: Session, case_id: str, grace: Millis, now: Millis) -> tuple[Event, ...]:
    rundown = session.rundown
    if case_id in rundown.closed or (grace > 0 and case_id in rundown.closing):
        return ()
    if grace > 0 and session.timeline.phase != "finished":
        return (did.CaseClosing(now, case_id, Millis(now + min(grace, ask.GRACE_AT_MOST))),)
    return (did.CaseClosed(now, case_id),)


def overdue(session: Session, now: Millis) -> tuple[Event, ...]:
    """The end of each grace that is over."""
    closing = session.rundown.closing.items()
    return tuple(did.GraceEnded(now, case) for case, until in closing if now >= until)


def _known_case(session: Session, case_id: str) -> Case:
    case = session.workshop.case(case_id)
    if case is None:
        raise Refused("no-such-case")
    return case


def apply(session: Session, event: Event) -> Session:
    """The session after an event."""
    if isinstance(event, did.Undoable):
        before = (*session.before[-UNDO_STEPS + 1 :], session.rundown)
        return _opening(replace(session, rundown=rundown.apply(session.rundown, event), before=before))
    match event:
        case did.Undone():
            return _opening(replace(session, rundown=session.before[-1], before=session.before[:-1]))
        case did.CutOff(at=at, last=last):
            cut = session.timeline.cut_off(last, at)
            return replace(session, rundown=replace(session.rundown, timeline=cut))
        case did.WorkshopChanged(workshop=workshop):
            return _opening(_refitted(session, workshop))
        case did.Revealed(case=case_id):
            return replace(session, revealed=session.revealed | {case_id})
        case did.ModelRevealed(case=case_id):
            return replace(session, models=session.models | {case_id})
        case did.Heard(terminal=terminal, number=number):
            return replace(session, heard=SharedMap.of(session.heard).changed(terminal, number))
        case did.GraceEnded(case=case_id):
            return replace(session, rundown=session.rundown.close(case_id))
        case _:
            return _written(session, event)


def _written(session: Session, event: SheetChange) -> Session:
    place = (event.case, event.group)
    before, aside = session.sheet(*place), session.kept_aside(*place)
    sheet, kept = apply_sheet(before, event), apply_aside(aside, before, event)
    if sheet is not before:
        session = replace(session, sheets=SharedMap.of(session.sheets).changed(place, sheet))
    return session if kept is aside else replace(session, aside={**session.aside, place: kept})


def advanced(session: Session, events: Iterable[Event]) -> Session:
    """The session after events, one after the other."""
    for event in events:
        session = apply(session, event)
    return session


def _refitted(session: Session, workshop: Workshop) -> Session:
    refit = Refit(session.workshop, workshop)
    return replace(
        session,
        workshop=workshop,
        rundown=refit.rundown(session.rundown),
        before=tuple(map(refit.rundown, session.before)),
        shown_slides=refit.shown(session.shown_slides),
        revealed=frozenset(case.id for case in workshop.cases if case.id in session.revealed),
        models=frozenset(case.id for case in workshop.cases if case.id in session.models),
    )


def _opening(session: Session) -> Session:
    """With what is shown now among what groups have seen: the cases of the segment, the slide as far as it is shown."""
    timeline = session.timeline
    if timeline.started_at is None:
        return session
    place = (timeline.segment, timeline.slide)
    cases = session.workshop.segments[timeline.segment].cases
    if session.shown_slides.get(place, -1) < timeline.part:
        session = replace(session, shown_slides={**session.shown_slides, place: timeline.part})
    if session.opened_cases.issuperset(cases):
        return session
    return replace(session, opened_cases=session.opened_cases.union(cases))
