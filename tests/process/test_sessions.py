"""A session that was left in the middle: gone on with, begun anew, listed, compared, deleted."""

import os
import signal
import subprocess
from pathlib import Path

from shuro_tui.core import commands as ask
from shuro_tui.hub.outbox import Outbox
from shuro_tui.hub.whereabouts import Whereabouts, running
from tests.process.conftest import Open
from tests.process.verbs import shuro_tui


def left_in_the_middle(terminal: Open, data: Path) -> Whereabouts:
    """A session that was started, and whose hub and facilitator were both killed."""
    facilitator = terminal("run", "--port", "0", "--groups", "2")
    facilitator.wait("開始前")
    facilitator.type(" ")
    facilitator.wait(lambda text: "開始前" not in text)
    where = running(data)
    assert where is not None
    facilitator.kill()
    os.kill(where.pid, signal.SIGKILL)
    return where


def test_an_unfinished_session_is_offered(terminal: Open, data: Path) -> None:
    """Enter goes on with it, at the same port and with the same code, and nothing starts again."""
    before = left_in_the_middle(terminal, data)
    again = terminal("run")
    again.wait("終わっていないセッション")
    again.type("\r")
    again.wait("1/5")
    assert "開始前" not in again.wait("残り")
    after = running(data)
    assert after is not None
    assert (after.session, after.port, after.code) == (before.session, before.port, before.code)


def test_one_may_begin_anew(terminal: Open, data: Path) -> None:
    """`--new` asks nothing and keeps the old session; `--continue` asks nothing either."""
    before = left_in_the_middle(terminal, data)
    anew = terminal("run", "--new", "--port", "0")
    anew.wait("開始前")
    anew.type("x")
    anew.wait("ハブを止めますか")
    anew.type("y")
    assert anew.wait_end() == 0
    listed = shuro_tui("sessions", data=data).stdout
    assert before.session in listed
    assert len(listed.splitlines()) == 2
    assert "続けられるセッションはありません" in terminal("run", "--continue").wait("ありません")


def test_a_session_is_compared_and_deleted(terminal: Open, data: Path) -> None:
    """By its id; after asking, or with --yes; and then there is no trace of it."""
    session = left_in_the_middle(terminal, data).session
    assert "事例1" in shuro_tui("compare", session, data=data).stdout
    assert shuro_tui("sessions", "delete", session, data=data, typed="n\n").returncode == 1
    outbox = Outbox.new(data / "terminals", "127.0.0.1:1", session, "g1")
    outbox.add(ask.DeleteRow("case1", "r1"), 0)
    outbox.close(leaving=False)
    assert any((data / "sessions").glob("*.journal"))
    assert shuro_tui("sessions", "delete", session, "--yes", data=data).returncode == 0
    files = [path for path in data.rglob("*") if path.is_file()]
    assert [path for path in files if session in path.name or session.encode() in path.read_bytes()] == []
    gone = shuro_tui("compare", session, data=data)
    assert gone.returncode == 2
    assert session in gone.stderr
    assert shuro_tui("sessions", "delete", session, "--yes", data=data).returncode == 2


def test_a_running_session_is_not_deleted(hub: "subprocess.Popen[str]", data: Path) -> None:
    """It has to end first; nor does a second hub run beside the first."""
    where = running(data)
    assert where is not None
    refused = shuro_tui("sessions", "delete", where.session, "--yes", data=data)
    assert refused.returncode == 2
    assert "進行中" in refused.stderr
    second = shuro_tui("hub", "--port", "0", data=data)
    assert second.returncode == 2
    assert "すでに動いています" in second.stderr
    assert hub.poll() is None
