"""A group's view with what its terminal has not been able to tell the hub yet."""

from collections.abc import Iterable
from typing import assert_never

from msgspec.structs import replace

from shuro_tui.core.commands import DeleteRow, GroupCommand, MoveRow, Settle, Submit, TakeBack, WriteRow
from shuro_tui.core.model import Millis
from shuro_tui.core.sheet import Row, Sheet, clean
from shuro_tui.core.views import GroupView


def with_unsent(view: GroupView, commands: Iterable[GroupCommand]) -> GroupView:
    """A group's view as it will be when the hub has taken what it was not told yet."""
    sheets = {sheet.case: sheet for sheet in view.sheets}
    for command in commands:
        sheet = sheets.get(command.case)
        if sheet is not None:
            sheets[command.case] = _foreseen(sheet, command)
    return replace(view, sheets=tuple(sheets.values()))


def _foreseen(sheet: Sheet, command: GroupCommand) -> Sheet:
    match command:
        case WriteRow(row=row, fields=fields, revision=revision, made_from=made_from, position=position):
            cleaned = {column: clean(text) for column, text in fields.items()}
            merged = sheet.merge(Row(row, cleaned, revision=revision), made_from, position)
            return sheet if merged is None else sheet.write(*merged)
        case DeleteRow(row=row, made_from=made_from):
            old = sheet.row(row)
            return sheet.delete(row) if old is not None and old.revision == made_from else sheet
        case Settle(row=row, keep=keep):
            for other in sheet.versions(row):
                if keep == "all":
                    sheet = sheet.keep(other.id)
                elif other.id != row:
                    sheet = sheet.delete(other.id)
            return sheet
        case MoveRow(row=row, position=position):
            return sheet.move(row, position)
        case Submit():
            return replace(sheet, submitted_at=sheet.submitted_at or Millis(0))
        case TakeBack():
            return replace(sheet, submitted_at=None)
        case _:
            assert_never(command)
