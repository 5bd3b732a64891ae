"""The list of all slides: how a long title stands in it, and what is said when nothing is found."""

import pytest
from msgspec.structs import replace
from textual.widgets import OptionList

from shuro_tui.core import commands as ask
from shuro_tui.i18n import _
from tests.tui.fake_link import FakeHub
from tests.tui.picture import text_of
from tests.tui.scenes import facilitator, hub, later, lecture, link_of, on_stage, press, settle

LONG = "一つの機関だけでは支援が途切れやすく、一度の会議では決まりそうにない題"


def at_a_long_title() -> FakeHub:
    """The first slide, which may be left out, has a title that is wider than the list."""
    opening, *rest = lecture().segments
    slides = (replace(opening.slides[0], title=LONG, optional=True), *opening.slides[1:])
    workshop = replace(lecture(), segments=(replace(opening, slides=slides), *rest))
    return later(hub(workshop=workshop), 0, ask.Start())


@pytest.mark.parametrize(
    ("width", "lines"),
    [
        (80, ["一つの機関だけでは支援が途切れやすく、一度の会議では", "決まりそうにない題  省ける"]),
        (60, ["一つの機関だけでは支援が", "途切れやすく、一度の会議では", "決まりそうにない題  省ける"]),
    ],
)
async def test_a_long_title_is_broken_between_phrases(width: int, lines: list[str]) -> None:
    """What does not fit goes on below its beginning, also when the terminal is made narrower meanwhile."""
    async with on_stage(facilitator(at_a_long_title()), 120, 24) as (app, pilot):
        await press(pilot, "g")
        await pilot.resize_terminal(width, 24)
        await settle(pilot)
        listed = app.screen.query_one(OptionList)
        shown = [listed.render_line(y).text.rstrip() for y in range(len(lines) + 1)]
        assert shown[:-1] == [">   1  1-1   " + lines[0], *(" " * 13 + line for line in lines[1:])]
        assert shown[-1].startswith("    2  1-2")


async def test_a_search_without_a_hit_says_so() -> None:
    """Instead of an empty list; Enter goes nowhere, and the list comes back with the letters taken away."""
    screen = facilitator(hub())
    told = _("No slide has this number, or this in its title.")
    async with on_stage(screen, 80, 24) as (app, pilot):
        await press(pilot, "g", "q", "q", "down", "enter")
        assert told in text_of(app)
        await press(pilot, "backspace", "backspace")
        assert told not in text_of(app)
        assert link_of(screen).commands == []
