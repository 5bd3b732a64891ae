"""`rehearse` with a real hub: everything comes through, and nothing is left behind."""

import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from shuro_tui.hub.whereabouts import last
from tests.process.verbs import shuro_tui

SEEDED = ("--speed", "3600", "--groups", "3", "--seed", "7")
TABLES = {"sheets.xlsx", "report.html", "answers.csv", "report.md", "session.json"}
ECOMAPS = {f"ecomap-case{case}{whose}.svg" for case in (1, 2) for whose in ("", ".g1", ".g2", ".g3")}
FILES = TABLES | ECOMAPS
pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="looks for what is left behind with POSIX signals")


@pytest.fixture
def place(tmp_path: Path) -> Path:
    """The folder for temporary files, so that what is left in it is seen."""
    folder = tmp_path / "temporary"
    folder.mkdir()
    return folder


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """A data folder, which a rehearsal has no business in."""
    return tmp_path / "data"


def answers(folder: Path) -> dict[tuple[str, str], list[Any]]:
    """What the groups typed and in which order it stands, without the moments at which they did."""
    told = json.loads((folder / "session.json").read_text(encoding="utf-8"))
    return {
        (sheet["case"], sheet["group"]): [(row["row"], row["fields"]) for row in sheet["rows"]]
        for sheet in told["sheets"]
    }


def test_a_rehearsal_loses_nothing_and_leaves_nothing(place: Path, data: Path) -> None:
    """All rows are stored, the exports are there, the comparison is printed, and the same seed types the same."""
    out, again, stats = data.parent / "out", data.parent / "again", data.parent / "deep" / "stats.json"
    done = shuro_tui("rehearse", *SEEDED, "--out", out, "--stats", stats, data=data, TMPDIR=str(place))
    assert (done.returncode, done.stderr) == (0, "")
    figures = json.loads(stats.read_text(encoding="utf-8"))
    assert figures["rows_sent"] == figures["rows_acknowledged"] == figures["rows_stored"] > 0
    assert figures["groups"] == 3
    assert 0 < figures["ack_ms"]["p50"] <= figures["ack_ms"]["p99"] <= figures["ack_ms"]["max"]
    assert figures["wall_s"] > 0
    assert {path.name for path in out.iterdir() if path.stat().st_size} == FILES
    assert all(str(out / name) in done.stdout for name in FILES)
    assert [line[:3] for line in done.stdout.splitlines()[:5]] == ["1/5", "2/5", "3/5", "4/5", "5/5"]
    assert "公共職業安定所" in done.stdout
    assert not list(place.iterdir())
    assert not data.exists()
    assert shuro_tui("rehearse", *SEEDED, "--out", again, data=data, TMPDIR=str(place)).returncode == 0
    assert answers(again) == answers(out)


def test_a_workshop_of_ones_own_is_rehearsed(place: Path, data: Path) -> None:
    """What `new` writes can be tried at once."""
    mine = data.parent / "mine"
    assert shuro_tui("new", mine, data=data).returncode == 0
    done = shuro_tui("rehearse", mine, *SEEDED, data=data, TMPDIR=str(place))
    assert (done.returncode, done.stderr) == (0, "")
    assert not list(place.iterdir())


def test_a_workshop_without_cases_is_rehearsed(place: Path, data: Path) -> None:
    """There is nothing to type then, and nothing to measure."""
    workshop = data.parent / "workshop.yaml"
    workshop.write_text(BARE, encoding="utf-8")
    stats = data.parent / "stats.json"
    done = shuro_tui("rehearse", workshop, *SEEDED, "--stats", stats, data=data, TMPDIR=str(place))
    assert (done.returncode, done.stderr) == (0, "")
    figures = json.loads(stats.read_text(encoding="utf-8"))
    assert figures["rows_stored"] == 0
    assert figures["ack_ms"] == {"p50": None, "p99": None, "max": None}


@pytest.mark.parametrize("option", ["--out", "--stats"])
def test_where_nothing_can_be_written_nothing_is_started(option: str, place: Path, data: Path) -> None:
    """Exit status 2 with the path, before any hub is there."""
    (data.parent / "file").write_text("mine", encoding="utf-8")
    target = data.parent / "file" / "below"
    done = shuro_tui("rehearse", *SEEDED, option, target, data=data, TMPDIR=str(place))
    assert done.returncode == 2
    assert str(data.parent / "file") in done.stderr
    assert "Traceback" not in done.stderr
    assert done.stdout == ""
    assert not list(place.iterdir())


@pytest.fixture
def under_way(place: Path, data: Path) -> Iterator["subprocess.Popen[str]"]:
    """A rehearsal that has begun and would go on for a minute."""
    process = subprocess.Popen(
        [sys.executable, "-m", "shuro_tui", "rehearse", "--groups", "2"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        encoding="utf-8",
        cwd=data.parent,
        env={**os.environ, "HOME": str(data.parent), "TMPDIR": str(place)},
    )
    assert process.stdout is not None
    with process:
        assert process.stdout.readline().startswith("1/5")
        yield process
        process.kill()


def hub_of(place: Path) -> int:
    """The process id of the hub of a rehearsal."""
    (folder,) = place.iterdir()
    where = last(folder)
    assert where is not None
    return where.pid


def gone(pid: int) -> bool:
    """Whether there is no such process any more."""
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return True
    return False


IGNORED = signal.getsignal(signal.SIGINT) is signal.SIG_IGN


@pytest.mark.parametrize(
    "number",
    [
        pytest.param(signal.SIGINT, marks=pytest.mark.skipif(IGNORED, reason="run in the background: Ctrl+C is off")),
        signal.SIGTERM,
        signal.SIGHUP,
    ],
)
def test_a_rehearsal_that_is_ended_takes_its_hub_along(
    under_way: "subprocess.Popen[str]", place: Path, number: signal.Signals
) -> None:
    """Ctrl+C, kill, or a window that is closed: no hub, no folder, no traceback."""
    hub = hub_of(place)
    under_way.send_signal(number)
    _, told = under_way.communicate(timeout=20)
    assert under_way.returncode == 1
    assert told.strip() == "中止しました。"
    assert gone(hub)
    assert not list(place.iterdir())


def test_a_hub_that_dies_ends_the_rehearsal(under_way: "subprocess.Popen[str]", place: Path) -> None:
    """With a message and status 1, and not by waiting for ever."""
    os.kill(hub_of(place), signal.SIGKILL)
    _, told = under_way.communicate(timeout=20)
    assert under_way.returncode == 1
    assert "研修が終わる前にハブが終了しました。" in told
    assert "Traceback" not in told
    assert not list(place.iterdir())


BARE = """\
id: bare
title: 事例のない研修
language: ja
minutes: 10
segments:
  - {id: talk, title: 話, minutes: 10}
"""
