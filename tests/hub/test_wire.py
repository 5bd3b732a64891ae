"""What a client makes of the hub's clock."""

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shuro_tui.core.model import Millis
from shuro_tui.hub import clock
from shuro_tui.hub.protocol import Pong, Welcome
from shuro_tui.hub.whereabouts import Address
from shuro_tui.hub.wire import NotReachable, Wire
from tests.workshops import START

latencies = st.tuples(st.integers(0, 2_000), st.integers(0, 2_000))


class Two:
    """A client's machine and a hub's, with clocks of their own. Times in milliseconds since the beginning.

    error: by how much the client's clock is off; ahead, speed: of the hub's.
    """

    def __init__(self, monkeypatch: pytest.MonkeyPatch, error: int = 0, speed: float = 1.0) -> None:
        self.time = 0
        self.error = error
        self.ahead = 0
        self.speed = speed
        monkeypatch.setattr(clock, "monotonic", lambda: (self.time + self.error) * 1_000_000)
        self.wire = Wire()
        self.wire._heard(Welcome("evening", speed))

    def hub(self) -> int:
        """The hub's clock."""
        return round(START + self.ahead + self.time * self.speed)

    def ping(self, there: int, back: int) -> None:
        """A question and its answer, which take so long."""
        sent = Millis(self.time + self.error)
        self.time += there
        now = Millis(self.hub())
        self.time += back
        self.wire._heard(Pong(sent, now))

    def off(self) -> int:
        """By how much the client is wrong about the hub's clock."""
        return self.wire.now() - self.hub()


@pytest.fixture
def two(monkeypatch: pytest.MonkeyPatch) -> Callable[..., Two]:
    """Makes two machines."""
    return lambda error=0, speed=1.0: Two(monkeypatch, error, speed)


@given(st.lists(latencies, min_size=1, max_size=20), st.integers(-(10**10), 10**10), st.integers(0, 10**7))
def test_a_client_is_wrong_by_half_a_round_trip_at_most(trips: list[tuple[int, int]], error: int, later: int) -> None:
    """Of the fastest of the last few, however wrong its own clock is, and for as long as it likes."""
    with pytest.MonkeyPatch.context() as monkeypatch:
        two = Two(monkeypatch, error)
        for there, back in trips:
            two.ping(there, back)
            two.time += 1000
        two.time += later
        assert abs(two.off()) <= min(there + back for there, back in trips[-8:]) / 2 + 1


@given(st.floats(0.1, 100), st.integers(0, 5_000))
def test_a_client_counts_as_fast_as_the_hub(speed: float, later: int) -> None:
    """Between two answers as well."""
    with pytest.MonkeyPatch.context() as monkeypatch:
        two = Two(monkeypatch, 300_000, speed)
        two.time = 12_345
        two.ping(1, 1)
        two.time += later
        assert abs(two.off()) <= 1 + speed


def test_a_client_that_slept_is_right_at_once(two: Callable[..., Two]) -> None:
    """Its own clock has gone on meanwhile, as the hub's has."""
    pair = two()
    pair.ping(3, 3)
    pair.time += 8 * 3_600_000
    assert pair.off() == 0


async def test_the_clock_of_a_hub_that_began_again(two: Callable[..., Two]) -> None:
    """Until the next one answers, time goes on by the last; then by the new one alone, however slow its answer."""
    pair = two()
    pair.ping(1, 1)
    with pytest.raises(NotReachable):
        await pair.wire.open(Address("256.0.0.1", 1, ""))
    pair.time += 1000
    assert pair.off() == 0
    pair.ahead = 90_000
    assert pair.off() == -90_000
    pair.ping(20, 20)
    assert pair.off() == 0


def test_without_an_answer_there_is_a_clock_all_the_same(two: Callable[..., Two]) -> None:
    """Its own, which is nobody's time of day but goes on."""
    pair = two()
    before = pair.wire.now()
    pair.time += 1000
    assert pair.wire.now() - before == 1000
