"""What the facilitator moves."""

import pytest

from shuro_tui.core import commands as ask
from shuro_tui.core import events as did
from shuro_tui.core.commands import BACKDATE_AT_MOST, MESSAGE_AT_MOST, Command, Display, Refused
from shuro_tui.core.group import Message
from shuro_tui.core.model import Millis
from shuro_tui.core.session import Session, apply, decide
from tests.lectures import after, at, begun, minutes, session

DAY = 24 * 60


def refusal(now: Session, command: Command, minute: float = 12) -> str:
    """The reason for which it is refused."""
    with pytest.raises(Refused) as caught:
        decide(now, command, at(minute))
    return caught.value.reason


def changes(now: Session, command: Command, minute: float = 12) -> bool:
    """Whether it brings anything about."""
    return bool(decide(now, command, at(minute)))


def at_case_work(*deeds: tuple[float, ask.Command]) -> Session:
    """In the third segment since minute 20."""
    return begun((20, ask.GoTo(2)), *deeds)


def cut_off(now: Session, last: float, found: float) -> Session:
    """The session after the hub was away."""
    return apply(now, did.CutOff(at(found), at(last)))


def finished() -> Session:
    """A lecture that has ended."""
    return at_case_work((30, ask.Finish()))


NEEDS_A_LECTURE = [
    ask.GoToStep(0),
    ask.AddTime(minutes(1)),
    ask.MoveEnd(minutes(1)),
    ask.Replan("share"),
    ask.Interrupt("question"),
    ask.EndInterruption(),
    ask.Recover(count=True),
    ask.Finish(),
]


@pytest.mark.parametrize("command", NEEDS_A_LECTURE)
def test_what_moves_time_needs_a_lecture_under_way(command: Command) -> None:
    """Before the start and after the end it is refused."""
    assert refusal(session(), command) == "not-started"
    assert refusal(finished(), command) == "finished"


@pytest.mark.parametrize(
    ("command", "reason"),
    [
        (ask.EndInterruption(), "not-interrupted"),
        (ask.Recover(count=True), "not-cut-off"),
        (ask.GoToStep(2), "no-such-place"),
        (ask.GoToStep(-1), "no-such-place"),
        (ask.Replan("skip", ((9, 9),)), "no-such-place"),
        (ask.Start(), "already-started"),
    ],
)
def test_what_is_not_there_is_refused(command: Command, reason: str) -> None:
    """Steps, interruptions, cuts, slides."""
    assert refusal(at_case_work(), command, 21) == reason


def test_a_segment_without_steps_has_none_to_go_to() -> None:
    """Not even the first."""
    assert refusal(begun(), ask.GoToStep(0)) == "no-such-place"


@pytest.mark.parametrize(
    "command",
    [
        ask.GoTo(2),
        ask.GoToStep(0),
        ask.AddTime(Millis(0)),
        ask.MoveEnd(Millis(0)),
        ask.Replan("share"),
        ask.Interrupt("discussion"),
    ],
)
def test_what_is_so_already_is_no_step(command: Command) -> None:
    """Undo would find nothing to take back."""
    assert not changes(at_case_work((20, ask.Interrupt("discussion"))), command, 20)


@pytest.mark.parametrize("ago", [-1, BACKDATE_AT_MOST + 1])
def test_a_start_is_dated_back_by_an_hour_at_most(ago: int) -> None:
    """And never ahead."""
    assert refusal(session(), ask.Start(Millis(ago))) == "no-such-place"


def test_a_start_that_was_forgotten_is_dated_back() -> None:
    """The time, the end and the slide are those of a lecture that began then; nothing else is."""
    late = after(session(), (1.5, ask.Start(minutes(1.5))))
    assert (late.timeline, late.rundown.display) == (begun().timeline, Display())
    assert late.timeline.used(0, at(2)) == minutes(2)


def test_a_start_can_be_taken_back_and_dated_back() -> None:
    """It was pressed five minutes late."""
    again = after(session(), (5, ask.Start()), (6, ask.Undo()), (6, ask.Start(minutes(6))))
    assert again.rundown == begun().rundown


def test_another_kind_of_interruption_follows_the_first() -> None:
    """Each takes its own time."""
    asked = begun((2, ask.Interrupt("question")), (3, ask.Interrupt("equipment")), (5, ask.EndInterruption()))
    assert asked.timeline.here.interrupted == {"question": minutes(1), "equipment": minutes(2)}


def test_no_segment_is_shorter_than_nothing_or_longer_than_a_day() -> None:
    """What is more is not taken and not given."""
    assert begun((1, ask.AddTime(minutes(-90)))).timeline.adapted[0] == 0
    assert not changes(begun((1, ask.AddTime(minutes(-90)))), ask.AddTime(Millis(-1)))
    assert begun((1, ask.AddTime(minutes(9 * DAY)))).timeline.adapted[0] == minutes(DAY)


def test_a_segment_that_a_plan_made_longer_than_a_day_loses_nothing_to_a_minute_more() -> None:
    """A minute more is never a minute less."""
    long = begun((50, ask.GoTo(4)), (50, ask.MoveEnd(minutes(DAY))), (50, ask.Replan("share")))
    assert long.timeline.adapted[4] > minutes(DAY)
    assert not changes(long, ask.AddTime(minutes(1)), 50)
    assert after(long, (50, ask.AddTime(minutes(-1)))).timeline.added[4] == minutes(-1)


