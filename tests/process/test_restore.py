"""A hub that was killed or asleep, clocks that are set, and clocks that are wrong: real processes."""

import re
import subprocess
import sys
import time
from collections.abc import AsyncIterator, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, closing
from pathlib import Path
from statistics import median

import pytest

from shuro_tui.core import commands as ask
from shuro_tui.core.actual import Cut
from shuro_tui.core.model import Millis
from shuro_tui.core.views import FacilitatorView
from shuro_tui.errors import Mend
from shuro_tui.hub.client import Client
from shuro_tui.hub.whereabouts import Address, running
from shuro_tui.store import pulse
from shuro_tui.store.pulse import Pulse
from tests.hub.hubs import eventually, seen
from tests.process.conftest import Open
from tests.terminal import Terminal

ROOT = Path(__file__).parents[2]
WRONG_CLOCK = Path(__file__).with_name("wrong_clock.py")
BEGUN = Millis(1_700_000_000_000)
SECOND, HOUR = 1_000, 3_600_000
AGO = Millis(200 * SECOND)


class Machine:
    """A machine whose clocks stand until they are moved, and the hub on it. In milliseconds."""

    def __init__(self, data: Path) -> None:
        self.data = data
        self.wall: int = BEGUN
        self._monotonic = 50_000
        self._clocks = data.parent / "clocks"
        self._hub: subprocess.Popen[str] | None = None
        self.pass_time(0)

    def pass_time(self, time: int, wall_step: int = 0) -> None:
        """Both clocks go on; the wall clock is set by something as well."""
        self.wall += time + wall_step
        self._monotonic += time
        draft = self._clocks.with_suffix(".draft")
        draft.write_text(f"{self.wall} {self._monotonic}", encoding="ascii")
        draft.replace(self._clocks)

    def start(self, *session: str) -> None:
        """Start a hub, and wait until it is ready."""
        command = [sys.executable, "-m", "tests.process.hub_with_clock", str(self.data), str(self._clocks), *session]
        self._hub = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True)
        assert self._hub.stdout is not None
        assert "127.0.0.1" in self._hub.stdout.readline()

    def kill(self) -> None:
        """Kill the hub, as a crash would, if there is one."""
        if self._hub is not None and self._hub.stdout is not None:
            self._hub.kill()
            self._hub.stdout.close()
            self._hub.wait()
            self._hub = None

    def reboot(self, away: int) -> None:
        """Be gone for so long with everything; the monotonic clock begins anew."""
        self.kill()
        self._monotonic = 0
        self.pass_time(away)
        (session,) = (self.data / "sessions").glob("*.json")
        self.start(session.stem)

    def where(self) -> Address:
        """The facilitator's way to the hub."""
        hub = running(self.data)
        if hub is None:
            raise Mend("no hub")
        return Address("127.0.0.1", hub.port, hub.key)

    async def beaten(self, at: int) -> None:
        """Wait until the hub has told that its clock stands there."""
        (session,) = (self.data / "sessions").glob("*.json")
        await eventually(lambda: pulse.read(session) == Pulse(Millis(at), Millis(self.wall)))


@pytest.fixture
def machine(data: Path) -> Iterator[Machine]:
    """A machine with a hub."""
    machine = Machine(data)
    machine.start()
    yield machine
    machine.kill()


@pytest.fixture
async def facilitator(machine: Machine) -> AsyncIterator[Client]:
    """A facilitator who began a while ago: the clock of the first segment is in the middle of it."""
    client = Client("facilitator", machine.where)
    await client.enter()
    await client.do(ask.Start(AGO))
    yield client
    await client.close()


async def cut_off(facilitator: Client) -> FacilitatorView:
    """What the facilitator sees when there is a question."""
    return await seen(facilitator, FacilitatorView, lambda view: view.timeline.cut is not None)


async def recovered(facilitator: Client, count: bool) -> FacilitatorView:
    """What the facilitator sees after the answer."""
    await facilitator.do(ask.Recover(count))
    return await seen(facilitator, FacilitatorView, lambda view: view.timeline.cut is None)


def used(view: FacilitatorView, now: int) -> int:
    """What the segment has taken by what the screens show: its time left, off its length."""
    timeline = view.timeline
    return timeline.adapted[timeline.segment] - timeline.remaining(Millis(now))


@pytest.mark.parametrize(("count", "counted"), [(True, 80 * SECOND), (False, 0)], ids=["count", "from the cut"])
async def test_a_hub_that_was_killed_says_what_it_finds(
    count: bool, counted: int, machine: Machine, facilitator: Client
) -> None:
    """When it was cut off and for how long; with the answer, every clock is right by it."""
    machine.pass_time(3 * SECOND)
    last = BEGUN + 3 * SECOND
    await machine.beaten(last)
    machine.reboot(away=80 * SECOND)
    back = last + 80 * SECOND
    found = await cut_off(facilitator)
    assert found.timeline.cut == Cut(Millis(last), Millis(back))
    assert (found.timeline.segment, found.timeline.slide) == (0, 0)
    assert used(found, back) == AGO + 3 * SECOND
    after = await recovered(facilitator, count)
    assert after.timeline.phase == "running"
    assert used(after, back) == AGO + 3 * SECOND + counted


