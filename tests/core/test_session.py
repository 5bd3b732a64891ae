"""Commands, what they bring about, and what is refused."""

from collections.abc import Sequence

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from shuro_tui.core import commands as ask
from shuro_tui.core import events as did
from shuro_tui.core.commands import Command, Display, Refused
from shuro_tui.core.forecast import advice
from shuro_tui.core.model import Millis
from shuro_tui.core.pace import pace
from shuro_tui.core.session import UNDO_STEPS, Session, apply, decide
from shuro_tui.core.sheet import CHARACTERS_AT_MOST, ROWS_AT_MOST, Row, Sheet
from shuro_tui.core.viewing import facilitator_view, group_view, screen_view
from shuro_tui.core.views import Surroundings
from tests import workshops
from tests.lectures import RECKONED, Away, Lecture, lectures, moments
from tests.lectures import session as lectures_session
from tests.workshops import MINUTE, START, after, at_work, row, session, sessions_of, write

NOW = Millis(START + 12 * MINUTE)


def refusal(before: Session, command: Command, group: str | None = None, now: Millis = NOW) -> str:
    """The reason for which it is refused."""
    with pytest.raises(Refused) as caught:
        decide(before, command, now, group)
    return caught.value.reason


def finished() -> Session:
    """A session that has ended."""
    return after(at_work(), [(12, None, ask.Finish())])


def test_a_session_begins_with_how_to_join() -> None:
    """Nothing runs, nothing is open, nothing is written."""
    new = session()
    assert new.timeline.phase == "waiting"
    assert new.rundown.display == Display("join")
    assert new.opened() == ()
    assert new.sheet("a", "g1") == Sheet("a", "g1")


def test_the_start_shows_the_first_slide() -> None:
    """What was put up while people came in makes room for it."""
    started = after(session(), [(0, None, ask.PutUp(Display("case", "a"))), (1, None, ask.Start())])
    assert started.timeline.phase == "running"
    assert started.rundown.display == Display("slide")


def test_the_start_is_taken_back() -> None:
    """A key that was pressed too early: what was put up before it stands there again."""
    joining = after(session(), [(0, None, ask.PutUp(Display("case", "a")))])
    assert after(joining, [(1, None, ask.Start()), (2, None, ask.Undo())]).rundown == joining.rundown


def test_a_case_closed_before_the_start_stays_closed() -> None:
    """What the facilitator prepared is not forgotten."""
    prepared = after(session(), [(0, None, ask.CloseCase("b")), (1, None, ask.Start()), (2, None, ask.GoTo(1))])
    assert not prepared.writable("b")
    assert prepared.writable("a")


@pytest.mark.parametrize("command", [ask.Start(), ask.Reveal("a"), ask.Undo()])
def test_a_group_commands_nothing_but_its_sheet(command: Command) -> None:
    """Only the facilitator moves the session."""
    assert refusal(at_work(), command, "g1") == "not-allowed"


def test_the_code_is_no_part_of_a_session() -> None:
    """The hub itself sees to it."""
    assert refusal(at_work(), ask.NewCode()) == "not-allowed"


@pytest.mark.parametrize("command", [row("r", "社協"), ask.DeleteRow("a", "r"), ask.Submit("a"), ask.TakeBack("a")])
def test_the_facilitator_writes_on_no_sheet(command: Command) -> None:
    """Only a group writes, and only on its own sheet."""
    assert refusal(at_work(), command) == "not-allowed"


@pytest.mark.parametrize(
    ("command", "reason"),
    [
        (ask.GoTo(0, 0), "not-started"),
        (ask.GoTo(9, 0), "no-such-place"),
        (ask.Pause(), "not-running"),
        (ask.Resume(), "not-paused"),
        (ask.AddTime(Millis(1)), "not-started"),
        (ask.Finish(), "not-started"),
        (ask.Undo(), "nothing-to-undo"),
        (ask.CloseCase("x"), "no-such-case"),
        (ask.ReopenCase("x"), "no-such-case"),
        (ask.Reveal("x"), "no-such-case"),
        (ask.PutUp(Display("case")), "no-such-case"),
        (ask.PutUp(Display("comparison", "a")), "not-revealed"),
        (ask.PutUp(Display("ecomap", "a")), "not-revealed"),
        (ask.PutUp(Display("ecomap", "x")), "no-such-case"),
        (ask.PutUp(Display(groups=("g9",))), "no-such-group"),
    ],
)
def test_before_the_start_there_is_little_to_do(command: Command, reason: str) -> None:
    """What needs a running session is refused."""
    assert refusal(session(), command) == reason


