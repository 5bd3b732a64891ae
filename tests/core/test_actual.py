"""What a segment has taken, told apart."""

from shuro_tui.core.actual import Actual, added_at, with_at
from shuro_tui.core.model import Millis
from tests.lectures import lecture, minutes
from tests.workshops import workshop


def test_a_segment_without_slides_has_one_place_for_its_time() -> None:
    """And none for steps that it does not have."""
    blank = Actual.of(workshop().segments[2])
    spent = blank.run(minutes(2), 0, 0, None)
    assert (spent.spent, spent.slides, spent.steps) == (minutes(2), (minutes(2),), ())


def test_time_goes_to_the_slide_the_step_and_the_interruption() -> None:
    """Each kind of interruption is added up by itself."""
    work = Actual.of(lecture().segments[2])
    spent = work.run(minutes(1), 0, 0, "question").run(minutes(2), 0, 1, "question").run(minutes(4), 0, 1, "discussion")
    assert spent.spent == minutes(7)
    assert spent.steps == (minutes(1), minutes(6))
    assert spent.interrupted == {"question": minutes(3), "discussion": minutes(4)}
    assert work.interrupted == {}


def test_the_furthest_step_is_the_last_that_took_time() -> None:
    """The first one before any did."""
    work = Actual.of(lecture().segments[2])
    assert work.step == 0
    assert work.run(minutes(1), 0, 1, None).run(minutes(1), 0, 0, None).step == 1
    assert Actual.of(workshop().segments[0]).step == 0


def test_one_of_several_values_is_changed() -> None:
    """The others stay."""
    assert with_at(("a", "b", "c"), 1, "x") == ("a", "x", "c")
    assert added_at((Millis(1), Millis(2)), 1, Millis(-5)) == (1, -3)
