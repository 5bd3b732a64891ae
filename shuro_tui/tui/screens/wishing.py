"""How the facilitator's keys become commands: one after the other, each by the session as it stands by then."""

import asyncio
from collections.abc import Callable, Mapping
from typing import cast

from shuro_tui.core.commands import FacilitatorCommand, Refused
from shuro_tui.core.link import Link
from shuro_tui.core.views import FacilitatorView
from shuro_tui.i18n import _
from shuro_tui.tui.dialogs import Choose, Confirm
from shuro_tui.tui.refusals import why_not
from shuro_tui.tui.role import RoleScreen
from shuro_tui.tui.screens.wishes import Wish


class Wishing(RoleScreen):
    """Wishes are carried out one after the other: a key pressed twice quickly means two steps."""

    def __init__(self, link: Link) -> None:
        super().__init__(link)
        self._wishes: asyncio.Queue[Wish] = asyncio.Queue()

    def on_mount(self) -> None:
        """Begin to carry wishes out."""
        self.run_worker(self._carry_out())

    @property
    def facts(self) -> FacilitatorView:
        """The view, which is a facilitator's."""
        return cast("FacilitatorView", self.view)

    def wish(self, wish: Wish) -> None:
        """Have it carried out after those before it."""
        self._wishes.put_nowait(wish)

    def wish_for(self, command: FacilitatorCommand) -> None:
        """Have a command carried out, however the session stands by then."""
        self.wish(lambda _view: command)

    async def _carry_out(self) -> None:
        while True:
            wish = await self._wishes.get()
            command = wish(self.facts)
            if isinstance(command, str):
                self.say(command)
            elif command is not None:
                await self._do(command)

    async def _do(self, command: FacilitatorCommand) -> None:
        try:
            await self.link.do(command)
        except Refused as no:
            self.say(why_not(no.reason))
        except ConnectionError:
            self.say(_("No connection to the hub; nothing was changed."))

    def choose(self, title: str, options: Mapping[str, str], then: Callable[[str], None]) -> None:
        """Ask for one of a few things; nothing happens when none is chosen."""

        def chosen(key: str | None) -> None:
            if key:
                then(key)

        self.app.push_screen(Choose(title, dict(options)), chosen)

    def confirm(self, question: str, yes: str, then: Callable[[], None]) -> None:
        """Ask before what cannot be undone."""

        def answered(agreed: bool | None) -> None:
            if agreed:
                then()

        self.app.push_screen(Confirm(question, yes), answered)
