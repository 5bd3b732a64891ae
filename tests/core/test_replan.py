"""Ready plans to end on time."""

import os
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from shuro_tui.core import commands as ask
from shuro_tui.core import events as did
from shuro_tui.core.commands import Refused
from shuro_tui.core.dial import dial
from shuro_tui.core.model import Round
from shuro_tui.core.pace import pace
from shuro_tui.core.replan import Plan, optional_ahead, plan, plans, saves, share_out
from shuro_tui.core.session import Session, apply, decide
from tests.lectures import RECKONED, Lecture, accepted, after, at, begun, lectures, minutes, moments, session, timed
from tests.workshops import MINUTE

GOLDENS = Path(__file__).parent / "goldens"
WRITE = os.environ.get("GOLDENS") == "write"


def clock(time: int | None) -> str:
    """A duration as minutes and seconds, rounded down."""
    if time is None:
        return "-"
    seconds = abs(time) // 1000
    return f"{'-' if time <= -1000 else ''}{seconds // 60}:{seconds % 60:02}"


def moment_of(now: Session, minute: float) -> str:
    """Where it stands, in one block."""
    timeline, when = now.timeline, at(minute)
    signal = dial(timeline, now.workshop).signal(when)
    leave_by = [(timeline.leave_by(segment) or 0) - at(0) for segment in timeline.ahead]
    left_out = [f"{segment + 1}.{slide + 1}" for segment, slide in timeline.skipped]
    groups = [f"{groups} in {segment + 1}" for segment, groups in timeline.presenting.items()]
    return "\n".join(
        (
            f"  segment {timeline.segment + 1}, slide {timeline.slide + 1}, left {clock(timeline.remaining(when))}",
            f"  late {clock(timeline.lateness(when))}, ends at {clock(timeline.projected_end(when) - at(0))}",
            f"  pace {clock(pace(timeline, now.workshop, when))}, signal {signal and (signal.kind, signal.minutes)}",
            f"  lengths  {'  '.join(clock(each) for each in timeline.adapted)}",
            f"  leave by {'  '.join(clock(each) for each in leave_by)} (segments {timeline.segment + 1} to 5)",
            f"  skipped {', '.join(left_out) or '-'}, presenting {', '.join(groups) or '-'}",
        )
    )


def offer_of(now: Session, offered: Plan) -> str:
    """What a plan says, in one line."""
    skipped = [
        f"{segment + 1}.{slide + 1} saves {clock(saves(now.timeline, now.workshop, (segment, slide)))}"
        for segment, slide in offered.skip
    ]
    groups = [f"{groups} groups in {segment + 1}" for segment, groups in offered.presenting.items()]
    lengths = "  ".join(clock(each) for each in offered.lengths)
    return f"plan {offered.kind}: {lengths}; {'; '.join([*skipped, *groups]) or '-'}; still late {clock(offered.late)}"


def table(title: str, now: Session, minute: float) -> str:
    """A moment, the plans it offers, and where each of them leads when it is accepted."""
    blocks = [f"{clock(minutes(minute))} {title}", moment_of(now, minute)]
    for offered in plans(now.timeline, now.workshop, at(minute)):
        blocks += ["", offer_of(now, offered), moment_of(after(now, (minute, accepted(offered))), minute)]
    return "\n".join([*blocks, ""])


def running_late(*deeds: tuple[float, ask.Command]) -> Session:
    """The first segment took 14 minutes of its 10."""
    return begun((14, ask.GoTo(1)), *deeds)


