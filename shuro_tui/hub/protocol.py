"""The messages between the hub and its clients: one closed set, as JSON text frames."""

from typing import Annotated, Literal

from msgspec import Meta, Struct

from shuro_tui.core.commands import Command, Identity, Reason
from shuro_tui.core.group import Group
from shuro_tui.core.model import Millis
from shuro_tui.core.views import View
from shuro_tui.hub.edits import Edit

VERSION = 13
"""Raised with each change of a message: hub and client have to speak the same."""

Role = Literal["facilitator", "screen", "group"]
NoEntry = Literal[
    "version", "wrong-code", "locked", "facilitator-present", "unknown-role", "no-such-group", "malformed", "not-joined"
]


class Join(Struct, tag="join", frozen=True, forbid_unknown_fields=True):
    """A client's first message. `secret`: the facilitator's key, the room's code, or the group's key.

    A group that has not chosen yet joins with an empty `group` and is answered with Lobby.
    """

    version: int
    role: str
    secret: str
    group: str = ""
    terminal: Identity = ""


class Do(Struct, tag="do", frozen=True, forbid_unknown_fields=True):
    """Carry out a command. `number` counts up; a group's terminal goes on counting when it comes back."""

    number: Annotated[int, Meta(ge=0, le=2**53)]
    command: Command


class Typing(Struct, tag="typing", frozen=True, forbid_unknown_fields=True):
    """A row is being typed in here just now: told again while it is, for nobody keeps it."""

    case: str
    row: str


class Ping(Struct, tag="ping", frozen=True, forbid_unknown_fields=True):
    """Are you there? `sent` is the client's own clock and comes back as it is."""

    sent: Millis


class Fetch(Struct, tag="fetch", frozen=True, forbid_unknown_fields=True):
    """A picture that this client is shown is wanted, by its file."""

    file: str


class Close(Struct, tag="close", frozen=True, forbid_unknown_fields=True):
    """The facilitator asks the hub to stop."""


class Welcome(Struct, tag="welcome", frozen=True):
    """Joined. `speed`: that of the hub's clock. `key`: a group's or the screens', to come back with. `heard`: the last
    number taken from this terminal. `seat`: the hub's number for this connection.
    """

    session: str
    speed: float = 1.0
    group: str = ""
    key: str = ""
    heard: int = 0
    seat: int = 0


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
    """What has changed in the view `since` a revision, up to another."""

    since: int
    revision: int
    edits: tuple[Edit, ...]


class Fetched(Struct, tag="fetched", frozen=True):
    """A file that was asked for; None where there is none, or none that this client is shown."""

    file: str
    data: bytes | None


class Done(Struct, tag="done", frozen=True, omit_defaults=True):
    """The command of that number is durable, or refused for `refused`. `news`: what there is to see by now."""

    number: int
    refused: Reason | None = None
    news: Change | None = None


class Pong(Struct, tag="pong", frozen=True):
    """Here. `sent` from the Ping, `now` the hub's clock."""

    sent: Millis
    now: Millis


class NotAdmitted(Struct, tag="not-admitted", frozen=True):
    """The hub will not talk to this client, and closes. `wait`: for how long codes from there are locked out."""

    reason: NoEntry
    version: int = VERSION
    wait: Millis = Millis(0)


class Goodbye(Struct, tag="goodbye", frozen=True):
    """The hub stops on purpose."""


LONGEST = 65_536
"""The longest message a client may send, in bytes: a row at its fullest with room to spare."""

RATE, BURST = 250, 500
"""Messages of one client that are listened to in a second, and at once: more than anybody types or a queue drains."""

ToHub = Join | Do | Typing | Ping | Fetch | Close
ToClient = Welcome | Lobby | Picture | Change | Fetched | Done | Pong | NotAdmitted | Goodbye
