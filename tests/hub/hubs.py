"""A hub in the test's own event loop, clients for it, and a cable between them that can be cut."""

import asyncio
import contextlib
import socket
from collections.abc import AsyncIterator, Callable, Sequence
from pathlib import Path
from typing import TypeVar

from shuro_tui.core import commands as ask
from shuro_tui.core.events import Event
from shuro_tui.core.session import Session, decide
from shuro_tui.core.views import FacilitatorView, GroupView, ScreenView, Surroundings
from shuro_tui.core.views import Room as WayIn
from shuro_tui.hub.client import Client
from shuro_tui.hub.clock import Clock
from shuro_tui.hub.editing import News
from shuro_tui.hub.protocol import Role
from shuro_tui.hub.room import NotKept, Room
from shuro_tui.hub.server import HubServer
from shuro_tui.hub.whereabouts import Address, Whereabouts
from shuro_tui.store import StorageError, Store
from tests.workshops import START, session

KEY = "the-facilitator's-key"
CODE = "1234-5678"
NEXT_CODE = "8765-4321"
PATIENCE = 5.0

SeenBy = TypeVar("SeenBy", FacilitatorView, GroupView, ScreenView)


class Hub:
    """The file of a session whose cases are open, and a server for it, which can die and begin again at its port."""

    def __init__(
        self,
        folder: Path,
        look: Callable[[], News] | None = None,
        of: Session | None = None,
        fetch: Callable[[str], bytes | None] = lambda _file: None,
    ) -> None:
        store = Store.create(folder, of or session())
        for command in (ask.Start(), ask.GoTo(1)):
            store.append(decide(store.session, command, START))
        store.close()
        self.path = store.path
        self.port = 0
        self.full = False
        self.look = look
        self.fetch = fetch
        self.clock = Clock()
        self.store: Store
        self.server: HubServer
        self.running: asyncio.Task[None] | None = None

    async def __aenter__(self) -> "Hub":
        """Begin."""
        await self.start()
        return self

    async def __aexit__(self, *_raised: object) -> None:
        """End, whatever the test came to: no file stays open."""
        await self.die()

    async def start(self) -> None:
        """Begin, or begin again, with what the file holds."""
        await self.die()
        self.store = Store.open(self.path)
        around = Surroundings(WayIn(("127.0.0.1",), CODE))
        alive, speed = self.clock.now(), self.clock.speed
        room = Room(self.store.session, self._append, lambda: NEXT_CODE, KEY, around, alive, speed)
        listening = socket.create_server(("127.0.0.1", self.port))
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, 16_384)  # whoever does not read is found out soon
        self.port = listening.getsockname()[1]
        self.server = HubServer(room, self.clock, self.store.beat, self.look, self.fetch)
        self.running = asyncio.create_task(self.server.run(listening))
        await self.server.ready.wait()

    async def die(self) -> None:
        """End without a farewell, nor a word on any connection."""
        if self.running is not None:
            for line in self.server._lines.values():
                line.connection.transport.abort()
            self.running.cancel()
            try:
                with contextlib.suppress(asyncio.CancelledError):
                    await self.running
            finally:
                self.running = None
                self.store.close()

    def at(self, secret: str) -> Address:
        """Where it is, with a secret."""
        return Address("127.0.0.1", self.port, secret)

    def _append(self, events: Sequence[Event], session: Session) -> None:
        if self.full:
            raise NotKept("No space left on device")
        try:
            self.store.append(events, session)
        except StorageError as error:
            raise NotKept(str(error)) from error


