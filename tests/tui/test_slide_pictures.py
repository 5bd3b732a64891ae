"""Pictures on slides, over their words: as blocks, sixels and kitty's graphics."""

import asyncio
import threading
from collections.abc import Callable
from typing import Any

import pytest
from textual.app import App, ComposeResult
from textual.containers import Container, VerticalScroll
from textual.pilot import Pilot

from shuro_tui.core.blocks import Heading, Image, Paragraph, Picture, Span
from shuro_tui.core.linebreak import Place
from shuro_tui.core.model import Slide
from shuro_tui.tui import pictures
from shuro_tui.tui.pictures import Gallery
from shuro_tui.tui.terminal_width import Drawn
from shuro_tui.tui.widgets.slide_view import SlideView
from tests.pictures import png

SHOWN = Slide("図", (Heading(1, (Span("図"),)), Image("地域の地図", "a.png", Picture("a.png", 80, 40, "0"))))
PLAIN = Slide("文", (Paragraph((Span("文だけ"),)),))
PATIENCE = 10
"""Seconds after which a loop that is held up has failed."""


class Wall(App[None]):
    """A view as a projector has it, whose pictures come when the test says so."""

    CSS = "SlideView { width: 1fr; height: auto; } SlideView > Container { position: absolute; }"

    def __init__(self, drawn: Drawn, data: bytes | None = png()) -> None:
        super().__init__()
        self.come = asyncio.Event()
        self.asked: list[str] = []
        self.data = data
        self.gone = False
        self._drawn = drawn

    async def fetch(self, file: str) -> bytes | None:
        """A picture, after its time on the wire."""
        self.asked.append(file)
        await self.come.wait()
        if self.gone:
            raise ConnectionError
        return self.data

    def compose(self) -> ComposeResult:
        """It alone."""
        with VerticalScroll():
            yield SlideView(fills=True, gallery=Gallery(self._drawn, self.fetch))

    def show(self, slide: Slide) -> None:
        """Turn to a slide."""
        self.query_one(SlideView).slide = slide


async def hung(pilot: Pilot[None]) -> None:
    """Wait for what was on its way."""
    await pilot.app.workers.wait_for_complete()
    await pilot.pause()


def lines(app: App[None]) -> list[str]:
    """What stands on the screen."""
    return ["".join(part.text for part in strip).rstrip() for strip in app.screen._compositor.render_strips()]


@pytest.mark.parametrize("how", ["blocks", "kitty", "sixel"])
async def test_a_picture_covers_its_words_when_it_has_come(how: str, capsys: pytest.CaptureFixture[str]) -> None:
    """Until then they stand in its place, and nothing moves when it comes."""
    app = Wall(Drawn(1, False, how))  # type: ignore[arg-type]
    async with app.run_test(size=(60, 20)) as pilot:
        app.show(SHOWN)
        await pilot.pause()
        assert lines(app)[3] == "[地域の地図]"
        app.come.set()
        await hung(pilot)
        (frame,) = app.query_one(SlideView).query(Container)
        assert (frame.region.x, frame.region.y, *frame.region.size) == (0, 3, 20, 5)
        assert "[地域の地図]" not in "\n".join(lines(app))
        if how == "blocks":
            assert lines(app)[3] == "▀" * 20
        if how == "sixel":
            assert "\x1bP" in lines(app)[7]
        if how == "kitty":
            assert lines(app)[3].count("\U0010eeee") == 20


async def test_the_next_slide_has_no_picture_of_the_last() -> None:
    """Neither when it was there nor when it comes after the turn."""
    app = Wall(Drawn(1, False, "blocks"))
    async with app.run_test(size=(60, 20)) as pilot:
        app.show(SHOWN)
        await pilot.pause()
        app.show(PLAIN)
        app.come.set()
        await hung(pilot)
        assert not app.query_one(SlideView).children
        app.show(SHOWN)
        await hung(pilot)
        assert lines(app)[3] == "▀" * 20
        app.show(PLAIN)
        await hung(pilot)
        assert lines(app)[0] == "文だけ"
        assert not app.query_one(SlideView).children


async def test_a_picture_is_asked_for_once() -> None:
    """A slide that was shown before has it at hand."""
    app = Wall(Drawn(1, False, "blocks"))
    app.come.set()
    async with app.run_test(size=(60, 20)) as pilot:
        for slide in (SHOWN, PLAIN, SHOWN):
            app.show(slide)
            await hung(pilot)
        assert lines(app)[3] == "▀" * 20
        assert app.asked == ["a.png"]


def _gone(app: Wall) -> None:
    app.gone = True


def _none(app: Wall) -> None:
    app.data = None


def _torn(app: Wall) -> None:
    app.data = png()[:-30]


@pytest.mark.parametrize("happens", [_gone, _none, _torn])
async def test_the_words_stay_where_no_picture_comes(happens: Callable[[Wall], None]) -> None:
    """The hub may be away, the file deleted meanwhile, or broken."""
    app = Wall(Drawn(1, False, "blocks"))
    happens(app)
    app.come.set()
    async with app.run_test(size=(60, 20)) as pilot:
        app.show(SHOWN)
        await hung(pilot)
        assert lines(app)[3] == "[地域の地図]"


async def test_a_picture_grows_with_its_place() -> None:
    """On a terminal of another size it is drawn anew, in its shape."""
    large = Slide("図", (Image("地域の地図", "a.png", Picture("a.png", 800, 400, "0")),))
    app = Wall(Drawn(1, False, "blocks"))
    app.come.set()
    async with app.run_test(size=(60, 10)) as pilot:
        app.show(large)
        await hung(pilot)
        assert [len(line) for line in lines(app)] == [40] * 10
        await pilot.resize_terminal(60, 15)
        await hung(pilot)
        assert [len(line) for line in lines(app)] == [60] * 15


@pytest.mark.parametrize("work", ["_decoded", "_kinds"])
async def test_the_loop_goes_on_while_a_picture_is_made_ready(work: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Neither decoding it nor importing what shows it keeps the loop from its next turn."""
    loop, turned, real = asyncio.get_running_loop(), threading.Event(), getattr(pictures, work)

    def held(*arguments: Any) -> Any:
        loop.call_soon_threadsafe(turned.set)
        assert turned.wait(PATIENCE)
        return real(*arguments)

    async def fetch(_file: str) -> bytes:
        return png()

    monkeypatch.setattr(pictures, work, held)
    gallery = Gallery(Drawn(1, False, "blocks"), fetch)
    assert await gallery.picture(Place(Picture("a.png", 80, 40, "0"), 20, 5)) is not None
