"""A column of widgets of which one stays where it is on the screen, whatever comes or goes above it."""

from textual.containers import VerticalScroll
from textual.geometry import Offset
from textual.layout import WidgetPlacement
from textual.widget import Widget


class Held(VerticalScroll, can_focus=False):
    """From top to bottom, shifted as a whole so that the widget that is held keeps its place."""

    _held: Widget | None = None
    _place = 0

    def hold(self, widget: Widget | None) -> None:
        """Keep that widget where it was laid out last, until another is named; None lets all go to their places."""
        before, self._held = self._held, widget if widget is not None and widget.size else None
        if self._held is not None:
            self._place = self._held.virtual_region.y
        elif before is not None and self.children:
            # How they are arranged is kept until one of them asks for another arrangement.
            self.children[0].refresh(layout=True)

    def process_layout(self, placements: list[WidgetPlacement]) -> list[WidgetPlacement]:
        """Shift them."""
        natural = next((place.region.y for place in placements if place.widget is self._held), self._place)
        return WidgetPlacement.translate(placements, Offset(0, self._place - natural))
