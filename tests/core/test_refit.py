"""A session under way goes on with its workshop as it is after its files were edited."""

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec import Struct
from msgspec.structs import replace

from shuro_tui.core import commands as ask
from shuro_tui.core import events as did
from shuro_tui.core.blocks import Block, Heading, Paragraph, Pause, Span
from shuro_tui.core.commands import Command, Display, PlanKind, Refused
from shuro_tui.core.events import RundownEvent
from shuro_tui.core.model import Column, Millis, Round, Segment, Slide, Step, Workshop
from shuro_tui.core.pace import pace
from shuro_tui.core.refit import Torn, followed, torn
from shuro_tui.core.replan import optional_ahead, plans
from shuro_tui.core.session import Session, apply, decide
from shuro_tui.core.viewing import facilitator_view, group_view, screen_view
from shuro_tui.core.views import Surroundings
from tests.lectures import RECKONED, accepted, after, at, begun, lecture, minutes, session
from tests.workshops import COLUMNS, case, row


def written(title: str, text: str = "", parts: int = 1, line: int = 1, optional: bool = False) -> Slide:
    """A slide with a title and a text, in so many parts, that stands in that line of its file."""
    blocks: tuple[Block, ...] = (Heading(1, (Span(title),)), Paragraph((Span(text),)))
    return Slide(title, (*blocks, *(Pause(),) * (parts - 1)), file="slides.md", line=line, optional=optional)


def of(*titles: str) -> tuple[Slide, ...]:
    """Slides with nothing but their titles, each in a line of its own."""
    return tuple(written(title, line=number) for number, title in enumerate(titles))


def changed(now: Session, workshop: Workshop, minute: float = 15) -> Session:
    """The session after its files were saved with that in them."""
    assert lost(now, workshop) is None
    return apply(now, did.WorkshopChanged(at(minute), workshop))


def lost(now: Session, workshop: Workshop) -> Torn | None:
    """What it would lose with that workshop."""
    return torn(now.timeline, now.opened(), now.workshop, workshop)


def with_segment(workshop: Workshop, number: int, **fields: object) -> Workshop:
    """The workshop with one of its segments edited."""
    segments = list(workshop.segments)
    segments[number] = replace(segments[number], **fields)
    return replace(workshop, segments=tuple(segments))


def without(workshop: Workshop, number: int) -> Workshop:
    """The workshop without one of its segments."""
    segments = workshop.segments
    return replace(workshop, segments=(*segments[:number], *segments[number + 1 :]))


def with_case(workshop: Workshop, number: int, **fields: object) -> Workshop:
    """The workshop with one of its cases edited."""
    cases = list(workshop.cases)
    cases[number] = replace(cases[number], **fields)
    return replace(workshop, cases=tuple(cases))


NEW = Segment("new", "新しい項目", minutes(5), minutes(5), of("新"))


# Slides.


@pytest.mark.parametrize(
    ("new", "numbers"),
    [
        (of("新", "一", "二", "三"), {0: 1, 1: 2, 2: 3}),
        (of("三", "一", "二"), {0: 1, 1: 2, 2: 0}),
        (of("一", "三"), {0: 0, 2: 1}),
        ((), {}),
        (of("一", "貳", "三"), {0: 0, 1: 1, 2: 2}),
        (of("新", "一", "貳", "三"), {0: 1, 1: 2, 2: 3}),
        (of("壹", "貳", "參"), {0: 0, 1: 1, 2: 2}),
        ((written("一"), written("二", "詳しく"), written("三")), {0: 0, 1: 1, 2: 2}),
        ((written("三", "詳しく"), *of("新", "一", "二")), {0: 2, 1: 3, 2: 0}),
        (of("新", "一"), {0: 1}),
    ],
    ids=["inserted", "moved", "gone", "all gone", "retitled", "both", "all new", "edited", "edited and moved", "cut"],
)
def test_slides_are_known_by_what_stands_on_them_then_by_title_then_by_place(
    new: tuple[Slide, ...], numbers: dict[int, int]
) -> None:
    """Each once; in which line of the file they stand does not matter."""
    assert followed(of("一", "二", "三"), new) == numbers


def test_of_slides_with_the_same_title_the_edited_one_is_the_one_that_is_not_there_as_it_was() -> None:
    """Although it is further down now."""
    old = (written("続き", "甲"), written("続き", "乙"))
    assert followed(old, (*of("新"), written("続き", "甲"), written("続き", "丙"))) == {0: 1, 1: 2}


