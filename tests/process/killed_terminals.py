"""Groups' terminals that are killed while somebody types at them, alone or with their hub, and what comes back of it.

Each is `shuro-tui join` in a pseudo-terminal, with a data folder of its own, which is kept. A terminal that is started
again has to bring every character that was typed more than 300 ms before it was killed. What the machine's other work
keeps it waiting for a processor does not count: it stands in Linux's /proc.
"""

import asyncio
import itertools
import os
import random
import signal
import time
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager, suppress
from pathlib import Path
from typing import NamedTuple

from msgspec import Struct

from shuro_tui.core.sheet import Row
from shuro_tui.hub.launch import launch
from shuro_tui.hub.whereabouts import Whereabouts
from shuro_tui.store import load
from tests.process.killed_hub import CASE, GROUPS, PATIENCE, Writer, begun
from tests.terminal import Terminal

TYPISTS = ((0, "a"), (0, "b"))
"""Group and terminal: both write on one sheet."""

WRITERS = range(2, GROUPS)
PAUSE = 0.1
"""Seconds between two changes of each of the other groups, which write without a screen meanwhile."""

RATE = 15
"""Characters a second."""

ON_DISK = 0.3
"""Seconds after which a character is on the disk, acknowledged or not."""

LONGEST_LIFE = 2.0
"""Seconds that somebody types at most, from the moment on when the sheet stands there."""

LONGEST_START = 1.5
EVERY_START = 3
"""One start in so many is killed as well, before anybody can type: in the middle of taking over what is kept."""

HUB_FIRST = 1.0
"""Seconds that the hub dies before its terminals, or after them, at most."""

SHEET = "連携機関名"
KANA = "あいうえおかきくけこさしすせそたちつてとなにぬねのはひふへほまみむめもやゆよらりるれろわをん"
_marks = map(chr, itertools.count(0x4E00))
"""What each row begins with: one character, so that the half of a row is known too."""


class Counts(Struct):
    """Over all kills. characters: those that were to come back, each looked for once."""

    terminals: int = 0
    starts: int = 0
    hubs: int = 0
    rows: int = 0
    characters: int = 0
    missing: int = 0
    lost: int = 0
    duplicated: int = 0

    def __str__(self) -> str:
        """A line to print."""
        return (
            f"terminals killed {self.terminals} times while typed at and {self.starts} times while they started, "
            f"hubs {self.hubs} times: rows acknowledged {self.rows}, missing {self.missing}, "
            f"duplicated {self.duplicated}; characters older than 300 ms {self.characters}, missing {self.lost}"
        )

    @property
    def faultless(self) -> bool:
        """Whether nothing is missing and nothing is there twice."""
        return not (self.missing or self.lost or self.duplicated)


class Key(NamedTuple):
    """A character, when it was typed by the terminal's own time, and where it belongs."""

    at: float
    mark: str
    column: str
    character: str


class Typed(Struct):
    """What somebody typed into a cell, and as much of it as has to be there whatever happens."""

    all: str = ""
    due: str = ""


class Typist:
    """Somebody who types Japanese at a terminal that is killed. typed: mark of the row, column → what was typed."""

    def __init__(self, group: int, name: str, folder: Path, chance: random.Random) -> None:
        self.group = f"g{group}"
        self.typed: dict[tuple[str, str], Typed] = {}
        self._name = f"{group + 1}班"
        self._folder = folder / f"{self.group}{name}"
        self._folder.mkdir()
        self._chance = chance
        self._keys = self._endless()
        self._terminal: Terminal

    def start(self, where: Whereabouts, counts: Counts) -> None:
        """Start the terminal, and wait for the sheet; some are killed on the way there."""
        if not self._chance.randrange(EVERY_START):
            self._die_young(where, counts)
        self._terminal = self._open(where)
        self._terminal.wait(SHEET)

    def die(self, seconds: float, counts: Counts) -> None:
        """Type for so long, and be killed."""
        keys = self._type(seconds)
        due = self._own_time() - ON_DISK
        self._terminal.kill()
        self._note(keys, due)
        self._terminal.close()
        counts.terminals += 1

    def leave(self, session: Path) -> None:
        """Close the window once the hub has all that is to come, or when it does not come."""
        with suppress(AssertionError):  # it is counted
            self._terminal.wait(lambda _text: not self.lacking(session))
        self._terminal.close()

    def lacking(self, session: Path) -> int:
        """How many of the characters that are due do not stand on the disk of the hub."""
        rows = self._rows(session)
        return sum(
            _lacking(rows[mark].fields[column] if mark in rows else "", typed)
            for (mark, column), typed in self.typed.items()
        )

    def _rows(self, session: Path) -> dict[str, Row]:
        return {row.fields["organisation"][:1]: row for row in load(session).sheet(CASE, self.group).rows}

    def _open(self, where: Whereabouts) -> Terminal:
        arguments = ["join", f"127.0.0.1:{where.port}", "--code", where.code, "--group", self._name]
        environment = {"SHURO_TUI_DATA": str(self._folder), "HOME": str(self._folder), "LANG": "C.UTF-8"}
        return Terminal(arguments, environment, folder=self._folder)

    def _die_young(self, where: Whereabouts, counts: Counts) -> None:
        terminal = self._open(where)
        terminal.watch(self._chance.uniform(0, LONGEST_START))
        terminal.kill()
        terminal.close()
        counts.starts += 1

    def _type(self, seconds: float) -> list[Key]:
        begun, keys = time.monotonic(), list[Key]()
        for number in range(round(seconds * RATE)):
            self._terminal.watch(begun + number / RATE - time.monotonic())
            mark, column, character = next(self._keys)
            keys.append(Key(self._own_time(), mark, column, character))
            self._terminal.type(character)
        self._terminal.watch(begun + seconds - time.monotonic())
        return keys

    def _own_time(self) -> float:
        """Seconds that go on while the terminal runs, or waits for what is its own matter, such as the disk."""
        waited = Path(f"/proc/{self._terminal.process.pid}/schedstat").read_text().split()[1]
        return time.monotonic() - int(waited) / 1e9

    def _endless(self) -> Iterator[tuple[str, str, str]]:
        """A row after the other: its mark, the column, the key."""
        while True:
            mark = next(_marks)
            words = "".join(self._chance.sample(KANA, 20))
            for column, text in (("organisation", mark + words[:5]), ("content", words), ("whom", "")):
                yield from ((mark, column, character) for character in text)
                yield (mark, column, "\r")

    def _note(self, keys: list[Key], due: float) -> None:
        """What was typed, and what of it has to be there; whoever comes back begins another row."""
        for key in keys:
            if key.character != "\r":
                typed = self.typed.setdefault((key.mark, key.column), Typed())
                typed.all += key.character
                typed.due += key.character if key.at < due else ""
        self._keys = self._endless()


