"""What the tests of whole processes share."""

import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from shuro_tui.hub.whereabouts import running
from tests.terminal import Terminal

Open = Callable[..., Terminal]


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """A data folder that is not there yet."""
    return tmp_path / "data"


@pytest.fixture
def terminal(data: Path) -> Iterator[Open]:
    """Opens terminals, and closes their windows at the end; no hub is left behind."""
    opened: list[Terminal] = []

    def open_one(*arguments: str, columns: int = 120, lines: int = 36) -> Terminal:
        environment = {"SHURO_TUI_DATA": str(data), "HOME": str(data.parent), "LANG": "C.UTF-8"}
        opened.append(Terminal(arguments, environment, columns=columns, lines=lines, folder=data.parent))
        return opened[-1]

    yield open_one
    for one in opened:
        one.close()
    where = running(data)
    if where is not None:
        os.kill(where.pid, signal.SIGKILL)


@pytest.fixture
def hub(data: Path) -> Iterator["subprocess.Popen[str]"]:
    """A hub in the foreground, ready."""
    with subprocess.Popen(
        [sys.executable, "-m", "shuro_tui", "hub", "--port", "0", "--groups", "3"],
        stdout=subprocess.PIPE,
        text=True,
        env={**os.environ, "SHURO_TUI_DATA": str(data)},
    ) as process:
        assert process.stdout is not None
        assert "127.0.0.1" in process.stdout.readline()
        yield process
        process.kill()
