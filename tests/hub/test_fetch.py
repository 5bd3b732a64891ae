"""Pictures of slides: asked for by a client, read by the hub, given to whom they are shown."""

import asyncio
import threading
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from msgspec.structs import replace

from shuro_tui.core import commands as ask
from shuro_tui.core.blocks import Columns, Image, Pause, Picture
from shuro_tui.core.model import Slide, Workshop
from shuro_tui.core.session import Session
from shuro_tui.hub.client import Client
from tests.hub.hubs import PATIENCE, Clients, Hub
from tests.hub.party import Party
from tests.workshops import session, workshop


def pictured(*files: str) -> Slide:
    """A slide that shows these pictures, each after a pause but the first, the last in a column."""
    images = [Image("図", file, Picture(file, 1, 1, "0")) for file in files]
    shown = [block for image in images[:-1] for block in (image, Pause())]
    return Slide("図", (*shown, Columns(((images[-1],), (images[-1],)))))


def with_pictures() -> Workshop:
    """A lecture whose first slide shows two pictures one after the other, its second a third."""
    talk, *others = workshop().segments
    return replace(workshop(), segments=(replace(talk, slides=(pictured("a", "b"), pictured("c"))), *others))


def held() -> Session:
    """A session of it."""
    return replace(session(), workshop=with_pictures())


def test_a_picture_is_for_whom_it_is_shown() -> None:
    """The wall has it from its pause to the next slide, groups keep it, the facilitator has all; guests have none."""
    party = Party(held())
    party.join(1, "facilitator")
    party.join(2, "screen")
    party.join(3, "group", group="g1")

    def shown(peer: int) -> str:
        return "".join(file for file in "abcx" if party.room.shows(peer, file))

    party.do(1, 1, ask.Start())
    assert [shown(peer) for peer in (1, 2, 3, 4)] == ["abc", "a", "a", ""]
    party.do(1, 2, ask.GoTo(0, 0, 1))
    assert [shown(peer) for peer in (1, 2, 3)] == ["abc", "ab", "ab"]
    party.do(1, 3, ask.GoTo(0, 1))
    assert [shown(peer) for peer in (1, 2, 3)] == ["abc", "c", "abc"]


@pytest.fixture
async def hub(tmp_path: Path) -> AsyncIterator[Hub]:
    """A hub at the slide with one picture; the file of its second picture is gone."""
    async with Hub(tmp_path / "sessions", of=held(), fetch={"a": b"\0\xff" * 50_000, "c": b"gif"}.get) as hub:
        yield hub


@pytest.fixture
async def clients(tmp_path: Path, hub: Hub) -> AsyncIterator[Clients]:
    """Clients of one machine; they leave before the hub ends."""
    assert hub.port
    clients = Clients(tmp_path / "terminals")
    yield clients
    await clients.close()


async def facilitator(clients: Clients, hub: Hub) -> Client:
    """Its client, at the first slide."""
    client = await clients.facilitator(hub)
    await client.do(ask.GoTo(0))
    return client


async def test_a_picture_comes_over_the_wire_as_it_is(clients: Clients, hub: Hub) -> None:
    """Byte by byte, also when several parts of a screen ask at once; None where its file is gone."""
    client = await facilitator(clients, hub)
    wall = await clients.screen(hub)
    async with asyncio.timeout(PATIENCE):
        for data in await asyncio.gather(wall.fetch("a"), wall.fetch("a")):
            assert data == b"\0\xff" * 50_000
        assert await client.fetch("b") is None
        assert await client.fetch("c") == b"gif"


async def test_what_is_not_shown_yet_is_not_sent(clients: Clients, hub: Hub) -> None:
    """Whoever asks for it."""
    await facilitator(clients, hub)
    wall = await clients.screen(hub)
    async with asyncio.timeout(PATIENCE):
        assert await wall.fetch("c") is None
        assert await wall.fetch("../../etc/passwd") is None


async def test_who_waits_for_a_picture_hears_that_the_hub_is_gone(clients: Clients, hub: Hub) -> None:
    """Between the question and its answer, and before the question."""
    asked, answered = threading.Event(), threading.Event()

    def slow(_file: str) -> None:
        asked.set()
        answered.wait(PATIENCE)

    await hub.die()
    hub.fetch = slow
    await hub.start()
    client = await facilitator(clients, hub)
    waiting = asyncio.create_task(client.fetch("a"))
    try:
        async with asyncio.timeout(PATIENCE):
            await asyncio.to_thread(asked.wait, PATIENCE)
            await hub.die()
            with pytest.raises(ConnectionError):
                await waiting
            with pytest.raises(ConnectionError):
                await client.fetch("a")
    finally:
        answered.set()