SECOND = (16, ask.GoTo(1, 2))
CASE_WORK = (24, ask.GoTo(2))
VIDEO = (44, ask.GoTo(3))
END = (54, ask.GoTo(4))
TABLES = {
    "worked-example": [
        ("the second segment begins on time", begun((10, ask.GoTo(1))), 10),
        ("the second segment is left a minute before it has to be", begun((10, ask.GoTo(1)), (26, ask.GoTo(2))), 26),
        ("the second segment is left when it has to be", begun((10, ask.GoTo(1)), (27, ask.GoTo(2))), 27),
        ("the second segment is left a minute too late", begun((10, ask.GoTo(1)), (28, ask.GoTo(2))), 28),
    ],
    "four-minutes-late": [
        ("the second segment begins", running_late(), 14),
        ("its third slide, in a question of a minute", running_late(SECOND, (16.5, ask.Interrupt("question"))), 18),
        ("its last slide, when it should be over", running_late((18.5, ask.GoTo(1, 4))), 24),
        ("the case work begins", running_late(CASE_WORK), 24),
        ("a minute before the end of the case work", running_late(CASE_WORK), 43),
        ("the video begins", running_late(CASE_WORK, VIDEO), 44),
        ("the last segment begins", running_late(CASE_WORK, VIDEO, END), 54),
        ("the last segment, over the end", running_late(CASE_WORK, VIDEO, END, (56, ask.GoTo(4, 2))), 65),
    ],
    "early": [
        ("the case work begins early", begun((6, ask.GoTo(1)), (14, ask.GoTo(2))), 14),
        ("the last segment begins early", begun((6, ask.GoTo(1)), (14, ask.GoTo(2)), (34, ask.GoTo(4))), 34),
    ],
}


@pytest.mark.parametrize("name", TABLES)
def test_a_worked_example_comes_out_as_it_did(name: str) -> None:
    """What a trainer is told and offered changes only when somebody means it to; GOLDENS=write writes it anew."""
    golden, shown = GOLDENS / f"plans-{name}.txt", "\n".join(table(*moment) for moment in TABLES[name])
    if WRITE:
        golden.write_text(shown, encoding="utf-8")
    assert shown == golden.read_text(encoding="utf-8")


def test_no_golden_is_left_over() -> None:
    """Every table that is kept belongs to an example."""
    assert {path.name for path in GOLDENS.glob("plans-*")} == {f"plans-{name}.txt" for name in TABLES}


# Shares.


@pytest.mark.parametrize(
    ("wanted", "floors", "time", "parts"),
    [
        ((10, 20), (5, 20), 30, (10, 20)),
        ((10, 20), (5, 20), 27, (7, 20)),
        ((10, 20, 6), (5, 10, 6), 27, (7, 14, 6)),
        ((10, 20), (5, 20), 25, (5, 20)),
        ((10, 20), (5, 20), 3, (5, 20)),
        ((10, 20), (5, 20), -3, (5, 20)),
        ((10, 20), (5, 20), 60, (20, 40)),
        ((0, 20), (0, 20), 30, (0, 30)),
        ((0, 0), (0, 0), 30, (0, 30)),
        ((0, 0), (0, 0), 0, (0, 0)),
        ((5,), (2,), 3, (3,)),
    ],
)
def test_time_is_shared_out(
    wanted: tuple[int, ...], floors: tuple[int, ...], time: int, parts: tuple[int, ...]
) -> None:
    """Too little is taken from what is above the floors, too much goes to those that want some; else to the last."""
    assert share_out(wanted, floors, time) == parts


_wants = st.lists(st.tuples(st.integers(0, 1000), st.integers(0, 1000)), min_size=1, max_size=6)


@settings(max_examples=RECKONED, deadline=None)
@given(_wants, st.integers(-500, 8000))
def test_shares_add_up_and_keep_the_floors(wants: list[tuple[int, int]], time: int) -> None:
    """To the millisecond, wherever the floors allow it; nobody gets more than it wants when there is too little."""
    wanted, floors = [max(pair) for pair in wants], [min(pair) for pair in wants]
    parts = share_out(wanted, floors, time)
    assert sum(parts) == max(time, sum(floors))
    assert all(part >= floor for part, floor in zip(parts, floors, strict=True))
    if time <= sum(wanted):
        assert all(part <= want for part, want in zip(parts, wanted, strict=True))
    else:
        assert all(part >= want for part, want in zip(parts, wanted, strict=True))


# Plans.


def offered(now: Session, minute: float) -> dict[str, Plan]:
    """The plans that there are, by their kind."""
    return {each.kind: each for each in plans(now.timeline, now.workshop, at(minute))}


def lengths(now: Session) -> list[float]:
    """How long the segments are now, in minutes."""
    return [each / MINUTE for each in now.timeline.adapted]


