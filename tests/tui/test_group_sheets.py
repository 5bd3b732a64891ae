"""What the facilitator sees of the groups' sheets: how far they are, a sheet to read, what is kept beside it."""

from collections.abc import Callable

import pytest
from msgspec.structs import replace

from shuro_tui.core import commands as ask
from shuro_tui.core.group import Group
from shuro_tui.core.model import Millis
from shuro_tui.core.progress import Progress
from shuro_tui.i18n import _
from shuro_tui.tui.widgets.groups_pane import group_words
from tests.tui.picture import text_of
from tests.tui.scenes import (
    START,
    at_work,
    beside_the_sheet,
    facilitator,
    hub,
    later,
    lecture,
    on_stage,
    press,
    settle,
    told,
    wait_until,
)


async def test_a_groups_sheet_is_read_at_any_time() -> None:
    """Y shows the sheet of a group as it stands, with duplicates, deleted and late rows; keys go on to the others."""
    place = beside_the_sheet()
    async with on_stage(facilitator(place)) as (app, pilot):
        await press(pilot, "y")
        assert "3班" in text_of(app)
        for words in ("市の社協", "県の社協", "年金事務所", _("duplicate"), "削除", "遅れて到着"):
            assert words in text_of(app)
        await press(pilot, "enter")
        assert told(app) == _("Choose a deleted row first.")
        fields = {"organisation": "あとから来た行", "content": "", "whom": ""}
        place.command(ask.ReopenCase("case1"))
        place.command(ask.WriteRow("case1", "new", fields), "g3")
        await settle(pilot)
        assert "あとから来た行" in text_of(app)
        await press(pilot, "a")
        assert told(app).endswith(_("Nothing came late for this sheet."))
        await press(pilot, "n", "b", "b", "c", "c", "left")
        assert "1班" in text_of(app)
        await press(pilot, "q")
        assert app.screen.query("#groups")


async def test_a_workshop_without_cases_has_no_sheets() -> None:
    """The key says so."""
    segments = tuple(replace(each, cases=()) for each in lecture().segments)
    place = hub(workshop=replace(lecture(), cases=(), segments=segments))
    async with on_stage(facilitator(place)) as (app, pilot):
        await press(pilot, "y")
        assert told(app) == _("This workshop has no case.")


async def test_what_came_late_is_told() -> None:
    """Once, and the groups' pane says whose it is."""
    place = later(at_work(), 1, ask.CloseCase("case1"))
    async with on_stage(facilitator(place)) as (app, pilot):
        place.command(ask.WriteRow("case1", "late", {"organisation": "社協"}), "g4")
        await settle(pilot)
        assert told(app) == _("Rows came after closing; they are kept. Y shows them.")
        app.clear_notifications()  # they stand in front of it
        await wait_until(pilot, lambda: _("late {n}").format(n=1) in text_of(app))


async def test_a_grace_is_counted_down() -> None:
    """In the groups' pane, and in the list in which it can be ended."""
    place = later(at_work(), 0, ask.CloseCase("case1", ask.GRACE))
    place.clock = Millis(place.clock + 5_000)
    async with on_stage(facilitator(place)) as (app, pilot):
        title = lecture().cases[0].title
        assert _("collecting {case}: {time} left (S: close now)").format(case=title, time="0:25") in text_of(app)
        await press(pilot, "s")
        assert _("collecting, {time} left: close it now").format(time="0:25") in text_of(app)


STATES: list[tuple[Progress, Callable[[], str]]] = [
    (Progress(Group("g", "班"), 0, {}, (), None), lambda: _("not here yet")),
    (Progress(Group("g", "班"), 0, {"a": 0}, (), START), lambda: _("not here yet")),
    (
        Progress(Group("g", "班"), 0, {"a": 2, "b": 1}, ("a",), START),
        lambda: _("offline, {rows} rows saved").format(rows="2+1"),
    ),
    (Progress(Group("g", "班"), 1, {}, (), None), lambda: _("connected")),
    (Progress(Group("g", "班"), 1, {"a": 2}, (), Millis(START - 19_999)), lambda: _("writing")),
    (Progress(Group("g", "班"), 1, {"a": 2}, (), Millis(START - 20_000)), lambda: _("{n} s ago").format(n=20)),
    (Progress(Group("g", "班"), 1, {"a": 2}, (), Millis(START - 60_000)), lambda: _("{n} min ago").format(n=1)),
    (Progress(Group("g", "班"), 1, {"a": 2}, ("b",), START), lambda: _("submitted {cases}").format(cases=2)),
]


@pytest.mark.parametrize(("progress", "words"), STATES)
def test_each_state_of_a_group_has_its_words(progress: Progress, words: Callable[[], str]) -> None:
    """From not connected to submitted, offline with what is saved; and what came late."""
    said, _style = group_words(progress, ("a", "b"), START)
    assert said.endswith(f" {words()}")
    assert group_words(progress, ("a", "b"), START, late=2)[0] == said + " " + _("late {n}").format(n=2)
