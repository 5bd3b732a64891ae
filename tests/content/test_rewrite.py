"""New minutes into a workshop file: the numbers, and nothing but the numbers."""

import os
import re
import unicodedata
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from shuro_tui.content import ContentError, bundled, load
from shuro_tui.content.rewrite import rewritten, write_minutes
from shuro_tui.core.model import MINUTE, Millis, Workshop
from shuro_tui.errors import Mend
from tests.content.small_workshop import FILES, edit, write

NAME = "agenda/workshop.yaml"
_DIGITS = re.compile("[0-9０-９]+")
_FULL_WIDTH = str.maketrans("0123456789", "０１２３４５６７８９")

numbers = st.sampled_from(("{}", '"{}"', "'{}'", "+{}", "0{}", '" {} "'))
remarks = st.sampled_from(("", "  # minutes: 3", "   # 時間 \u3000"))


def lengths(*minutes: int) -> list[Millis]:
    """Lengths of segments."""
    return [Millis(each * MINUTE) for each in minutes]


def planned(workshop: Workshop) -> tuple[list[int], list[list[int]]]:
    """The minutes of the segments, and of their steps."""
    segments = workshop.segments
    return (
        [segment.planned // MINUTE for segment in segments],
        [[step.planned // MINUTE for step in segment.steps] for segment in segments],
    )


def without_numbers(text: str) -> list[str]:
    """What stands between the digits."""
    return _DIGITS.split(text)


@st.composite
def files(draw: st.DrawFn) -> str:
    """The small workshop as people write it: numbers of every look, remarks, flow and block, line ends, a mark."""

    def number(minutes: int) -> str:
        digits = str(minutes).translate(_FULL_WIDTH) if draw(st.booleans()) else str(minutes)
        return draw(numbers).format(digits)

    def remark() -> str:
        return draw(remarks)

    steps = (
        f"    steps: [{{minutes: {number(5)}, title: '個人, 12分'}}, "
        f"{{title: グループ, minutes: {number(15)}}}]{remark()}",
        f"    steps:\n      - title: 個人 5{remark()}\n        minutes: {number(5)}\n"
        f"      - {{minutes: {number(15)}, title: グループ}}{remark()}",
    )
    lines = (
        f"id: small{remark()}",
        draw(st.sampled_from(('title: "小さな研修 \ufeff10"', 'title: "小さな\u2028  研修\x85  10"'))),
        f"minutes: {number(30)}{remark()}",
        "segments:",
        f"  - {{id: opening, title: はじめに, minutes: {number(10)}, at_least: {number(4)}}}{remark()}",
        "",
        f"  - minutes:  {number(20)}{remark()}",
        "    title: |",
        "      事例",
        "      minutes: 10",
        "    id: work",
        draw(st.sampled_from(steps)),
        f"    at_least: {number(2)}",
    )
    end = draw(st.sampled_from(("\n", "\r\n", "\r")))
    text = end.join("\n".join(lines).split("\n")) + draw(st.sampled_from(("", end)))
    return draw(st.sampled_from(("", "\ufeff"))) + text


def workshop_of(folder: Path, text: str) -> Workshop:
    """The workshop of a file of that text."""
    (folder / "workshop.yaml").write_bytes(text.encode())
    return load(folder / "workshop.yaml")


@settings(max_examples=300, deadline=None)
@given(files(), st.integers(4, 28))
def test_only_the_numbers_change(text: str, opening: int) -> None:
    """Remarks, quotes, order, blank space, line ends and the byte order mark stay, digits keep their width."""
    with TemporaryDirectory() as folder:
        before = workshop_of(Path(folder), text)
        new = rewritten(text, "workshop.yaml", before, lengths(opening, 30 - opening))
        after = workshop_of(Path(folder), new)
    assert without_numbers(new) == without_numbers(text)
    segments, (_none, steps) = planned(after)
    assert segments == [opening, 30 - opening]
    assert sum(steps) == 30 - opening
    assert min(steps) >= 1
    assert [segment.at_least for segment in after.segments] == [segment.at_least for segment in before.segments]
    for old_digits, new_digits in zip(_DIGITS.findall(text), _DIGITS.findall(new), strict=True):
        assert old_digits.isascii() == new_digits.isascii()


@given(files())
def test_the_same_minutes_leave_the_file_as_it_was(text: str) -> None:
    """To the letter, leading noughts included."""
    with TemporaryDirectory() as folder:
        workshop = workshop_of(Path(folder), text)
    assert rewritten(text, "", workshop, lengths(10, 20)) == text


def test_the_bundled_lecture_keeps_every_word() -> None:
    """Remarks and slides of the lecture stand as they did, whatever its minutes."""
    text = bundled().read_text(encoding="utf-8")
    new = rewritten(text, "", load(bundled()), lengths(11, 9, 22, 8, 10))
    changed = [
        (unicodedata.normalize("NFKC", old), line)
        for old, line in zip(text.splitlines(), new.splitlines(), strict=True)
        if old != line
    ]
    assert [line for _old, line in changed if "title" not in line] == [
        f"    minutes: {minutes}" for minutes in (11, 9, 22, 8)
    ]
    assert without_numbers(new) == without_numbers(text)


@pytest.mark.parametrize("minutes", ["|\n      10", '"\\x31\\x30"', "①０", "¹⁰"])
def test_a_number_of_another_look_is_named(minutes: str, tmp_path: Path) -> None:
    """Where digits do not stand plainly nothing is guessed: the place is told."""
    root = write(tmp_path)
    edit(root, NAME, "minutes: 10", f"minutes: {minutes}")
    workshop = load(root)
    with pytest.raises(ContentError, match=r"workshop\.yaml:8:14: .*minutes: 12"):
        write_minutes(root, workshop, lengths(12, 18), root / "agenda" / "next.yaml")
    assert not (root / "agenda" / "next.yaml").exists()


def written(root: Path, minutes: Sequence[int], name: str = "agenda/next.yaml") -> Path:
    """The new file of a workshop."""
    target = root / name
    write_minutes(root, load(root), lengths(*minutes), target)
    return target


def test_a_new_file_stands_beside_the_old_one(tmp_path: Path) -> None:
    """It loads, it has the new minutes, steps scaled, and the old one is as it was."""
    root = write(tmp_path)
    assert planned(load(written(root, (6, 24)))) == ([6, 24], [[], [6, 18]])
    assert (root / NAME).read_text(encoding="utf-8") == FILES[NAME]
    assert sorted(path.name for path in (root / "agenda").iterdir()) == [
        "next.yaml",
        "resources.yaml",
        "slides.md",
        "workshop.yaml",
    ]


@pytest.mark.parametrize("name", ["agenda/workshop.yaml", "agenda/resources.yaml", "agenda"])
def test_nothing_that_exists_is_overwritten(name: str, tmp_path: Path) -> None:
    """Neither the old workshop nor any other file."""
    root = write(tmp_path)
    with pytest.raises(Mend):
        written(root, (6, 24), name)
    assert {path: (root / path).read_text(encoding="utf-8") for path in FILES} == FILES


@pytest.mark.parametrize("name", ["next.yaml", "cases/next.yaml", "nowhere/next.yaml", "agenda/../next.yaml"])
def test_another_folder_is_refused_with_the_right_one(name: str, tmp_path: Path) -> None:
    """The paths inside would lead nowhere; the message says where it may stand."""
    root = write(tmp_path)
    with pytest.raises(Mend, match=r"agenda/next\.yaml$"):
        written(root, (6, 24), name)
    assert not (root / name).exists()


def test_minutes_that_break_the_workshop_are_not_written(tmp_path: Path) -> None:
    """Slides or a round that would not fit are named in the files that are there, and the new file is gone again."""
    root = write(tmp_path)
    edit(
        root,
        NAME,
        "    at_least: 5\n",
        "    at_least: 5\n    round: {groups: 3, talk_seconds: 120, comment_seconds: 0}\n",
    )
    edit(root, "agenda/slides.md", "<!-- 話す -->", "<!-- seconds: 390 -->")
    with pytest.raises(Mend) as caught:
        written(root, (5, 25))
    assert caught.value.exit_code == 2
    _message, *problems = caught.value.message.split("\n")
    assert [problem.removeprefix(f"{root}/").split(": ")[0] for problem in problems] == [
        "agenda/slides.md:5:1",
        "agenda/workshop.yaml:10:12",
    ]
    assert not (root / "agenda" / "next.yaml").exists()


def test_a_full_disk_leaves_nothing_behind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What cannot be written is not there."""

    def fail(*_arguments: object) -> None:
        raise OSError(28, "No space left on device")

    root = write(tmp_path)
    monkeypatch.setattr(os, "fsync", fail)
    with pytest.raises(OSError, match="No space left"):
        written(root, (6, 24))
    assert not [path for path in (root / "agenda").iterdir() if "next" in path.name]
