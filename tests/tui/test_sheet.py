"""Writing a sheet: cells, rows, names that are offered, choices."""

import re

import pytest
from msgspec.structs import replace
from rich.cells import cell_len
from textual.events import Paste
from textual.pilot import Pilot

from shuro_tui.core import commands as ask
from shuro_tui.core.sheet import CHARACTERS_AT_MOST, ROWS_AT_MOST
from shuro_tui.core.views import Typing
from shuro_tui.i18n import N_, _
from shuro_tui.tui.screens.group import GroupScreen
from shuro_tui.tui.widgets.cells import ChoiceCell, TextCell
from shuro_tui.tui.widgets.sheet_editor import SheetEditor
from tests.tui.picture import text_of
from tests.tui.scenes import at_cases, at_work, group, lecture, link_of, on_stage, press, settle, told

NAKAPOTSU = "障害者就業・生活支援センター"


def editor(screen: GroupScreen) -> SheetEditor:
    """The sheet that is shown."""
    assert screen.editor is not None
    return screen.editor


def sheet(screen: GroupScreen, case: str = "case1") -> list[tuple[str, ...]]:
    """What the hub has of the group's sheet."""
    hub = link_of(screen).hub
    return [tuple(row.fields.values()) for row in hub.session.sheet(case, link_of(screen).role).rows]


async def test_typing_makes_one_row() -> None:
    """However many letters, and however slowly they come: one row, with the whole text."""
    screen = group(at_cases())
    async with on_stage(screen) as (_app, pilot):
        for letter in "ほっとスペース":
            await press(pilot, letter)
        assert sheet(screen) == [("ほっとスペース", "", "")]
        rows = {command.row for command in link_of(screen).commands if isinstance(command, ask.WriteRow)}
        assert len(rows) == 1


