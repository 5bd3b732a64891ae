"""Sessions of the same workshop put together as one, to be compared and exported; and a session without names."""

from collections.abc import Callable, Sequence
from itertools import chain

from msgspec.structs import replace

from shuro_tui.core.group import Group
from shuro_tui.core.meaning import Only
from shuro_tui.core.model import Case
from shuro_tui.core.rundown import Rundown
from shuro_tui.core.session import Session
from shuro_tui.core.settling import ident
from shuro_tui.core.sheet import Row, Sheet
from shuro_tui.core.timeline import Timeline
from shuro_tui.core.times import last_told


class Unlike(Exception):  # noqa: N818 - what is told is in what they differ
    """Two sessions are not of the same workshop.

    case: the one that has other columns in the second session, or is in the first alone (`missing`); "" where the
    workshops have different ids.
    """

    def __init__(self, one: Session, other: Session, case: str = "", missing: bool = False) -> None:
        super().__init__(one.id, other.id, case)
        self.one, self.other, self.case, self.missing = one, other, case, missing


def together(sessions: Sequence[Session], rooms: Sequence[str], apart: bool = False) -> Session:
    """One session of all groups' sheets, in the order in which the sessions began.

    rooms: what each session is called. A room is a group whose sheet has the rows of all of its groups, in their order;
    `apart`: each group stays one of its own, named after its room and itself. A session that is given twice, by its id,
    counts once, as it stands where most was done. Where the facilitators settled a name differently, the later session
    holds. The workshop, with its catalogue and the texts of its cases, is that of the latest session. Raises Unlike.
    """
    named = dict(zip((session.id for session in sessions), rooms, strict=True))
    ordered = sorted(_once(sessions), key=lambda session: (session.created_at, session.id))
    last = ordered[-1]
    for session in ordered:
        _require_alike(session, last)
    moved = [_in_room(session, named[session.id], apart) for session in ordered]
    sheets: dict[tuple[str, str], Sheet] = {}
    for sheet in chain.from_iterable(session.sheets.values() for session in moved):
        there = sheets.setdefault((sheet.case, sheet.group), Sheet(sheet.case, sheet.group))
        sheets[sheet.case, sheet.group] = replace(there, rows=(*there.rows, *sheet.rows))
    settlements = {(each.case, ident(each.name), each.only): each for one in moved for each in one.rundown.settlements}
    remarks = {each.place: each for one in moved for each in one.rundown.remarks}
    rundown = Rundown(
        Timeline.of(last.workshop), settlements=tuple(settlements.values()), remarks=tuple(remarks.values())
    )
    return Session(
        id=last.id,
        created_at=last.created_at,
        workshop=last.workshop,
        groups=tuple(chain.from_iterable(session.groups for session in moved)),
        keys={},
        rundown=rundown,
        sheets=sheets,
    )


def anonymous(session: Session, name: Callable[[int], str]) -> Session:
    """The session with `name` of 1, 2, … in the place of the groups' names, and of ids that could tell one."""
    new = {group.id: Group(f"g{number}", name(number)) for number, group in enumerate(session.groups, 1)}
    return regrouped(session, new, tuple(new.values()), lambda _group, row: row)


def _in_room(session: Session, room: str, apart: bool) -> Session:
    if apart:
        groups = {each.id: Group(f"{session.id}.{each.id}", f"{room} {each.name}") for each in session.groups}
        return regrouped(session, groups, tuple(groups.values()), lambda _group, row: row)
    whole = Group(session.id, room)
    # Rows of different groups may have the same id.
    return regrouped(session, dict.fromkeys((each.id for each in session.groups), whole), (whole,), "{}.{}".format)


def regrouped(
    session: Session, new: dict[str, Group], groups: tuple[Group, ...], row_id: Callable[[str, str], str]
) -> Session:
    """The session's sheets, settlements and remarks as those of other groups, and nothing else that is a group's."""

    def only(one: Only) -> Only:
        return Only(new[one.group].id, row_id(one.group, one.row))

    def row(group: str, one: Row) -> Row:
        return replace(one, id=row_id(group, one.id), duplicate_of=one.duplicate_of and row_id(group, one.duplicate_of))

    sheets: dict[tuple[str, str], Sheet] = {}
    for case in session.workshop.cases:
        for group in session.groups:
            sheet, place = session.sheet(case.id, group.id), (case.id, new[group.id].id)
            rows = tuple(row(group.id, each) for each in sheet.rows)
            before = sheets[place].rows if place in sheets else ()
            sheets[place] = replace(sheet, group=place[1], rows=(*before, *rows))
    settlements = (
        each if each.only is None else replace(each, only=only(each.only))
        for each in session.rundown.settlements
        if each.only is None or each.only.group in new
    )
    remarks = (
        replace(each, group=new[each.group].id, row=row_id(each.group, each.row)) for each in session.rundown.remarks
    )
    return replace(
        session,
        groups=groups,
        keys={},
        sheets=sheets,
        aside={},
        heard={},
        before=(),
        rundown=replace(session.rundown, messages={}, settlements=tuple(settlements), remarks=tuple(remarks)),
    )


def _once(sessions: Sequence[Session]) -> list[Session]:
    """Each session once, by its id: the copy in which most was done."""
    newest: dict[str, Session] = {}
    for session in sessions:
        if session.id not in newest or _done(session) > _done(newest[session.id]):
            newest[session.id] = session
    return list(newest.values())


def _done(session: Session) -> tuple[int, int]:
    """How far a copy of a session is: its last change, a row deleted among them, then how much there is."""
    rows = list(chain.from_iterable(sheet.rows for sheet in session.sheets.values()))
    deleted = chain.from_iterable(aside.deleted for aside in session.aside.values())
    changes = (*(row.updated_at for row in rows), *(each.at for each in deleted), last_told(session.timeline))
    return max(changes), len(rows)


def _require_alike(one: Session, other: Session) -> None:
    if one.workshop.id != other.workshop.id:
        raise Unlike(one, other)
    for has, lacks in ((one, other), (other, one)):
        for case in has.workshop.cases:
            if lacks.workshop.case(case.id) is None:
                raise Unlike(has, lacks, case.id, missing=True)
    theirs = {case.id: _columns(case) for case in other.workshop.cases}
    for case in one.workshop.cases:
        if _columns(case) != theirs[case.id]:
            raise Unlike(one, other, case.id)


def _columns(case: Case) -> list[tuple[str, str, tuple[str, ...]]]:
    return [(column.id, column.kind, column.choices) for column in case.columns]
