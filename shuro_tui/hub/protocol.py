"""The messages between the hub and its clients: one closed set, as JSON text frames."""

from typing import Literal

import msgspec
from msgspec import Struct

from shuro_tui.core.commands import Command, Reason
from shuro_tui.core.model import Millis
from shuro_tui.core.session import Group
from shuro_tui.core.views import View

VERSION = 5
"""Raised with each change of a message: hub and client have to speak the same."""

Role = Literal["facilitator", "screen", "group"]
NoEntry = Literal[
    "version", "wrong-code", "facilitator-present", "unknown-role", "no-such-group", "malformed", "not-joined"
]


class Join(Struct, tag="join", frozen=True, forbid_unknown_fields=True):
    """A client's first message. `secret`: the facilitator's key, the room's code, or the group's key.

    A group that has not chosen yet joins with an empty `group` and is answered with Lobby.
    """

    version: int
    role: str
    secret: str
    group: str = ""
    terminal: str = ""


class Do(Struct, tag="do", frozen=True, forbid_unknown_fields=True):
    """Carry out a command. `number` counts up; a group's terminal goes on counting when it comes back."""

    number: int
    command: Command


class Ping(Struct, tag="ping", frozen=True, forbid_unknown_fields=True):
    """Are you there? `sent` is the client's own clock and comes back as it is."""

    sent: Millis


class Fetch(Struct, tag="fetch", frozen=True, forbid_unknown_fields=True):
    """A picture that this client is shown is wanted, by its file."""

    file: str


class Close(Struct, tag="close", frozen=True, forbid_unknown_fields=True):
    """The facilitator asks the hub to stop."""


class Welcome(Struct, tag="welcome", frozen=True):
    """Joined. `speed`: that of the hub's clock. `key`: the group's, to come back with. `heard`: the last number taken
    from this terminal.
    """

    session: str
    speed: float = 1.0
    group: str = ""
    key: str = ""
    heard: int = 0


class Lobby(Struct, tag="lobby", frozen=True):
    """The groups to choose from; Join again with one of them."""

    session: str
    title: str
    groups: tuple[Group, ...]


class Picture(Struct, tag="picture", frozen=True):
    """The whole view of the client's role."""

    revision: int
    view: View


class Change(Struct, tag="change", frozen=True):
    """What has changed in the view since the revision before: field → its new value as JSON."""

    revision: int
    parts: dict[str, msgspec.Raw]


class Fetched(Struct, tag="fetched", frozen=True):
    """A file that was asked for; None where there is none, or none that this client is shown."""

    file: str
    data: bytes | None


class Done(Struct, tag="done", frozen=True):
    """The command of that number is durable, or refused for `refused`."""

    number: int
    refused: Reason | None = None


class Pong(Struct, tag="pong", frozen=True):
    """Here. `sent` from the Ping, `now` the hub's clock."""

    sent: Millis
    now: Millis


class NotAdmitted(Struct, tag="not-admitted", frozen=True):
    """The hub will not talk to this client, and closes."""

    reason: NoEntry
    version: int = VERSION


class Goodbye(Struct, tag="goodbye", frozen=True):
    """The hub stops on purpose."""


LONGEST = 65_536
"""The longest message a client may send, in bytes: a row at its fullest with room to spare."""

ToHub = Join | Do | Ping | Fetch | Close
ToClient = Welcome | Lobby | Picture | Change | Fetched | Done | Pong | NotAdmitted | Goodbye
