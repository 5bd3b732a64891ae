"""Who may enter, what each may ask, and who hears what of it: the hub without its sockets.

Every method takes the time as an argument. A message is answered to whoever sent it. What is new to see is to be asked
for, for each connection when it can take it: so nothing piles up for the slow. `hub/server.py` carries both.
"""

from collections.abc import Callable, Sequence
from itertools import chain

from msgspec.structs import replace

from shuro_tui.core.commands import NewCode, Reason, Refused
from shuro_tui.core.events import CutOff, Event, Heard, WorkshopChanged
from shuro_tui.core.model import Millis, Workshop
from shuro_tui.core.refit import torn
from shuro_tui.core.session import Session, advanced, decide, overdue
from shuro_tui.core.viewing import facilitator_view, group_view, pictures_in, screen_view
from shuro_tui.core.views import Surroundings, View
from shuro_tui.hub.audience import Delivery, Peer, Seat, Watching, Whom, concerned
from shuro_tui.hub.cleaning import cleaned
from shuro_tui.hub.door import Door
from shuro_tui.hub.editing import told
from shuro_tui.hub.protocol import (
    Change,
    Close,
    Do,
    Done,
    Goodbye,
    Join,
    Lobby,
    NotAdmitted,
    Ping,
    Pong,
    Typing,
    Welcome,
)
from shuro_tui.hub.typed import TypedRows

AWAY = Millis(5_000)
"""Without a sign of life for longer, the hub was away: dead, suspended or stopped. What is shorter simply counts."""


class NotKept(Exception):  # noqa: N818 - what happened, told to a person
    """The session could not be written: nothing has changed. The message says why."""


Asked = Join | Do | Typing | Ping | Close
"""What the room answers. Files it leaves to who can read them."""

Append = Callable[[Sequence[Event], Session], object]
"""Makes events durable, and with them the session that they lead to. Raises NotKept."""

Renew = Callable[[], str]
"""Makes another code, sees to it that a hub that begins again has it too, and returns it. Raises NotKept."""


