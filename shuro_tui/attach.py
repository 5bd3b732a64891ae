"""The full-screen verbs: a role's client and its screen, put together."""

from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import TYPE_CHECKING

from shuro_tui.errors import Mend
from shuro_tui.hub.whereabouts import Address
from shuro_tui.i18n import _
from shuro_tui.settings import coloured
from shuro_tui.tui.app import WorkshopApp
from shuro_tui.tui.pictures import Gallery, installed
from shuro_tui.tui.terminal_cells import suited_to
from shuro_tui.tui.terminal_width import how_drawn

if TYPE_CHECKING:
    from shuro_tui.hub.client import Client
    from shuro_tui.hub.protocol import Role
    from shuro_tui.tui.role import RoleScreen


def facilitate(where: Callable[[], Address], video: str | None, bell: bool) -> str | int | None:
    """The facilitator's screen; the message that ended it, None after a proper end."""

    async def enter(client: "Client", _: WorkshopApp) -> "RoleScreen":
        from shuro_tui.tui.screens.facilitator import FacilitatorScreen

        await client.enter()
        return FacilitatorScreen(client, video, bell)

    return _run("facilitator", where, Path(), enter)


def project(where: Callable[[], Address]) -> str | int | None:
    """The projector's screen."""

    async def enter(client: "Client", _: WorkshopApp) -> "RoleScreen":
        from shuro_tui.tui.screens.projector import ProjectorScreen

        await client.enter()
        return ProjectorScreen(client)

    return _run("screen", where, Path(), enter)


def join_group(folder: Path, where: Callable[[], Address], group: str | None) -> str | int | None:
    """A group's screen; which group is asked for where it is not known yet."""

    async def enter(client: "Client", app: WorkshopApp) -> "RoleScreen":
        from shuro_tui.tui.dialogs import PickGroup
        from shuro_tui.tui.screens.group import GroupScreen

        lobby = await client.enter(group)
        if lobby is not None:
            chosen = await app.push_screen_wait(PickGroup(lobby.title, lobby.groups))
            if not chosen:
                raise Mend("")
            await client.choose(lobby, chosen)
        return GroupScreen(client)

    return _run("group", where, folder, enter)


def _run(
    role: "Role",
    where: Callable[[], Address],
    folder: Path,
    enter: "Callable[[Client, WorkshopApp], Awaitable[RoleScreen]]",
) -> str | int | None:
    clients: list[Client] = []

    async def come_in(app: WorkshopApp) -> "RoleScreen":
        # Imported behind the first frame.
        from shuro_tui.hub.client import Client

        client = Client(role, where, folder)
        clients.append(client)
        try:
            screen = await enter(client, app)
        except OSError as error:
            raise Mend(_("{path}: cannot be written: {why}").format(path=folder, why=error.strerror)) from error
        if drawn.pictures:
            screen.gallery = Gallery(drawn, client.fetch)
        return screen

    async def leave() -> None:
        for client in clients:
            await client.close()

    drawn = how_drawn(pictures=installed() and coloured())
    app = WorkshopApp(come_in, (Mend,), leave, line_filters=suited_to(drawn))
    told = app.run()
    return told if told is not None else app.return_code
