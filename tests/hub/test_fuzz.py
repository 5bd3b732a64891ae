"""A hub that is sent what nobody means; `python -m benchmarks.fuzz` sends a hundred thousand."""

from pathlib import Path

import pytest

from shuro_tui.core import commands as ask
from shuro_tui.core.views import FacilitatorView
from shuro_tui.hub import door
from tests.hub.fuzz import Fuzzer
from tests.hub.hubs import CODE, Clients, Hub, eventually, seen
from tests.workshops import row

SENT = 3_000


async def test_nothing_that_nobody_means_has_an_effect(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Three thousand frames, before joining and after: the session is the very same, and everybody goes on."""
    monkeypatch.setattr(door, "PAUSE", 0)
    hub, clients = Hub(tmp_path / "sessions"), Clients(tmp_path / "terminals")
    async with hub:
        facilitator, group = await clients.facilitator(hub), await clients.group(hub)
        group.put(row("r1", "ハローワーク"))
        await eventually(lambda: not group.state().unsent)
        session, file = hub.store.session, hub.path.read_bytes()
        fuzzer = Fuzzer("127.0.0.1", hub.port, CODE, "g1", seed=8)
        await fuzzer.send(SENT)
        assert sum(fuzzer.outcomes.values()) == SENT
        assert fuzzer.outcomes["malformed"] > SENT // 2
        assert {"not-joined", "unknown-role", "closed 1009", "closed 1007", "nothing"} <= set(fuzzer.outcomes)
        assert hub.store.session is session
        assert hub.path.read_bytes() == file
        assert facilitator.state().connected
        assert group.state().connected
        await facilitator.do(ask.Pause())
        await seen(facilitator, FacilitatorView, lambda view: view.timeline.phase == "paused" and view.screens == 0)
        await clients.close()
