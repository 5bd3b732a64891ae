"""What the screens of all roles share: a frozen view, the moment, a table of keys."""

from typing import TYPE_CHECKING, ClassVar

from msgspec import Struct
from msgspec.structs import replace
from textual.reactive import var

from shuro_tui.core.link import Link, LinkState
from shuro_tui.core.model import Millis
from shuro_tui.core.typeset import wrap
from shuro_tui.core.views import View
from shuro_tui.i18n import _
from shuro_tui.tui.keys import Action
from shuro_tui.tui.quick import Quick

if TYPE_CHECKING:
    from shuro_tui.tui.pictures import Gallery

_TOAST, _TOAST_FRAME = 56, 4
STALE_AFTER = 3
"""Seconds without a word from the hub after which a screen says that it stands still."""


class Moment(Struct, frozen=True):
    """What a screen knows beside its view: the hub's clock and how the link stands, to the second.

    `link.silent` is 0 until the silence is long enough to be told.
    """

    now: Millis
    link: LinkState

    @classmethod
    def of(cls, link: Link) -> "Moment":
        """The moment as it is; two within one second are equal, so that nothing is painted twice."""
        state = link.state()
        silent = state.silent // 1000 if state.silent >= STALE_AFTER * 1000 else 0
        return cls(Millis(link.now() // 1000 * 1000), replace(state, silent=Millis(silent * 1000)))

    @property
    def stale(self) -> str:
        """That this screen stands still, and since when; "" while it does not."""
        if self.link.ended:
            return self.link.ended
        return _("no update for {n} s").format(n=self.link.silent // 1000) if self.link.silent else ""


class Keyed(Quick[None]):
    """A screen with a table of keys, of which help and palette are made."""

    ACTIONS: ClassVar[tuple[Action, ...]] = ()

    def worth_knowing(self) -> tuple[str, ...]:
        """What the help tells beside the keys."""
        return ()

    def action_help(self) -> None:
        """Every key of this screen."""
        from shuro_tui.tui.dialogs import AllKeys

        self.app.push_screen(AllKeys(self.ACTIONS, self.worth_knowing()))

    async def action_next_theme(self) -> None:
        """Other colours, here alone."""
        await self.run_action("app.next_theme")

    def say(self, text: str) -> None:
        """Tell the person something that passes."""
        room = min(_TOAST, self.app.size.width // 2 - _TOAST_FRAME)
        self.notify("\n".join(wrap(text, room)), timeout=5, markup=False)


class RoleScreen(Keyed):
    """The screen of one role; its widgets bind to `view` and `moment`."""

    view: var[View | None] = var[View | None](None)
    moment: var[Moment | None] = var[Moment | None](None)
    gallery: "Gallery | None" = None
    """Where the pictures of slides come from, on a terminal that can show them."""
    first: View | None = None
    """What it begins with."""

    def __init__(self, link: Link) -> None:
        super().__init__()
        self.link = link

    def on_mount(self) -> None:
        """Show the first view before anything is painted."""
        if self.first is not None:
            self.take(self.first)

    def take(self, view: View) -> None:
        """The hub has something new to show."""
        self.view = view
        self.tick()

    def tick(self) -> None:
        """The clock goes on."""
        self.moment = Moment.of(self.link)

    def action_leave(self) -> None:
        """Close the window; the hub and everybody else go on."""
        self.app.exit()
