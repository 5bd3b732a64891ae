"""What the facilitator says and shows of entries: ★, comments, hidden names, the model answer."""

from msgspec.structs import replace

from shuro_tui.core import commands as ask
from shuro_tui.core.commands import Display
from shuro_tui.i18n import _
from tests.tui.fake_link import FakeHub
from tests.tui.picture import text_of
from tests.tui.scenes import facilitator, group, hub, later, lecture, on_stage, press, projector, revealed, settle, told

MODEL = {"organisation": "年金事務所", "content": "障害年金の相談", "whom": "本人"}


def with_model(reveal: bool = True) -> FakeHub:
    """A session whose first case has a model answer; two groups wrote about the same organisation."""
    cases = lecture().cases
    place = hub(2, replace(lecture(), cases=(replace(cases[0], model=(MODEL,)), *cases[1:])))
    later(later(place, 0, ask.Start()), 20, ask.GoTo(2, 0))
    for number in (1, 2):
        fields = {"organisation": "ハローワーク", "content": f"求人の相談 {number}", "whom": ""}
        place.command(ask.WriteRow("case1", f"r{number}", fields), f"g{number}")
    return later(place, 1, ask.Reveal("case1")) if reveal else place


async def test_an_entry_is_marked_and_commented_on_for_all_to_see() -> None:
    """Chosen among those of the organisation; on the projector it has its star and its comment."""
    place = with_model()
    async with on_stage(facilitator(place)) as (app, pilot):
        await press(pilot, "v", "m", "enter")
        ((starred,),) = (place.session.rundown.remarks,)
        assert (starred.row, starred.starred) == ("r1", True)
        assert "★" in text_of(app)
        await press(pilot, "w", "enter", "な", "ぜ", "enter")
        assert "なぜ" in text_of(app)
    place.command(ask.PutUp(Display("organisation", "case1", (), place.session.workshop.catalogue.resources[0].id)))
    async with on_stage(projector(place)) as (app, pilot):
        await settle(pilot)
        assert "★" in text_of(app)
        assert "なぜ" in text_of(app)


async def test_the_matrix_has_a_star_where_a_row_is_marked() -> None:
    """Beside the number; the wall, where no cursor explains it, says what it means."""
    place = with_model()
    place.command(ask.PutUp(Display("comparison", "case1")))
    async with on_stage(projector(place)) as (app, pilot):
        assert "★" not in text_of(app)
        place.command(ask.MarkRow("case1", "g2", "r2", True))
        await settle(pilot)
        assert text_of(app).count("1★") == 1
        assert _("★ to be taken up") in text_of(app)
        place.command(ask.MarkRow("case1", "g2", "r2", False))
        await settle(pilot)
        assert "★" not in text_of(app)


async def test_the_heat_map_names_the_cell_under_the_cursor_in_full() -> None:
    """Field, group and number, wherever the cursor goes."""
    async with on_stage(facilitator(with_model())) as (app, pilot):
        await press(pilot, "v", "2")
        field = lecture().catalogue.resources[0].field
        words = _("{field}, {group}: {n} entries")
        assert words.format(field=field, group="1班", n=1) in text_of(app)
        await press(pilot, "right")
        assert words.format(field=field, group="2班", n=1) in text_of(app)


async def test_names_are_hidden_from_the_others() -> None:
    """The facilitator sees them still, and that they are hidden; neither wall nor another group does."""
    place = with_model()
    place.command(ask.PutUp(Display("comparison", "case1")))
    async with on_stage(facilitator(place)) as (app, pilot):
        await press(pilot, "v", "h")
        assert _("groups' names hidden (H)") in text_of(app)
        assert "1班" in text_of(app)
    async with on_stage(projector(place)) as (app, _pilot):
        assert "1班" not in text_of(app)
        heads = next(line.split() for line in text_of(app).splitlines() if line.startswith(" " + _("Field")))
        assert heads[2:4] == ["A", "B"]  # without what all begin with
    async with on_stage(group(place, "g1")) as (app, pilot):
        await press(pilot, "f6")
        top = next(line for line in text_of(app).splitlines() if _("Field") in line.split()[:2])
        assert "1班" in top
        assert "2班" not in top


async def test_a_model_answer_is_shown_when_it_is_revealed() -> None:
    """After the sheets, and after asking; nobody but the facilitator knows of it before."""
    place = with_model(reveal=False)
    async with on_stage(facilitator(place)) as (app, pilot):
        await press(pilot, "v", "a")
        assert told(app) == _("Reveal the sheets first (R).")
        place.command(ask.Reveal("case1"))
        await settle(pilot)
        app.clear_notifications()
        await press(pilot, "a", "y")
        assert f" {_('Model')} " in text_of(app)
        await press(pilot, "slash", "年", "金", "enter", "4")
        assert MODEL["content"] in text_of(app)
        await press(pilot, "1")
        await press(pilot, "a")
        assert told(app).endswith(_("It is revealed already."))


async def test_what_the_model_answer_alone_names_stands_on_the_projector() -> None:
    """Though the wall leaves out what nobody named."""
    place = with_model()
    place.command(ask.PutUp(Display("comparison", "case1")))
    async with on_stage(projector(place)) as (app, pilot):
        assert "年金事務所" not in text_of(app)
        place.command(ask.RevealModel("case1"))
        await settle(pilot)
        assert "年金事務所" in text_of(app)


async def test_a_case_without_a_model_answer_says_so() -> None:
    """And a view without entries says where they are."""
    async with on_stage(facilitator(revealed())) as (app, pilot):
        await press(pilot, "v", "a")
        assert told(app) == _("This case has no model answer.")
