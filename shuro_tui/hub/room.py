"""Who may enter, what each may ask, and who hears what of it: the hub without its sockets.

Every method takes the time as an argument and returns what is to be sent; `hub/server.py` carries it.
"""

import hmac
import unicodedata
from collections.abc import Callable, Sequence

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from shuro_tui.core.commands import FacilitatorCommand, GroupCommand, Reason, Refused
from shuro_tui.core.events import Event, Heard
from shuro_tui.core.model import Millis
from shuro_tui.core.session import Group, Session, decide
from shuro_tui.core.views import Surroundings, View, facilitator_view, group_view, screen_view
from shuro_tui.hub.protocol import (
    VERSION,
    Change,
    Close,
    Do,
    Done,
    Goodbye,
    Join,
    Lobby,
    NoEntry,
    NotAdmitted,
    Picture,
    Ping,
    Pong,
    Role,
    ToClient,
    ToHub,
    Welcome,
)

_LONG_VOWEL_MARK = "ー"
"""What a Japanese keyboard types for a hyphen."""

Peer = int
"""A connection, by the number that the server gave it."""


class NotKept(Exception):  # noqa: N818 - what happened, told to a person
    """The session could not be written: nothing has changed. The message says why."""


Append = Callable[[Sequence[Event]], Session]
"""Makes events durable and returns the session after them. Raises NotKept."""


class Delivery(Struct, frozen=True):
    """A message for a connection; `last`: close it afterwards."""

    to: Peer
    message: ToClient
    last: bool = False


class Seat(Struct, frozen=True):
    """Who is at a connection. Seats with the same role and group see the same."""

    role: Role
    group: str = ""
    terminal: str = ""

    @property
    def audience(self) -> tuple[Role, str]:
        """Whom it sees the session with."""
        return self.role, self.group


class _Audience(Struct):
    """What an audience was shown last."""

    revision: int
    view: View


def plain_code(code: str) -> str:
    """A code as it is compared: digits in any width, without what people put between them."""
    typed = unicodedata.normalize("NFKC", code)
    return "".join(letter for letter in typed if letter.isalnum() and letter != _LONG_VOWEL_MARK)


