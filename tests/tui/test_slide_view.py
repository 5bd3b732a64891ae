"""Slides on a screen: the lines as they are laid out, laid out once, and only what is another line painted anew."""

from collections.abc import Callable
from typing import get_args

import pytest
from msgspec.structs import replace
from textual.app import App, ComposeResult
from textual.containers import VerticalScroll

from shuro_tui.core import commands as ask
from shuro_tui.core.blocks import Heading, Paragraph, Pause, Span
from shuro_tui.core.commands import Display
from shuro_tui.core.linebreak import Emphasis, Line, Piece, Style
from shuro_tui.core.model import Slide
from shuro_tui.core.typeset import lay_out
from shuro_tui.i18n import _
from shuro_tui.tui.role import RoleScreen
from shuro_tui.tui.widgets.page import more_below
from shuro_tui.tui.widgets.slide_view import KEPT, WIDEST, SlideView, prepared, styled
from tests.tui.fake_link import FakeHub
from tests.tui.picture import text_of
from tests.tui.scenes import (
    CASES,
    facilitator,
    group,
    hub,
    later,
    lecture,
    on_stage,
    press,
    projector,
    revealed,
    settle,
)

SLIDES = tuple(slide for segment in lecture().segments for slide in segment.slides)
LINES = 60


class Viewer(App[str]):
    """One slide, and nothing else."""

    CSS = "SlideView { width: 1fr; height: auto; }"

    def compose(self) -> ComposeResult:
        """A place that scrolls."""
        with VerticalScroll():
            yield SlideView(fills=True)

    def show(self, slide: Slide | None) -> None:
        """Turn to that slide."""
        self.query_one(SlideView).slide = slide


def plain(lines: tuple[Line, ...]) -> list[str]:
    """The text of laid-out lines, as it stands on a screen."""
    return ["".join(piece.text for piece in line).rstrip() for line in lines]


def long_slide(line: int = 0, words: str = "行目") -> Slide:
    """A slide longer than any wall, written from that line on; its last line comes when it is asked for."""
    lines = [Paragraph((Span(f"{number}{words}"),)) for number in range(LINES)]
    return Slide("長い", (Heading(1, (Span("長い"),)), *lines[:-1], Pause(), lines[-1]), line=line)


def made() -> int:
    """How many slides were laid out and made ready so far."""
    return prepared.cache_info().misses


@pytest.fixture(autouse=True)
def _nothing_is_ready() -> None:
    prepared.cache_clear()


@pytest.mark.parametrize("width", [40, 80, 120])
async def test_the_screen_shows_what_was_laid_out(width: int) -> None:
    """Whatever slide was there before, the lines on the screen are those of this one, and no line is left over."""
    app = Viewer()
    async with app.run_test(size=(width, 70)) as pilot:
        for slide in (*SLIDES, *reversed(SLIDES)):
            app.show(slide)
            await pilot.pause()
            shown = text_of(app).rstrip().split("\n")
            assert shown == plain(lay_out(slide, min(width, WIDEST)))
        app.show(None)
        await pilot.pause()
        assert not text_of(app).strip()


async def test_a_turn_lays_out_nothing_that_was_laid_out() -> None:
    """Going back and forth, a slide is made ready once; another width makes each ready once more."""
    app = Viewer()
    async with app.run_test(size=(100, 70)) as pilot:
        for size, shows in (((100, 70), 3), ((80, 70), 2)):
            app.show(None)
            await pilot.resize_terminal(*size)
            await pilot.pause()
            before = made()
            for slide in SLIDES[:4] * shows:
                app.show(slide)
                await pilot.pause()
            assert made() - before == 4


