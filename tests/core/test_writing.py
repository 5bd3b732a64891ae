"""What groups do to their sheets: duplicates, deleted rows, and collecting."""

from typing import Literal

import pytest
from msgspec.structs import replace

from shuro_tui.core import commands as ask
from shuro_tui.core import events as did
from shuro_tui.core.commands import Command, Refused
from shuro_tui.core.model import Millis
from shuro_tui.core.session import Session, apply, decide, overdue
from shuro_tui.core.sheet import ROWS_AT_MOST, Row, Sheet
from shuro_tui.core.viewing import facilitator_view, group_view
from shuro_tui.core.views import Surroundings
from tests.workshops import MINUTE, START, after, at_work, row

NOW = Millis(START + 12 * MINUTE)


def refusal(before: Session, command: Command, group: str | None = None) -> str:
    """The reason for which it is refused."""
    with pytest.raises(Refused) as caught:
        decide(before, command, NOW, group)
    return caught.value.reason


def texts(now: Session) -> list[str]:
    """The organisations on the first group's first sheet."""
    return [each.fields["organisation"] for each in now.sheet("a", "g1").rows]


def changed_twice() -> Session:
    """Two terminals of a group have changed the same row of two from the same text."""
    written = after(at_work(), [(11, "g1", row("r1", "社協", revision="1")), (11, "g1", row("r2", "包括"))])
    first = row("r1", "市の社協", revision="2", made_from="1")
    return after(written, [(12, "g1", first), (13, "g1", row("r1", "県の社協", revision="3", made_from="1"))])


def test_a_row_that_two_terminals_changed_stands_twice() -> None:
    """One below the other, and sent again it has no effect."""
    now = changed_twice()
    assert texts(now) == ["市の社協", "県の社協", "包括"]
    assert len(now.sheet("a", "g1").versions("r1")) == 2
    assert decide(now, row("r1", "県の社協", revision="3", made_from="1"), NOW, "g1") == ()


@pytest.mark.parametrize(
    ("kept", "keep", "left"),
    [
        ("r1", "this", ["市の社協", "包括"]),
        ("r1~3", "this", ["県の社協", "包括"]),
        ("r1", "all", ["市の社協", "県の社協", "包括"]),
        ("r2", "this", ["市の社協", "県の社協", "包括"]),
    ],
)
def test_duplicates_are_settled(kept: str, keep: Literal["this", "all"], left: list[str]) -> None:
    """One of them is kept, or both as rows of their own; a row without a duplicate stays as it is."""
    settled = after(changed_twice(), [(14, "g1", ask.Settle("a", kept, keep))])
    assert texts(settled) == left
    assert len(settled.sheet("a", "g1").versions("r1")) == (
        2 if kept == "r2" else len(left) - 1 if keep == "this" else 1
    )
    assert refusal(settled, ask.Settle("a", "r9", "this"), "g1") == "no-such-row"


def test_a_row_that_was_changed_meanwhile_is_not_deleted() -> None:
    """Whoever deleted it had not read what stands there now."""
    now = changed_twice()
    assert refusal(now, ask.DeleteRow("a", "r1", "1"), "g1") == "row-changed"
    assert texts(after(now, [(14, "g1", ask.DeleteRow("a", "r1", "2"))])) == ["県の社協", "包括"]


def test_what_is_typed_in_a_row_deleted_meanwhile_is_kept() -> None:
    """It is a row again."""
    deleted = after(changed_twice(), [(14, "g1", ask.DeleteRow("a", "r2"))])
    assert texts(after(deleted, [(15, "g1", row("r2", "包括です", made_from="?"))]))[-1] == "包括です"


def test_a_full_sheet_has_room_for_duplicates() -> None:
    """What was typed into a row that was there is kept; there is an end to that too."""
    full = at_work()
    rows = tuple(Row(f"r{number}", {}, NOW, "1") for number in range(ROWS_AT_MOST))
    full = replace(full, sheets={("a", "g1"): Sheet("a", "g1", rows)})
    for number in range(ROWS_AT_MOST):
        full = after(full, [(12, "g1", row("r0", f"{number}", revision=f"{number}", made_from="0?"))])
    assert len(full.sheet("a", "g1").rows) == 2 * ROWS_AT_MOST
    assert refusal(full, row("r0", "社協", revision="more", made_from="0?"), "g1") == "too-many-rows"


# Deleted rows.


