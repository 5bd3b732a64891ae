"""What it costs to keep a change and to open a session, each figure beside its floors in the same run.

    python -m benchmarks.store [FOLDER]

A change: one group's terminal writes one row anew, in a session of so many sheets of four rows. The median of rounds in
which everybody writes once, in turn, each just after a session has been worked out as the hub does it, so that all find
the processor's caches alike: the store; bytes as many as it wrote, appended to a file and synced; SQLite (WAL,
synchronous=FULL), which replaces the same two documents; stock TinyDB, which changes the same row and syncs as well.
Sharing: a hub's turn with a hundred changes that came together, beside a hundred turns.

Opening: 5,000 sheets and a journal of 20,000 changes, beside `json.loads` of the same bytes; the best of rounds.

FOLDER: on the disk that is meant, without it here. Exit status 1 when a bar does not hold.
"""

import gc
import json
import os
import sqlite3
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from contextlib import ExitStack, closing
from io import FileIO
from pathlib import Path
from random import Random

import msgspec
from msgspec import Struct
from tinydb import TinyDB

from shuro_tui.core.events import Event, Heard, RowWritten
from shuro_tui.core.group import Group
from shuro_tui.core.session import Session, advanced
from shuro_tui.core.sheet import Row
from shuro_tui.store import Store, journal
from shuro_tui.store.storage import Tables, read
from tests.store.stored_session import CASES, START, at_work, workshop

SHEETS = (10, 100, 1_000, 5_000)
ROWS = 4
ROUNDS = 200
STOCK_EVERY = 10
CHANGES = 20_000
TOGETHER = 100
OPENED = 5

APPEND_BAR = 1.5
FLAT_BAR = 1.3
STOCK_BAR = 200
OPENING_BAR = 3


class Cost(Struct):
    """Seconds for a durable change, by who makes it."""

    store: float
    append: float
    sqlite: float
    stock: float


