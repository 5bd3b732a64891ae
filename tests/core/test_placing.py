"""Pictures on slides: as large as there is room for, in their shape."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shuro_tui.core.blocks import Block, Columns, Heading, Image, Paragraph, Picture, Span
from shuro_tui.core.linebreak import Place, width_of
from shuro_tui.core.model import Slide
from shuro_tui.core.typeset import NARROWEST, Line, lay_out

TITLE = Heading(1, (Span("地域の図"),))
TEXT = Paragraph((Span("下の文です。"),))


def image(width: int = 800, height: int = 400, alt: str = "地図") -> Image:
    """A picture of that many pixels."""
    return Image(alt, "図.png", Picture("図.png", width, height, "0"))


def slide(*blocks: Block) -> Slide:
    """A slide of these blocks."""
    return Slide("", blocks)


def places(lines: tuple[Line, ...]) -> list[Place]:
    """The places of pictures, from top to bottom."""
    return [piece.place for line in lines for piece in line if piece.place]


@given(
    st.integers(1, 5000),
    st.integers(1, 5000),
    st.text("あ漢a ", max_size=60),
    st.integers(0, 130),
    st.integers(0, 60),
    st.booleans(),
)
def test_a_picture_has_a_place_within_its_slide(
    across: int, down: int, alt: str, width: int, height: int, beside: bool
) -> None:
    """Whatever its shape: as wide as the slide at most, as high as its place wherever that has six lines for it."""
    shown = image(across, down, alt)
    block = Columns(((shown,), (TEXT,))) if beside else shown
    lines = lay_out(slide(TITLE, block, TEXT), width, height)
    assert max(map(width_of, lines)) <= max(width, NARROWEST)
    words = "".join(piece.text for line in lines for piece in line)
    assert [letter for letter in words if letter in alt and letter != " "].count("あ") == alt.count("あ")
    assert len(places(lines)) == (height > 0)
    for place in places(lines):
        assert place.lines >= 1
        assert place.cells <= max(width, NARROWEST)
    without = len(lay_out(slide(TITLE, block, TEXT), width))
    assert len(lines) <= max(height, without + 6)


@pytest.mark.parametrize(
    ("across", "down", "cells", "lines"), [(800, 400, 60, 15), (400, 800, 15, 15), (1600, 100, 74, 2), (40, 40, 10, 5)]
)
def test_a_picture_keeps_its_shape(across: int, down: int, cells: int, lines: int) -> None:
    """A cell is twice as high as wide; a small picture is not blown up."""
    (place,) = places(lay_out(slide(TITLE, image(across, down), TEXT), 74, 20))
    assert (place.cells, place.lines) == (cells, lines)


def test_what_has_no_picture_is_its_words() -> None:
    """Where its file is missing, and where no picture can be shown."""
    missing = Image("地図", "図.png")
    assert lay_out(slide(missing), 74, 20) == lay_out(slide(image()), 74) == lay_out(slide(missing), 74)
    assert [piece.text for piece in lay_out(slide(missing), 74)[0]] == ["[地図]"]


def test_two_pictures_share_the_room() -> None:
    """One below the other, both on the wall."""
    lines = lay_out(slide(TITLE, image(), image()), 74, 20)
    assert [place.lines for place in places(lines)] == [8, 8]
    assert len(lines) == 20