@pytest.mark.parametrize(
    ("command", "reason"),
    [
        (ask.Start(), "finished"),
        (ask.GoTo(0), "finished"),
        (ask.Pause(), "not-running"),
        (ask.Resume(), "not-paused"),
        (ask.AddTime(Millis(1)), "finished"),
        (ask.Finish(), "finished"),
        (ask.ReopenCase("a"), "finished"),
    ],
)
def test_after_the_end_the_clock_is_left_alone(command: Command, reason: str) -> None:
    """What would run on is refused."""
    assert refusal(finished(), command) == reason


@pytest.mark.parametrize("slide", [-1, 1, 9])
def test_a_slide_that_is_not_there_cannot_be_shown(slide: int) -> None:
    """A segment without slides has one place to stand."""
    assert refusal(at_work(), ask.GoTo(2, slide)) == "no-such-place"
    assert decide(at_work(), ask.GoTo(2, 0), NOW) == (did.Moved(NOW, 2, 0),)


def test_it_starts_once() -> None:
    """A second start is refused."""
    assert refusal(at_work(), ask.Start()) == "already-started"


def test_going_where_it_stands_changes_nothing() -> None:
    """Unless something else is on the projector: then the slide comes back."""
    here = at_work()
    assert decide(here, ask.GoTo(1), NOW) == ()
    elsewhere = after(here, [(11, None, ask.PutUp(Display("join")))])
    assert after(elsewhere, [(12, None, ask.GoTo(1))]).rundown.display == Display()


def test_no_more_time_is_taken_than_there_is() -> None:
    """A segment is never shorter than nothing."""
    short = after(at_work(), [(11, None, ask.AddTime(Millis(-90 * MINUTE)))])
    assert short.timeline.adapted[1] == 0
    assert decide(short, ask.AddTime(Millis(-1)), NOW) == ()


def test_a_pause_is_ended_by_resuming() -> None:
    """The clock stands and runs on."""
    paused = after(at_work(), [(11, None, ask.Pause())])
    assert refusal(paused, ask.Pause()) == "not-running"
    assert after(paused, [(15, None, ask.Resume())]).timeline.used(1, Millis(START + 16 * MINUTE)) == 2 * MINUTE


def test_what_is_so_already_gives_no_events() -> None:
    """Closing, opening, revealing, putting up and submitting twice is doing it once."""
    done = after(at_work(), [(11, None, ask.CloseCase("a")), (11, None, ask.Reveal("a")), (11, "g1", ask.Submit("b"))])
    for command in (ask.CloseCase("a"), ask.Reveal("a"), ask.ReopenCase("b"), ask.PutUp(Display())):
        assert decide(done, command, NOW) == ()
    assert decide(done, ask.Submit("b"), NOW, "g1") == ()
    assert decide(done, ask.TakeBack("b"), NOW, "g2") == ()


def test_cases_open_with_their_segment() -> None:
    """Before it, nobody writes; afterwards they stay open."""
    started = after(session(), [(0, None, ask.Start())])
    assert refusal(started, row("r", "社協"), "g1") == "case-not-open"
    assert refusal(started, ask.Submit("x"), "g1") == "no-such-case"
    later = after(at_work(), [(20, None, ask.GoTo(2))])
    assert [case.id for case in later.opened()] == ["a", "b"]
    assert later.writable("a")


def test_each_segment_opens_its_own_cases() -> None:
    """Those of the segments before it stay open."""
    first, second, third = workshops.workshop().segments
    segments = (replace(first, cases=("b",)), replace(second, cases=("a",)), third)
    started = replace(session(), workshop=replace(workshops.workshop(), segments=segments))
    started = after(started, [(0, None, ask.Start())])
    assert [case.id for case in started.opened()] == ["b"]
    assert [case.id for case in after(started, [(10, None, ask.GoTo(1))]).opened()] == ["a", "b"]


def test_a_case_that_was_opened_stays_open_after_an_undo() -> None:
    """Groups have read it, and may be writing."""
    back = after(at_work(), [(11, None, ask.Undo())])
    assert (back.timeline.segment, [case.id for case in back.opened()]) == (0, ["a", "b"])
    assert write(back, "g1", ("社協",)).sheet("a", "g1").rows
    before_the_start = after(back, [(12, None, ask.Undo())])
    assert before_the_start.timeline.phase == "waiting"
    assert before_the_start.writable("a")
    assert [case.id for case in after(before_the_start, [(13, None, ask.Start())]).opened()] == ["a", "b"]