async def test_a_slide_is_ready_before_it_is_shown() -> None:
    """What the facilitator's next key shows, a slide or a part of one, is laid out for where it will stand."""
    parted = Slide("二回", (Heading(1, (Span("二回"),)), Pause(), Paragraph((Span("後から"),))))
    segment = replace(lecture().segments[0], slides=(*SLIDES[:3], parted, *SLIDES[3:5]), steps=())
    place = later(hub(workshop=replace(lecture(), segments=(segment, *lecture().segments[1:]))), 0, ask.Start())
    async with on_stage(facilitator(place), 160, 60) as (app, pilot):
        for number, part in ((1, 0), (2, 0), (3, 0), (3, 1), (4, 0)):
            await settle(pilot)
            before = made()
            shown = segment.slides[number].up_to(part)
            prepared(shown, app.screen.query_one("#slide").content_size.width, 0)
            assert made() == before
            place.command(ask.GoTo(0, number, part))


async def test_what_is_ready_does_not_pile_up() -> None:
    """However many slides were shown, no more than a few are kept."""
    app = Viewer()
    async with app.run_test(size=(40, 10)) as pilot:
        for number in range(KEPT + 20):
            app.show(Slide(f"{number}", (Paragraph((Span(f"{number}枚目"),)),)))
            await pilot.pause(0)
    assert prepared.cache_info().currsize == KEPT


async def test_a_short_slide_leaves_nothing_to_scroll() -> None:
    """After a slide longer than its place, a short one is as high as its place and stands at its top."""
    app = Viewer()
    async with app.run_test(size=(60, 20)) as pilot:
        place = app.query_one(VerticalScroll)
        app.show(long_slide())
        await pilot.pause()
        place.scroll_end(animate=False, immediate=True)
        await pilot.pause()
        assert place.scroll_y > 0
        app.show(SLIDES[0])
        await pilot.pause()
        assert place.max_scroll_y == 0
        assert SLIDES[0].title in text_of(app).split("\n")[0]


async def test_another_slide_begins_at_its_top() -> None:
    """However far the one before was scrolled, and as long as both may be."""
    app = Viewer()
    async with app.run_test(size=(60, 20)) as pilot:
        place = app.query_one(VerticalScroll)
        app.show(long_slide(1))
        await settle(pilot)
        place.scroll_end(animate=False, immediate=True)
        await settle(pilot)
        app.show(long_slide(2, "番目"))
        await settle(pilot)
        assert place.scroll_y == 0


async def test_what_is_new_on_a_slide_comes_into_sight() -> None:
    """The part that is shown next may stand below what the place shows; so may what is shown no more."""
    app = Viewer()
    async with app.run_test(size=(60, 20)) as pilot:
        for part, seen in ((0, False), (1, True), (0, False)):
            app.show(long_slide().up_to(part))
            await settle(pilot)
            assert (f"{LINES - 1}行目" in text_of(app)) is seen


async def test_a_slide_that_is_edited_stays_where_it_is_read() -> None:
    """Whoever corrects what is in sight sees it corrected, and nothing moves."""
    app = Viewer()
    async with app.run_test(size=(60, 20)) as pilot:
        place = app.query_one(VerticalScroll)
        app.show(long_slide())
        await settle(pilot)
        place.scroll_to(y=30, animate=False, immediate=True)
        await settle(pilot)
        before = long_slide()
        place_of_line = next(number for number, block in enumerate(before.blocks) if "20行目" in str(block))
        blocks = list(before.blocks)
        blocks[place_of_line] = Paragraph((Span("二十行目"),))
        app.show(replace(before, blocks=tuple(blocks)))
        await settle(pilot)
        assert place.scroll_y == 30
        assert "二十行目" in text_of(app)


async def test_the_wall_says_that_a_slide_goes_on_below() -> None:
    """A slide longer than the wall has a mark until its end is shown; the next slide begins at its top, without."""
    place = at_long_slide()
    mark = more_below("pagedown")
    async with on_stage(projector(place)) as (app, pilot):
        assert text_of(app).split("\n")[-3].endswith(mark)
        shown = text_of(app)
        while mark in shown:
            await press(pilot, "pagedown")
            assert text_of(app) != shown
            shown = text_of(app)
        assert f"{LINES - 2}行目" in shown
        place.command(ask.GoTo(0, 0, 1))
        await settle(pilot)
        assert f"{LINES - 1}行目" in text_of(app)
        await press(pilot, "pageup")
        assert mark in text_of(app)
        place.command(ask.GoTo(0, 1))
        await settle(pilot)
        assert mark not in text_of(app)
        assert SLIDES[0].title in text_of(app)
        place.command(ask.GoTo(0, 0))
        await settle(pilot)
        assert text_of(app).split("\n")[-3].endswith(mark)
        place.command(ask.PutUp(Display("black")))
        await settle(pilot)
        assert mark not in text_of(app)


