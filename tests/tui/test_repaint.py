"""What a key costs on the screen: it paints what it changes, and nothing else."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest
from msgspec.structs import replace
from rich.segment import Segment
from textual._compositor import Compositor
from textual.geometry import Region
from textual.strip import Strip
from textual.widget import Widget

from shuro_tui.core import commands as ask
from shuro_tui.tui.repaint import Repaint
from shuro_tui.tui.role import Keyed, RoleScreen
from shuro_tui.tui.screens.group import GroupScreen
from shuro_tui.tui.widgets.cells import TextCell
from shuro_tui.tui.widgets.grid import Grid
from shuro_tui.tui.widgets.group_top import GroupTop
from tests.tui.picture import text_of
from tests.tui.scenes import (
    at_cases,
    at_slide,
    at_work,
    facilitator,
    group,
    lecture,
    link_of,
    on_stage,
    press,
    projector,
    settle,
)

ROWS = 30


def written() -> GroupScreen:
    """A sheet with more rows than the screen has lines, and a blank one at its end."""
    place, case = at_cases(), lecture().cases[0]
    for number in range(ROWS):
        place.command(ask.WriteRow(case.id, f"row-{number}", dict(case.rehearsal[0]), number), "g3")
    return group(place)


@contextmanager
def paints(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[set[Region]]]:
    """The regions of each paint from now on."""
    seen: list[set[Region]] = []
    paint = Repaint.render_partial_update

    def noted(self: Repaint) -> object:
        seen.append(set(self._dirty_regions))
        return paint(self)

    with monkeypatch.context() as patch:
        patch.setattr(Repaint, "render_partial_update", noted)
        yield seen


@contextmanager
def asked(monkeypatch: pytest.MonkeyPatch) -> Iterator[set[TextCell]]:
    """The cells that are asked for lines by the paints from now on."""
    seen: set[TextCell] = set()
    painting = False
    lines, paint = TextCell.render_lines, Repaint.render_partial_update

    def noted(self: TextCell, crop: Region) -> object:
        if painting:
            seen.add(self)
        return lines(self, crop)

    def noting(self: Repaint) -> object:
        nonlocal painting
        painting = True
        try:
            return paint(self)
        finally:
            painting = False

    with monkeypatch.context() as patch:
        patch.setattr(TextCell, "render_lines", noted)
        patch.setattr(Repaint, "render_partial_update", noting)
        yield seen


async def test_a_letter_asks_only_its_own_cell(monkeypatch: pytest.MonkeyPatch) -> None:
    """Of all cells of a sheet the one that is typed in is painted."""
    screen = written()
    async with on_stage(screen) as (_app, pilot):
        await press(pilot, "enter", *"あか")
        with asked(monkeypatch) as cells:
            await press(pilot, "い")
        assert cells == {screen.focused}


async def test_what_is_put_away_paints_no_more_than_the_key(monkeypatch: pytest.MonkeyPatch) -> None:
    """What was typed here comes back from the hub, and not a line of the screen is painted for it."""
    screen = written()
    async with on_stage(screen) as (_app, pilot):
        await press(pilot, "enter", *"あか")
        cell = screen.focused
        assert cell is not None
        puts = link_of(screen).puts
        with paints(monkeypatch) as regions:
            await press(pilot, "い")
        assert link_of(screen).puts > puts
        assert {region for changed in regions for region in changed} == {cell.region}


async def test_a_row_that_grows_leaves_the_rows_above_as_they_are(monkeypatch: pytest.MonkeyPatch) -> None:
    """One line more in the last row is painted; of all rows above nothing is, but the bar beside them."""
    screen = written()
    async with on_stage(screen) as (_app, pilot):
        await press(pilot, "enter")
        cell = screen.focused
        assert isinstance(cell, TextCell)
        room = cell.size.width
        await press(pilot, *"あ" * ((room - 2) // 2))
        with paints(monkeypatch) as regions:
            await press(pilot, *"いう")
        assert cell.size.height > 1
        inside = {region for changed in regions for region in changed if region.width > 1}
        assert min(region.y for region in inside) >= cell.region.y


async def test_the_top_line_says_at_once_what_has_changed() -> None:
    """It is painted anew for other words, though not for every view."""
    screen = written()
    async with on_stage(screen) as (app, pilot):
        link = link_of(screen)
        link.status = replace(link.status, trouble="disk full")
        screen.tick()
        await settle(pilot)
        assert "disk full" in text_of(app)
        assert "disk full" in screen.query_one(GroupTop).words().plain


async def test_in_a_matrix_the_cursor_paints_its_lines_and_the_head(monkeypatch: pytest.MonkeyPatch) -> None:
    """As long as the columns stay where they are; the head says which group it is at."""
    made: list[int] = []
    line = Grid._line

    def noted(self: Grid, number: int, first: bool) -> Strip:
        made.append(number)
        return line(self, number, first)

    async with on_stage(facilitator(at_work())) as (app, pilot):
        await press(pilot, "v")
        monkeypatch.setattr(Grid, "_line", noted)
        await press(pilot, "right")
        assert set(made) == {0}
        made.clear()
        with paints(monkeypatch) as seen:
            await press(pilot, "down")
        assert set(made) == {0, 1}
        grid = app.screen.query_one("#matrix", Grid).region
        assert not any(region.y == grid.y and region.height == 1 for regions in seen for region in regions)


async def test_what_is_covered_is_not_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    """A slide fills the wall: painting all of it asks neither the wall nor the screen behind it for lines."""
    screen, asked = projector(at_slide()), list[Widget]()
    lines = Widget.render_lines

    def noted(self: Widget, crop: Region) -> list[Strip]:
        asked.append(self)
        return lines(self, crop)

    async with on_stage(screen) as (_app, pilot):
        await settle(pilot)
        monkeypatch.setattr(Widget, "render_lines", noted)
        screen._compositor.render_strips()
        assert screen.query_one("#slide") in asked
        assert not {screen, screen.query_one("#wall")} & {*asked}


@pytest.mark.parametrize("keys", [(), ("question_mark",)])
@pytest.mark.parametrize(
    "opened", [lambda: projector(at_slide()), written, lambda: facilitator(at_work())], ids=["wall", "sheet", "own"]
)
async def test_what_is_left_out_is_not_missed(
    opened: Callable[[], RoleScreen], keys: tuple[str, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Every screen, with a window over it too, is painted to the cell as Textual itself would paint it."""
    async with on_stage(opened()) as (app, pilot):
        await press(pilot, *keys)
        ours = app.screen._compositor.render_strips()
        monkeypatch.setattr(Repaint, "_render_chops", Compositor._render_chops)
        assert ours == app.screen._compositor.render_strips()


class Odd(Widget):
    """Paints other lines than it was asked for."""

    def __init__(self, lines: int, width: int) -> None:
        super().__init__()
        self._made = [Strip([Segment("字" * (width // 2))], width)] * lines

    def render_lines(self, crop: Region) -> list[Strip]:
        """As many as it likes, as long as it likes."""
        return self._made


@pytest.mark.parametrize(("lines", "width"), [(0, 120), (3, 120), (50, 120), (36, 60), (36, 140)])
async def test_lines_that_do_not_fit_do_no_harm(lines: int, width: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """Too few or too many, too short or too long: what is painted is what Textual itself would paint of them."""
    screen = Keyed()
    async with on_stage(projector(at_slide())) as (app, pilot):
        await app.push_screen(screen)
        await screen.mount(Odd(lines, width))
        await settle(pilot)
        ours = screen._compositor.render_strips()
        monkeypatch.setattr(Repaint, "_render_chops", Compositor._render_chops)
        assert ours == screen._compositor.render_strips()
