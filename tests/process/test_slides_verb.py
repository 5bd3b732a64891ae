"""`slides` as a person calls it."""

from pathlib import Path

from tests.process.verbs import shuro_tui

NAMES = ["slides-with-notes.html", "slides.html"]


def test_slides_of_the_bundled_lecture_land_where_one_stands(data: Path) -> None:
    """Without a word the two files stand in the folder that one is in; no data folder is made."""
    done = shuro_tui("slides", data=data)
    assert done.returncode == 0, done
    assert done.stdout.split() == ["slides.html", "slides-with-notes.html"]
    assert sorted(path.name for path in data.parent.iterdir()) == NAMES


def test_slides_of_ones_own_workshop(data: Path) -> None:
    """A folder names the workshop, --out the place, which is made."""
    mine, out = data.parent / "mine", data.parent / "to" / "print"
    assert shuro_tui("new", mine, data=data).returncode == 0
    done = shuro_tui("slides", mine, "--out", out, data=data)
    assert done.returncode == 0, done
    assert sorted(path.name for path in out.iterdir()) == NAMES
    assert "はじめの" in (out / "slides.html").read_text(encoding="utf-8")


def test_what_stands_in_the_way_is_told(data: Path) -> None:
    """No workshop, and a place that cannot be written: one message, status 2, nothing written."""
    (data.parent / "file").write_text("mine", encoding="utf-8")
    for arguments in (("slides", "nowhere.yaml"), ("slides", "."), ("slides", "--out", "file/below")):
        done = shuro_tui(*arguments, data=data)
        assert done.returncode == 2, done
        assert arguments[-1].split("/")[0] in done.stderr
        assert "Traceback" not in done.stderr
    assert [path.name for path in data.parent.iterdir()] == ["file"]
