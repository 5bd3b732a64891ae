"""Clients that lose their hub and find it again, with the timers that they really have."""

import asyncio
import os
import signal
import time
from pathlib import Path

import pytest

from shuro_tui.core import commands as ask
from shuro_tui.core.views import FacilitatorView, GroupView
from shuro_tui.hub import client as client_module
from shuro_tui.hub.client import Client
from shuro_tui.hub.launch import launch
from shuro_tui.hub.whereabouts import Address
from tests.hub import hubs
from tests.hub.hubs import Clients, Hub, eventually, rows, seen
from tests.workshops import row

TERMINALS = 500


def test_pauses_grow_and_differ() -> None:
    """From 0.2 s to 5 s, so that the terminals of a room do not all come back in one moment, again and again."""
    pauses = [[client_module._pause(attempt) for _ in range(300)] for attempt in (1, 2, 4, 5_000)]
    assert all(
        0.2 <= pause <= longest for each, longest in zip(pauses, (0.4, 0.8, 3.2, 5.0), strict=True) for pause in each
    )
    assert max(pauses[-1]) > 4.5
    assert all(len({*each}) > 200 for each in pauses)


async def test_a_hub_that_is_stopped_is_missed_and_found_again(tmp_path: Path) -> None:
    """Its process stands still: within three seconds the client says so, and comes back when it goes on."""
    where, process = launch(["--port", "0", "--groups", "1", "--data", str(tmp_path)], tmp_path)
    client = Client("facilitator", lambda: Address("127.0.0.1", where.port, where.key))
    try:
        await client.enter()
        await seen(client, FacilitatorView)
        os.kill(where.pid, signal.SIGSTOP)
        stopped = time.monotonic()
        await eventually(lambda: not client.state().connected)
        assert time.monotonic() - stopped < 3.0
        os.kill(where.pid, signal.SIGCONT)
        await eventually(lambda: client.state().connected)
    finally:
        await client.close()
        process.kill()
        process.wait()


async def test_five_hundred_terminals_come_back_at_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The hub dies and begins again: all are in again, and each sees what was written meanwhile and before."""
    monkeypatch.setattr(hubs, "PATIENCE", 120.0)  # a small machine takes its time; each wait ends with what it is for
    monkeypatch.setattr(
        os, "fsync", lambda _file: None
    )  # they have a disk each; here they would wait for one another's
    hub, clients = Hub(tmp_path / "sessions"), Clients(tmp_path / "terminals")
    async with hub:
        facilitator = await clients.facilitator(hub)
        terminals = [await clients.group(hub, f"{1 + number % 3}班", f"{number}") for number in range(TERMINALS)]
        terminals[0].put(row("r1", "ハローワーク"))
        await eventually(lambda: not terminals[0].state().unsent)
        await hub.die()
        await eventually(lambda: not any(client.state().connected for client in terminals))
        terminals[0].put(row("r2", "なかぽつ"))
        await hub.start()
        await asyncio.gather(
            *(seen(each, GroupView, lambda view: rows(view) == ["r1", "r2"]) for each in terminals[::3])
        )
        everybody = {"g1": 167, "g2": 167, "g3": 166}
        await seen(
            facilitator,
            FacilitatorView,
            lambda view: {each.group.id: each.terminals for each in view.progress} == everybody,
        )
        await facilitator.do(ask.Pause())
        await asyncio.gather(*(seen(each, GroupView, lambda view: view.dial.phase == "paused") for each in terminals))
        await clients.close()