class Room:
    """One session and everybody who is connected to it.

    key: the facilitator's secret; alive: the hub's last sign of life; speed: that of its clock;
    closing: whether the facilitator has asked the hub to stop.
    """

    def __init__(
        self,
        session: Session,
        append: Append,
        renew: Renew,
        key: str,
        around: Surroundings,
        alive: Millis,
        speed: float = 1.0,
    ) -> None:
        self.session = session
        self.alive = alive
        self.closing = False
        self._append = append
        self._renew = renew
        self._door = Door(key, around.room.code, speed)
        self._around = around
        self._speed = speed
        self._groups = {group.id: group for group in session.groups}
        self._edited: Workshop | None = None
        self._addresses: dict[Peer, str] = {}
        self._seats: dict[Peer, Seat] = {}
        self._away: set[Peer] = set()
        self._typed = TypedRows(speed)
        self._watching = Watching(self._view)

    @property
    def joined(self) -> int:
        """How many connections have been let in."""
        return len(self._seats)

    # What is new to see.

    def stirred(self) -> list[Peer]:
        """Who may have something new to see, since this was asked last."""
        return self._watching.stirred()

    def news(self, peer: Peer) -> Change | None:
        """What a connection has not been shown yet, now that it can be: one change, however much has happened."""
        return self._watching.news(peer)

    def _view(self, who: Whom) -> View:
        role, group = who
        if role == "group":
            terminals = {group: self._watching.present("group", group)}
            around = Surroundings(terminals=terminals, typing={group: self._typed.rows(group)})
            return group_view(self.session, self._groups[group], around)
        view = facilitator_view if role == "facilitator" else screen_view
        terminals = {group: self._watching.present("group", group) for group in self._groups}
        screens = self._watching.present("screen")
        return view(self.session, replace(self._around, terminals=terminals, screens=screens))

    def _notice(self, **around: object) -> None:
        """Something beside the session is another, which is for the facilitator and on the wall to see."""
        before, self._around = self._around, replace(self._around, **around)
        if self._around != before:
            self._watching.stir_beside()

    # What happens by itself.

    def beat(self, now: Millis) -> None:
        """The hub is there. When it was away while the clock ran, the session is cut off where it was last.

        Everything else waits for that: what would have happened meanwhile has not.
        """
        away = now - self.alive > AWAY * self._speed and self.session.timeline.phase == "running"
        if not away or self._keep([CutOff(now, self.alive)]):
            self.alive = now
            self._keep(overdue(self.session, now))
            self._take_up(now)
        self._watching.stir(("group", group) for group in self._typed.expire(now))

    def edited(self, read: Workshop | str, now: Millis) -> None:
        """The workshop's files were saved: what they hold, or what is wrong with them."""
        self._edited = None if isinstance(read, str) else read
        self._notice(deck_trouble=read if isinstance(read, str) else "")
        self.beat(now)

    def _take_up(self, now: Millis) -> None:
        """Go on with what the files hold, as soon as it can be kept."""
        workshop, session = self._edited, self.session
        if workshop is None or session.timeline.phase == "finished":
            return
        lost = torn(session.timeline, session.opened(), session.workshop, workshop)
        self._notice(deck_trouble="" if lost is None else told(lost))
        if lost is None and (workshop == session.workshop or self._keep([WorkshopChanged(now, workshop)])):
            self._edited = None

    # What is asked.

    def receive(self, peer: Peer, message: Asked, now: Millis) -> list[Delivery]:
        """What a message brings about."""
        if peer in self._away:  # a connection has one guess, however much it sends before it is closed
            return []
        if isinstance(message, Ping):
            return [Delivery(peer, Pong(message.sent, now))]
        self.beat(now)
        return self._asked(peer, cleaned(message), now)

    def receive_together(self, asked: Sequence[tuple[Peer, Do]], now: Millis) -> list[Delivery]:
        """What commands bring about that have come while the hub was at work: made durable in one go."""
        self.beat(now)
        together = [(peer, self._seats[peer], cleaned(do)) for peer, do in asked if self._may_share(peer, do)]
        others = [self.receive(peer, do, now) for peer, do in asked if not self._may_share(peer, do)]
        return [*self._do(together, now), *chain.from_iterable(others)]

    def _may_share(self, peer: Peer, do: Do) -> bool:
        return peer in self._seats and peer not in self._away and not isinstance(do.command, NewCode)

    def _asked(self, peer: Peer, message: Join | Do | Typing | Close, now: Millis) -> list[Delivery]:
        seat = self._seats.get(peer)
        match message:
            case Join() if seat is None:
                return self._join(peer, message, now)
            case Do(number=number, command=NewCode()) if seat is not None and seat.role == "facilitator":
                return [Delivery(peer, Done(number, None if self._change_code() else "storage"))]
            case Do() if seat is not None:
                return self._do([(peer, seat, message)], now)
            case Typing(case=case, row=row) if seat is not None and seat.role == "group":
                self._typed.say(peer, seat.group, case, row, now)
                self._watching.stir((seat.audience,))
                return []
            case Close() if seat is not None and seat.role == "facilitator":
                self.closing = True
                return []
            case _:
                return self._turn_away(peer, NotAdmitted("not-joined" if seat is None else "malformed"))

    def arrive(self, peer: Peer, address: str) -> None:
        """There is a connection, from an address."""
        self._addresses[peer] = address

    def malformed(self, peer: Peer) -> list[Delivery]:
        """A message that is none of ours."""
        return self._turn_away(peer, NotAdmitted("malformed"))

    def shows(self, peer: Peer, file: str) -> bool:
        """Whether that file is a picture on a slide that the connection is shown."""
        view = self._watching.sees(peer)
        return view is not None and file in pictures_in(view)

    def leave(self, peer: Peer) -> None:
        """A connection has ended."""
        self._away.discard(peer)
        self._addresses.pop(peer, None)
        self._typed.leave(peer)
        seat = self._seats.pop(peer, None)
        if seat is not None:
            self._watching.go(peer)
            self._watching.stir_beside(seat.audience)

    def drifted(self, drift: Millis) -> None:
        """The machine's clock has moved against the session's."""
        self._notice(clock_drift=drift)

    def farewell(self) -> list[Delivery]:
        """The hub stops."""
        return [Delivery(peer, Goodbye(), last=True) for peer in self._seats]

    def _join(self, peer: Peer, join: Join, now: Millis) -> list[Delivery]:
        facilitated = self._watching.present("facilitator") > 0
        match self._door.answer(join, self.session, facilitated, self._addresses.get(peer, ""), now):
            case NotAdmitted() as refusal:
                return self._turn_away(peer, refusal)
            case Lobby() as lobby:
                return [Delivery(peer, lobby)]
            case (seat, welcome):
                return self._seat(peer, seat, welcome)

    def _seat(self, peer: Peer, seat: Seat, welcome: Welcome) -> list[Delivery]:
        self._seats[peer] = seat
        self._watching.stir_beside()
        welcome = replace(welcome, seat=peer) if seat.role == "group" else welcome
        return [Delivery(peer, welcome), Delivery(peer, self._watching.come(peer, seat.audience))]

    def _turn_away(self, peer: Peer, refusal: NotAdmitted) -> list[Delivery]:
        if peer in self._away:
            return []
        self._away.add(peer)
        return [Delivery(peer, refusal, last=True, after=self._door.pause(self._addresses.get(peer, "")))]

    def _do(self, asked: Sequence[tuple[Peer, Seat, Do]], now: Millis) -> list[Delivery]:
        """Carry out commands with one append: either all of it is kept, or nothing, and everybody tries again."""
        session, events, answers = self.session, list[Event](), list[Delivery]()
        for peer, seat, do in asked:
            refused: Reason | None = None
            try:
                happened = self._decide(session, seat, do, now)
                session = advanced(session, happened)
                events += happened
            except Refused as no:
                refused = no.reason
            answers.append(Delivery(peer, Done(do.number, refused)))
        if self.alive == now and self._keep(events, session):
            return answers
        return [Delivery(peer, Done(do.number, "storage")) for peer, _seat, do in asked]

    def _change_code(self) -> bool:
        try:
            code = self._door.code = self._renew()
        except NotKept as trouble:
            self._notice(trouble=str(trouble))
            return False
        self._notice(room=replace(self._around.room, code=code))
        return True

    def _keep(self, events: Sequence[Event], session: Session | None = None) -> bool:
        """Make events part of the session; False where they cannot be kept, and the facilitator sees why.

        session: what they lead to, where that is known already.
        """
        if not events:
            return True
        session = advanced(self.session, events) if session is None else session
        try:
            self._append(events, session)
        except NotKept as trouble:
            self._notice(trouble=str(trouble))
            return False
        self.session = session
        self._notice(trouble="")
        for event in events:
            self._watching.stir(concerned(event, self.session))
        return True

    def _decide(self, session: Session, seat: Seat, do: Do, now: Millis) -> tuple[Event, ...]:
        """What a command brings about; nothing when it was heard before."""
        if seat.role == "screen":
            raise Refused("not-allowed")
        if seat.terminal and do.number <= session.heard.get(seat.terminal, 0):
            return ()
        events = decide(session, do.command, now, seat.group or None)
        return (*events, Heard(now, seat.terminal, do.number)) if seat.terminal else events
