"""What a session took: the sums that have to hold, the line drawn to scale, and the table in words."""

import os
import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace
from rich.cells import cell_len

from shuro_tui import i18n
from shuro_tui.core import commands as ask
from shuro_tui.core.bars import PLANNED, RAN, STOOD, Bar, actual_bars, drawn, marked, planned_bars, span
from shuro_tui.core.columns import in_columns
from shuro_tui.core.model import Millis
from shuro_tui.core.session import Session
from shuro_tui.core.times import Times, Took, last_told, times_of
from shuro_tui.core.times_text import times_text
from tests.lectures import RECKONED, Lecture, after, at, begun, lectures, minutes, moments, session
from tests.workshops import MINUTE, START

GOLDENS = Path(__file__).parent / "goldens"


def times(of: Session, minute: float) -> Times:
    """Its times at a minute."""
    return times_of(of.timeline, of.workshop, at(minute))


def afternoon() -> Session:
    """A lecture in which everything happens that times can tell of, up to the case work."""
    return begun(
        (3, ask.GoTo(0, 1)),
        (6, ask.GoTo(0, 2)),
        (12, ask.GoTo(1)),
        (13, ask.Interrupt("question")),
        (15, ask.Interrupt("equipment")),
        (16, ask.EndInterruption()),
        (17, ask.Pause()),
        (18.5, ask.Resume()),
        (19, ask.GoTo(1, 4)),
        (20, ask.Replan("skip", ((3, 1), (4, 1)))),
        (20, ask.Replan("fewer", (), {4: 2})),
        (20, ask.MoveEnd(minutes(2))),
        (22, ask.GoTo(2)),
        (27, ask.GoToStep(1)),
    )


def evening() -> Session:
    """The same to its end, the video left out."""
    return after(afternoon(), (43, ask.GoTo(4)), (50, ask.Interrupt("discussion")), (54, ask.Finish()))


# The table.


