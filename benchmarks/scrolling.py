"""Programs whose lines move by a key, for `benchmarks.compare`.

    python -m benchmarks.scrolling bare|matrix

bare: prepared lines that scroll; matrix: the comparison of 200 organisations × 50 groups on the facilitator's screen.
"""

import sys
from typing import Any, ClassVar

from msgspec.structs import replace
from rich.segment import Segment
from textual.app import App, ComposeResult
from textual.binding import BindingType
from textual.geometry import Size
from textual.scroll_view import ScrollView
from textual.strip import Strip

from shuro_tui import content
from shuro_tui.core.group import Group
from shuro_tui.core.model import Catalogue, Resource
from shuro_tui.core.session import Session
from shuro_tui.core.sheet import Row, Sheet
from shuro_tui.tui.app import WorkshopApp
from shuro_tui.tui.screens.facilitator import FacilitatorScreen
from tests.tui.fake_link import FakeHub, FakeLink
from tests.workshops import START

ORGANISATIONS, GROUPS, ROWS = 200, 50, 20
NAME = "機関{:03}号".format
FIELDS = ("就労", "地域", "医療", "生活", "家族")


class Lines(ScrollView, can_focus=False):
    """Lines that are ready."""

    def on_mount(self) -> None:
        self.strips = [Strip([Segment(NAME(number) + " 1  ." * 20)]) for number in range(ORGANISATIONS)]
        self.virtual_size = Size(118, ORGANISATIONS)

    def render_line(self, y: int) -> Strip:
        number = y + self.scroll_offset.y
        return self.strips[number].adjust_cell_length(self.size.width)


class Bare(App[None]):
    """The floor."""

    BINDINGS: ClassVar[list[BindingType]] = [("down", "scroll(1)"), ("up", "scroll(-1)")]

    def compose(self) -> ComposeResult:
        yield Lines()

    def action_scroll(self, step: int) -> None:
        self.query_one(Lines).scroll_relative(y=step, animate=False, immediate=True)


def matrix() -> WorkshopApp:
    """The facilitator's screen; V leads to the comparison."""
    bundled = content.load(content.bundled())
    resources = tuple(
        Resource(f"o{number}", NAME(number), "", FIELDS[number * len(FIELDS) // ORGANISATIONS], "", "")
        for number in range(ORGANISATIONS)
    )
    workshop = replace(bundled, catalogue=Catalogue(resources))
    case = workshop.cases[0]
    groups = tuple(Group(f"g{number}", f"{number}班") for number in range(1, GROUPS + 1))
    texts = [row["content"] for row in case.rehearsal]
    sheets = {
        (case.id, group.id): Sheet(case.id, group.id, tuple(_row(place, number, texts) for number in range(ROWS)))
        for place, group in enumerate(groups)
    }
    session = replace(Session.new("benchmark", workshop, groups, {}, START), sheets=sheets)

    async def enter(_app: WorkshopApp) -> FacilitatorScreen:
        return FacilitatorScreen(FakeLink(FakeHub(session, START), "facilitator"))

    return WorkshopApp(enter)


def _row(group: int, number: int, texts: list[str]) -> Row:
    organisation = (group * 7 + number * 11) % ORGANISATIONS
    text = f"{texts[(group + number) % len(texts)]} {group}-{number}"
    return Row(f"r{number}", {"organisation": NAME(organisation), "content": text, "whom": "本人"})


if __name__ == "__main__":
    app: App[Any] = Bare() if sys.argv[1] == "bare" else matrix()
    app.run()
