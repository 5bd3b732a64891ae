"""What lets people in, and how guessing is made hopeless without keeping out those who know.

Keys cannot be guessed and always open. Codes are eight digits that people type, and many of them at one address: a room
behind one router, terminals on one machine. So it is the address that is slowed and then locked, after more slips than
a room full of people makes; and even then a code is looked at now and then: who tries again comes in, who guesses gets
nowhere.
"""

import hmac
from typing import get_args

from msgspec import Struct

from shuro_tui.core.model import Millis
from shuro_tui.core.session import Session
from shuro_tui.hub.audience import Seat
from shuro_tui.hub.passcode import plain_code, same
from shuro_tui.hub.protocol import VERSION, Join, Lobby, NotAdmitted, Role, Welcome

TRIES = 20
"""Wrong codes after which an address is locked; each one more locks it anew."""

LOCKED = Millis(60_000)
FORGOTTEN = Millis(600_000)
"""After so long without a wrong code an address begins anew."""

LOOK = Millis(2_000)
"""How far apart the codes from a locked address are that are looked at at all."""

PAUSE = Millis(500)
"""Before a refusal, at first; it doubles with every fifth wrong code from the address."""


class _Tries(Struct):
    """What came from an address: how many wrong codes, and when one was looked at last."""

    wrong: int
    at: Millis


class Door:
    """The facilitator's key, the room's code, and who has guessed. `code`: may be set; speed: that of the clock."""

    def __init__(self, key: str, code: str, speed: float = 1.0) -> None:
        self.code = code
        self._key = key
        self._speed = speed
        self._tries: dict[str, _Tries] = {}

    def answer(
        self, join: Join, session: Session, facilitated: bool, address: str, now: Millis
    ) -> tuple[Seat, Welcome] | Lobby | NotAdmitted:
        """The seat for who comes in, the groups to choose from, or why not. `facilitated`: there is a facilitator."""
        if join.version != VERSION:
            return NotAdmitted("version")
        if join.role not in get_args(Role):
            return NotAdmitted("unknown-role")
        refusal = self._refusal(join, session.keys.get(join.group, ""), address, now)
        if refusal is not None:
            return refusal
        match join.role:
            case "facilitator" if facilitated:
                return NotAdmitted("facilitator-present")
            case "facilitator":
                return Seat("facilitator"), Welcome(session.id, self._speed)
            case "screen":
                return Seat("screen"), Welcome(session.id, self._speed, key=self._screens_key)
            case _:
                return self._as_group(join, session)

    def _as_group(self, join: Join, session: Session) -> tuple[Seat, Welcome] | Lobby | NotAdmitted:
        if not join.group:
            return Lobby(session.id, session.workshop.title, session.groups)
        if not any(group.id == join.group for group in session.groups) or not join.terminal:
            return NotAdmitted("no-such-group")
        key, heard = session.keys.get(join.group, ""), session.heard.get(join.terminal, 0)
        return Seat("group", join.group, join.terminal), Welcome(session.id, self._speed, join.group, key, heard)

    @property
    def _screens_key(self) -> str:
        """What a screen comes back with, whatever the code is by then; the same for a hub that begins again."""
        return hmac.digest(self._key.encode(), b"screen", "sha256").hex()

    def _refusal(self, join: Join, group_key: str, address: str, now: Millis) -> NotAdmitted | None:
        if self._is_key(join, group_key):
            return None
        if not self._looks(address, now):
            return self._locked(address, now)
        if join.role != "facilitator" and same(plain_code(join.secret), plain_code(self.code)):
            return None
        self._note(address, now)
        return self._locked(address, now) if self._left(address, now) else NotAdmitted("wrong-code")

    def _locked(self, address: str, now: Millis) -> NotAdmitted:
        return NotAdmitted("locked", wait=Millis(round(self._left(address, now) / self._speed)))

    def pause(self, address: str) -> Millis:
        """How long a refusal is to take."""
        tries = self._tries.get(address)
        return Millis(PAUSE << min((tries.wrong if tries else 0), TRIES - 1) // 5)

    def _is_key(self, join: Join, group_key: str) -> bool:
        match join.role:
            case "facilitator":
                return same(join.secret, self._key)
            case "screen":
                return same(join.secret, self._screens_key)
            case _:
                return bool(group_key) and same(join.secret, group_key)

    def _looks(self, address: str, now: Millis) -> bool:
        tries = self._tries.get(address)
        return tries is None or not self._left(address, now) or now - tries.at >= LOOK

    def _left(self, address: str, now: Millis) -> Millis:
        tries = self._tries.get(address)
        if tries is None or tries.wrong < TRIES:
            return Millis(0)
        return Millis(max(tries.at + LOCKED - now, 0))

    def _note(self, address: str, now: Millis) -> None:
        self._tries = {place: tries for place, tries in self._tries.items() if now - tries.at < FORGOTTEN}
        before = self._tries.get(address)
        self._tries[address] = _Tries(before.wrong + 1 if before else 1, now)
