"""The rundown in time: what is left, what is late, and that no time is lost or made."""

from hypothesis import given
from hypothesis import strategies as st

from shuro_tui.core.model import Millis
from shuro_tui.core.timeline import Timeline
from tests.workshops import MINUTE, START, workshop


def at(minute: float) -> Millis:
    """A moment, in minutes from the start."""
    return Millis(START + round(minute * MINUTE))


def running() -> Timeline:
    """The rundown from its first moment."""
    return Timeline.of(workshop()).start(START)


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
    timeline = running()
    assert [timeline.leave_by(segment) for segment in range(3)] == [at(23), at(33), at(35)]


def test_a_pause_costs_no_time() -> None:
    """However long the pause, the time left is the time left before it, and the end moves away."""
    paused = running().pause(at(4))
    assert paused.phase == "paused"
    assert paused.remaining(at(60)) == 6 * MINUTE
    resumed = paused.resume(at(14))
    assert resumed.remaining(at(15)) == 5 * MINUTE
    assert resumed.lateness(at(15)) == 10 * MINUTE


def test_a_slide_of_the_same_segment_leaves_the_clock_alone() -> None:
    """Only the slide changes."""
    moved = running().move(at(3), 0, 1)
    assert (moved.slide, moved.since, moved.entered) == (1, START, running().entered)


def test_a_segment_entered_again_keeps_when_it_was_first_entered() -> None:
    """The first moment and the last are kept, and what was spent goes on."""
    there_and_back = running().move(at(10), 1, 0).move(at(15), 0, 1).move(at(16), 1, 0)
    assert there_and_back.entered == (at(0), at(10), None)
    assert there_and_back.left == (at(16), at(15), None)
    assert there_and_back.spent == (11 * MINUTE, 5 * MINUTE, 0)


def test_a_move_while_paused_stays_paused() -> None:
    """The next segment waits until the clock runs on."""
    moved = running().pause(at(2)).move(at(5), 1, 0)
    assert moved.phase == "paused"
    assert moved.remaining(at(9)) == 20 * MINUTE


def test_given_time_belongs_to_its_segment() -> None:
    """A minute more for one is a minute later for all."""
    given_time = running().add(1, Millis(MINUTE))
    assert given_time.length(1) == 21 * MINUTE
    assert given_time.lateness(at(0)) == MINUTE


def test_after_the_end_nothing_counts() -> None:
    """The end is where it was, whatever the time."""
    finished = running().move(at(12), 2, 0).finish(at(20))
    assert finished.phase == "finished"
    assert finished.left == (at(12), None, at(20))
    assert finished.projected_end(at(90)) == at(20)
    assert finished.lateness(at(90)) == -15 * MINUTE
    assert finished.used(2, at(90)) == 8 * MINUTE


_steps = st.lists(
    st.tuples(
        st.integers(0, 600_000),
        st.one_of(st.sampled_from(("pause", "resume")), st.tuples(st.integers(0, 2), st.integers(0, 1))),
    ),
    max_size=12,
)


@given(_steps)
def test_no_time_is_lost_or_made(steps: list[tuple[int, str | tuple[int, int]]]) -> None:
    """However it moves and pauses, the segments together took what passed without the pauses."""
    timeline, now, counted = running(), START, 0
    for passed, step in steps:
        now = Millis(now + passed)
        counted += passed if timeline.phase == "running" else 0
        left = timeline.remaining(now)
        if isinstance(step, tuple):
            timeline = timeline.move(now, *step)
        elif step == "pause":
            timeline = timeline.pause(now)
            assert timeline.remaining(now) == left
        elif timeline.phase == "paused":
            timeline = timeline.resume(now)
            assert timeline.remaining(now) == left
        assert sum(timeline.used(segment, now) for segment in range(3)) == counted
        assert timeline.projected_end(now) >= now
        assert timeline.projected_end(now) >= now + timeline.remaining(now)
        assert timeline.lateness(now) == timeline.projected_end(now) - at(35)
    assert timeline.finish(now).projected_end(Millis(now + 1)) == now