async def test_a_hub_that_is_back_at_once_asks_nothing(machine: Machine, facilitator: Client) -> None:
    """The few seconds simply count."""
    await machine.beaten(BEGUN)
    machine.reboot(away=4 * SECOND)
    await machine.beaten(BEGUN + 4 * SECOND)
    await eventually(lambda: facilitator.state().connected)
    view = await seen(facilitator, FacilitatorView)
    assert view.timeline.cut is None
    assert used(view, BEGUN + 4 * SECOND) == AGO + 4 * SECOND


@pytest.mark.parametrize("step", [HOUR, -HOUR])
async def test_a_wall_clock_that_is_set_moves_no_countdown(step: int, machine: Machine, facilitator: Client) -> None:
    """It is told; nor does it move one when the hub is killed after that and goes on."""
    machine.pass_time(3 * SECOND, wall_step=step)
    told = await seen(facilitator, FacilitatorView, lambda view: view.clock_drift != 0)
    assert told.clock_drift == step
    assert told.timeline.cut is None
    await machine.beaten(BEGUN + 3 * SECOND)
    assert used(told, BEGUN + 3 * SECOND) == AGO + 3 * SECOND
    machine.reboot(away=4 * SECOND)
    await machine.beaten(BEGUN + 7 * SECOND)
    await eventually(lambda: facilitator.state().connected)
    view = await seen(facilitator, FacilitatorView, lambda view: view.clock_drift == step)
    assert view.timeline.cut is None
    assert used(view, BEGUN + 7 * SECOND) == AGO + 7 * SECOND


async def test_a_wall_clock_set_back_while_the_hub_was_dead(machine: Machine, facilitator: Client) -> None:
    """How long it was away is not known then: it goes on from its last sign of life."""
    await machine.beaten(BEGUN)
    machine.wall -= HOUR
    machine.reboot(away=80 * SECOND)
    await machine.beaten(BEGUN)
    await eventually(lambda: facilitator.state().connected)
    view = await seen(facilitator, FacilitatorView, lambda view: view.clock_drift != 0)
    assert used(view, BEGUN) == AGO


@pytest.mark.parametrize(("count", "counted"), [(True, HOUR), (False, 0)], ids=["count", "from the cut"])
async def test_a_machine_that_slept_asks_the_same(
    count: bool, counted: int, machine: Machine, facilitator: Client
) -> None:
    """It wakes after an hour, and nothing of that hour has happened."""
    machine.pass_time(3 * SECOND)
    last = BEGUN + 3 * SECOND
    await machine.beaten(last)
    machine.pass_time(HOUR)
    found = await cut_off(facilitator)
    assert found.timeline.cut == Cut(Millis(last), Millis(last + HOUR))
    assert (found.timeline.segment, found.timeline.slide, found.clock_drift) == (0, 0, 0)
    assert used(found, last + HOUR) == AGO + 3 * SECOND
    after = await recovered(facilitator, count)
    assert used(after, last + HOUR) == AGO + 3 * SECOND + counted


async def test_a_question_that_nobody_has_answered_is_asked_again(machine: Machine, facilitator: Client) -> None:
    """By the next hub: since the first cut, however often it is killed."""
    await machine.beaten(BEGUN)
    machine.reboot(away=80 * SECOND)
    first = await cut_off(facilitator)
    await machine.beaten(BEGUN + 80 * SECOND)
    machine.reboot(away=HOUR)
    await machine.beaten(BEGUN + 80 * SECOND + HOUR)
    await eventually(lambda: facilitator.state().connected)
    assert (await cut_off(facilitator)).timeline.cut == first.timeline.cut
    after = await recovered(facilitator, count=True)
    assert used(after, BEGUN + 80 * SECOND + HOUR) == AGO + 80 * SECOND + HOUR


# Clocks of other machines.


def left(screen: Terminal) -> str:
    """The time left, as it stands on a screen."""
    found = re.search(r"残り\s*(\d+:\d\d)", screen.text())
    return found[1] if found else ""


def watched(screen: Terminal, seconds: int) -> dict[str, float]:
    """Each of the next times left → when it came."""
    came = {}
    for _second in range(seconds):
        before = left(screen)
        screen.wait(lambda _text, before=before: left(screen) not in ("", before))  # type: ignore[misc]
        came[left(screen)] = time.monotonic()
    return came


@pytest.fixture
def off(data: Path) -> Iterator[Open]:
    """Opens terminals of a machine whose clocks are wrong."""
    environment = {"SHURO_TUI_DATA": str(data), "HOME": str(data.parent), "LANG": "C.UTF-8"}
    with ExitStack() as stack:
        yield lambda *verb: stack.enter_context(closing(Terminal(verb, environment, program=(str(WRONG_CLOCK),))))


async def test_screens_on_machines_with_wrong_clocks_show_the_same_second(
    hub: "subprocess.Popen[str]", terminal: Open, off: Open, data: Path
) -> None:
    """Five minutes off, by wall clock and by the one that counts: every second comes at the same moment."""
    where = running(data)
    assert where is not None
    facilitator = Client("facilitator", lambda: Address("127.0.0.1", where.port, where.key))
    await facilitator.enter()
    await facilitator.do(ask.Start(AGO))
    await facilitator.close()
    screens = [terminal("screen"), off("screen"), off("join", "--group", "1班")]
    for screen in screens:
        screen.wait(lambda _text, screen=screen: left(screen) != "")  # type: ignore[misc]
    with ThreadPoolExecutor() as threads:
        right, *others = threads.map(lambda screen: watched(screen, 5), screens)
    for other in others:
        apart = [abs(right[second] - other[second]) for second in right.keys() & other.keys()]
        assert median(apart) < 0.75
