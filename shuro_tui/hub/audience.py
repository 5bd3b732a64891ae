"""Who is connected, who sees the same, and what each was shown last."""

from collections.abc import Callable, Iterable

from msgspec import Struct

from shuro_tui.core.events import Event, Heard
from shuro_tui.core.model import Millis
from shuro_tui.core.session import Session
from shuro_tui.core.views import View
from shuro_tui.core.writing import SheetChange
from shuro_tui.hub.edits import edits
from shuro_tui.hub.protocol import Change, Picture, Role, ToClient

Peer = int
"""A connection, by the number that the server gave it."""

Whom = tuple[Role, str]
"""An audience: a role, and the group where it is a group's."""

FACILITATOR: Whom = ("facilitator", "")
SCREENS: Whom = ("screen", "")


class Delivery(Struct, frozen=True):
    """A message for a connection; `last`: close it afterwards; `after`: how long to take over it."""

    to: Peer
    message: ToClient
    last: bool = False
    after: Millis = Millis(0)


class Seat(Struct, frozen=True):
    """Who is at a connection. Seats with the same role and group see the same."""

    role: Role
    group: str = ""
    terminal: str = ""

    @property
    def audience(self) -> Whom:
        """Whom it sees the session with."""
        return self.role, self.group


class _Audience:
    """Those who see the same. `peers`: their connections; `stale`: their view may have changed since it was made."""

    def __init__(self, view: View) -> None:
        self.peers: set[Peer] = set()
        self.stale = False
        self.picture = Picture(0, view)
        self._last = Change(-1, 0, ())

    def look(self, view: View) -> None:
        """See the session as it is now."""
        self.stale = False
        before = self.picture
        changed = edits(before.view, view)
        if changed:
            self.picture = Picture(before.revision + 1, view)
            self._last = Change(before.revision, before.revision + 1, changed)

    def concerns(self, seen: Picture) -> bool:
        """Whether there may be something new for whoever saw that."""
        return self.stale or seen.revision < self.picture.revision

    def since(self, seen: Picture) -> Change | None:
        """What is new to whoever saw that: one change, however many there were; None when nothing is."""
        now = self.picture
        if seen.revision == now.revision:
            return None
        if seen.revision == self._last.since:
            return self._last
        return Change(seen.revision, now.revision, edits(seen.view, now.view))


class Watching:
    """Everybody who watches, and who has been shown what. `view`: what an audience sees now."""

    def __init__(self, view: Callable[[Whom], View]) -> None:
        self._view = view
        self._audiences: dict[Whom, _Audience] = {}
        self._whom: dict[Peer, Whom] = {}
        self._seen: dict[Peer, Picture] = {}
        self._stirred: set[Whom] = set()

    def present(self, role: Role, group: str = "") -> int:
        """How many connections an audience has."""
        audience = self._audiences.get((role, group))
        return len(audience.peers) if audience is not None else 0

    def come(self, peer: Peer, who: Whom) -> Picture:
        """Somebody begins to watch, with the whole picture."""
        if who not in self._audiences:
            self._audiences[who] = _Audience(self._view(who))
        self._whom[peer] = who
        self._audiences[who].peers.add(peer)
        self.stir((who,))  # the one who came may be in it
        picture = self._seen[peer] = self._looking(who).picture
        return picture

    def go(self, peer: Peer) -> None:
        """Somebody watches no more."""
        who = self._whom.pop(peer)
        del self._seen[peer]
        self._audiences[who].peers.discard(peer)
        if not self._audiences[who].peers:
            del self._audiences[who]

    def stir(self, whom: Iterable[Whom] | None) -> None:
        """There may be something new to see for these; None: for everybody."""
        for who in self._audiences if whom is None else whom:
            if who in self._audiences:
                self._audiences[who].stale = True
                self._stirred.add(who)

    def stir_beside(self, *also: Whom) -> None:
        """There is something new in what the hub knows beside the session: who is there, what is the matter."""
        self.stir((FACILITATOR, SCREENS, *also))

    def stirred(self) -> list[Peer]:
        """Who may have something new to see, since this was asked last; walls first, for all eyes are on them."""
        order = sorted(self._stirred, key=lambda who: who[0] != "screen")
        audiences = [self._audiences[who] for who in order if who in self._audiences]
        self._stirred.clear()
        return [peer for audience in audiences for peer in audience.peers if audience.concerns(self._seen[peer])]

    def sees(self, peer: Peer) -> View | None:
        """What a connection may see now."""
        return self._looking(self._whom[peer]).picture.view if peer in self._whom else None

    def news(self, peer: Peer) -> Change | None:
        """What a connection has not been shown; it counts as shown from now on."""
        if peer not in self._whom:
            return None
        audience = self._looking(self._whom[peer])
        change = audience.since(self._seen[peer])
        self._seen[peer] = audience.picture
        return change

    def _looking(self, who: Whom) -> _Audience:
        audience = self._audiences[who]
        if audience.stale:
            audience.look(self._view(who))
        return audience


def concerned(event: Event, session: Session) -> tuple[Whom, ...] | None:
    """Whose view an event may change; None: everybody's."""
    if isinstance(event, Heard):
        return ()
    if isinstance(event, SheetChange) and event.case not in session.revealed:
        return FACILITATOR, SCREENS, ("group", event.group)
    return None
