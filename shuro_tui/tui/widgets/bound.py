"""A widget that shows a part of its screen's view as text."""

from typing import Any, Self

from textual.content import Content
from textual.reactive import reactive
from textual.widget import Widget

from shuro_tui.core.views import View
from shuro_tui.tui.role import Moment, RoleScreen


class Bound(Widget):
    """Bound to the view of its screen; and to the moment when its text depends on the clock."""

    view: reactive[View | None] = reactive[View | None](None, layout=True)
    moment: reactive[Moment | None] = reactive[Moment | None](None)

    def of_moment(self) -> Self:
        """Follow the view and the clock."""
        self.data_bind(RoleScreen.view, RoleScreen.moment)
        return self

    def render(self) -> Content:
        """The text; nothing before there is a view."""
        if self.view is None or self.moment is None:
            return Content("")
        return self.text(self.view, self.moment)

    def text(self, view: Any, moment: Moment) -> Content:
        """What to show of the view, which is of the kind that the screen is for."""
        raise NotImplementedError
