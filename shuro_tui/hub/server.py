"""The room on the network: it carries messages and decides nothing."""

import asyncio
import itertools
import socket
from collections.abc import Callable, Iterable
from contextlib import suppress
from typing import NamedTuple

import msgspec
from websockets.asyncio.server import Server, ServerConnection, serve
from websockets.exceptions import ConnectionClosed

from shuro_tui.core.model import Millis
from shuro_tui.hub.audience import Delivery, Peer
from shuro_tui.hub.clock import Clock
from shuro_tui.hub.editing import News
from shuro_tui.hub.protocol import LONGEST, NotAdmitted, ToHub
from shuro_tui.hub.room import Room
from shuro_tui.hub.silence import SILENCE_AT_MOST, Listening

_WAITING_AT_MOST = 2_000
"""Messages that may wait for one slow client before it is let go; it comes back to a whole picture."""

_TICK = 1.0
_LISTEN = 0.25
"""Seconds between two looks for connections that are silent."""

_PAUSE_BEFORE_REFUSAL = 0.5
"""Seconds: what makes trying codes out a slow business."""

_decoder = msgspec.json.Decoder(ToHub)
_encoder = msgspec.json.Encoder()


class _Connection(Listening, ServerConnection):
    pass


class _Line(NamedTuple):
    connection: _Connection
    waiting: asyncio.Queue[Delivery]


class HubServer:
    """Serves a room on a socket that listens already, until it is stopped. `ready`: clients may come.

    pulse: keeps a sign of life, the hub's clock and the machine's at one moment; look: what is new in the workshop's
    files, which may take its time.
    """

    def __init__(
        self, room: Room, clock: Clock, pulse: Callable[[Millis, Millis], None], look: Callable[[], News] | None = None
    ) -> None:
        self._room = room
        self._clock = clock
        self._pulse = pulse
        self._look = look
        self._lines: dict[Peer, _Line] = {}
        self._numbers = itertools.count(1)
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
        server.close(close_connections=False)
        self._send(self._room.farewell())
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
                self._send(self._room.edited(news, self._clock.now()))

    def _beat(self) -> None:
        now = self._clock.now()
        self._send(self._room.beat(now))
        self._send(self._room.drifted(self._clock.drift()))
        if self._room.alive == now:  # otherwise it is still to be kept that the hub was away
            self._pulse(now, self._clock.wall())

    async def _attend(self, connection: ServerConnection) -> None:
        assert isinstance(connection, _Connection)  # noqa: S101 - as it was asked for
        # asyncio does so only for sockets made with their protocol named; without it each answer waits 40 ms.
        connection.transport.get_extra_info("socket").setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        peer = next(self._numbers)
        line = self._lines[peer] = _Line(connection, asyncio.Queue(_WAITING_AT_MOST))
        carrier = asyncio.create_task(_carry(line))
        try:
            # However the connection ends, whoever was there will be back.
            with suppress(ConnectionClosed):
                async for frame in connection:
                    self._send(self._received(peer, frame))
                    if self._room.closing:
                        self.stop()
        finally:
            carrier.cancel()
            del self._lines[peer]
            self._send(self._room.leave(peer))

    def _received(self, peer: Peer, frame: str | bytes) -> list[Delivery]:
        if isinstance(frame, bytes):
            return self._room.malformed(peer)
        try:
            message = _decoder.decode(frame)
        except (msgspec.DecodeError, RecursionError):
            return self._room.malformed(peer)
        return self._room.receive(peer, message, self._clock.now())

    def _send(self, deliveries: Iterable[Delivery]) -> None:
        for delivery in deliveries:
            line = self._lines[delivery.to]
            try:
                line.waiting.put_nowait(delivery)
            except asyncio.QueueFull:
                line.connection.transport.abort()


async def _carry(line: _Line) -> None:
    while True:
        delivery = await line.waiting.get()
        try:
            if isinstance(delivery.message, NotAdmitted):
                await asyncio.sleep(_PAUSE_BEFORE_REFUSAL)
            await line.connection.send(_encoder.encode(delivery.message), text=True)
            if delivery.last:
                await line.connection.close()
        except ConnectionClosed:
            return  # `_attend` hears of it too
        finally:
            line.waiting.task_done()
