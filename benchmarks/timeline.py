"""What the rundown in time costs, and whether its countdowns are right, each figure beside a floor of the same run.

    python -m benchmarks.timeline

Views: the median of alternating rounds of making the views of all roles and writing them as JSON, beside a session that
has not begun. Countdowns: an hour of a client with a clock of its own, without a network, beside the hub's own clock.
Screens: a real hub with six groups connected, the facilitator's real screen in a running session and a bare Textual app
that shows another number each second, side by side for 20 seconds. Needs Linux's /proc.

Exit status 1 when a bar does not hold.
"""

import asyncio
import contextlib
import itertools
import os
import random
import statistics
import sys
import tempfile
import time
from collections.abc import Iterable, Sequence
from pathlib import Path
from unittest.mock import patch

import msgspec
from msgspec import Struct

from shuro_tui import content
from shuro_tui.core import commands as ask
from shuro_tui.core.dial import dial
from shuro_tui.core.group import Group
from shuro_tui.core.model import MINUTE, Millis
from shuro_tui.core.session import Session, apply, decide
from shuro_tui.core.viewing import facilitator_view, group_view, screen_view
from shuro_tui.core.views import Surroundings
from shuro_tui.hub import clock
from shuro_tui.hub.client import Client
from shuro_tui.hub.clock import Clock
from shuro_tui.hub.protocol import Picture, Pong
from shuro_tui.hub.whereabouts import Address, Whereabouts
from shuro_tui.rehearsal.players import Player
from shuro_tui.rehearsal.stage import hub
from shuro_tui.tui.role import Moment
from tests.terminal import Terminal
from tests.workshops import START

GROUPS = 6
ROUND = (
    ask.GoTo(2),
    ask.Pause(),
    ask.Resume(),
    ask.Interrupt("question"),
    ask.AddTime(MINUTE),
    ask.Announce("5分後に発表です"),
    ask.Undo(),
    ask.AddTime(Millis(-MINUTE)),
    ask.GoTo(1),
)
"""What a facilitator does; each is one event, and together they can be done again and again."""

VIEWED = 300
HOUR = 3_600
"""Seconds, and as many looks at a countdown."""

MILLI = 1_000_000
"""Nanoseconds."""

Trip = tuple[int, int]
"""Milliseconds to the hub and back."""

READINGS = 8
"""Answers of the hub among which the fastest counts."""

SETTLING = 3
WATCHED = 20
"""Seconds."""

PAUSE = 0.1
"""Seconds without a byte that part two bursts of output."""

BARE = """
import time
from textual.app import App, ComposeResult
from textual.widgets import Static

class Bare(App[None]):
    def compose(self) -> ComposeResult:
        yield Static()

    def on_mount(self) -> None:
        self.set_interval(1, lambda: self.query_one(Static).update(f"{time.time():.0f}"))

Bare().run()
"""


class Figure(Struct, frozen=True):
    """A line of the table. `holds` is None where there is no bar."""

    name: str
    measured: str
    floor: str
    bar: str = ""
    holds: bool | None = None


# Views.


def fresh() -> Session:
    """A session of the bundled lecture that has not begun."""
    groups = tuple(Group(f"g{number}", f"{number}班") for number in range(1, GROUPS + 1))
    return Session.new("benchmark", content.load(content.bundled()), groups, {}, START)


def held(rounds: int) -> Session:
    """The session after its start and so many rounds, an event every 100 ms."""
    session = fresh()
    for number, command in enumerate((ask.Start(), *ROUND * rounds)):
        (event,) = decide(session, command, Millis(START + number * 100))
        session = apply(session, event)
    return session


def viewing(session: Session) -> float:
    """Milliseconds to make the views of all roles, and the JSON that they are sent as."""
    around = Surroundings()
    begun = time.perf_counter()
    of_group = group_view(session, session.groups[0])
    for view in (facilitator_view(session, around), screen_view(session, around), of_group):
        msgspec.json.encode(Picture(1, view))
    return (time.perf_counter() - begun) * 1000


def views() -> list[Figure]:
    """Whether a long session is slower to show than a short one."""
    sessions = fresh(), held(1), held(1_111)  # a round is nine events, and the start is one
    rounds = [[viewing(session) for session in sessions] for _ in range(VIEWED + 1)][1:]
    floor, ten, thousands = map(statistics.median, zip(*rounds, strict=True))
    more, fresh_one = thousands - ten, f"{floor:.3f} ms"
    return [
        Figure("views and JSON, 10 events", f"{ten:.3f} ms", fresh_one),
        Figure("views and JSON, 10,000 events", f"{thousands:.3f} ms", fresh_one),
        Figure("views and JSON, 10,000 more than 10", f"{more:+.3f} ms", fresh_one, "under 1 ms", more < 1),
    ]


# Countdowns.


