"""The sign of life beside a session file."""

import os
import stat
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shuro_tui.core import commands as ask
from shuro_tui.core.model import Millis
from shuro_tui.core.session import decide
from shuro_tui.store import Store, delete, sessions
from shuro_tui.store.pulse import Pulse, place, read, write
from tests.store.stored_session import START, at_work, new_session

NOW = Millis(START + 60_000)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    """A session at work on its cases."""
    store = Store.create(tmp_path, new_session())
    store.append(at_work(store.session))
    yield store
    store.close()


def test_a_pulse_is_what_was_written_last(store: Store) -> None:
    """By another process as well; it is no session."""
    assert store.pulse() is None
    for second in range(3):
        store.beat(Millis(NOW + second), Millis(START + second))
    assert store.pulse() == Pulse(Millis(NOW + 2), Millis(START + 2))
    assert Store.open(store.path).pulse() == store.pulse()
    assert [summary.id for summary in sessions(store.path.parent)] == ["evening"]


@given(st.integers(0, 10**15 - 1).map(Millis), st.integers(0, 10**15 - 1).map(Millis))
def test_every_moment_comes_back(tmp_path_factory: pytest.TempPathFactory, at: Millis, wall: Millis) -> None:
    """Over whatever was there before."""
    session_file = tmp_path_factory.getbasetemp() / "moments.json"
    write(session_file, Pulse(at, wall))
    assert read(session_file) == Pulse(at, wall)


def test_a_pulse_is_for_its_user_alone(store: Store) -> None:
    """As the session is."""
    store.beat(NOW, NOW)
    assert stat.S_IMODE(place(store.path).stat().st_mode) == 0o600


@given(st.binary(max_size=40))
def test_what_is_no_pulse_is_none(tmp_path_factory: pytest.TempPathFactory, data: bytes) -> None:
    """Whatever a power cut left there."""
    session_file = tmp_path_factory.getbasetemp() / "torn.json"
    place(session_file).write_bytes(data)
    assert read(session_file) is None


def test_any_cut_of_a_pulse_is_noticed(store: Store) -> None:
    """However short it was cut, or filled up with zeros."""
    store.beat(NOW, NOW)
    whole = place(store.path).read_bytes()
    for length in range(len(whole)):
        for torn in (whole[:length], whole[:length].ljust(len(whole), b"\0")):
            place(store.path).write_bytes(torn)
            assert store.pulse() is None


@pytest.mark.parametrize("at", [0, START - 1, START + 400 * 24 * 3_600_000, 10**15 - 1])
def test_a_pulse_that_cannot_be_is_not_believed(at: int, store: Store) -> None:
    """Before there was the session, or an age after anything that happened in it."""
    store.beat(Millis(at), START)
    assert store.pulse() is None


def test_a_folder_in_its_place_is_no_pulse(store: Store) -> None:
    """And does not hurt the hub."""
    place(store.path).mkdir()
    store.beat(NOW, NOW)
    assert store.pulse() is None


@pytest.mark.parametrize("call", ["open", "write"])
def test_a_pulse_that_cannot_be_written_hurts_nobody(store: Store, call: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """The last one stays, and the session goes on."""

    def fail(*_arguments: object) -> None:
        raise OSError(28, "No space left on device")

    store.beat(NOW, NOW)
    with monkeypatch.context() as patch:
        patch.setattr(os, call, fail)
        store.beat(Millis(NOW + 1000), NOW)
    assert store.pulse() == Pulse(NOW, NOW)
    store.append(decide(store.session, ask.Pause(), NOW))
    assert store.session.timeline.phase == "paused"


def test_the_latest_moment_that_a_file_knows(tmp_path: Path) -> None:
    """When it was made, what was moved last, or what was written last, whichever was later."""
    store = Store.create(tmp_path, new_session())
    assert store.latest() == START
    store.append(at_work(store.session))
    store.append(decide(store.session, ask.AddTime(Millis(60_000)), Millis(START + 5_000)))
    assert store.latest() == START + 5_000
    row = ask.WriteRow("case-1", "r1", {"organisation": "ハローワーク"})
    store.append(decide(store.session, row, Millis(START + 9_000), "g1"))
    store.append(decide(store.session, ask.Undo(), Millis(START + 7_000)))
    assert store.latest() == START + 9_000
    store.close()
    assert Store.open(store.path).latest() == START + 9_000


def test_a_pulse_goes_with_its_session(store: Store) -> None:
    """Another session's stays."""
    other = Store.create(store.path.parent, new_session("evening.json"))
    for each in (store, other):
        each.beat(NOW, NOW)
    delete(store.path.parent, "evening")
    assert set(store.path.parent.iterdir()) == {other.path, place(other.path)}
