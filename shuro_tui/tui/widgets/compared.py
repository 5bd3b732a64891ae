"""What the groups wrote for a case, in one of two ways: side by side, or as an ecomap."""

from textual.app import ComposeResult
from textual.widgets import ContentSwitcher

from shuro_tui.core.commands import Display
from shuro_tui.core.lines import Comparison
from shuro_tui.core.model import Case
from shuro_tui.tui.widgets.comparison_view import ComparisonView
from shuro_tui.tui.widgets.ecomap_view import EcomapView


class Compared(ContentSwitcher):
    """Both follow the same comparison."""

    def __init__(self, id: str | None = None) -> None:  # noqa: A002 - Textual's name
        super().__init__(id=id, initial="sides")

    def compose(self) -> ComposeResult:
        """One at a time."""
        yield ComparisonView(id="sides")
        yield EcomapView(id="ecomap")

    @property
    def sides(self) -> ComparisonView:
        """The groups side by side."""
        return self.query_one(ComparisonView)

    @property
    def ecomap(self) -> EcomapView:
        """The ecomap."""
        return self.query_one(EcomapView)

    @property
    def mapped(self) -> bool:
        """Whether it is the ecomap that is shown."""
        return self.current == "ecomap"

    def show(self, case: Case, comparison: Comparison) -> None:
        """Show that comparison, in the way that is shown."""
        self.sides.show(case, comparison)
        self.ecomap.show(case, comparison)

    def switch(self) -> None:
        """The other way."""
        self.current = "sides" if self.mapped else "ecomap"

    def display_of(self, case: str) -> Display:
        """What stands here, as it stands on the projector."""
        return Display("ecomap", case, self.ecomap.chosen) if self.mapped else Display("comparison", case)

    def move(self, step: int) -> None:
        """So many organisations, or lines, down."""
        if self.mapped:
            self.ecomap.scroll(step)
        else:
            self.sides.move(step)

    def page(self, step: int) -> None:
        """A page on, or back."""
        if self.mapped:
            self.ecomap.page(step)
        else:
            self.sides.move(step * self.sides.page)
