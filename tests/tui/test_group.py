"""A group's screen: what it follows, what it looks at, what it is told."""

import asyncio
from collections.abc import Callable

import pytest
from msgspec.structs import replace
from textual.geometry import Offset
from textual.widgets import OptionList, TextArea

from shuro_tui.core import commands as ask
from shuro_tui.core import events as did
from shuro_tui.core.blocks import Heading, Span
from shuro_tui.core.commands import Command, Display
from shuro_tui.core.model import Column, Millis, Slide
from shuro_tui.core.views import Typing
from shuro_tui.i18n import _
from shuro_tui.tui.refusals import why_not
from shuro_tui.tui.screens.group import GroupScreen
from shuro_tui.tui.widgets.cells import TextCell
from shuro_tui.tui.widgets.page import more_below
from shuro_tui.tui.widgets.sheet_row import AFTER, SheetRow
from tests.tui.fake_link import FakeHub
from tests.tui.picture import text_of
from tests.tui.scenes import (
    CASES,
    at_cases,
    at_slide,
    at_work,
    closes,
    group,
    hub,
    later,
    lecture,
    link_of,
    on_stage,
    press,
    refused,
    revealed,
    settle,
    told,
    wait_until,
)


async def test_it_follows_the_facilitator_to_the_sheet_and_back() -> None:
    """A segment with cases opens the sheet, ready to write; the segment after it shows its slide."""
    place = at_slide()
    screen = group(place)
    async with on_stage(screen) as (app, pilot):
        assert screen.editor is None
        place.command(ask.GoTo(CASES, 0))
        await settle(pilot)
        assert isinstance(screen.focused, TextCell)
        assert "事例1" in text_of(app)
        place.command(ask.GoTo(3, 0))
        await settle(pilot)
        assert screen.editor is None
        assert lecture().segments[3].slides[0].title in text_of(app)
        place.command(ask.GoTo(CASES, 1))
        await settle(pilot)
        assert screen.editor is not None


async def test_a_slide_of_the_same_segment_disturbs_nobody() -> None:
    """While the groups write, the facilitator's slides go on without taking the sheet away."""
    place = at_cases()
    screen = group(place)
    async with on_stage(screen) as (_app, pilot):
        writing = screen.focused
        place.command(ask.GoTo(CASES, 2))
        await settle(pilot)
        assert screen.focused is writing


async def test_a_case_that_is_put_up_is_the_case_to_write() -> None:
    """When the facilitator shows the second case, every group's sheet is that of the second case."""
    place = at_cases()
    screen = group(place)
    async with on_stage(screen) as (app, pilot):
        place.command(ask.PutUp(Display("case", "case2")))
        await settle(pilot)
        assert screen.editor is not None
        assert screen.editor.case.id == "case2"
        assert "20歳" in text_of(app)


async def test_before_the_start_there_is_something_to_do() -> None:
    """A group that waits is told that it can look things up, and can."""
    screen = group(hub())
    async with on_stage(screen) as (app, pilot):
        assert _("It starts soon. Until then: F2 looks organisations up.") in text_of(app)
        await press(pilot, "enter", "down", "f7", "f8", "f9", "pagedown")
        await press(pilot, "f3")
        assert told(app).endswith(_("There is no sheet to write yet."))
        await press(pilot, "f4")
        assert told(app).endswith(_("There is no other case yet."))
        await press(pilot, "f5")
        assert told(app).endswith(_("There is no sheet to submit here."))
        await press(pilot, "f6")
        assert told(app).endswith(_("The sheets have not been revealed yet."))
        await press(pilot, "f2")
        assert lecture().catalogue.resources[0].name in text_of(app)
        assert link_of(screen).commands == []


