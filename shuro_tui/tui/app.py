"""The application around a role's screen: it follows the link and the clock, and hands both down."""

from collections.abc import Callable
from typing import Any

from msgspec import Struct
from textual.app import App
from textual.reactive import var
from textual.screen import Screen

from shuro_tui.core.model import Millis
from shuro_tui.core.views import View
from shuro_tui.tui.link import Link, LinkState


class Moment(Struct, frozen=True):
    """What a screen knows beside its view: the hub's clock and how the link stands."""

    now: Millis
    link: LinkState


class RoleScreen(Screen[None]):
    """The screen of one role: a frozen view and the moment, which its widgets bind to."""

    view: var[View | None] = var[View | None](None)
    moment: var[Moment | None] = var[Moment | None](None)

    def __init__(self, link: Link) -> None:
        super().__init__()
        self.link = link


class WorkshopApp(App[None]):
    """One role's screen at one link."""

    CSS_PATH = "shuro.tcss"

    def __init__(self, link: Link, home: Callable[[Link], RoleScreen], **options: Any) -> None:
        super().__init__(**options)
        self.link = link
        self.home = home(link)

    async def on_mount(self) -> None:
        """Show the role's screen and follow the hub."""
        await self.push_screen(self.home)
        self.run_worker(self._follow(), exit_on_error=True)
        self.set_interval(0.25, self._tick)

    async def _follow(self) -> None:
        async for view in self.link.views():
            self.home.view = view
            self._tick()

    def _tick(self) -> None:
        # A countdown changes once a second: repaint only what another second, or another state, makes different.
        now, state = self.link.now(), self.link.state()
        self.home.moment = Moment(now, state)
