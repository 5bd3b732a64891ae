"""A small workshop to begin one's own from."""

from pathlib import Path

import pytest

from shuro_tui import content
from shuro_tui.core.model import MINUTE


@pytest.mark.parametrize("language", ["ja", "en"])
def test_new_workshop_is_right(tmp_path: Path, language: str) -> None:
    """It has four files, needs no mending, and fills 30 minutes in three segments."""
    written = content.write_new(tmp_path / "a/b", language)
    assert [path.relative_to(tmp_path / "a/b").as_posix() for path in written] == [
        "agenda/workshop.yaml",
        "agenda/slides.md",
        "agenda/resources.yaml",
        "cases/case1.yaml",
    ]
    assert sorted(path for path in tmp_path.rglob("*") if path.is_file()) == sorted(written)
    assert content.check(tmp_path / "a/b") == ()
    workshop = content.load(tmp_path / "a/b")
    assert (workshop.language, workshop.total, len(workshop.segments)) == (language, 30 * MINUTE, 3)
    assert workshop.cases[0].rehearsal
    assert workshop.cases[0].model


@pytest.mark.parametrize("name", ["agenda/slides.md", "cases/case1.yaml"])
def test_nothing_is_overwritten(tmp_path: Path, name: str) -> None:
    """When one of its files exists, or a link in its place, nothing is written."""
    (tmp_path / name).parent.mkdir()
    (tmp_path / name).symlink_to(tmp_path / "nowhere")
    with pytest.raises(content.ContentError) as refused:
        content.write_new(tmp_path, "ja")
    assert [problem.file for problem in refused.value.problems] == [str(tmp_path / name)]
    assert not [path for path in tmp_path.rglob("*") if path.is_file()]


def test_a_folder_that_cannot_be_made(tmp_path: Path) -> None:
    """A file in the place of the folder is told by its name."""
    (tmp_path / "file").write_text("mine", encoding="utf-8")
    with pytest.raises(content.ContentError, match=r"file/agenda/workshop\.yaml: "):
        content.write_new(tmp_path / "file", "ja")
    assert (tmp_path / "file").read_text(encoding="utf-8") == "mine"