async def test_resources_are_searched_and_left() -> None:
    """F2 opens the list with the caret in the search, the arrows move in it, F2 goes back to the sheet."""
    screen = group(at_work())
    async with on_stage(screen) as (app, pilot):
        await press(pilot, "f2", "down")
        names = screen.query_one("#names", OptionList)
        assert names.highlighted == 1
        await press(pilot, "up", *"なかぽ")
        assert names.option_count == 1
        assert "なかぽつ" in text_of(app)
        await press(pilot, *"xxxx")
        assert _("Nothing found. Try the reading, or a part of the name.").split("。")[0] in text_of(app)
        await press(pilot, "f2")
        assert "48歳" in text_of(app)
        assert isinstance(screen.focused, TextCell)
        assert link_of(screen).commands == []


async def test_slide_and_sheet_by_turns() -> None:
    """F3 shows the slide that is on, and the sheet again."""
    screen = group(at_cases())
    async with on_stage(screen) as (app, pilot):
        title = lecture().segments[CASES].slides[1].title
        assert title not in text_of(app)
        await press(pilot, "f3")
        assert title in text_of(app)
        assert screen.editor is None
        await press(pilot, "f3")
        assert isinstance(screen.focused, TextCell)


async def test_the_next_case_and_back() -> None:
    """F4 goes through the cases that are open; each keeps its own sheet."""
    place = at_work()
    screen = group(place, "g1")
    async with on_stage(screen) as (app, pilot):
        assert screen.editor is not None
        assert len(screen.editor.sheet.rows) == 5
        await press(pilot, "f4")
        assert screen.editor.case.id == "case2"
        assert len(screen.editor.sheet.rows) == 2
        assert "20歳" in text_of(app)
        await press(pilot, "f4")
        assert screen.editor.case.id == "case1"


async def test_a_long_case_is_read_to_its_end() -> None:
    """On a small terminal Page down and up move the case while the caret stays in the sheet."""
    screen = group(at_cases())
    async with on_stage(screen, 80, 24) as (app, pilot):
        writing = screen.focused
        await press(pilot, "pagedown", "pagedown", "pagedown")
        assert "工賃だけでは" in text_of(app)
        assert screen.focused is writing
        await press(pilot, "pageup", "pageup", "pageup")
        assert "48歳" in text_of(app)


async def test_all_groups_once_they_are_revealed() -> None:
    """F6 says that nothing is revealed; then a notice comes, F6 shows what others wrote, and goes back."""
    place = at_work()
    screen = group(place)
    async with on_stage(screen) as (app, pilot):
        await press(pilot, "f6")
        assert told(app) == _("The sheets have not been revealed yet.")
        assert "専門窓口に同行し" not in text_of(app)
        place.command(ask.Reveal("case1"))
        await settle(pilot)
        assert told(app).endswith(_("The sheets of all groups are revealed. F6 shows them."))
        await press(pilot, "f6")
        assert "専門窓口に同行し" in text_of(app)
        await press(pilot, "down")
        assert "職業評価で" in text_of(app)
        await press(pilot, "pagedown", "pageup", "enter", "f6")
        assert "48歳" in text_of(app)


async def test_what_is_compared_follows_what_is_written() -> None:
    """A group that looks at all sheets sees a new row of another group at once."""
    place = later(at_cases(), 0, ask.Reveal("case1"))
    async with on_stage(group(place)) as (app, pilot):
        await press(pilot, "f6")
        place.command(ask.WriteRow("case1", "new", {"organisation": "ハローワーク", "content": "面接の練習"}), "g5")
        await settle(pilot)
        assert "面接の練習" in text_of(app)


async def test_submitting_and_taking_it_back() -> None:
    """F5 says that the sheet is done and how to go on; F5 again takes it back."""
    screen = group(at_work())
    async with on_stage(screen) as (app, pilot):
        await press(pilot, "f5")
        assert link_of(screen).commands == [ask.Submit("case1")]
        assert told(app) == _("Submitted. F5 again to go on writing.")
        assert _("submitted; F5 to go on writing") in text_of(app)
        await press(pilot, "x")
        await press(pilot, "f5", "あ")
        assert link_of(screen).commands[1] == ask.TakeBack("case1")
        assert any(isinstance(command, ask.WriteRow) for command in link_of(screen).commands[2:])


