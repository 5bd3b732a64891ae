"""The projector: it shows what is put up, and nothing of a group before it is revealed."""

import pytest
from msgspec.structs import replace

from shuro_tui.core import commands as ask
from shuro_tui.core.commands import Display, Refused
from shuro_tui.core.model import Millis
from shuro_tui.i18n import _
from tests.tui.picture import text_of
from tests.tui.scenes import (
    CASE,
    at_cases,
    at_slide,
    at_work,
    closes,
    hub,
    later,
    link_of,
    on_stage,
    press,
    projector,
    settle,
)

UNSEEN = "まだ誰にも見せない"


async def test_nothing_is_shown_before_it_is_revealed() -> None:
    """Whatever is put up, no word of a sheet is on the wall until the facilitator reveals it."""
    place = at_cases()
    place.command(ask.WriteRow("case1", "r1", {"organisation": UNSEEN, "content": UNSEEN}), "g1")
    async with on_stage(projector(place)) as (app, pilot):
        for display in (Display("join"), CASE, Display("case", "case2"), Display()):
            place.command(ask.PutUp(display))
            await settle(pilot)
            assert UNSEEN not in text_of(app)
        with pytest.raises(Refused):
            place.command(ask.PutUp(Display("comparison", "case1")))
        place.command(ask.Reveal("case1"))
        await settle(pilot)
        assert UNSEEN not in text_of(app)
        place.command(ask.PutUp(Display("comparison", "case1")))
        await settle(pilot)
        assert UNSEEN in text_of(app)


async def test_it_follows_the_facilitator() -> None:
    """From how to join to the slide, the next slide, the case, and back to the slide with the next step."""
    place = hub()
    async with on_stage(projector(place)) as (app, pilot):
        assert "1234-5678" in text_of(app)
        assert "192.0.2.10:8470" in text_of(app)
        place.command(ask.Start())
        await settle(pilot)
        assert "1234-5678" not in text_of(app)
        assert place.session.workshop.segments[0].slides[0].title in text_of(app)
        place.command(ask.GoTo(0, 1))
        await settle(pilot)
        assert place.session.workshop.segments[0].slides[1].title in text_of(app)
        later(place, 1, ask.PutUp(CASE))
        await settle(pilot)
        assert "48歳" in text_of(app)
        place.command(ask.GoTo(0, 2))
        await settle(pilot)
        assert "48歳" not in text_of(app)


async def test_the_slide_before_the_start_is_how_to_join() -> None:
    """There is no slide yet: the way in stays on the wall."""
    place = later(hub(), 0, ask.PutUp(Display("slide")))
    async with on_stage(projector(place)) as (app, _pilot):
        assert "1234-5678" in text_of(app)


async def test_who_is_here_is_told() -> None:
    """Below the way in stand the groups that came, or that none is here."""
    place = hub()
    place.around = replace(place.around, terminals={"g2": 1}, room=replace(place.around.room, addresses=()))
    async with on_stage(projector(place)) as (app, pilot):
        assert _("Groups here: {names}").format(names="2班") in text_of(app)
        place.around = replace(place.around, terminals={})
        place.command(ask.PutUp(Display("slide")))
        await settle(pilot)
        assert _("No group is here yet.") in text_of(app)


async def test_what_comes_with_a_turned_page_is_shown() -> None:
    """A page is turned while somebody comes in: one change tells the wall of both."""
    place = hub()
    place.around = replace(place.around, terminals={"g2": 1})
    async with on_stage(projector(place)) as (app, pilot):
        place.around = replace(place.around, terminals={"g2": 1, "g3": 1})
        place.command(ask.PutUp(Display("join", turned=1)))
        await settle(pilot)
        assert _("Groups here: {names}").format(names="2班、3班") in text_of(app)


async def test_every_address_is_shown() -> None:
    """A machine in two networks shows both ways in."""
    place = hub()
    place.around = replace(
        place.around, room=replace(place.around.room, addresses=("192.0.2.10:8470", "198.51.100.7:8470"))
    )
    async with on_stage(projector(place), 60, 40) as (app, _pilot):
        assert "198.51.100.7:8470" in text_of(app)


async def test_the_countdown_is_large_and_goes_into_overtime() -> None:
    """Beside the case the figures change every second, and a word says when time is over."""
    place = later(at_work(), 0, ask.PutUp(CASE))
    screen = projector(place)
    async with on_stage(screen) as (app, pilot):
        before = text_of(app)
        place.clock = Millis(place.clock + 1_000)
        screen.tick()
        await settle(pilot)
        assert text_of(app) != before
        place.clock = Millis(place.clock + 20 * 60_000)
        screen.tick()
        await settle(pilot)
        over = _("over {time}").format(time="").strip()
        assert text_of(app).count(over) == 2


