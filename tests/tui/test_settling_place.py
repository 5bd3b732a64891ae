"""The list of names stands where it stood, and what became of a name is told."""

from textual.pilot import Pilot
from textual.widgets import OptionList

from shuro_tui.core import commands as ask
from shuro_tui.i18n import _
from shuro_tui.tui.app import WorkshopApp
from tests.tui.fake_link import FakeHub
from tests.tui.picture import text_of
from tests.tui.scenes import facilitator, oddly_named, on_stage, press, settle, told


def write(place: FakeHub, group: str, row: str, name: str) -> None:
    """A group writes a row."""
    place.command(ask.WriteRow("case1", row, {"organisation": name, "content": f"<{row}>", "whom": ""}), group)


def many() -> FakeHub:
    """More names that wait than a screen has lines."""
    place = oddly_named()
    for number in range(60):
        write(place, "g4", f"many-{number}", f"店{chr(0x4E00 + 37 * number)}")
    return place


def cursor(app: WorkshopApp) -> tuple[str, int]:
    """The name under the cursor, and on which line of the list that is."""
    listed = app.screen.query_one(OptionList)
    assert listed.highlighted is not None
    return str(listed.get_option_at_index(listed.highlighted).prompt), listed.highlighted - listed.scroll_offset.y


async def in_the_middle(pilot: Pilot[str]) -> None:
    """Of the list, and of the screen."""
    await press(pilot, "v", "n")
    await pilot.press("pagedown", "pagedown", *["up"] * 40, *["down"] * 5)
    await settle(pilot)
    assert pilot.app.screen.query_one(OptionList).scroll_offset.y > 0


async def test_the_cursor_keeps_its_line_while_groups_write() -> None:
    """Names that come in above push the list, not the cursor."""
    place = many()
    async with on_stage(facilitator(place)) as (app, pilot):
        await in_the_middle(pilot)
        before = cursor(app)
        write(place, "g1", "new", "センター")
        await settle(pilot)
        assert cursor(app) == before


async def test_the_cursor_keeps_its_line_when_its_name_is_settled() -> None:
    """The next name comes up under it; undo brings the name back without a jump."""
    async with on_stage(facilitator(many())) as (app, pilot):
        await in_the_middle(pilot)
        name, line = cursor(app)
        await press(pilot, "s")
        after = cursor(app)
        assert (after[0] != name, after[1]) == (True, line)
        await press(pilot, "u")
        assert cursor(app) == after


async def test_a_name_takes_one_line_however_long() -> None:
    """All of it stands beside the list."""
    place = oddly_named()
    write(place, "g4", "long", "長い" * 60)
    async with on_stage(facilitator(place), 80, 24) as (app, pilot):
        await press(pilot, "v", "n", "end")
        listed = app.screen.query_one(OptionList)
        assert listed.virtual_size.height == listed.option_count
        assert "×1" in cursor(app)[0]
        assert text_of(app).count("長い") > 40


async def test_who_typed_a_name_is_seen_on_a_small_terminal() -> None:
    """Before what the candidates do, which is read on with Space and back with B, also while groups write."""
    place = oddly_named()
    async with on_stage(facilitator(place), 80, 24) as (app, pilot):
        await press(pilot, "v", "n")
        top = text_of(app)
        assert "生活の相談" in top
        assert "見学" in top
        await press(pilot, "space")
        further = text_of(app)
        assert further != top
        write(place, "g1", "new", "支援センター、ハローワーク")
        place.command(ask.DeleteRow("case1", "new"), "g1")
        await settle(pilot)
        assert text_of(app) == further
        await press(pilot, "b")
        assert text_of(app) == top


async def test_what_became_of_a_name_is_told() -> None:
    """Where its rows are counted now and how many those are, and what undo took back; before that, the marks."""
    async with on_stage(facilitator(oddly_named())) as (app, pilot):
        await press(pilot, "v", "n")
        assert _("1-9: that candidate   Space: read on   ?: waits   =: you said it") in text_of(app)
        await press(pilot, "2")
        counted = _("'{name}' ×{n} → {other}, together ×{total}")
        assert counted.format(name="支援センター", n=2, other="地域包括支援センター", total=4) in text_of(app)
        await press(pilot, "u")
        assert _("'{name}' ×{n} waits again").format(name="支援センター", n=2) in text_of(app)
        await press(pilot, "up", "s")
        assert _("'{name}' ×{n}: a name of its own").format(name="支援センター", n=2) in text_of(app)


async def test_nothing_is_told_while_groups_write() -> None:
    """What a group types is in the list, and the case beside it is another list."""
    place = oddly_named()
    async with on_stage(facilitator(place)) as (app, pilot):
        await press(pilot, "v", "n")
        write(place, "g1", "new", "センター")
        await press(pilot, "c", "c")
        assert _("1-9: that candidate   Space: read on   ?: waits   =: you said it") in text_of(app)


async def test_undo_leaves_the_time_alone() -> None:
    """Where nothing was said of names last, it says so, and the session stands where it stood."""
    place = oddly_named()
    place.command(ask.GoTo(3, 0))
    async with on_stage(facilitator(place)) as (app, pilot):
        await press(pilot, "v", "n", "u")
        assert place.session.timeline.segment == 3
        words = _("The last step was not about names; U on the first screen takes it back.")
        assert told(app).replace(" ", "") == words.replace(" ", "")