@pytest.mark.parametrize("days", [-1, 1])
def test_the_end_is_moved_by_a_day_at_most(days: int) -> None:
    """Either way; from there it can come back."""
    far = begun((1, ask.MoveEnd(minutes(9 * days * DAY))))
    assert far.timeline.end_moved == minutes(days * DAY)
    assert not changes(far, ask.MoveEnd(minutes(days)))
    assert after(far, (2, ask.MoveEnd(minutes(-days * DAY)))).timeline.end_moved == 0


def test_a_move_of_the_end_is_taken_back() -> None:
    """And the plan that was made for it."""
    moved = begun((10, ask.MoveEnd(minutes(-5))), (10, ask.Replan("share")))
    assert moved.timeline.lateness(at(10)) == 0
    back = after(moved, (11, ask.Undo()), (11, ask.Undo()))
    assert back.rundown == begun().rundown


def test_a_plan_that_was_accepted_is_taken_back_whole() -> None:
    """Lengths, slides, groups."""
    late = begun((14, ask.GoTo(1)))
    planned = after(late, (14, ask.Replan("skip", ((3, 1),))), (15, ask.Replan("fewer", (), {4: 2})))
    assert (planned.timeline.skipped, planned.timeline.presenting) == (((3, 1),), {4: 2})
    assert after(planned, (16, ask.Undo()), (16, ask.Undo())).rundown == late.rundown


# The hub was away.


@pytest.mark.parametrize(
    "command",
    [
        ask.GoTo(1),
        ask.GoToStep(1),
        ask.Pause(),
        ask.Resume(),
        ask.Replan("share"),
        ask.Interrupt("question"),
        ask.EndInterruption(),
        ask.Finish(),
        ask.Undo(),
    ],
)
def test_it_is_answered_first_whether_the_time_away_counts(command: Command) -> None:
    """Nothing that counts time goes on before."""
    assert refusal(cut_off(at_case_work(), 22, 24), command, 25) == "answer-first"


def test_time_is_given_and_things_are_shown_before_it_is_answered() -> None:
    """What does not count time goes on."""
    cut = cut_off(at_case_work(), 22, 24)
    deeds = (ask.AddTime(minutes(1)), ask.MoveEnd(minutes(1)), ask.CloseCase("a"), ask.Announce("少し待ってください"))
    assert after(cut, *((25, deed) for deed in deeds)).timeline.adapted[2] == minutes(21)


@pytest.mark.parametrize(("count", "left"), [(True, 14), (False, 18)])
def test_an_answer_goes_on_and_can_be_taken_back(count: bool, left: float) -> None:
    """The question comes again."""
    cut = cut_off(at_case_work(), 22, 24)
    answered = after(cut, (26, ask.Recover(count)))
    assert answered.timeline.remaining(at(26)) == minutes(left)
    asked = after(answered, (27, ask.Undo()))
    assert asked.rundown == cut.rundown
    assert after(asked, (28, ask.Recover(count=True))).timeline.remaining(at(28)) == minutes(12)


# Messages.


def messages(now: Session) -> dict[str, str]:
    """What stands on which screens."""
    return {group: message.text for group, message in now.rundown.messages.items()}


def test_a_message_stands_for_all_and_one_for_each_group() -> None:
    """A new one takes the place of the one before it; the others stay."""
    told = after(session(), (0, ask.Announce("まもなく始めます")), (1, ask.Announce("こちらへ", "g2")))
    assert told.rundown.messages == {
        "": Message("まもなく始めます", at(0)),
        "g2": Message("こちらへ", at(1)),
    }
    assert messages(after(told, (2, ask.Announce("始めます")))) == {"": "始めます", "g2": "こちらへ"}


@pytest.mark.parametrize("blank", ["", "  \n\t", "　", "\x1b[31m\x07", "\u202e"])
def test_a_blank_message_takes_the_last_down(blank: str) -> None:
    """For whom it was; where none stands, nothing happens."""
    told = after(session(), (0, ask.Announce("あ")), (1, ask.Announce("い", "g2")))
    assert messages(after(told, (2, ask.Announce(blank)))) == {"g2": "い"}
    assert messages(after(told, (2, ask.Announce(blank, "g2")))) == {"": "あ"}
    assert not changes(told, ask.Announce(blank, "g1"))


def test_a_message_is_one_line_of_plain_text() -> None:
    """What a terminal would obey is gone, and so are line breaks."""
    assert messages(after(session(), (0, ask.Announce("\x1b[31m あと\r\n5分\x07 です\u202e ")))) == {
        "": "あと 5分 です"
    }


def test_a_message_is_short() -> None:
    """Counted as it is shown."""
    assert messages(after(session(), (0, ask.Announce(" " + "あ" * MESSAGE_AT_MOST + "\x07"))))
    assert refusal(session(), ask.Announce("あ" * (MESSAGE_AT_MOST + 1))) == "too-long"


def test_a_message_goes_to_a_group_that_there_is() -> None:
    """Or to everybody."""
    assert refusal(session(), ask.Announce("あ", "g9")) == "no-such-group"
    assert refusal(session(), ask.Announce("あ", "")) == "no-such-group"


def test_the_same_message_again_is_no_step() -> None:
    """It stands where it stood."""
    told = after(session(), (0, ask.Announce("あ", "g1")))
    assert not changes(told, ask.Announce(" あ ", "g1"))
    assert changes(told, ask.Announce("あ"))


def test_a_message_is_taken_back() -> None:
    """The one before it stands again, since when it did; a lecture that has ended has messages too."""
    told = after(finished(), (31, ask.Announce("あ")), (32, ask.Announce("い")), (33, ask.Undo()))
    assert told.rundown.messages == {"": Message("あ", at(31))}
