"""A hub as a process of its own."""

import os
import signal
import stat
import sys
from pathlib import Path

import msgspec
import pytest

from shuro_tui.core import commands as ask
from shuro_tui.core.views import FacilitatorView
from shuro_tui.hub import launch as launch_module
from shuro_tui.hub.client import Client
from shuro_tui.hub.launch import LOG, HubFailed, launch
from shuro_tui.hub.whereabouts import Address, last, running
from tests.hub.hubs import seen


def arguments(data: Path) -> list[str]:
    """What a hub on a free port is told."""
    return ["--port", "0", "--groups", "2", "--data", str(data), "--lang", "ja"]


async def test_a_hub_outlives_whoever_started_it(tmp_path: Path) -> None:
    """It is ready when `launch` is back, in a session of its own, and ends cleanly when it is asked to."""
    data = tmp_path / "data"
    where, process = launch(arguments(data), data)
    try:
        assert (where, where.pid) == (running(data), process.pid)
        assert os.getsid(where.pid) == where.pid != os.getsid(0)
        client = Client("facilitator", lambda: Address("127.0.0.1", where.port, where.key))
        await client.enter()
        assert len((await seen(client, FacilitatorView)).progress) == 2
        await client.stop()
        await client.close()
        assert process.wait() == 0
    finally:
        process.kill()
        process.wait()
    assert last(data) is None
    assert stat.S_IMODE(data.stat().st_mode) == 0o700


def test_a_hub_that_was_killed_leaves_its_port_and_key(tmp_path: Path) -> None:
    """Its successor has both, and the same code: clients find it again."""
    where, process = launch(arguments(tmp_path), tmp_path)
    process.kill()
    process.wait()
    assert running(tmp_path) is None
    again, successor = launch(["--session", where.session, "--data", str(tmp_path), "--port", "0"], tmp_path)
    successor.send_signal(signal.SIGTERM)
    assert successor.wait() == 0
    assert (again.port, again.key, again.code, again.session) == (where.port, where.key, where.code, where.session)


async def test_a_new_code_is_kept(tmp_path: Path) -> None:
    """Where terminals of this machine look for it, and for a hub that begins again after a kill."""
    where, process = launch(arguments(tmp_path), tmp_path)
    client = Client("facilitator", lambda: Address("127.0.0.1", where.port, where.key))
    try:
        await client.enter()
        await client.do(ask.NewCode())
        room = (await seen(client, FacilitatorView, lambda view: view.room.code != where.code)).room
    finally:
        await client.close()
        process.kill()
        process.wait()
    left = last(tmp_path)
    assert left is not None
    assert left == msgspec.structs.replace(where, code=room.code)


def test_what_a_hub_says_that_does_not_start(tmp_path: Path) -> None:
    """Is told as it said it, with its exit status."""
    with pytest.raises(HubFailed, match="nowhere") as failed:
        launch(["--session", "nowhere", *arguments(tmp_path)], tmp_path)
    assert failed.value.status == 2
    assert failed.value.told.strip() == failed.value.told
    assert running(tmp_path) is None


def test_a_folder_that_cannot_be_written(tmp_path: Path) -> None:
    """Is told before anything is started."""
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(HubFailed, match="file") as failed:
        launch([], tmp_path / "file")
    assert failed.value.status == 2


def test_whoever_gives_up_waiting_leaves_no_hub(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Ctrl+C while it starts ends it as well."""
    slow, pid = tmp_path / "slow", tmp_path / "pid"
    slow.write_text(f"#!/bin/sh\necho $$ > '{pid}.new'\nmv '{pid}.new' '{pid}'\nexec sleep 60\n", "utf-8")
    slow.chmod(0o700)
    monkeypatch.setattr(sys, "executable", str(slow))

    def interrupt(_signal: int, _frame: object) -> None:
        if pid.exists():
            raise KeyboardInterrupt
        signal.setitimer(signal.ITIMER_REAL, 0.01)

    before = signal.signal(signal.SIGALRM, interrupt)
    signal.setitimer(signal.ITIMER_REAL, 0.01)
    try:
        with pytest.raises(KeyboardInterrupt):
            launch([], tmp_path)
    finally:
        signal.signal(signal.SIGALRM, before)
    with pytest.raises(ProcessLookupError):
        os.kill(int(pid.read_text("utf-8")), 0)


def test_a_hub_that_is_ready_and_nowhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Was started for another folder: it does not stay."""
    ready = tmp_path / "ready"
    ready.write_text("#!/bin/sh\necho ready\necho who knows >&2\nexec sleep 60\n", "utf-8")
    ready.chmod(0o700)
    monkeypatch.setattr(sys, "executable", str(ready))
    with pytest.raises(HubFailed) as failed:
        launch([], tmp_path)
    assert failed.value.status == -signal.SIGKILL
    assert (tmp_path / LOG).read_text("utf-8") in ("", "who knows\n")
    assert launch_module._DETACHED == 0
