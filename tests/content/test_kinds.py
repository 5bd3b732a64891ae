"""What each kind of block looks like in the widths that slides have on the usual terminals."""

import os
from pathlib import Path

import pytest

from shuro_tui.content.fields import Page
from shuro_tui.content.problem import Problem
from shuro_tui.content.slides import read_slides
from shuro_tui.core.cells import cell_len
from shuro_tui.core.model import Slide
from shuro_tui.core.typeset import lay_out
from tests.pictures import NONE

HERE = Path(__file__).parent
WIDTHS = (74, 94, 110)
"""Cells of a slide on terminals of 80×24, 100×30 and 120×36."""


KINDS = (
    *("headings", "paragraph", "list", "numbered", "table", "small-table", "quote", "code", "columns"),
    *("map", "small-map", "flow", "long-flow", "lanes", "image", "emphasis-and-links"),
)
"""What stands on the slides of kinds.md, in their order."""


def kinds() -> dict[str, Slide]:
    """A slide for each kind of block."""
    problems: list[Problem] = []
    slides = read_slides((HERE / "kinds.md").read_text("utf-8"), "kinds.md", Page("kinds.md", problems), NONE)
    assert not problems
    return dict(zip(KINDS, slides, strict=True))


def drawn(slide: Slide, width: int) -> str:
    """The lines of a slide below a line as wide as it may be."""
    lines = ["".join(piece.text for piece in line).rstrip() for line in lay_out(slide, width)]
    assert all(cell_len(line) <= width for line in lines)
    return "\n".join(("=" * width, *lines)) + "\n"


@pytest.mark.parametrize("name", KINDS)
def test_a_block_looks_as_it_did(name: str) -> None:
    """Every kind in three widths, to the letter; GOLDENS=write takes a change over."""
    golden = HERE / "goldens" / f"{name}.txt"
    text = "\n".join(drawn(kinds()[name], width) for width in WIDTHS)
    if os.environ.get("GOLDENS") == "write":
        golden.write_text(text, encoding="utf-8")
    assert text == golden.read_text(encoding="utf-8")


def test_no_golden_is_left_over() -> None:
    """Each golden is that of a slide."""
    assert {path.stem for path in (HERE / "goldens").iterdir()} == set(kinds())