def deleted() -> Session:
    """The middle one of three rows was deleted."""
    rows = [(11, "g1", row(f"r{number}", text, revision=f"{number}")) for number, text in enumerate("一二三")]
    return after(at_work(), [*rows, (12, "g1", ask.DeleteRow("a", "r1", "1"))])


def test_the_facilitator_brings_a_deleted_row_back() -> None:
    """Where it stood; the group sees nothing of what is deleted."""
    now = deleted()
    (aside,) = facilitator_view(now, Surroundings()).aside
    assert [(each.row.fields["organisation"], each.position, each.at) for each in aside.deleted] == [("二", 1, NOW)]
    back = after(now, [(13, None, ask.BringBack("a", "g1", "r1"))])
    assert texts(back) == ["一", "二", "三"]
    assert back.kept_aside("a", "g1").deleted == ()
    assert refusal(back, ask.BringBack("a", "g1", "r1")) == "no-such-row"
    assert refusal(back, ask.BringBack("a", "g9", "r1")) == "no-such-group"
    assert refusal(back, ask.BringBack("x", "g1", "r1")) == "no-such-case"
    assert refusal(now, ask.BringBack("a", "g1", "r1"), "g1") == "not-allowed"


def test_a_row_is_brought_back_beside_the_one_of_its_name() -> None:
    """When it was written anew meanwhile: both stay, as duplicates."""
    anew = after(deleted(), [(13, "g1", row("r1", "弐", revision="4", made_from="1"))])
    assert texts(anew) == ["一", "三", "弐"]
    back = after(anew, [(14, None, ask.BringBack("a", "g1", "r1"))])
    assert texts(back) == ["一", "二", "三", "弐"]
    assert len(back.sheet("a", "g1").versions("r1")) == 2


def test_blank_rows_are_not_kept_and_of_others_the_last() -> None:
    """Nobody wants nothing back; there is an end to what is kept."""
    now = after(at_work(), [(11, "g1", row("r", " ")), (11, "g1", ask.DeleteRow("a", "r"))])
    assert now.aside == {}
    for number in range(ROWS_AT_MOST + 3):
        now = after(now, [(11, "g1", row("r", f"{number}")), (11, "g1", ask.DeleteRow("a", "r"))])
    kept = now.kept_aside("a", "g1").deleted
    assert [each.row.fields["organisation"] for each in kept] == [f"{number + 3}" for number in range(ROWS_AT_MOST)]


def test_a_row_for_which_there_is_no_room_stays_deleted() -> None:
    """It is refused, and can be brought back later."""
    rows = tuple(Row(f"n{number}", {}, NOW) for number in range(ROWS_AT_MOST))
    full = replace(deleted(), sheets={("a", "g1"): Sheet("a", "g1", rows)})
    assert refusal(full, ask.BringBack("a", "g1", "r1")) == "too-many-rows"


# Collecting.


def test_a_case_is_collected_before_it_is_closed() -> None:
    """For as long as the facilitator says all is taken; then it is closed, and the time is everybody's to see."""
    closing = after(at_work(), [(11, None, ask.CloseCase("a", ask.GRACE))])
    until = START + 11 * MINUTE + ask.GRACE
    assert facilitator_view(closing, Surroundings()).closing == {"a": until}
    seen = group_view(closing, closing.groups[0])
    assert (seen.closing, seen.writing) == ({"a": until}, ("a", "b"))
    written = after(closing, [(11, "g1", row("r", "社協")), (11, "g1", ask.Submit("a"))])
    assert texts(written) == ["社協"]
    assert decide(closing, ask.CloseCase("a", ask.GRACE), NOW) == ()
    assert overdue(closing, Millis(until - 1)) == ()
    (event,) = overdue(closing, Millis(until))
    closed = apply(closing, event)
    assert (closed.writable("a"), closed.rundown.closing) == (False, {})
    assert overdue(closed, Millis(until + 1)) == ()


def test_the_facilitator_ends_a_grace_or_takes_it_back() -> None:
    """Closing again closes at once; opening again opens; undo goes back to the open case, whether the time is over."""
    closing = after(at_work(), [(11, None, ask.CloseCase("a", ask.GRACE))])
    closed = after(closing, [(11, None, ask.CloseCase("a"))])
    assert (closed.rundown.closed, closed.rundown.closing) == (frozenset({"a"}), {})
    for before in (closing, closed):
        reopened = after(before, [(12, None, ask.ReopenCase("a"))])
        assert (reopened.rundown.closed, reopened.rundown.closing) == (frozenset(), {})
    over = apply(closing, did.GraceEnded(NOW, "a"))
    assert after(over, [(13, None, ask.Undo())]).rundown == at_work().rundown