async def test_a_closed_case_takes_nothing() -> None:
    """When the facilitator has closed the case, typing and submitting do nothing, and the screen says why."""
    place = at_work()
    screen = group(place)
    async with on_stage(screen) as (app, pilot):
        place.command(ask.CloseCase("case1"))
        await settle(pilot)
        assert _("closed") in text_of(app)
        await press(pilot, "あ", "enter", "down", "f7", "f9", "f5")
        assert link_of(screen).commands == []
        assert told(app) == _("The sheets of this case are closed.")
        place.command(ask.ReopenCase("case1"))
        await settle(pilot)
        await press(pilot, "enter", "あ")
        assert link_of(screen).commands


async def test_collecting_is_told_and_counted_down() -> None:
    """The group sees that and until when its sheet is collected, and writes on."""
    place = at_work()
    screen = group(place)
    async with on_stage(screen) as (app, pilot):
        place.command(ask.CloseCase("case1", ask.GRACE))
        place.clock = Millis(place.clock + 5_000)
        screen.tick()
        await settle(pilot)
        assert told(app) == _("The sheets are being collected: finish your row. F5 submits.").replace(" ", "")
        assert _("sheets close in {time}").format(time="0:25") in text_of(app)
        await press(pilot, "あ", "enter")
        assert organisations(place)[-1] == "あ"


async def test_what_is_typed_when_the_sheet_is_closed_comes_late(monkeypatch: pytest.MonkeyPatch) -> None:
    """It is put away, and the group reads that the facilitator has it."""
    monkeypatch.setattr("shuro_tui.tui.widgets.sheet_row.AFTER", 60)
    place = at_work()
    screen = group(place)
    async with on_stage(screen) as (app, pilot):
        await press(pilot, "社", "協")
        place.command(ask.CloseCase("case1"))
        await settle(pilot)
        (late,) = place.session.kept_aside("case1", "g3").late
        assert late.row.fields["organisation"] == "社協"
        assert _("closed; the facilitator has {n} late rows").format(n=1) in text_of(app)


async def test_a_change_that_was_not_taken_is_told_once() -> None:
    """The reason of a refusal is told when it comes, not with every second."""
    screen = group(at_work())
    async with on_stage(screen) as (app, pilot):
        refused(screen, "too-long")
        for _turn in range(3):
            screen.tick()
            await settle(pilot)
        assert told(app) == why_not("too-long")


STATES: list[tuple[dict[str, object], Callable[[], str]]] = [
    ({"unsent": 1}, lambda: _("saving {n}").format(n=1)),
    ({"unsent": 3, "connected": False}, lambda: _("{n} kept here, not sent yet").format(n=3)),
    ({"saved_at": Millis(0)}, lambda: _("saved {time}").format(time="09:00:00")),
    ({"trouble": "disk full"}, lambda: _("cannot write here: {why}").format(why="disk full")),
    ({"ended": "bye"}, lambda: "bye"),
]


@pytest.mark.parametrize(("state", "words"), STATES)
async def test_the_top_line_says_whether_it_is_safe(state: dict[str, object], words: Callable[[], str]) -> None:
    """Being saved, kept here, saved, not writable, ended: the line on top says which."""
    screen = group(at_work())
    link_of(screen).status = replace(link_of(screen).status, **state)
    async with on_stage(screen) as (app, _pilot):
        assert words() in text_of(app).splitlines()[0]


def caret(screen: GroupScreen) -> Offset:
    """Where the caret is on the screen, as the widget that has it knows."""
    cell = screen.focused
    assert isinstance(cell, TextCell)
    return cell.cursor_screen_offset


async def test_the_input_method_stays_at_the_caret() -> None:
    """Rows that come and go above move nothing: an input method stays where it has opened, to the letter."""
    place = at_cases()
    screen = group(place)
    async with on_stage(screen) as (app, pilot):
        await press(pilot, *"なか")
        before = caret(screen)
        assert app.cursor_position == before
        for number in range(3):
            row = ask.WriteRow("case1", f"r{number}", {"organisation": "ハローワーク"}, position=0)
            place.command(row, "g3")
            await settle(pilot)
            assert caret(screen) == before
            assert app.cursor_position == caret(screen)
        line = text_of(app).splitlines()[app.cursor_position.y]
        assert "なか" in line


