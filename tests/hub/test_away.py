"""A hub that was away: dead, suspended or stopped."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shuro_tui.core import commands as ask
from shuro_tui.core.actual import Cut
from shuro_tui.core.commands import Command
from shuro_tui.core.events import CutOff
from shuro_tui.core.model import Millis
from shuro_tui.hub.protocol import Change, Close, Done, Picture, Pong, Welcome
from shuro_tui.hub.room import AWAY
from tests.hub.party import PING, ROLES, Party, kinds, refusal
from tests.workshops import MINUTE, after, at_work, row, session

HOUR = 60 * MINUTE


@pytest.fixture
def party() -> Party:
    """A room at work with one of each role in it."""
    party = Party(at_work())
    for peer, role in enumerate(ROLES):
        party.join(peer, role, group="g1")
    return party


def wake(party: Party, away: int) -> None:
    """The hub is there again after so long."""
    party.now = Millis(party.now + away)
    party.room.beat(party.now)
    party.show()


def test_a_hub_that_was_away_asks(party: Party) -> None:
    """The facilitator sees since when and how long; every clock stands where it was, and nothing has happened."""
    last = party.now
    before = party.facilitator(0).timeline
    wake(party, HOUR)
    timeline = party.facilitator(0).timeline
    assert timeline.cut == Cut(last, party.now)
    assert (timeline.segment, timeline.remaining(party.now)) == (before.segment, before.remaining(last))
    for dial in (party.screen(1).dial, party.group(2).dial):
        assert dial.phase == "paused"
        assert dial.remaining(party.now) == before.remaining(last)
    assert party.disk.events == [CutOff(party.now, last)]


@pytest.mark.parametrize(("count", "passed"), [(True, HOUR), (False, 0)])
def test_the_answer_goes_on(count: bool, passed: int, party: Party) -> None:
    """With the time away, or without it; what runs on is counted again."""
    left = party.facilitator(0).timeline.remaining(party.now)
    wake(party, HOUR)
    assert refusal(party.do(0, 1, ask.Recover(count))) is None
    for dial in (party.screen(1).dial, party.group(2).dial):
        assert dial.phase == "running"
        assert dial.remaining(party.now) == left - passed
    wake(party, 1000)
    assert party.facilitator(0).timeline.cut is None
    assert party.facilitator(0).timeline.remaining(party.now) == left - passed - 1000


@given(st.lists(st.integers(0, AWAY), max_size=20))
def test_a_short_while_simply_counts(beats: list[int]) -> None:
    """A stall of the machine is no cut, however many there are."""
    party = Party(at_work())
    begun, left = party.now, party.room.session.timeline.remaining(party.now)
    for time in beats:
        wake(party, time)
    assert not party.disk.events
    assert party.room.session.timeline.remaining(party.now) == left - (party.now - begun)


@pytest.mark.parametrize(("speed", "away", "asks"), [(1, 5_000, 0), (1, 5_001, 1), (20, 100_000, 0), (20, 100_001, 1)])
def test_the_threshold_is_in_real_time(speed: float, away: int, asks: int) -> None:
    """Five seconds, of a faster clock as many more."""
    party = Party(at_work(), speed)
    wake(party, away)
    assert len(party.disk.events) == asks


@pytest.mark.parametrize(
    "steps",
    [[], [(0, None, ask.Start()), (1, None, ask.Pause())], [(0, None, ask.Start()), (1, None, ask.Finish())]],
    ids=["waiting", "paused", "finished"],
)
def test_where_no_clock_runs_there_is_no_question(steps: list[tuple[int, str | None, Command]]) -> None:
    """Nor when it runs again later, for the time before that."""
    party = Party(after(session(), steps))
    party.join(0, "facilitator")
    wake(party, HOUR)
    party.do(0, 1, ask.Resume() if len(steps) == 2 else ask.Start())
    wake(party, 1000)
    assert party.facilitator(0).timeline.cut is None
    assert not any(isinstance(event, CutOff) for event in party.disk.events)


@pytest.mark.parametrize("command", [ask.Pause(), ask.GoTo(2), ask.Finish(), ask.Undo()])
def test_nothing_is_looked_at_before(command: Command, party: Party) -> None:
    """A request that comes first thing after the hub woke up finds the question and not the time that passed."""
    last = party.now
    party.now = Millis(last + HOUR)
    assert refusal(party.do(0, 1, command)) == "answer-first"
    assert party.facilitator(0).timeline.cut == Cut(last, party.now)


def test_who_joins_first_finds_the_question(party: Party) -> None:
    """And not a clock that has run on."""
    party.leave(0)
    party.now = Millis(party.now + HOUR)
    assert kinds(party.join(3, "facilitator")) == [Welcome, Picture]
    assert party.facilitator(3).timeline.cut is not None


def test_rows_are_taken_while_nobody_has_answered(party: Party) -> None:
    """The groups' work is not held up."""
    wake(party, HOUR)
    assert refusal(party.do(2, 1, row("r1", "ハローワーク"))) is None
    assert [each.id for each in party.facilitator(0).sheets[0].rows] == ["r1"]


def test_a_second_cut_before_the_answer_is_none(party: Party) -> None:
    """The clock stands already: the first question remains."""
    wake(party, HOUR)
    cut = party.facilitator(0).timeline.cut
    wake(party, HOUR)
    assert party.facilitator(0).timeline.cut == cut
    assert len(party.disk.events) == 1


def test_a_cut_that_cannot_be_kept_is_tried_again(party: Party) -> None:
    """The facilitator sees why; until then nothing is done, and nothing has been lost of it."""
    last = party.now
    party.disk.full = "No space left on device"
    wake(party, HOUR)
    assert party.facilitator(0).trouble == "No space left on device"
    assert party.do(0, 1, ask.Pause()) == [Done(1, "storage")]
    assert party.do(2, 1, row("r1", "ハローワーク")) == [Done(1, "storage")]
    assert party.room.alive == last
    party.disk.full = ""
    wake(party, 1000)
    assert party.facilitator(0).trouble == ""
    assert party.facilitator(0).timeline.cut == Cut(last, party.now)
    assert party.room.alive == party.now


def test_a_beat_with_nothing_to_tell_tells_nobody(party: Party) -> None:
    """Each second, it looks at nothing and says nothing."""
    party.room.beat(Millis(party.now + 1000))
    assert party.room.stirred() == []


def test_whether_the_hub_is_there_is_answered_at_once(party: Party) -> None:
    """Whatever else is to be told."""
    party.now = Millis(party.now + HOUR)
    assert party.send(1, PING) == [Pong(PING.sent, party.now)]


def test_the_facilitator_may_stop_a_hub_that_woke_up(party: Party) -> None:
    """The cut is kept all the same: the next hub asks."""
    party.now = Millis(party.now + HOUR)
    assert kinds(party.send(0, Close())) == [Change]
    assert party.room.closing
    assert party.disk.session.timeline.cut is not None


def test_everybody_is_told_the_speed() -> None:
    """Of the hub's clock, so that they count with it."""
    party = Party(at_work(), 20)
    for peer, role in enumerate(ROLES):
        welcome, *_rest = party.join(peer, role, group="g1")
        assert isinstance(welcome, Welcome)
        assert welcome.speed == 20
