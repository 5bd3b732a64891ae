"""A terminal at which groups write in turn: each has a client of its own, which goes on while others write."""

from shuro_tui.core.views import GroupView
from shuro_tui.errors import Mend
from shuro_tui.hub.client import Client, TurnedAway
from shuro_tui.i18n import _
from shuro_tui.terminal import Terminal
from shuro_tui.tui.app import WorkshopApp
from shuro_tui.tui.dialogs import PickGroup
from shuro_tui.tui.screens.ask import Ask
from shuro_tui.tui.screens.group import GroupScreen

_CODE_AT_MOST = 20


class SharedTerminal:
    """The groups that have joined at one terminal."""

    def __init__(self, terminal: Terminal, app: WorkshopApp) -> None:
        self._terminal = terminal
        self._app = app
        self._clients: dict[str, Client] = {}

    async def first(self, name: str | None) -> GroupScreen:
        """The screen of the group of that name, or of one that is asked for. Raises Mend, OSError."""
        client = self._terminal.client()
        lobby = await client.enter(name)
        if lobby is not None:
            group = await self._app.push_screen_wait(PickGroup(lobby.title, lobby.groups, _("quit")))
            if not group:
                raise Mend("")
            await client.choose(lobby, group)
        return self._screen(client)

    async def another(self, view: GroupView) -> GroupScreen | None:
        """The screen of another group, asking which, and for the code where it is needed; None to stay. Raises Mend."""
        group = await self._app.push_screen_wait(PickGroup(view.outline.title, view.groups, _("back")))
        if group in ("", view.group.id):
            return None
        client = self._clients.get(group)
        if client is None:
            client = await self._enter(self._clients[view.group.id], group)
        return None if client is None else self._screen(client)

    def _screen(self, client: Client) -> GroupScreen:
        self._clients[client.group] = client
        screen = self._terminal.show(GroupScreen(client), client)
        screen.another = self.another
        return screen

    async def _enter(self, beside: Client, group: str, code: str = "") -> Client | None:
        client = self._terminal.client()
        try:
            await client.enter_beside(beside, group, code)
        except TurnedAway as away:
            await client.close(leaving=True)
            if away.reason != "wrong-code":
                raise
            asked = await self._app.push_screen_wait(
                Ask(_("The room's code"), "", _CODE_AT_MOST, _("Enter: join   Esc: back"))
            )
            return await self._enter(beside, group, asked) if asked else None
        except (Mend, OSError):
            await client.close(leaving=True)
            raise
        return client
