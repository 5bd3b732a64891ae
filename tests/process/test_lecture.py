"""The whole lecture with real processes in real terminals, from the first key to the workbook."""

import os
import signal
import subprocess
from collections import Counter
from pathlib import Path

import openpyxl
from tinydb import TinyDB

from shuro_tui.hub.whereabouts import running
from tests.process.conftest import Open
from tests.process.verbs import shuro_tui
from tests.terminal import Terminal

GROUPS = ("1班", "2班", "3班")
ROWS = {
    "1班": [("ハローワーク", "専門窓口に同行する"), ("社協", "お金の出し入れを手伝ってもらう")],
    "2班": [("なかぽつ", "家計の見直しを一緒にする"), ("ハローワーク", "求人を開拓してもらう")],
    "3班": [("主治医", '=HYPERLINK("x")と頼む'), ("地域包括支援センター", "母の見守り")],
}


def type_row(group: Terminal, organisation: str, content: str, number: int) -> None:
    """Type a row cell by cell, waiting for each to stand on the screen."""
    group.type(organisation)
    group.wait(lambda text: organisation[:4] in text)
    group.type("\r" + content)
    group.wait(lambda text: content[:4] in text)
    group.type("\r1\r")
    group.wait(lambda text: f" {number} " in text and "本人" in text)


def to_the_cases(facilitator: Terminal) -> None:
    """Start, and go on to the segment with the cases."""
    facilitator.type(" ")
    facilitator.wait(lambda text: "開始前" not in text)
    for segment in ("2/5", "3/5"):
        facilitator.type("n")
        facilitator.wait(segment)


def reveal(facilitator: Terminal) -> None:
    """Compare, reveal, put up, and back to the rundown."""
    for key, shown in (("v", "未公開"), ("r", "取り消せません"), ("y", "グループに公開済み"), ("v", "投影中")):
        facilitator.type(key)
        facilitator.wait(shown)
    facilitator.type("\x1b")
    facilitator.wait("ノート")


def finish(facilitator: Terminal) -> None:
    """End the session and close the window."""
    facilitator.type("e")
    facilitator.wait("セッションを終えますか")
    facilitator.type("y")
    facilitator.wait("終了 ")
    facilitator.type("q")
    assert facilitator.wait_end() == 0


def rows_of(workbook: Path) -> dict[str, Counter[tuple[str, str]]]:
    """Group → organisation and content of every row in the worksheet of all entries."""
    table = openpyxl.load_workbook(workbook)["全記入"]
    head, *lines = [[cell.value or "" for cell in line] for line in table.iter_rows()]
    columns = [head.index(title) for title in ("グループ", "連携機関名", "連携内容")]
    rows: dict[str, Counter[tuple[str, str]]] = {}
    for line in lines:
        group, organisation, content = (str(line[column]) for column in columns)
        rows.setdefault(group, Counter())[organisation, content] += 1
    return rows


