"""A workshop whose files are saved while it runs, with real processes in real terminals."""

import os
import signal
from pathlib import Path

import pytest

from shuro_tui.hub.whereabouts import running
from tests.content.small_workshop import edit, write
from tests.process.conftest import Open
from tests.terminal import Terminal

SLIDES = "agenda/slides.md"
FIRST = "# はじめに\n\n本文\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A small workshop of its author's own."""
    return write(tmp_path / "my-workshop")


@pytest.fixture
def screens(folder: Path, terminal: Open) -> tuple[Terminal, Terminal]:
    """Facilitator and projector, on the second of the two slides."""
    facilitator = terminal("run", str(folder), "--port", "0", "--groups", "2")
    facilitator.wait("開始前")
    wall = terminal("screen")
    wall.wait("shuro-tui join")
    facilitator.type(" ")
    facilitator.wait("スライド 1/2")
    facilitator.type(" ")
    facilitator.wait("スライド 2/2")
    wall.wait("つぎに")
    return facilitator, wall


def test_what_an_author_saves_is_on_all_screens(folder: Path, screens: tuple[Terminal, Terminal]) -> None:
    """Without a key, on the slide that was shown: a word, a slide in front of it, another name of the segment."""
    facilitator, wall = screens
    edit(folder, SLIDES, "- 項目", "- 直した項目")
    wall.wait("直した項目")
    facilitator.wait("直した項目")
    edit(folder, SLIDES, FIRST, f"{FIRST}\n---\n\n# あいだに\n")
    facilitator.wait("スライド 3/3")
    assert "直した項目" in wall.wait("3/3")
    edit(folder, "agenda/workshop.yaml", "title: はじめに", "title: 導入のお話")
    wall.wait("導入のお話")
    facilitator.wait("導入のお話")


def test_a_broken_file_keeps_the_deck_and_says_what_is_wrong(folder: Path, screens: tuple[Terminal, Terminal]) -> None:
    """With file, line and column, to the facilitator alone, until it is mended."""
    facilitator, wall = screens
    edit(folder, "agenda/workshop.yaml", "minutes: 30", "minutes: [30")
    shown = facilitator.wait("agenda/workshop.yaml:4:")
    assert "つぎに" in shown
    edit(folder, SLIDES, "- 項目", "- 直した項目")
    edit(folder, "agenda/workshop.yaml", "minutes: [30", "minutes: 30")
    facilitator.wait(lambda text: "workshop.yaml" not in text and "直した項目" in text)
    assert "workshop.yaml" not in wall.wait("直した項目")


def test_a_segment_that_was_held_is_not_taken_away(folder: Path, screens: tuple[Terminal, Terminal]) -> None:
    """The facilitator is told which; with another id it is another segment."""
    facilitator, wall = screens
    edit(folder, "agenda/workshop.yaml", "id: opening", "id: start")
    facilitator.wait(lambda text: text.count("はじめに") > 2)  # besides the title and the rundown
    edit(folder, "agenda/workshop.yaml", "id: start", "id: opening")
    facilitator.wait(lambda text: text.count("はじめに") == 2)
    assert "つぎに" in wall.text()


def test_a_hub_that_was_killed_goes_on_with_what_is_saved(
    folder: Path, screens: tuple[Terminal, Terminal], data: Path
) -> None:
    """What was saved before, while it was dead, and after that."""
    facilitator, wall = screens
    edit(folder, SLIDES, "- 項目", "- 先の項目")
    wall.wait("先の項目")
    where = running(data)
    assert where is not None
    edit(folder, SLIDES, "- 先の項目", "- 後の項目")
    os.kill(where.pid, signal.SIGKILL)
    wall.wait("後の項目")
    facilitator.wait("後の項目")
    edit(folder, SLIDES, "- 後の項目", "- 最後の項目")
    wall.wait("最後の項目")
