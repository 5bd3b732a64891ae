"""All slides in a row, and those that a few typed letters mean."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shuro_tui.core.overview import found, overview
from tests.workshops import workshop


def titles(typed: str) -> list[str]:
    """What is found."""
    return [entry.title for entry in found(overview(workshop()), typed)]


def test_every_place_is_there_once() -> None:
    """In the order of the rundown, numbered from 1; a segment without slides stands there with its own title."""
    entries = overview(workshop())
    assert [(entry.number, entry.place, entry.title) for entry in entries] == [
        (1, "1-1", "一"),
        (2, "1-2", "二"),
        (3, "2-1", "三"),
        (4, "3-1", "まとめ"),
    ]
    assert all(workshop().has(entry.segment, entry.slide) for entry in entries)


@pytest.mark.parametrize(
    ("typed", "wanted"),
    [
        ("", ["一", "二", "三", "まとめ"]),
        ("2", ["二"]),
        ("２－１", ["三"]),
        ("マト", ["まとめ"]),
        ("三", ["三"]),
        ("x", []),
    ],
)
def test_a_slide_is_found_by_what_is_typed(typed: str, wanted: list[str]) -> None:
    """A number, segment and slide, or a part of the title in any width and kana."""
    assert titles(typed) == wanted


@given(st.text(max_size=6))
def test_whatever_is_typed_narrows_it_down(typed: str) -> None:
    """What is found was there, and nothing is found twice."""
    everything = overview(workshop())
    kept = found(everything, typed)
    assert set(kept) <= set(everything)
    assert len(set(kept)) == len(kept)
