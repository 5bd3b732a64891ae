"""The screen on which names are settled."""

from collections.abc import Callable

import pytest

from shuro_tui.core import commands as ask
from shuro_tui.core.meaning import Meaning, Only
from shuro_tui.i18n import _
from shuro_tui.tui.app import WorkshopApp
from tests.tui.fake_link import FakeHub
from tests.tui.picture import text_of
from tests.tui.scenes import at_cases, facilitator, oddly_named, on_stage, press, settle, told


def waiting(app: WorkshopApp) -> list[str]:
    """The names in the list."""
    lines = text_of(app).splitlines()
    return [line.split("?")[1].split("×")[0].strip() for line in lines if line.lstrip(" │").startswith("? ")]


def meaning_of(place: FakeHub, name: str) -> list[tuple[Meaning, Only | None]]:
    """What was said of a name."""
    return [(each.meaning, each.only) for each in place.session.rundown.settlements if each.name == name]


async def test_the_comparison_says_how_many_names_wait() -> None:
    """And the key leads to them, and back."""
    async with on_stage(facilitator(oddly_named())) as (app, pilot):
        await press(pilot, "v")
        assert _("names to settle: {n} (N)").format(n=5) in text_of(app)
        await press(pilot, "n")
        assert waiting(app) == ["支援センター", "主治医", "ひだまりカフェ", "ひだまり喫茶", "陽だまりカフェ"]
        await press(pilot, "q")
        assert _("names to settle: {n} (N)").format(n=5) in text_of(app)


async def test_a_name_is_settled_by_number_or_enter() -> None:
    """The list goes on to the next; the reason and the candidates stood beside it."""
    place = oddly_named()
    async with on_stage(facilitator(place)) as (app, pilot):
        await press(pilot, "v", "n")
        assert "「支援センター」は複数の機関に使われる" in text_of(app)
        await press(pilot, "2")
        ((said, only),) = meaning_of(place, "支援センター")
        assert (said.organisation is not None, only) == (True, None)
        assert waiting(app)[0] == "主治医"
        await press(pilot, "enter")
        assert meaning_of(place, "主治医")
        await press(pilot, "9")
        assert told(app) == _("There is no candidate of that number; O chooses any organisation.")


async def test_any_organisation_may_be_meant() -> None:
    """Found by its reading; Esc chooses none; a name without candidates asks on Enter."""
    place = oddly_named()
    async with on_stage(facilitator(place)) as (app, pilot):
        await press(pilot, "v", "n", "down", "down", "enter", "escape")
        assert not meaning_of(place, "ひだまりカフェ")
        await press(pilot, "o", "は", "ろ", "down", "up", "enter")
        ((said, _only),) = meaning_of(place, "ひだまりカフェ")
        assert said == Meaning(place.session.workshop.catalogue.resources[0].id)
        assert "ひだまりカフェ" not in waiting(app)


async def test_names_are_merged_the_likeliest_offered_first() -> None:
    """Both stand for the same then, and wait as one."""
    place = oddly_named()
    async with on_stage(facilitator(place)) as (app, pilot):
        await press(pilot, "v", "n", "down", "down", "m", "enter")
        assert meaning_of(place, "ひだまりカフェ") == [(Meaning(into="陽だまりカフェ"), None)]
        assert waiting(app) == ["支援センター", "主治医", "陽だまりカフェ", "ひだまり喫茶"]


async def test_a_name_is_split_off_everywhere_or_in_one_row_and_taken_back() -> None:
    """Undo takes back the last step, T all that was said of the name."""
    place = oddly_named()
    async with on_stage(facilitator(place)) as (app, pilot):
        await press(pilot, "v", "n", "s")
        assert meaning_of(place, "支援センター") == [(Meaning(), None)]
        await press(pilot, "u")
        assert waiting(app)[0] == "支援センター"
        await press(pilot, "up", "r", "down", "enter")
        assert meaning_of(place, "支援センター") == [(Meaning(), Only("g2", "odd-1"))]
        await press(pilot, "t")
        assert told(app) == _("Nothing was said of this name.")
        await press(pilot, "a", "end", "up")
        assert "×1" in text_of(app)
        assert _("split off by the facilitator") in text_of(app)
        await press(pilot, "t")
        await settle(pilot)
        assert not meaning_of(place, "支援センター")


async def test_the_cursor_stays_at_its_name_while_groups_write() -> None:
    """A name that comes in above does not move it."""
    place = oddly_named()
    async with on_stage(facilitator(place)) as (app, pilot):
        await press(pilot, "v", "n", "down", "down", "down")
        assert "居場所づくり" in text_of(app)
        place.command(ask.WriteRow("case1", "new", {"organisation": "センター", "content": "", "whom": ""}), "g1")
        await settle(pilot)
        assert len(waiting(app)) == 6
        assert "居場所づくり" in text_of(app)


@pytest.mark.parametrize("build", [at_cases, oddly_named])
async def test_keys_without_a_name_do_no_harm(build: Callable[[], FakeHub]) -> None:
    """On an empty list nothing happens, and it says why it is empty."""
    place = build()
    before = place.session.rundown.settlements
    async with on_stage(facilitator(place)) as (app, pilot):
        await press(pilot, "v", "n", "c", "enter", "o", "m", "s", "r", "t", "1", "a")
        assert _("No group has typed a name yet.")[:12] in text_of(app) or build is oddly_named
        assert place.session.rundown.settlements == before
