"""The room on the network: it carries messages and decides nothing."""

import asyncio
import itertools
import socket
from collections.abc import Callable, Sequence
from contextlib import suppress
from typing import NamedTuple

import msgspec
from msgspec.structs import replace
from websockets.asyncio.server import Server, ServerConnection, serve
from websockets.exceptions import ConnectionClosed
from websockets.frames import CloseCode
from websockets.protocol import State

from shuro_tui.core.model import Millis
from shuro_tui.hub.audience import Delivery, Peer
from shuro_tui.hub.clock import Clock
from shuro_tui.hub.editing import News
from shuro_tui.hub.protocol import BURST, LONGEST, RATE, Do, Done, Fetch, Fetched, NotAdmitted, Picture, ToHub
from shuro_tui.hub.room import Room
from shuro_tui.hub.silence import SILENCE_AT_MOST, Listening

_ANSWERS_AT_MOST = 64
"""Answers that may wait for one connection; whoever does not take them is not listened to meanwhile."""

_PACE, _PACE_EACH = 0.05, 0.00025
"""Seconds between two times at which everybody is shown what is new, and for each who has joined where there are many:
a hundred keystrokes make one change, and what a thousand groups do costs no more to show than what two hundred do."""

_TICK = 1.0
_LISTEN = 0.25
"""Seconds between two looks for connections that are silent."""

_decoder = msgspec.json.Decoder(ToHub)
_encoder = msgspec.json.Encoder()


class _Connection(Listening, ServerConnection):
    pass


class _Line(NamedTuple):
    connection: _Connection
    waiting: asyncio.Queue[Delivery | Fetch | None]
    """Answers; a file to be read when its turn comes, one at a time; None: there may be something new to see."""

    def stir(self) -> None:
        """See to it that what is new is shown. Before each answer it is, so that one that waits will do."""
        if self.waiting.empty():
            self.waiting.put_nowait(None)


class _Allowance:
    """How fast one connection is listened to. Who sends faster waits; what it sent waits with it, on the network."""

    def __init__(self) -> None:
        self._spent_until = 0.0

    def wait(self, now: float) -> float:
        """Seconds until a message may be taken, which is counted."""
        self._spent_until = max(self._spent_until, now - BURST / RATE) + 1 / RATE
        return max(self._spent_until - now, 0.0)