def test_a_grace_has_an_end() -> None:
    """However long it was asked for; and after the end of the session there is none."""
    (event,) = decide(at_work(), ask.CloseCase("a", Millis(10**12)), NOW)
    assert event == did.CaseClosing(NOW, "a", Millis(NOW + ask.GRACE_AT_MOST))
    finished = after(at_work(), [(12, None, ask.Finish())])
    assert decide(finished, ask.CloseCase("a", ask.GRACE), NOW) == (did.CaseClosed(NOW, "a"),)


def late() -> Session:
    """One row was written in time; that one and another came after closing."""
    written = after(at_work(), [(11, "g1", row("r1", "社協", revision="1")), (12, None, ask.CloseCase("a"))])
    changed = row("r1", "市の社協", revision="2", made_from="1")
    return after(written, [(13, "g1", changed), (13, "g1", row("r2", "包括", revision="3"))])


def test_what_comes_after_closing_is_kept_aside() -> None:
    """The sheet stays as it was; the facilitator sees the rows, the group that there are some, others nothing."""
    now = late()
    assert texts(now) == ["社協"]
    (aside,) = facilitator_view(now, Surroundings()).aside
    assert [each.row.fields["organisation"] for each in aside.late] == ["市の社協", "包括"]
    assert [group_view(now, group).late for group in now.groups] == [{"a": 2}, {}, {}]
    assert decide(now, row("r2", "包括", revision="3"), NOW, "g1") == ()
    assert decide(now, row("r1", "社協", revision="1"), NOW, "g1") == ()
    assert refusal(now, row("r1", "社協", "", "宇宙人"), "g1") == "not-a-choice"


def test_the_newest_of_what_came_late_counts() -> None:
    """A text takes the place of the one that it was made from; one made from something else is another."""
    more = after(late(), [(14, "g1", row("r2", "地域包括", revision="4", made_from="3"))])
    kept = more.kept_aside("a", "g1").late
    assert [each.row.fields["organisation"] for each in kept] == ["市の社協", "地域包括"]
    more = after(more, [(14, "g1", row("r1", "県の社協", revision="5", made_from="1"))])
    assert len(more.kept_aside("a", "g1").late) == 3


def test_the_facilitator_takes_what_came_late() -> None:
    """Each row as if it had come in time: in place of what it was made from, beside it where that has changed."""
    more = after(late(), [(14, "g1", row("r1", "県の社協", revision="5", made_from="1"))])
    taken = after(more, [(15, None, ask.TakeLate("a", "g1"))])
    assert texts(taken) == ["市の社協", "県の社協", "包括"]
    assert taken.kept_aside("a", "g1").late == ()
    assert decide(taken, ask.TakeLate("a", "g1"), NOW) == ()
    assert not taken.writable("a")


def test_what_is_on_the_sheet_by_then_is_taken_once() -> None:
    """A late row whose text stands there already is no row more."""
    same = after(late(), [(14, None, ask.ReopenCase("b")), (14, None, ask.TakeLate("a", "g1"))])
    (event,) = (event for event in decide(late(), ask.TakeLate("a", "g1"), NOW) if isinstance(event, did.LateTaken))
    again = replace(same, aside=late().aside)
    assert decide(again, ask.TakeLate("a", "g1"), NOW) == (event,)


def test_reopening_takes_what_came_late() -> None:
    """For its case alone: the sheets take changes again, and these are some."""
    both = after(late(), [(14, None, ask.CloseCase("b")), (14, "g1", row("r9", "病院", case="b"))])
    reopened = after(both, [(15, None, ask.ReopenCase("a"))])
    assert texts(reopened) == ["市の社協", "包括"]
    assert len(reopened.kept_aside("b", "g1").late) == 1


def test_there_is_an_end_to_what_can_come_late() -> None:
    """As many rows as a sheet takes."""
    now = after(at_work(), [(12, None, ask.CloseCase("a"))])
    now = after(now, [(13, "g1", row(f"r{number}", "社協")) for number in range(ROWS_AT_MOST)])
    assert refusal(now, row("more", "社協"), "g1") == "too-many-rows"