async def test_a_word_is_sent_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Letters typed without a pause are one change, not one a letter."""
    monkeypatch.setattr("shuro_tui.tui.widgets.sheet_row.AFTER", 60)
    screen = group(at_cases())
    async with on_stage(screen) as (_app, pilot):
        await pilot.press(*"ハローワーク")
        await settle(pilot)
        assert link_of(screen).commands == []
        await press(pilot, "enter")
        assert sheet(screen) == [("ハローワーク", "", "")]
        assert len(link_of(screen).commands) == 1


async def test_enter_goes_from_cell_to_cell_and_to_the_next_row() -> None:
    """Name, Enter, content, Enter, choice, Enter: the caret is in the next row, ready for the next name."""
    screen = group(at_cases())
    async with on_stage(screen) as (_app, pilot):
        await pilot.press(*"包括", "enter", *"見守り", "enter", "2", "enter", *"近所", "enter")
        await settle(pilot)
        assert sheet(screen) == [("包括", "見守り", "家族"), ("近所", "", "")]
        assert [row.row_id for row in editor(screen).rows][:2] == [
            row.id for row in link_of(screen).hub.session.sheet("case1", "g3").rows
        ]


async def test_enter_in_a_blank_row_makes_none() -> None:
    """Enter through a row in which nothing stands comes back to its beginning, and writes nothing."""
    screen = group(at_cases())
    async with on_stage(screen) as (_app, pilot):
        first = screen.focused
        await press(pilot, "enter", "enter", "enter")
        assert screen.focused is first
        assert link_of(screen).commands == []


async def test_a_name_that_is_offered_is_taken() -> None:
    """Down picks among the names that may be meant, Enter writes it and goes on."""
    screen = group(at_cases())
    async with on_stage(screen) as (app, pilot):
        await press(pilot, *"なか")
        assert NAKAPOTSU in text_of(app)
        await press(pilot, "down")
        assert f"> {NAKAPOTSU}" in text_of(app)
        await press(pilot, "enter", *"登録する")
        assert sheet(screen) == [(NAKAPOTSU, "登録する", "")]
        assert f"> {NAKAPOTSU}" not in text_of(app)


async def test_what_is_typed_stands_unless_a_name_is_picked() -> None:
    """Enter without Down, or after going back up, keeps the word as it was typed."""
    screen = group(at_cases())
    async with on_stage(screen) as (app, pilot):
        await press(pilot, *"なか", "enter")
        assert NAKAPOTSU not in text_of(app)
        assert sheet(screen)[0][0] == "なか"
        await press(pilot, "enter", "enter", *"なか", "down", "up", "enter")
        assert sheet(screen)[1][0] == "なか"


async def test_picking_stays_within_what_is_offered() -> None:
    """Down stops at the last name; up at the typed word leads to the row above."""
    screen = group(at_work())
    async with on_stage(screen) as (app, pilot):
        await press(pilot, *"し", *["down"] * 12)
        assert text_of(app).count("> ") == 1
        while "> " in text_of(app):
            await press(pilot, "up")
        assert screen.focused is editor(screen).rows[-2].cells[0]
        await press(pilot, "up")
        assert screen.focused is editor(screen).rows[-3].cells[0]


async def test_a_full_name_offers_nothing() -> None:
    """Where a name stands in full there is nothing to choose, and down leads to the row below."""
    screen = group(at_work())
    async with on_stage(screen, 200, 40) as (_app, pilot):
        editor(screen).rows[0].cells[0].focus()
        await settle(pilot)
        await press(pilot, "down", "down", "down")
        assert screen.focused is editor(screen).rows[3].cells[0]
        await press(pilot, "up", "up", "up", "up")
        assert screen.focused is editor(screen).rows[0].cells[0]


async def test_arrows_move_inside_a_long_text_first() -> None:
    """In a cell of several lines up and down go line by line before they leave it."""
    screen = group(at_work())
    async with on_stage(screen, 80, 24) as (_app, pilot):
        cell = editor(screen).rows[1].cells[1]
        assert isinstance(cell, TextCell)
        cell.focus()
        cell.move_cursor((0, 0))
        await settle(pilot)
        assert cell.wrapped_document.height > 2
        await press(pilot, "down")
        assert screen.focused is cell
        await press(pilot, *["down"] * (cell.wrapped_document.height - 1))
        assert screen.focused is editor(screen).rows[2].cells[1]
        cell.focus()
        cell.move_cursor((0, len(cell.text)))
        await press(pilot, "up")
        assert screen.focused is cell


async def test_a_choice_is_made_with_arrows_digits_and_space() -> None:
    """Right and space go on, left back, a digit chooses, backspace takes away; a digit without a word does nothing."""
    screen = group(at_cases())
    async with on_stage(screen) as (app, pilot):
        await press(pilot, *"包括", "enter", "enter")
        assert isinstance(screen.focused, ChoiceCell)
        assert _("< > choose") in text_of(app)
        for key, word in (
            ("right", "本人"), ("space", "家族"), ("left", "本人"), ("3", "事業所"), ("9", "事業所"), ("right", ""),
            ("left", "事業所"), ("backspace", ""), ("2", "家族"), ("0", ""),
        ):  # fmt: skip
            await press(pilot, key)
            assert sheet(screen)[0][2] == word, key


async def test_a_row_moves_with_its_caret() -> None:
    """F7 and F8 move the row; focus stays in it; at the ends nothing happens."""
    screen = group(at_work())
    async with on_stage(screen) as (_app, pilot):
        before = sheet(screen)
        editor(screen).rows[1].cells[1].focus()
        await settle(pilot)
        cell = screen.focused
        await press(pilot, "f7")
        assert sheet(screen) == [before[1], before[0], *before[2:]]
        await press(pilot, "f7")
        assert len(link_of(screen).commands) == 1
        await press(pilot, "f8", "alt+down", "alt+up")
        assert sheet(screen) == before
        assert screen.focused is cell
        editor(screen).enter()
        await press(pilot, "f7", "f8")
        assert sheet(screen) == before


async def test_rows_go_to_their_places_when_one_is_moved_or_deleted() -> None:
    """No gap is left above, and the row stays in sight."""
    screen = group(at_work())
    async with on_stage(screen) as (_app, pilot):
        editor(screen).rows[1].cells[1].focus()
        await settle(pilot)
        await press(pilot, "f7")
        assert editor(screen).rows[0].virtual_region.y == 0
        await press(pilot, *["f8"] * 3)
        assert editor(screen).rows[0].virtual_region.y == 0
        row = editor(screen).row
        assert row is not None
        assert editor(screen).query_one("#rows").region.contains_region(row.region)
        await press(pilot, "f9", "y")
        assert len(sheet(screen)) == 3
        assert editor(screen).rows[0].virtual_region.y == 0


async def test_deleting_a_row_asks() -> None:
    """Enter alone keeps it, Y deletes it; the caret goes to the row below."""
    screen = group(at_work())
    async with on_stage(screen) as (_app, pilot):
        before = sheet(screen)
        editor(screen).rows[1].cells[0].focus()
        await settle(pilot)
        await press(pilot, "f9", "enter")
        await press(pilot, "f9", "n")
        assert sheet(screen) == before
        await press(pilot, "f9", "y")
        assert sheet(screen) == [before[0], *before[2:]]
        assert screen.focused is editor(screen).rows[1].cells[0]


async def test_deleting_what_is_blank_does_not_ask() -> None:
    """A row that was emptied goes at once; the blank row at the end stays."""
    screen = group(at_cases())
    async with on_stage(screen) as (app, pilot):
        await press(pilot, "あ", "backspace", "f9")
        assert app.screen is screen
        assert sheet(screen) == []
        await press(pilot, "f9")
        assert app.screen is screen
        assert len(editor(screen).rows) == 1


async def test_a_row_deleted_elsewhere_while_it_is_asked_about() -> None:
    """The question is answered after another terminal has deleted the row: nothing breaks."""
    place = at_work()
    screen = group(place)
    async with on_stage(screen) as (app, pilot):
        editor(screen).rows[1].cells[0].focus()
        await settle(pilot)
        await press(pilot, "f9")
        place.command(ask.DeleteRow("case1", editor(screen).rows[1].row_id), "g3")
        await settle(pilot)
        await press(pilot, "y")
        assert app.screen is screen
        assert len(sheet(screen)) == 3


async def test_a_text_longer_than_a_sheet_takes_is_not_taken() -> None:
    """Typed or pasted, it is told; what stood there stays whole, and a text of just that length is taken."""
    screen = group(at_cases())
    async with on_stage(screen) as (app, pilot):
        await paste(pilot, "あ" * (CHARACTERS_AT_MOST + 1))
        assert told(app).endswith(_("A field takes {n} characters; nothing was added.").format(n=CHARACTERS_AT_MOST))
        await paste(pilot, "あ" * CHARACTERS_AT_MOST)
        await press(pilot, "い")
        assert told(app).endswith(_("A field takes {n} characters; nothing was added.").format(n=CHARACTERS_AT_MOST))
        await press(pilot, "enter")
        assert sheet(screen) == [("あ" * CHARACTERS_AT_MOST, "", "")]


EXCEL = 'ハローワーク\t求人を\t本人\n社協\t"見守り\n毎週"\n\n包括\t\t家族\n'


async def test_cells_of_a_spreadsheet_become_rows() -> None:
    """The first line goes into the blank row with the caret, each other one into a row of its own."""
    screen = group(at_cases())
    async with on_stage(screen) as (_app, pilot):
        await paste(pilot, EXCEL)
        rows = [("ハローワーク", "求人を", "本人"), ("社協", "見守り\n毎週", ""), ("包括", "", "家族")]
        assert sheet(screen) == rows
        assert [tuple(cell.value for cell in row.cells) for row in editor(screen).rows] == [*rows, ("", "", "")]


async def test_what_is_pasted_overwrites_nothing() -> None:
    """Into the name of a row that has a text: rows below it; into a column that is blank: that column."""
    screen = group(at_cases())
    async with on_stage(screen) as (_app, pilot):
        await press(pilot, *"包括", "enter")
        await paste(pilot, "見守り\n訪問\n")
        assert sheet(screen) == [("包括", "見守り", ""), ("", "訪問", "")]
        editor(screen).rows[0].cells[0].focus()
        await settle(pilot)
        await paste(pilot, "一\n二")
        assert [row[:2] for row in sheet(screen)] == [("包括", "見守り"), ("一", ""), ("二", ""), ("", "訪問")]


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("\n".join(["行"] * (ROWS_AT_MOST + 1)), N_("{n} rows are too many: the sheet has room for {room} more.")),
        ("a\tb\t\tc", N_("{n} cells in a row are too many: from here the sheet has {room}.")),
        ("a\n" + "b" * (CHARACTERS_AT_MOST + 1), N_("{n} characters in a field are too many: it takes {room}.")),
        ("a\tb\t友人", N_("'{word}' is none of the choices: {choices}.")),
    ],
)
async def test_what_does_not_fit_is_told_and_not_cut(text: str, why: str) -> None:
    """All of it or nothing, and why."""
    screen = group(at_cases())
    async with on_stage(screen) as (app, pilot):
        await paste(pilot, text)
        assert _("Nothing was pasted.") in told(app)
        assert all(part.strip() in told(app) for part in re.split(r"\{.*?\}", _(why)))
        assert link_of(screen).commands == []


async def test_one_line_is_pasted_as_if_it_were_typed() -> None:
    """At the caret; a line break at its end, as spreadsheets add one, makes no row; escape sequences are gone."""
    screen = group(at_cases())
    async with on_stage(screen) as (_app, pilot):
        await press(pilot, "a", "b", "left")
        await paste(pilot, "\x1b[31m見\x07\r\n")
        await press(pilot, "enter")
        assert sheet(screen) == [("a見b", "", "")]


async def paste(pilot: Pilot[str], text: str) -> None:
    """As a terminal hands it over."""
    pilot.app.post_message(Paste(text))
    await settle(pilot)


@pytest.mark.parametrize("number", [0, 3, 4])
async def test_the_row_does_not_move_when_names_are_offered(number: int) -> None:
    """They stand below it, all of them on the screen, in the last row of a small terminal too."""
    screen = group(at_work())
    async with on_stage(screen, 80, 24) as (app, pilot):
        row = editor(screen).rows[number]
        row.cells[0].focus()
        await settle(pilot)
        await press(pilot, *["delete"] * 20)
        before = row.region.offset
        await press(pilot, "し")
        assert row.region.offset == before
        await press(pilot, "down")
        assert row.region.offset == before
        lines = text_of(app).splitlines()
        assert "し" in lines[before.y]
        assert any(_("Enter: take it   Up: back")[:12] in line for line in lines[before.y + 1 :])


async def test_what_it_does_is_told_while_choosing() -> None:
    """Before anybody goes into the list only names; then what the one under the cursor does."""
    screen = group(at_cases())
    does = next(one.does for one in lecture().catalogue.resources if one.name == NAKAPOTSU)
    async with on_stage(screen) as (app, pilot):
        await press(pilot, *"nakapotsu")
        assert does[:8] not in text_of(app)
        await press(pilot, "down")
        assert does[:8] in text_of(app)


async def test_the_list_is_left_with_escape() -> None:
    """Then the arrows mean what they always do, until something else is typed."""
    screen = group(at_work())
    async with on_stage(screen, 200, 40) as (_app, pilot):
        editor(screen).rows[1].cells[0].focus()
        await settle(pilot)
        await press(pilot, *["delete"] * 20, *"なか", "escape", "down")
        assert screen.focused is editor(screen).rows[2].cells[0]


async def test_a_full_sheet_has_no_blank_row(monkeypatch: pytest.MonkeyPatch) -> None:
    """With as many rows as a sheet takes, Enter in the last one stays there and says so."""
    for module in ("shown_sheet", "sheet_editor"):
        monkeypatch.setattr(f"shuro_tui.tui.widgets.{module}.ROWS_AT_MOST", 5)
    screen = group(at_work())
    async with on_stage(screen) as (app, pilot):
        await press(pilot, *"終", "enter", "enter", "enter")
        assert len(sheet(screen)) == 5
        assert len(editor(screen).rows) == 5
        assert screen.focused in editor(screen).rows[-1].cells
        assert told(app).endswith(_("The sheet is full: {n} rows.").format(n=5))


def long_sheet(rows: int) -> GroupScreen:
    """A sheet of so many rows, each with its number in it."""
    place = at_cases()
    for number in range(rows):
        fields = {"organisation": f"機関{number}", "content": f"{number}番", "whom": ""}
        place.command(ask.WriteRow("case1", f"r{number}", fields, number), "g3")
    return group(place)


async def test_a_long_sheet_is_gone_through_row_by_row() -> None:
    """Up from the blank row to the first and down again: each row in turn can be typed in, all can be read."""
    screen = long_sheet(30)
    async with on_stage(screen, 120, 36) as (app, pilot):
        visited = []
        for _step in range(30):
            await press(pilot, "up")
            row = editor(screen).row
            assert row is not None
            visited.append(row.row_id)
        assert visited == [f"r{number}" for number in reversed(range(30))]
        assert len(editor(screen).rows) < 12
        assert all(f"機関{number} " in text_of(app) for number in range(20))
        await press(pilot, *["down"] * 3, "end", "x")
        assert sheet(screen)[3][0] == "機関3x"
        await press(pilot, *["enter"] * 3)
        row = editor(screen).row
        assert row is not None
        assert row.row_id == "r4"


async def test_heads_and_rows_stand_in_the_same_columns() -> None:
    """At every width: what is above a column, what can be typed in, and what is painted far from the caret."""
    screen = long_sheet(30)
    async with on_stage(screen, 80, 36) as (app, pilot):
        for width in range(80, 125, 3):
            await pilot.resize_terminal(width, 36)
            await settle(pilot)
            heads = [head.region.x for head in editor(screen).query(".heads > Static").results()][1:]
            assert [cell.region.x for cell in editor(screen).rows[-1].cells] == heads, width
            painted = next(line for line in text_of(app).splitlines() if "機関20" in line)
            assert [cell_len(painted.split(word)[0]) for word in ("機関20", "20番")] == heads[:2], width


async def test_a_painted_row_can_be_clicked() -> None:
    """Then it can be typed in."""
    screen = long_sheet(30)
    async with on_stage(screen, 120, 36) as (app, pilot):
        lines = text_of(app).splitlines()
        there = next(number for number, line in enumerate(lines) if "機関15 " in line)
        await pilot.click(offset=(cell_len(lines[there].split("機関15")[0]), there))
        await settle(pilot)
        row = editor(screen).row
        assert row is not None
        assert row.row_id == "r15"


async def test_a_row_far_away_changes_in_place() -> None:
    """What another terminal writes there is painted; the caret and its row stay where they are."""
    screen = long_sheet(30)
    async with on_stage(screen, 120, 36) as (app, pilot):
        await press(pilot, *"なか")
        before = screen.focused
        link_of(screen).hub.command(ask.WriteRow("case1", "r20", {"organisation": "包括"}, 0), "g3")
        await settle(pilot)
        assert screen.focused is before
        assert "21 包括" in text_of(app)


async def test_rows_painted_above_do_not_move_the_caret() -> None:
    """Come, gone or grown far above: the row stays on its line; with the next cell it is in sight at its place."""
    screen = long_sheet(30)
    async with on_stage(screen, 120, 36) as (app, pilot):
        await press(pilot, *["up"] * 10, "い")
        before = app.cursor_position
        hub = link_of(screen).hub
        long = {"organisation": "包括", "content": "相談に同行する" * 20}
        changes: list[ask.GroupCommand] = [ask.WriteRow("case1", f"n{number}", long, 0) for number in range(12)]
        changes += [ask.DeleteRow("case1", f"r{number}") for number in range(9)]
        for change in changes:
            hub.command(change, "g3")
            await settle(pilot)
            assert app.cursor_position == before, change
        assert re.search(_("rows above: {n}").format(n=r"\d+"), text_of(app))
        await press(pilot, "enter")
        assert screen.focused is not None
        assert editor(screen).query_one("#rows").region.contains_region(screen.focused.region)
        for number in range(12):
            hub.command(ask.DeleteRow("case1", f"n{number}"), "g3")
        await settle(pilot)
        await press(pilot, "enter")
        assert editor(screen).query_one("#rows").region.contains_region(screen.focused.region)


async def test_up_leads_to_a_row_that_came_above_the_blank_one() -> None:
    """Another terminal of the group wrote the first row: it is in sight when the caret comes to it."""
    screen = group(at_cases())
    async with on_stage(screen) as (_app, pilot):
        link_of(screen).hub.command(ask.WriteRow("case1", "r1", {"organisation": "包括"}, 0), "g3")
        await settle(pilot)
        await press(pilot, "up")
        row = editor(screen).row
        assert row is not None
        assert row.row_id == "r1"
        assert editor(screen).query_one("#rows").region.contains_region(row.region)
        assert editor(screen).border_subtitle == _("No details of real people, please")


async def test_painted_rows_say_what_there_is_to_say() -> None:
    """Of duplicates far from the caret, below each; who else types there, by its number."""
    screen = long_sheet(30)
    async with on_stage(screen, 120, 50) as (app, pilot):
        hub = link_of(screen).hub
        for revision in ("one", "two"):
            fields = {"organisation": f"社協{revision}"}
            hub.command(ask.WriteRow("case1", "r15", fields, 0, revision, "" if revision == "one" else "gone"), "g3")
        hub.around = replace(hub.around, typing={"g3": (Typing(9, "case1", "r20"),)})
        hub.happened()
        await settle(pilot)
        assert text_of(app).count(_("duplicate · F12: choose")) == 2
        assert _("being typed at another terminal: row {rows}").format(rows=22) in text_of(app)


async def test_pasted_rows_are_no_duplicates() -> None:
    """What is typed into one of them afterwards goes on from it."""
    screen = group(at_cases())
    async with on_stage(screen) as (_app, pilot):
        await paste(pilot, EXCEL)
        await press(pilot, "end", "x", "enter", "down", "end", "y", "enter")
        assert [row[:2] for row in sheet(screen)] == [
            ("ハローワークx", "求人を"),
            ("社協", "見守りy\n毎週"),
            ("包括", ""),
        ]


async def test_a_view_that_is_older_than_what_was_put_away(monkeypatch: pytest.MonkeyPatch) -> None:
    """It comes late, when the hub has heard everything by now: text and caret stay, and the row is one row."""
    monkeypatch.setattr("shuro_tui.tui.widgets.sheet_row.AFTER", 60)
    place = at_cases()
    screen = group(place)
    async with on_stage(screen) as (_app, pilot):
        older = [link_of(screen).view()]
        for letter in "あい":
            await press(pilot, letter)
            editor(screen).flush()
            older.append(link_of(screen).view())
            await settle(pilot)
        for view in older:
            screen.take(view)
            await settle(pilot)
            assert isinstance(screen.focused, TextCell)
            assert screen.focused.text == "あい"
        await press(pilot, "う", "enter")
        assert sheet(screen) == [("あいう", "", "")]


async def test_the_caret_stays_where_it_is_when_another_terminal_writes_the_row() -> None:
    """At the end it stays at the end; what is typed next does not go before what stands there."""
    place = at_cases()
    screen = group(place)
    async with on_stage(screen) as (_app, pilot):
        await press(pilot, "社", "協")
        row = place.session.sheet("case1", "g3").rows[0]
        fields = {**row.fields, "organisation": "社協の"}
        place.command(ask.WriteRow("case1", row.id, fields, 0, "theirs", row.revision), "g3")
        await settle(pilot)
        await press(pilot, "窓", "enter")
        assert sheet(screen) == [("社協の窓", "", "")]