def at_long_slide() -> FakeHub:
    """The lecture begins with a slide longer than any wall."""
    segment = replace(lecture().segments[0], slides=(long_slide(), *SLIDES[:2]), steps=())
    return later(hub(workshop=replace(lecture(), segments=(segment, *lecture().segments[1:]))), 0, ask.Start())


async def test_the_facilitator_turns_the_pages_of_the_wall() -> None:
    """On, back, and back to the top with the slide put up anew; the facilitator's own slide goes along."""
    place = at_long_slide()
    wall, own = projector(place), facilitator(place)
    last = f"{LINES - 2}行目"
    async with on_stage(wall) as (shown, beside), on_stage(own) as (_app, pilot):
        for keys, seen in ((5 * "]", True), ("[[", False), ("]]", True), ("d", False)):
            await press(pilot, *keys)
            await settle(beside)
            assert (last in text_of(shown)) is seen
            assert (own.query_one("#now").scroll_y > LINES) is seen
        assert "0行目" in text_of(shown)
        place.command(ask.GoTo(0, 1))
        await settle(beside)
        assert SLIDES[0].title in text_of(shown)


@pytest.mark.parametrize("case", [Display("case", "case1"), Display("findings", "case1")])
async def test_pages_are_turned_in_whatever_is_put_up(case: Display) -> None:
    """A case or a comparison that is longer than the wall; groups stay where they are."""
    place = later(revealed(), 0, ask.GoTo(CASES), ask.PutUp(case))
    wall, reader = projector(place), group(place)
    async with on_stage(wall, 60, 16) as (shown, pilot), on_stage(reader, 80, 24) as (app, _pilot):
        before, beside = text_of(shown), text_of(app)
        place.command(ask.PutUp(replace(case, turned=1)))
        await settle(pilot)
        assert text_of(shown) != before
        assert text_of(app) == beside


async def test_the_facilitator_sees_what_comes_next_on_a_slide() -> None:
    """However long the slide is, and how many parts there are to it."""
    async with on_stage(facilitator(at_long_slide())) as (app, pilot):
        last = f"{LINES - 1}行目"
        assert last in text_of(app)
        assert _("part {n} of {all}").format(n=1, all=2) in text_of(app)
        await press(pilot, "space")
        assert _("part {n} of {all}").format(n=2, all=2) in text_of(app)
        await press(pilot, "space", "backspace", "backspace")
        assert text_of(app).count(last) == 1


@pytest.mark.parametrize(("screen", "key"), [(facilitator, "right_square_bracket"), (group, "pagedown")])
async def test_a_pane_says_that_a_slide_goes_on_below(screen: Callable[[FakeHub], RoleScreen], key: str) -> None:
    """In its border, with the key that leads there, until the end is shown."""
    async with on_stage(screen(at_long_slide()), 80, 24) as (app, pilot):
        assert more_below(key) in text_of(app)
        shown = ""
        while more_below(key) in text_of(app):
            assert text_of(app) != shown
            shown = text_of(app)
            await press(pilot, key)
        assert f"{LINES - 2}行目" in text_of(app)


@pytest.mark.parametrize("style", ["code", "title", "heading", "accent", "quote", *get_args(Emphasis)])
def test_a_style_is_told_without_colours(style: Style) -> None:
    """What differs from the words around it is bold, italic or underlined, whatever its colour."""
    (span,) = styled((Piece("支援", style),)).spans
    assert {"bold", "italic", "underline"} & set(str(span.style).split())
