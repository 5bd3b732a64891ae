"""Programs in which a sheet is typed, for `benchmarks.typing`.

python -m benchmarks.sheets input|sheet ROWS
"""

import sys
from typing import Any

from textual.app import App, ComposeResult
from textual.widgets import Input

from shuro_tui.core import commands as ask
from shuro_tui.tui.app import WorkshopApp
from shuro_tui.tui.screens.group import GroupScreen
from tests.tui.fake_link import FakeLink
from tests.tui.scenes import at_cases, lecture


class Bare(App[None]):
    """The floor: Textual's own one-line field."""

    def compose(self) -> ComposeResult:
        yield Input()


def sheet(rows: int) -> WorkshopApp:
    """A group's screen with a sheet of so many rows, with a hub in the same process."""
    place = at_cases()
    case = lecture().cases[0]
    for number in range(rows - 1):  # the last one is blank
        fields = case.rehearsal[number % len(case.rehearsal)]
        place.command(ask.WriteRow(case.id, f"row-{number}", dict(fields), number), "g3")

    async def enter(_app: WorkshopApp) -> GroupScreen:
        return GroupScreen(FakeLink(place, "g3"))

    return WorkshopApp(enter)


if __name__ == "__main__":
    name, rows = sys.argv[1:]
    program: App[Any] = Bare() if name == "input" else sheet(int(rows))
    program.run()
