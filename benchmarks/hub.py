"""A hub with a thousand groups, each of which edits once a second, beside a bare hub on the same load.

    python -m benchmarks.hub [--clients 1000] [--seconds 60] [--quick]

Both are processes of their own, on the same disk, and get the same edits from a process that is a thousand terminals.
The bare hub (`benchmarks.crowd bare`) appends each edit, syncs, acknowledges and forwards it to one watcher; ours is
the real one, with the facilitator's real screen at it, on which a key is pressed once a second. --quick: 100 clients
for 5 seconds.

Needs Linux's /proc. Exit status 1 when a bar does not hold.
"""

import argparse
import asyncio
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import msgspec

from benchmarks.crowd import Loaded, Watched
from shuro_tui.core import commands as ask
from shuro_tui.core.model import Case
from shuro_tui.core.views import FacilitatorView
from shuro_tui.hub.client import Client
from shuro_tui.hub.whereabouts import Address, Whereabouts
from shuro_tui.rehearsal.figures import peak_memory
from shuro_tui.rehearsal.stage import hub
from shuro_tui.store import load

CROWD = (sys.executable, "-m", "benchmarks.crowd")
TIMES_AT_MOST = 3
MEMORY_AT_MOST = 2
PAINT_AT_MOST = 100
"""Milliseconds."""


def loaded(port: int, code: str, case: Case, clients: int, seconds: int) -> Loaded:
    """What a load on a hub came to."""
    arguments = map(str, (port, code, case.id, case.columns[0].id, clients, seconds))
    done = subprocess.run([*CROWD, "load", *arguments], check=True, stdout=subprocess.PIPE)
    return msgspec.json.decode(done.stdout, type=Loaded)


@contextmanager
def bare_hub(folder: Path) -> Iterator[tuple[int, int]]:
    """The floor: its port, and its process."""
    with subprocess.Popen([*CROWD, "bare", folder / "bare"], stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        assert process.stdout is not None
        try:
            yield int(process.stdout.readline()), process.pid
        finally:
            process.kill()


async def at_work(where: Whereabouts) -> Case:
    """Go to the first case; that case."""
    client = Client("facilitator", lambda: Address("127.0.0.1", where.port, where.key))
    await client.enter()
    async for view in client.views():
        assert isinstance(view, FacilitatorView)
        await client.do(ask.Start())
        segments = enumerate(view.workshop.segments)
        first, segment = next((number, segment) for number, segment in segments if segment.cases)
        await client.do(ask.GoTo(first))
        await client.close()
        return next(case for case in view.workshop.cases if case.id == segment.cases[0])
    raise AssertionError("no view")


def ours(folder: Path, clients: int, seconds: int) -> tuple[Loaded, Watched, float, int, Case]:
    """The load on the real hub, what its facilitator saw, its memory, and how many groups lost their last edit."""
    names = [part for number in range(1, clients + 1) for part in ("--group", f"{number}班")]
    with hub(["--port", "0", "--data", str(folder), *names], folder) as (where, process):
        case = asyncio.run(at_work(where))
        watching = [*CROWD, "watch", str(folder), str(seconds)]
        with subprocess.Popen(watching, stdout=subprocess.PIPE) as watcher:
            assert watcher.stdout is not None
            assert watcher.stdout.readline() == b"watching\n"
            came = loaded(where.port, where.code, case, clients, seconds)
            watched = msgspec.json.decode(watcher.stdout.read(), type=Watched)
        memory = peak_memory(process.pid) or 0.0
    kept = load(folder / "sessions" / f"{where.session}.json")
    lost = sum(f"{last:06}" not in str(kept.sheet(case.id, group).rows) for group, last in came.last.items())
    return came, watched, memory, lost, case


def percentile(values: list[float], percent: int) -> float:
    """The value that so many of a hundred do not exceed."""
    return statistics.quantiles(values, n=100)[percent - 1]


def told(name: str, ours: str, floor: str, bar: str, holds: bool) -> bool:
    """Print a line; whether it holds."""
    print(f"{name:40} {ours:>12} {floor:>12}   {bar:24} {'held' if holds else 'NOT HELD'}", flush=True)
    return holds


def main() -> int:
    """Print a line a figure."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--clients", type=int, default=1_000)
    parser.add_argument("--seconds", type=int, default=60)
    parser.add_argument("--quick", action="store_true")
    chosen = parser.parse_args()
    clients, seconds = (100, 5) if chosen.quick else (chosen.clients, chosen.seconds)
    with tempfile.TemporaryDirectory() as folder:
        came, watched, memory, lost, case = ours(Path(folder) / "data", clients, seconds)
        with bare_hub(Path(folder)) as (port, pid):
            floor = loaded(port, "", case, clients, seconds)
            floor_memory = peak_memory(pid) or 0.0
    print(f"{f'{clients:,} clients, {seconds} s':40} {'ours':>12} {'bare':>12}   bar")
    held = []
    for percent in (50, 99):
        mine, bare = percentile(came.acknowledged, percent), percentile(floor.acknowledged, percent)
        bar = f"≤ {TIMES_AT_MOST} times: {mine / bare:.1f}"
        held.append(
            told(
                f"acknowledged durably, p{percent}",
                f"{mine:.1f} ms",
                f"{bare:.1f} ms",
                bar,
                mine <= TIMES_AT_MOST * bare,
            )
        )
    missing = came.sent - len(came.acknowledged)
    held.append(
        told("edits not acknowledged", f"{missing}", f"{floor.sent - len(floor.acknowledged)}", "0", missing == 0)
    )
    held.append(told("groups whose last edit is not on disk", f"{lost}", "", "0", lost == 0))
    slowest = max(watched.paints)
    held.append(
        told("facilitator's slowest paint", f"{slowest:.0f} ms", "", f"≤ {PAINT_AT_MOST} ms", slowest <= PAINT_AT_MOST)
    )
    bar = f"≤ {MEMORY_AT_MOST} times: {memory / floor_memory:.1f}"
    held.append(
        told(
            "memory of the hub",
            f"{memory:.0f} MB",
            f"{floor_memory:.0f} MB",
            bar,
            memory <= MEMORY_AT_MOST * floor_memory,
        )
    )
    return 0 if all(held) else 1


if __name__ == "__main__":
    sys.exit(main())