async def test_nothing_elsewhere_moves_the_row_that_is_typed_in() -> None:
    """Rows above come, grow, move and go: the caret stays on its line; with the next cell all go to their places."""
    place = at_work()
    screen = group(place)
    async with on_stage(screen) as (app, pilot):
        editor = screen.editor
        assert editor is not None
        await press(pilot, "up", "up", "い")
        before = caret(screen)
        fields = {"organisation": "地域若者サポートステーション", "content": "相談に同行する" * 9, "whom": ""}
        changes: list[Command] = [ask.WriteRow("case1", f"above-{number}", fields, 0) for number in range(8)]
        changes += [ask.MoveRow("case1", "above-3", 0), ask.MoveRow("case1", "g3-case1-3", 0)]
        changes += [ask.DeleteRow("case1", f"above-{number}") for number in range(7)]
        changes += [ask.DeleteRow("case1", row) for row in ("above-7", "g3-case1-0", "g3-case1-1")]
        for change in changes:
            place.command(change, "g3")
            await settle(pilot)
            assert caret(screen) == app.cursor_position == before, change
        await press(pilot, "enter")
        assert editor.rows[0].virtual_region.y == 0


async def test_rows_above_are_told_and_come_with_the_next_cell() -> None:
    """Where there was no room above the row with the caret."""
    place = at_cases()
    async with on_stage(group(place)) as (app, pilot):
        await press(pilot, "あ")
        elsewhere(place, "r1", "社協")
        await settle(pilot)
        assert _("rows above: {n}").format(n=1) in text_of(app)
        assert "社協" not in text_of(app)
        await press(pilot, "enter")
        assert "社協" in text_of(app)
        assert _("rows above: {n}").format(n=1) not in text_of(app)


async def test_a_row_that_is_typed_in_elsewhere_shows_so() -> None:
    """By its number, and no line moves; the own keys are told to the others."""
    place = at_work()
    screen = group(place)
    async with on_stage(screen) as (app, pilot):
        editor = screen.editor
        assert editor is not None
        heights = [row.size.height for row in editor.rows]
        place.around = replace(place.around, typing={"g3": (Typing(9, "case1", editor.rows[1].row_id),)})
        place.happened()
        await settle(pilot)
        assert _("being typed at another terminal: row {rows}").format(rows=2) in text_of(app)
        assert [row.size.height for row in editor.rows] == heights
        typed = editor.row
        assert typed is not None
        await press(pilot, "は")
        assert link_of(screen).typed == [("case1", typed.row_id)]


async def test_what_is_being_typed_survives_what_comes_in() -> None:
    """Focus, caret and text stay while another terminal of the group writes above and below."""
    place = at_cases()
    screen = group(place)
    async with on_stage(screen) as (_app, pilot):
        await press(pilot, *"なぽつ", "left", "left")
        cell = screen.focused
        for number, position in ((0, 0), (1, 99), (2, 1)):
            place.command(ask.WriteRow("case1", f"r{number}", {"organisation": "包括"}, position=position), "g3")
            await settle(pilot)
        await press(pilot, "か")
        assert screen.focused is cell
        assert isinstance(cell, TextCell)
        assert cell.text == "なかぽつ"


async def test_another_terminals_words_appear() -> None:
    """What a second terminal of the group writes is there, in the row where it was written."""
    place = at_work()
    screen = group(place)
    async with on_stage(screen) as (app, pilot):
        fields = {"organisation": "ハローワーク", "content": "求人を一緒に見る", "whom": "本人"}
        place.command(ask.WriteRow("case1", "g3-case1-0", fields), "g3")
        await settle(pilot)
        assert "求人を一緒に見る" in text_of(app)
        assert "模擬面接" not in text_of(app)
        place.command(ask.DeleteRow("case1", "g3-case1-0"), "g3")
        place.command(ask.MoveRow("case1", "g3-case1-3", 0), "g3")
        await settle(pilot)
        assert "求人を一緒に見る" not in text_of(app)
        assert screen.editor is not None
        assert [row.row_id for row in screen.editor.rows][:3] == ["g3-case1-3", "g3-case1-1", "g3-case1-2"]
        assert link_of(screen).commands == []


