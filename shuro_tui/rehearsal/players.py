"""Those who play: a facilitator who keeps to the rundown, and groups who write, each at a real client."""

import asyncio
from collections.abc import Callable
from functools import partial
from pathlib import Path
from time import monotonic

import click

from shuro_tui.core.commands import (
    CloseCase,
    Display,
    FacilitatorCommand,
    Finish,
    GoTo,
    GroupCommand,
    PutUp,
    Reveal,
    Start,
)
from shuro_tui.core.model import Segment, Workshop
from shuro_tui.core.views import FacilitatorView, GroupView, View
from shuro_tui.hub.client import Client
from shuro_tui.hub.whereabouts import Address, Whereabouts
from shuro_tui.i18n import _
from shuro_tui.rehearsal.typist import RowPlace, writing

Told = Callable[[int, int], None]
"""Told which segment and which of its slides is shown now, both from 0."""

_PATIENCE = 30
"""Seconds after which a change that is not acknowledged counts as lost."""

_WRITING = 0.8
"""The part of a segment in which groups write; the rest is for looking over the sheet."""


class Broken(click.ClickException):
    """The rehearsal could not go on: one message, exit status 1."""


class Player:
    """A simulated group. After the rehearsal: what it typed, which rows were acknowledged, how long that took (s)."""

    def __init__(self, number: int, folder: Path, where: Whereabouts) -> None:
        self.group = ""
        self.typed: list[GroupCommand] = []
        self.acknowledged: set[RowPlace] = set()
        self.waited: list[float] = []
        self._number = number
        self._client = Client("group", lambda: Address("127.0.0.1", where.port, where.code), folder)

    async def enter(self) -> None:
        """Join as the group of that number. Raises Mend when the hub will not have us."""
        lobby = await self._client.enter()
        assert lobby is not None  # noqa: S101 - a terminal that was not there yet has to choose
        self.group = lobby.groups[self._number].id
        await self._client.choose(lobby, self.group)

    async def play(self, workshop: Workshop, groups: int, seed: int, speed: float) -> None:
        """Write every case when its segment comes, and submit it."""
        sheets = writing(workshop.cases, self._number, groups, seed)
        for segment in workshop.segments:
            if not segment.cases:
                continue
            await _until(self._client, partial(_at_work, cases=segment.cases))
            commands = [command for case in segment.cases for command in sheets[case]]
            pace = segment.planned / 1000 / speed * _WRITING / len(commands)
            began = monotonic() + pace * self._number / groups  # groups do not type in step
            for place, command in enumerate(commands):
                await asyncio.sleep(began + pace * place - monotonic())
                await self._type(command)

    async def _type(self, command: GroupCommand) -> None:
        put_at = monotonic()
        self._client.put(command)
        self.typed.append(command)
        row = (command.case, getattr(command, "row", ""))
        self.acknowledged.discard(row)
        try:
            async with asyncio.timeout(_PATIENCE):
                await _until(self._client, lambda _: self._client.state().unsent == 0)
        except TimeoutError as error:
            raise Broken(_("The hub did not acknowledge a change for {n} seconds.").format(n=_PATIENCE)) from error
        if self._client.state().refused is None:
            self.acknowledged.add(row)
            self.waited.append(monotonic() - put_at)

    async def leave(self) -> None:
        """Go, with nothing left to send."""
        await self._client.close()


class Facilitator:
    """Moves through the rundown by a clock that runs `speed` times as fast; closes a case when all have submitted."""

    def __init__(self, where: Whereabouts, workshop: Workshop, speed: float, told: Told) -> None:
        self._workshop = workshop
        self._speed = speed
        self._told = told
        self._due = 0.0
        self._client = Client("facilitator", lambda: Address("127.0.0.1", where.port, where.key))

    async def enter(self) -> None:
        """Take the facilitator's place. Raises Mend when the hub will not have us."""
        await self._client.enter()

    async def play(self) -> None:
        """From the first slide to the end. Raises Refused, ConnectionError."""
        await self._client.do(Start())
        self._due = monotonic()
        segments = self._workshop.segments
        for number, segment in enumerate(segments):
            last = number == len(segments) - 1
            slides = [GoTo(number, slide) for slide in range(len(segment.shown))]
            comparisons = self._workshop.cases if last else ()
            share = segment.planned / 1000 / self._speed / (len(slides) + len(comparisons))
            for slide in slides:
                self._told(number, slide.slide)
                await self._show(share, slide)
            await self._take_in(segment)
            for case in comparisons:
                await self._show(share, Reveal(case.id), PutUp(Display("comparison", case.id)))
        await self._client.do(Finish())

    async def _show(self, seconds: float, *commands: FacilitatorCommand) -> None:
        for command in commands:
            await self._client.do(command)
        self._due += seconds
        await asyncio.sleep(self._due - monotonic())

    async def _take_in(self, segment: Segment) -> None:
        """However late it is: nobody's sheet is closed under their hands."""
        if segment.cases:
            await _until(self._client, partial(_all_submitted, cases=segment.cases))
        for case in segment.cases:
            await self._client.do(CloseCase(case))

    async def stop(self) -> None:
        """Let the hub end. Raises ConnectionError."""
        await self._client.stop()

    async def leave(self) -> None:
        """Go."""
        await self._client.close()


async def _until(client: Client, holds: Callable[[View], bool]) -> None:
    async for view in client.views():
        if holds(view):
            return
    raise Broken(client.state().ended)


def _at_work(view: View, cases: tuple[str, ...]) -> bool:
    return isinstance(view, GroupView) and set(cases) <= set(view.at_work)


def _all_submitted(view: View, cases: tuple[str, ...]) -> bool:
    return isinstance(view, FacilitatorView) and all(set(cases) <= set(group.submitted) for group in view.progress)