@settings(max_examples=RECKONED // 4, deadline=None)
@given(lectures, st.integers(0, 40 * MINUTE))
def test_every_moment_is_counted_once(steps: Lecture, later: int) -> None:
    """Whatever happens: segments make up the whole, slides and steps their segment, and all of it the time gone by."""
    for now in moments(steps):
        timeline, moment = now.session.timeline, Millis(now.now + later)
        found = times_of(timeline, now.session.workshop, moment)
        assert found.whole.actual == (sum(row.actual or 0 for row in found.segments) if timeline.started_at else None)
        assert found.whole.paused == sum(row.paused for row in found.segments)
        if timeline.started_at is not None:
            until = max(moment, last_told(timeline)) if timeline.finished_at is None else timeline.finished_at
            assert (found.whole.actual or 0) + found.whole.paused == until - timeline.started_at
        for row in found.segments:
            for kind in ("step", "slide"):
                parts = [part for part in row.parts if part.kind == kind]
                assert sum(part.actual or 0 for part in parts) == (row.actual or 0 if parts else 0)
                assert sum(part.adapted for part in parts) <= row.adapted
            assert sum(row.interrupted.values()) <= (row.actual or 0)


def test_a_segment_tells_what_it_took() -> None:
    """Planned, adapted, actual, the difference between them, and what of it was not the slides'."""
    role, resources, *_rest = times(afternoon(), 30).segments
    assert (role.planned, role.adapted, role.actual) == (minutes(10), minutes(10), minutes(12))
    assert (role.difference, role.overrun) == (minutes(2), minutes(2))
    assert (resources.actual, resources.paused) == (minutes(8.5), minutes(1.5))
    assert resources.interrupted == {"question": minutes(2), "equipment": minutes(1)}


def test_what_still_runs_has_no_difference_yet() -> None:
    """The current segment, its current slide and step, and the whole go on; what lies ahead has no time at all."""
    _role, _resources, work, video, _end = (found := times(afternoon(), 30)).segments
    assert (work.actual, work.difference, work.overrun) == (minutes(8), None, 0)
    assert [(part.kind, part.actual, part.difference) for part in work.parts] == [
        ("step", minutes(5), 0),
        ("step", minutes(3), None),
        ("slide", minutes(8), None),
    ]
    assert (video.actual, video.difference, video.over) == (None, None, True)
    assert (found.whole.actual, found.whole.difference) == (minutes(28.5), None)


def test_steps_and_slides_follow_the_length_of_their_segment() -> None:
    """A minute more is shared among them as planned; a slide that is skipped has none of it."""
    longer = after(begun((0, ask.GoTo(2))), (1, ask.AddTime(minutes(4))))
    assert [part.adapted for part in times(longer, 2).segments[2].parts[:2]] == [minutes(6), minutes(18)]
    video = times(evening(), 60).segments[3]
    assert [(part.planned, part.note != "") for part in video.parts] == [(minutes(1), False), (minutes(2), True)]
    assert video.parts[1].adapted == 0
    assert 0 < sum(part.adapted for part in video.parts) < video.adapted


@pytest.mark.parametrize(
    ("moved", "words"),
    [
        (0, "54:00 from start to end, 6:00 to spare"),
        (2, "54:00 from start to end, end moved 2:00 later, 8:00 to spare"),
        (-10, "54:00 from start to end, end moved 10:00 earlier, 4:00 late"),
    ],
)
def test_the_whole_tells_how_it_ended(moved: int, words: str) -> None:
    """How long it took in all, how far its end was moved, and whether it was late for it."""
    i18n.use("en")
    ended = after(session(), (0, ask.Start()), (1, ask.MoveEnd(minutes(moved))), (54, ask.Finish()))
    assert times(ended, 99).whole.note == words


def test_what_a_plan_changed_is_told_in_words() -> None:
    """Slides that it skips, and how many groups present."""
    i18n.use("en")
    notes = [(row.kind, row.title, row.note) for row in times(evening(), 60).rows if row.note and row.kind != "whole"]
    assert notes == [
        ("slide", "十一", "skipped by a plan"),
        ("segment", "まとめ", "2 of 3 groups present"),
        ("slide", "十三", "skipped by a plan"),
    ]


def test_what_is_shown_of_a_difference_adds_up() -> None:
    """9:59.9 of 10:00 is shown as 9:59, and is a second shorter; a few thousandths are as planned."""
    row = Took("segment", 1, "", minutes(10), minutes(10), Millis(10 * MINUTE - 100), over=True)
    assert row.difference == -1000
    assert replace(row, actual=Millis(10 * MINUTE + 900)).difference == 0


# The line.


def columns(line: str) -> dict[int, int]:
    """Number of a segment → where its stroke stands, for those that have room for a number."""
    return {int(found[1]): found.start() for found in re.finditer(r"\|(\d+)", line)}


def begins(bars: tuple[Bar, ...]) -> dict[int, Millis]:
    """Number of a segment → when it begins."""
    return {bar.number: bar.begin for bar in bars}


@settings(max_examples=RECKONED // 4, deadline=None)
@given(lectures, st.integers(0, 40 * MINUTE), st.integers(40, 200), st.sampled_from(("ja", "en")))
def test_the_line_keeps_to_its_width_and_to_one_scale(steps: Lecture, later: int, width: int, language: str) -> None:
    """No line is wider than it may be, and what is later stands further right, whichever of the three it stands in."""
    i18n.use(language)
    of, now = session(), START
    for moment in moments(steps):
        of, now = moment.session, moment.now
    found = times_of(of.timeline, of.workshop, Millis(now + later))
    text = drawn(found, width)
    assert all(cell_len(line) <= width for line in text.split("\n"))
    ruler, planned, actual = text.split("\n")[:3]
    margin = cell_len(ruler) - len(ruler)
    assert all(line.isascii() for line in (ruler[3:], planned.split(" ", 1)[1], actual[len(ruler) :]))
    marks = {int(mark[0]): mark.start() + margin for mark in re.finditer(r"\d+", ruler)}
    assert marks[0] == min(marks.values())
    for line, bars in ((planned, planned_bars(found)), (actual, actual_bars(found))):
        shift = cell_len(line) - len(line)
        for number, column in columns(line).items():
            for minute, mark in marks.items():
                begin = begins(bars)[number]
                assert column + shift >= mark if begin >= minute * MINUTE else column + shift <= mark


def test_the_line_as_it_is_drawn() -> None:
    """Bars of one scale: a lecture of an hour in 70 cells, with a pause, still running."""
    i18n.use("en")
    assert drawn(times(afternoon(), 30), 70).split("\n") == [
        "min     0    5    10   15   20   25   30   35   40   45   50   55   60",
        "Planned |1--------|2--------|3------------------|4--------|5--------|",
        "Actual  |1==========|2======..|3======>",
        "        .  the clock stood",
    ]


def test_a_line_of_forty_cells() -> None:
    """A number that has no room beside its stroke is left out; what is shorter than half a cell is not there."""
    i18n.use("en")
    of = session()
    segments = tuple(
        replace(segment, planned=minutes(length))
        for segment, length in zip(of.workshop.segments, (30, 2, 26, 1, 1), strict=True)
    )
    short = begun().timeline
    found = times_of(
        replace(short, planned=tuple(each.planned for each in segments)), replace(of.workshop, segments=segments), at(3)
    )
    assert drawn(found, 40).split("\n") == [
        "min     0    10   20   30   40   50   60",
        "Planned |1-------------||3-----------||",
        "Actual  |>",
    ]


def test_the_line_ends_with_what_has_ended() -> None:
    """A stroke where it is over, an arrow where it goes on, nothing before it begins."""
    assert drawn(times(evening(), 90), 60).split("\n")[2].endswith("=|")
    assert drawn(times(afternoon(), 30), 60).split("\n")[2].endswith("=>")
    assert not set(drawn(times(session(), 0), 60).split("\n")[2]) & {RAN, STOOD, PLANNED, "|", ">"}


@given(st.integers(1, 10**6), st.integers(1, 50))
def test_marks_are_even_and_no_more_than_there_is_room_for(length: int, at_most: int) -> None:
    """From 0 on, in steps of 1, 2 or 5 and their tens."""
    found = marked(length, at_most)
    assert found[0] == 0
    assert len(found) <= at_most + 1
    assert str(found.step).rstrip("0") in ("1", "2", "5")
    assert found.step == 1 or length // (found.step // 2) > at_most or str(found.step)[0] == "5"


def test_a_scale_holds_the_longer_of_both() -> None:
    """Planned or actual, and never less than a minute."""
    assert span(times(afternoon(), 30)) == minutes(60)
    assert span(times(begun(), 75)) == minutes(75)
    short = replace(session().timeline, planned=(Millis(7_000), *[Millis(0)] * 4))
    assert span(times_of(short, session().workshop, START)) == MINUTE


# The text.


@settings(max_examples=100, deadline=None)
@given(lectures, st.integers(40, 120), st.sampled_from(("ja", "en")))
def test_the_text_keeps_to_its_width(steps: Lecture, width: int, language: str) -> None:
    """From 40 cells on, wherever a session stands."""
    i18n.use(language)
    of, now = session(), START
    for moment in moments(steps):
        of, now = moment.session, moment.now
    text = times_text(of.timeline, of.workshop, now, width)
    assert max(cell_len(line) for line in text.split("\n")) <= width
    assert "地域" not in text
    assert all(segment.title in text for segment in of.workshop.segments)


@pytest.mark.parametrize("width", [80, 40])
def test_the_text_reads_as_it_did(width: int) -> None:
    """The times of a lecture, to the letter; GOLDENS=write takes a change over."""
    i18n.use("en")
    golden = GOLDENS / f"times-{width}.txt"
    of = evening()
    text = times_text(of.timeline, of.workshop, at(90), width)
    if os.environ.get("GOLDENS") == "write":
        golden.write_text(text, encoding="utf-8")
    assert text == golden.read_text(encoding="utf-8")


def test_what_is_typed_into_a_title_stays_text_on_one_line() -> None:
    """No escape sequence of a title reaches the terminal, and no line break the table."""
    of = session()
    first, *others = of.workshop.segments
    hostile = replace(of.workshop, segments=(replace(first, title="\x1b[31m赤\n二行"), *others))
    assert times_of(of.timeline, hostile, START).segments[0].title == "赤 二行"


def test_names_without_room_beside_the_figures_have_a_line_of_their_own() -> None:
    """Figures stay in their columns; a name is cut where even the line is too short; a blank one takes no line."""
    rows = (("", "a", "figure"), ("長い名前の項目です", "1", "22"))
    assert list(in_columns(rows, 30)) == [("                     a  figure",), ("長い名前の項目です   1      22",)]
    assert list(in_columns(rows, 15)) == [(" a figure",), ("長い名前の項..", " 1     22")]
