"""The rundown in time: what is left, what is late, and that no time is lost or made."""

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from shuro_tui.core.actual import Cut
from shuro_tui.core.model import Millis
from shuro_tui.core.timeline import Timeline
from tests.lectures import RECKONED, Lecture, at, lecture, lectures, minutes, moments
from tests.workshops import MINUTE, workshop


def running() -> Timeline:
    """The rundown of 10, 20 and 5 minutes from its first moment."""
    return Timeline.of(workshop()).start(at(0))


def at_case_work() -> Timeline:
    """The lecture's third segment, of 5 and 15 minutes, from its first moment."""
    return Timeline.of(lecture()).start(at(0)).move(at(20), 2, 0)


def test_before_the_start_nothing_is_late() -> None:
    """The whole is left, and there is no end to be late for."""
    waiting = Timeline.of(workshop())
    assert waiting.phase == "waiting"
    assert waiting.ends_at() is None
    assert waiting.leave_by(0) is None
    assert waiting.lateness(at(5)) == 0
    assert waiting.session_remaining(at(5)) == 35 * MINUTE
    assert waiting.projected_end(at(5)) == at(40)


def test_a_segment_counts_down_and_then_over() -> None:
    """What is left of a segment turns negative in overtime."""
    timeline = running()
    assert timeline.phase == "running"
    assert timeline.remaining(at(4)) == 6 * MINUTE
    assert timeline.remaining(at(11)) == -MINUTE
    assert timeline.session_remaining(at(36)) == -MINUTE


def test_overtime_makes_the_end_late() -> None:
    """Each minute over is a minute late; going on early is time to spare."""
    assert running().lateness(at(9)) == 0
    assert running().lateness(at(12)) == 2 * MINUTE
    assert running().move(at(7), 1, 0).lateness(at(8)) == -3 * MINUTE


def test_a_segment_has_to_be_left_in_time_for_the_floors_after_it() -> None:
    """The last segment may run to the end; the ones before leave room for the least of those after them."""
    assert [running().leave_by(segment) for segment in range(3)] == [at(23), at(33), at(35)]


def test_the_second_of_five_has_to_be_left_by_the_27th_minute() -> None:
    """60 minutes less the floors after it: 20, 7 and 6."""
    assert Timeline.of(lecture()).start(at(0)).leave_by(1) == at(27)


def test_when_the_end_moves_so_does_the_moment_to_leave() -> None:
    """What is left of the segment stays; the session and the lateness follow."""
    moved = running().move_end(minutes(5)).move_end(minutes(-2))
    assert (moved.ends_at(), moved.leave_by(0), moved.lateness(at(0))) == (at(38), at(26), minutes(-3))
    assert (moved.session_remaining(at(1)), moved.remaining(at(1))) == (minutes(37), minutes(9))
    assert Timeline.of(workshop()).move_end(minutes(5)).session_remaining(at(0)) == minutes(40)


def test_a_start_that_was_forgotten_counts_from_when_it_was() -> None:
    """The minutes before the key belong to the first slide."""
    timeline = Timeline.of(workshop()).start(at(-3)).move(at(0), 0, 1)
    assert (timeline.remaining(at(0)), timeline.ends_at()) == (minutes(7), at(32))
    assert (timeline.here.entered, timeline.here.slides) == (at(-3), (minutes(3), 0))


def test_a_pause_costs_no_time() -> None:
    """However long the pause, the time left is the time left before it, and the end moves away."""
    paused = running().pause(at(4))
    assert paused.phase == "paused"
    assert paused.remaining(at(60)) == 6 * MINUTE
    assert (paused.paused_for(at(9)), paused.paused_for(at(60))) == (minutes(5), minutes(56))
    resumed = paused.resume(at(14))
    assert resumed.remaining(at(15)) == 5 * MINUTE
    assert resumed.lateness(at(15)) == 10 * MINUTE
    assert resumed.paused_for(at(15)) == minutes(10)


def test_a_slide_of_the_same_segment_leaves_the_clock_alone() -> None:
    """Only what the slides took is told apart."""
    moved = running().move(at(3), 0, 1)
    assert (moved.slide, moved.here.entered, moved.here.left) == (1, at(0), None)
    assert moved.remaining(at(4)) == running().remaining(at(4))
    assert moved.move(at(5), 0, 0).here.slides == (minutes(3), minutes(2))


def test_a_segment_entered_again_keeps_when_it_was_first_entered() -> None:
    """The first moment and the last are kept, and what was spent goes on."""
    there_and_back = running().move(at(10), 1, 0).move(at(15), 0, 1).move(at(16), 1, 0)
    assert [each.entered for each in there_and_back.actual] == [at(0), at(10), None]
    assert [each.left for each in there_and_back.actual] == [at(16), at(15), None]
    assert [each.spent for each in there_and_back.actual] == [minutes(11), minutes(5), 0]


def test_a_move_while_paused_stays_paused() -> None:
    """The next segment waits until the clock runs on."""
    moved = running().pause(at(2)).move(at(5), 1, 0)
    assert moved.phase == "paused"
    assert moved.remaining(at(9)) == 20 * MINUTE
    assert [each.paused for each in moved.actual] == [minutes(3), 0, 0]


def test_given_time_belongs_to_its_segment() -> None:
    """A minute more for one is a minute later for all."""
    given_time = running().add(1, minutes(1))
    assert (given_time.adapted[1], given_time.added[1], given_time.planned[1]) == (minutes(21), MINUTE, minutes(20))
    assert given_time.lateness(at(0)) == MINUTE