@pytest.mark.parametrize(
    ("new", "slide"),
    [
        (of("新", "一", "二", "三"), 2),
        (of("三", "二", "一"), 1),
        (of("一", "三"), 1),
        (of("一"), 0),
        (of("三"), 0),
        ((), 0),
        (of("一", "貳", "三", "四"), 1),
    ],
    ids=["inserted", "moved", "gone", "last", "first", "none left", "retitled"],
)
def test_the_session_stays_on_the_slide_that_is_shown(new: tuple[Slide, ...], slide: int) -> None:
    """When it is gone, on the one that took its place."""
    shown = after(begun(), (0, ask.GoTo(0, 1)))
    before = apply(shown, did.WorkshopChanged(at(0), with_segment(lecture(), 0, slides=of("一", "二", "三"))))
    edited = changed(before, with_segment(lecture(), 0, slides=new))
    assert (edited.timeline.segment, edited.timeline.slide) == (0, slide)


@pytest.mark.parametrize(("parts", "part"), [(3, 2), (2, 1), (1, 0), (5, 2)])
def test_a_slide_is_shown_as_far_as_it_was(parts: int, part: int) -> None:
    """As far as it still has parts; so is what groups may look back at."""
    first = with_segment(lecture(), 0, slides=(written("一", "前", parts=3), written("二")))
    before = after(changed(begun(), first, 0), (1, ask.GoTo(0, 0, 2)))
    edited = changed(before, with_segment(first, 0, slides=(*of("新"), written("一", "後", parts=parts))))
    assert (edited.timeline.slide, edited.timeline.part) == (1, part)
    assert edited.shown_slides == {(0, 1): part}


def test_another_slide_is_shown_from_its_first_part() -> None:
    """Where the one that was shown is gone."""
    first = with_segment(lecture(), 0, slides=(written("一", parts=3), written("二", parts=3)))
    before = after(changed(begun(), first, 0), (1, ask.GoTo(0, 0, 2)))
    edited = changed(before, with_segment(first, 0, slides=first.segments[0].slides[1:]))
    assert (edited.timeline.slide, edited.timeline.part, edited.shown_slides) == (0, 0, {(0, 0): 0})


def test_what_was_shown_is_known_and_nothing_else() -> None:
    """Wherever it is now; not the slide that took the place of one that is gone, before it is shown."""
    before = begun((1, ask.GoTo(0, 1)), (2, ask.GoTo(1)))
    first, second, third = lecture().segments[0].slides
    edited = changed(before, with_segment(lecture(), 0, slides=(third, first)))
    assert edited.shown_slides == {(0, 1): 0, (1, 0): 0}
    assert changed(edited, lecture()).shown_slides == {(0, 0): 0, (1, 0): 0}
    assert second.title not in str(edited.workshop.segments[0].slides)


def test_the_time_of_a_slide_goes_with_it() -> None:
    """That of one that is gone to the one in its place; the sum is what the segment took."""
    before = begun((1, ask.GoTo(0, 1)), (3, ask.GoTo(0, 2)), (6, ask.GoTo(1)))
    first, _second, third = lecture().segments[0].slides
    edited = changed(before, with_segment(lecture(), 0, slides=(*of("新"), third, first)))
    assert edited.timeline.actual[0].slides == (0, minutes(3), minutes(1) + minutes(2))
    assert changed(edited, with_segment(lecture(), 0, slides=())).timeline.actual[0].slides == (minutes(6),)


def test_slides_that_are_left_out_stay_so() -> None:
    """As long as they are there, may be left out, and their segment is."""
    before = begun((14, ask.GoTo(1)), (14, ask.Replan("skip", ((1, 1), (1, 2), (3, 1)))))
    fourth, fifth, sixth, *rest = lecture().segments[1].slides
    slides = (*of("新"), fourth, fifth, replace(sixth, optional=False), *rest)
    assert changed(before, with_segment(lecture(), 1, slides=slides)).timeline.skipped == ((1, 2), (3, 1))
    assert changed(before, without(with_segment(lecture(), 1, slides=slides[:2]), 3)).timeline.skipped == ()


# Segments.


