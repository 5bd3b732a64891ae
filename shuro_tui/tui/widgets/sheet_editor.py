"""A group's sheet as it is edited: rows of cells, a blank one at the end."""

import asyncio
import secrets
from collections.abc import Callable, Sequence

from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.message import Message
from textual.widgets import Static

from shuro_tui.core.commands import DeleteRow, GroupCommand, MoveRow, WriteRow
from shuro_tui.core.model import Case, Catalogue
from shuro_tui.core.pasted import NotPasted, rows_of
from shuro_tui.core.sheet import CHARACTERS_AT_MOST, ROWS_AT_MOST, Row, Sheet
from shuro_tui.i18n import _
from shuro_tui.tui.widgets.cells import Cell, ChoiceCell, TextCell
from shuro_tui.tui.widgets.painted_rows import PaintedRows
from shuro_tui.tui.widgets.rows import Rows
from shuro_tui.tui.widgets.sheet_row import SheetRow


class SheetEditor(Vertical):
    """One case's sheet. Rows are known by their id; the last one is blank and becomes a row when it is written."""

    class Notice(Message):
        """Something that the person has to be told."""

        def __init__(self, text: str) -> None:
            super().__init__()
            self.text = text

    def __init__(self, case: Case, catalogue: Catalogue, put: Callable[[GroupCommand], None], id: str) -> None:  # noqa: A002 - Textual's name
        super().__init__(classes="pane", id=id)
        self._put = put
        self.case = case
        self.sheet = Sheet(case.id, "")
        self._catalogue = catalogue
        self._draft = secrets.token_hex(8)
        self._locked = False
        self._rows = Rows(case, self._new)
        self._arranging = asyncio.Lock()

    def compose(self) -> ComposeResult:
        """The heads of the columns, then the rows."""
        with Horizontal(classes="cells heads"):
            yield Static("", classes="number")
            for column in self.case.columns:
                yield Static(Content(column.title), classes=f"column-{column.kind}")
        yield self._rows

    def _new(self, row: Row) -> SheetRow:
        return SheetRow(row, self.case, self._catalogue, self._write)

    @property
    def rows(self) -> list[SheetRow]:
        """The rows around the caret, that can be typed in; all of them in a short sheet."""
        return self._rows.live

    @property
    def locked(self) -> bool:
        """Whether it takes no changes."""
        return self._locked

    async def show(self, sheet: Sheet, locked: str, settled: bool) -> None:
        """Show the sheet as it is; `locked` says why it cannot be changed, "" when it can.

        settled: the hub has everything that was put away here.
        """
        # A row counts among the others before it is composed: nobody is to come in between.
        async with self._arranging:
            await self._show(sheet, locked, settled)

    async def _show(self, sheet: Sheet, locked: str, settled: bool) -> None:
        self.sheet = sheet
        self._locked = bool(locked)
        self.border_title = _("Sheet") + (f" · {locked}" if locked else "")
        if any(row.id == self._draft for row in sheet.rows):
            self._draft = secrets.token_hex(8)
        wanted = list(sheet.rows)
        if not locked and len(wanted) < ROWS_AT_MOST:
            wanted.append(Row(self._draft, {}))
        self._rows.wanted = wanted
        row = self.row
        live = await self._rows.have(None if row is None else row.row_id)
        if [row.row_id for row in self.rows] != [row.id for row in live]:
            return  # the screen is closing, and Textual mounts nothing any more
        for editor, shown in zip(self.rows, live, strict=True):
            editor.put(shown, settled)
        self._count_and_close()

    def _count_and_close(self) -> None:
        for number, editor in enumerate(self.rows, self._rows.first + 1):
            editor.count(None if editor.row_id == self._draft else number)
            editor.close(self._locked)

    async def _go_to(self, row_id: str | None) -> None:
        """Put the caret into a row that was painted until now; into the last for None."""
        async with self._arranging:
            await self._rows.have(row_id)
            self._count_and_close()
        row = next((row for row in self.rows if row.row_id == row_id), self.rows[-1])
        self._focus(row.cells[0])

    def on_descendant_focus(self) -> None:
        """Go on with the caret before it comes to the end of the rows that can be typed in."""
        self.call_later(self._keep_up)

    async def _keep_up(self) -> None:
        row = self.row
        if row is not None and self._rows.at_edge(row):
            async with self._arranging:
                await self._rows.have(row.row_id)
                self._count_and_close()

    def on_painted_rows_clicked(self, event: PaintedRows.Clicked) -> None:
        """Write there."""
        event.stop()
        if not self._locked:
            self.call_later(self._go_to, event.row)

    def _write(self, editor: SheetRow) -> None:
        if self._locked or (editor.row_id == self._draft and editor.blank):
            return
        self._put(WriteRow(self.case.id, editor.row_id, editor.values(), len(self.sheet.rows)))

    def flush(self) -> None:
        """Put away what is being typed, now."""
        for editor in self.rows:
            editor.flush()

    # Moving about.

    @property
    def cell(self) -> Cell | None:
        """The cell that has the focus."""
        focused = self.screen.focused
        inside = focused is not None and self in focused.ancestors
        return focused if inside and isinstance(focused, TextCell | ChoiceCell) else None

    @property
    def row(self) -> SheetRow | None:
        """The row that has the focus."""
        cell = self.cell
        return None if cell is None else next(row for row in self.rows if row in cell.ancestors)

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
            self._count_and_close()
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

    def move_row(self, step: int) -> None:
        """Move the row up or down."""
        row = self.row
        if row is None or row.row_id == self._draft:
            return
        row.flush()
        position = [other.id for other in self.sheet.rows].index(row.row_id) + step
        if 0 <= position < len(self.sheet.rows):
            self._put(MoveRow(self.case.id, row.row_id, position))

    def delete_row(self, row: SheetRow) -> None:
        """Delete it, unless somebody else has by now."""
        rows = self.rows
        if row not in rows:
            return
        after = rows[min(rows.index(row) + 1, len(rows) - 1)]
        self._focus(after.cells[0])
        self._put(DeleteRow(self.case.id, row.row_id))

    # What does not go letter by letter.

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
        ids = [other.id for other in self.sheet.rows]
        place = ids.index(row.row_id) if row.row_id in ids else len(ids)
        blank = {column.id: "" for column in self.case.columns}
        for number, fields in enumerate(pasted, 0 if here else 1):
            before = blank if number else row.values()
            row_id = secrets.token_hex(8) if number else row.row_id
            self._put(WriteRow(self.case.id, row_id, {**before, **fields}, place + number))