class Room:
    """One session and everybody who is connected to it.

    key: the facilitator's secret; closing: whether the facilitator has asked the hub to stop.
    """

    def __init__(self, session: Session, append: Append, key: str, around: Surroundings) -> None:
        self.session = session
        self.closing = False
        self._append = append
        self._key = key
        self._around = around
        self._seats: dict[Peer, Seat] = {}
        self._away: set[Peer] = set()
        self._audiences: dict[tuple[Role, str], _Audience] = {}

    def receive(self, peer: Peer, message: ToHub, now: Millis) -> list[Delivery]:
        """What a message brings about."""
        seat = self._seats.get(peer)
        match message:
            case _ if peer in self._away:  # a connection has one guess, however much it sends before it is closed
                return []
            case Ping(sent=sent):
                return [Delivery(peer, Pong(sent, now))]
            case Join() if seat is None:
                return self._join(peer, message)
            case Do(number=number, command=command) if seat is not None:
                return self._do(peer, seat, number, command, now)
            case Close() if seat is not None and seat.role == "facilitator":
                self.closing = True
                return []
            case _:
                return self._turn_away(peer, "not-joined" if seat is None else "malformed")

    def malformed(self, peer: Peer) -> list[Delivery]:
        """A message that is none of ours."""
        return self._turn_away(peer, "malformed")

    def leave(self, peer: Peer) -> list[Delivery]:
        """A connection has ended."""
        self._away.discard(peer)
        if self._seats.pop(peer, None) is None:
            return []
        self._count()
        return self._show()

    def drifted(self, drift: Millis) -> list[Delivery]:
        """The machine's clock has moved against the session's."""
        if drift == self._around.clock_drift:
            return []
        self._around = replace(self._around, clock_drift=drift)
        return self._show()

    def farewell(self) -> list[Delivery]:
        """The hub stops."""
        return [Delivery(peer, Goodbye(), last=True) for peer in self._seats]

    def _join(self, peer: Peer, join: Join) -> list[Delivery]:
        if join.version != VERSION:
            return self._turn_away(peer, "version")
        match join.role:
            case "facilitator":
                if not _same(join.secret, self._key):
                    return self._turn_away(peer, "wrong-code")
                if any(seat.role == "facilitator" for seat in self._seats.values()):
                    return self._turn_away(peer, "facilitator-present")
                return self._seat(peer, Seat("facilitator"), Welcome(self.session.id))
            case "screen":
                if not self._knows_code(join.secret):
                    return self._turn_away(peer, "wrong-code")
                return self._seat(peer, Seat("screen"), Welcome(self.session.id))
            case "group":
                return self._join_group(peer, join)
            case _:
                return self._turn_away(peer, "unknown-role")

    def _join_group(self, peer: Peer, join: Join) -> list[Delivery]:
        key = self.session.keys.get(join.group, "")
        if not (self._knows_code(join.secret) or (key and _same(join.secret, key))):
            return self._turn_away(peer, "wrong-code")
        if not join.group:
            return [Delivery(peer, Lobby(self.session.id, self.session.workshop.title, self.session.groups))]
        if not any(group.id == join.group for group in self.session.groups) or not join.terminal:
            return self._turn_away(peer, "no-such-group")
        heard = self.session.heard.get(join.terminal, 0)
        welcome = Welcome(self.session.id, join.group, key, heard)
        return self._seat(peer, Seat("group", join.group, join.terminal), welcome)

    def _knows_code(self, secret: str) -> bool:
        return _same(plain_code(secret), plain_code(self._around.room.code))

    def _seat(self, peer: Peer, seat: Seat, welcome: Welcome) -> list[Delivery]:
        self._seats[peer] = seat
        self._count()
        told = self._show(but=peer)
        audience = self._audiences.get(seat.audience)
        if audience is None:
            audience = self._audiences[seat.audience] = _Audience(0, self._view(seat))
        return [Delivery(peer, welcome), Delivery(peer, Picture(audience.revision, audience.view)), *told]

    def _turn_away(self, peer: Peer, reason: NoEntry) -> list[Delivery]:
        if peer in self._away:
            return []
        self._away.add(peer)
        return [Delivery(peer, NotAdmitted(reason), last=True)]

    def _do(
        self, peer: Peer, seat: Seat, number: int, command: FacilitatorCommand | GroupCommand, now: Millis
    ) -> list[Delivery]:
        if seat.terminal and number <= self.session.heard.get(seat.terminal, 0):
            return [Delivery(peer, Done(number))]
        refused: Reason | None = None
        try:
            events = self._decide(seat, number, command, now)
            if events:
                self.session = self._append(events)
            self._around = replace(self._around, trouble="")
        except Refused as no:
            refused = no.reason
        except NotKept as trouble:
            refused = "storage"
            self._around = replace(self._around, trouble=str(trouble))
        # Who asked sees what came of it before hearing that it is done.
        return [*self._show(), Delivery(peer, Done(number, refused))]

    def _decide(
        self, seat: Seat, number: int, command: FacilitatorCommand | GroupCommand, now: Millis
    ) -> tuple[Event, ...]:
        if seat.role == "screen":
            raise Refused("not-allowed")
        events = decide(self.session, command, now, seat.group or None)
        return (*events, Heard(now, seat.group, seat.terminal, number)) if seat.terminal else events

    def _count(self) -> None:
        seats = self._seats.values()
        present = [seat.group for seat in seats if seat.role == "group"]
        self._around = replace(
            self._around,
            terminals={group.id: present.count(group.id) for group in self.session.groups},
            screens=sum(seat.role == "screen" for seat in seats),
        )
        seen = {seat.audience for seat in seats}
        self._audiences = {who: audience for who, audience in self._audiences.items() if who in seen}

    def _show(self, but: Peer | None = None) -> list[Delivery]:
        """What has changed for each audience since it was last shown something; `but` gets the whole picture."""
        deliveries = []
        for who, audience in self._audiences.items():
            watching = [peer for peer, seat in self._seats.items() if seat.audience == who]
            view = self._view(self._seats[watching[0]])
            parts = _changed(audience.view, view)
            if not parts:
                continue
            audience.view = view
            audience.revision += 1
            change = Change(audience.revision, parts)
            deliveries += [Delivery(peer, change) for peer in watching if peer != but]
        return deliveries

    def _view(self, seat: Seat) -> View:
        if seat.role == "facilitator":
            return facilitator_view(self.session, self._around)
        if seat.role == "screen":
            return screen_view(self.session, self._around)
        return group_view(self.session, self._group(seat.group))

    def _group(self, group_id: str) -> Group:
        return next(group for group in self.session.groups if group.id == group_id)


def _same(given: str, right: str) -> bool:
    return hmac.compare_digest(given.encode("utf-8", "replace"), right.encode("utf-8", "replace"))


def _changed(old: View, new: View) -> dict[str, msgspec.Raw]:
    """Field → its new value as JSON. What is the very same object is not even compared."""
    return {
        field: msgspec.Raw(msgspec.json.encode(after))
        for field in new.__struct_fields__
        if (after := getattr(new, field)) is not (before := getattr(old, field)) and after != before
    }