def test_segments_are_known_by_their_id() -> None:
    """Where they stand and what they are called is the author's."""
    before = begun((4, ask.GoTo(1, 2)), (5, ask.AddTime(minutes(1))))
    role, resources, work, video, end = lecture().segments
    edited = changed(
        before, replace(lecture(), segments=(video, NEW, role, replace(resources, title="資源"), end, work))
    )
    timeline = edited.timeline
    assert (timeline.segment, timeline.slide) == (3, 2)
    assert (timeline.used(2, at(6)), timeline.used(3, at(6))) == (minutes(4), minutes(2))
    assert timeline.added == (0, 0, 0, minutes(1), 0, 0)
    assert timeline.adapted == tuple(map(minutes, (10, 5, 10, 11, 10, 20)))


def test_other_minutes_change_the_length_by_as_much() -> None:
    """Beside what was given by hand or planned anew; none is shorter than nothing. The end is that of the new plan."""
    before = begun((5, ask.AddTime(minutes(-6))), (5, ask.MoveEnd(minutes(2))))
    edited = changed(with_fewer := with_planned(before, 0, 3), with_fewer.workshop).timeline
    assert (edited.adapted[0], edited.added[0], edited.planned[0]) == (0, minutes(-6), minutes(3))
    assert edited.ends_at() == at(55)
    longer = with_planned(before, 2, 25).timeline
    assert (longer.adapted[2], longer.floors[2], longer.ends_at()) == (minutes(25), minutes(1), at(67))


def with_planned(before: Session, number: int, length: float) -> Session:
    """The session after a segment was given other minutes in the file, and one minute as the fewest."""
    fields = {"planned": minutes(length), "at_least": minutes(1), "steps": ()}
    return changed(before, with_segment(before.workshop, number, **fields))


def test_steps_are_known_by_their_place() -> None:
    """Their times go with them; the last takes those of steps that are gone, and one is at the last."""
    before = begun((20, ask.GoTo(2)), (25, ask.GoToStep(1)), (30, ask.Pause()))
    three = tuple(Step(title, minutes(length)) for title, length in (("甲", 2), ("乙", 8), ("丙", 10)))
    more = changed(before, with_segment(lecture(), 2, steps=three), 31).timeline
    assert (more.step, more.here.steps, more.steps[2]) == (
        1,
        (minutes(5), minutes(5), 0),
        tuple(map(minutes, (2, 8, 10))),
    )
    one = changed(before, with_segment(lecture(), 2, steps=three[:1]), 31).timeline
    assert (one.step, one.here.steps) == (0, (minutes(10),))
    none = changed(before, with_segment(lecture(), 2, steps=()), 31)
    assert (none.timeline.step, none.timeline.here.steps) == (0, ())
    assert changed(none, lecture(), 32).timeline.here.steps == (minutes(10), 0)


def test_groups_that_present_are_no_more_than_the_round_has() -> None:
    """Without a round there are none."""
    before = begun((14, ask.GoTo(1)), (14, ask.Replan("fewer", (), {4: 2})))
    assert changed(before, with_segment(lecture(), 4, round=Round(1, minutes(1), minutes(0)))).timeline.presenting == {
        4: 1
    }
    assert changed(before, with_segment(lecture(), 4, round=None)).timeline.presenting == {}
    assert changed(before, without(lecture(), 3)).timeline.presenting == {3: 2}
    assert changed(before, without(lecture(), 4)).timeline.presenting == {}


def test_before_the_start_everything_may_change() -> None:
    """It begins with what is the first segment then."""
    edited = changed(session(), replace(lecture(), segments=(NEW, *lecture().segments[1:])))
    assert after(edited, (0, ask.Start())).timeline.here.entered == at(0)
    assert edited.timeline == Session.new("x", edited.workshop, (), {}, at(0)).timeline


def test_a_pause_a_cut_and_an_interruption_stay() -> None:
    """Nothing that counts time is counted at a save."""
    cut = apply(begun((2, ask.Interrupt("question"))), did.CutOff(at(5), at(3)))
    edited = changed(cut, replace(lecture(), segments=(NEW, *lecture().segments)), 6).timeline
    same = ("started_at", "since", "running", "interruption", "cut", "end_moved", "finished_at")
    assert [getattr(edited, name) for name in same] == [getattr(cut.timeline, name) for name in same]
    assert edited.here.spent == minutes(3)


# Cases, and what is shown.


