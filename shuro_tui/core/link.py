"""All that the screens know of the hub."""

from collections.abc import AsyncIterator
from typing import Protocol

from msgspec import Struct

from shuro_tui.core.commands import FacilitatorCommand, GroupCommand, Reason
from shuro_tui.core.model import Millis
from shuro_tui.core.views import View


class LinkState(Struct, frozen=True):
    """How the connection stands.

    silent: since the hub's last word; unsent: changes kept here and not acknowledged yet; saved_at: when the hub last
    acknowledged one; refused: why it would not take the last one; trouble: why nothing can be kept on this machine;
    ended: why the hub will not have us back, or "".
    """

    connected: bool
    silent: Millis
    unsent: int = 0
    saved_at: Millis | None = None
    refused: Reason | None = None
    trouble: str = ""
    ended: str = ""


class Link(Protocol):
    """A client's end of the hub."""

    def views(self) -> AsyncIterator[View]:
        """Each view as it comes, a group's with its own unacknowledged changes laid over; ends when the link ends."""

    async def do(self, command: FacilitatorCommand) -> None:
        """Ask for a command and wait until it is durable. Raises Refused, or ConnectionError with no hub to ask."""

    def put(self, command: GroupCommand) -> int:
        """Keep a group's change on this machine, durably, then send it until it is acknowledged.

        A newer text of the same row takes the place of one not sent yet. A change that the hub refuses for good is
        dropped and told in the state.

        Returns how many that makes: a view of fewer `puts` is older than this one.
        """

    async def fetch(self, file: str) -> bytes | None:
        """A picture on a slide that is shown here; None where there is none. Raises ConnectionError."""

    def typing(self, case: str, row: str) -> None:
        """Tell the group's other terminals, if there are any, that a row is being typed in here; nothing is kept."""

    async def stop(self) -> None:
        """Ask the hub to stop; a facilitator's request. Raises ConnectionError with no hub to ask."""

    def now(self) -> Millis:
        """The hub's clock, as far as it can be told from here."""

    def state(self) -> LinkState:
        """How the connection stands now."""