def elsewhere(place: FakeHub, row_id: str, organisation: str, made_from: str = "", revision: str = "theirs") -> None:
    """Another terminal of the group writes a row."""
    fields = {"organisation": organisation, "content": "", "whom": ""}
    place.command(ask.WriteRow("case1", row_id, fields, 0, revision, made_from), "g3")


def organisations(place: FakeHub) -> list[str]:
    """The first column of the group's sheet at the hub."""
    return [row.fields["organisation"] for row in place.session.sheet("case1", "g3").rows]


async def test_a_row_changed_on_two_terminals(monkeypatch: pytest.MonkeyPatch) -> None:
    """Both texts stay; the caret stays with what is typed here, and both rows say that they are duplicates."""
    monkeypatch.setattr("shuro_tui.tui.widgets.sheet_row.AFTER", 60)
    place = at_cases()
    elsewhere(place, "r1", "社協", revision="1")
    screen = group(place)
    async with on_stage(screen) as (app, pilot):
        await press(pilot, "up", "end", "は")
        elsewhere(place, "r1", "市の社協", made_from="1")
        await settle(pilot)
        assert "社協は" in text_of(app)
        await press(pilot, "こ", "enter")
        assert organisations(place) == ["市の社協", "社協はこ"]
        await press(pilot, "あ", "enter")  # the row goes on where its text stands
        assert text_of(app).count(_("duplicate · F12: choose")) == 2
        assert [tuple(row.fields.values()) for row in place.session.sheet("case1", "g3").rows] == [
            ("市の社協", "", ""),
            ("社協はこ", "あ", ""),
        ]