class Cable:
    """Carries bytes between clients and a hub, until it is cut or the hub's side of it is held."""

    def __init__(self, hub: Hub | Whereabouts) -> None:
        self._hub = hub
        self._flowing = asyncio.Event()
        self._flowing.set()
        self._frozen = False
        self._piece, self._pause = 65_536, 0.0
        self.carried = 0
        self._ends: set[asyncio.StreamWriter] = set()
        self._server: asyncio.Server | None = None
        self._left = 0
        self.plugs = 0

    async def lay(self) -> None:
        """Make it ready for clients."""
        self._server = await asyncio.start_server(self._carry, "127.0.0.1", 0)

    def at(self, secret: str) -> Address:
        """Its client's end, with a secret of the hub."""
        assert self._server is not None
        return Address("127.0.0.1", self._server.sockets[0].getsockname()[1], secret)

    def hold(self, after: int = 0) -> None:
        """Let nothing through to the clients, without a sign of it, or only so many more pieces."""
        self._left = after
        if not after:
            self._flowing.clear()

    def freeze(self) -> None:
        """Let nothing through either way, without a sign of it."""
        self._frozen = True
        self.hold()

    def slow(self, piece: int, pause: float) -> None:
        """Carry so many bytes at a time, so many seconds apart."""
        self._piece, self._pause = piece, pause

    def release(self) -> None:
        """Let it through again."""
        self._frozen = False
        self._flowing.set()

    def cut(self) -> None:
        """Break every connection at once; new ones are carried."""
        for end in list(self._ends):
            end.transport.abort()

    async def remove(self) -> None:
        """Carry nothing any more."""
        self.cut()
        if self._server is not None:
            self._server.close()
            await self._server.wait_closed()
        self.release()
        await asyncio.sleep(0)

    async def _carry(self, from_client: asyncio.StreamReader, to_client: asyncio.StreamWriter) -> None:
        self.plugs += 1
        self._ends.add(to_client)
        with contextlib.suppress(OSError):
            from_hub, to_hub = await asyncio.open_connection("127.0.0.1", self._hub.port)
            self._ends.add(to_hub)
            await asyncio.gather(self._pump(from_client, to_hub, False), self._pump(from_hub, to_client, True))
        to_client.transport.abort()

    async def _pump(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, holding: bool) -> None:
        with contextlib.suppress(OSError):
            while data := await reader.read(self._piece):
                await asyncio.sleep(self._pause)
                self.carried += len(data)
                if holding or self._frozen:
                    await self._flowing.wait()
                    self._left -= 1
                writer.write(data)
                if holding and self._left == 0:
                    self._flowing.clear()
                await writer.drain()
        self._ends.discard(writer)
        writer.transport.abort()


class Clients:
    """Clients that are closed at the end."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._all: list[Client] = []

    def new(self, role: Role, where: Callable[[], Address], machine: str = "") -> Client:
        """A client that has not entered, of this machine or of another."""
        client = Client(role, where, self._folder / machine)
        self._all.append(client)
        return client

    async def facilitator(self, hub: Hub | Cable) -> Client:
        """A facilitator who is in."""
        client = self.new("facilitator", lambda: hub.at(KEY))
        assert await client.enter() is None
        return client

    async def screen(self, hub: Hub | Cable) -> Client:
        """A projector that is in."""
        client = self.new("screen", lambda: hub.at(CODE))
        assert await client.enter() is None
        return client

    async def group(self, hub: Hub | Cable, name: str = "1班", machine: str = "") -> Client:
        """A group's terminal that is in."""
        client = self.new("group", lambda: hub.at(CODE), machine)
        assert await client.enter(name) is None
        return client

    async def close(self) -> None:
        """Let all of them leave."""
        for client in self._all:
            await client.close(leaving=False)


@contextlib.asynccontextmanager
async def laid(hub: Hub | Whereabouts) -> AsyncIterator[Cable]:
    """A cable to a hub."""
    cable = Cable(hub)
    await cable.lay()
    try:
        yield cable
    finally:
        await cable.remove()


async def seen(client: Client, kind: type[SeenBy], wanted: Callable[[SeenBy], bool] = lambda _view: True) -> SeenBy:
    """The first view from now on that is as wanted."""
    async with asyncio.timeout(PATIENCE):
        async for view in client.views():
            assert isinstance(view, kind)
            if wanted(view):
                return view
    raise AssertionError("the views ended")


async def eventually(true: Callable[[], bool]) -> None:
    """Wait for what no event tells of."""
    for _attempt in range(int(PATIENCE / 0.005)):
        if true():
            return
        await asyncio.sleep(0.005)
    raise AssertionError("it has not come true")


def rows(view: GroupView | FacilitatorView) -> list[str]:
    """The ids of the rows in the first sheet."""
    return [row.id for row in view.sheets[0].rows] if view.sheets else []
