"""The ecomap on the screens: whose it is, what goes up on the wall, and the group's own way to it."""

import pytest
from textual.widgets import ContentSwitcher

from shuro_tui.core import commands as ask
from shuro_tui.core.commands import Display
from shuro_tui.i18n import _
from shuro_tui.tui.app import WorkshopApp
from shuro_tui.tui.dialogs import Choose
from shuro_tui.tui.widgets.ecomap_view import EcomapView
from tests.tui.picture import text_of
from tests.tui.scenes import (
    at_cases,
    at_work,
    facilitator,
    group,
    link_of,
    mapped,
    on_stage,
    press,
    projector,
    revealed,
    settle,
    told,
)


def chosen(app: WorkshopApp) -> tuple[str, ...]:
    """Whose ecomap is shown."""
    return app.screen.query_one(EcomapView).chosen


def scrolled(app: WorkshopApp) -> int:
    """Lines that the picture is scrolled by."""
    return round(app.screen.query_one("#ecomap-picture").scroll_y)


async def test_it_takes_the_place_of_the_comparison_and_gives_it_back() -> None:
    """E leads there and back; the legend stands below it."""
    async with on_stage(facilitator(at_work())) as (app, pilot):
        await press(pilot, "v", "6")
        assert "本人" in text_of(app)
        assert _("weak or planned") in text_of(app)
        await press(pilot, "1")
        assert _("Field") in text_of(app)
        assert _("weak or planned") not in text_of(app)


async def test_left_and_right_turn_from_all_to_each_group() -> None:
    """And round; the title says whose it is."""
    async with on_stage(facilitator(at_work())) as (app, pilot):
        await press(pilot, "v", "right")
        assert chosen(app) == ()
        await press(pilot, "6", "right")
        assert chosen(app) == ("g1",)
        assert _("Ecomap: {case}, {whose}").format(case="事例1 Aさん", whose="1班") in text_of(app)
        await press(pilot, "left", "left")
        assert chosen(app) == ("g6",)
        await press(pilot, "right")
        assert chosen(app) == ()


async def test_another_group_is_laid_over_the_one_that_is_shown() -> None:
    """O asks which; the legend tells the two apart."""
    async with on_stage(facilitator(at_work())) as (app, pilot):
        await press(pilot, "v", "6", "right", "right", "o")
        assert isinstance(app.screen, Choose)
        assert "2班" not in [str(option.prompt) for option in app.screen.query_one("OptionList").options]  # type: ignore[attr-defined]
        await press(pilot, "escape")
        assert chosen(app) == ("g2",)
        await press(pilot, "o", "down", "enter")
        assert chosen(app) == ("g2", "g3")
        assert "A 2班   B 3班" in text_of(app)
        await press(pilot, "right")
        assert chosen(app) == ("g3",)


async def test_over_all_groups_none_is_laid() -> None:
    """O says what comes first, beside the comparison and with all groups together."""
    async with on_stage(facilitator(at_work())) as (app, pilot):
        await press(pilot, "v", "o", "6", "o")
        words = _("First the ecomap (6) of one group (Right).").replace(" ", "")  # a line may end at one
        assert told(app).replace(" ", "") == "\n".join([words] * 2)


async def test_it_follows_the_groups() -> None:
    """What a group writes while it is open is drawn at once."""
    place = at_cases()
    async with on_stage(facilitator(place)) as (app, pilot):
        await press(pilot, "v", "6", "right", "right", "right")
        assert "公共職業安定所" not in text_of(app)
        place.command(ask.WriteRow("case1", "r1", {"organisation": "ハローワーク", "whom": "本人"}), "g3")
        await settle(pilot)
        assert "公共職業安定所" in text_of(app)
        assert chosen(app) == ("g3",)


async def test_where_it_does_not_fit_it_scrolls() -> None:
    """By lines and pages; all of it can be seen, also on a terminal that is too narrow."""
    async with on_stage(facilitator(at_work()), 80, 16) as (app, pilot):
        await press(pilot, "v", "6", "down")
        assert scrolled(app) == 1
        await press(pilot, "up", "pagedown")
        assert scrolled(app) > 1
        await press(pilot, "pagedown", "pagedown")
        assert scrolled(app) == app.screen.query_one("#ecomap-picture").max_scroll_y
        await press(pilot, "pageup", "pageup", "pageup")
        assert scrolled(app) == 0
        await pilot.resize_terminal(50, 16)
        await settle(pilot)
        assert app.screen.query_one("#ecomap-picture").max_scroll_x > 0


async def test_what_is_shown_goes_up_and_comes_down() -> None:
    """V puts up the ecomap of whoever it is, once it is revealed; again, the slide."""
    screen = facilitator(at_work())
    async with on_stage(screen) as (app, pilot):
        await press(pilot, "v", "6", "right", "v")
        assert told(app) == _("Reveal the sheets first (R).")
        await press(pilot, "r", "y", "v")
        assert link_of(screen).commands[1:] == [ask.PutUp(Display("ecomap", "case1", ("g1",)))]
        assert _("on the projector") in text_of(app)
        await press(pilot, "right")
        assert _("on the projector") not in text_of(app)
        await press(pilot, "left", "v")
        assert link_of(screen).commands[2:] == [ask.PutUp(Display())]


@pytest.mark.parametrize("groups", [(), ("g2",), ("g2", "g3")])
async def test_the_wall_shows_whose_is_put_up(groups: tuple[str, ...]) -> None:
    """Of all, of one, of two; and the comparison after it."""
    place = mapped(*groups)
    async with on_stage(projector(place), 80, 12) as (app, pilot):
        assert chosen(app) == groups
        await press(pilot, "down")
        assert scrolled(app) > 0
        place.command(ask.PutUp(Display("comparison", "case1")))
        await settle(pilot)
        assert app.screen.query_one("#wall", ContentSwitcher).current == "compared"


async def test_the_rundown_says_what_is_on_the_wall() -> None:
    """By the case's title."""
    async with on_stage(facilitator(mapped())) as (app, _pilot):
        assert _("ecomap of {case}").format(case="事例1 Aさん") in text_of(app)


async def test_a_group_comes_to_it_by_the_same_keys() -> None:
    """F6: the sheets of all, 6 as an ecomap, F6 the own again; left, right and O choose whose."""
    async with on_stage(group(revealed())) as (app, pilot):
        await press(pilot, "o", "f6", "right", "o")
        assert chosen(app) == ()
        await press(pilot, "6", "o", "right")
        assert chosen(app) == ("g1",)
        await press(pilot, "o", "enter")
        assert chosen(app) == ("g1", "g2")
        await press(pilot, "down", "pagedown", "pageup", "left")
        assert chosen(app) == ()
        assert "本人" in text_of(app)
        await press(pilot, "f6")
        assert app.screen.query_one("#group", ContentSwitcher).current == "own"
        await press(pilot, "f6")
        assert _("Field") in text_of(app)