def test_what_showed_a_case_that_is_gone_shows_the_slide() -> None:
    """It is closed and revealed no more; what is said of another case stays."""
    deeds = [make(each) for each in ("a", "b") for make in (ask.CloseCase, ask.Reveal)]
    before = begun(*((1, deed) for deed in deeds), (1, ask.PutUp(Display("comparison", "b"))))
    edited = changed(before, with_segment(replace(lecture(), cases=(case("a"),)), 2, cases=("a",)))
    assert (edited.rundown.display, edited.rundown.closed, edited.revealed) == (
        Display(),
        frozenset("a"),
        frozenset("a"),
    )
    assert changed(before, without(lecture(), 4)).rundown.display == Display("comparison", "b")


def test_a_case_that_comes_to_the_segment_that_is_shown_is_open() -> None:
    """Groups can write at once."""
    edited = changed(begun(), with_segment(lecture(), 0, cases=("b",)))
    assert edited.writable("b")
    assert decide(edited, row("r1", "社協", case="b"), at(16), "g1")


# Undo.


def test_a_step_from_before_the_save_is_taken_back_in_the_new_workshop() -> None:
    """Where it was then, by slide and segment; the save itself is no step of the facilitator."""
    before = begun((1, ask.GoTo(0, 1)), (2, ask.GoTo(1, 3)), (3, ask.AddTime(minutes(2))))
    role = with_segment(lecture(), 0, slides=(*of("新"), *lecture().segments[0].slides)).segments[0]
    edited = changed(before, replace(lecture(), segments=(NEW, role, *lecture().segments[1:])))
    places = []
    for _step in range(4):
        places.append((edited.timeline.segment, edited.timeline.slide))
        edited = after(edited, (16, ask.Undo()))
    assert places == [(2, 3), (2, 3), (1, 2), (1, 1)]
    assert edited.timeline == Session.new("x", edited.workshop, (), {}, at(0)).timeline
    with pytest.raises(Refused):
        decide(edited, ask.Undo(), at(17))


# What cannot be lost.


def test_a_segment_that_was_held_stays() -> None:
    """The one that is shown and those before it; the others may go."""
    before = begun((10, ask.GoTo(3)))
    assert lost(before, without(lecture(), 0)) == Torn("segment", "役割")
    assert lost(before, without(lecture(), 3)) == Torn("segment", "動画")
    assert [lost(before, without(lecture(), number)) for number in (1, 2, 4)] == [None] * 3


def test_a_case_that_groups_have_read_stays() -> None:
    """One that they have not may go."""
    at_cases = begun((10, ask.GoTo(2)), (11, ask.Undo()))
    only_a = with_segment(replace(lecture(), cases=(case("a"),)), 2, cases=("a",))
    assert lost(at_cases, only_a) == Torn("case", "事例 b")
    assert lost(begun(), only_a) is None


@pytest.mark.parametrize(
    "columns",
    [
        COLUMNS[1:],
        (replace(COLUMNS[0], id="name"), *COLUMNS[1:]),
        (replace(COLUMNS[0], kind="text"), *COLUMNS[1:]),
        (*COLUMNS[:2], replace(COLUMNS[2], choices=("本人", "事業所"))),
    ],
    ids=["gone", "renamed", "of another kind", "with a choice less"],
)
def test_the_columns_of_an_open_sheet_stay(columns: tuple[Column, ...]) -> None:
    """What stands in them, or is just being typed, would have no place."""
    edited = with_case(lecture(), 0, columns=columns)
    found = lost(begun((10, ask.GoTo(2))), edited)
    assert found is not None
    assert (found.kind, found.title) in {("column", column.title) for column in COLUMNS}
    assert lost(begun(), edited) is None


def test_titles_of_columns_change_and_columns_and_choices_are_added() -> None:
    """What was typed stands where it stood."""
    open_cases = begun((10, ask.GoTo(2)))
    events = decide(open_cases, row("r1", "社協", "貸付", "本人"), at(11), "g1")
    before = apply(open_cases, events[0])
    columns = (
        replace(COLUMNS[2], title="誰へ", choices=("家族", "本人", "事業所", "地域")),
        *COLUMNS[:2],
        Column("when", "いつ", "text"),
    )
    edited = changed(before, with_case(lecture(), 0, columns=columns))
    assert edited.sheets == before.sheets
    (written_again,) = decide(edited, row("r1", "社協", "相談", "地域"), at(16), "g1")
    assert isinstance(written_again, did.RowWritten)
    assert written_again.row.fields == {"whom": "地域", "organisation": "社協", "content": "相談", "when": ""}


