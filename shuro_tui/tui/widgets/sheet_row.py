"""One row of a sheet as it is edited."""

import secrets
from collections.abc import Callable

from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.geometry import Size
from textual.reactive import Reactive
from textual.timer import Timer
from textual.widgets import Static, TextArea

from shuro_tui.core.model import Case, Catalogue
from shuro_tui.core.sheet import Row
from shuro_tui.tui.widgets.cells import Cell, ChoiceCell, TextCell, cell_for
from shuro_tui.tui.widgets.offer import Offer

AFTER = 0.1
"""Seconds after the first key of what is not put away yet: on a busy machine too, each is on the disk in 300 ms."""


class Cells(Horizontal):
    """Those of a row beside each other."""

    virtual_size = Reactive(Size(0, 0))  # follows from the layout: that is not done again for it


class SheetRow(Vertical):
    """A number and a cell a column; below them, while an organisation is typed, the names that may be meant.

    What was typed is put away a moment later, and at once when the cell is left. cells: from left to right; revision:
    the name of the text that was last shown or put away; `_known`: what each cell said then, so that what differs is
    being typed; put_away: which of the terminal's changes that was, for what is older than that is not shown.
    """

    virtual_size = Reactive(Size(0, 0))

    def __init__(
        self,
        row: Row,
        case: Case,
        catalogue: Catalogue,
        write: "Callable[[SheetRow, str], int]",
        typed: "Callable[[SheetRow], None]",
    ) -> None:
        super().__init__(classes="sheet-row")
        self.row_id = row.id
        self.revision = row.revision
        self._known = dict(row.fields)
        self.put_away = 0
        self._write = write
        self._typed = typed
        self._later: Timer | None = None
        self._told: tuple[int | None, str, bool] | None = None
        self._number, self._mark = Static(classes="number"), Static(classes="mark")
        self._offer = Offer(catalogue)
        self.cells = [cell_for(column, row.fields.get(column.id, "")) for column in case.columns]

    def compose(self) -> ComposeResult:
        """The cells, then what there is to say of the row, then the names."""
        with Cells(classes="cells"):
            yield self._number
            for cell in self.cells:
                cell.add_class(f"column-{cell.column.kind}")
                yield cell
        yield self._mark
        yield self._offer

    @property
    def blank(self) -> bool:
        """Whether nothing stands in it."""
        return not any(cell.value.strip() for cell in self.cells)

    @property
    def foot(self) -> int:
        """The line of the screen below what stands in it; the names are still below that."""
        return self.region.bottom - (self._offer.region.height if self._offer.display else 0)

    def tell(self, number: int | None, mark: str, elsewhere: bool) -> None:
        """Show its number, None for the row that is not one yet, and what is to be said of it below, "" for nothing.

        elsewhere: another terminal types in it.
        """
        if (number, mark, elsewhere) == self._told:  # each update lays the whole sheet out anew
            return
        self._told = (number, mark, elsewhere)
        words = f"{number:>2}" if number else " +"
        self._number.update(Content.styled(words, "reverse") if elsewhere else Content(words))
        self._mark.update(Content(mark))
        self._mark.display = bool(mark)

    def put(self, row: Row, puts: int) -> None:
        """Show what the hub has, unless something is being typed: it is a change of what stands here.

        puts: how many changes of this terminal it knows of.
        """
        if self.typing or self.put_away > puts:
            return
        self.revision = row.revision
        for cell in self.cells:
            shown = row.fields.get(cell.column.id, "")
            cell.put(shown)
            self._known[cell.column.id] = shown

    def fill(self, fields: dict[str, str]) -> None:
        """Write these as if they had been typed, and put them away."""
        for cell in self.cells:
            cell.put(fields.get(cell.column.id, cell.value))
        self.flush()

    def close(self, locked: bool) -> None:
        """Take no changes."""
        for cell in self.cells:
            cell.disabled = locked

    def flush(self) -> None:
        """Put away what was typed, now."""
        if self._later is not None:
            self._later.stop()
            self._later = None
        if self.typing:
            self._known = self.values()
            made_from, self.revision = self.revision, secrets.token_hex(8)
            self.put_away = self._write(self, made_from)

    @property
    def typing(self) -> bool:
        """Whether something stands in it that is not put away yet."""
        return any(map(self._typing, self.cells))

    def _typing(self, cell: Cell) -> bool:
        return cell.value != self._known.get(cell.column.id, "")

    def values(self) -> dict[str, str]:
        """Column id → text."""
        return {cell.column.id: cell.value for cell in self.cells}

    def on_text_area_changed(self, event: TextArea.Changed) -> None:
        """Put it away soon; offer names for an organisation."""
        event.stop()
        cell = event.text_area
        if not isinstance(cell, TextCell) or not self._typing(cell):
            return
        self._soon()
        if cell.column.kind == "organisation" and cell.has_focus:
            self._offer_for(cell)

    def on_choice_cell_changed(self, event: ChoiceCell.Changed) -> None:
        """Put it away soon."""
        event.stop()
        self._soon()

    def on_descendant_blur(self) -> None:
        """Left: put it away, and offer nothing any more."""
        self.flush()
        self._offer_nothing()

    def _soon(self) -> None:
        self._typed(self)
        if self._later is None:
            self._later = self.set_timer(AFTER, self.flush)

    # Names that may be meant.

    def pick(self, step: int) -> bool:
        """Move among the names; False where there are none, or at their upper end."""
        return self._offer.pick(step)

    def accept(self) -> None:
        """Write the name that is picked, if one is."""
        offering = next((cell for cell in self.cells if isinstance(cell, TextCell) and cell.offering), None)
        name = self._offer.taken()
        if name is not None and offering is not None:
            offering.fill(name)
            self._soon()
        self._offer_nothing()

    def _offer_for(self, cell: TextCell) -> None:
        self._offer.about(cell.value)
        cell.offering = self._offer.open

    def on_text_cell_dismissed(self, event: TextCell.Dismissed) -> None:
        """The names are not wanted."""
        event.stop()
        self._offer_nothing()

    def _offer_nothing(self) -> None:
        self._offer.nothing()
        for cell in self.cells:
            if isinstance(cell, TextCell):
                cell.offering = False
