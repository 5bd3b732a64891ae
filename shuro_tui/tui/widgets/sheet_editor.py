"""A group's sheet as it is edited: the caret goes from cell to cell, rows move and go, what is pasted becomes rows."""

import secrets
from collections.abc import Sequence
from typing import Literal

from textual.message import Message

from shuro_tui.core.commands import DeleteRow, MoveRow, Settle, WriteRow
from shuro_tui.core.pasted import NotPasted, rows_of
from shuro_tui.core.sheet import CHARACTERS_AT_MOST, ROWS_AT_MOST, Row
from shuro_tui.i18n import _
from shuro_tui.tui.widgets.cells import Cell, TextCell
from shuro_tui.tui.widgets.painted_rows import PaintedRows
from shuro_tui.tui.widgets.sheet_row import SheetRow
from shuro_tui.tui.widgets.shown_sheet import ShownSheet


class SheetEditor(ShownSheet):
    """One case's sheet."""

    class Notice(Message):
        """Something that the person has to be told."""

        def __init__(self, text: str) -> None:
            super().__init__()
            self.text = text

    _deleted: WriteRow | None = None
    """What writes the row that was deleted here last anew, as long as nothing was typed since."""

    # Moving about.

    def enter(self) -> None:
        """Put the caret into the first blank row."""
        rows = self.rows
        if not rows or self._locked:
            return
        if self._rows.whole:
            self._focus(rows[-1].cells[0])
        else:
            self.call_later(self._go_to, None)

    def _focus(self, cell: Cell) -> None:
        # At once, not when the application comes to it: what is typed next belongs there.
        self.screen.set_focus(cell)

    async def next_cell(self) -> None:
        """Take the name that is picked, then go to the cell after this one; after the last, to the next row."""
        row, cell = self.row, self.cell
        if row is None or cell is None:
            self.enter()
            return
        row.accept()
        row.flush()
        cells = [cell for row in self.rows for cell in row.cells]
        following = cells.index(cell) + 1
        if following < len(cells):
            self._focus(cells[following])
        elif row.blank:
            self._focus(row.cells[0])
        elif len(self._rows.wanted) >= ROWS_AT_MOST:
            self._focus(row.cells[0])
            self.post_message(self.Notice(_("The sheet is full: {n} rows.").format(n=ROWS_AT_MOST)))
        else:
            async with self._arranging:
                await self._next_draft(row)

    async def _next_draft(self, last: SheetRow) -> None:
        """A new blank row below what was the blank one, unless a view has brought one by now."""
        if self.rows[-1] is last:
            self._draft = secrets.token_hex(8)
            await self._rows.append(Row(self._draft, {}))
            self._mark()
        self.enter()

    def vertical(self, step: int) -> None:
        """The same column of the row above or below; among the names offered where there are some."""
        row, cell = self.row, self.cell
        if row is None or cell is None:
            self.enter()
            return
        if isinstance(cell, TextCell) and cell.column.kind == "organisation" and row.pick(step):
            return
        rows = self.rows
        there = rows.index(row) + step
        if 0 <= there < len(rows):
            self._focus(rows[there].cells[row.cells.index(cell)])

    async def _go_to(self, row_id: str | None) -> None:
        """Put the caret into a row that was painted until now; into the last for None."""
        async with self._arranging:
            await self._rows.have(row_id)
            self._mark()
        row = next((row for row in self.rows if row.row_id == row_id), self.rows[-1])
        self._focus(row.cells[0])

    def on_painted_rows_clicked(self, event: PaintedRows.Clicked) -> None:
        """Write there."""
        event.stop()
        if not self._locked:
            self.call_later(self._go_to, event.row)

    def move_row(self, step: int) -> None:
        """Move the row up or down."""
        row = self.row
        if row is None or row.row_id == self._draft:
            return
        row.flush()
        position = self.sheet.place(row.row_id) + step
        if 0 <= position < len(self.sheet.rows):
            self._moved = self._link.put(MoveRow(self.case.id, row.row_id, position))

    def delete_row(self, row: SheetRow) -> None:
        """Delete it, unless somebody else has by now."""
        rows = self.rows
        if row not in rows:
            return
        after = rows[min(rows.index(row) + 1, len(rows) - 1)]
        self._focus(after.cells[0])
        place = self.sheet.place(row.row_id)
        self._deleted = WriteRow(self.case.id, row.row_id, row.values(), place, secrets.token_hex(8))
        self._moved = self._link.put(DeleteRow(self.case.id, row.row_id, row.revision))

    def undo(self) -> None:
        """Bring the row back that was deleted just now; else take back what was typed last in the cell."""
        if self._deleted is not None and not self._locked:
            self._moved = self._link.put(self._deleted)
            self._deleted = None
        elif isinstance(self.cell, TextCell):
            self.cell.undo()

    def _typed(self, editor: SheetRow) -> None:
        self._deleted = None
        super()._typed(editor)

    def settle(self, row: SheetRow, keep: Literal["this", "all"]) -> None:
        """Of the texts that were written to this row at the same time, keep this one or all."""
        row.flush()
        self._moved = self._link.put(Settle(self.case.id, row.row_id, keep))

    # What does not go letter by letter.

    async def write_name(self, name: str) -> None:
        """Write an organisation's name into the row where the caret was last, else into the first blank one."""
        place = next((place for place, column in enumerate(self.case.columns) if column.kind == "organisation"), None)
        if place is None:
            self.post_message(self.Notice(_("This sheet has no column for organisations.")))
            return
        column = self.case.columns[place].id
        last = self.sheet.row(self._last_row)
        await self._go_to(last.id if last is not None and not last.fields.get(column) else None)
        row = self.row
        if row is None or row.cells[place].value:
            self.post_message(self.Notice(_("The sheet is full: {n} rows.").format(n=ROWS_AT_MOST)))
            return
        row.fill({column: name})
        self._focus(row.cells[min(place + 1, len(row.cells) - 1)])

    def on_text_cell_full(self, event: TextCell.Full) -> None:
        """Say why nothing was added."""
        event.stop()
        self.post_message(
            self.Notice(_("A field takes {n} characters; nothing was added.").format(n=CHARACTERS_AT_MOST))
        )

    def on_text_cell_pasted(self, event: TextCell.Pasted) -> None:
        """Make rows of it, all or none; the first is the row with the caret where that one is blank from there on."""
        event.stop()
        row = next(row for row in self.rows if event.cell in row.cells)
        first = row.cells.index(event.cell)
        here = not any(cell.value.strip() for cell in row.cells[first:])
        known = self.sheet.row(row.row_id) is not None
        taken = len(self.sheet.rows) + (not known and not here) - (known and here)
        try:
            pasted = rows_of(event.text, self.case.columns[first:], ROWS_AT_MOST - taken)
        except NotPasted as no:
            self.post_message(self.Notice(f"{no} " + _("Nothing was pasted.")))
            return
        row.flush()
        self._put_rows(row, here, pasted)

    def _put_rows(self, row: SheetRow, here: bool, pasted: Sequence[dict[str, str]]) -> None:
        place = self.sheet.place(row.row_id)
        for fields in pasted[:here]:
            row.fill(fields)
        for number, fields in enumerate(pasted[here:], 1):
            new, revision = secrets.token_hex(8), secrets.token_hex(8)
            self._link.put(WriteRow(self.case.id, new, fields, place + number, revision))