def test_a_closed_case_takes_nothing_until_it_is_opened_again() -> None:
    """The sheet stays as it was."""
    closed = after(at_work(), [(11, None, ask.CloseCase("a"))])
    for command in (ask.DeleteRow("a", "r"), ask.Submit("a"), ask.TakeBack("a")):
        assert refusal(closed, command, "g1") == "case-closed"
    reopened = after(closed, [(12, None, ask.ReopenCase("a"))])
    assert write(reopened, "g1", ("社協",)).sheet("a", "g1").rows[0].fields["organisation"] == "社協"


def test_the_end_closes_the_sheets() -> None:
    """Comparing goes on, writing does not."""
    assert refusal(finished(), ask.Submit("a"), "g1") == "case-closed"
    assert decide(finished(), ask.Reveal("a"), NOW) == (did.Revealed(NOW, "a"),)


def test_what_is_typed_is_kept_without_what_a_terminal_would_obey() -> None:
    """Columns that were left out are blank."""
    hostile = after(at_work(), [(11, "g1", row("r", "\x1b[31m社協\x07", "=1+1\r\n二行目"))])
    assert hostile.sheet("a", "g1").rows == (
        Row("r", {"organisation": "社協", "content": "=1+1\n二行目", "whom": ""}, Millis(START + 11 * MINUTE)),
    )


@pytest.mark.parametrize(
    ("fields", "reason"),
    [
        ({"colour": "赤"}, "no-such-column"),
        ({"content": "あ" * (CHARACTERS_AT_MOST + 1)}, "too-long"),
        ({"whom": "宇宙人"}, "not-a-choice"),
    ],
)
def test_what_a_sheet_does_not_take_is_refused(fields: dict[str, str], reason: str) -> None:
    """Unknown columns, too long texts and choices that are none."""
    assert refusal(at_work(), ask.WriteRow("a", "r", fields), "g1") == reason


def test_a_sheet_is_full_at_some_point() -> None:
    """A row that is there can still be changed."""
    full = at_work()
    rows = tuple(Row(f"r{number}", {}) for number in range(ROWS_AT_MOST))
    full = replace(full, sheets={("a", "g1"): Sheet("a", "g1", rows)})
    assert refusal(full, row("new", "社協"), "g1") == "too-many-rows"
    assert len(decide(full, row("r0", "社協"), NOW, "g1")) == 1


def test_the_same_text_again_is_no_change() -> None:
    """Nothing happened, so nothing is told."""
    written = write(at_work(), "g1", ("社協", "貸付"))
    assert decide(written, row("r0", "社協", "貸付"), NOW, "g1") == ()


def test_positions_are_held_to_the_sheet() -> None:
    """Before the first is the first, behind the last is the last."""
    written = write(at_work(), "g1", ("一",), ("二",))
    (event,) = decide(written, ask.WriteRow("a", "new", {}, -5), NOW, "g1")
    assert isinstance(event, did.RowWritten)
    assert event.position == 0
    (moved,) = decide(written, ask.MoveRow("a", "r0", 99), NOW, "g1")
    assert [each.id for each in apply(written, moved).sheet("a", "g1").rows] == ["r1", "r0"]
    assert decide(written, ask.MoveRow("a", "r0", 0), NOW, "g1") == ()
    assert refusal(written, ask.MoveRow("a", "nowhere", 0), "g1") == "no-such-row"


def test_a_row_is_deleted_once() -> None:
    """Deleting what is gone changes nothing."""
    written = write(at_work(), "g1", ("一",))
    deleted = after(written, [(12, "g1", ask.DeleteRow("a", "r0"))])
    assert deleted.sheet("a", "g1").rows == ()
    assert decide(deleted, ask.DeleteRow("a", "r0"), NOW, "g1") == ()


def test_a_sheet_is_submitted_and_taken_back() -> None:
    """It can be written on all the while."""
    submitted = after(at_work(), [(11, "g1", ask.Submit("a"))])
    assert submitted.sheet("a", "g1").submitted_at == START + 11 * MINUTE
    assert after(submitted, [(12, "g1", ask.TakeBack("a"))]).sheet("a", "g1").submitted_at is None
    assert write(submitted, "g1", ("社協",)).sheet("a", "g1").submitted_at == START + 11 * MINUTE


def test_what_was_heard_of_a_terminal_is_remembered() -> None:
    """The last number counts."""
    heard = apply(apply(session(), did.Heard(NOW, "t", 1)), did.Heard(NOW, "t", 2))
    assert heard.heard == {"t": 2}


def test_undo_leaves_what_was_revealed_and_written() -> None:
    """What was seen cannot be unseen, and no row is lost."""
    before = write(after(at_work(), [(11, None, ask.CloseCase("b")), (11, None, ask.Reveal("a"))]), "g1", ("社協",))
    undone = after(before, [(12, None, ask.Undo())])
    assert undone.rundown.closed == frozenset()
    assert (undone.revealed, undone.sheets) == (before.revealed, before.sheets)


