"""A group's view with what the hub was not told yet."""

from typing import Literal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shuro_tui.core import commands as ask
from shuro_tui.core.commands import Command, GroupCommand
from shuro_tui.core.session import Session
from shuro_tui.core.sheet import clean
from shuro_tui.core.unsent import with_unsent
from shuro_tui.core.viewing import group_view
from shuro_tui.core.views import GroupView
from tests import workshops
from tests.workshops import at_work, session, sessions_of, write


def view(now: Session) -> GroupView:
    """The view of the first group."""
    return group_view(now, now.groups[0])


def test_what_is_unsent_is_laid_over_the_own_sheet() -> None:
    """Rows written, moved and deleted, handing in and taking back."""
    own = view(write(at_work(), "g1", ("一",), ("二",), ("三",)))
    done = with_unsent(
        own,
        [
            workshops.row("r9", "四"),
            ask.MoveRow("a", "r2", 0),
            ask.DeleteRow("a", "r0"),
            ask.Submit("a"),
            ask.Submit("b"),
        ],
    )
    assert [row.id for row in done.sheets[0].rows] == ["r2", "r1", "r9"]
    assert [sheet.submitted_at for sheet in done.sheets] == [0, 0]
    assert with_unsent(done, [ask.TakeBack("b")]).sheets[1].submitted_at is None


@pytest.mark.parametrize(("keep", "left"), [("this", ["r0~theirs"]), ("all", ["r0", "r0~theirs"])])
def test_a_row_that_was_changed_elsewhere_is_foreseen_twice(keep: Literal["this", "all"], left: list[str]) -> None:
    """As the hub will keep it; and so is what comes of settling it, before the hub has heard a word."""
    own = view(write(at_work(), "g1", ("一",)))
    conflict = workshops.row("r0", "壱", revision="theirs", made_from="another")
    twice = with_unsent(own, [conflict])
    assert [(row.id, row.duplicate_of) for row in twice.sheets[0].rows] == [("r0", ""), ("r0~theirs", "r0")]
    settled = with_unsent(own, [conflict, ask.Settle("a", "r0~theirs", keep)]).sheets[0]
    assert [row.id for row in settled.rows] == left
    assert len(settled.versions("r0~theirs")) == 1


def test_what_is_for_a_case_that_is_not_open_is_not_foreseen() -> None:
    """There is no sheet to show it on."""
    closed = view(session())
    assert with_unsent(closed, [workshops.row("r", "社協")]) == closed


@given(st.lists(workshops.group_steps, max_size=12), st.integers(0, 12))
def test_what_is_unsent_is_foreseen_as_the_hub_will_take_it(steps: list[tuple[str | None, Command]], sent: int) -> None:
    """The first commands are taken, the rest laid over: the sheets read as they will when all are taken."""
    own = [(group, command) for group, command in steps if group == "g1" and isinstance(command, GroupCommand)]
    taken = [at_work(2), *sessions_of(at_work(2), own[:sent])][-1]
    both = [taken, *sessions_of(taken, own[sent:])][-1]
    foreseen = with_unsent(view(taken), [command for _group, command in own[sent:]])

    def read(seen: GroupView) -> list[object]:
        written = [
            [(row.id, {**row.fields, "content": clean(row.fields["content"])}) for row in sheet.rows]
            for sheet in seen.sheets
        ]
        return [written, [sheet.submitted_at is None for sheet in seen.sheets]]

    assert read(foreseen) == read(view(both))
