"""What a room has to know just now: steps, signals, messages; on the projector and at the groups' terminals."""

from collections.abc import Callable

import pytest
from textual.widgets import TextArea

from shuro_tui.core import commands as ask
from shuro_tui.core.model import Millis
from shuro_tui.i18n import _
from shuro_tui.tui.role import RoleScreen
from tests.tui.fake_link import FakeHub
from tests.tui.picture import text_of
from tests.tui.scenes import CASES, at_cases, group, hub, later, on_stage, press, projector, settle, wait_until

ROOM: list[Callable[[FakeHub], RoleScreen]] = [group, projector]


def begun() -> FakeHub:
    """The first segment, which takes ten minutes, from its first moment."""
    return later(hub(), 0, ask.Start())


@pytest.mark.parametrize("screen", ROOM)
@pytest.mark.parametrize(
    ("minutes", "words"),
    [
        (4.9, ""),
        (5.1, "Less than 5 minutes left."),
        (9.1, "Less than a minute left."),
        (10.1, "Time is up."),
        (12.1, "{n} minutes over time."),
    ],
)
async def test_a_room_is_told_in_words(screen: Callable[[FakeHub], RoleScreen], minutes: float, words: str) -> None:
    """Each signal is a sentence, and before the first there is no line for it."""
    role = screen(later(begun(), minutes))
    async with on_stage(role) as (app, _pilot):
        told = _(words).format(n=2) if words else ""
        assert told in text_of(app)
        assert role.query_one("#news").display is bool(words)


async def test_a_writing_group_is_told_to_finish_its_row() -> None:
    """In the last minute of the case work the sentence says what to do."""
    place = later(at_cases(), 18.8)
    async with on_stage(group(place)) as (app, _pilot):
        assert _("Less than a minute left: finish your row.") in text_of(app)


async def test_a_pause_and_the_end_are_no_signals() -> None:
    """While the clock stands nothing is told to be over."""
    place = later(later(begun(), 9.5, ask.Pause()), 30)
    screen = group(place)
    async with on_stage(screen) as (_app, _pilot):
        assert not screen.query_one("#news").display


async def test_the_step_and_the_next_are_told() -> None:
    """What is done now, for how long, and what comes then; by how much a step is over is the facilitator's matter."""
    place = later(at_cases(), 0.5)
    steps = place.session.workshop.segments[CASES].steps
    screen = projector(place)
    async with on_stage(screen) as (app, pilot):
        shown = text_of(app).splitlines()[1]
        assert f"1/6 {steps[0].title}" in shown
        assert "1:00" in shown
        assert _("then: {step}").format(step=steps[1].title) in shown
        place.clock = Millis(place.clock + 90_000)
        screen.tick()
        await settle(pilot)
        assert _("over {time}").format(time="").strip() not in text_of(app).splitlines()[1]


async def test_a_message_reaches_whom_it_is_for() -> None:
    """One to a group is on its terminal, and on no other screen."""
    place = later(at_cases(), 1, ask.Announce("全員へ"), ask.Announce("三班だけへ", "g3"))
    for screen, own in ((group(place, "g3"), True), (group(place, "g2"), False), (projector(place), False)):
        async with on_stage(screen) as (app, _pilot):
            assert "全員へ" in text_of(app)
            assert ("三班だけへ" in text_of(app)) is own


async def test_a_long_message_is_never_cut() -> None:
    """It takes as many lines as it needs."""
    words = "家族" * 59 + "終"
    place = later(at_cases(), 1, ask.Announce(words))
    async with on_stage(group(place), 80, 24) as (app, _pilot):
        shown = "".join(line.strip() for line in text_of(app).splitlines()[:8])
        assert words in shown.replace(" ", "")


async def test_the_caret_stays_with_what_is_typed() -> None:
    """What comes above the sheet moves the caret's place on the terminal along, and no key is lost."""
    place = at_cases()
    screen = group(place)
    async with on_stage(screen, 80, 24) as (app, pilot):
        await press(pilot, "な")
        cell = screen.focused
        assert isinstance(cell, TextArea)
        before = app.cursor_position
        place.command(ask.Announce("あと少しです"))
        await wait_until(pilot, lambda: "あと少しです" in text_of(app))
        assert app.cursor_position == cell.cursor_screen_offset
        assert app.cursor_position.y == before.y + 1
        place.clock = Millis(place.clock + 16 * 60_000)
        screen.tick()
        await settle(pilot)
        await press(pilot, "か")
        assert screen.focused is cell
        assert cell.text == "なか"
        assert app.cursor_position == cell.cursor_screen_offset
