"""Programs around a hub, for `benchmarks.hub`; each prints a line of JSON.

python -m benchmarks.crowd bare FILE                        the floor: a hub that appends, syncs and acknowledges
python -m benchmarks.crowd load PORT CODE CASE COLUMN N S   N clients that edit once a second for S seconds
python -m benchmarks.crowd watch DATA S                     the facilitator's real screen, a key a second for S seconds
"""

import asyncio
import contextlib
import os
import random
import sys
import time
from pathlib import Path

import msgspec
from msgspec import Struct
from websockets.asyncio.client import ClientConnection, connect
from websockets.asyncio.server import ServerConnection, serve
from websockets.exceptions import ConnectionClosed

from shuro_tui.core.commands import WriteRow
from shuro_tui.core.model import Millis
from shuro_tui.hub.protocol import VERSION, Do, Done, Join, Ping, ToClient, ToHub, Welcome
from tests.terminal import Terminal

CONNECTING = 50
"""Clients that connect at once, as a room does that has come in one after the other."""

SETTLING = 2.0
"""Seconds between the last to come and the first to write."""

PATIENCE = 60.0
_to_hub = msgspec.json.Decoder(ToHub)
_to_client = msgspec.json.Decoder(ToClient)


class Loaded(Struct):
    """What a load came to: milliseconds from each edit to its acknowledgement, and the last number of each client."""

    acknowledged: list[float]
    sent: int
    last: dict[str, int]


class Watched(Struct):
    """Milliseconds from each key to its paint."""

    paints: list[float]


# The floor.


async def bare(path: Path) -> None:
    """Append each edit, sync, acknowledge, and forward it to the one who watches, until stdin ends."""
    watching: list[ServerConnection] = []
    file = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)

    async def attend(connection: ServerConnection) -> None:
        watching.append(connection) if not watching else None
        with contextlib.suppress(ConnectionClosed):
            async for frame in connection:
                message = _to_hub.decode(frame)
                if not isinstance(message, Do):
                    await connection.send(msgspec.json.encode(Welcome("bare")), text=True)
                    continue
                line = msgspec.json.encode(message) + b"\n"
                os.write(file, line)
                os.fdatasync(file)
                await connection.send(msgspec.json.encode(Done(message.number)), text=True)
                await watching[0].send(line, text=True)

    async with serve(attend, "127.0.0.1", 0, compression=None, ping_interval=None) as server:
        print(next(iter(server.sockets)).getsockname()[1], flush=True)
        await asyncio.to_thread(sys.stdin.read)
        server.close(close_connections=True)


# The load.


class Group:
    """A group's terminal without a screen: it writes one row, anew each second."""

    def __init__(self, number: int, case: str, column: str) -> None:
        self.id = f"g{number}"
        self.number = 0
        self._case = case
        self._column = column
        self._asked: dict[int, float] = {}
        self.acknowledged: list[float] = []
        self.wire: ClientConnection

    async def enter(self, port: int, code: str) -> None:
        """Join; the first message says that it is in."""
        self.wire = await connect(
            f"ws://127.0.0.1:{port}/", compression=None, proxy=None, ping_interval=None, max_size=None
        )
        join = Join(VERSION, "group", code, self.id, f"terminal-{self.id}")
        await self.wire.send(msgspec.json.encode(join), text=True)
        assert isinstance(_to_client.decode(await self.wire.recv()), Welcome)

    async def listen(self) -> None:
        """Take what comes."""
        with contextlib.suppress(ConnectionClosed):
            async for frame in self.wire:
                if b'"done"' not in frame[:20] if isinstance(frame, bytes) else '"done"' not in frame[:20]:
                    continue
                done = _to_client.decode(frame)
                assert isinstance(done, Done)
                assert done.refused is None, done
                self.acknowledged.append((time.perf_counter() - self._asked.pop(done.number)) * 1000)

    async def write(self, begin: float, seconds: int) -> None:
        """An edit a second, at its own moment of each."""
        loop = asyncio.get_running_loop()
        for second in range(seconds):
            await asyncio.sleep(max(begin + second - loop.time(), 0))
            self.number += 1
            text = f"ハローワーク 専門窓口での職業相談 {self.number:06}"
            edit = WriteRow(self._case, f"row-of-{self.id}", {self._column: text})
            self._asked[self.number] = time.perf_counter()
            await self._send(Do(self.number, edit))

    async def live(self) -> None:
        """A sign of life a second."""
        while True:
            await asyncio.sleep(1)
            await self._send(Ping(Millis(0)))

    async def _send(self, message: Do | Ping) -> None:
        with contextlib.suppress(ConnectionClosed):  # what is not acknowledged is counted
            await self.wire.send(msgspec.json.encode(message), text=True)


async def load(port: int, code: str, case: str, column: str, clients: int, seconds: int) -> Loaded:
    """Let so many write, each at its own moment of the second."""
    groups = [Group(number, case, column) for number in range(1, clients + 1)]
    living: list[asyncio.Task[None]] = []
    for first in range(0, clients, CONNECTING):
        came = groups[first : first + CONNECTING]
        await asyncio.gather(*(group.enter(port, code) for group in came))
        living += [asyncio.create_task(task) for group in came for task in (group.listen(), group.live())]
    await asyncio.sleep(SETTLING)
    begin = asyncio.get_running_loop().time()
    chance = random.Random(1)  # noqa: S311 - the same moments for both hubs
    await asyncio.gather(*(group.write(begin + chance.random(), seconds) for group in groups))
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until and any(len(group.acknowledged) < group.number for group in groups):  # noqa: ASYNC110
        await asyncio.sleep(0.1)
    for task in living:
        task.cancel()
    return Loaded(
        [each for group in groups for each in group.acknowledged],
        sum(group.number for group in groups),
        {group.id: group.number for group in groups},
    )


# The facilitator.


def watch(data: Path, seconds: int) -> Watched:
    """Open and close the list of keys once a second on the real screen."""
    opened, paints = "Start; then the next slide", []
    screen = Terminal(["run", "--lang", "en"], {"SHURO_TUI_DATA": str(data)})
    screen.wait("Rundown")
    print("watching", flush=True)
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        for key, shows in (("\x1bOP", True), ("\x1b", False)):
            pressed = time.perf_counter()
            screen.type(key)
            screen.wait(lambda text, shows=shows: (opened in text) is shows)  # type: ignore[misc]
            if shows:  # a lone Esc waits a while for what could follow it
                paints.append((time.perf_counter() - pressed) * 1000)
            rest = time.monotonic() + 0.5
            screen.wait(lambda _text, rest=rest: time.monotonic() > rest)  # type: ignore[misc]
    screen.close()
    return Watched(paints[1:])  # the first imports what it needs


def main() -> None:
    """Be one of them."""
    match sys.argv[1:]:
        case ["bare", path]:
            asyncio.run(bare(Path(path)))
        case ["load", port, code, case, column, clients, seconds]:
            loaded = asyncio.run(load(int(port), code, case, column, int(clients), int(seconds)))
            print(msgspec.json.encode(loaded).decode())
        case ["watch", data, seconds]:
            print(msgspec.json.encode(watch(Path(data), int(seconds))).decode())
        case _:
            raise SystemExit(__doc__)


if __name__ == "__main__":
    main()