# Whatever is saved, whatever is done.

_SLIDES = (
    of("一", "二", "三", "四"),
    (*of("新", "一"), written("二", "直した", parts=3, optional=True), *of("四")),
    (
        written("三", parts=2),
        written("三", "続き", optional=True),
        written("一", optional=True),
        written("二", parts=3),
    ),
    (),
    of("四"),
)
_CASES: tuple[tuple[str, ...], ...] = ((), ("a",), ("a", "b"))
_STEPS = ((), (Step("個人", minutes(2)), Step("班", minutes(3))), (Step("全体", minutes(5)),))
_SEGMENTS = [
    Segment("", "項目", minutes(length), minutes(least), slides, cases, steps, round=presentations)
    for number, slides in enumerate(_SLIDES)
    for length, least, cases, steps, presentations in (
        (10, 5, _CASES[number % 3], _STEPS[number % 3], Round(3, minutes(1), minutes(1))),
        (5, 0, _CASES[(number + 1) % 3], _STEPS[(number + 1) % 3], None),
        (1, 1, (), _STEPS[1], Round(1, minutes(1), minutes(0))),
    )
]
_MORE = Column("when", "いつ", "text")


class Saved(Struct, frozen=True):
    """What is saved: segments by id, the columns of the sheets; careful: with all that the session cannot lose."""

    segments: dict[str, Segment]
    columns: tuple[Column, ...]
    careful: bool

    def workshop(self, before: Session | None = None) -> Workshop:
        """The workshop; after `before`, when the author is careful."""
        segments = {name: replace(segment, id=name, title=name) for name, segment in self.segments.items()}
        cases = {name: case(name, self.columns) for segment in segments.values() for name in segment.cases}
        if before is not None and self.careful:
            cases |= {each.id: each for each in before.workshop.cases}
            for segment, actual in zip(before.workshop.segments, before.timeline.actual, strict=True):
                if actual.entered is not None:
                    segments.setdefault(segment.id, segment)
        return Workshop("random", "題", "ja", tuple(segments.values()), tuple(cases.values()))


saves = st.builds(
    Saved,
    st.dictionaries(st.sampled_from("abcd"), st.sampled_from(_SEGMENTS), min_size=1),
    st.sampled_from((COLUMNS, (*COLUMNS, _MORE), COLUMNS[:2])),
    st.sampled_from((True, True, True, False)),
)

Deed = Command | Saved | PlanKind | Millis
"""A command, files that are saved, what a plan leaves out, or how long the hub was away."""

_GO_TO: list[Deed] = [
    ask.GoTo(segment, slide, part) for slide, part in ((0, 0), (3, 2), (1, 0), (2, 1), (2, 2)) for segment in range(4)
]
_KINDS: list[list[Deed]] = [
    _GO_TO,
    [ask.GoToStep(1), ask.GoToStep(1), ask.GoToStep(0)],
    [ask.AddTime(minutes(-20)), ask.AddTime(minutes(2)), ask.MoveEnd(minutes(5)), "share"],
    ["skip", "fewer"],
    [ask.Undo()],
    [ask.Pause(), ask.Resume(), ask.Interrupt("question"), ask.EndInterruption(), ask.Finish()],
    [Millis(minutes(3)), ask.Recover(count=True), ask.Recover(count=False)],
    [make(each) for each in "ab" for make in (ask.CloseCase, ask.ReopenCase, ask.Reveal)],
    [ask.PutUp(Display(shown, each)) for shown in ("case", "comparison") for each in ("a", "b")],
    [ask.PutUp(Display("join")), ask.Announce("あと少し")],
]
deeds_of_a_day = st.lists(
    st.one_of(saves, saves, saves, *map(st.sampled_from, (_GO_TO, *_KINDS))), min_size=6, max_size=16
)


def asked(now: Session, deed: Command | PlanKind) -> Command:
    """The command that the facilitator asks for."""
    timeline, workshop = now.timeline, now.workshop
    match deed:
        case "skip":
            return ask.Replan("skip", optional_ahead(timeline, workshop)[:2])
        case "fewer":
            return ask.Replan("fewer", (), {n: 1 for n in timeline.ahead if workshop.segments[n].round is not None})
        case "share":
            return ask.Replan("share")
        case _:
            return deed


