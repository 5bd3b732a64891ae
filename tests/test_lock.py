"""A file that one process holds at a time."""

import subprocess
import sys
import threading
from pathlib import Path

import pytest

from shuro_tui.lock import Held, Lock

HOLDER = """
import sys
from pathlib import Path
from shuro_tui.lock import Lock

lock = Lock.take(Path(sys.argv[1]))
print("held", flush=True)
sys.stdin.read()
"""


def test_it_is_held_until_it_is_let_go(tmp_path: Path) -> None:
    """By one alone; then it is anybody's."""
    with Lock.take(tmp_path / "lock"), pytest.raises(Held):
        Lock.take(tmp_path / "lock")
    again = Lock.take(tmp_path / "lock")
    again.release()
    again.release()
    Lock.take(tmp_path / "lock").release()


def test_nobody_holds_what_nobody_has(tmp_path: Path) -> None:
    """A lock that is forgotten is free."""
    lock: Lock | None = Lock.take(tmp_path / "lock")
    assert lock is not None
    lock = None
    Lock.take(tmp_path / "lock").release()


def test_a_killed_process_holds_nothing(tmp_path: Path) -> None:
    """While it lives nobody else does; what was waited for is had as soon as it is dead."""
    command = [sys.executable, "-c", HOLDER, str(tmp_path / "lock")]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "held\n"
        with pytest.raises(Held):
            Lock.take(tmp_path / "lock")
        process.kill()
        Lock.take(tmp_path / "lock", patience=30).release()


def test_whoever_waits_gets_it(tmp_path: Path) -> None:
    """When the one before lets go in time."""
    before = Lock.take(tmp_path / "lock")
    letting_go = threading.Timer(0.05, before.release)
    letting_go.start()
    with Lock.take(tmp_path / "lock", patience=30):
        letting_go.join()


def test_a_file_that_cannot_be_opened(tmp_path: Path) -> None:
    """Is no lock."""
    with pytest.raises(OSError, match="nowhere"):
        Lock.take(tmp_path / "nowhere" / "lock")
