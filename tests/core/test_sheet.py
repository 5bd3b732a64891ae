"""A group's sheet, and text from outside."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shuro_tui.core.model import Millis
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


def _sheet_of(*rows: Row) -> Sheet:
    return Sheet("a", "g1", rows)


def text(row_id: str, organisation: str, revision: str, duplicate_of: str = "") -> Row:
    """A row of which one column is written."""
    return Row(row_id, {"organisation": organisation}, Millis(0), revision, duplicate_of)


def test_a_text_takes_the_place_of_what_it_was_made_from() -> None:
    """A new row goes where it is put, an old one stays where it stands."""
    sheet = _sheet_of(text("1", "一", "a"), text("2", "二", "b"))
    assert sheet.merge(text("3", "三", "c"), "", -4) == (text("3", "三", "c"), 0)
    assert sheet.merge(text("3", "三", "c"), "", 99) == (text("3", "三", "c"), 2)
    merged = sheet.merge(text("1", "壱", "c"), "a", 99)
    assert merged is not None
    assert sheet.write(*merged).rows == (text("1", "壱", "c"), text("2", "二", "b"))


def test_two_texts_made_from_the_same_both_stay() -> None:
    """The second stands below the first as its duplicate, by the same name each time it is sent."""
    sheet = _sheet_of(text("1", "壱", "b"), text("2", "二", "c"))
    merged = sheet.merge(text("1", "弌", "d"), "a", 0)
    assert merged == (text("1~d", "弌", "d", "1"), 1)
    both = sheet.write(*merged)
    assert [row.id for row in both.versions("1")] == [row.id for row in both.versions("1~d")] == ["1", "1~d"]
    assert both.merge(text("1", "弌", "d"), "a", 0) is None
    third = both.merge(text("1~d", "弐", "e"), "c?", 0)
    assert third is not None
    assert (third[0].id, third[0].duplicate_of) == ("1~d~e", "1")


def test_what_was_made_from_a_duplicate_goes_on_there() -> None:
    """Whoever typed on, not knowing that the text stands in a row of its own by now; after settling as well."""
    sheet = _sheet_of(text("1", "壱", "b"), text("1~d", "弌", "d", "1"))
    assert sheet.merge(text("1", "弌と", "e"), "d", 0) == (text("1~d", "弌と", "e", "1"), 2)
    kept = sheet.keep("1~d")
    assert len(kept.versions("1")) == 1
    assert kept.merge(text("1", "弌と", "e"), "d", 0) == (text("1~d", "弌と", "e"), 2)
    assert sheet.keep("9") == sheet


def test_the_same_text_is_one_text() -> None:
    """Two who wrote the same have no duplicate; the same text again under a new name takes that name."""
    sheet = _sheet_of(text("1", "壱", "b"))
    assert sheet.merge(text("1", "壱", "d"), "a", 0) is None
    assert sheet.merge(text("1", "壱", "b"), "b", 0) is None
    assert sheet.merge(text("1", "壱", "c"), "b", 0) == (text("1", "壱", "c"), 1)


def test_a_row_that_is_not_there_has_one_version_at_most() -> None:
    """What its duplicates were made from may be gone."""
    sheet = _sheet_of(text("1~d", "弌", "d", "1"))
    assert sheet.versions("1~d") == sheet.versions("1") == sheet.rows
    assert sheet.versions("9") == ()
    assert sheet.place("9") == 1
