"""Programs that turn the slides of a deck by a key, for `benchmarks.slides`.

python -m benchmarks.turning bare|markdown|projector DECK.md
"""

import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, ClassVar

from textual.app import App, ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widgets import Markdown, Static

from shuro_tui.content.fields import Page
from shuro_tui.content.pictures import Pictures
from shuro_tui.content.slides import read_slides
from shuro_tui.core import commands as ask
from shuro_tui.core.model import MINUTE, Millis, Segment, Slide, Workshop
from shuro_tui.core.session import Session
from shuro_tui.core.typeset import lay_out
from shuro_tui.tui.app import WorkshopApp
from shuro_tui.tui.screens.projector import ProjectorScreen
from shuro_tui.tui.widgets.slide_view import styled
from tests.tui.fake_link import FakeHub, FakeLink
from tests.workshops import START

WIDTH = 110
"""Cells that a projector of 120 gives a slide."""

BETWEEN = "\n\n---\n\n"
TURNS: list[BindingType] = [
    Binding("space", "turn(1)", priority=True),
    Binding("backspace", "turn(-1)", priority=True),
]


def slides_of(deck: str) -> tuple[Slide, ...]:
    """The slides of a deck in which nothing is wrong."""
    page = Page("deck.md", [])
    return read_slides(deck, page.file, page, Pictures(Path(), Path(), page))


class Bare(App[None]):
    """The floor: one Static, and prepared Content for each slide."""

    CSS = "Static { padding: 1 3; }"
    BINDINGS: ClassVar[list[BindingType]] = TURNS

    def __init__(self, deck: str) -> None:
        super().__init__()
        self._slides = [Content("\n").join(map(styled, lay_out(slide, WIDTH))) for slide in slides_of(deck)]
        self._shown = 0

    def compose(self) -> ComposeResult:
        yield Static(self._slides[0])

    def action_turn(self, step: int) -> None:
        self._shown += step
        self.query_one(Static).update(self._slides[self._shown])


class Reader(App[None]):
    """Textual's own Markdown."""

    BINDINGS: ClassVar[list[BindingType]] = TURNS

    def __init__(self, deck: str) -> None:
        super().__init__()
        self._slides = deck.split(BETWEEN)
        self._shown = 0

    def compose(self) -> ComposeResult:
        yield Markdown(self._slides[0])

    async def action_turn(self, step: int) -> None:
        self._shown += step
        await self.query_one(Markdown).update(self._slides[self._shown])


class Turning(ProjectorScreen):
    """The projector's screen, with a hub in the same process that obeys its keys."""

    BINDINGS: ClassVar[list[BindingType]] = TURNS

    def __init__(self, place: FakeHub) -> None:
        super().__init__(FakeLink(place, "screen"))
        self._place = place

    def action_turn(self, step: int) -> None:
        self._place.command(ask.GoTo(0, self._place.session.timeline.slide + step))


def projector(deck: str) -> WorkshopApp:
    """The projector of a session that runs."""
    segment = Segment("all", "全部", Millis(60 * MINUTE), Millis(0), slides_of(deck))
    workshop = Workshop("benchmark", "地域の就労支援機関と役割", "ja", (segment,))
    place = FakeHub(Session.new("benchmark", workshop, (), {}, START), START)
    place.command(ask.Start())

    async def enter(_app: WorkshopApp) -> Turning:
        return Turning(place)

    return WorkshopApp(enter)


if __name__ == "__main__":
    name, file = sys.argv[1:]
    programs: dict[str, Callable[[str], App[Any]]] = {"bare": Bare, "markdown": Reader, "projector": projector}
    programs[name](Path(file).read_text(encoding="utf-8")).run()
