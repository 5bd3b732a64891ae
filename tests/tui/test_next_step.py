"""The line that says what to do next, and who sees what is written; a name that is written from the resource page."""

from collections.abc import AsyncIterator, Callable

import pytest
from msgspec.structs import replace

from shuro_tui.core import commands as ask
from shuro_tui.core.model import Millis
from shuro_tui.core.sheet import ROWS_AT_MOST
from shuro_tui.core.views import GroupView, Typing, View
from shuro_tui.i18n import _
from shuro_tui.tui.screens.group import GroupScreen
from shuro_tui.tui.widgets.next_step import NextStep
from tests.tui.fake_link import FakeHub, FakeLink
from tests.tui.picture import text_of
from tests.tui.scenes import (
    at_cases,
    at_slide,
    at_work,
    group,
    hub,
    later,
    lecture,
    link_of,
    on_stage,
    press,
    revealed,
    saved,
    settle,
    silent,
    told,
)
from tests.tui.test_sheet import editor, sheet

NAKAPOTSU = "障害者就業・生活支援センター"
NAME, CONTENT, WHOM = (column.title for column in lecture().cases[0].columns)


def steps(screen: GroupScreen) -> str:
    """What the line says is next."""
    return screen.query_one(NextStep).step


async def test_each_cell_says_what_goes_into_it_and_what_comes_after() -> None:
    """From the name to the content to the choice to the next row: the line says it before it is done."""
    screen = group(at_cases())
    async with on_stage(screen, 80, 24) as (app, pilot):
        expected = [
            _("Write {column} (F2: look it up), then Enter: {next}").format(column=NAME, next=CONTENT),
            _("Write {column}, then Enter: {next}").format(column=CONTENT, next=WHOM),
            _("Choose {column}: ← → or 1 to {n}, then Enter: {next}").format(column=WHOM, n=3, next=_("the next row")),
            _("One more {column}, then Enter (F5 when all are written)").format(column=NAME),
        ]
        for keys, words in zip(("あ", "い", "1", ""), expected, strict=True):
            assert steps(screen) == words
            assert words in text_of(app)
            await press(pilot, *keys, "enter")


@pytest.mark.parametrize(
    ("place", "keys", "words"),
    [
        (hub, (), "The slides come by themselves; F2 looks organisations up"),
        (at_slide, (), "The slides come by themselves; F2 looks organisations up"),
        (at_work, ("f3",), "F3: back to the sheet"),
        (at_work, ("f2",), "Search, ↑ ↓: choose, Enter: write it on the sheet, F2: back"),
        (at_slide, ("f2",), "Search, ↑ ↓: choose, F2: back"),
        (at_work, ("f5",), "Submitted. F5: go on writing"),
        (
            lambda: later(at_work(), 0, ask.CloseCase("case1")),
            (),
            "Collected. Nothing to do until the facilitator goes on",
        ),
        (
            lambda: later(at_work(), 0, ask.CloseCase("case1"), ask.Reveal("case1")),
            (),
            "F6: what the other groups wrote",
        ),
        (revealed, (), "F6: what the other groups wrote"),
        (revealed, ("f6",), "1 to 6: other views; F6: back to the own sheet"),
        (at_work, ("f4",), "Write {column} (F2: look it up), then Enter: {next}"),
        (lambda: later(at_work(), 0, ask.Finish()), (), "It is over. F10 closes this window; what was written is kept"),
    ],
)
async def test_wherever_a_group_is_the_next_step_is_written(
    place: Callable[[], FakeHub], keys: tuple[str, ...], words: str
) -> None:
    """Waiting, listening, looking up, submitted, collected, revealed, comparing, over."""
    screen = group(place())
    async with on_stage(screen, 80, 24) as (app, pilot):
        await press(pilot, *keys)
        assert steps(screen) == _(words).format(column=NAME, next=CONTENT)
        assert steps(screen) in text_of(app)


