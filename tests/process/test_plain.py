"""`join --plain` as a person or a program meets it: real processes, at a pipe and at a terminal, with a real hub."""

import os
import re
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TypeAlias

import pytest

from tests.process.conftest import Open
from tests.process.test_lecture import to_the_cases
from tests.process.verbs import shuro_tui
from tests.terminal import Terminal

Pipe: TypeAlias = "subprocess.Popen[str]"
WRITTEN = "追加\nハローワーク\n専門窓口に同行する\n1\n"


@pytest.fixture
def facilitator(hub: Pipe, terminal: Open) -> Terminal:
    """At the cases."""
    window = terminal("run")
    window.wait("開始前")
    to_the_cases(window)
    return window


@pytest.fixture
def pipe(data: Path, facilitator: Terminal) -> Iterator[Pipe]:
    """The first group's, at a pipe, ready."""
    with subprocess.Popen(
        [sys.executable, "-m", "shuro_tui", "join", "--lang", "en", "--plain", "--group", "1班"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        env={**os.environ, "SHURO_TUI_DATA": str(data), "LC_ALL": "C"},
    ) as process:
        yield process
        process.kill()


def rows(data: Path) -> str:
    """What the hub has."""
    return shuro_tui("compare", data=data).stdout


def plain(text: str) -> bool:
    """Whether no control character but the line end is in it."""
    return re.search(r"[\x00-\x09\x0b-\x1f\x7f]", text.replace("\r\n", "\n")) is None


def test_a_script_writes_a_sheet(facilitator: Terminal, data: Path) -> None:
    """Piped in as a whole: rows added, changed, moved, deleted and brought back, submitted; nothing but text comes."""
    typed = (
        f"ヘルプ\n{WRITTEN}add\nなかぽ\n1\n登録する\n２\n変更 2\n\n生活の相談\n\nmove 2 1\ndelete 1\nundo\n"
        "一覧\n時間\n他班\n状態\n事例\nスライド\n調べる ぼうけん\n連絡\nnonsense\nsubmit\n追加\n取り下げ\n提出\n終了\n"
    )
    done = shuro_tui("join", "--lang", "en", "--plain", "--group", "1班", data=data, typed=typed)
    assert done.returncode == 0, done.stderr
    assert plain(done.stdout)
    for told in ("ハローワーク", "障害者就業・生活支援センター", "生活の相談", "48歳"):
        assert told in done.stdout
    kept = rows(data)
    assert "ハローワーク - 専門窓口に同行する - 本人" in kept
    assert "障害者就業・生活支援センター - 生活の相談 - 家族" in kept
    assert "登録する" not in kept
    facilitator.wait("提出")


@pytest.mark.parametrize("end", ["eof", "SIGINT", "SIGTERM", "SIGHUP", "SIGKILL"])
def test_nothing_is_lost_however_it_ends(pipe: Pipe, facilitator: Terminal, data: Path, end: str) -> None:
    """In the middle of a row, without a locale: what was answered is with the hub, and the next time it is there."""
    assert pipe.stdin is not None
    assert pipe.stdout is not None
    pipe.stdin.write("追加\n喫茶店\n見守")
    pipe.stdin.flush()
    facilitator.wait("1班 1+0行")
    if end == "eof":
        pipe.stdin.close()
    else:
        pipe.send_signal(getattr(signal, end))
    assert pipe.wait(timeout=20) == (-signal.SIGKILL if end == "SIGKILL" else 0)
    assert "Traceback" not in pipe.stdout.read()
    assert ("喫茶店 - 見守" if end == "eof" else "喫茶店") in rows(data)
    again = shuro_tui("join", "--lang", "en", "--plain", "--group", "1班", data=data, typed="list\n")
    assert "喫茶店" in again.stdout


def test_what_could_not_be_sent_is_sent_the_next_time(pipe: Pipe, hub: Pipe, facilitator: Terminal, data: Path) -> None:
    """The hub stands still while a row is typed: it is told, and the row arrives with the next dialogue."""
    assert pipe.stdin is not None
    pipe.stdin.write("追加\n喫茶店\n")
    pipe.stdin.flush()
    facilitator.wait("1班 1+0行")
    os.kill(hub.pid, signal.SIGSTOP)
    pipe.stdin.write("見守りを頼む\n\n")
    pipe.stdin.close()
    assert pipe.wait(timeout=20) == 0
    os.kill(hub.pid, signal.SIGCONT)
    assert shuro_tui("join", "--lang", "en", "--plain", "--group", "1班", data=data, typed="").returncode == 0
    assert "喫茶店 - 見守りを頼む" in rows(data)


def test_at_a_terminal(facilitator: Terminal, terminal: Open, data: Path) -> None:
    """The group is chosen, news comes between the prompts, and while a field is typed it waits for the answer."""
    group = terminal("join", "--lang", "en", "--plain", columns=80, lines=50)
    group.wait("Which group are you?")
    group.type("２班\n")
    group.wait("\n>")
    facilitator.type("m")
    facilitator.wait("誰へのメッセージ")
    facilitator.type("\r")
    facilitator.wait("空のまま")
    facilitator.type("あと少し\r")
    group.wait("あと少し")
    group.type("add\n")
    group.wait("連携機関名")
    group.type("喫茶")
    group.wait(lambda text: text.rstrip().endswith("喫茶"))
    facilitator.type("p")
    facilitator.wait("一時停止中")
    group.type("店\n")
    # It may be told a moment after the facilitator: in the next field then, and at the latest between the prompts.
    group.wait("連携内容")
    group.type("\n")
    shown = group.wait("The clock is paused.")
    assert "喫茶店" in shown
    facilitator.wait("2班 1+0行")
    group.type("\x04")  # Ctrl+D
    assert group.wait_end() == 0
    assert "喫茶店" in rows(data)


def test_the_connection_is_told(facilitator: Terminal, terminal: Open, hub: Pipe) -> None:
    """Lost and back, each in a sentence."""
    group = terminal("join", "--lang", "en", "--plain", "--group", "2班", columns=80, lines=50)
    group.wait("\n>")
    os.kill(hub.pid, signal.SIGSTOP)
    group.wait("No connection to the hub.")
    os.kill(hub.pid, signal.SIGCONT)
    group.wait("Connected to the hub again.")


def test_it_comes_without_a_screen() -> None:
    """Textual is not even imported."""
    told = "import sys, shuro_tui.plain.terminal; print('textual' in sys.modules)"
    ended = subprocess.run([sys.executable, "-c", told], capture_output=True, check=True, text=True)
    assert ended.stdout == "False\n"
