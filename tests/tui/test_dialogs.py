"""Questions and lists: what is focused, what Enter alone does."""

from collections.abc import Callable, Mapping, Sequence
from itertools import chain

import pytest
from textual.geometry import Region
from textual.strip import Strip

from shuro_tui.core.group import Group
from shuro_tui.errors import Mend
from shuro_tui.i18n import _
from shuro_tui.tui.app import WorkshopApp
from shuro_tui.tui.dialogs import PickGroup
from shuro_tui.tui.keys import key_name
from shuro_tui.tui.quick import Dialog
from shuro_tui.tui.repaint import Repaint
from shuro_tui.tui.role import RoleScreen
from shuro_tui.tui.screens.group import GroupScreen
from tests.tui.picture import text_of
from tests.tui.scenes import at_work, closes, facilitator, link_of, on_stage, picking, press, running, settle, told


@pytest.mark.parametrize("key", ["f5", "q", "p", "ctrl+p", "space"])
async def test_under_a_question_no_other_key_works(key: str) -> None:
    """While something is asked, the keys of the screen below mean nothing."""
    screen = facilitator(at_work())
    async with on_stage(screen) as (app, pilot):
        await press(pilot, "x", key)
        assert link_of(screen).commands == []
        assert not link_of(screen).stopped
        assert app.return_code is None


async def test_a_question_is_read_in_a_small_terminal() -> None:
    """Question and answers are all there in 60×16."""
    async with on_stage(facilitator(at_work()), 60, 16) as (app, pilot):
        await press(pilot, "x")
        text = text_of(app)
        assert _("Stop it") + " (Y)" in text
        assert _("No") + " (N)" in text


@pytest.mark.parametrize(("width", "height"), [(140, 50), (60, 16)])
async def test_under_a_dialog_there_is_something_in_every_cell(
    monkeypatch: pytest.MonkeyPatch, width: int, height: int
) -> None:
    """Also while a terminal is resized, when the dialog is laid out before the screen that it stands over."""
    async with on_stage(facilitator(at_work()), 100, 30) as (app, pilot):
        await press(pilot, "question_mark")
        assert isinstance(app.screen, Dialog)
        render, painted = Repaint._render_chops, list[Strip | None]()

        def noted(
            self: Repaint, crop: Region, is_rendered_line: Callable[[int], bool]
        ) -> Sequence[Mapping[int, Strip]]:
            lines = render(self, crop, is_rendered_line)
            painted.extend(chain.from_iterable(line.values() for line in lines) if crop == self.size.region else ())
            return lines

        monkeypatch.setattr(Repaint, "_render_chops", noted)
        await pilot.resize_terminal(width, height)
        await settle(pilot)
        assert painted
        assert None not in painted
        await press(pilot, "escape")
        assert text_of(app).splitlines()[-1].startswith(" " + key_name("space"))


async def test_the_buttons_are_the_answers() -> None:
    """Right and Enter say yes; left goes back to no."""
    screen = facilitator(at_work())
    async with on_stage(screen) as (_app, pilot):
        await press(pilot, "e", "right", "left", "enter")
        assert link_of(screen).commands == []
        await press(pilot, "e", "right", "enter")
        assert len(link_of(screen).commands) == 1


async def test_a_group_is_picked() -> None:
    """Down and Enter choose the second group, and its screen comes."""
    async with running(picking) as (app, pilot):
        assert isinstance(app.screen, PickGroup)
        await press(pilot, "down", "enter")
        assert isinstance(app.screen, GroupScreen)
        assert "2班" in text_of(app).splitlines()[0]


@pytest.mark.parametrize("key", ["escape", "q", "f10"])
async def test_whoever_picks_no_group_leaves(key: str) -> None:
    """Escape, and the keys that quit elsewhere, give the empty answer."""
    answers: list[str] = []

    async def enter(app: WorkshopApp) -> RoleScreen:
        answers.append(await app.push_screen_wait(PickGroup("研修", (Group("g1", "1班"),), "終了")))
        raise Mend("")

    app = WorkshopApp(enter, (Mend,))
    async with app.run_test() as pilot:
        await settle(pilot)
        await pilot.press(key)
        await closes(app, 2)
    assert answers == [""]


async def test_a_title_is_shown_as_it_is_written() -> None:
    """Brackets in a name are letters, not markup."""

    async def enter(app: WorkshopApp) -> RoleScreen:
        await app.push_screen_wait(PickGroup("[bold]研修[/]", (Group("g1", "[red]1班[/]"),), "終了"))
        raise AssertionError

    async with running(enter) as (app, _pilot):
        assert "[bold]研修[/]" in text_of(app)
        assert "[red]1班[/]" in text_of(app)
        assert told(app) == ""
