"""What everybody may know of the time."""

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from shuro_tui.core import commands as ask
from shuro_tui.core.dial import Dial, Signal, StepShown, dial, signal
from shuro_tui.core.model import Millis
from tests.lectures import RECKONED, Lecture, at, begun, lectures, minutes, moments, session

LONG = minutes(10)
SOON, LAST = Signal("soon", 5), Signal("last", 1)


@pytest.mark.parametrize(
    ("left", "told"),
    [
        (10, None),
        (5.001, None),
        (5, SOON),
        (1.001, SOON),
        (1, LAST),
        (0.001, LAST),
        (0, Signal("over")),
        (-0.999, Signal("over")),
        (-1, Signal("over", 1)),
        (-2.5, Signal("over", 2)),
        (-60, Signal("over", 60)),
    ],
)
def test_a_segment_tells_five_minutes_one_its_end_and_each_minute_over(left: float, told: Signal | None) -> None:
    """From the moment on that so much is left."""
    assert signal(minutes(left), LONG) == told


@pytest.mark.parametrize(
    ("length", "left", "told"),
    [
        (5, 5, None),
        (5, 1, LAST),
        (5.001, 5, SOON),
        (1, 1, None),
        (1, 0.5, None),
        (1, 0, Signal("over")),
        (0, 0, Signal("over")),
    ],
)
def test_a_short_segment_does_not_begin_with_a_signal(length: float, left: float, told: Signal | None) -> None:
    """Of five minutes it tells the last one, of one minute the end."""
    assert signal(minutes(left), minutes(length)) == told


def test_a_signal_is_told_while_the_clock_runs() -> None:
    """Not before the start, not in a pause, not after the end."""
    seen = [
        session(),
        begun(),
        begun((6, ask.Pause())),
        begun((6, ask.Finish())),
    ]
    assert [dial(each.timeline, each.workshop).signal(at(6)) for each in seen] == [None, SOON, None, None]


def test_time_that_was_added_takes_a_signal_back() -> None:
    """The length is the one that the segment has now."""
    longer = begun((6, ask.AddTime(minutes(3))))
    assert dial(longer.timeline, longer.workshop).signal(at(6)) is None
    assert dial(longer.timeline, longer.workshop).length == minutes(13)


def test_the_step_is_shown_with_the_one_after_it() -> None:
    """With its number and what it has left; none where the segment has none, before the start and after the end."""
    work = begun((20, ask.GoTo(2)), (21, ask.Pause()))
    shown = dial(work.timeline, work.workshop)
    assert shown.step == StepShown("個人", 1, 2, "グループ", minutes(4))
    assert shown.step_remaining(at(30)) == minutes(4)
    second = begun((20, ask.GoTo(2)), (26, ask.GoToStep(1)))
    assert dial(second.timeline, second.workshop).step == StepShown("グループ", 2, 2, "", minutes(14))
    over = begun((20, ask.GoTo(2)), (26, ask.Finish()))
    for none in (session(), begun(), over):
        assert dial(none.timeline, none.workshop).step is None
        assert dial(none.timeline, none.workshop).step_remaining(at(9)) is None


def test_before_the_start_the_whole_segment_is_left() -> None:
    """Whatever the time."""
    waiting = dial(session().timeline, session().workshop)
    assert (waiting.phase, waiting.remaining(at(9)), waiting.length) == ("waiting", LONG, LONG)


@settings(max_examples=RECKONED, deadline=None)
@given(lectures, st.integers(0, 10_000_000))
def test_a_dial_counts_down_as_the_timeline_does(steps: Lecture, later: int) -> None:
    """At every moment, the segment and its step have left on every screen what they have on the facilitator's."""
    for moment in moments(steps):
        timeline, now = moment.session.timeline, Millis(moment.now + later)
        seen = dial(timeline, moment.session.workshop)
        assert seen.remaining(now) == timeline.remaining(now)
        under_way = timeline.phase in ("running", "paused")
        assert seen.step_remaining(now) == (timeline.step_remaining(now) if under_way else None)


def test_a_dial_holds_nothing_of_the_plan() -> None:
    """No floor, no end, no other segment: what a group has no use for and might worry about."""
    work = begun((20, ask.GoTo(2)), (21, ask.Replan("share")))
    seen = msgspec.to_builtins(dial(work.timeline, work.workshop))
    assert seen.keys() == {"phase", "segment", "length", "left", "at", "step"}
    assert seen["step"].keys() == {"title", "number", "of", "following", "left"}
    assert msgspec.convert(seen, Dial) == dial(work.timeline, work.workshop)