async def test_a_wall_that_is_too_small_can_be_scrolled() -> None:
    """Page down and up move the case, a slide and a comparison on."""
    place = later(at_work(), 0, ask.PutUp(CASE))
    async with on_stage(projector(place), 80, 24) as (app, pilot):
        assert "工賃だけでは" not in text_of(app)
        await press(pilot, "pagedown", "pagedown")
        assert "工賃だけでは" in text_of(app)
        await press(pilot, "pageup", "pageup")
        assert "48歳" in text_of(app)
        later(place, 0, ask.Reveal("case1"), ask.PutUp(Display("comparison", "case1")))
        await settle(pilot)
        await press(pilot, "down", "up")
        place.command(ask.PutUp(Display("join")))
        await settle(pilot)
        await press(pilot, "space", "up")
        assert "1234-5678" in text_of(app)


async def test_it_says_when_it_stands_still() -> None:
    """Without a word from the hub the wall says so."""
    screen = projector(at_slide())
    async with on_stage(screen) as (app, pilot):
        link_of(screen).status = replace(link_of(screen).status, silent=Millis(5_000))
        screen.tick()
        await settle(pilot)
        assert _("no update for {n} s").format(n=5) in text_of(app)
        link_of(screen).status = replace(link_of(screen).status, ended="ended")
        screen.tick()
        await settle(pilot)
        assert "ended" in text_of(app).splitlines()[0]


async def test_quit() -> None:
    """Q closes the projector's window."""
    async with on_stage(projector(at_slide())) as (app, pilot):
        await pilot.press("q")
        await closes(app)


async def test_a_blackout_shows_nothing_at_all() -> None:
    """Dark until something else is put up or the slide is turned."""
    place = later(at_slide(), 0, ask.PutUp(Display("black")))
    async with on_stage(projector(place)) as (app, pilot):
        assert text_of(app).strip() == ""
        place.command(ask.GoTo(1, 2))
        await settle(pilot)
        assert "公共職業安定所" in text_of(app)


@pytest.mark.parametrize(("width", "height", "display"), [(120, 36, Display("black")), (36, 10, CASE)])
async def test_no_news_is_shown_in_the_dark(width: int, height: int, display: Display) -> None:
    """A message, a step and a signal wait while the wall is dark, and where it is too small for anything."""
    place = later(at_work(), 0, ask.PutUp(display), ask.Announce("休憩は10分です"))
    shown = projector(place)
    async with on_stage(shown, width, height) as (app, pilot):
        place.clock = Millis(place.clock + 20 * 60_000)
        shown.tick()
        await settle(pilot)
        assert "休憩は10分です" not in text_of(app)
        assert not shown.query_one("#news").display
        place.command(ask.PutUp(Display("slide")))
        await pilot.resize_terminal(120, 36)
        await settle(pilot)
        assert "休憩は10分です" in text_of(app)


async def test_the_time_left_can_be_hidden() -> None:
    """No figure of the countdown is on the wall, in the top line, large beside the case, or as a signal."""
    place = later(at_work(), 5)
    for display in (Display(), CASE):
        place.command(ask.PutUp(display))
        shown = projector(place)
        async with on_stage(shown) as (app, pilot):
            top = text_of(app).splitlines()[0]
            assert _("left") in top
            place.command(ask.HideTime(hidden=True))
            await settle(pilot)
            assert _("left") not in text_of(app).splitlines()[0]
            assert not shown.query_one("#news").display
            assert not any(time.display for time in shown.query("#case-time"))
            place.command(ask.HideTime(hidden=False))
            await settle(pilot)
            assert text_of(app).splitlines()[0] == top


async def test_how_far_the_slides_are_stands_on_top() -> None:
    """Slide and number of slides, while a slide is shown."""
    async with on_stage(projector(at_slide())) as (app, _pilot):
        assert "2/18" in text_of(app).splitlines()[0]


async def test_a_terminal_that_is_too_small_says_so() -> None:
    """What it has and what it needs; a larger one shows the slide again."""
    async with on_stage(projector(at_slide()), 36, 10) as (app, pilot):
        assert "36×10" in text_of(app)
        assert "五つの分野" not in text_of(app)
        await pilot.resize_terminal(80, 24)
        await settle(pilot)
        assert "五つの分野" in text_of(app)
