"""The session's clock."""

import time
from itertools import accumulate

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shuro_tui.core.model import Millis
from shuro_tui.hub.clock import NOTICEABLE, Clock, monotonic

SECOND = 1_000_000_000
BEGUN = 1_700_000_000 * SECOND

jumps = st.integers(-(10**6), 10**6)
steps = st.lists(st.tuples(st.integers(0, 10**13), jumps), max_size=20)


class Machine:
    """A machine whose clocks stand where they are put. In nanoseconds."""

    def __init__(self) -> None:
        self.wall = BEGUN
        self.monotonic = 77

    def clock(self, speed: float = 1.0) -> Clock:
        """A clock that starts now."""
        return Clock(speed, lambda: self.wall, lambda: self.monotonic)

    def pass_time(self, nanoseconds: int, wall_jumps: int = 0) -> None:
        """Both go on; the wall clock is set by some seconds as well."""
        self.monotonic += nanoseconds
        self.wall += nanoseconds + wall_jumps * SECOND


@given(steps)
def test_a_clock_that_is_set_moves_no_timer(passed: list[tuple[int, int]]) -> None:
    """However the wall clock is set, the session's goes on by the time that went by, and never back."""
    machine = Machine()
    clock = machine.clock()
    told = [clock.now()]
    for nanoseconds, jump in passed:
        machine.pass_time(nanoseconds, jump)
        told.append(clock.now())
    gone = accumulate((nanoseconds for nanoseconds, _jump in passed), initial=0)
    assert told == [(BEGUN + each) // 1_000_000 for each in gone]


@given(st.integers(0, 10**13), st.integers(-(10**4), 10**4), st.integers(-999, 999))
def test_how_far_the_machines_clock_was_set(nanoseconds: int, seconds: int, millis: int) -> None:
    """Told to the second; nothing is said of what nobody would notice."""
    machine = Machine()
    clock = machine.clock()
    machine.pass_time(nanoseconds)
    machine.wall += seconds * SECOND + millis * 1_000_000
    ahead = seconds * 1000 + millis
    if abs(ahead) < NOTICEABLE:
        assert clock.drift() == 0
    elif abs(ahead) > NOTICEABLE + 1:
        assert clock.drift() != 0
        assert abs(clock.drift() - ahead) <= 501
    assert clock.drift() % 1000 == 0


@pytest.mark.parametrize(
    ("ahead", "told"), [(0, 0), (999, 0), (1000, 0), (-1000, 0), (1001, 1000), (-1001, -1000), (3600_000, 3600_000)]
)
def test_the_threshold_of_drift(ahead: int, told: int) -> None:
    """One second is not told, more is."""
    machine = Machine()
    clock = machine.clock()
    machine.wall += ahead * 1_000_000
    assert clock.drift() == told


def test_a_rehearsal_runs_faster() -> None:
    """By its speed, and is never said to drift."""
    machine = Machine()
    clock = machine.clock(60)
    machine.pass_time(2 * SECOND, 500)
    assert clock.now() == BEGUN // 1_000_000 + 120_000
    assert clock.drift() == 0


@given(steps, st.integers(0, 10**13), st.sampled_from((1.0, 20.0)))
def test_an_earlier_time_goes_on(passed: list[tuple[int, int]], away: int, speed: float) -> None:
    """A hub that died and began again: however the wall clock was set before, only the time away is added."""
    machine = Machine()
    first = machine.clock(speed)
    for nanoseconds, jump in passed:
        machine.pass_time(nanoseconds, jump)
    at, wall, ahead = first.now(), first.wall(), first.drift()
    machine.wall += away
    machine.monotonic = 5  # it may have been switched off in between
    again = machine.clock(speed)
    again.go_on(at, wall)
    assert again.now() - at == pytest.approx(away * speed / 1_000_000, abs=speed + 1)
    assert again.drift() == pytest.approx(ahead, abs=NOTICEABLE + 1)


@given(st.integers(1, 10**13), st.integers(0, 10**13))
def test_a_wall_clock_set_back_meanwhile_takes_nothing_away(back: int, passed: int) -> None:
    """The time away is not known then: it goes on from where it was."""
    machine = Machine()
    clock = machine.clock()
    at, wall = clock.now(), clock.wall()
    machine.wall -= back
    again = machine.clock()
    again.go_on(at, wall)
    assert again.now() == at
    machine.pass_time(passed)
    assert again.now() - at == pytest.approx(passed / 1_000_000, abs=1)


@given(st.integers(-(10**6), 10**6), st.integers(0, 999_999))
def test_a_moment_that_has_been_is_reached(ahead: int, odd: int) -> None:
    """Exactly, and a clock that is past it stays where it is."""
    machine = Machine()
    machine.wall += odd
    clock = machine.clock()
    before = clock.now()
    clock.reach(Millis(before + ahead))
    assert clock.now() == before + max(ahead, 0)


@pytest.mark.skipif(not hasattr(time, "CLOCK_BOOTTIME"), reason="a system without it")
def test_the_time_asleep_counts(monkeypatch: pytest.MonkeyPatch) -> None:
    """Hub and clients count by the clock that a suspended machine does not stop."""
    monkeypatch.setattr(time, "clock_gettime_ns", {time.CLOCK_BOOTTIME: 7}.__getitem__)
    assert monotonic() == 7


def test_the_machines_own_clocks() -> None:
    """Without others, those of the machine."""
    clock = Clock()
    assert clock.now() <= clock.now()
    assert clock.drift() == 0
