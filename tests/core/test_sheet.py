"""A group's sheet, and text from outside."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shuro_tui.core.sheet import Row, Sheet, clean


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("ハローワーク", "ハローワーク"),
        ("一行\r\n二行\r三行\t端", "一行\n二行\n三行\t端"),
        ("\x1b[31m赤\x1b[0m", "赤"),
        ("\x1b]0;title\x07題", "題"),
        ("\x1b]8;;http://x\x1b\\link\x1b]8;;\x1b\\", "link"),
        ("\x1bPq...", ""),
        ("\x1b", ""),
        ("\x9b31m\x00\x7f", "31m"),
        ("\u202eabc\u2066", "abc"),
        ("a\u2028b\u2029", "ab"),
    ],
)
def test_text_from_outside_is_text(typed: str, kept: str) -> None:
    """Escape sequences, control characters and marks that turn the direction are gone; the rest stays."""
    assert clean(typed) == kept


@given(st.text() | st.text("\x1b\x9b[]P\\;0m\x07\r\n\u202e"))
def test_what_is_clean_stays_as_it_is(typed: str) -> None:
    """Cleaning twice is cleaning once, and leaves nothing that a terminal would obey."""
    cleaned = clean(typed)
    assert clean(cleaned) == cleaned
    assert not set(cleaned) & {"\x1b", "\x9b", "\r", "\x07", "\u202e"}


def test_a_row_of_spaces_is_blank() -> None:
    """Only what can be read counts as written."""
    assert Row("r", {"organisation": " \u3000", "content": ""}).blank
    assert not Row("r", {"organisation": "社協"}).blank


def test_a_row_is_written_where_it_is_put() -> None:
    """A new row goes to its position; one that is there already stays in its place."""
    sheet = Sheet("a", "g1", (Row("1", {}), Row("2", {})))
    assert [row.id for row in sheet.write(Row("3", {}), 1).rows] == ["1", "3", "2"]
    assert sheet.write(Row("1", {"content": "x"}), 1).rows == (Row("1", {"content": "x"}), Row("2", {}))


def test_what_is_not_there_cannot_be_moved_or_deleted() -> None:
    """The sheet stays as it is."""
    sheet = Sheet("a", "g1", (Row("1", {}),))
    assert sheet.move("9", 0) == sheet
    assert sheet.delete("9") == sheet
    assert sheet.row("9") is None


_steps = st.lists(
    st.tuples(st.sampled_from(("write", "delete", "move")), st.sampled_from("abcdef"), st.integers(-2, 7)), max_size=30
)


@given(_steps)
def test_every_row_stands_exactly_once(steps: list[tuple[str, str, int]]) -> None:
    """Whatever is done to a sheet, it has the rows written and not deleted, in the order they were put."""
    sheet, expected = Sheet("a", "g1"), list[str]()
    for action, row_id, position in steps:
        there = row_id in expected
        if action == "write":
            sheet = sheet.write(Row(row_id, {}), position)
            if not there:
                expected.insert(max(position, 0), row_id)
        elif there:
            expected.remove(row_id)
            sheet = sheet.delete(row_id) if action == "delete" else sheet.move(row_id, position)
            if action == "move":
                expected.insert(max(position, 0), row_id)
        assert [row.id for row in sheet.rows] == expected