def _lacking(there: str, typed: Typed) -> int:
    """Characters that are due and missing; those that are not what was typed are missing as well."""
    same = sum(1 for _ in itertools.takewhile(lambda pair: pair[0] == pair[1], zip(there, typed.all, strict=False)))
    return max(len(typed.due) - same, 0) + len(there) - same


class Evening:
    """A session, its hub, those who type and those who write."""

    def __init__(self, folder: Path, seed: int) -> None:
        self.counts = Counts()
        self._chance = random.Random(seed)  # noqa: S311 - a moment to kill, no secret
        self._folder = folder
        self._session = begun(folder)
        self._port = 0
        self._acknowledged: set[tuple[str, str]] = set()
        self.typists = [
            Typist(group, name, folder, random.Random(seed + number))  # noqa: S311
            for number, (group, name) in enumerate(TYPISTS)
        ]
        self._writers = [Writer(f"g{group}", f"t{group}", PAUSE) for group in WRITERS]

    @asynccontextmanager
    async def hub(self) -> AsyncIterator[Whereabouts]:
        """A hub, always at the same port, that others write to meanwhile; it is killed at the end."""
        arguments = ["--data", str(self._folder), "--session", self._session.stem, "--port", str(self._port)]
        where, process = await asyncio.to_thread(launch, arguments, self._folder)
        self._port = where.port
        writing = [asyncio.create_task(writer.write(where)) for writer in self._writers]
        try:
            yield where
        finally:
            os.kill(process.pid, signal.SIGKILL)
            process.wait()
            async with asyncio.timeout(PATIENCE):
                await asyncio.gather(*writing)

    async def lives(self, typist: Typist, where: Whereabouts, lives: int) -> None:
        """Type and be killed, over and over."""
        for _life in range(lives):
            await asyncio.to_thread(typist.start, where, self.counts)
            await asyncio.to_thread(typist.die, self._chance.uniform(0, LONGEST_LIFE), self.counts)
            self._look()

    async def end_together(self) -> None:
        """Hub and terminals die at nearly the same moment, one of them first."""
        seconds = self._chance.uniform(HUB_FIRST, LONGEST_LIFE)
        async with self.hub() as where:
            await self._all(lambda typist: typist.start(where, self.counts))
            dying = asyncio.create_task(self._all(lambda typist: typist.die(seconds, self.counts)))
            await asyncio.sleep(seconds + self._chance.uniform(-HUB_FIRST, HUB_FIRST))
        await dying
        self.counts.hubs += 1
        self._look()

    async def count(self) -> Counts:
        """Let all of them come back, and count what is missing."""
        async with self.hub() as where:
            await self._all(lambda typist: typist.start(where, self.counts))
            await self._all(lambda typist: typist.leave(self._session))
        self._look()
        counts, session = self.counts, load(self._session)
        for typist in self.typists:
            counts.characters += sum(len(typed.due) for typed in typist.typed.values())
            counts.lost += typist.lacking(self._session)
        for group in {typist.group for typist in self.typists}:
            begins = [row.fields["organisation"][:1] for row in session.sheet(CASE, group).rows]
            counts.duplicated += len(begins) - len({*begins})
        counts.rows = len(self._acknowledged)
        return counts

    async def _all(self, do: Callable[[Typist], None]) -> None:
        await asyncio.gather(*(asyncio.to_thread(do, typist) for typist in self.typists))

    def _look(self) -> None:
        """What was acknowledged once has to be on the disk for ever."""
        there = {(sheet.group, row.id) for sheet in load(self._session).sheets.values() for row in sheet.rows}
        self.counts.missing += len(self._acknowledged - there)
        self._acknowledged |= there


async def kill_terminals(folder: Path, kills: int, seed: int = 0) -> Counts:
    """Kill terminals at any moment, each on its own, while the hub goes on."""
    evening = Evening(folder, seed)
    async with evening.hub() as where:
        lives = -(-kills // len(evening.typists))
        await asyncio.gather(*(evening.lives(typist, where, lives) for typist in evening.typists))
    return await evening.count()


async def kill_both(folder: Path, kills: int, seed: int = 0) -> Counts:
    """Kill the hub and all terminals at nearly the same moment, so many times."""
    evening = Evening(folder, seed)
    for _kill in range(kills):
        await evening.end_together()
    return await evening.count()
