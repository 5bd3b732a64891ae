"""The terminal that a role's screens stand on: their clients, and how it shows things."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, TypeVar

from shuro_tui.hub.whereabouts import Address
from shuro_tui.tui.pictures import Gallery
from shuro_tui.tui.terminal_width import Drawn

if TYPE_CHECKING:
    from shuro_tui.hub.client import Client
    from shuro_tui.hub.protocol import Role
    from shuro_tui.tui.role import RoleScreen

    Shown = TypeVar("Shown", bound=RoleScreen)


class Terminal(NamedTuple):
    """What the screens of one terminal come from. `clients`: all that were made, to be closed at the end."""

    role: "Role"
    where: Callable[[], Address]
    folder: Path
    drawn: Drawn
    clients: "list[Client]"

    def client(self) -> "Client":
        """Another client, which has not entered."""
        from shuro_tui.hub.client import Client

        self.clients.append(Client(self.role, self.where, self.folder))
        return self.clients[-1]

    def show(self, screen: "Shown", client: "Client") -> "Shown":
        """A screen with what it needs to show pictures."""
        if self.drawn.pictures:
            screen.gallery = Gallery(self.drawn, client.fetch)
        return screen
