"""A hub that is killed again and again while groups write, and what is on the disk after each kill."""

import asyncio
import os
import random
import signal
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from pathlib import Path
from typing import TypeVar

import msgspec
from msgspec import Struct
from tinydb import TinyDB
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import WebSocketException

from shuro_tui.core import commands as ask
from shuro_tui.core.group import Group
from shuro_tui.core.session import Session, decide
from shuro_tui.hub.clock import Clock
from shuro_tui.hub.launch import launch
from shuro_tui.hub.protocol import VERSION, Do, Done, Join, ToClient, Welcome
from shuro_tui.hub.whereabouts import Whereabouts
from shuro_tui.store import Store, load
from tests.workshops import workshop

GROUPS = 8
TERMINALS = 2
"""A group's; each writes rows of its own."""

ROWS = 40
"""Of a terminal; it writes them over and over."""

LONGEST_LIFE = 0.2
"""Seconds that a hub lives at most, from its first acknowledgement on."""

PATIENCE = 20.0
CASE = "a"
Heard = TypeVar("Heard", bound=Struct)
_decoder = msgspec.json.Decoder(ToClient)


class Counts(Struct):
    """Over all kills. kept: acknowledged rows that were looked for, each time anew."""

    kills: int = 0
    acknowledged: int = 0
    kept: int = 0
    missing: int = 0
    duplicated: int = 0

    def __str__(self) -> str:
        """A line to print."""
        return (
            f"hub killed {self.kills} times: changes acknowledged {self.acknowledged}, rows looked for {self.kept}, "
            f"acknowledged and missing {self.missing}, duplicated {self.duplicated}"
        )

    @property
    def faultless(self) -> bool:
        """Whether nothing is missing and nothing is there twice."""
        return not (self.missing or self.duplicated)


class Writer:
    """A terminal that writes numbers into its rows, one change at a time; sent again until it is acknowledged.

    acknowledged: row → the last number that was; pause: seconds between two changes.
    """

    def __init__(self, group: str, name: str, pause: float = 0.0) -> None:
        self.group = group
        self.name = name
        self.acknowledged: dict[str, int] = {}
        self.told = asyncio.Event()
        self._number = 1
        self._pause = pause

    async def write(self, where: Whereabouts) -> None:
        """Write to this hub for as long as it lives."""
        with suppress(OSError, WebSocketException, TimeoutError):
            async with connect(f"ws://127.0.0.1:{where.port}/", compression=None, proxy=None, close_timeout=1) as wire:
                await _say(wire, Join(VERSION, "group", where.code, self.group, self.name))
                welcome = await _hear(wire, Welcome)
                self._number = max(self._number, welcome.heard + 1)
                while True:
                    await self._write_one(wire)
                    await asyncio.sleep(self._pause)

    async def _write_one(self, wire: ClientConnection) -> None:
        row = f"{self.name}-{self._number % ROWS}"
        fields = {"organisation": "ハローワーク", "content": f"{self.name} {self._number}"}
        await _say(wire, Do(self._number, ask.WriteRow(CASE, row, fields, ROWS * TERMINALS)))
        done = await _hear(wire, Done)
        assert (done.number, done.refused) == (self._number, None), done.refused
        self.acknowledged[row] = self._number
        self._number += 1
        self.told.set()


async def _say(wire: ClientConnection, message: Struct) -> None:
    await wire.send(msgspec.json.encode(message), text=True)


async def _hear(wire: ClientConnection, kind: type[Heard]) -> Heard:
    async with asyncio.timeout(PATIENCE):
        while True:
            message = _decoder.decode(await wire.recv())
            if isinstance(message, kind):
                return message


async def kill_again_and_again(folder: Path, kills: int, seed: int = 0) -> Counts:
    """Let groups write, kill the hub at some moment, look at the disk, start it again; at the end stop it cleanly."""
    chance = random.Random(seed)  # noqa: S311 - a moment to kill, no secret
    path = begun(folder)
    writers = [Writer(f"g{group}", f"t{group}{name}") for group in range(GROUPS) for name in "ab"[:TERMINALS]]
    counts = Counts()
    for _kill in range(kills):
        async with _hub(folder, path.stem, writers, chance) as process:
            os.kill(process, signal.SIGKILL)
        counts.kills += 1
        _look(path, writers, counts)
    async with _hub(folder, path.stem, writers, chance) as process:
        os.kill(process, signal.SIGTERM)
    _look(path, writers, counts)
    with TinyDB(path, encoding="utf-8") as database:  # after a clean end nothing of ours is needed to read it
        there = Counter(document["row"] for document in database.table("answers"))
    assert there == Counter(row.id for sheet in load(path).sheets.values() for row in sheet.rows)
    counts.acknowledged = sum(max(writer.acknowledged.values(), default=0) for writer in writers)
    return counts


def begun(folder: Path) -> Path:
    """The file of a session at work on its cases."""
    groups = tuple(Group(f"g{number}", f"{number + 1}班") for number in range(GROUPS))
    now = Clock().now()
    store = Store.create(folder / "sessions", Session.new("evening", workshop(), groups, {}, now))
    for command in (ask.Start(), ask.GoTo(1)):
        store.append(decide(store.session, command, now))
    store.close()
    return store.path


@asynccontextmanager
async def _hub(folder: Path, session: str, writers: list[Writer], chance: random.Random) -> AsyncIterator[int]:
    """A hub under load, at some moment of its life: its process, which is gone at the end."""
    where, process = await asyncio.to_thread(
        launch, ["--data", str(folder), "--session", session, "--port", "0"], folder
    )
    for writer in writers:
        writer.told.clear()
    writing = [asyncio.create_task(writer.write(where)) for writer in writers]
    try:
        async with asyncio.timeout(PATIENCE):
            await writers[0].told.wait()
        await asyncio.sleep(chance.uniform(0, LONGEST_LIFE))  # any moment is as likely as another
        yield process.pid
        await asyncio.to_thread(process.wait, PATIENCE)
        async with asyncio.timeout(PATIENCE):
            await asyncio.gather(*writing)
    finally:
        process.kill()
        process.wait()
        for task in writing:
            task.cancel()


def _look(path: Path, writers: list[Writer], counts: Counts) -> None:
    """Count what of the acknowledged is on the disk."""
    session = load(path)
    for writer in writers:
        rows = [row for row in session.sheet(CASE, writer.group).rows if row.fields["content"].startswith(writer.name)]
        there = {row.id: int(row.fields["content"].split()[1]) for row in rows}
        counts.kept += len(writer.acknowledged)
        counts.missing += sum(there.get(row, 0) < number for row, number in writer.acknowledged.items())
        contents = Counter(row.fields["content"] for row in rows)
        counts.duplicated += sum(contents.values()) - len(contents) + len(rows) - len(there)
