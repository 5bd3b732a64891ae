"""Where the hub of a data folder is."""

import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from shuro_tui.hub import whereabouts
from shuro_tui.hub.protocol import VERSION
from shuro_tui.hub.whereabouts import Address, Whereabouts, forget, last, leave, lock, running


def here(pid: int | None = None) -> Whereabouts:
    """The whereabouts of this process."""
    return Whereabouts(8470, os.getpid() if pid is None else pid, "key", "1234-5678", "evening", VERSION)


def dead_pid() -> int:
    """The id of a process that has ended."""
    with subprocess.Popen([sys.executable, "-c", ""]) as process:
        process.wait()
    return process.pid


def test_a_hub_that_lives_is_found(tmp_path: Path) -> None:
    """As long as it holds the lock, and its file is for this user's eyes alone."""
    with lock(tmp_path):
        leave(tmp_path, here())
        assert running(tmp_path) == here()
        modes = {path.name: stat.S_IMODE(path.stat().st_mode) for path in tmp_path.iterdir()}
        assert modes == {whereabouts.FILE: 0o600, whereabouts.LOCK: 0o600}
    assert running(tmp_path) is None
    assert last(tmp_path) == here()


def test_no_file_no_hub(tmp_path: Path) -> None:
    """Nor after a clean end, nor in a folder that is not there."""
    assert running(tmp_path) is None
    assert running(tmp_path / "nowhere") is None
    with lock(tmp_path):
        leave(tmp_path, here())
        forget(tmp_path)
        forget(tmp_path)
        assert running(tmp_path) is None
        assert last(tmp_path) is None


def test_a_dead_hub_does_not_run(tmp_path: Path) -> None:
    """Even while another process, which is just starting or looking, holds the lock."""
    leave(tmp_path, here(dead_pid()))
    with lock(tmp_path):
        assert running(tmp_path) is None
    assert last(tmp_path) is not None


def test_somebody_elses_process_may_be_a_hub(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whether it is, the lock says."""

    def not_ours(_pid: int, _signal: int) -> None:
        raise PermissionError

    leave(tmp_path, here(1))
    monkeypatch.setattr(os, "kill", not_ours)
    assert running(tmp_path) is None
    with lock(tmp_path):
        assert running(tmp_path) == here(1)


def test_windows_asks_the_lock_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """There, a signal 0 would end the process."""
    leave(tmp_path, here(dead_pid()))
    monkeypatch.setattr(sys, "platform", "win32")
    with lock(tmp_path):
        assert running(tmp_path) is not None


def test_a_lock_that_cannot_be_had(tmp_path: Path) -> None:
    """Is nobody's."""
    leave(tmp_path, here())
    (tmp_path / whereabouts.LOCK).mkdir()
    assert running(tmp_path) is None


@pytest.mark.parametrize("damaged", [b"", b"{", b"[]", b'{"port":"x"}', b"\xff\xfe"])
def test_a_damaged_file_is_no_hub(damaged: bytes, tmp_path: Path) -> None:
    """A new one may start over it."""
    (tmp_path / whereabouts.FILE).write_bytes(damaged)
    assert last(tmp_path) is None
    leave(tmp_path, here())
    assert last(tmp_path) == here()


def test_an_address_is_written_without_its_secret() -> None:
    """As a person types it."""
    assert f"{Address('127.0.0.1', 8470, 'secret')}" == "127.0.0.1:8470"