def test_a_lecture_from_the_first_key_to_the_workbook(
    hub: "subprocess.Popen[str]", terminal: Open, data: Path, tmp_path: Path
) -> None:
    """Three groups type at once, one is killed and comes back, all is revealed, and every row is exported once."""
    facilitator = terminal("run")
    facilitator.wait("開始前")
    wall = terminal("screen")
    wall.wait("shuro-tui join")
    groups = {name: terminal("join", "--group", name, columns=80, lines=24) for name in GROUPS}
    for group in groups.values():
        group.wait("まもなく始まります")
    facilitator.wait("グループ 3/3 接続")
    to_the_cases(facilitator)
    for group in groups.values():
        group.wait("整理シート")
    for number in (1, 2):
        for name, group in groups.items():
            type_row(group, *ROWS[name][number - 1], number=number)
    for group in groups.values():
        group.wait("保存済み")
    facilitator.wait("3班 2+0行")

    groups["2班"].kill()
    facilitator.wait("グループ 2/3 接続")
    groups["2班"] = terminal("join", columns=80, lines=24)
    assert "2班" in groups["2班"].wait("なかぽつ")
    groups["2班"].type("訪看")
    groups["2班"].wait("保存済み")
    facilitator.wait("2班 3+0行")

    assert "家計の見直し" not in wall.text() + groups["1班"].text()
    reveal(facilitator)
    wall.wait("公共職業安定所")
    groups["1班"].wait("F6 で見られます")
    groups["1班"].type("\x1b[17~")  # F6
    groups["1班"].wait("3 気づき")
    finish(facilitator)

    exported = shuro_tui("export", "--out", tmp_path / "out", "--overlay", "1班", "3班", data=data)
    assert exported.returncode == 0, exported.stderr
    assert (tmp_path / "out" / "ecomap-case1.g1.g3.svg").exists()
    unknown = shuro_tui("export", "--out", tmp_path / "other", "--overlay", "1班", "9班", data=data)
    assert (unknown.returncode, "1班, 2班, 3班" in unknown.stderr) == (2, True)
    assert not (tmp_path / "other").exists()
    typed = {name: Counter(rows) for name, rows in ROWS.items()}
    typed["2班"]["訪看", ""] += 1
    assert rows_of(tmp_path / "out" / "sheets.xlsx") == typed

    hub.send_signal(signal.SIGTERM)
    assert hub.wait(timeout=10) == 0
    wall.wait("ハブが止まりました")
    with TinyDB(next((data / "sessions").glob("*.json")), encoding="utf-8", access_mode="r") as kept:
        assert len(kept.table("answers")) == 7
        assert {document["organisation"] for document in kept.table("answers")} >= {"hello-work", "nakapotsu", None}
        assert len(kept.table("groups")) == 3


def test_the_facilitator_comes_back_to_where_it_was(terminal: Open, data: Path) -> None:
    """Closing the facilitator's window touches nobody; `run` again attaches, and a second one is refused."""
    facilitator = terminal("run", "--port", "0", "--groups", "2")
    facilitator.wait("開始前")
    group = terminal("join", "--group", "2班", columns=80, lines=24)
    group.wait("まもなく始まります")
    facilitator.type(" ")
    group.wait("残り")
    second = terminal("run")
    assert second.wait_end() == 2
    second.wait("進行役はすでに接続しています")
    facilitator.process.send_signal(signal.SIGHUP)
    facilitator.wait_end()
    assert running(data) is not None
    again = terminal("run")
    again.wait("1/5")
    again.wait("残り")
    assert "開始前" not in again.text()


def test_a_killed_hub_is_back_before_anybody_notices(terminal: Open, data: Path) -> None:
    """The facilitator's client starts it again, the groups find it, and what was acknowledged is there."""
    facilitator = terminal("run", "--port", "0", "--groups", "2")
    facilitator.wait("開始前")
    group = terminal("join", "--group", "1班", columns=80, lines=24)
    group.wait("まもなく始まります")
    to_the_cases(facilitator)
    group.wait("整理シート")
    group.type("ハローワーク")
    group.wait("保存済み")
    where = running(data)
    assert where is not None
    os.kill(where.pid, signal.SIGKILL)
    group.type("水戸")
    facilitator.wait(lambda text: "更新停止" not in text and "1班 1+0行" in text and running(data) not in (None, where))
    facilitator.type("p")
    facilitator.wait("一時停止中")
    group.wait("一時停止中")
    group.wait("ク水戸")  # wrapped in its cell
    facilitator.type("x")
    facilitator.wait("ハブを止めますか")
    facilitator.type("y")
    assert facilitator.wait_end() == 0
    assert "ハローワーク水戸" in shuro_tui("compare", data=data).stdout


def test_bad_ways_in(hub: "subprocess.Popen[str]", terminal: Open, data: Path) -> None:
    """A wrong code, a group that is not there and a hub that is not reachable are one message and status 2 each."""
    where = running(data)
    assert where is not None
    for arguments, message in (
        (("join", f"127.0.0.1:{where.port}", "--code", "0000-0000"), "コードが違います"),
        (("join", "--group", "9班"), "そのグループ"),
        (("screen", "127.0.0.1:1", "--code", "1"), "返事がありません"),
    ):
        refused = terminal(*arguments)
        assert refused.wait_end() == 2
        assert message in refused.text()
        assert "Traceback" not in refused.text()
    hub.terminate()
    assert hub.wait(timeout=10) == 0
