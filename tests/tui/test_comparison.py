"""The facilitator's comparison: moving about, revealing, putting up."""

from collections.abc import Callable

import pytest
from msgspec.structs import replace

from shuro_tui.core import commands as ask
from shuro_tui.core import events as did
from shuro_tui.core.commands import Display
from shuro_tui.i18n import _
from shuro_tui.tui.app import WorkshopApp
from shuro_tui.tui.screens.compare import ComparisonScreen
from shuro_tui.tui.widgets.grid import Grid
from tests.tui.fake_link import FakeHub
from tests.tui.picture import text_of
from tests.tui.scenes import (
    at_cases,
    at_slide,
    at_work,
    facilitator,
    hub,
    link_of,
    on_stage,
    press,
    revealed,
    settle,
    told,
)

SHOWN = Display("comparison", "case1", ("g1",), "hello-work")


def row(app: WorkshopApp) -> int:
    """The line under the cursor."""
    grid = app.screen.query_one("#matrix", Grid)
    return grid.keys.index(grid.row.key) if grid.row else 0


async def test_the_cursor_moves_by_lines_and_pages() -> None:
    """Up and down by one, Page up and Page down by what fits, never beyond the ends."""
    async with on_stage(facilitator(at_work())) as (app, pilot):
        await press(pilot, "v", "up")
        assert row(app) == 0
        await press(pilot, "down", "down", "k")
        assert row(app) == 1
        await press(pilot, "pagedown")
        page = row(app) - 1
        assert page > 10
        await press(pilot, "pageup", "pageup")
        assert row(app) == 0
        await press(pilot, *["pagedown"] * 5)
        assert row(app) == len(app.screen.query_one("#matrix", Grid).keys) - 1


async def test_the_entries_are_those_under_the_cursor() -> None:
    """Below the matrix stands what each group wrote about that organisation, as it was typed."""
    async with on_stage(facilitator(at_work())) as (app, pilot):
        await press(pilot, "v")
        assert "専門窓口に同行し" in text_of(app)
        await press(pilot, "down")
        assert "職業評価で" in text_of(app)
        await press(pilot, "down", "down")
        assert _("No group named it.") in text_of(app)


@pytest.mark.parametrize(
    ("place", "title"), [(hub, "事例1"), (at_slide, "事例1"), (at_cases, "事例1"), (revealed, "事例1")]
)
async def test_it_opens_with_the_case_at_hand(place: Callable[[], FakeHub], title: str) -> None:
    """Before there is a case at work the first, afterwards the one that is put up or worked at."""
    async with on_stage(facilitator(place())) as (app, pilot):
        await press(pilot, "v")
        assert isinstance(app.screen, ComparisonScreen)
        assert title in text_of(app).splitlines()[1]
        await press(pilot, "c")
        assert "事例2" in text_of(app).splitlines()[1]
        await press(pilot, "c")
        assert "事例1" in text_of(app).splitlines()[1]


async def test_reveal_asks_first() -> None:
    """No leaves the sheets with their groups, yes reveals them, once."""
    screen = facilitator(at_work())
    async with on_stage(screen) as (app, pilot):
        await press(pilot, "v", "r", "enter")
        await press(pilot, "r", "n")
        assert link_of(screen).commands == []
        await press(pilot, "r", "y")
        assert link_of(screen).commands == [ask.Reveal("case1")]
        assert _("revealed to the groups") in text_of(app)
        await press(pilot, "r")
        assert told(app) == _("It is revealed already.")
        assert len(link_of(screen).commands) == 1


async def test_only_what_is_revealed_goes_up() -> None:
    """V tells to reveal first; then it puts the comparison up, and the slide again."""
    screen = facilitator(at_work())
    async with on_stage(screen) as (app, pilot):
        await press(pilot, "v", "v")
        assert told(app) == _("Reveal the sheets first (R).")
        await press(pilot, "r", "y", "v")
        assert link_of(screen).commands[1:] == [ask.PutUp(SHOWN)]
        assert _("on the projector") in text_of(app)
        await press(pilot, "escape", "]", "v", "v")  # turning pages makes it no other picture
        assert link_of(screen).commands[3:] == [ask.PutUp(Display())]


async def test_it_follows_the_groups() -> None:
    """What a group writes while it is open is there at once, and the cursor stays where it was."""
    place = at_cases()
    async with on_stage(facilitator(place)) as (app, pilot):
        await press(pilot, "v", "down", "down")
        fields = {"organisation": "ハローワーク", "content": "面接の練習", "whom": "本人"}
        place.command(ask.WriteRow("case1", "r1", fields), "g3")
        await settle(pilot)
        assert row(app) == 2
        await press(pilot, "up", "up")
        assert "面接の練習" in text_of(app)


@pytest.mark.parametrize("key", ["escape", "q"])
async def test_back_leads_to_the_rundown(key: str) -> None:
    """Escape and Q leave the comparison, not the program."""
    screen = facilitator(at_work())
    async with on_stage(screen) as (app, pilot):
        await press(pilot, "v", key)
        assert app.screen is screen
        assert app.return_code is None


async def test_it_is_laid_out_anew_for_another_size() -> None:
    """At every width the last column is to be seen."""
    async with on_stage(facilitator(at_work())) as (app, pilot):
        await press(pilot, "v")
        for width in (80, 200, 100):
            await pilot.resize_terminal(width, 30)
            await settle(pilot)
            assert _("Groups") in text_of(app).splitlines()[2]


async def test_names_that_begin_alike_are_told_apart() -> None:
    """Where all names would be cut to the same, what they begin with is left out."""
    place = hub()
    groups = tuple(type(group)(group.id, f"北関東ブロック{n}") for n, group in enumerate(place.session.groups, 1))
    place = FakeHub(type(place.session).new("s", place.session.workshop, groups, {}, place.clock), place.clock)
    async with on_stage(facilitator(place), 80, 24) as (app, pilot):
        await press(pilot, "v")
        head = text_of(app).splitlines()[2].split()
        assert head[2:8] == ["1", "2", "3", "4", "5", "6"]


async def test_cases_that_are_edited_meanwhile_stay_what_they_are() -> None:
    """The case that is compared is the same one wherever it stands in the workshop now."""
    place = at_work()
    async with on_stage(facilitator(place)) as (app, pilot):
        await press(pilot, "v", "c")
        shown = place.session.workshop.cases[1].title
        assert shown in text_of(app)
        turned = replace(place.session.workshop, cases=place.session.workshop.cases[::-1])
        place.happened(did.WorkshopChanged(place.clock, turned))
        await settle(pilot)
        assert shown in text_of(app)
        await press(pilot, "c")
        assert place.session.workshop.cases[1].title in text_of(app)
