"""`times` and `plan` as a person calls them, on sessions that were held."""

import subprocess
from collections.abc import Sequence
from pathlib import Path

import pytest
from rich.cells import cell_len

from shuro_tui import content
from shuro_tui.core import commands as ask
from shuro_tui.core.commands import Command
from shuro_tui.core.group import Group
from shuro_tui.core.model import MINUTE, Millis
from shuro_tui.core.session import Session, decide
from shuro_tui.hub.whereabouts import running
from shuro_tui.store import Store
from tests.process.conftest import Open
from tests.process.verbs import shuro_tui

START = 1_700_000_000_000


@pytest.fixture
def mine(tmp_path: Path, data: Path) -> Path:
    """A small workshop of one's own: segments of 5, 20 and 5 minutes."""
    folder = tmp_path / "mine"
    assert shuro_tui("new", folder, data=data).returncode == 0
    return folder


def hold(data: Path, workshop: Path, number: int, *done: tuple[float, Command]) -> str:
    """A session of a workshop on disk after what the facilitator did: (minute, command). Its id."""
    name = f"20260101-12000{number}-abcd"
    begun = Millis(START + number * 86_400_000)
    store = Store.create(
        data / "sessions", Session.new(name, content.load(workshop), (Group("g1", "1班"),), {"g1": "key"}, begun)
    )
    for minute, command in ((0, ask.Start()), *done):
        store.append(decide(store.session, command, Millis(begun + round(minute * MINUTE))))
    store.close()
    return name


def held(data: Path, workshop: Path, *ends: Sequence[float]) -> None:
    """Finished sessions whose three segments ended in these minutes."""
    for number, (first, second, third) in enumerate(ends):
        hold(data, workshop, number, (first, ask.GoTo(1)), (second, ask.GoTo(2)), (third, ask.Finish()))


def english(data: Path, *arguments: str | Path) -> "subprocess.CompletedProcess[str]":
    """A verb in English."""
    return shuro_tui(*arguments, data=data, SHURO_TUI_LANG="en")


