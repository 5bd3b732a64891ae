"""What lets people in, by the clock: the hub without its sockets."""

import pytest

from shuro_tui.core.model import Millis
from shuro_tui.hub.audience import Seat
from shuro_tui.hub.door import FORGOTTEN, LOCKED, LOOK, PAUSE, TRIES, Door
from shuro_tui.hub.protocol import VERSION, Join, Lobby, NotAdmitted, Role
from tests.hub.party import CODE, KEY
from tests.workshops import START, session


class Porch:
    """A door, and addresses before it."""

    def __init__(self, speed: float = 1.0) -> None:
        self.door = Door(KEY, CODE, speed)
        self.now = START

    def knock(self, secret: str, address: str = "10.0.0.1", role: Role = "group", group: str = "") -> str:
        """What somebody hears: the role that it has, or why it has none."""
        join = Join(VERSION, role, secret, group, "terminal")
        match self.door.answer(join, session(), False, address, self.now):
            case NotAdmitted(reason=reason):
                return reason
            case Lobby():
                return "lobby"
            case (Seat(role=seat), _welcome):
                return seat
        raise AssertionError("no answer")

    def guess(self, times: int, address: str = "10.0.0.1") -> str:
        """The last answer to so many wrong codes, as far apart as they are looked at."""
        for number in range(times):
            self.now = Millis(self.now + LOOK)
            heard = self.knock(f"{number:08}", address)
        return heard

    def left(self, address: str = "10.0.0.1") -> int:
        """How long a wrong code is told to wait."""
        answer = self.door.answer(Join(VERSION, "group", "0"), session(), False, address, self.now)
        assert isinstance(answer, NotAdmitted)
        return answer.wait


def test_a_room_full_of_slips_locks_nobody_out() -> None:
    """Thirty terminals behind one address, every second of which mistypes the code once."""
    porch = Porch()
    for number in range(30):
        if number % 2:
            assert porch.knock("1234-5679") == "wrong-code"
        assert porch.knock(CODE) == "lobby"


def test_guessing_is_slowed_and_then_locked() -> None:
    """Each answer takes longer; then it is told how long the lock holds, which grows with each guess."""
    porch = Porch()
    pauses = []
    for _guess in range(TRIES - 1):
        assert porch.guess(1) == "wrong-code"
        pauses.append(porch.door.pause("10.0.0.1"))
    assert pauses == sorted(pauses)
    assert (pauses[0], pauses[-1]) == (PAUSE, 8 * PAUSE)
    assert porch.guess(1) == "locked"
    assert porch.left() == LOCKED
    porch.now = Millis(porch.now + LOCKED // 2)
    assert porch.left() == LOCKED
    assert porch.door.pause("10.0.0.1") == 8 * PAUSE


def test_a_locked_address_is_looked_at_now_and_then() -> None:
    """The right code comes in when it is looked at; a thousand guesses in between are not."""
    porch = Porch()
    porch.guess(TRIES)
    assert porch.knock(CODE) == "locked"
    porch.now = Millis(porch.now + LOOK)
    assert porch.knock(CODE) == "lobby"
    assert porch.knock(CODE) == "lobby"
    assert porch.knock("0") == "locked"
    assert [porch.knock(CODE) for _ in range(1000)] == ["locked"] * 1000


def test_keys_open_a_locked_door() -> None:
    """Nobody guesses them: whoever was in comes back."""
    porch = Porch()
    screens_key = porch.door._screens_key
    porch.guess(TRIES)
    assert porch.knock(KEY, role="facilitator") == "facilitator"
    assert porch.knock("key-g1", group="g1") == "group"
    assert porch.knock(screens_key, role="screen") == "screen"
    assert porch.knock("key-g1", group="g2") == "locked"


def test_other_addresses_are_not_locked() -> None:
    """Nor slowed."""
    porch = Porch()
    porch.guess(TRIES)
    assert porch.knock(CODE, "10.0.0.2") == "lobby"
    assert porch.door.pause("10.0.0.2") == PAUSE


def test_a_lock_opens_again() -> None:
    """After a minute the next code is looked at; a wrong one locks at once, and after ten minutes all is forgotten."""
    porch = Porch()
    porch.guess(TRIES)
    porch.now = Millis(porch.now + LOCKED)
    assert porch.knock(CODE) == "lobby"
    assert porch.guess(1) == "locked"
    porch.now = Millis(porch.now + FORGOTTEN)
    assert porch.guess(TRIES - 1) == "wrong-code"


def test_a_wait_is_told_in_time_that_passes() -> None:
    """Also where the hub's clock goes faster."""
    porch = Porch(speed=20.0)
    porch.guess(TRIES)
    assert porch.left() == LOCKED / 20


@pytest.mark.parametrize("code", ["", CODE[:4], "key-g1"])
def test_what_is_forgotten_is_not_remembered_for_ever(code: str) -> None:
    """A thousand addresses leave nothing behind."""
    porch = Porch()
    for number in range(1000):
        porch.knock(code, f"10.0.{number // 256}.{number % 256}")
    porch.now = Millis(porch.now + FORGOTTEN)
    porch.knock(code, "10.1.0.0")
    assert len(porch.door._tries) == 1