async def test_who_sees_a_sheet_is_written_beside_it() -> None:
    """Until it is revealed the group and the facilitator, then everybody."""
    place = at_work()
    screen = group(place)
    async with on_stage(screen, 80, 24) as (app, pilot):
        assert _("seen by: your group, the facilitator") in text_of(app)
        later(place, 0, ask.CloseCase("case1"), ask.Reveal("case1"))
        await settle(pilot)
        assert screen.query_one(NextStep).seen_by == _("seen by: all groups")


async def test_duplicates_say_how_they_are_settled() -> None:
    """With the caret in one of the two, F12 is what comes next."""
    place = at_cases()
    for revision, text in (("1", "市の社協"), ("2", "県の社協")):
        fields = {"organisation": text, "content": "貸付", "whom": "本人"}
        place.command(ask.WriteRow("case1", "twice", fields, 1, revision, "" if revision == "1" else "0"), "g3")
    screen = group(place)
    async with on_stage(screen) as (_app, pilot):
        await press(pilot, "up")
        assert steps(screen) == _("Two texts of one row: F12 settles them")


async def test_a_name_is_copied_from_the_resource_page_with_one_key() -> None:
    """Enter writes the organisation into the first blank row and goes on with its content."""
    screen = group(at_cases())
    async with on_stage(screen) as (_app, pilot):
        await press(pilot, "f2", *"なかぽ", "enter")
        assert sheet(screen) == [(NAKAPOTSU, "", "")]
        await press(pilot, *"登録")
        assert sheet(screen) == [(NAKAPOTSU, "登録", "")]


async def test_a_name_is_copied_into_the_row_that_lacks_one() -> None:
    """Whoever wrote the content first and looks the name up finds it in that row."""
    screen = group(at_cases())
    async with on_stage(screen) as (_app, pilot):
        await press(pilot, "enter", *"登録", "f2", *"なかぽ", "enter")
        assert sheet(screen) == [(NAKAPOTSU, "登録", "")]


async def test_nothing_is_copied_over_a_name() -> None:
    """The caret stands in a row with a name: the copied one goes into the first blank row."""
    screen = group(at_cases())
    async with on_stage(screen) as (_app, pilot):
        await press(pilot, *"社協", "f2", *"なかぽ", "enter")
        assert sheet(screen) == [("社協", "", ""), (NAKAPOTSU, "", "")]


async def test_a_sheet_that_takes_nothing_says_so_on_the_resource_page() -> None:
    """Before there is a sheet, and when it is submitted, Enter changes nothing and says why."""
    screen = group(at_slide())
    async with on_stage(screen) as (app, pilot):
        await press(pilot, "f2", "enter")
        assert told(app) == _("There is no sheet to write yet.")
    screen = group(at_work())
    async with on_stage(screen) as (app, pilot):
        before = sheet(screen)
        await press(pilot, "f5", "f2", "enter")
        assert _("This sheet takes no changes now.") in told(app)
        assert sheet(screen) == before


async def test_a_full_sheet_takes_no_name(monkeypatch: pytest.MonkeyPatch) -> None:
    """It is told, and no row is written over."""
    monkeypatch.setattr("shuro_tui.tui.widgets.shown_sheet.ROWS_AT_MOST", 4)
    screen = group(at_work())
    async with on_stage(screen) as (app, pilot):
        before = sheet(screen)
        await press(pilot, "f2", *"なかぽ", "enter")
        assert told(app) == _("The sheet is full: {n} rows.").format(n=ROWS_AT_MOST)
        assert sheet(screen) == before


