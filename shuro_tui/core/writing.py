"""What groups do to their sheets, and what becomes of the rows that are not on them."""

from typing import assert_never

from msgspec.structs import replace

from shuro_tui.core import commands as ask
from shuro_tui.core import events as did
from shuro_tui.core.aside import Aside, Late
from shuro_tui.core.commands import Refused, refuse_if
from shuro_tui.core.events import Event
from shuro_tui.core.model import Case, Millis
from shuro_tui.core.sheet import CHARACTERS_AT_MOST, ROWS_AT_MOST, Row, Sheet, clean

SheetChange = (
    did.SheetSubmitted
    | did.SheetTakenBack
    | did.RowWritten
    | did.RowDeleted
    | did.RowBroughtBack
    | did.RowKept
    | did.RowMoved
    | did.CameLate
    | did.LateTaken
)


def decide_writing(case: Case, sheet: Sheet, command: ask.GroupCommand, now: Millis) -> tuple[Event, ...]:
    """What a group's command brings about on its sheet. Raises Refused."""
    group = sheet.group
    match command:
        case ask.WriteRow(position=position, made_from=made_from):
            merged = sheet.merge(_row(case, command, now), made_from, position)
            return () if merged is None else (_written(sheet, merged, now),)
        case ask.DeleteRow(row=row_id, made_from=made_from):
            old = sheet.row(row_id)
            refuse_if(old is not None and old.revision != made_from, "row-changed")
            return () if old is None else (did.RowDeleted(now, case.id, group, row_id),)
        case ask.Settle(row=row_id, keep=keep):
            return _settled(sheet, row_id, keep, now)
        case ask.MoveRow(row=row_id, position=position):
            refuse_if(sheet.row(row_id) is None, "no-such-row")
            place = min(max(position, 0), len(sheet.rows) - 1)
            return (did.RowMoved(now, case.id, group, row_id, place),) if sheet.rows[place].id != row_id else ()
        case ask.Submit():
            return (did.SheetSubmitted(now, case.id, group),) if sheet.submitted_at is None else ()
        case ask.TakeBack():
            return () if sheet.submitted_at is None else (did.SheetTakenBack(now, case.id, group),)
        case _:
            assert_never(command)


def decide_late(case: Case, sheet: Sheet, aside: Aside, command: ask.GroupCommand, now: Millis) -> tuple[Event, ...]:
    """What it brings about once the sheet is closed: a row is kept aside, all else is refused. Raises Refused."""
    if not isinstance(command, ask.WriteRow):
        raise Refused("case-closed")
    late = Late(_row(case, command, now), command.position, command.made_from)
    if sheet.merge(late.row, late.made_from, late.position) is None or aside.has_late(late.row):
        return ()
    refuse_if(len(aside.come_late(late).late) > ROWS_AT_MOST, "too-many-rows")
    return (did.CameLate(now, case.id, aside.group, late),)


def take_late(sheet: Sheet, aside: Aside, now: Millis) -> tuple[Event, ...]:
    """Write what came late on the sheet, each row as if it had come in time."""
    events: list[Event] = []
    for late in aside.late:
        merged = sheet.merge(replace(late.row, updated_at=now), late.made_from, late.position)
        if merged is not None:
            events.append(did.RowWritten(now, sheet.case, sheet.group, *merged))
            sheet = sheet.write(*merged)
    return (*events, did.LateTaken(now, sheet.case, sheet.group)) if aside.late else ()


def bring_back(sheet: Sheet, aside: Aside, row_id: str, now: Millis) -> tuple[Event, ...]:
    """Put a row that was deleted back where it stood; as a duplicate where there is one of its name again.

    Raises Refused.
    """
    deleted = aside.newest(row_id)
    if deleted is None:
        raise Refused("no-such-row")
    row = replace(deleted.row, updated_at=now)
    if (there := sheet.row(row_id)) is not None:
        row = replace(row, id=f"{row_id}~{deleted.at}", duplicate_of=there.duplicate_of or there.id)
    place = min(deleted.position, len(sheet.rows))
    return did.RowBroughtBack(now, sheet.case, sheet.group, row_id), _written(sheet, (row, place), now)


def _row(case: Case, command: ask.WriteRow, now: Millis) -> Row:
    return Row(command.row, _checked(case, command.fields), now, command.revision)


def _written(sheet: Sheet, merged: tuple[Row, int], now: Millis) -> did.RowWritten:
    row, place = merged
    room = 2 * ROWS_AT_MOST if row.duplicate_of else ROWS_AT_MOST  # whoever typed a duplicate saw room for it
    refuse_if(sheet.row(row.id) is None and len(sheet.rows) >= room, "too-many-rows")
    return did.RowWritten(now, sheet.case, sheet.group, row, place)


def _settled(sheet: Sheet, row_id: str, keep: str, now: Millis) -> tuple[Event, ...]:
    refuse_if(sheet.row(row_id) is None, "no-such-row")
    versions = sheet.versions(row_id)
    if keep == "all":
        return tuple(did.RowKept(now, sheet.case, sheet.group, row.id) for row in versions if row.duplicate_of)
    return tuple(did.RowDeleted(now, sheet.case, sheet.group, row.id) for row in versions if row.id != row_id)


def _checked(case: Case, fields: dict[str, str]) -> dict[str, str]:
    columns = {column.id: column for column in case.columns}
    refuse_if(not fields.keys() <= columns.keys(), "no-such-column")
    cleaned = {column: clean(fields.get(column, "")) for column in columns}
    refuse_if(any(len(text) > CHARACTERS_AT_MOST for text in cleaned.values()), "too-long")
    for column in case.columns:
        text = cleaned[column.id]
        refuse_if(column.kind == "choice" and text not in ("", *column.choices), "not-a-choice")
    return cleaned


def apply_sheet(sheet: Sheet, event: SheetChange) -> Sheet:
    """The sheet after an event."""
    match event:
        case did.RowWritten(row=row, position=position):
            return sheet.write(row, position)
        case did.RowDeleted(row=row_id):
            return sheet.delete(row_id)
        case did.RowKept(row=row_id):
            return sheet.keep(row_id)
        case did.RowMoved(row=row_id, position=position):
            return sheet.move(row_id, position)
        case did.SheetSubmitted(at=at):
            return replace(sheet, submitted_at=at)
        case did.SheetTakenBack():
            return replace(sheet, submitted_at=None)
        case did.RowBroughtBack() | did.CameLate() | did.LateTaken():
            return sheet
        case _:
            assert_never(event)


def apply_aside(aside: Aside, sheet: Sheet, event: SheetChange) -> Aside:
    """What is kept beside the sheet after an event; `sheet` as it was before."""
    match event:
        case did.RowDeleted(at=at, row=row_id):
            row = sheet.row(row_id)
            return aside if row is None else aside.delete(row, sheet.place(row_id), at)
        case did.RowBroughtBack(row=row_id):
            return aside.bring_back(row_id)
        case did.CameLate(late=late):
            return aside.come_late(late)
        case did.LateTaken():
            return replace(aside, late=())
        case _:
            return aside