def uneven() -> list[Trip]:
    """A minute of a bad network, much slower on the way back."""
    chance = random.Random(60)  # noqa: S311 - the same minute again is what comparing minutes wants
    return [(chance.randint(1, 20), chance.randint(1, 400)) for _ in range(MINUTE // 1000)]


def wrong_by(trips: Iterable[Trip]) -> tuple[list[int], list[int]]:
    """What is shown as left less what is left by the monotonic clock, in ms, each time that a screen looks in an hour.

    By a client, which has an answer from the hub each second as long as there are trips, and by the hub's own clock.
    The screen looks when the client's clock comes to the next second. Neither clock is at a whole millisecond.
    """
    answers = iter(trips)
    now = 0
    ours = Clock(wall=lambda: START * MILLI + 400_000, monotonic=lambda: now)
    client_wrong, hub_wrong = [], []
    with patch.object(clock, "monotonic", lambda: now + 12_345_678_900_000):
        client = Client("facilitator", lambda: Address("", 0, ""))
        session = fresh()
        for event in decide(session, ask.Start(), ours.now()):
            session = apply(session, event)
        shown = dial(session.timeline, session.workshop)
        for _ in range(HOUR):
            for there, back in itertools.islice(answers, 1):
                now += 300 * MILLI  # somewhere between two looks
                asked = Millis(clock.monotonic() // MILLI)
                now += there * MILLI
                told = ours.now()
                now += back * MILLI
                client._wire._heard(Pong(asked, told))
            now += (1000 - client.now() % 1000) * MILLI
            left = shown.length - now // MILLI
            client_wrong.append(shown.remaining(Moment.of(client).now) - left)
            hub_wrong.append(shown.remaining(ours.now()) - left)
    return client_wrong, hub_wrong


def countdowns() -> list[Figure]:
    """Whether countdowns drift, and how wrong an uneven network makes them."""
    minute = uneven()
    alone, own = wrong_by([(4, 4)])
    jittered, _ = wrong_by(itertools.cycle(minute))
    drift = max(alone) - min(alone)
    # The first minute begins without answers to choose from.
    second, last = jittered[len(minute) : 2 * len(minute)], jittered[-len(minute) :]
    growth = max(abs(late - early) for early, late in zip(second, last, strict=True))
    worst, twice = max(map(abs, jittered)), minute * 2
    half = max(min(map(sum, twice[first : first + READINGS])) for first in range(len(minute))) / 2
    bound = f"half a round trip, {half:.0f} + 1 ms"  # a clock is read in whole milliseconds
    floor = f"{max(own) - min(own)} ms"
    return [
        Figure("drift over an hour, after a single answer", f"{drift} ms", floor, "0 ms", drift == 0),
        Figure("drift over an hour, uneven round trips", f"{growth} ms", floor, "0 ms", growth == 0),
        Figure("offset error, uneven round trips", f"{worst} ms", f"{max(map(abs, own))} ms", bound, worst <= half + 1),
    ]


# Screens.


def processor(pid: int) -> float:
    """Seconds of processor time that a process has taken."""
    fields = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


class Watched(Terminal):
    """A terminal whose output is timed while it is left alone."""

    async def arrivals(self, seconds: float) -> list[float]:
        """The moments at which bytes came in that time. Fails when the process does not outlive it."""
        loop, moments = asyncio.get_running_loop(), list[float]()

        def arrived() -> None:
            if self._read():
                moments.append(loop.time())
            else:
                loop.remove_reader(self._master)

        loop.add_reader(self._master, arrived)
        await asyncio.sleep(seconds)
        loop.remove_reader(self._master)
        assert self.process.poll() is None, self.text()
        return moments

    async def idle(self) -> tuple[float, int]:
        """The part of a core that it takes once it has settled, and its bursts of output."""
        await self.arrivals(SETTLING)
        before = processor(self.process.pid)
        moments = await self.arrivals(WATCHED)
        parted = sum(late - early >= PAUSE for early, late in itertools.pairwise(moments))
        return (processor(self.process.pid) - before) / WATCHED, parted + bool(moments)


async def idling(where: Whereabouts, folder: Path, screens: Sequence[Watched]) -> tuple[float, list[tuple[float, int]]]:
    """With all groups connected: the part of a core that the hub takes, and how the screens idle."""
    async with contextlib.AsyncExitStack() as stack:
        for number in range(GROUPS):
            player = Player(number, folder / f"terminal-{number}", where)
            stack.push_async_callback(player.leave)
            await player.enter()
        before, begun = processor(where.pid), time.monotonic()
        idle = await asyncio.gather(*(screen.idle() for screen in screens))
        return (processor(where.pid) - before) / (time.monotonic() - begun), idle


def screens() -> list[Figure]:
    """Whether the facilitator's screen repaints once a second, and what it and the hub cost meanwhile."""
    with contextlib.ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        program = folder / "bare.py"
        program.write_text(BARE, encoding="utf-8")
        data = folder / "data"
        where, _ = stack.enter_context(hub(["--port", "0", "--groups", str(GROUPS), "--data", str(data)], data))
        screen = stack.enter_context(contextlib.closing(Watched(["run"], {"SHURO_TUI_DATA": str(data)})))
        screen.wait("開始前")
        screen.type(" ")
        screen.wait(lambda text: "開始前" not in text)
        bare = stack.enter_context(contextlib.closing(Watched([], {}, program=(str(program),))))
        of_hub, [(core, repaints), (floor, beside)] = asyncio.run(idling(where, folder, (screen, bare)))
    once = abs(repaints - WATCHED) <= 1  # one more or less by where the time begins and ends
    by_app = f"{floor:.2%}"
    return [
        Figure(f"facilitator's screen, repaints in {WATCHED} s", f"{repaints}", f"{beside}", "one a second", once),
        Figure("facilitator's screen, of a core", f"{core:.2%}", by_app, "under 2 %", core < 0.02),
        Figure("hub with six groups, of a core", f"{of_hub:.2%}", by_app),
    ]


def main() -> int:
    """Print a line a figure; 1 when a bar does not hold."""
    figures = [figure for part in (views, countdowns, screens) for figure in part()]
    words = {True: "holds", False: "DOES NOT HOLD", None: ""}
    print(f"{'figure':44} {'measured':>11}   {'floor':>11}   bar")
    for figure in figures:
        told = f"{figure.bar:30} {words[figure.holds]}".strip()
        print(f"{figure.name:44} {figure.measured:>11}   {figure.floor:>11}   {told}".rstrip())
    return int(any(figure.holds is False for figure in figures))


if __name__ == "__main__":
    sys.exit(main())