def brought_about(now: Session, deed: Deed, moment: Millis) -> tuple[did.Event, ...]:
    """The events of a deed. Raises Refused."""
    if isinstance(deed, Saved):
        workshop = deed.workshop(now)
        goes_on = now.timeline.phase != "finished" and lost(now, workshop) is None
        return (did.WorkshopChanged(moment, workshop),) if goes_on else ()
    if isinstance(deed, int):
        return (did.CutOff(moment, Millis(moment - deed)),) if now.timeline.phase == "running" else ()
    return decide(now, asked(now, deed), moment)


def happens(now: Session, deed: Deed, moment: Millis) -> tuple[RundownEvent, ...]:
    """The events of a deed as they come out of a file; none when it is refused."""
    try:
        events = brought_about(now, deed, moment)
    except Refused:
        return ()
    return msgspec.json.decode(msgspec.json.encode(events), type=tuple[RundownEvent, ...])


def everybody_sees(now: Session, moment: Millis) -> None:
    """Every screen can show it, groups may look back at what is shown, each plan that is offered can be accepted."""
    timeline = now.timeline
    assert timeline.phase == "waiting" or (timeline.segment, timeline.slide) in now.shown_slides
    facilitator_view(now, Surroundings())
    screen_view(now, Surroundings())
    for group in now.groups:
        group_view(now, group)
    pace(now.timeline, now.workshop, moment)
    for offer in plans(now.timeline, now.workshop, moment) if now.timeline.cut is None else ():
        decide(now, accepted(offer), moment)


def by_segment(now: Session) -> dict[str, tuple[Millis, ...]]:
    """The id of a segment → what it took, how long it stood, what it was given by hand, when it was come to."""
    timeline = now.timeline
    return {
        segment.id: (actual.spent, actual.paused, added, actual.entered or Millis(0))
        for segment, actual, added in zip(now.workshop.segments, timeline.actual, timeline.added, strict=True)
    }


def assert_kept(before: Session, now: Session) -> None:
    """No time is lost, and one is where one was."""
    old, new = by_segment(before), by_segment(now)
    assert {name: times for name, times in old.items() if any(times)}.items() <= new.items()
    here, there = before.timeline, now.timeline
    for name in ("phase", "since", "started_at", "end_moved", "interruption", "cut"):
        assert getattr(here, name) == getattr(there, name)
    for actual, segment in zip(there.actual, now.workshop.segments, strict=True):
        assert sum(actual.slides) == actual.spent
        assert sum(actual.steps) == (actual.spent if segment.steps else 0)
    if here.phase != "waiting":
        assert_there(before, now)


def assert_there(before: Session, now: Session) -> None:
    """The segment that was shown is shown, and its slide where it still is what it was."""
    here, there = before.timeline, now.timeline
    was, is_now = before.workshop.segments[here.segment], now.workshop.segments[there.segment]
    assert was.id == is_now.id
    assert now.workshop.has(there.segment, there.slide, there.part)
    shown = was.slides[here.slide] if was.slides else None
    if shown in is_now.slides:
        assert (is_now.slides[there.slide], there.part) == (shown, here.part)


@settings(max_examples=RECKONED, deadline=None)
@given(saves, deeds_of_a_day)
def test_whatever_is_saved_whatever_is_done(first: Saved, deeds: list[Deed]) -> None:
    """No time is lost, no place is gone, undo goes back to the start, and the file makes the same session again."""
    beginning = Session.new("random", first.workshop(), session().groups, {}, at(0))
    now, moment = beginning, at(0)
    happened: list[RundownEvent] = []
    for deed in (ask.Start(), *deeds):
        moment = Millis(moment + minutes(1))
        before = now
        for event in happens(now, deed, moment):
            happened.append(event)
            now = apply(now, event)
        if isinstance(deed, Saved):
            assert_kept(before, now)
        everybody_sees(now, moment)
    again = beginning
    for event in happened:
        again = apply(again, event)
    assert again == now
    while now.before:
        now = apply(now, did.Undone(moment))
        everybody_sees(now, moment)
    assert now.timeline == Session.new("random", now.workshop, (), {}, at(0)).timeline
