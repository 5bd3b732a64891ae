"""What was pasted, as rows."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shuro_tui.core.pasted import NotPasted, cells_of, is_cells, rows_of
from shuro_tui.core.sheet import CHARACTERS_AT_MOST
from tests.workshops import COLUMNS

cells = st.text('あa"\t\n ', max_size=6)


@pytest.mark.parametrize(
    ("text", "rows"),
    [
        ("", ()),
        ("a", (("a",),)),
        ("a\tb\nc\td", (("a", "b"), ("c", "d"))),
        ("a\t\t\n\n\t\t\nb", (("a",), ("b",))),
        ("\tb", (("", "b"),)),
        ('"a\nb"\tc', (("a\nb", "c"),)),
        ('"a\n""b"""', (('a\n"b"',),)),
        ('"見守り"と言った\tc', (('"見守り"と言った', "c"),)),
        ('"そのまま"\nc', (('"そのまま"',), ("c",))),
        ('"開いた\nまま', (('"開いた',), ("まま",))),
    ],
)
def test_lines_and_cells(text: str, rows: tuple[tuple[str, ...], ...]) -> None:
    """A line is a row, a tab the next cell; quotes are a spreadsheet's only where line breaks or tabs are in them."""
    assert cells_of(text) == rows


@given(st.lists(st.lists(cells, min_size=1, max_size=3), max_size=4))
def test_what_a_spreadsheet_copies_comes_back(table: list[list[str]]) -> None:
    """Cells with line breaks, tabs and quotes as well."""

    def copied(cell: str) -> str:
        return '"' + cell.replace('"', '""') + '"' if "\n" in cell or "\t" in cell else cell

    text = "\n".join("\t".join(map(copied, line)) for line in table)
    wanted = [list(line) for line in table]
    for line in wanted:
        while line and not line[-1].strip():
            line.pop()
    ambiguous = any('"' in cell for line in table for cell in line)
    assert ambiguous or [list(line) for line in cells_of(text)] == [line for line in wanted if line]
    assert is_cells(text) or len(cells_of(text)) <= 1


@given(st.text('あ"\t\n'))
def test_no_letter_is_lost(text: str) -> None:
    """However quotes stand in it."""
    assert "".join(map("".join, cells_of(text))).count("あ") == text.count("あ")


def test_rows_take_the_columns_from_the_caret_on() -> None:
    """A choice is taken without the blanks around it."""
    assert rows_of("包括\t見守り\t本人 \n社協", COLUMNS, 2) == (
        {"organisation": "包括", "content": "見守り", "whom": "本人"},
        {"organisation": "社協"},
    )
    assert rows_of("見守り\nb\t家族", COLUMNS[1:], 9) == ({"content": "見守り"}, {"content": "b", "whom": "家族"})


@pytest.mark.parametrize("text", ["a\nb\nc", "a\tb\t本人\td", "a\tb\t友人", "a\n" + "あ" * (CHARACTERS_AT_MOST + 1)])
def test_what_does_not_fit_is_refused_as_a_whole(text: str) -> None:
    """Too many rows, too many cells, no such choice, too long a text."""
    with pytest.raises(NotPasted):
        rows_of(text, COLUMNS, 2)
