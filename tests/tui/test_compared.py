"""The six views of a comparison: their keys, what they narrow down to, what goes up, and what nobody else is sent."""

import msgspec
import pytest
from textual.widgets import Input

from shuro_tui.core import commands as ask
from shuro_tui.core.commands import OF_SHEETS, Display, Refused, Shown
from shuro_tui.core.group import Group
from shuro_tui.core.session import Session
from shuro_tui.core.viewing import group_view, screen_view
from shuro_tui.core.views import Surroundings
from shuro_tui.i18n import _
from shuro_tui.tui.app import WorkshopApp
from shuro_tui.tui.screens.facilitator import FacilitatorScreen
from shuro_tui.tui.widgets.compared import Compared
from shuro_tui.tui.widgets.compared_words import VIEWS
from shuro_tui.tui.widgets.grid import Grid, heads, shades, widths
from shuro_tui.tui.widgets.laid_out import LaidOut
from tests.tui.fake_link import FakeHub
from tests.tui.picture import text_of
from tests.tui.scenes import (
    START,
    at_cases,
    crowd,
    facilitator,
    group,
    lecture,
    link_of,
    on_stage,
    press,
    projector,
    settle,
    shown_of,
)

UNSEEN = "秘密の喫茶店"


def compared(app: WorkshopApp) -> Compared:
    """The views."""
    return app.screen.query_one(Compared)


def matrix(app: WorkshopApp) -> Grid:
    """The matrix."""
    return app.screen.query_one("#matrix", Grid)


@pytest.mark.parametrize(("key", "shown"), list(zip("123456", VIEWS, strict=True)))
async def test_a_number_leads_to_each_view(key: str, shown: str) -> None:
    """And Tab to each after the other, round."""
    async with on_stage(facilitator(crowd(6))) as (app, pilot):
        await press(pilot, "v", key)
        assert compared(app).shown == shown
        await press(pilot, *["tab"] * 6)
        assert compared(app).shown == shown


async def test_the_cursor_stays_in_all_views_about_the_same_things() -> None:
    """What the matrix points at is what the other views are about, and left and right lead on from there."""
    async with on_stage(facilitator(crowd(6))) as (app, pilot):
        await press(pilot, "v", "down", "right", "right", "enter")
        assert "地域障害者職業センター" in text_of(app).splitlines()[2]
        await press(pilot, "right")
        assert "障害者就業・生活支援センター" in text_of(app).splitlines()[2]
        await press(pilot, "5")
        assert text_of(app).splitlines()[2].strip() == "3班"
        await press(pilot, "left")
        assert text_of(app).splitlines()[2].strip() == "2班"
        await press(pilot, "1")
        assert matrix(app).group == Group("g2", "2班")
        assert matrix(app).row is not None
        assert matrix(app).row.key == "nakapotsu"  # type: ignore[union-attr]


async def test_fifty_groups_go_by_and_the_names_stay() -> None:
    """Head line and organisations stand still while groups and lines move; the ends are ends."""
    async with on_stage(facilitator(crowd(50)), 80, 24) as (app, pilot):
        await press(pilot, "v", *["right"] * 60)
        shown = text_of(app).splitlines()
        assert "50班" in shown[2]
        assert "/50" in shown[2]
        assert "公共職業安定所" in shown[3]
        await press(pilot, *["pagedown"] * 6)
        shown = text_of(app).splitlines()
        assert _("Organisation") in shown[2]
        assert matrix(app).row == matrix(app)._rows[-1]
        await press(pilot, *["left"] * 60, *["pageup"] * 6)
        assert matrix(app)._at == (0, 0)


async def test_findings_go_by_one_by_one() -> None:
    """Right puts the next on top, left the one before; lines and pages are scrolled."""
    async with on_stage(facilitator(crowd(6)), 80, 24) as (app, pilot):
        await press(pilot, "v", "3", "right", "right")
        findings = app.screen.query_one("#findings", LaidOut)
        assert findings.first == 2
        await press(pilot, "left", "down", "pagedown")
        assert findings.scroll_offset.y > 3
        await press(pilot, "pageup", "pageup")
        assert findings.scroll_offset.y == 0


async def test_what_is_looked_for_is_found_as_it_is_typed() -> None:
    """Enter keeps it, Esc shows everything again, and only then leads back."""
    screen = facilitator(crowd(6))
    async with on_stage(screen) as (app, pilot):
        await press(pilot, "v")
        every = len(matrix(app).keys)
        await press(pilot, "slash", "訪", "看")
        assert [row.key for row in matrix(app)._rows] == ["homon-kango"]
        await press(pilot, "enter")
        assert not app.screen.query_one(Input).display
        assert "訪看" in text_of(app).splitlines()[1]
        await press(pilot, "escape")
        assert len(matrix(app).keys) == every
        await press(pilot, "escape")
        assert app.screen is screen


async def test_only_a_field_and_only_a_group() -> None:
    """F and G ask which; the line above says so; Esc takes both back."""
    async with on_stage(facilitator(crowd(6))) as (app, pilot):
        await press(pilot, "v", "f", "down", "down", "enter")
        assert {row.lead for row in matrix(app)._rows} == {"地域"}
        await press(pilot, "g", "down", "enter")
        assert all(row.counts.get("g1") for row in matrix(app)._rows)
        assert "地域 · 1班" in text_of(app).splitlines()[1]
        await press(pilot, "3")
        assert "1. " in text_of(app)
        await press(pilot, "1", "g", "escape", "f", "enter", "g", "enter")
        assert len(matrix(app).keys) > 30


