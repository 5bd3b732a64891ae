"""Who may enter, what each may ask, and who hears what of it: the hub without its sockets.

Every method takes the time as an argument and returns what is to be sent; `hub/server.py` carries it.
"""

from collections.abc import Callable, Sequence

from msgspec.structs import replace

from shuro_tui.core.commands import FacilitatorCommand, GroupCommand, Reason, Refused
from shuro_tui.core.events import CutOff, Event, Heard, WorkshopChanged
from shuro_tui.core.model import Millis, Workshop
from shuro_tui.core.refit import torn
from shuro_tui.core.session import Session, decide, overdue
from shuro_tui.core.views import Surroundings
from shuro_tui.hub.audience import Audience, Delivery, Peer, Seat
from shuro_tui.hub.editing import told
from shuro_tui.hub.passcode import plain_code, same
from shuro_tui.hub.protocol import (
    VERSION,
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
    ToHub,
    Typing,
    Welcome,
)
from shuro_tui.hub.typed import TypedRows

AWAY = Millis(5_000)
"""Without a sign of life for longer, the hub was away: dead, suspended or stopped. What is shorter simply counts."""


class NotKept(Exception):  # noqa: N818 - what happened, told to a person
    """The session could not be written: nothing has changed. The message says why."""


Append = Callable[[Sequence[Event]], Session]
"""Makes events durable and returns the session after them. Raises NotKept."""


