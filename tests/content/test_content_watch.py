"""Whether somebody has saved a file of a workshop."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from shuro_tui import content
from shuro_tui.content import watch
from shuro_tui.content.watch import stamp
from tests.content.small_workshop import FILES, edit, write


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A small workshop with a video."""
    (tmp_path / "film.mp4").write_bytes(b"film")
    write(tmp_path)
    edit(
        tmp_path, "agenda/workshop.yaml", "cases: [cases/case1.yaml]", "video: film.mp4\n    cases: [cases/case1.yaml]"
    )
    return tmp_path


@pytest.mark.parametrize("name", [*FILES, "film.mp4"])
def test_a_save_of_any_file_of_a_workshop_is_noticed(root: Path, name: str) -> None:
    """In place or by another file of that name; and that it is gone."""
    seen = [stamp(root)]

    def saved() -> bool:
        seen.append(stamp(root))
        return seen[-1] != seen[-2]

    assert not saved()
    path = root / name
    path.write_bytes(path.read_bytes() + b"\n")
    assert saved()
    os.utime(path, ns=(1, 1))
    assert saved()
    draft = path.with_suffix(".draft")
    draft.write_bytes(path.read_bytes())
    os.utime(draft, ns=(1, 1))
    draft.replace(path)
    assert saved()
    path.unlink()
    assert saved()
    assert not saved()


def test_other_files_are_not_looked_at(root: Path) -> None:
    """Not even in the same folder."""
    before = stamp(root)
    (root / "agenda" / "notes.md").write_text("覚え書き", encoding="utf-8")
    assert stamp(root) == before


def test_a_file_that_is_named_and_not_there_yet_is_waited_for(root: Path) -> None:
    """The author names it first and writes it then."""
    edit(root, "agenda/workshop.yaml", "agenda/slides.md", "agenda/new.md")
    before = stamp(root)
    (root / "agenda" / "new.md").write_text("# 新しい", encoding="utf-8")
    assert stamp(root) != before


@pytest.mark.parametrize(
    "spoil",
    [
        lambda root: (root / "agenda" / "workshop.yaml").write_text("segments: [", encoding="utf-8"),
        lambda root: (root / "agenda" / "workshop.yaml").write_text("", encoding="utf-8"),
        lambda root: edit(root, "agenda/workshop.yaml", "agenda/slides.md", '"a\\0b"'),
        lambda root: [path.unlink() for path in (root / "agenda").iterdir()],
    ],
    ids=["broken", "empty", "no path", "gone"],
)
def test_a_broken_workshop_is_looked_at_all_the_same(root: Path, spoil: Callable[[Path], object]) -> None:
    """So that it is noticed when it is mended."""
    before = stamp(root)
    spoil(root)
    assert before != stamp(root) == stamp(root)
    write(root)
    assert stamp(root) != before


def test_a_file_and_its_folder_are_the_same_workshop(root: Path) -> None:
    """As they are for everything else."""
    assert stamp(root) == stamp(root / "agenda" / "workshop.yaml")
    assert len(stamp(content.bundled())) > 5


def test_a_look_reads_nothing(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It is taken every second."""
    before = stamp(root)

    def read(path: Path) -> str:
        raise AssertionError(path)

    monkeypatch.setattr(watch, "read_text", read)
    assert stamp(root) == before
