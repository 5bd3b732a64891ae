"""What stands on the wall now and then: how to join, a case, a view of its comparison.

It is imported and made when it is first put up: the first slide does not wait for it.
"""

from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.reactive import var
from textual.widgets import Digits, Static

from shuro_tui.core.commands import OF_SHEETS, Shown
from shuro_tui.core.plaintext import countdown
from shuro_tui.core.views import ScreenView
from shuro_tui.tui.role import Moment, RoleScreen
from shuro_tui.tui.widgets.case_view import case_passages
from shuro_tui.tui.widgets.compared import Compared
from shuro_tui.tui.widgets.compared_words import Compare
from shuro_tui.tui.widgets.prose import Prose
from shuro_tui.tui.widgets.wall import HowToJoin, ProgressLine


class JoinOnWall(VerticalScroll, can_focus=False):
    """How to join, and who has."""

    view: var[ScreenView | None] = var[ScreenView | None](None)
    moment: var[Moment | None] = var[Moment | None](None)

    def compose(self) -> ComposeResult:
        """One text."""
        yield HowToJoin().data_bind(JoinOnWall.view, JoinOnWall.moment)


class CaseOnWall(Vertical):
    """A case, its time left large beside it unless it is hidden, and who is how far."""

    view: var[ScreenView | None] = var[ScreenView | None](None)
    moment: var[Moment | None] = var[Moment | None](None)

    def compose(self) -> ComposeResult:
        """The case, the time, a line below."""
        with Horizontal():
            with VerticalScroll(id="case-text", can_focus=False):
                yield Prose()
            with Vertical(id="case-time"):
                yield Static(id="case-left")
                yield Digits(id="digits")
        yield ProgressLine(id="wall-progress").data_bind(CaseOnWall.view, CaseOnWall.moment)

    def watch_view(self, view: ScreenView | None) -> None:
        """Another case, or another state of it."""
        if view is None or view.case is None:
            return
        self.query_one(Prose).passages = case_passages(view.case)
        self.query_one("#case-time").display = not view.time_hidden
        self.watch_moment(self.moment)

    def watch_moment(self, moment: Moment | None) -> None:
        """Count down."""
        if self.view is None or moment is None:
            return
        remaining = self.view.dial.remaining(moment.now)
        self.query_one("#case-time").set_class(remaining < 0, "over")
        words = countdown(remaining)
        figures = words.split()[-1]
        self.query_one(Digits).update(figures)
        self.query_one("#case-left", Static).update(words.removesuffix(figures).strip())


class ComparedOnWall(Compared):
    """One of the views of a comparison, where the facilitator put it up."""

    view: var[ScreenView | None] = var[ScreenView | None](None)

    def watch_view(self, before: ScreenView | None, view: ScreenView | None) -> None:
        """Another state of it, another view, or another place in it."""
        if view is None or view.case is None or view.comparison is None:
            return
        self.show(Compare(view.case, view.comparison, view.cases, view.sheets))
        if before is None or view.display.turned_since(before.display) is None:
            self.follow(view.display)


PutUp = JoinOnWall | CaseOnWall | ComparedOnWall


def made(shown: Shown) -> PutUp:
    """What stands there, with a `view` to be told."""
    match shown:
        case "case":
            return CaseOnWall(id=shown).data_bind(RoleScreen.moment)
        case _ if shown in OF_SHEETS:
            return ComparedOnWall(wall=True, id="compared")
        case _:
            return JoinOnWall(id=shown).data_bind(RoleScreen.moment)