def test_left_at_26_the_case_work_keeps_its_20_minutes() -> None:
    """The two after it share the 14 that are left, neither below its floor."""
    late = begun((10, ask.GoTo(1)), (26, ask.GoTo(2)), (26, ask.Replan("share")))
    _role, _resources, work, video, end = lengths(late)
    assert work == 20
    assert video + end == 14
    assert video == pytest.approx(7 + 3 / 7)


def test_there_is_no_plan_before_the_start_and_after_the_end() -> None:
    """Asking for one is refused."""
    for now in (session(), begun((26, ask.Finish()))):
        assert offered(now, 26) == {}
        with pytest.raises(Refused, match="nothing-to-plan"):
            plan(now.timeline, now.workshop, at(26), "share")


def test_on_time_nothing_is_left_out() -> None:
    """What is offered is what there is, and accepting it is no step."""
    on_time = begun((10, ask.GoTo(1)))
    assert offered(on_time, 10).keys() == {"share"}
    assert after(on_time, (10, ask.Replan("share"))) == on_time


def test_time_to_spare_is_shared_out() -> None:
    """Among all that is ahead, in proportion."""
    early = begun((4, ask.GoTo(1)), (14, ask.GoTo(2)))
    assert offered(early, 14).keys() == {"share"}
    assert lengths(after(early, (14, ask.Replan("share")))) == [10, 10, 23, 11.5, 11.5]


def test_slides_are_left_out_that_save_most_and_no_more_than_it_takes() -> None:
    """Three minutes late: two of them take three minutes."""
    late = begun((13, ask.GoTo(1)))
    (skip,) = [each for each in offered(late, 13).values() if each.kind == "skip"]
    assert skip.skip == ((1, 2), (3, 1))
    assert [saves(late.timeline, late.workshop, place) for place in skip.skip] == [minutes(1.5), minutes(2)]
    assert (skip.saved, skip.late) == (minutes(3.5), 0)
    skipped = after(late, (13, accepted(skip)))
    assert skipped.timeline.skipped == skip.skip
    assert offered(skipped, 13).keys() == {"share"}
    assert optional_ahead(skipped.timeline, skipped.workshop) == ((1, 1), (4, 1))


def test_slides_behind_are_not_left_out() -> None:
    """Nor is the one that is shown."""
    late = begun((0, ask.GoTo(0, 1)), (18, ask.GoTo(1, 2)))
    assert optional_ahead(late.timeline, late.workshop) == ((3, 1), (4, 1))
    for behind in ((0, 1), (1, 1), (1, 2), (1, 3), (9, 9)):
        with pytest.raises(Refused, match="no-such-place"):
            plan(late.timeline, late.workshop, at(18), "skip", (behind,))


def test_a_slide_saves_no_more_than_its_floor_lets_go() -> None:
    """What was given to the segment by hand can be saved; what was taken cannot be saved twice."""
    now = begun((10, ask.GoTo(3)))
    assert saves(now.timeline, now.workshop, (3, 1)) == minutes(2)
    less = after(now, (10, ask.AddTime(minutes(-2))))
    assert saves(less.timeline, less.workshop, (3, 1)) == minutes(1)
    none = after(now, (10, ask.AddTime(minutes(-5))))
    assert saves(none.timeline, none.workshop, (3, 1)) == 0


@given(lectures)
@settings(max_examples=200)
def test_what_a_plan_saves_is_never_negative(held: Lecture) -> None:
    """Sharing out leaves nothing out and saves nothing; leaving out saves something."""
    for moment in moments(held):
        for each in plans(moment.session.timeline, moment.session.workshop, moment.now):
            assert each.saved > 0 if each.kind != "share" else each.saved == 0


def test_a_segment_that_was_shortened_by_hand_is_not_planned_long_again() -> None:
    """Its slides still to come are shown that much quicker."""
    cut = begun((0, ask.AddTime(minutes(-5))))
    assert lengths(cut)[0] == 5
    assert lengths(after(cut, (0, ask.Replan("share"))))[0] == pytest.approx(5 * 60 / 55, abs=0.001)