class Evening:
    """A session with so many sheets, and what its terminals write next."""

    def __init__(self, folder: Path, sheets: int) -> None:
        self.groups = [f"g{number}" for number in range(sheets // len(CASES))]
        groups = tuple(Group(group, f"{group}班") for group in self.groups)
        keys = {group: f"secret-of-{group}-0123456789abcdef" for group in self.groups}
        self.store = Store.create(folder, Session.new(f"sheets-{sheets}", workshop(), groups, keys, START))
        self.store.append(at_work(self.store.session))
        self._heard = dict.fromkeys(self.groups, 0)
        written = [
            event
            for group in self.groups
            for case in CASES
            for row in range(ROWS)
            for event in self._written(group, case, row)
        ]
        self.store.append(written)

    def change(self, number: int) -> tuple[Event, ...]:
        """One row, of one group after the other."""
        group = self.groups[number * 7 % len(self.groups)]
        return self._written(group, CASES[number % len(CASES)], number % ROWS)

    def _written(self, group: str, case: str, row: int) -> tuple[Event, ...]:
        self._heard[group] += 1
        number = self._heard[group]
        fields = {"organisation": "ハローワーク", "content": f"専門窓口での職業相談と求人の紹介 {number}", "whom": ""}
        place = Row(f"{group}-{case}-{row}-0123456789ab", fields, START)
        return RowWritten(START, case, group, place, row), Heard(START, f"terminal-of-{group}", number)

    def keep(self, events: Sequence[Event], work: Callable[[Session], object] | None = None) -> float:
        """Seconds until the events are kept, as the hub asks for it: it knows what they lead to, and what was.

        work: what is done in place of keeping them.
        """
        before = self.store.session
        after = advanced(before, events)
        return taken(lambda: self.store.append(events, after) if work is None else work(after))


def taken(work: Callable[[], object]) -> float:
    """Seconds."""
    begun = time.perf_counter()
    work()
    return time.perf_counter() - begun


class Bench:
    """A session of so many sheets, and beside it what the floors write to."""

    def __init__(self, folder: Path, sheets: int, stack: ExitStack) -> None:
        self._evening = Evening(folder, sheets)
        self._figures: dict[str, list[float]] = {"store": [], "append": [], "sqlite": [], "stock": []}
        self._stock = folder / f"stock-{sheets}.json"
        documents = read(self._evening.store.path).tables
        self._stock.write_bytes(msgspec.json.encode(documents))
        self._floor = stack.enter_context((folder / f"floor-{sheets}").open("ab", buffering=0))
        self._sqlite = stack.enter_context(closing(_sqlite(folder / f"{sheets}.sqlite", documents)))
        stack.enter_context(closing(self._evening.store))
        self._evening.keep(self._evening.change(0))

    def round(self, number: int, order: Random) -> None:
        """Everybody writes once, in any order: what a disk has just done for one is felt by the next."""
        line = last_line(self._evening.store.path)
        works: dict[str, Callable[[Session], object] | None] = {
            "store": None,
            "append": lambda _after: _append(self._floor, line),
            "sqlite": lambda _after: _replace(self._sqlite, line),
        }
        events = self._evening.change(number)
        for name in order.sample(sorted(works), len(works)):
            self._figures[name].append(self._evening.keep(events, works[name]))
        if number % STOCK_EVERY == 0:  # it takes a thousand times as long
            self._figures["stock"].append(_stock(self._stock, 1 + number % ROWS, number))

    def cost(self) -> Cost:
        """The medians."""
        return Cost(**{name: statistics.median(values) for name, values in self._figures.items()})


def changes(folder: Path) -> dict[int, Cost]:
    """Number of sheets → what a change costs. All in turn, for a disk is not always as fast."""
    with ExitStack() as stack:
        benches = {sheets: Bench(folder, sheets, stack) for sheets in SHEETS}
        gc.collect()
        gc.freeze()  # otherwise whoever comes next pays for what stands in memory
        order = Random(0)  # noqa: S311 - nothing secret
        for number in range(ROUNDS):
            for bench in order.sample(list(benches.values()), len(benches)):
                bench.round(number, order)
        gc.unfreeze()
        return {sheets: bench.cost() for sheets, bench in benches.items()}


def last_line(path: Path) -> bytes:
    """What the last change wrote."""
    return journal.line(journal.lines(journal.place(path).read_bytes()).payloads[-1])


def _append(file: FileIO, data: bytes) -> None:
    file.write(data)
    os.fdatasync(file.fileno())


def _sqlite(path: Path, tables: Tables) -> sqlite3.Connection:
    connection = sqlite3.connect(path, isolation_level=None)
    connection.execute("PRAGMA journal_mode=WAL")
    connection.execute("PRAGMA synchronous=FULL")
    connection.execute("CREATE TABLE documents (name TEXT, number TEXT, document BLOB, PRIMARY KEY (name, number))")
    rows = [
        (name, number, bytes(document)) for name, documents in tables.items() for number, document in documents.items()
    ]
    connection.execute("BEGIN")
    connection.executemany("INSERT INTO documents VALUES (?, ?, ?)", rows)
    connection.execute("COMMIT")
    return connection


def _replace(connection: sqlite3.Connection, line: bytes) -> None:
    """The documents of a line of the journal."""
    change = msgspec.json.decode(line.partition(b" ")[2])
    connection.execute("BEGIN")
    for name, documents in change.items():
        for number, document in documents.items():
            connection.execute(
                "UPDATE documents SET document=? WHERE name=? AND number=?",
                (msgspec.json.encode(document), name, number),
            )
    connection.execute("COMMIT")


def _stock(path: Path, document: int, moment: int) -> float:
    with TinyDB(path, encoding="utf-8") as database:
        answers = database.table("answers")
        return taken(lambda: answers.update({"updated_at": moment}, doc_ids=[document]))  # its storage syncs


def together(folder: Path) -> tuple[float, float]:
    """Seconds for a hundred changes in a turn of the hub, and in a hundred turns."""
    evening = Evening(folder / "together", SHEETS[2])
    with closing(evening.store):
        shared = [evening.keep([e for n in range(TOGETHER) for e in evening.change(n)]) for _ in range(20)]
        alone = [sum(evening.keep(evening.change(number)) for number in range(TOGETHER)) for _ in range(5)]
    return statistics.median(shared), statistics.median(alone)


def opening(folder: Path) -> tuple[float, float]:
    """Seconds to open a session whose hub was killed after many changes, and to have its JSON read by the library."""
    evening = Evening(folder / "opening", SHEETS[-1])
    evening.store.close()
    evening.store = Store.open(evening.store.path)
    for number in range(CHANGES):
        evening.keep(evening.change(number))
    data = evening.store.path.read_bytes()
    lines = journal.lines(journal.place(evening.store.path).read_bytes()).payloads
    assert len(lines) == CHANGES + 1
    figures = [
        (taken(lambda: Store.open(evening.store.path)), taken(lambda: _loads(data, lines))) for _ in range(OPENED)
    ]
    evening.store.close()
    return min(ours for ours, _floor in figures), min(floor for _ours, floor in figures)


def _loads(data: bytes, lines: Sequence[bytes]) -> None:
    json.loads(data)
    for line in lines:
        json.loads(line)


def bar(what: str, factor: float, limit: float, at_least: bool = False) -> bool:
    """Print a figure beside its bar; whether it holds."""
    held = factor >= limit if at_least else factor <= limit
    sign = "≥" if at_least else "≤"
    print(f"  {what:58} {factor:8.2f}   {sign} {limit:<5} {'held' if held else 'NOT HELD'}")
    return held


def main(parent: str) -> bool:
    """Print all figures; whether every bar holds."""
    held = []
    with tempfile.TemporaryDirectory(dir=parent) as name:
        folder = Path(name)
        costs = changes(folder)
        print("durable change of one row, ms        store   append   SQLite     stock")
        for sheets, figures in costs.items():
            line = (figures.store, figures.append, figures.sqlite, figures.stock)
            print(f"  {sheets:6,} sheets               " + "".join(f"{seconds * 1000:9.3f}" for seconds in line))
        for sheets, figures in costs.items():
            held.append(bar(f"times append, {sheets:,} sheets", figures.store / figures.append, APPEND_BAR))
        first, last = costs[SHEETS[0]], costs[SHEETS[-1]]
        held.append(bar("times as long with 5,000 sheets as with 10", last.store / first.store, FLAT_BAR))
        held.append(bar("times as fast as stock, 5,000 sheets", last.stock / last.store, STOCK_BAR, at_least=True))
        print(f"  (append alone is {last.stock / last.append:.0f} times as fast: that is what this disk allows)")
        shared, alone = together(folder)
        print(f"{TOGETHER} changes, ms: in one turn {shared * 1000:.1f}, one after the other {alone * 1000:.1f}")
        ours, floor = opening(folder)
        print(f"opening 5,000 sheets and {CHANGES:,} changes: {ours * 1000:.0f} ms, json.loads {floor * 1000:.0f} ms")
        held.append(bar("times json.loads", ours / floor, OPENING_BAR))
    return all(held)


if __name__ == "__main__":
    sys.exit(not main(sys.argv[1] if len(sys.argv) > 1 else "."))
