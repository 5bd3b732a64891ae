"""A widget that shows a part of its screen's view as text."""

from typing import Any, Self

from textual.content import Content
from textual.reactive import var
from textual.widget import Widget

from shuro_tui.core.views import View
from shuro_tui.tui.role import Moment, RoleScreen


class Bound(Widget):
    """Bound to the view of its screen; and to the moment when its text depends on the clock.

    Painted only when it says something else by now, and laid out with all the others only when that takes another
    height: what is new may be nothing to this widget.
    """

    view: var[View | None] = var[View | None](None)
    moment: var[Moment | None] = var[Moment | None](None)
    _painted = Content("")

    def of_moment(self) -> Self:
        """Follow the view and the clock."""
        self.data_bind(RoleScreen.view, RoleScreen.moment)
        return self

    def watch_view(self) -> None:
        """The hub has something new."""
        self.say()

    def watch_moment(self) -> None:
        """The clock goes on."""
        self.say()

    def say(self) -> None:
        """Say it, if it is anything else."""
        words = self.words()
        if not words.is_same(self._painted):
            width, height = self.content_size
            taller = self.styles.is_auto_height and (
                not width or words.get_height(self.styles.get_rules(), width) != height
            )
            self.refresh(layout=taller)

    def render(self) -> Content:
        """What it says, to be compared."""
        self._painted = self.words()
        return self._painted

    def words(self) -> Content:
        """The text; nothing before there is a view."""
        if self.view is None or self.moment is None:
            return Content("")
        return self.text(self.view, self.moment)

    def text(self, view: Any, moment: Moment) -> Content:
        """What to show of the view, which is of the kind that the screen is for."""
        raise NotImplementedError