def test_no_more_groups_than_needed_are_left_out() -> None:
    """A minute late, one of three; further, two; one presents in any case."""
    for late, groups in ((1, 2), (1.5, 2), (2, 1), (9, 1)):
        now = begun((50 + late, ask.GoTo(4)))
        assert offered(now, 50 + late)["fewer"].presenting == {4: groups}
    fewer = begun((54, ask.GoTo(4)), (54, ask.Replan("fewer", (), {4: 1})))
    assert fewer.timeline.presenting == {4: 1}
    assert "fewer" not in offered(fewer, 58)


def with_segment(now: Session, number: int, **changed: object) -> Session:
    """The session with one segment that is otherwise."""
    segments = list(now.workshop.segments)
    segments[number] = replace(segments[number], **changed)
    return replace(now, workshop=replace(now.workshop, segments=tuple(segments)))


def test_of_two_rounds_the_last_is_shortened_first() -> None:
    """The first one only when that is not enough."""
    for late, groups in ((3, {4: 1}), (4, {3: 2, 4: 1}), (9, {3: 1, 4: 1})):
        now = with_segment(begun((40 + late, ask.GoTo(3))), 3, round=Round(3, minutes(1), minutes(0)))
        assert offered(now, 40 + late)["fewer"].presenting == groups


@pytest.mark.parametrize("presenting", [{4: 0}, {4: 4}, {0: 1}, {9: 1}, {-1: 1}])
def test_a_round_has_as_many_groups_as_were_planned_and_one_at_least(presenting: dict[int, int]) -> None:
    """And it is in a segment that is ahead."""
    now = begun((10, ask.GoTo(1)))
    with pytest.raises(Refused, match="no-such-place"):
        plan(now.timeline, now.workshop, at(10), "fewer", (), presenting)


def test_groups_that_were_left_out_can_present_after_all() -> None:
    """When there is time again."""
    fewer = begun((54, ask.GoTo(4)), (54, ask.Replan("fewer", (), {4: 1})), (54, ask.MoveEnd(minutes(10))))
    again = after(fewer, (54, ask.Replan("fewer", (), {4: 3})))
    assert (again.timeline.presenting, lengths(again)[4]) == ({4: 3}, 16)


def test_where_the_floors_do_not_allow_it_the_plan_says_how_late() -> None:
    """Each segment is at its floor."""
    late = begun((30, ask.GoTo(2)))
    assert [each.late for each in offered(late, 30).values()] == [minutes(3)] * 3
    assert lengths(after(late, (30, ask.Replan("share")))) == [10, 10, 20, 7, 6]


def test_a_segment_in_overtime_keeps_what_its_slides_still_take() -> None:
    """On its last slide it has nothing left; with slides to come, their planned time; as far as there is time."""
    over = begun((12, ask.GoTo(0, 2)), (13, ask.Replan("share")))
    assert (over.timeline.remaining(at(13)), lengths(over)[0]) == (0, 13)
    to_come = begun((10, ask.GoTo(1)), (21, ask.GoTo(1, 2)), (21, ask.MoveEnd(minutes(10))), (21, ask.Replan("share")))
    assert to_come.timeline.remaining(at(21)) >= minutes(5.5)
    # Until then, the 5:30 of its last two slides had made it late.
    tight = begun((10, ask.GoTo(1)), (21, ask.GoTo(1, 2)), (21, ask.Replan("share")))
    assert 0 < tight.timeline.remaining(at(21)) < minutes(5.5)
    assert tight.timeline.lateness(at(21)) == 0


def test_slides_that_fall_behind_are_planned_for_before_their_segment_is_over() -> None:
    """At pace nothing is offered; on the first slide for nine minutes of ten, the eight that the others take are."""
    slow = begun((10, ask.GoTo(1)))
    assert offered(slow, 12).keys() == {"share"}
    assert {"skip", "fewer"} <= offered(slow, 19).keys()
    steps = with_segment(begun((20, ask.GoTo(2))), 2, slides=(timed("九"), timed("十")))
    assert offered(steps, 39).keys() == {"share"}


def test_the_last_segment_takes_what_is_left() -> None:
    """More or less than it was planned for."""
    assert lengths(begun((47, ask.GoTo(4)), (47, ask.Replan("share"))))[4] == 13
    assert lengths(begun((53, ask.GoTo(4)), (53, ask.Replan("share"))))[4] == 7
    over = begun((50, ask.GoTo(4)), (60, ask.GoTo(4, 2)), (62, ask.MoveEnd(minutes(7))), (62, ask.Replan("share")))
    assert over.timeline.remaining(at(62)) == minutes(5)


