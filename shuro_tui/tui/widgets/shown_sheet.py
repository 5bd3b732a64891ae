"""A group's sheet as the hub has it and as it is being typed: what comes meanwhile is fitted in between."""

import asyncio
import secrets

from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.message import Message
from textual.widgets import Static

from shuro_tui.core.commands import WriteRow
from shuro_tui.core.link import Link
from shuro_tui.core.model import Case, Catalogue
from shuro_tui.core.sheet import ROWS_AT_MOST, Row, Sheet
from shuro_tui.i18n import _
from shuro_tui.tui.widgets.cells import Cell, ChoiceCell, TextCell
from shuro_tui.tui.widgets.rows import Rows
from shuro_tui.tui.widgets.sheet_row import SheetRow


class ShownSheet(Vertical):
    """Rows are known by their id; the last one is blank and becomes a row when it is written."""

    class Typed(Message):
        """Somebody types here."""

    def __init__(self, case: Case, catalogue: Catalogue, link: Link, id: str) -> None:  # noqa: A002 - Textual's name
        super().__init__(classes="pane", id=id)
        self._link = link
        self.case = case
        self.sheet = Sheet(case.id, "")
        self._catalogue = catalogue
        self._draft = secrets.token_hex(8)
        self._locked = False
        self._moved = 0  # the change by which rows were moved or deleted here, until that is laid out
        self._elsewhere: frozenset[str] = frozenset()
        self._last_row = ""  # where the caret was last
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
        return SheetRow(row, self.case, self._catalogue, self._write, self._typed)

    @property
    def rows(self) -> list[SheetRow]:
        """The rows around the caret, that can be typed in; all of them in a short sheet."""
        return self._rows.live

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

    @property
    def fresh(self) -> bool:
        """Whether the caret is in the row that is not one yet."""
        return self.row is not None and self.row.row_id == self._draft

    @property
    def locked(self) -> bool:
        """Whether it takes no changes."""
        return self._locked

    async def show(self, sheet: Sheet, locked: str, puts: int, elsewhere: frozenset[str]) -> None:
        """Show the sheet as it is; `locked` says why it cannot be changed, "" when it can.

        puts: how many changes of this terminal it knows of; elsewhere: the rows that are being typed in at other
        terminals. The row with the caret stays where it is on the screen.
        """
        # A row counts among the others before it is composed: nobody is to come in between.
        async with self._arranging:
            self._elsewhere = elsewhere
            await self._show(sheet, locked, puts)
            self.call_after_refresh(self._tell)

    async def _show(self, sheet: Sheet, locked: str, puts: int) -> None:
        if locked:
            self.flush()
        if locked or self._moved:
            self._rows.let_go()
        else:
            self._rows.hold(self.row)
        if 0 < self._moved <= puts:
            self.call_after_refresh(self._laid_out, self._moved)
        self.sheet = sheet
        self._locked = bool(locked)
        title = _("Sheet") + (f" · {locked}" if locked else "")
        if title != self.border_title:  # setting it paints all of the sheet anew
            self.border_title = title
        if any(row.id == self._draft for row in sheet.rows):
            self._draft = secrets.token_hex(8)
        self._follow(sheet)
        wanted = self._with_typed(sheet, puts)
        if not locked and len(wanted) < ROWS_AT_MOST:
            wanted.append(Row(self._draft, {}))
        self._rows.wanted = wanted
        row = self.row
        live = await self._rows.have(None if row is None else row.row_id)
        if [row.row_id for row in self.rows if row.is_mounted] != [row.id for row in live]:
            return  # the screen is closing, and Textual mounts nothing any more
        for editor, shown in zip(self.rows, live, strict=True):
            editor.put(shown, puts)
        self._mark()

    def _laid_out(self, moved: int) -> None:
        if self._moved == moved:
            self._moved = 0

    def _mark(self) -> None:
        """Number the rows, and say what there is to say of them."""
        duplicates, words = self.sheet.duplicates, _("duplicate · F12: choose")
        for number, editor in enumerate(self.rows, self._rows.first + 1):
            counted = None if editor.row_id == self._draft else number
            mark = words if editor.row_id in duplicates else ""
            editor.tell(counted, mark, editor.row_id in self._elsewhere)
            editor.close(self._locked)
        self._rows.paint(words, duplicates, self._elsewhere)

    def _tell(self) -> None:
        """What is not to be seen here: rows that have no room above the one with the caret, who else types; a rule."""
        numbers = [str(number) for number, row in enumerate(self._rows.wanted, 1) if row.id in self._elsewhere]
        above = self._rows.hidden
        parts = [_("rows above: {n}").format(n=above)] if above else []
        typed = _("being typed at another terminal: row {rows}").format(rows=", ".join(numbers))
        words = " · ".join(parts + ([typed] if numbers else []))
        if not words and not self._locked:
            words = _("No details of real people, please")
        if words != self.border_subtitle:
            self.border_subtitle = words

    def on_descendant_focus(self) -> None:
        """Go on with the caret before it comes to the end of the rows that can be typed in."""
        self._last_row = self.row.row_id if self.row is not None else self._last_row
        self.call_later(self._keep_up)
        self.call_after_refresh(self._tell)

    async def _keep_up(self) -> None:
        row = self.row
        if row is not None and self._rows.at_edge(row):
            async with self._arranging:
                await self._rows.have(row.row_id)
                self._mark()

    def _follow(self, sheet: Sheet) -> None:
        """A row whose text is kept beside it now, for somebody else wrote to it too, goes on as the one beside."""
        for editor in self.rows:
            here, kept = sheet.row(editor.row_id), sheet.revised(editor.revision)
            if here is not None and kept is not None and here.revision != kept.revision:
                editor.row_id = kept.id

    def _with_typed(self, sheet: Sheet, puts: int) -> list[Row]:
        """The rows, what is newer than they, and what was deleted elsewhere while typed in: that is written anew."""
        rows = list(sheet.rows)
        for place, editor in enumerate(self.rows, self._rows.first):
            kept = editor.typing or editor.put_away > puts
            if kept and editor.row_id != self._draft and sheet.row(editor.row_id) is None:
                editor.flush()
                rows.insert(place, Row(editor.row_id, editor.values(), revision=editor.revision))
        return rows

    def _write(self, editor: SheetRow, made_from: str) -> int:
        if editor.row_id == self._draft and editor.blank:
            return 0
        values, place = editor.values(), len(self.sheet.rows)
        return self._link.put(WriteRow(self.case.id, editor.row_id, values, place, editor.revision, made_from))

    def _typed(self, editor: SheetRow) -> None:
        self._link.typing(self.case.id, editor.row_id)
        self.post_message(self.Typed())

    def flush(self) -> None:
        """Put away what is being typed, now."""
        for editor in self.rows:
            editor.flush()