def test_undo_reaches_back_some_steps() -> None:
    """The oldest are forgotten."""
    moved = after(at_work(), [(11, None, ask.GoTo(number % 2)) for number in range(UNDO_STEPS + 9)])
    assert len(moved.before) == UNDO_STEPS


@given(workshops.evenings)
def test_undo_restores_what_the_facilitator_moved(steps: list[tuple[str | None, Command]]) -> None:
    """After any evening, each step back is where the rundown stood before that step."""
    stood: list[Session] = [at_work(2)]
    for now in sessions_of(stood[0], steps):
        assert now.groups == stood[0].groups
        last = stood[-1]
        if len(now.before) > len(last.before):
            assert now.before[-1] == last.rundown
            undone = after(now, [(60, None, ask.Undo())])
            assert (undone.rundown, undone.sheets, undone.before) == (last.rundown, now.sheets, last.before)
        stood.append(now)


@given(workshops.evenings)
def test_a_group_changes_only_its_own_sheets(steps: list[tuple[str | None, Command]]) -> None:
    """Or where the facilitator puts back what it wrote; and each row is there once."""
    before = at_work(2)
    for step in steps:
        for now in sessions_of(before, [step]):
            changed = {place for place in now.sheets if now.sheets[place] != before.sheets.get(place)}
            command = step[1]
            theirs = {command.group} if isinstance(command, ask.BringBack | ask.TakeLate) else {step[0]}
            if not isinstance(command, ask.ReopenCase):
                assert {group for _case, group in changed} <= theirs
            for sheet in now.sheets.values():
                assert len({each.id for each in sheet.rows}) == len(sheet.rows)
            before = now


# In any lecture.


def replayed(before: Session, happened: Sequence[did.Event]) -> Session:
    """The session after events that went through a file or a wire."""
    for event in msgspec.json.decode(msgspec.json.encode(happened), type=tuple[did.Event, ...]):
        before = apply(before, event)
    return before


@settings(max_examples=RECKONED, deadline=None)
@given(lectures, st.integers(0, 40))
def test_what_happened_makes_the_session_again(steps: Lecture, cut: int) -> None:
    """All at once, and as far as the hub was killed and then the rest."""
    new, held = lectures_session(), list(moments(steps))
    first = [event for moment in held[:cut] for event in moment.events]
    rest = [event for moment in held[cut:] for event in moment.events]
    halfway = held[min(cut, len(held)) - 1].session if cut and held else new
    assert replayed(new, first) == halfway
    assert replayed(replayed(new, first), rest) == replayed(new, [*first, *rest]) == held[-1].session


@settings(max_examples=RECKONED, deadline=None)
@given(lectures)
def test_each_step_of_a_lecture_can_be_taken_back(steps: Lecture) -> None:
    """Exactly to where the rundown stood; what was written, opened and revealed stays."""
    for moment in moments(steps):
        before, now = moment.before, moment.session
        if not any(isinstance(event, did.Undoable) for event in moment.events):
            assert now.rundown == before.rundown or isinstance(moment.deed, ask.Undo | Away)
            continue
        if now.timeline.cut is not None:
            assert refusal(now, ask.Undo(), now=moment.now) == "answer-first"
            continue
        for event in decide(now, ask.Undo(), Millis(moment.now + MINUTE)):
            now = apply(now, event)
        assert now.rundown == before.rundown
        assert now == replace(moment.session, rundown=before.rundown, before=moment.session.before[:-1])


@settings(max_examples=RECKONED, deadline=None)
@given(lectures)
def test_no_order_of_steps_breaks_a_lecture(steps: Lecture) -> None:
    """Whatever is asked for, it is done or refused with a reason; and every screen has something to show."""
    for moment in moments(steps):
        now, timeline = moment.session, moment.session.timeline
        if not moment.events:
            assert now == moment.before
            continue
        assert all(event.at == moment.now for event in moment.events)
        assert min(timeline.adapted) >= 0
        assert 0 <= timeline.slide < max(1, len(now.workshop.segments[timeline.segment].slides))
        assert timeline.cut is None or timeline.phase == "paused"
        assert now.opened_cases >= moment.before.opened_cases
        facilitator, wall = facilitator_view(now, Surroundings()), screen_view(now, Surroundings())
        assert group_view(now, now.groups[0]).dial == wall.dial
        pace(timeline, now.workshop, moment.now)
        advice(timeline, now.workshop, facilitator.progress, moment.now)