class HubServer:
    """Serves a room on a socket that listens already, until it is stopped. `ready`: clients may come.

    pulse: keeps a sign of life, the hub's clock and the machine's at one moment; look: what is new in the workshop's
    files, which may take its time; fetch: a picture of the workshop, by its file, None where it is gone;
    ending: what is to be done before anybody hears that the hub stops.
    """

    def __init__(
        self,
        room: Room,
        clock: Clock,
        pulse: Callable[[Millis, Millis], None],
        look: Callable[[], News] | None = None,
        fetch: Callable[[str], bytes | None] = lambda _file: None,
        ending: Callable[[], None] = lambda: None,
    ) -> None:
        self._room = room
        self._clock = clock
        self._pulse = pulse
        self._look = look
        self._fetch = fetch
        self._ending = ending
        self._lines: dict[Peer, _Line] = {}
        self._asked: list[tuple[Peer, Do]] = []
        self._answers: dict[Peer, list[Delivery]] = {}
        self._numbers = itertools.count(1)
        self._shown_at = 0.0
        self._showing: asyncio.TimerHandle | None = None
        self._stop = asyncio.Event()
        self.ready = asyncio.Event()

    def stop(self) -> None:
        """End, with a farewell to everybody."""
        self._stop.set()

    async def run(self, listening: socket.socket) -> None:
        """Serve until `stop`, or until the facilitator asks for it."""
        # A page in somebody's browser must not be able to talk to the hub: browsers name an origin, ours do not.
        async with serve(
            self._attend,
            sock=listening,
            origins=[None],
            max_size=LONGEST,
            compression=None,
            ping_interval=None,  # clients ask of their own accord
            close_timeout=_TICK,
            create_connection=_Connection,
        ) as server:
            self.ready.set()
            meanwhile = [asyncio.create_task(task) for task in (self._follow_files(), self._listen())]
            try:
                await self._until_stopped(server)
            finally:
                for task in meanwhile:
                    task.cancel()

    async def _until_stopped(self, server: Server) -> None:
        while not self._stop.is_set():
            try:
                async with asyncio.timeout(_TICK):
                    await self._stop.wait()
            except TimeoutError:
                self._beat()
        # Whoever hears the farewell and begins anew must not find this hub any more.
        self._ending()
        server.close(close_connections=False)
        for delivery in self._room.farewell():
            with suppress(asyncio.QueueFull):
                self._lines[delivery.to].waiting.put_nowait(delivery)
        # Somebody may not be listening any more, or still be choosing; the end does not wait for them.
        with suppress(TimeoutError):
            async with asyncio.timeout(_TICK):
                await asyncio.gather(*(line.waiting.join() for line in self._lines.values()))
        for line in self._lines.values():
            line.connection.transport.abort()

    async def _listen(self) -> None:
        while True:
            await asyncio.sleep(_LISTEN)
            for line in self._lines.values():
                if line.connection.silent > SILENCE_AT_MOST:
                    line.connection.transport.abort()

    async def _follow_files(self) -> None:
        while self._look is not None:
            await asyncio.sleep(_TICK)
            news = await asyncio.to_thread(self._look)
            if news is not None:
                self._room.edited(news, self._clock.now())
                self._show_soon()

    def _beat(self) -> None:
        now = self._clock.now()
        self._room.beat(now)
        self._room.drifted(self._clock.drift())
        self._show_soon()
        if self._room.alive == now:  # otherwise it is still to be kept that the hub was away
            self._pulse(now, self._clock.wall())

    async def _attend(self, connection: ServerConnection) -> None:
        assert isinstance(connection, _Connection)  # noqa: S101 - as it was asked for
        # asyncio does so only for sockets made with their protocol named; without it each answer waits 40 ms.
        connection.transport.get_extra_info("socket").setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        peer = next(self._numbers)
        line = self._lines[peer] = _Line(connection, asyncio.Queue(_ANSWERS_AT_MOST))
        self._room.arrive(peer, str(connection.remote_address[0]))
        carrier = asyncio.create_task(self._carry(peer, line))
        try:
            allowance = _Allowance()
            # However the connection ends, whoever was there will be back.
            with suppress(ConnectionClosed):
                async for frame in connection:
                    if wait := allowance.wait(asyncio.get_running_loop().time()):
                        await asyncio.sleep(wait)
                    if connection.state is not State.OPEN:
                        break  # what came before the end and was not answered is sent again
                    answers = await self._received(peer, frame)
                    # Whoever gets the answer goes to work on it at once, maybe on the core that we are on: a wall
                    # that hears later is late for everybody's eyes.
                    self._show_soon()
                    for answer in answers:
                        await line.waiting.put(answer)
                    if self._room.closing:
                        self.stop()
        finally:
            carrier.cancel()
            del self._lines[peer]
            self._room.leave(peer)
            self._show_soon()

    async def _received(self, peer: Peer, frame: str | bytes) -> Sequence[Delivery | Fetch]:
        if isinstance(frame, bytes):
            return self._room.malformed(peer)
        try:
            message = _decoder.decode(frame)
        except (msgspec.DecodeError, RecursionError):
            return self._room.malformed(peer)
        if isinstance(message, Fetch):
            return [message]
        if isinstance(message, Do):
            return await self._in_turn(peer, message)
        return self._room.receive(peer, message, self._clock.now())

    async def _in_turn(self, peer: Peer, do: Do) -> list[Delivery]:
        """Carry out a command together with all others that have come meanwhile: they share one sync of the disk."""
        self._asked.append((peer, do))
        # Whoever was woken with us adds what it has; the first that goes on from here sees to it all.
        await asyncio.sleep(0)
        asked, self._asked = self._asked, []
        if asked:
            for answer in self._room.receive_together(asked, self._clock.now()):
                self._answers.setdefault(answer.to, []).append(answer)
        return self._answers.pop(peer, [])

    def _show_soon(self) -> None:
        """Show everybody what is new: at once, or when it is time again."""
        if self._showing is None:
            loop = asyncio.get_running_loop()
            due = self._shown_at + max(_PACE, _PACE_EACH * self._room.joined)
            if due <= loop.time():
                self._show()
            else:
                self._showing = loop.call_at(due, self._show)

    def _show(self) -> None:
        self._showing = None
        stirred = self._room.stirred()
        if stirred:
            self._shown_at = asyncio.get_running_loop().time()
        for peer in stirred:
            self._lines[peer].stir()

    async def _carry(self, peer: Peer, line: _Line) -> None:
        shown = False
        while True:
            delivery = await line.waiting.get()
            # However the connection ends, `_attend` hears of it too; nobody is to wait for its answers meanwhile.
            with suppress(ConnectionClosed):
                if isinstance(delivery, Fetch):
                    delivery = await self._fetched(peer, delivery.file)
                # Who asked sees what came of it as it hears that it is done; but first of all the whole picture.
                news = self._room.news(peer) if shown else None
                if news is not None and delivery is not None and isinstance(delivery.message, Done):
                    delivery = replace(delivery, message=replace(delivery.message, news=news))
                elif news is not None:
                    await line.connection.send(_encoder.encode(news), text=True)
                if delivery is not None:
                    await _tell(line, delivery)
                    shown = shown or isinstance(delivery.message, Picture)
            line.waiting.task_done()

    async def _fetched(self, peer: Peer, file: str) -> Delivery:
        shown = self._room.shows(peer, file)
        return Delivery(peer, Fetched(file, await asyncio.to_thread(self._fetch, file) if shown else None))


async def _tell(line: _Line, delivery: Delivery) -> None:
    if delivery.after:
        await asyncio.sleep(delivery.after / 1000)
    await line.connection.send(_encoder.encode(delivery.message), text=True)
    if isinstance(delivery.message, NotAdmitted):
        await line.connection.close(CloseCode.POLICY_VIOLATION, delivery.message.reason)
    elif delivery.last:
        await line.connection.close(CloseCode.GOING_AWAY)
