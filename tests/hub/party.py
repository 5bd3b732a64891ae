"""A room without sockets, and what each connection makes of what it is sent."""

from collections.abc import Sequence

import msgspec

from shuro_tui.core.commands import Command
from shuro_tui.core.events import Event
from shuro_tui.core.model import Millis
from shuro_tui.core.session import Session, advanced
from shuro_tui.core.views import FacilitatorView, GroupView, ScreenView, Surroundings, View
from shuro_tui.core.views import Room as WayIn
from shuro_tui.hub.audience import Delivery, Peer
from shuro_tui.hub.edits import edited
from shuro_tui.hub.protocol import VERSION, Change, Do, Done, Join, NotAdmitted, Picture, Ping, Role, ToClient, ToHub
from shuro_tui.hub.room import NotKept, Room
from tests.workshops import MINUTE, START

KEY = "the-facilitator's-key"
CODE = "1234-5678"
WAY_IN = WayIn(("127.0.0.1:8470",), CODE)

_to_client = msgspec.json.Decoder(ToClient)
_to_hub = msgspec.json.Decoder(ToHub)


class Disk:
    """Where the events go. `appends`: those of each append; full: why it takes none, or ""."""

    def __init__(self, session: Session) -> None:
        self.session = session
        self.events: list[Event] = []
        self.appends: list[Sequence[Event]] = []
        self.full = ""
        self.codes = 0

    def append(self, events: Sequence[Event], session: Session) -> None:
        """Keep events."""
        if self.full:
            raise NotKept(self.full)
        self.events += events
        self.appends.append(events)
        assert advanced(self.session, events) == session
        self.session = session

    def renew(self) -> str:
        """Keep another code."""
        if self.full:
            raise NotKept(self.full)
        self.codes += 1
        return f"{self.codes:04}-0000"


class Party:
    """A room and its connections.

    received, raw: peer → its messages as they came over the wire; views: peer → what it makes of them.
    """

    def __init__(self, session: Session, speed: float = 1.0) -> None:
        self.disk = Disk(session)
        self.now = Millis(START + 11 * MINUTE)
        self.room = Room(session, self.disk.append, self.disk.renew, KEY, Surroundings(WAY_IN), self.now, speed)
        self.received: dict[Peer, list[ToClient]] = {}
        self.raw: dict[Peer, list[bytes]] = {}
        self.closed: set[Peer] = set()
        self.views: dict[Peer, View] = {}
        self._revisions: dict[Peer, int] = {}

    def send(self, peer: Peer, message: ToHub) -> list[ToClient]:
        """What a connection is answered when it sends a message."""
        before = len(self.received.setdefault(peer, []))
        over_the_wire = _to_hub.decode(msgspec.json.encode(message))
        answers = self.room.receive(peer, over_the_wire, self.now)
        self.show((peer,))
        self.deliver(answers)
        self.show()
        return self.received[peer][before:]

    def join(self, peer: Peer, role: str, secret: str | None = None, group: str = "", **more: str) -> list[ToClient]:
        """Join, with the right secret unless another is given."""
        right = KEY if role == "facilitator" else CODE
        terminal = more.get("terminal", f"terminal-{peer}")
        return self.send(peer, Join(VERSION, role, right if secret is None else secret, group, terminal))

    def do(self, peer: Peer, number: int, command: Command) -> list[ToClient]:
        """Ask for a command."""
        return self.send(peer, Do(number, command))

    def together(self, asked: Sequence[tuple[Peer, Do]]) -> None:
        """Commands that come while the hub is at work."""
        answers = self.room.receive_together(asked, self.now)
        self.show()
        self.deliver(answers)

    def beat(self) -> None:
        """The hub looks at its clock."""
        self.room.beat(self.now)
        self.show()

    def leave(self, peer: Peer) -> None:
        """The connection ends."""
        self.views.pop(peer, None)
        self.room.leave(peer)
        self.show()

    def show(self, peers: Sequence[Peer] | None = None) -> None:
        """Show connections what is new, all that there may be something for or these."""
        for peer in self.room.stirred() if peers is None else peers:
            news = self.room.news(peer)
            if news is not None:
                self.deliver([Delivery(peer, news)])

    def deliver(self, deliveries: Sequence[Delivery]) -> None:
        """Carry messages to their connections, which apply changes as a client would."""
        for delivery in deliveries:
            raw = msgspec.json.encode(delivery.message)
            message = _to_client.decode(raw)
            self.raw.setdefault(delivery.to, []).append(raw)
            self.received.setdefault(delivery.to, []).append(message)
            if delivery.last:
                self.closed.add(delivery.to)
            self._look(delivery.to, message)

    def _look(self, peer: Peer, message: ToClient) -> None:
        if isinstance(message, Picture):
            self.views[peer], self._revisions[peer] = message.view, message.revision
        elif isinstance(message, Change):
            assert message.since == self._revisions[peer]
            self._revisions[peer] = message.revision
            self.views[peer] = edited(self.views[peer], message.edits)

    def facilitator(self, peer: Peer) -> FacilitatorView:
        """What the facilitator sees."""
        view = self.views[peer]
        assert isinstance(view, FacilitatorView)
        return view

    def group(self, peer: Peer) -> GroupView:
        """What a group sees."""
        view = self.views[peer]
        assert isinstance(view, GroupView)
        return view

    def screen(self, peer: Peer) -> ScreenView:
        """What stands on the wall."""
        view = self.views[peer]
        assert isinstance(view, ScreenView)
        return view


def fields(change: ToClient) -> set[str]:
    """The fields of the view in which a change changes something."""
    assert isinstance(change, Change)
    return {str(edit.at[0]) for edit in change.edits}


def kinds(messages: Sequence[ToClient]) -> list[type[ToClient]]:
    """What kinds of messages came."""
    return [type(message) for message in messages]


def refusal(messages: Sequence[ToClient]) -> str | None:
    """Why the last message, a Done, refuses."""
    done = messages[-1]
    assert isinstance(done, Done)
    return done.refused


def turned_away(messages: Sequence[ToClient]) -> str:
    """Why the only message, a NotAdmitted, does not let in."""
    (message,) = messages
    assert isinstance(message, NotAdmitted)
    return message.reason


ROLES: tuple[Role, ...] = ("facilitator", "screen", "group")
PING = Ping(Millis(5))