async def test_a_case_without_a_column_for_organisations_says_so() -> None:
    """Nothing is written where no column is for a name."""
    facts = lecture()
    case = facts.cases[0]
    columns = tuple(column for column in case.columns if column.kind != "organisation")
    workshop = replace(facts, cases=(replace(case, columns=columns, rehearsal=()), *facts.cases[1:]))
    place = later(later(hub(workshop=workshop), 0, ask.Start()), 0, ask.GoTo(2, 1))
    screen = group(place)
    async with on_stage(screen) as (app, pilot):
        await press(pilot, "f2", "enter")
        assert told(app) == _("This sheet has no column for organisations.")
        assert sheet(screen) == []


async def test_a_deleted_row_comes_back_with_one_key() -> None:
    """Ctrl+Z brings it back where it stood, whoever the facilitator is busy with."""
    screen = group(at_work())
    async with on_stage(screen) as (_app, pilot):
        before = sheet(screen)
        await press(pilot, "up", "f9", "y")
        assert sheet(screen) == before[:-1]
        await press(pilot, "ctrl+z")
        assert sheet(screen) == before


async def test_a_row_that_comes_back_pushes_no_other_out_of_sight(monkeypatch: pytest.MonkeyPatch) -> None:
    """Though a second view, that somebody types elsewhere, comes before the first was laid out."""

    async def twice(link: FakeLink) -> AsyncIterator[View]:
        while True:
            link.changed.clear()
            view = link.view()
            assert isinstance(view, GroupView)
            yield view
            yield replace(view, typing=(Typing(9, "case1", "elsewhere"),))
            await link.changed.wait()

    monkeypatch.setattr(FakeLink, "views", twice)
    screen = group(at_work())
    async with on_stage(screen) as (_app, pilot):
        await press(pilot, "up", "f9", "y", "ctrl+z")
        assert editor(screen).border_subtitle == _("No details of real people, please")
        rows = editor(screen).query_one("#rows").region
        assert all(rows.contains_region(row.region) for row in editor(screen).rows)


async def test_undo_takes_back_letters_once_something_was_typed() -> None:
    """What was typed after a deletion goes first, and the row stays deleted; in a choice there is nothing to undo."""
    screen = group(at_work())
    async with on_stage(screen) as (_app, pilot):
        before = sheet(screen)
        await press(pilot, "up", "f9", "y", *"喫茶", "ctrl+z")
        assert sheet(screen)[:3] == before[:-1]
        assert "喫茶" not in str(sheet(screen))
        await press(pilot, "enter", "enter", "ctrl+z", "f3", "ctrl+z")
        assert sheet(screen)[:3] == before[:-1]


async def test_nothing_comes_back_on_a_closed_sheet() -> None:
    """A row that was deleted before the sheet was closed stays away."""
    place = at_work()
    screen = group(place)
    async with on_stage(screen) as (_app, pilot):
        before = sheet(screen)
        await press(pilot, "up", "f9", "y")
        place.command(ask.CloseCase("case1"))
        await settle(pilot)
        await press(pilot, "ctrl+z")
        assert sheet(screen) == before[:-1]
        assert not place.session.kept_aside("case1", "g3").late


async def test_whoever_types_reads_it_until_a_second_has_passed() -> None:
    """While letters come the line on top says so; when they stop it says when they were saved."""
    screen = saved(group(at_work()))
    async with on_stage(screen, 80, 24) as (app, pilot):
        done = _("saved {time}").format(time="13:30:00")
        assert done in text_of(app).splitlines()[0]
        await press(pilot, "あ")
        assert _("typing") in text_of(app).splitlines()[0]
        for left in (_("typing"), done):
            link_of(screen).hub.clock = Millis(link_of(screen).hub.clock + 1000)
            screen.tick()
            await settle(pilot)
            assert left in text_of(app).splitlines()[0]


async def test_what_waits_here_is_told_before_that_somebody_types() -> None:
    """Without a hub the number of changes that wait is the news."""
    screen = silent(group(at_work()), unsent=3)
    async with on_stage(screen, 80, 24) as (app, pilot):
        await press(pilot, "あ")
        assert _("{n} kept here, not sent yet").format(n=3) in text_of(app).splitlines()[0]
