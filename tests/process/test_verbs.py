"""Each verb as a process of its own, on good input and bad."""

import os
import shutil
import socket
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from shuro_tui import __version__
from tests.process.verbs import shuro_tui

ROOT = Path(__file__).parent.parent.parent
VERBS = (
    "run",
    "join",
    "screen",
    "hub",
    "check",
    "new",
    "slides",
    "plan",
    "rehearse",
    "sessions",
    "compare",
    "times",
    "export",
)


@pytest.fixture
def mine(tmp_path: Path, data: Path) -> Path:
    """A small workshop of one's own."""
    folder = tmp_path / "mine"
    assert shuro_tui("new", folder, data=data).returncode == 0
    return folder


def complaint(done: "subprocess.CompletedProcess[str]") -> str:
    """The message of a verb that refused: exit status 2, no traceback, nothing on stdout."""
    status, told = done.returncode, done.stderr
    assert status == 2, done
    assert "Traceback" not in told
    return told


@pytest.mark.parametrize("verb", VERBS)
@pytest.mark.parametrize("language", ["ja", "en"])
def test_every_verb_explains_itself(verb: str, language: str, data: Path) -> None:
    """`--help` works for each verb in each language."""
    done = shuro_tui(verb, "--help", data=data, SHURO_TUI_LANG=language)
    assert done.returncode == 0
    assert f"shuro-tui {verb}" in done.stdout


def test_help_lists_the_verbs_in_japanese(data: Path) -> None:
    """Without a choice of language the help is Japanese, click's own words too."""
    done = shuro_tui("--help", data=data)
    assert all(f"  {verb} " in done.stdout for verb in VERBS)
    assert "使い方" in done.stdout


def test_version(data: Path) -> None:
    """`--version` names the program and its version."""
    assert shuro_tui("--version", data=data).stdout == f"shuro-tui {__version__}\n"


def test_shell_completion(data: Path) -> None:
    """The shell's completion knows the verbs."""
    done = shuro_tui(data=data, _SHURO_TUI_COMPLETE="bash_complete", COMP_WORDS="shuro-tui re", COMP_CWORD="1")
    assert done.stdout.strip() == "plain,rehearse"


@pytest.mark.parametrize("verb", ["run", "join", "screen"])
def test_full_screen_verbs_need_a_terminal(verb: str, data: Path) -> None:
    """Without a terminal they say so and name what works without one."""
    told = complaint(shuro_tui(verb, data=data))
    assert "rehearse" in told
    assert "export" in told
    assert not data.exists()


def test_bundled_workshop_passes_check(data: Path) -> None:
    """`check` without a path checks the bundled lecture."""
    assert shuro_tui("check", data=data).returncode == 0


def test_new_workshop_passes_check_by_folder_and_by_file(mine: Path, data: Path) -> None:
    """What `new` writes needs no mending, whether its folder or its file is named."""
    assert shuro_tui("check", mine, mine / "agenda" / "workshop.yaml", data=data).returncode == 0


def test_new_touches_nothing_that_exists(mine: Path, data: Path) -> None:
    """A second `new` into the same folder is refused and changes nothing."""
    before = {path: path.read_bytes() for path in mine.rglob("*") if path.is_file()}
    complaint(shuro_tui("new", mine, data=data))
    assert {path: path.read_bytes() for path in mine.rglob("*") if path.is_file()} == before


def _edited(mine: Path, old: str, new: str) -> None:
    path = mine / "agenda" / "workshop.yaml"
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def _shift_jis(mine: Path) -> None:
    path = mine / "agenda" / "workshop.yaml"
    path.write_bytes(path.read_text(encoding="utf-8").encode("cp932", "ignore"))


BAD: dict[str, Callable[[Path], None]] = {
    "unknown key": lambda mine: _edited(mine, "segments:", "segmetns:"),
    "wrong type": lambda mine: _edited(mine, "segments:", "segments: 3\nnotes_of_mine:"),
    "no minutes": lambda mine: _edited(mine, "minutes: ", "minutes: 0 #"),
    "negative": lambda mine: _edited(mine, "minutes: ", "minutes: -"),
    "tab": lambda mine: _edited(mine, "segments:", "segments:\n\t- x"),
    "empty": lambda mine: (mine / "agenda" / "workshop.yaml").open("w").close(),
    "missing slides": lambda mine: (mine / "agenda" / "slides.md").unlink(),
    "Shift_JIS": _shift_jis,
    "no workshop": lambda mine: shutil.rmtree(mine / "agenda"),
    "alias bomb": lambda mine: _edited(mine, "title:", "a: &a [x, x]\nb: &b [*a, *a]\ntitle:"),
}


@pytest.mark.parametrize("kind", BAD)
@pytest.mark.parametrize("verb", ["check", "hub", "rehearse"])
def test_bad_workshop_is_refused_at_the_start(kind: str, verb: str, mine: Path, data: Path) -> None:
    """What is wrong with a workshop is told with its place, status 2, and nothing is written."""
    BAD[kind](mine)
    told = complaint(shuro_tui(verb, mine, data=data))
    assert str(mine) in told
    assert not list(data.glob("sessions/*"))


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_data_folder_without_permission(tmp_path: Path, data: Path) -> None:
    """A data folder that cannot be written is told by its name."""
    data.mkdir()
    data.chmod(0o500)
    assert str(data) in complaint(shuro_tui("hub", data=data))


def test_data_folder_that_is_a_file(data: Path) -> None:
    """A data folder that cannot be made is told by its name, and the file in its place stays."""
    data.write_text("mine", encoding="utf-8")
    assert str(data) in complaint(shuro_tui("hub", data=data))
    assert data.read_text(encoding="utf-8") == "mine"


def test_port_in_use(data: Path) -> None:
    """A taken port is named, with what to do."""
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        told = complaint(shuro_tui("hub", "--port", port, data=data))
    assert port in told
    assert "--port" in told
    assert not list(data.glob("sessions/*"))


def test_damaged_session_is_kept_aside(data: Path) -> None:
    """A session file that cannot be read is never overwritten."""
    (data / "sessions").mkdir(parents=True)
    (data / "sessions" / "20260101-120000-abcd.json").write_bytes(b'{"workshop": {')
    complaint(shuro_tui("hub", "--session", "20260101-120000-abcd", data=data))
    kept = [path.read_bytes() for path in (data / "sessions").iterdir()]
    assert kept == [b'{"workshop": {']


@pytest.mark.parametrize("verb", [("compare",), ("export", "--out", "x")])
def test_verbs_after_the_workshop_need_a_session(verb: tuple[str, ...], data: Path) -> None:
    """Without any session they say so."""
    complaint(shuro_tui(*verb, data=data))


def test_sessions_without_any(data: Path) -> None:
    """An empty list says that it is empty."""
    done = shuro_tui("sessions", data=data)
    assert done.returncode == 0
    assert done.stdout.strip()
