"""A real hub and terminals that go on writing while the network fails or the hub stands still: are all equal then?"""

import asyncio
import os
import signal
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import NamedTuple

from msgspec import Struct

from shuro_tui.core import commands as ask
from shuro_tui.core.sheet import ROWS_AT_MOST, Sheet
from shuro_tui.core.views import GroupView
from shuro_tui.hub.client import Client
from shuro_tui.rehearsal.stage import hub
from shuro_tui.store import load
from tests.hub.hubs import Cable, laid
from tests.process.killed_hub import CASE, GROUPS, begun

ROWS = 20
"""Of a terminal at most; it writes them over and over. Where many share a sheet, as many as have room on it."""

PATIENCE = 120.0
"""Seconds after which whatever is not equal yet counts as a fault."""


class Counts(Struct):
    """What became of it. seconds: from the end of the disturbance until everybody saw the same."""

    what: str
    terminals: int
    rows: int = 0
    missing: int = 0
    duplicated: int = 0
    unequal: int = 0
    unsent: int = 0
    seconds: float = 0.0

    def __str__(self) -> str:
        """A line to print."""
        return (
            f"{self.what}, {self.terminals} terminals: rows written {self.rows}, missing {self.missing}, duplicated "
            f"{self.duplicated}, changes not sent {self.unsent}, terminals that show another sheet {self.unequal}; "
            f"all equal after {self.seconds:.1f} s"
        )

    @property
    def faultless(self) -> bool:
        """Whether all converged and nothing is missing or there twice."""
        return not (self.missing or self.duplicated or self.unequal or self.unsent)


class Terminal:
    """A group's real client, which writes its rows over and over. texts: row → what was written last."""

    def __init__(self, number: int, cable: Cable, code: str, folder: Path, rows: int) -> None:
        self.group = f"g{number % GROUPS}"
        self.name = f"t{number}"
        self.texts: dict[str, str] = {}
        self.client = Client("group", lambda: cable.at(code), folder / self.name)
        self._rows = rows
        self._number = 0
        self._view: GroupView
        self._tasks: list[asyncio.Task[None]] = []

    async def enter(self) -> None:
        """Come in, and follow what is shown."""
        await self.client.enter(f"{int(self.group[1:]) + 1}班")
        self._tasks.append(asyncio.create_task(self._follow()))

    def write(self, pause: float) -> None:
        """Begin to write, a change each so many seconds."""
        self._tasks.append(asyncio.create_task(self._write(pause)))

    def pause(self) -> None:
        """Write no more."""
        self._tasks.pop().cancel()

    async def leave(self) -> None:
        """Go, and leave what was kept."""
        for task in self._tasks:
            task.cancel()
        await self.client.close(leaving=False)

    @property
    def sheet(self) -> Sheet:
        """What it shows."""
        return self._view.sheet(CASE)

    async def _follow(self) -> None:
        async for view in self.client.views():
            assert isinstance(view, GroupView)
            self._view = view

    async def _write(self, pause: float) -> None:
        while True:
            self._number += 1
            row, before = f"{self.name}-{self._number % self._rows}", self._number - self._rows
            made_from = f"{self.name}v{before}" if before > 0 else ""
            self.texts[row] = f"{self.name} {self._number}"
            fields = {"organisation": "ハローワーク", "content": self.texts[row], "whom": ""}
            position = len(self.sheet.rows)
            self.client.put(ask.WriteRow(CASE, row, fields, position, f"{self.name}v{self._number}", made_from))
            await asyncio.sleep(pause)


class Room(NamedTuple):
    """Everybody who is there. pid: the hub's process."""

    terminals: list[Terminal]
    cable: Cable
    pid: int
    session: Path

    async def written(self, what: str) -> Counts:
        """Wait until everybody shows what is on the disk, and count what is not so."""
        begun = time.monotonic()
        counts = self._count(what)
        while not counts.faultless and time.monotonic() - begun < PATIENCE:
            await asyncio.sleep(0.2)
            counts = self._count(what)
        counts.seconds = time.monotonic() - begun
        return counts

    def _count(self, what: str) -> Counts:
        session, counts = load(self.session), Counts(what, len(self.terminals))
        for terminal in self.terminals:
            sheet = session.sheet(CASE, terminal.group)
            texts = [row.fields["content"] for row in sheet.rows]
            counts.rows += len(terminal.texts)
            counts.missing += sum(text not in texts for text in terminal.texts.values())
            counts.duplicated += sum(row.id.startswith(f"{terminal.name}-") for row in sheet.rows) - len(terminal.texts)
            counts.unequal += terminal.sheet != sheet or not terminal.client.state().connected
            counts.unsent += terminal.client.state().unsent
        return counts


@asynccontextmanager
async def room(folder: Path, terminals: int) -> AsyncIterator[Room]:
    """A session at work, its hub, and so many terminals at one cable."""
    session = begun(folder)
    with hub(["--data", str(folder), "--session", session.stem, "--port", "0"], folder) as (where, process):
        async with laid(where) as cable:
            rows = min(ROWS, ROWS_AT_MOST * GROUPS // terminals)
            there = [Terminal(number, cable, where.code, folder, rows) for number in range(terminals)]
            for terminal in there:
                await terminal.enter()
            yield Room(there, cable, process.pid, session)
            for terminal in there:
                await terminal.leave()


async def disturbed(
    folder: Path, what: str, terminals: int, pause: float, disturb: Callable[[Room], Awaitable[None]]
) -> Counts:
    """Let all write, a change each so many seconds, before, during and after; count when they have stopped."""
    async with room(folder, terminals) as there:
        for terminal in there.terminals:
            terminal.write(pause)
        await asyncio.sleep(1)
        await disturb(there)
        for terminal in there.terminals:
            terminal.pause()
        return await there.written(what)


async def network_cut(folder: Path, terminals: int, seconds: float) -> Counts:
    """For so long no byte gets through, without a sign of it."""

    async def cut(there: Room) -> None:
        there.cable.freeze()
        await asyncio.sleep(seconds)
        there.cable.release()

    return await disturbed(folder, f"network cut for {seconds:.0f} s", terminals, 0.5, cut)


async def hub_stopped(folder: Path, terminals: int, seconds: float) -> Counts:
    """The hub's process stands still for so long."""

    async def stop(there: Room) -> None:
        os.kill(there.pid, signal.SIGSTOP)
        await asyncio.sleep(seconds)
        os.kill(there.pid, signal.SIGCONT)

    return await disturbed(folder, f"hub stopped for {seconds:.0f} s", terminals, 0.5, stop)


async def all_at_once(folder: Path, terminals: int) -> Counts:
    """All connections break at one moment, and all come back."""

    async def break_all(there: Room) -> None:
        before = there.cable.plugs
        there.cable.cut()
        async with asyncio.timeout(PATIENCE):
            while there.cable.plugs < before + terminals:  # noqa: ASYNC110 - sockets set no event
                await asyncio.sleep(0.05)

    return await disturbed(folder, "all connections broken at once", terminals, 1.0, break_all)
