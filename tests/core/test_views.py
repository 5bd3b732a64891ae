"""What each role may see: never more."""

import msgspec
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from shuro_tui.core import commands as ask
from shuro_tui.core.blocks import Heading, Span
from shuro_tui.core.commands import Command, Display
from shuro_tui.core.group import Message
from shuro_tui.core.model import Millis, Slide
from shuro_tui.core.session import Session
from shuro_tui.core.viewing import facilitator_view, group_view, screen_view
from shuro_tui.core.views import GroupView, Room, Surroundings, View
from tests import workshops
from tests.lectures import RECKONED, Lecture, lectures, moments
from tests.lectures import session as lectures_session
from tests.workshops import MINUTE, MODEL, NOTES, REHEARSAL, START, after, at_work, mark, session, sessions_of, write


def view(now: Session, number: int = 0) -> GroupView:
    """The view of a group."""
    return group_view(now, now.groups[number])


def written() -> Session:
    """Two groups wrote for the first case, one handed it in."""
    now = write(at_work(), "g1", ("ハローワーク", "一の秘密", "本人"), ("", " ", ""))
    now = write(now, "g2", ("なかぽつ", "二の秘密", "本人"))
    return after(now, [(12, "g2", ask.Submit("a"))])


def test_the_facilitator_sees_everything_but_the_keys() -> None:
    """With the notes and what a rehearsal types."""
    around = Surroundings(Room(("192.0.2.1:8000",), "1234"), {"g1": 2}, 1, Millis(5), "disk")
    now = after(written(), [(13, None, ask.Reveal("a")), (13, None, ask.CloseCase("a"))])
    seen = facilitator_view(now, around)
    assert seen.workshop == now.workshop
    assert (seen.closed, seen.revealed, seen.can_undo) == (("a",), ("a",), True)
    assert (seen.room, seen.screens, seen.clock_drift, seen.trouble) == (around.room, 1, 5, "disk")
    assert len(seen.sheets) == 2
    assert b"key-g1" not in msgspec.json.encode(seen)


def test_progress_tells_how_far_without_a_word() -> None:
    """Rows that hold something, who handed in, and when something last changed."""
    seen = screen_view(written(), Surroundings(terminals={"g1": 2}))
    first, second, third = seen.progress
    assert (first.terminals, first.rows, first.submitted) == (2, {"a": 1}, ())
    assert (second.terminals, second.submitted, second.changed_at) == (0, ("a",), START + 11 * MINUTE)
    assert (third.rows, third.changed_at) == ({}, None)
    assert "秘密" not in msgspec.json.encode(seen).decode()


def test_the_facilitator_counts_what_the_wall_shows() -> None:
    """From the sheets that it has: the progress is not sent to it a second time."""
    around = Surroundings(terminals={"g1": 2})
    seen = facilitator_view(written(), around)
    assert seen.progress == screen_view(written(), around).progress
    assert "progress" not in msgspec.to_builtins(seen)
    submitted = replace(seen, sheets=tuple(replace(each, submitted_at=START) for each in seen.sheets))
    assert [each.submitted for each in submitted.progress] == [("a",), ("a",), ()]


def test_no_slide_is_shown_before_the_start() -> None:
    """After the start it is the slide, numbered in its segment, without its notes."""
    assert screen_view(session(), Surroundings()).shown is None
    shown = view(after(session(), [(0, None, ask.Start()), (1, None, ask.GoTo(0, 1))])).shown
    assert shown is not None
    assert (shown.slide.title, shown.slide.notes, shown.number, shown.of) == ("二", "", 2, 2)


def test_a_segment_without_slides_shows_its_title() -> None:
    """Everybody sees it like a slide, and groups find it again among what was shown."""
    seen = view(after(at_work(), [(12, None, ask.GoTo(2))]))
    assert seen.shown is not None
    assert seen.shown.slide == Slide("まとめ", (Heading(1, (Span("まとめ"),)),))
    assert [each.slide.title for each in seen.seen] == ["一", "三", "まとめ"]


def test_the_projector_shows_a_case_only_when_put_up() -> None:
    """Without what a rehearsal types."""
    assert screen_view(written(), Surroundings()).case is None
    case = screen_view(after(written(), [(12, None, ask.PutUp(Display("case", "b")))]), Surroundings()).case
    assert case is not None
    assert (case.id, case.rehearsal) == ("b", ())


def test_a_comparison_is_shown_when_revealed_and_put_up() -> None:
    """To the projector and to every group."""
    revealed = after(written(), [(13, None, ask.Reveal("a"))])
    assert screen_view(revealed, Surroundings()).comparison is None
    up = after(revealed, [(14, None, ask.PutUp(Display("comparison", "a")))])
    on_the_wall = screen_view(up, Surroundings())
    assert on_the_wall.case is not None
    assert on_the_wall.case.rehearsal == ()
    assert on_the_wall.comparison is not None
    assert on_the_wall.comparison == view(up).comparison
    assert sum(len(line.entries) for line in on_the_wall.comparison.lines) == 2
    drawn = after(revealed, [(14, None, ask.PutUp(Display("ecomap", "a", ("g1", "g2"))))])
    assert screen_view(drawn, Surroundings()).comparison == on_the_wall.comparison


