"""The room played through: the hub in a process of its own, and everybody who comes to it."""

import asyncio
import subprocess
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import NamedTuple

from shuro_tui.core.commands import Refused
from shuro_tui.core.model import Workshop
from shuro_tui.errors import Mend
from shuro_tui.hub.launch import LOG, HubFailed, launch
from shuro_tui.hub.whereabouts import Whereabouts
from shuro_tui.i18n import _
from shuro_tui.rehearsal.figures import peak_memory
from shuro_tui.rehearsal.players import Broken, Facilitator, Player, Told

_SECONDS_TO_END = 10
_LOOK_AFTER_HUB = 0.2
"""Seconds between two looks whether the hub still runs."""


class Evening(NamedTuple):
    """What is to be played: simulated groups, the seed of what they type, how many times as fast as the clock."""

    workshop: Workshop
    groups: int
    seed: int
    speed: float


@contextmanager
def hub(arguments: Sequence[str], data: Path) -> Iterator[tuple[Whereabouts, "subprocess.Popen[bytes]"]]:
    """A hub, which does not outlive the block, however that is left. Raises Mend when it does not start."""
    try:
        where, process = launch(arguments, data)
    except HubFailed as failed:
        raise Mend(str(failed)) from failed
    try:
        yield where, process
    finally:
        _end(process)


def _end(process: "subprocess.Popen[bytes]") -> None:
    """Two farewells do no harm: the facilitator may have stopped it already."""
    process.terminate()
    try:
        process.wait(_SECONDS_TO_END)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


async def play(
    evening: Evening, where: Whereabouts, process: "subprocess.Popen[bytes]", data: Path, told: Told
) -> tuple[list[Player], float | None]:
    """Play the workshop through and stop the hub: the groups, and the most memory that the hub took.

    Raises Broken when it cannot go on, Mend when nobody is let in.
    """
    facilitator = Facilitator(where, evening.workshop, evening.speed, told)
    players = [Player(number, data / f"terminal-{number}", where) for number in range(evening.groups)]
    try:
        async with asyncio.TaskGroup() as together:
            watching = together.create_task(_watch(process, data / LOG))
            await _play(evening, facilitator, players)
            watching.cancel()
            memory = peak_memory(process.pid)
            with suppress(TimeoutError):  # then the block that holds the hub ends it
                async with asyncio.timeout(_SECONDS_TO_END):
                    await facilitator.stop()
    except ExceptionGroup as failures:
        raise _in_words(failures, data / LOG) from failures
    finally:
        for player in players:
            await player.leave()
        await facilitator.leave()
    return players, memory


async def _play(evening: Evening, facilitator: Facilitator, players: Sequence[Player]) -> None:
    await facilitator.enter()
    for player in players:
        await player.enter()
    async with asyncio.TaskGroup() as together:
        together.create_task(facilitator.play())
        for player in players:
            together.create_task(player.play(evening.workshop, evening.groups, evening.seed, evening.speed))


async def _watch(process: "subprocess.Popen[bytes]", log: Path) -> None:
    # A thread that waits for the process would keep us from leaving before the process does.
    while process.poll() is None:  # noqa: ASYNC110 - another process sets no event
        await asyncio.sleep(_LOOK_AFTER_HUB)
    raise _hub_gone(log)


def _hub_gone(log: Path) -> Broken:
    last = log.read_text(encoding="utf-8", errors="replace").strip().rpartition("\n")[2]
    return Broken(" ".join((_("The hub has ended before the workshop was over."), last)).strip())


def _in_words(failures: "BaseExceptionGroup[BaseException]", log: Path) -> BaseException:
    first = failures.exceptions[0]
    match first:
        case BaseExceptionGroup():
            return _in_words(first, log)
        case Refused(reason=reason):
            return Broken(_("The hub refused what the facilitator asked for: {reason}").format(reason=reason))
        case ConnectionError():
            return _hub_gone(log)
        case _:
            return first