def test_what_was_shown_to_a_question_is_told_apart() -> None:
    """It is spent all the same; each kind by itself; a pause inside it is none of it."""
    asked = running().interrupt(at(2), "question").pause(at(3)).resume(at(5)).interrupt(at(6), "equipment")
    assert (asked.interrupted_for(at(6)), asked.interrupted_for(at(8))) == (minutes(2), minutes(4))
    told = asked.interrupt(at(8), None)
    assert told.interrupted_for(at(20)) == minutes(4)
    assert told.here.interrupted == {"question": minutes(2), "equipment": minutes(2)}
    assert told.used(0, at(9)) == minutes(7)


def test_an_interruption_ends_with_its_segment() -> None:
    """A slide further, it goes on; a segment further, it is over."""
    asked = running().interrupt(at(2), "question")
    assert asked.move(at(3), 0, 1).interruption == "question"
    assert asked.move(at(3), 1, 0).interruption is None


def test_steps_share_what_the_segment_has_left() -> None:
    """A step that ran over shortens what follows; a minute more helps; a segment without steps has none."""
    timeline = at_case_work()
    assert timeline.step_remaining(at(22)) == minutes(3)
    assert timeline.step_remaining(at(26)) == minutes(-1)
    late = timeline.take_step(at(26), 1)
    assert (late.step_remaining(at(26)), late.remaining(at(26))) == (minutes(14), minutes(14))
    assert timeline.add(2, minutes(4)).step_remaining(at(20)) == minutes(6)
    assert running().step_remaining(at(1)) is None


def test_who_comes_back_to_a_segment_finds_its_furthest_step() -> None:
    """What the steps took is kept."""
    back = at_case_work().take_step(at(26), 1).move(at(30), 3, 0).move(at(31), 2, 0)
    assert (back.step, back.here.step, back.here.steps) == (1, 1, (minutes(6), minutes(4)))
    assert back.step_remaining(at(32)) == minutes(9)


@pytest.mark.parametrize(("count", "left", "paused"), [(True, 1, 0), (False, 5, 4)])
def test_the_time_away_counts_or_not_as_it_is_answered(count: bool, left: int, paused: int) -> None:
    """The clock stands at the hub's last sign of life until then."""
    cut = running().cut_off(at(3), at(5))
    assert (cut.phase, cut.remaining(at(6)), cut.cut) == ("paused", minutes(7), Cut(at(3), at(5)))
    again = cut.recover(at(7), count)
    assert (again.phase, again.cut) == ("running", None)
    assert (again.remaining(at(9)), again.paused_for(at(9))) == (minutes(left), minutes(paused))


def test_after_the_end_nothing_counts() -> None:
    """The end is where it was, whatever the time."""
    finished = running().move(at(12), 2, 0).interrupt(at(13), "question").finish(at(20))
    assert (finished.phase, finished.interruption) == ("finished", None)
    assert [each.left for each in finished.actual] == [at(12), None, at(20)]
    assert finished.projected_end(at(90)) == at(20)
    assert finished.lateness(at(90)) == -15 * MINUTE
    assert finished.used(2, at(90)) == 8 * MINUTE
    assert finished.move(at(90), 2, 0) == finished


def test_a_clock_that_goes_back_takes_no_time_back() -> None:
    """Nothing is counted twice when it comes forward again."""
    back = running().pause(at(4)).resume(at(3)).move(at(2), 0, 1)
    assert (back.used(0, at(1)), back.used(0, at(5))) == (minutes(4), minutes(5))
    assert back.cut_off(at(1), at(6)).cut == Cut(at(4), at(6))
    assert back.finish(at(1)).finished_at == at(4)


@settings(max_examples=RECKONED, deadline=None)
@given(lectures, st.integers(0, 600_000))
def test_no_time_is_lost_or_made(steps: Lecture, later: int) -> None:
    """At every moment: the segments took what passed; the slides and the steps of each took what it did."""
    for moment in moments(steps):
        timeline, now = moment.session.timeline, Millis(moment.now + later)
        if timeline.started_at is None:
            continue
        until = now if timeline.finished_at is None else timeline.finished_at
        others = [each for number, each in enumerate(timeline.actual) if number != timeline.segment]
        here = timeline.used(timeline.segment, now) + timeline.paused_for(now)
        assert here + sum(each.spent + each.paused for each in others) == until - timeline.started_at
        assert timeline.interrupted_for(now) <= timeline.used(timeline.segment, now)
        for each, steps_planned in zip(timeline.actual, timeline.steps, strict=True):
            assert sum(each.slides) == each.spent
            assert sum(each.steps) == (each.spent if steps_planned else 0)
            assert sum(each.interrupted.values()) <= each.spent
        if timeline.finished_at is None:
            assert timeline.projected_end(now) >= now + max(timeline.remaining(now), 0)
        assert timeline.lateness(now) == timeline.projected_end(now) - (timeline.ends_at() or 0)


@settings(max_examples=RECKONED, deadline=None)
@given(lectures, st.integers(0, 90_000_000))
def test_no_pause_costs_time(steps: Lecture, pause: int) -> None:
    """At every moment: the segment, its step and its slides have left what they had, however long the clock stands."""
    for moment in moments(steps):
        timeline, now, later = moment.session.timeline, moment.now, Millis(moment.now + pause)
        if timeline.phase != "running":
            continue
        paused = timeline.pause(now)
        for then, when in ((paused, now), (paused, later), (paused.resume(later), later)):
            assert then.remaining(when) == timeline.remaining(now)
            assert then.step_remaining(when) == timeline.step_remaining(now)
            assert then.interrupted_for(when) == timeline.interrupted_for(now)


@given(lectures)
def test_a_timeline_goes_over_the_wire_and_back(steps: Lecture) -> None:
    """As the facilitator's screen gets it."""
    for moment in moments(steps):
        timeline = moment.session.timeline
        assert msgspec.json.decode(msgspec.json.encode(timeline), type=Timeline) == timeline
