"""A widget that shows a part of its screen's view as text."""

from typing import Any, ClassVar, Self

from textual.content import Content
from textual.reactive import reactive, var
from textual.widget import Widget

from shuro_tui.core.views import View
from shuro_tui.tui.role import Moment, RoleScreen


class Bound(Widget):
    """Bound to the view of its screen; and to the moment when its text depends on the clock.

    grows: whether the clock changes how many lines it takes.
    """

    grows: ClassVar[bool] = False

    view: reactive[View | None] = reactive[View | None](None, layout=True)
    moment: reactive[Moment | None] = reactive[Moment | None](None)

    def of_moment(self) -> Self:
        """Follow the view and the clock."""
        self.data_bind(RoleScreen.view, RoleScreen.moment)
        return self

    def watch_moment(self, old: Moment | None, new: Moment | None) -> None:
        """A line that comes or goes moves what is below it."""
        if self.grows and self.view is not None and old is not None and new is not None:
            before, after = (self.text(self.view, moment).plain.count("\n") for moment in (old, new))
            if before != after:
                self.refresh(layout=True)

    def render(self) -> Content:
        """What it says."""
        return self.words()

    def words(self) -> Content:
        """The text; nothing before there is a view."""
        if self.view is None or self.moment is None:
            return Content("")
        return self.text(self.view, self.moment)

    def text(self, view: Any, moment: Moment) -> Content:
        """What to show of the view, which is of the kind that the screen is for."""
        raise NotImplementedError


class Line(Bound):
    """Of one line whatever it says: nothing is laid out anew, and painted only what says something else by now."""

    view: var[View | None] = var[View | None](None)
    moment: var[Moment | None] = var[Moment | None](None)
    _painted = Content("")

    def render(self) -> Content:
        """What it says, to be compared."""
        self._painted = self.words()
        return self._painted

    def watch_view(self) -> None:
        """The hub has something new, that may be nothing to this line."""
        self.say()

    def watch_moment(self, old: Moment | None, new: Moment | None) -> None:
        """The clock goes on."""
        self.say()

    def say(self) -> None:
        """Say it, if it is anything else."""
        if not self.words().is_same(self._painted):
            self.refresh()
