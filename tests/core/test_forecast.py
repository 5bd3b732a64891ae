"""When the groups will be done, and what to do about it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from shuro_tui import i18n
from shuro_tui.core import commands as ask
from shuro_tui.core.forecast import Forecast, advice, forecast, rule
from shuro_tui.core.group import Group
from shuro_tui.core.model import Millis
from shuro_tui.core.progress import Progress
from shuro_tui.core.session import Session
from tests.lectures import at, begun, lecture, minutes, session
from tests.workshops import MINUTE


@pytest.fixture(autouse=True)
def _english() -> None:
    i18n.use("en")


def group(number: int, a: int, b: int = 0, submitted: str = "", terminals: int = 1) -> Progress:
    """A group that has written so many rows for the two cases of five rows each."""
    rows = {case: rows for case, rows in (("a", a), ("b", b)) if rows}
    return Progress(Group(f"g{number}", f"{number}班"), terminals, rows, tuple(submitted), None)


def seen(now: Session, minute: float, *groups: Progress) -> Forecast | None:
    """The forecast."""
    return forecast(now.timeline, now.workshop, groups, at(minute))


def said(now: Session, minute: float, *groups: Progress) -> str:
    """The advice."""
    return advice(now.timeline, now.workshop, groups, at(minute))


def at_case_work(*deeds: tuple[float, ask.Command]) -> Session:
    """In the 20 minutes of case work since minute 20."""
    return begun((20, ask.GoTo(2)), *deeds)


def test_a_group_needs_the_missing_rows_at_its_own_pace() -> None:
    """Five rows in ten minutes: the other five take ten minutes more; the slowest says when all are done."""
    found = seen(at_case_work(), 30, group(1, 5), group(2, 4, 4), group(3, 2))
    assert found == Forecast(3, 0, 0, (minutes(2.5), minutes(10), minutes(40)))
    assert found.left == minutes(40)


def test_who_has_not_begun_will_go_at_the_pace_of_the_others() -> None:
    """Of the one in the middle."""
    found = seen(at_case_work(), 30, group(1, 5, 5), group(2, 5), group(3, 1), group(4, 0))
    assert found == Forecast(4, 0, 1, (Millis(0), minutes(10), minutes(20), minutes(90)))


def test_while_nobody_has_written_nobody_can_tell() -> None:
    """But all of them have not begun."""
    found = seen(at_case_work(), 30, group(1, 0), group(2, 0))
    assert found == Forecast(2, 0, 2, ())
    assert found.left is None


def test_a_case_that_was_submitted_needs_nothing_more() -> None:
    """However few its rows; who has submitted all is done, also with nothing written."""
    found = seen(at_case_work(), 30, group(1, 2, 3, "a"), group(2, 1, 1, "ab"), group(3, 0, 0, "ab"))
    assert found == Forecast(3, 2, 0, (Millis(0), Millis(0), minutes(4)))


def test_more_rows_than_expected_are_not_counted_for_the_other_case() -> None:
    """Nine rows for the first leave five for the second."""
    assert seen(at_case_work(), 30, group(1, 9)) == Forecast(1, 0, 0, (Millis(round(10 * MINUTE * 5 / 9)),))


def test_groups_that_are_not_there_do_not_count() -> None:
    """With nobody there, there is no forecast."""
    away = group(2, 1, terminals=0)
    assert seen(at_case_work(), 30, group(1, 5), away) == Forecast(1, 0, 0, (minutes(10),))
    assert seen(at_case_work(), 30, away) is None
    assert seen(at_case_work(), 30) is None


@pytest.mark.parametrize(
    "now",
    [session(), begun(), begun((20, ask.GoTo(3))), at_case_work((29, ask.Finish()))],
    ids=("waiting", "elsewhere", "after it", "finished"),
)
def test_there_is_a_forecast_while_cases_are_worked_on(now: Session) -> None:
    """Not before, in another segment, or after the end; in a pause there is."""
    assert seen(now, 30, group(1, 5)) is None
    assert said(now, 30, group(1, 0)) == ""
    assert seen(at_case_work((30, ask.Pause())), 39, group(1, 5)) == Forecast(1, 0, 0, (minutes(10),))


# Advice.


def test_there_is_no_advice_before_the_middle() -> None:
    """Of the segment as long as it is now."""
    assert said(at_case_work(), 29.9, group(1, 0)) == ""
    assert said(at_case_work(), 30, group(1, 0)) != ""
    assert said(at_case_work((20, ask.AddTime(minutes(2)))), 30.5, group(1, 0)) == ""


def test_there_is_no_advice_when_all_will_be_done() -> None:
    """At the pace that they have kept, or because they have what is expected, whatever the clock says."""
    assert said(at_case_work(), 30, group(1, 5), group(2, 5, 5)) == ""
    assert said(at_case_work(), 43, group(1, 5, 5)) == ""
    assert said(at_case_work(), 43, group(1, 1, 1, "ab")) == ""


def test_advice_says_how_many_have_not_begun_and_what_to_do() -> None:
    """In one line."""
    words = said(at_case_work(), 30, group(1, 0), group(2, 0))
    assert words == "2 groups have not begun: add 1 min or leave out 事例 b"


def test_advice_adds_what_half_of_the_late_ones_lack() -> None:
    """In full minutes, rounded up: of 3:20, 3:20 and 30:00 it is four."""
    words = said(at_case_work(), 30, group(1, 2, 1, "a"), group(2, 2, 1, "a"), group(3, 2), group(4, 5))
    assert words == "3 groups will not be done in time: add 4 min or leave out 事例 b"


def test_advice_keeps_to_the_moment_by_which_the_segment_has_to_be_left() -> None:
    """Minute 47: from minute 44 on, there are three to give; when there are none, something is left out."""
    late = begun((24, ask.GoTo(2)))
    assert said(late, 34, group(1, 3, 1)) == "1 groups will not be done in time: add 3 min or leave out 事例 b"
    later = begun((28, ask.GoTo(2)))
    assert said(later, 38, group(1, 3, 1)) == "1 groups will not be done in time: leave out 事例 b"


def test_in_overtime_what_was_overrun_is_given_too() -> None:
    """Two minutes over and one row of ten missing: 2:27 more, and the two minutes."""
    words = said(at_case_work(), 42, group(1, 5, 4))
    assert words == "1 groups will not be done in time: add 5 min or leave out 事例 b"
    given_time = at_case_work((42, ask.AddTime(minutes(5))))
    assert said(given_time, 42, group(1, 5, 4)) == ""
    # Five minutes before it has to be left, seven can be added.
    assert (
        said(at_case_work(), 42, group(1, 4, 2)) == "1 groups will not be done in time: add 7 min or leave out 事例 b"
    )
    assert at_case_work((42, ask.AddTime(minutes(7)))).timeline.remaining(at(42)) == minutes(5)


def test_the_last_case_is_not_left_out_once_somebody_has_submitted_it() -> None:
    """Nor the only one: then it closes with what there is."""
    done = group(2, 0, 5, "b")
    assert said(at_case_work(), 30, group(1, 4), done) == "1 groups will not be done in time: add 5 min"
    late = begun((28, ask.GoTo(2)))
    assert said(late, 38, group(1, 4), done) == "1 groups will not be done in time: close with what there is"
    segments = lecture().segments
    one = replace(lecture(), segments=(*segments[:2], replace(segments[2], cases=("a",)), *segments[3:]))
    assert said(replace(late, workshop=one), 38, group(1, 2)) == (
        "1 groups will not be done in time: close with what there is"
    )


def test_both_facts_stand_in_one_line() -> None:
    """Who has not begun is among those that will not be done."""
    words = said(at_case_work(), 30, group(1, 4), group(2, 0))
    assert words == "1 groups have not begun, 2 groups will not be done in time: add 7 min or leave out 事例 b"


def test_the_rule_is_told_in_the_persons_language() -> None:
    """The help shows it."""
    assert "slowest" in rule()
    i18n.use("ja")
    assert "slowest" not in rule()


_groups = st.lists(
    st.builds(
        group,
        st.integers(1, 9),
        st.integers(0, 9),
        st.integers(0, 9),
        st.sampled_from(("", "a", "b", "ab")),
        st.integers(0, 2),
    ),
    max_size=6,
    unique_by=lambda one: one.group.id,
)


@given(_groups, st.floats(0, 60))
def test_advice_is_one_line_and_never_asks_for_more_than_there_is(groups: list[Progress], passed: float) -> None:
    """Whoever has written what, at any moment."""
    now, moment = at_case_work(), at(20 + passed)
    found = forecast(now.timeline, now.workshop, tuple(groups), moment)
    there = [one for one in groups if one.terminals]
    assert (found is None) == (not there)
    if found is not None:
        assert found.groups == len(there) >= found.submitted
        assert len(found.needs) in (0, len(there))
        assert all(need >= 0 for need in found.needs)
    words = advice(now.timeline, now.workshop, tuple(groups), moment)
    assert "\n" not in words
    if "add " in words:
        more = int(words.split("add ")[1].split(" min")[0])
        assert more > 0
        assert 40 + more <= 47
