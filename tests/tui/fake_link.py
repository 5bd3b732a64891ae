"""A hub in the same process: the real core behind the real Link, with a clock that the test moves."""

import asyncio
from collections.abc import AsyncIterator

from msgspec.structs import replace

from shuro_tui.core.commands import FacilitatorCommand, GroupCommand
from shuro_tui.core.events import Event
from shuro_tui.core.link import LinkState
from shuro_tui.core.model import Millis
from shuro_tui.core.session import Session, apply, decide
from shuro_tui.core.viewing import facilitator_view, group_view, screen_view
from shuro_tui.core.views import Room, Surroundings, View


class FakeHub:
    """A session that its links change and look at."""

    def __init__(self, session: Session, now: Millis) -> None:
        self.session = session
        self.clock = now
        self.links: list[FakeLink] = []
        self.pictures: dict[str, bytes] = {}
        self.around = Surroundings(
            room=Room(("192.0.2.10:8470",), "1234-5678"), terminals={group.id: 1 for group in session.groups}
        )

    def command(self, command: FacilitatorCommand | GroupCommand, group: str | None = None) -> None:
        """Carry a command out and show every link what came of it."""
        self.happened(*decide(self.session, command, self.clock, group))

    def happened(self, *events: Event) -> None:
        """What came about, shown to every link."""
        for event in events:
            self.session = apply(self.session, event)
        for link in self.links:
            link.changed.set()


class FakeLink:
    """One client's end: role is "facilitator", "screen" or a group's id."""

    def __init__(self, hub: FakeHub, role: str) -> None:
        self.hub = hub
        self.role = role
        self.changed = asyncio.Event()
        self.status = LinkState(connected=True, silent=Millis(0))
        self.stopped = False
        self.commands: list[FacilitatorCommand | GroupCommand] = []
        self.typed: list[tuple[str, str]] = []
        self.puts = 0
        hub.links.append(self)

    def view(self) -> View:
        """What this role sees now."""
        if self.role == "facilitator":
            return facilitator_view(self.hub.session, self.hub.around)
        if self.role == "screen":
            return screen_view(self.hub.session, self.hub.around)
        group = next(group for group in self.hub.session.groups if group.id == self.role)
        return replace(group_view(self.hub.session, group, self.hub.around), puts=self.puts)

    async def views(self) -> AsyncIterator[View]:
        """Each view as it comes."""
        while True:
            self.changed.clear()
            yield self.view()
            await self.changed.wait()

    async def do(self, command: FacilitatorCommand) -> None:
        """Carry it out at once."""
        self.commands.append(command)
        self.hub.command(command)
        for _turn in range(3):  # the view comes before the answer, as it does from the real hub
            await asyncio.sleep(0)

    async def fetch(self, file: str) -> bytes | None:
        """A picture of the test's."""
        return self.hub.pictures.get(file)

    async def stop(self) -> None:
        """The hub is gone."""
        self.stopped = True

    def put(self, command: GroupCommand) -> int:
        """Carry it out at once."""
        self.commands.append(command)
        self.puts += 1
        self.hub.command(command, self.role)
        return self.puts

    def typing(self, case: str, row: str) -> None:
        """Remember it."""
        self.typed.append((case, row))

    def now(self) -> Millis:
        """The hub's clock."""
        return self.hub.clock

    def state(self) -> LinkState:
        """As the test set it."""
        return self.status