def test_what_was_added_by_hand_is_wanted_when_it_is_planned_anew() -> None:
    """With time for all, each segment has what it was given; with too little, it gives up some like the rest."""
    given_time = begun((10, ask.GoTo(1)), (10, ask.AddTime(minutes(5))), (10, ask.MoveEnd(minutes(5))))
    assert lengths(after(given_time, (10, ask.Replan("share")))) == [10, 15, 20, 10, 10]
    short = begun((10, ask.GoTo(1)), (10, ask.AddTime(minutes(5))), (10, ask.Replan("share")))
    role, resources, work, video, end = lengths(short)
    assert (role, work, resources + video + end) == (10, 20, 30)
    assert 10 < resources < 15
    assert 7 < video < 10
    again = after(short, (10, ask.AddTime(minutes(1))), (10, ask.MoveEnd(minutes(6))), (10, ask.Replan("share")))
    assert lengths(again) == [10, 16, 20, 10, 10]


def test_what_was_taken_by_hand_may_be_less_than_the_floor() -> None:
    """Then that is the least that it can live with."""
    less = begun((40, ask.GoTo(3, 1)), (40, ask.AddTime(minutes(-5))), (40, ask.MoveEnd(minutes(-30))))
    assert lengths(after(less, (40, ask.Replan("share"))))[3:] == [5, 6]


def test_a_plan_accepted_in_a_pause_counts_from_then() -> None:
    """The longer the pause, the less there is to share out."""
    paused = begun((20, ask.GoTo(2)), (30, ask.Pause()))
    assert lengths(after(paused, (34, ask.Replan("share"))))[2:] == [
        20,
        pytest.approx(8.29, abs=0.01),
        pytest.approx(7.71, abs=0.01),
    ]


@settings(max_examples=RECKONED, deadline=None)
@given(lectures)
def test_after_a_plan_the_time_left_is_shared_out(steps: Lecture) -> None:
    """In any lecture: what the segments have left is the time left, or what their floors need and how late that is."""
    for moment in moments(steps):
        timeline, now = moment.session.timeline, moment.now
        if not any(isinstance(event, did.Replanned) for event in moment.events):
            continue
        before = moment.before.timeline
        left = (timeline.ends_at() or now) - now
        needed = 0
        for number in timeline.ahead:
            used = timeline.used(number, now)
            floor = min(timeline.floors[number], max(before.planned[number] + before.added[number], 0))
            needed += max(floor - used, 0)
            assert timeline.left_in(number, now) >= max(floor - used, 0)
        assert sum(timeline.left_in(number, now) for number in timeline.ahead) == max(left, needed)
        assert timeline.lateness(now) == max(needed - left, 0)
        assert timeline.adapted[: timeline.segment] == before.adapted[: timeline.segment]
        assert (timeline.actual, timeline.since) == (before.actual, before.since)


@settings(max_examples=RECKONED, deadline=None)
@given(lectures)
def test_a_plan_comes_out_as_it_was_offered(steps: Lecture) -> None:
    """In any lecture, at the moment at which it was offered: its lengths, what it leaves out, and how late it says."""
    # Not after each deed: to work the plans out takes longer than all else in these tests.
    for moment in list(moments(steps))[::6]:
        now, there = moment.session, plans(moment.session.timeline, moment.session.workshop, moment.now)
        assert [each.kind for each in there] == [
            kind for kind in ("share", "skip", "fewer") if kind in {each.kind for each in there}
        ]
        if now.timeline.cut is not None:
            continue
        for each in there:
            then = now
            for event in decide(now, accepted(each), moment.now):
                then = apply(then, event)
            assert then.timeline.adapted == each.lengths
            assert min(each.lengths) >= 0
            assert set(then.timeline.skipped) == {*now.timeline.skipped, *each.skip}
            assert then.timeline.presenting == {**now.timeline.presenting, **each.presenting}
            assert then.timeline.lateness(moment.now) == each.late
            assert all(saves(now.timeline, now.workshop, place) >= 0 for place in each.skip)