async def test_the_most_named_first_then_by_name() -> None:
    """S goes through the orders and comes back to the catalogue's."""
    async with on_stage(facilitator(crowd(6))) as (app, pilot):
        await press(pilot, "v")
        before = matrix(app).keys
        await press(pilot, "s")
        totals = [row.total for row in matrix(app)._rows]
        assert totals == sorted(totals, reverse=True)
        assert _("most named first") in text_of(app)
        await press(pilot, "s")
        assert _("by name") in text_of(app)
        await press(pilot, "s")
        assert matrix(app).keys == before


@pytest.mark.parametrize("key", ["1", "2", "3", "4", "5", "6"])
async def test_any_view_goes_up_and_comes_down_with_one_key(key: str) -> None:
    """V shows it on the wall as it stands here, V again the slide; elsewhere in the view, the line above says so."""
    place = crowd(6)
    screen: FacilitatorScreen = facilitator(place)
    async with on_stage(screen, 80, 24) as (app, pilot):
        await press(pilot, "v", key, "right", "v")
        assert place.session.rundown.display == compared(app).display_of("case1")
        assert _("on the projector") in text_of(app)
        await press(pilot, "right")
        assert _("on the projector") not in text_of(app) or _("elsewhere on the projector") in text_of(app)
        await press(pilot, "left", "v")
        assert link_of(screen).commands[-1] == ask.PutUp(Display())


@pytest.mark.parametrize("shown", sorted(OF_SHEETS))
async def test_the_wall_shows_what_is_put_up(shown: Shown) -> None:
    """Each view where the facilitator put it up; then another one."""
    place = shown_of(12, shown, "g9", line="nakapotsu", first=2)
    async with on_stage(projector(place), 80, 24) as (app, pilot):
        assert compared(app).shown == shown
        place.command(ask.PutUp(Display("group", "case1", ("g3",))))
        await settle(pilot)
        assert "3班" in text_of(app)
        await press(pilot, "down", "up")


async def test_a_group_sees_what_is_put_up() -> None:
    """F6 opens it where it stands on the wall, follows it, and lets the group look elsewhere."""
    place = shown_of(6, "organisation", line="nakapotsu")
    async with on_stage(group(place)) as (app, pilot):
        await press(pilot, "f6")
        assert compared(app).shown == "organisation"
        assert "障害者就業・生活支援センター" in text_of(app)
        place.command(ask.PutUp(Display("heat", "case1", ("g1",))))
        await settle(pilot)
        assert compared(app).shown == "heat"
        await press(pilot, "5")
        assert "事例2 Bさん" not in text_of(app)


@pytest.mark.parametrize("shown", sorted(OF_SHEETS))
def test_nothing_of_an_unrevealed_case_is_sent(shown: Shown) -> None:
    """Whatever view of the revealed case is up, neither the wall nor another group gets a word of the other case."""
    place = at_cases()
    place.command(ask.WriteRow("case2", "r1", {"organisation": UNSEEN, "content": UNSEEN}), "g1")
    place.command(ask.WriteRow("case1", "r2", {"organisation": "社協", "content": "見える"}), "g1")
    place.command(ask.Reveal("case1"))
    with pytest.raises(Refused):
        place.command(ask.PutUp(Display(shown, "case2", ("g1",))))
    place.command(ask.PutUp(Display(shown, "case1", ("g1",))))
    wall = msgspec.json.encode(screen_view(place.session, Surroundings())).decode()
    theirs = msgspec.json.encode(group_view(place.session, place.session.groups[1])).decode()
    assert "見える" in wall
    assert UNSEEN not in wall + theirs


async def test_without_groups_the_views_say_what_to_do() -> None:
    """None is empty without a word."""
    place = FakeHub(Session.new("s", lecture(), (), {}, START), START)
    async with on_stage(facilitator(place), 80, 24) as (app, pilot):
        await press(pilot, "v", "2")
        for key in "35":
            await press(pilot, key)
            assert _("No group takes part yet. J in the rundown shows how to join.")[:10] in text_of(app)


@pytest.mark.parametrize("width", [40, 80, 120, 200])
@pytest.mark.parametrize("groups", [1, 3, 6, 12, 50])
def test_the_columns_of_a_matrix_fit(groups: int, width: int) -> None:
    """The name can be read, and at least one group stands beside it."""
    names = heads([Group(f"g{number}", f"{number}班") for number in range(groups)])
    wide = widths(width, names, 6, leads=True, longest=40)
    assert wide.shown >= 1
    assert wide.name >= 16 or width < 60
    assert wide.lead + wide.name + 1 + wide.shown * (wide.group + 1) + wide.total <= max(width, 40)


@pytest.mark.parametrize(
    ("colour", "below", "least"),
    [("#4ba3f5", "#121212", 4.5), ("#004a94", "#fafafa", 4.5), ("#66c2ff", "#000000", 7)],
)
def test_numbers_stand_out_on_every_shade(colour: str, below: str, least: float) -> None:
    """By WCAG 2.2, in each theme."""

    def luminance(triplet: tuple[int, int, int]) -> float:
        parts = [part / 255 for part in triplet]
        linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    for style in shades(colour, below):
        assert style.color
        assert style.bgcolor
        pair = sorted(luminance(each.get_truecolor()) for each in (style.color, style.bgcolor))
        assert (pair[1] + 0.05) / (pair[0] + 0.05) >= least


def test_heads_that_would_be_cut_to_the_same_are_told_apart() -> None:
    """Without what they begin with alike, beside others that begin otherwise; whole where that would mix them up."""

    def named(*names: str) -> list[str]:
        return heads([Group(name, name) for name in names])

    assert named("グループA", "グループB", "1班") == ["A", "B", "1班"]
    assert named("ひまわり", "すみれ") == ["ひまわり", "すみれ"]
    mixed = ("東の地区 1班", "東の地区 2班", "西の地区 1班", "西の地区 2班")
    assert named(*mixed) == list(mixed)