class Room:
    """One session and everybody who is connected to it.

    key: the facilitator's secret; alive: the hub's last sign of life; speed: that of its clock;
    closing: whether the facilitator has asked the hub to stop.
    """

    def __init__(
        self, session: Session, append: Append, key: str, around: Surroundings, alive: Millis, speed: float = 1.0
    ) -> None:
        self.session = session
        self.alive = alive
        self.closing = False
        self._append = append
        self._key = key
        self._around = around
        self._speed = speed
        self._edited: Workshop | None = None
        self._seats: dict[Peer, Seat] = {}
        self._away: set[Peer] = set()
        self._typed = TypedRows(speed)
        self._audiences: dict[tuple[Role, str], Audience] = {}

    def beat(self, now: Millis) -> list[Delivery]:
        """The hub is there. When it was away while the clock ran, the session is cut off where it was last.

        Everything else waits for that: what would have happened meanwhile has not.
        """
        away = now - self.alive > AWAY * self._speed and self.session.timeline.phase == "running"
        if not away or self._keep((CutOff(now, self.alive),)):
            self.alive = now
        over = overdue(self.session, now) if self.alive == now else ()
        ended = bool(over) and self._keep(over)
        taken = self.alive == now and self._take_up(now)
        expired = self._typed.expire(now)
        if expired:
            self._around = replace(self._around, typing=self._typed.rows())
        return self._show() if away or ended or taken or expired else []

    def edited(self, read: Workshop | str, now: Millis) -> list[Delivery]:
        """The workshop's files were saved: what they hold, or what is wrong with them."""
        self._edited = None if isinstance(read, str) else read
        self._around = replace(self._around, deck_trouble=read if isinstance(read, str) else "")
        return [*self.beat(now), *self._show()]

    def _take_up(self, now: Millis) -> bool:
        """Go on with what the files hold, as soon as it can be kept; whether anything has changed."""
        workshop, session, before = self._edited, self.session, self._around
        if workshop is None or session.timeline.phase == "finished":
            return False
        lost = torn(session.timeline, session.opened(), session.workshop, workshop)
        self._around = replace(before, deck_trouble="" if lost is None else told(lost))
        if lost is None and (workshop == session.workshop or self._keep((WorkshopChanged(now, workshop),))):
            self._edited = None
        return self._around != before or self.session is not session

    def receive(self, peer: Peer, message: ToHub, now: Millis) -> list[Delivery]:
        """What a message brings about."""
        if peer in self._away:  # a connection has one guess, however much it sends before it is closed
            return []
        if isinstance(message, Ping):
            return [Delivery(peer, Pong(message.sent, now))]
        return [*self.beat(now), *self._asked(peer, message, now)]

    def _asked(self, peer: Peer, message: Join | Do | Typing | Close, now: Millis) -> list[Delivery]:
        seat = self._seats.get(peer)
        match message:
            case Join() if seat is None:
                return self._join(peer, message)
            case Do(number=number, command=command) if seat is not None:
                return self._do(peer, seat, number, command, now)
            case Typing(case=case, row=row) if seat is not None and seat.role == "group":
                self._typed.say(peer, seat.group, case, row, now)
                self._around = replace(self._around, typing=self._typed.rows())
                return self._show(only=seat.audience)
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
        self._typed.leave(peer)
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
                if not same(join.secret, self._key):
                    return self._turn_away(peer, "wrong-code")
                if any(seat.role == "facilitator" for seat in self._seats.values()):
                    return self._turn_away(peer, "facilitator-present")
                return self._seat(peer, Seat("facilitator"), Welcome(self.session.id, self._speed))
            case "screen":
                if not self._knows_code(join.secret):
                    return self._turn_away(peer, "wrong-code")
                return self._seat(peer, Seat("screen"), Welcome(self.session.id, self._speed))
            case "group":
                return self._join_group(peer, join)
            case _:
                return self._turn_away(peer, "unknown-role")

    def _join_group(self, peer: Peer, join: Join) -> list[Delivery]:
        key = self.session.keys.get(join.group, "")
        if not (self._knows_code(join.secret) or (key and same(join.secret, key))):
            return self._turn_away(peer, "wrong-code")
        if not join.group:
            return [Delivery(peer, Lobby(self.session.id, self.session.workshop.title, self.session.groups))]
        if not any(group.id == join.group for group in self.session.groups) or not join.terminal:
            return self._turn_away(peer, "no-such-group")
        heard = self.session.heard.get(join.terminal, 0)
        welcome = Welcome(self.session.id, self._speed, join.group, key, heard, peer)
        return self._seat(peer, Seat("group", join.group, join.terminal), welcome)

    def _knows_code(self, secret: str) -> bool:
        return same(plain_code(secret), plain_code(self._around.room.code))

    def _seat(self, peer: Peer, seat: Seat, welcome: Welcome) -> list[Delivery]:
        self._seats[peer] = seat
        self._count()
        told = self._show(but=peer)
        audience = self._audiences.get(seat.audience)
        if audience is None:
            audience = self._audiences[seat.audience] = Audience(seat.view(self.session, self._around))
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
        refused: Reason | None
        try:
            kept = self.alive == now and self._keep(self._decide(seat, number, command, now))
            refused = None if kept else "storage"
        except Refused as no:
            refused = no.reason
        # Who asked sees what came of it before hearing that it is done.
        return [*self._show(), Delivery(peer, Done(number, refused))]

    def _keep(self, events: Sequence[Event]) -> bool:
        """Make events part of the session; False where they cannot be kept, and the facilitator sees why."""
        try:
            if events:
                self.session = self._append(events)
        except NotKept as trouble:
            self._around = replace(self._around, trouble=str(trouble))
            return False
        self._around = replace(self._around, trouble="")
        return True

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
            typing=self._typed.rows(),
            screens=sum(seat.role == "screen" for seat in seats),
        )
        seen = {seat.audience for seat in seats}
        self._audiences = {who: audience for who, audience in self._audiences.items() if who in seen}

    def _show(self, but: Peer | None = None, only: tuple[Role, str] | None = None) -> list[Delivery]:
        """What has changed for each audience since it was last shown something; `but` gets the whole picture.

        only: the one audience for which something can have changed.
        """
        deliveries = []
        for who, audience in self._audiences.items():
            if only not in (None, who):
                continue
            watching = [peer for peer, seat in self._seats.items() if seat.audience == who]
            change = audience.turn(self._seats[watching[0]].view(self.session, self._around))
            if change is not None:
                deliveries += [Delivery(peer, change) for peer in watching if peer != but]
        return deliveries
