"""The full-screen verbs: a role's client and its screen, put together."""

import sys
from collections.abc import Awaitable, Callable
from contextlib import suppress
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

from shuro_tui.errors import Mend
from shuro_tui.hub.whereabouts import Address
from shuro_tui.i18n import _
from shuro_tui.settings import coloured
from shuro_tui.spared import spared

# Textual looks in textual.types for the type of one annotation. With trees and drop-downs, which no screen of ours has,
# that is a thirtieth of its import. Should it come to look for more, or keep that type elsewhere, it gets the whole.
with suppress(ImportError):
    from textual._types import IgnoreReturnCallbackType

    with spared("textual.types", IgnoreReturnCallbackType=IgnoreReturnCallbackType):
        import_module("textual.app")

from shuro_tui.terminal import Terminal
from shuro_tui.tui.app import WorkshopApp
from shuro_tui.tui.pictures import installed
from shuro_tui.tui.terminal_cells import suited_to
from shuro_tui.tui.terminal_width import how_drawn

if TYPE_CHECKING:
    from shuro_tui.hub.protocol import Role
    from shuro_tui.tui.role import RoleScreen

_AT_WORK = 0.0005
"""Seconds for which one thread may keep the others waiting. Textual writes to the terminal in a thread of its own: what
has been painted would otherwise wait, five milliseconds each time, for whatever the loop goes on with."""


def facilitate(where: Callable[[], Address], video: str | None, bell: bool) -> str | int | None:
    """The facilitator's screen; the message that ended it, None after a proper end."""

    async def enter(terminal: Terminal, _: WorkshopApp) -> "RoleScreen":
        from shuro_tui.tui.screens.facilitator import FacilitatorScreen

        client = terminal.client()
        await client.enter()
        return terminal.show(FacilitatorScreen(client, video, bell), client)

    return _run("facilitator", where, Path(), enter)


def project(where: Callable[[], Address]) -> str | int | None:
    """The projector's screen."""

    async def enter(terminal: Terminal, _: WorkshopApp) -> "RoleScreen":
        from shuro_tui.tui.screens.projector import ProjectorScreen

        client = terminal.client()
        await client.enter()
        return terminal.show(ProjectorScreen(client), client)

    return _run("screen", where, Path(), enter, at_once=True)


def join_group(folder: Path, where: Callable[[], Address], group: str | None) -> str | int | None:
    """A group's screen; which group is asked for where it is not known yet. Groups may share the terminal."""

    async def enter(terminal: Terminal, app: WorkshopApp) -> "RoleScreen":
        from shuro_tui.shared_terminal import SharedTerminal

        return await SharedTerminal(terminal, app).first(group)

    return _run("group", where, folder, enter)


def _run(
    role: "Role",
    where: Callable[[], Address],
    folder: Path,
    enter: "Callable[[Terminal, WorkshopApp], Awaitable[RoleScreen]]",
    at_once: bool = False,
) -> str | int | None:
    terminal = Terminal(role, where, folder, how_drawn(pictures=installed() and coloured()), [])

    async def come_in(app: WorkshopApp) -> "RoleScreen":
        try:
            return await enter(terminal, app)
        except OSError as error:
            raise Mend(_("{path}: cannot be written: {why}").format(path=folder, why=error.strerror)) from error

    async def leave() -> None:
        for client in terminal.clients:
            await client.close()

    app = WorkshopApp(come_in, (Mend,), leave, line_filters=suited_to(terminal.drawn), at_once=at_once)
    sys.setswitchinterval(_AT_WORK)
    told = app.run()
    return told if told is not None else app.return_code