def files(folder: Path) -> dict[Path, bytes]:
    """Every file below a folder."""
    return {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_times_of_a_session(mine: Path, data: Path) -> None:
    """The line and the table, of the session that is named or else of the last; nothing is changed by looking."""
    held(data, mine, (6, 28, 33), (7, 25, 30))
    before = files(data)
    first, last = english(data, "times", "20260101-120000-abcd"), english(data, "times")
    assert (first.returncode, last.returncode) == (0, 0)
    lines = first.stdout.split("\n")
    assert lines[0].startswith("地域で支える はじめの一歩  2023-11-1")
    assert lines[3].startswith("Planned |1")
    assert lines[4].startswith("Actual  |1")
    assert any(line.split() == ["1", "はじめに", "5:00", "5:00", "6:00", "1:00", "longer"] for line in lines)
    assert "33:00 from start to end, 3:00 late" in first.stdout
    assert "30:00 from start to end, on time" in last.stdout
    assert all(cell_len(line) <= 80 for line in lines)
    assert files(data) == before


def test_times_of_a_session_that_never_began(mine: Path, data: Path) -> None:
    """There is a plan, and nothing else yet."""
    begun = Millis(START)
    Store.create(data / "sessions", Session.new("new", content.load(mine), (), {}, begun)).close()
    done = english(data, "times", "new")
    assert done.returncode == 0
    assert "not started" in done.stdout


def test_times_count_on_while_the_hub_runs(terminal: Open, data: Path) -> None:
    """A session that runs has its time up to the hub's last sign of life."""
    facilitator = terminal("run", "--port", "0", "--groups", "2", "--speed", "60")
    facilitator.wait("開始前")
    facilitator.type(" ")
    facilitator.wait(lambda text: "開始前" not in text)
    where = running(data)
    assert where is not None
    told = ""
    while " 0:00 since the start" in told or not told:
        done = english(data, "times", where.session)
        assert done.returncode == 0
        told = done.stdout
    assert "since the start" in told
    assert ">" in told.split("\n")[4]


def test_times_need_a_session(data: Path) -> None:
    """Without any, and of one that is not there: one message, status 2."""
    for arguments in (("times",), ("times", "nobody")):
        done = english(data, *arguments)
        assert done.returncode == 2
        assert "Traceback" not in done.stderr
        assert "session" in done.stderr.lower()


def test_a_plan_from_the_medians(mine: Path, data: Path) -> None:
    """A row a segment; without --write nothing is written."""
    held(data, mine, (6, 28, 33), (8, 25, 30), (7, 27, 31))
    before = files(mine)
    done = english(data, "plan", mine)
    assert done.returncode == 0
    rows = [line.split() for line in done.stdout.split("\n")]
    assert ["1", "はじめに", "5:00", "7:00", "6:00", "1:00", "longer", "3"] in rows
    assert ["2", "事例検討", "20:00", "20:00", "19:00", "1:00", "shorter", "3"] in rows
    assert ["3", "まとめ", "5:00", "5:00", "5:00", "as", "planned", "3"] in rows
    assert ["Whole", "30:00", "30:00"] in rows
    assert "Finished sessions: 3." in done.stdout
    assert not done.stderr
    assert files(mine) == before


def test_a_plan_is_written_where_it_is_asked_for(mine: Path, data: Path) -> None:
    """The new file passes `check`, only numbers differ, and a second time it stands in the way."""
    held(data, mine, (8, 26, 30))
    old, new = mine / "agenda" / "workshop.yaml", mine / "agenda" / "next.yaml"
    assert english(data, "plan", mine, "--write", new).stdout.endswith(f"Written: {new}\n")
    assert english(data, "check", new).returncode == 0
    changed = [
        (before, after)
        for before, after in zip(
            old.read_text(encoding="utf-8").split("\n"), new.read_text(encoding="utf-8").split("\n"), strict=True
        )
        if before != after
    ]
    assert changed
    assert all(before.rstrip("0123456789}") == after.rstrip("0123456789}") for before, after in changed)
    before = files(mine)
    again = english(data, "plan", mine, "--write", new)
    assert again.returncode == 2
    assert str(new) in again.stderr
    assert files(mine) == before


def test_a_plan_stands_beside_its_workshop(mine: Path, data: Path) -> None:
    """Elsewhere its paths would lead nowhere; beside the bundled lecture nobody writes."""
    held(data, mine, (6, 28, 33))
    elsewhere = english(data, "plan", mine, "--write", "next.yaml")
    assert elsewhere.returncode == 2
    assert str(mine / "agenda" / "next.yaml") in elsewhere.stderr
    bundled = english(data, "plan", "--write", "next.yaml")
    assert bundled.returncode == 2
    assert "shuro-tui new" in bundled.stderr
    assert not (data.parent / "next.yaml").exists()


def test_only_finished_sessions_of_the_same_workshop_count(mine: Path, data: Path) -> None:
    """One that goes on, and one of another workshop, are not asked; a damaged file is named and the rest counts."""
    hold(data, mine, 1, (25, ask.GoTo(1)))
    hold(data, content.bundled(), 2, (25, ask.GoTo(1)), (60, ask.Finish()))
    none = english(data, "plan", mine)
    assert none.returncode == 2
    assert "No finished session" in none.stderr
    assert not none.stdout
    hold(data, mine, 3, (6, ask.GoTo(1)), (25, ask.GoTo(2)), (30, ask.Finish()))
    damaged = data / "sessions" / "20260101-120009-abcd.json"
    damaged.write_bytes(b'{"workshop": {')
    done = english(data, "plan", mine)
    assert done.returncode == 0
    assert str(damaged) in done.stderr
    assert "Finished sessions: 1." in done.stdout
    assert damaged.read_bytes() == b'{"workshop": {'


@pytest.mark.parametrize("workshop", ["nowhere.yaml", "."])
def test_a_plan_needs_a_workshop(workshop: str, data: Path) -> None:
    """A file that is not there, and a folder without one, are named."""
    done = english(data, "plan", workshop)
    assert done.returncode == 2
    assert workshop in done.stderr
    assert "Traceback" not in done.stderr