def test_a_group_sees_its_own_sheet_and_the_others_once_revealed() -> None:
    """The sheets of the case that was revealed, not its own again."""
    seen = view(written())
    assert [sheet.group for sheet in seen.sheets] == ["g1", "g1"]
    assert seen.others == ()
    revealed = view(after(written(), [(13, None, ask.Reveal("a"))]))
    assert [(sheet.case, sheet.group) for sheet in revealed.others] == [("a", "g2")]
    assert revealed.revealed == ("a",)


def test_a_group_knows_what_is_open_at_work_and_writable() -> None:
    """Nothing is at work before the start and after the end."""
    assert (view(session()).cases, view(session()).at_work, view(session()).writing) == ((), (), ())
    closed = view(after(at_work(), [(11, None, ask.CloseCase("a"))]))
    assert ([case.id for case in closed.cases], closed.at_work, closed.writing) == (["a", "b"], ("a", "b"), ("b",))
    over = view(after(at_work(), [(11, None, ask.Finish())]))
    assert (len(over.cases), over.at_work, over.writing) == (2, (), ())


def test_messages_reach_those_that_they_are_for() -> None:
    """To everybody, to one group; the newest first; the facilitator sees all of them."""
    told = after(at_work(), [(11, None, ask.Announce("あと5分")), (12, None, ask.Announce("声を落として", "g2"))])
    assert screen_view(told, Surroundings()).message == Message("あと5分", Millis(START + 11 * MINUTE))
    assert [message.text for message in view(told, 0).messages] == ["あと5分"]
    assert [message.text for message in view(told, 1).messages] == ["声を落として", "あと5分"]
    again = after(told, [(13, None, ask.Announce("あと1分"))])
    assert [message.text for message in view(again, 1).messages] == ["あと1分", "声を落として"]
    assert facilitator_view(again, Surroundings()).messages.keys() == {"", "g2"}
    assert screen_view(at_work(), Surroundings()).message is None


OF_THE_FACILITATOR = [
    f'"{name}":'
    for name in (
        "timeline",
        "floors",
        "adapted",
        "added",
        "actual",
        "planned",
        "at_least",
        "optional",
        "skipped",
        "round",
    )
]
"""The names of what a timeline and a workshop hold about time: for nobody's eyes but the facilitator's."""


def sent(view: View) -> str:
    """What goes over the wire."""
    return msgspec.json.encode(view).decode()


@settings(max_examples=RECKONED, deadline=None)
@given(lectures)
def test_nobody_but_the_facilitator_sees_plans_and_floors(steps: Lecture) -> None:
    """In any lecture: the others know the time of the segment that runs; a message goes to no other group."""
    for now in (moment.session for moment in moments(steps) if moment.events):
        wall, first, second = sent(screen_view(now, Surroundings())), sent(view(now, 0)), sent(view(now, 1))
        assert not any(name in wall + first for name in OF_THE_FACILITATOR)
        assert workshops.note("g1") not in wall + second
        assert workshops.note("g2") not in wall + first
        for group, seen in (("g1", first), ("g2", second), ("", wall)):
            standing = now.rundown.messages.get(group)
            assert standing is None or standing.text in seen


def test_the_facilitator_sees_what_nobody_else_does() -> None:
    """The names that the others never get are the right ones."""
    seen = sent(facilitator_view(lectures_session(), Surroundings()))
    assert all(name in seen for name in OF_THE_FACILITATOR)


@given(workshops.evenings, st.booleans())
def test_no_group_reads_another_before_it_is_revealed(steps: list[tuple[str | None, Command]], begun: bool) -> None:
    """On any evening: what was not revealed, the notes and what a rehearsal types are in no group's view."""
    for now in sessions_of(at_work(2) if begun else session(2), steps):
        wall = msgspec.json.encode(screen_view(now, Surroundings())).decode()
        for group, other in (("g1", "g2"), ("g2", "g1")):
            seen = msgspec.json.encode(view(now, int(group[1]) - 1)).decode()
            assert NOTES not in seen + wall
            assert REHEARSAL not in seen + wall
            assert (MODEL in seen) == any(case.id in now.models for case in now.opened())
            assert now.models or MODEL not in wall
            assert "key-g" not in seen + wall
            for case in {"a", "b"} - now.revealed:
                assert mark(other, case) not in seen + wall
                assert mark(group, case) not in wall
            assert workshops.note(other) not in seen + wall


@given(workshops.evenings, st.booleans())
def test_the_slide_that_is_shown_is_among_those_that_were(steps: list[tuple[str | None, Command]], begun: bool) -> None:
    """On any evening, with every undo: groups go back from it and come back to it."""
    for now in sessions_of(at_work(2) if begun else session(2), steps):
        seen = view(now)
        if seen.shown is not None:
            assert (seen.dial.segment, seen.shown.number - 1) in [(one.segment, one.number) for one in seen.seen]
