"""docs/workshops.md: its examples are a workshop, and it names every key."""

import re
from pathlib import Path

import pytest

from shuro_tui import content, i18n
from shuro_tui.content import keys
from shuro_tui.content.fields import Page
from shuro_tui.content.problem import Problem
from shuro_tui.content.slides import read_slides
from shuro_tui.content.starter import FILES
from shuro_tui.core.blocks import Columns
from tests.pictures import NONE

DOCUMENT = (Path(__file__).parent.parent.parent / "docs" / "workshops.md").read_text(encoding="utf-8")
_EXAMPLE = re.compile(r"^(`{3,})\w+ (\S+\.\w+)\n(.*?)^\1$", re.MULTILINE | re.DOTALL)


def _write(folder: Path) -> list[str]:
    """Write the examples that have a file's name; their names."""
    names = []
    for _fence, name, text in _EXAMPLE.findall(DOCUMENT):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")
        names.append(name)
    return names


def test_examples_are_a_workshop(tmp_path: Path) -> None:
    """The examples together are the files of one workshop without a problem."""
    assert sorted(_write(tmp_path)) == sorted(FILES)
    assert content.check(tmp_path) == ()


def test_the_slide_shown_is_right() -> None:
    """The slide with a pause and columns is read without a problem, in its two parts."""
    (text,) = re.findall(r"^```markdown\n(.*?)^```$", DOCUMENT, re.MULTILINE | re.DOTALL)
    problems: list[Problem] = []
    (slide,) = read_slides(text, "slides.md", Page("slides.md", problems), NONE)
    assert (problems, slide.parts) == ([], 2)
    assert isinstance(slide.blocks[1], Columns)


@pytest.mark.parametrize("key", sorted({key for known in keys.ALL for key in known}))
def test_every_key_is_explained(key: str) -> None:
    """Each key that the reader knows stands in the document."""
    assert f"`{key}`" in DOCUMENT


def test_the_message_shown_is_the_programs(tmp_path: Path) -> None:
    """The message in the document is the one that the program gives."""
    i18n.use("en")
    _write(tmp_path)
    path = tmp_path / "agenda/workshop.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace("    minutes: 5\n", "", 1), encoding="utf-8")
    (problem,) = content.check(tmp_path)
    shown = str(problem).replace(str(tmp_path), "my-workshop")
    assert shown.split(": ", 1)[1] in DOCUMENT
    assert shown.startswith("my-workshop/agenda/workshop.yaml:8:5: ")
