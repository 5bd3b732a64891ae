"""One row of a sheet as it is edited."""

from collections.abc import Callable

from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.timer import Timer
from textual.widgets import Static, TextArea

from shuro_tui.core.model import Case, Catalogue
from shuro_tui.core.sheet import Row
from shuro_tui.tui.widgets.cells import Cell, ChoiceCell, TextCell, cell_for
from shuro_tui.tui.widgets.offer import Offer

AFTER = 0.3
"""Seconds without a key after which what was typed is put away."""


class SheetRow(Vertical):
    """A number and a cell a column; below them, while an organisation is typed, the names that may be meant.

    What was typed is put away a moment after the last key, and at once when the cell is left. `_known`: what each cell
    said when it was last shown or put away, so that what differs is being typed; `_awaited`: what was put away and has
    not come back from the link yet.
    """

    def __init__(self, row: Row, case: Case, catalogue: Catalogue, write: "Callable[[SheetRow], None]") -> None:
        super().__init__(classes="sheet-row")
        self.row_id = row.id
        self._known = dict(row.fields)
        self._awaited: dict[str, str] | None = None
        self._case = case
        self._write = write
        self._later: Timer | None = None
        self._number = ""
        self._offer = Offer(catalogue)

    def compose(self) -> ComposeResult:
        """The cells, then the names."""
        with Horizontal(classes="cells"):
            yield Static(classes="number")
            for column in self._case.columns:
                cell = cell_for(column, self._known.get(column.id, ""))
                cell.add_class(f"column-{column.kind}")
                yield cell
        yield self._offer

    @property
    def cells(self) -> list[Cell]:
        """The cells, from left to right."""
        return [cell for cell in self.query(".cells > *") if isinstance(cell, TextCell | ChoiceCell)]

    @property
    def blank(self) -> bool:
        """Whether nothing stands in it."""
        return not any(cell.value.strip() for cell in self.cells)

    def count(self, number: int | None) -> None:
        """Show its number; None for the row that is not one yet."""
        words = f"{number:>2}" if number else " +"
        if words != self._number:  # each update lays the whole sheet out anew
            self._number = words
            self.query_one(".number", Static).update(words)

    def put(self, row: Row, settled: bool) -> None:
        """Show what the hub has, but for the cells in which something newer is being typed.

        settled: the hub has everything that was put away here; until then, what it shows may be older than that.
        """
        if self._awaited not in (None, row.fields) and not settled:
            return
        self._awaited = None
        for cell in self.cells:
            shown = row.fields.get(cell.column.id, "")
            if not self._typing(cell):
                cell.put(shown)
            self._known[cell.column.id] = shown

    def close(self, locked: bool) -> None:
        """Take no changes."""
        for cell in self.cells:
            cell.disabled = locked

    def flush(self) -> None:
        """Put away what was typed, now."""
        if self._later is not None:
            self._later.stop()
            self._later = None
        if any(self._typing(cell) for cell in self.cells):
            self._known = self.values()
            self._awaited = self.values()
            self._write(self)

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
        if self._later is not None:
            self._later.stop()
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
