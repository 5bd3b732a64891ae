"""A group's sheet as it is edited: rows of cells, a blank one at the end."""

import asyncio
import secrets
from typing import Literal, cast

from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.widgets import Static

from shuro_tui.core.commands import DeleteRow, MoveRow, Settle, WriteRow
from shuro_tui.core.link import Link
from shuro_tui.core.model import Case, Catalogue
from shuro_tui.core.sheet import ROWS_AT_MOST, Row, Sheet
from shuro_tui.i18n import _
from shuro_tui.tui.widgets.cells import Cell, ChoiceCell, TextCell
from shuro_tui.tui.widgets.held import Held
from shuro_tui.tui.widgets.sheet_row import SheetRow


class SheetEditor(Vertical):
    """One case's sheet. Rows are known by their id; the last one is blank and becomes a row when it is written."""

    def __init__(self, case: Case, catalogue: Catalogue, link: Link, id: str) -> None:  # noqa: A002 - Textual's name
        super().__init__(classes="pane", id=id)
        self._link = link
        self.case = case
        self.sheet = Sheet(case.id, "")
        self._catalogue = catalogue
        self._draft = secrets.token_hex(8)
        self._locked = False
        self._elsewhere: frozenset[str] = frozenset()
        self._arranging = asyncio.Lock()

    def compose(self) -> ComposeResult:
        """The heads of the columns, then the rows."""
        with Horizontal(classes="cells heads"):
            yield Static("", classes="number")
            for column in self.case.columns:
                yield Static(Content(column.title), classes=f"column-{column.kind}")
        yield Held(id="rows")

    @property
    def rows(self) -> list[SheetRow]:
        """The rows as they stand on the screen."""
        return [cast("SheetRow", row) for row in self._held.children]

    @property
    def _held(self) -> Held:
        return self.query_one(Held)

    @property
    def locked(self) -> bool:
        """Whether it takes no changes."""
        return self._locked

    async def show(self, sheet: Sheet, locked: str, settled: bool, elsewhere: frozenset[str]) -> None:
        """Show the sheet as it is; `locked` says why it cannot be changed, "" when it can.

        settled: the hub has everything that was put away here; elsewhere: the rows that are being typed in at other
        terminals. The row with the caret stays where it is on the screen.
        """
        # A row counts among the others before it is composed: nobody is to come in between.
        async with self._arranging:
            self._elsewhere = elsewhere
            await self._show(sheet, locked, settled)
            self.call_after_refresh(self._tell)

    async def _show(self, sheet: Sheet, locked: str, settled: bool) -> None:
        if locked:
            self.flush()
        self._held.hold(None if locked else self.row)
        self.sheet = sheet
        self._locked = bool(locked)
        self.border_title = _("Sheet") + (f" · {locked}" if locked else "")
        if any(row.id == self._draft for row in sheet.rows):
            self._draft = secrets.token_hex(8)
        self._follow(sheet)
        wanted = self._with_typed(sheet)
        if not locked and len(wanted) < ROWS_AT_MOST:
            wanted.append(Row(self._draft, {}))
        await self._arrange(wanted)
        if [row.row_id for row in self.rows] != [row.id for row in wanted]:
            return  # the screen is closing, and Textual mounts nothing any more
        for number, (editor, row) in enumerate(zip(self.rows, wanted, strict=True), 1):
            editor.put(row, settled)
            editor.count(None if row.id == self._draft else number, row.id in self._elsewhere)
            editor.mark(_("duplicate · F12: choose") if len(sheet.versions(row.id)) > 1 else "")
            editor.close(self._locked)

    def _tell(self) -> None:
        """What is not to be seen here: rows that have no room above the one with the caret, and who else types."""
        numbers = [str(number) for number, row in enumerate(self.rows, 1) if row.row_id in self._elsewhere]
        above = sum(row.virtual_region.bottom <= 0 < row.size.height for row in self.rows)
        parts = [_("rows above: {n}").format(n=above)] if above else []
        typed = _("being typed at another terminal: row {rows}").format(rows=", ".join(numbers))
        self.border_subtitle = " · ".join(parts + ([typed] if numbers else []))

    def on_descendant_focus(self) -> None:
        """The caret is in another cell: all rows go to their places."""
        self._held.hold(None)
        self.call_after_refresh(self._tell)

    def _follow(self, sheet: Sheet) -> None:
        """A row whose text is kept beside it now, for somebody else wrote to it too, goes on as the one beside."""
        for editor in self.rows:
            here, kept = sheet.row(editor.row_id), sheet.revised(editor.revision)
            if here is not None and kept is not None and here.revision != kept.revision:
                editor.row_id = kept.id

    def _with_typed(self, sheet: Sheet) -> list[Row]:
        """The rows, and those that were deleted elsewhere while they were being typed in: they are written anew."""
        rows = list(sheet.rows)
        for place, editor in enumerate(self.rows):
            if editor.typing and editor.row_id != self._draft and sheet.row(editor.row_id) is None:
                editor.flush()
                rows.insert(place, Row(editor.row_id, editor.values(), revision=editor.revision))
        return rows

    async def _arrange(self, wanted: list[Row]) -> None:
        """The editors of these rows in this order; those that stay keep their focus and their caret."""
        place = self._held
        ids = [row.id for row in wanted]
        for editor in self.rows:
            if editor.row_id not in ids:
                await editor.remove()
        for position, row in enumerate(wanted):
            if not place.is_attached:
                return
            editors = self.rows
            here = next((number for number, editor in enumerate(editors) if editor.row_id == row.id), None)
            if here is None:
                new = SheetRow(row, self.case, self._catalogue, self._write, self._typed)
                await (place.mount(new, before=position) if position < len(editors) else place.mount(new))
            elif here != position:
                place.move_child(here, before=position)

    def _write(self, editor: SheetRow, made_from: str) -> None:
        if editor.row_id == self._draft and editor.blank:
            return
        values, place = editor.values(), len(self.sheet.rows)
        self._link.put(WriteRow(self.case.id, editor.row_id, values, place, editor.revision, made_from))

    def _typed(self, editor: SheetRow) -> None:
        self._link.typing(self.case.id, editor.row_id)

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
        cells = self.rows[-1].cells if self.rows else []
        if cells and not self._locked:
            self._focus(cells[0])

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
        elif row.blank or len(self.rows) >= ROWS_AT_MOST:
            self._focus(row.cells[0])
        else:
            async with self._arranging:
                await self._next_draft(row)

    async def _next_draft(self, last: SheetRow) -> None:
        """A new blank row below what was the blank one, unless a view has brought one by now."""
        if self.rows[-1] is last:
            last.count(len(self.rows))
            self._draft = secrets.token_hex(8)
            new = SheetRow(Row(self._draft, {}), self.case, self._catalogue, self._write, self._typed)
            await self._held.mount(new)
            new.count(None)
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
            self._held.hold(None)
            self._link.put(MoveRow(self.case.id, row.row_id, position))

    def delete_row(self, row: SheetRow) -> None:
        """Delete it, unless somebody else has by now."""
        rows = self.rows
        if row not in rows:
            return
        after = rows[min(rows.index(row) + 1, len(rows) - 1)]
        self._focus(after.cells[0])
        self._link.put(DeleteRow(self.case.id, row.row_id, row.revision))

    def settle(self, row: SheetRow, keep: Literal["this", "all"]) -> None:
        """Of the texts that were written to this row at the same time, keep this one or all."""
        row.flush()
        self._link.put(Settle(self.case.id, row.row_id, keep))
