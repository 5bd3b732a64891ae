"""How the slides keep up with their segment."""

import pytest
from msgspec.structs import replace

from shuro_tui.core import commands as ask
from shuro_tui.core.model import Millis, Segment
from shuro_tui.core.pace import left_out, pace, shares
from shuro_tui.core.session import Session
from tests.lectures import after, at, begun, lecture, minutes, session, timed

SECONDS = 1_000


def pace_at(now: Session, minute: float) -> float | None:
    """The pace in seconds."""
    found = pace(now.timeline, now.workshop, at(minute))
    return None if found is None else found / SECONDS


def in_resources(*deeds: tuple[float, ask.Command]) -> Session:
    """In the second segment since minute 10: slides of 120, 60, 90, 60 and the 270 seconds that are left."""
    return begun((10, ask.GoTo(1)), *deeds)


def test_slides_share_what_is_not_given() -> None:
    """Each as it was given, the others evenly; a segment without slides has nothing to share."""
    role, resources, _work, _video, end = lecture().segments
    assert shares(role) == (minutes(10) // 3,) * 3
    assert [share // SECONDS for share in shares(resources)] == [120, 60, 90, 60, 270]
    assert [share // SECONDS for share in shares(end)] == [120, 60, 90]
    assert shares(Segment("none", "", minutes(5), minutes(5), ())) == ()


def test_nothing_is_left_for_slides_when_all_is_given() -> None:
    """They take no time, and nothing negative."""
    assert shares(Segment("full", "", minutes(1), minutes(1), (timed("a", 60), timed("b")))) == (minutes(1), 0)


@pytest.mark.parametrize(
    ("slide", "minute", "behind"),
    [
        (0, 10, 0),
        (0, 12, 0),
        (0, 12.5, 30),
        (1, 11, -60),
        (1, 12, 0),
        (1, 13, 0),
        (1, 14, 60),
        (4, 15.5, 0),
        (4, 20, 0),
        (4, 21, 60),
    ],
)
def test_a_slide_is_at_pace_as_long_as_its_share_lasts(slide: int, minute: float, behind: int) -> None:
    """Earlier it is ahead, later behind."""
    assert pace_at(in_resources((10, ask.GoTo(1, slide))), minute) == behind


def test_even_shares_are_kept_up_with_as_given_ones_are() -> None:
    """Of ten minutes, the second of three slides ends at 6:40."""
    second = begun((1, ask.GoTo(0, 1)))
    assert pace_at(second, 3) == pytest.approx(-20, abs=0.001)
    assert pace_at(second, 6) == 0
    assert pace_at(second, 7) == pytest.approx(20, abs=0.001)


def test_what_went_to_a_question_is_not_the_slides_fault() -> None:
    """Neither while it lasts nor afterwards."""
    asked = in_resources((11, ask.Interrupt("question")))
    assert pace_at(asked, 15) == 0
    assert pace_at(after(asked, (15, ask.EndInterruption())), 16.5) == 30


def test_a_pause_is_not_the_slides_fault() -> None:
    """The clock stands."""
    assert pace_at(in_resources((11, ask.Pause())), 19) == 0


@pytest.mark.parametrize(("added", "behind"), [(0, 30), (10, 0), (-5, 90)])
def test_the_shares_last_as_long_as_the_segment_is_now(added: int, behind: int) -> None:
    """Twice as long with twice the time, half as long with half of it."""
    given = in_resources() if not added else in_resources((10, ask.AddTime(minutes(added))))
    assert pace_at(given, 12.5) == behind


def test_a_slide_that_is_left_out_takes_none_of_the_time() -> None:
    """The one after it begins when the one before ends."""
    # 2:30 are left out at minute 10: 7:30 are wanted, and the plan gives each segment as much as it wants.
    skipped = in_resources((10, ask.MoveEnd(minutes(-2.5))), (10, ask.Replan("skip", ((1, 1), (1, 2)))))
    assert skipped.timeline.adapted[1] == minutes(7.5)
    assert pace_at(after(skipped, (11, ask.GoTo(1, 3))), 11) == -60
    assert pace_at(after(skipped, (12, ask.GoTo(1, 3))), 13.5) == 30


def test_a_slide_that_is_shown_all_the_same_has_its_time() -> None:
    """Whoever goes to it finds all slides a little shorter: the ten minutes of them in the nine of the segment."""
    skipped = in_resources((10, ask.MoveEnd(minutes(-1))), (10, ask.Replan("skip", ((1, 1),))), (12, ask.GoTo(1, 1)))
    assert skipped.timeline.adapted[1] == minutes(9)
    assert (pace_at(skipped, 12.7), pace_at(skipped, 12.8)) == (0, 6)


def test_presentations_that_are_left_out_leave_the_slides_their_time() -> None:
    """The last segment is shorter by a group; the slides before the round take what they did."""
    late = begun((50, ask.GoTo(4)), (50, ask.MoveEnd(minutes(-1.5))), (50, ask.Replan("fewer", (), {4: 2})))
    assert late.timeline.adapted[4] == minutes(8.5)
    assert (pace_at(late, 52), pace_at(late, 52.5)) == (0, 30)
    assert left_out(late.workshop, 4, ((4, 1), (1, 1)), {4: 1}) == minutes(1 + 2 * 1.5)
    assert left_out(late.workshop, 1, ((4, 1), (1, 1)), {4: 1}) == minutes(1)


def test_a_segment_that_was_taken_all_its_time_is_behind_at_once() -> None:
    """Every second of it counts."""
    assert pace_at(in_resources((10, ask.AddTime(minutes(-10)))), 10.5) == 30


@pytest.mark.parametrize("deed", [ask.GoTo(2), ask.Finish()])
def test_there_is_no_pace_where_there_is_none_to_keep(deed: ask.Command) -> None:
    """In a segment that goes by steps, and after the end."""
    assert pace_at(in_resources((11, deed)), 12) is None


def test_there_is_no_pace_before_the_start_or_with_one_slide() -> None:
    """One slide is at pace whatever happens."""
    assert pace_at(session(), 0) is None
    one = lecture()
    one = replace(one, segments=(replace(one.segments[0], slides=(timed("一"),)), *one.segments[1:]))
    alone = replace(session(), workshop=one)
    assert pace(alone.timeline.start(at(0)), one, Millis(at(9))) is None