@pytest.mark.parametrize(("keys", "left"), [(("enter",), ["社協は"]), (("down", "enter"), ["市の社協", "社協は"])])
async def test_duplicates_are_settled_with_a_key(
    keys: tuple[str, ...], left: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """F12 keeps the row with the caret, or both; where there is no duplicate it says so."""
    monkeypatch.setattr("shuro_tui.tui.widgets.sheet_row.AFTER", 60)
    place = at_cases()
    elsewhere(place, "r1", "社協", revision="1")
    screen = group(place)
    async with on_stage(screen) as (app, pilot):
        await press(pilot, "up", "f12")
        assert told(app) == _("Put the caret into a row that is marked as a duplicate first.")
        await press(pilot, "end", "は")
        elsewhere(place, "r1", "市の社協", made_from="1")
        await press(pilot, "enter", "f12", "escape", "f12", *keys)
        assert organisations(place) == left
        assert _("duplicate · F12: choose") not in text_of(app)


async def test_a_row_deleted_elsewhere_while_it_is_typed_in(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is being typed is written anew; focus and caret stay."""
    monkeypatch.setattr("shuro_tui.tui.widgets.sheet_row.AFTER", 60)
    place = at_cases()
    elsewhere(place, "r1", "社協", revision="1")
    screen = group(place)
    async with on_stage(screen) as (_app, pilot):
        await press(pilot, "up", "end", "は")
        cell = screen.focused
        place.command(ask.DeleteRow("case1", "r1", "1"), "g3")
        await settle(pilot)
        await press(pilot, "い", "enter")
        assert organisations(place) == ["社協はい"]
        assert isinstance(cell, TextCell)
        assert cell.is_attached


async def test_typing_without_a_pause_is_put_away_all_the_while() -> None:
    """However fast the keys come, each is on its way to the disk before three tenths of a second are over."""
    assert AFTER < 0.3
    screen = group(at_cases())
    async with on_stage(screen) as (_app, _pilot), asyncio.timeout(5):
        cell = screen.focused
        assert isinstance(cell, TextCell)
        while not written(screen):
            cell.insert("あ")
            await asyncio.sleep(AFTER / 10)


async def test_a_row_that_goes_is_told_no_less() -> None:
    """What the hub has to say while the screen is taken down ends in no traceback."""
    screen = group(at_cases())
    async with on_stage(screen) as (_app, _pilot):
        row = next(iter(screen.query(SheetRow)))
        await row.remove_children()
        row.tell(7, "重複", True)
    assert row.row_id


@pytest.mark.parametrize("key", ["f10", "ctrl+q"])
async def test_leaving_keeps_the_last_letters(key: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """What was typed a moment before leaving is put away first."""
    monkeypatch.setattr("shuro_tui.tui.widgets.sheet_row.AFTER", 60)
    screen = group(at_cases())
    async with on_stage(screen) as (app, pilot):
        await press(pilot, *"包括")
        assert link_of(screen).commands == []
        await pilot.press(key)
        await closes(app)
        assert [command.fields["organisation"] for command in written(screen)] == ["包括"]


def written(screen: GroupScreen) -> list[ask.WriteRow]:
    """The rows that this terminal wrote."""
    return [command for command in link_of(screen).commands if isinstance(command, ask.WriteRow)]


async def test_a_sheet_that_is_left_keeps_the_last_letters(monkeypatch: pytest.MonkeyPatch) -> None:
    """Turning to the slide, to another case or to all groups puts away what was just typed."""
    monkeypatch.setattr("shuro_tui.tui.widgets.sheet_row.AFTER", 60)
    place: FakeHub = revealed()
    place.command(ask.GoTo(CASES, 0))
    screen = group(place)
    async with on_stage(screen) as (_app, pilot):
        for number, key in enumerate(("f3", "f4", "f6", "f2"), 1):
            await press(pilot, "包", key)
            assert len(written(screen)) == number, key
            await press(pilot, key)


async def test_a_group_may_look_at_slides_from_before() -> None:
    """Left goes back among what was shown, Esc comes to the facilitator's slide; what is still to come is not there."""
    place = later(later(later(hub(), 0, ask.Start()), 1, ask.GoTo(0, 2)), 1, ask.GoTo(1, 0))
    titles = [lecture().segments[segment].slides[slide].title for segment, slide in ((0, 0), (0, 2), (1, 0))]
    async with on_stage(group(place)) as (app, pilot):
        await press(pilot, "left")
        assert titles[1] in text_of(app)
        assert _("Slide {place}, from before · Esc: the facilitator's slide").format(place="1-3") in text_of(app)
        await press(pilot, "left", "left")
        assert titles[0] in text_of(app)
        place.command(ask.GoTo(1, 1))
        await settle(pilot)
        assert titles[0] in text_of(app)
        await press(pilot, "right", "right", "right")
        assert lecture().segments[1].slides[1].title in text_of(app)
        await press(pilot, "left", "escape")
        assert lecture().segments[1].slides[1].title in text_of(app)


async def test_whoever_looks_at_a_slide_keeps_it_while_the_workshop_is_edited() -> None:
    """A slide that is put in above moves it to another number; when it is gone, the facilitator's is shown."""
    place = later(later(later(hub(), 0, ask.Start()), 1, ask.GoTo(0, 1)), 1, ask.GoTo(0, 2))
    first = lecture().segments[0]
    title = first.slides[1].title
    async with on_stage(group(place)) as (app, pilot):
        await press(pilot, "left")
        assert title in text_of(app)
        new = Slide("新しい", (Heading(1, (Span("新しい"),)),))
        for slides, seen in (((new, *first.slides), title), ((new, *first.slides[2:]), first.slides[2].title)):
            segments = (replace(first, slides=slides), *lecture().segments[1:])
            place.happened(did.WorkshopChanged(place.clock, replace(lecture(), segments=segments)))
            await settle(pilot)
            assert seen in text_of(app)
        assert _("from before") not in text_of(app)


async def test_a_slide_is_turned_while_the_workshop_is_edited() -> None:
    """The key may come when the new slides are here and not shown yet; it goes on from the slide that is looked at."""
    place = later(later(later(hub(), 0, ask.Start()), 1, ask.GoTo(0, 1)), 1, ask.GoTo(0, 2))
    first = lecture().segments[0]
    screen = group(place)
    async with on_stage(screen) as (app, pilot):
        await press(pilot, "left")
        corrected = replace(first.slides[1], blocks=first.slides[1].blocks[:1])
        segments = (replace(first, slides=(first.slides[0], corrected, first.slides[2])), *lecture().segments[1:])
        with app._context():
            place.happened(did.WorkshopChanged(place.clock, replace(lecture(), segments=segments)))
            screen.take(link_of(screen).view())
            await screen.action_earlier_slide()
        await settle(pilot)
        assert first.slides[0].title in text_of(app)


async def test_where_there_is_no_slide_older_ones_can_be_looked_at() -> None:
    """Instead of a slide there is the title of the segment, and what was shown before it is a key away."""
    first, *others = lecture().segments
    segments = (first, replace(others[0], slides=()), *others[1:])
    place = hub(workshop=replace(lecture(), segments=segments))
    place = later(later(place, 0, ask.Start()), 1, ask.GoTo(1))
    async with on_stage(group(place)) as (app, pilot):
        assert others[0].title in text_of(app)
        assert _("It starts soon. Until then: F2 looks organisations up.") not in text_of(app)
        await press(pilot, "left")
        assert first.slides[0].title in text_of(app)


async def test_the_mark_is_that_of_what_is_read() -> None:
    """A long case has more below, the slide beside it has not, however often one changes over."""
    async with on_stage(group(at_work()), 80, 24) as (app, pilot):
        for more in (True, False, True, False):
            assert (more_below("pagedown") in text_of(app)) is more
            await press(pilot, "f3")


async def test_the_key_bar_names_what_there_is_to_do() -> None:
    """Beside a slide the slides, beside a sheet its keys, and others' sheets once they are revealed."""
    place = at_slide()
    async with on_stage(group(place), 120, 36) as (app, pilot):
        bar = text_of(app).split("\n")[-2]
        assert _("Slide before") in bar
        for label in (_("Next cell"), _("Slide/sheet"), _("Next case"), _("Submit"), _("Compare")):
            assert label not in bar
        later(place, 1, ask.GoTo(CASES), ask.Reveal("case1"))
        await settle(pilot)
        bar = text_of(app).split("\n")[-2]
        assert _("Slide before") not in bar
        for label in (_("Next cell"), _("Slide/sheet"), _("Submit"), _("Compare")):
            assert label in bar


async def test_a_new_segment_brings_everybody_back() -> None:
    """Whoever was looking at an old slide follows again when the rundown moves on."""
    place = later(later(hub(), 0, ask.Start()), 1, ask.GoTo(0, 1))
    async with on_stage(group(place)) as (app, pilot):
        await press(pilot, "left")
        place.command(ask.GoTo(1, 0))
        await settle(pilot)
        assert lecture().segments[1].slides[0].title in text_of(app)


async def test_in_a_sheet_the_arrows_move_the_caret() -> None:
    """Left and right never leave the sheet for a slide."""
    screen = group(at_cases())
    async with on_stage(screen) as (app, pilot):
        before = app.focused
        await press(pilot, "あ", "left", "い", "right", "escape")
        assert app.focused is before
        assert isinstance(before, TextArea)
        assert before.text == "いあ"


async def test_a_sheet_that_gets_a_column_is_shown_with_it() -> None:
    """When the workshop is edited while it runs, what was typed is put away and the new column stands there."""
    place = at_cases()
    screen = group(place)
    async with on_stage(screen) as (app, pilot):
        await press(pilot, "社", "協")
        case = place.session.workshop.cases[0]
        wider = replace(case, columns=(*case.columns, Column("when", "いつまでに", "text")))
        edited = replace(place.session.workshop, cases=(wider, *place.session.workshop.cases[1:]))
        place.happened(did.WorkshopChanged(place.clock, edited))
        await wait_until(pilot, lambda: not app._batch_count and "いつまでに" in text_of(app))
        assert [row.fields["organisation"] for row in place.session.sheet("case1", "g3").rows] == ["社協"]
        assert "社協" in text_of(app)
