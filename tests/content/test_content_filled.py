"""Filled-in workbooks, read back: whatever a person does to one in a spreadsheet program."""

import zipfile
from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl.worksheet.worksheet import Worksheet

from shuro_tui.content import ContentError, filled
from shuro_tui.content.filled import Filled
from shuro_tui.core.sheet import CHARACTERS_AT_MOST, ROWS_AT_MOST
from shuro_tui.export import workbook
from tests.export.written_session import workshop

CASES = workshop().cases


def edited(folder: Path, edit: Callable[[Worksheet], object], name: str = "sheets.xlsx") -> Path:
    """A blank workbook after what a person did to the sheet of the first case."""
    book = openpyxl.load_workbook(BytesIO(workbook.blank(CASES, "研修", ())))
    edit(book.worksheets[0])
    book.save(folder / name)
    return folder / name


def where(sheet: Worksheet, text: str) -> tuple[int, int]:
    """Row and column of a text."""
    return next((cell.row, cell.column) for row in sheet.iter_rows() for cell in row if cell.value == text)


def write(sheet: Worksheet, *rows: tuple[str | float | datetime | None, ...], group: str = "1班") -> None:
    """As somebody types it: the group, and rows below the heads."""
    at, _column = where(sheet, "グループ")
    sheet.cell(at, 2, group)
    heads, _column = where(sheet, "連携機関名")
    for number, row in enumerate(rows, heads + 1):
        for column, value in enumerate(row, 1):
            sheet.cell(number, column, value)


def read(path: Path) -> tuple[Filled, ...]:
    """What stands in it."""
    return filled.read([path], CASES)


def wrong(folder: Path, edit: Callable[[Worksheet], object]) -> str:
    """What is said of it."""
    with pytest.raises(ContentError) as caught:
        read(edited(folder, edit))
    return str(caught.value)


def test_what_was_typed_is_read(tmp_path: Path) -> None:
    """Text as it stands, numbers as they were typed, a blank row as nothing; a blank sheet is no sheet."""
    path = edited(
        tmp_path,
        lambda sheet: write(
            sheet,
            ("ハローワーク", "求人\n相談", "本人"),
            ("", "", ""),
            (119, 2.5, ""),
            ("＝A1", None, "家族"),
        ),
    )
    (sheet,) = read(path)
    assert (sheet.case.id, sheet.group) == ("a", "1班")
    assert [tuple(row.values()) for row in sheet.rows] == [
        ("ハローワーク", "求人\n相談", "本人"),
        ("119", "2.5", ""),
        ("＝A1", "", "家族"),
    ]


def test_a_sheet_is_known_by_what_stands_on_it(tmp_path: Path) -> None:
    """Its tab may be renamed, rows put in above, columns put in between or moved, words typed in another width."""

    def edit(sheet: Worksheet) -> None:
        write(sheet, ("社協", "貸付", "本人"), group=" １班 ")
        sheet.title = "あいう"
        sheet.insert_rows(1, 3)
        sheet.insert_cols(2)
        heads, _column = where(sheet, "連携機関名")
        sheet.cell(heads, 3, "連携内容 ")
        owner, _column = where(sheet, "グループ")
        sheet.cell(owner, 2, " １班 ")

    (sheet,) = read(edited(tmp_path, edit))
    assert (sheet.group, sheet.rows) == ("１班", ({"organisation": "社協", "content": "貸付", "whom": "本人"},))


def test_each_error_names_its_cell_and_what_would_be_right(tmp_path: Path) -> None:
    """All at once: a formula, a choice that there is not, a text that is too long, joined cells, no group."""

    def edit(sheet: Worksheet) -> None:
        write(sheet, ("=1+1", "x", "犬"), ("a", "字" * (CHARACTERS_AT_MOST + 1), ""), ("b", "c", ""), group="")
        heads, _column = where(sheet, "連携機関名")
        sheet.merge_cells(start_row=heads + 3, start_column=1, end_row=heads + 3, end_column=2)

    said = wrong(tmp_path, edit).splitlines()
    place = f"{tmp_path / 'sheets.xlsx'}[事例1 Aさん]!"
    assert [line.removeprefix(place) for line in said] == [
        "A8: 数式です。 (文字で書いてください)",
        "C8: 「犬」は選択肢にありません。 (選べるのは: 本人 / 家族)",
        f"B9: {CHARACTERS_AT_MOST}文字を超えています。",
        "B10: 結合されたセルです。 (結合を解いてください。1行ずつ別のセルです)",
        "B4: どのグループのシートか分かりません。 (グループ名を書いてください)",
    ]


def test_nothing_below_the_heads_is_lost(tmp_path: Path) -> None:
    """A column that the case does not have, one that stands there twice, a note beside: what is in them is told."""

    def edit(sheet: Worksheet) -> None:
        write(sheet, ("社協", "貸付", "本人", "要確認"), (), ("", "", "", "", "役場"))
        heads, _column = where(sheet, "連携機関名")
        sheet.cell(heads, 4, "備考")
        sheet.cell(heads, 5, "連携機関名")

    place = f"{tmp_path / 'sheets.xlsx'}[事例1 Aさん]!"
    assert [line.removeprefix(place) for line in wrong(tmp_path, edit).splitlines()] == [
        "D8: 事例の列の外に書かれています。 (連携機関名 | 連携内容 | 誰への支援か)",
        "E10: 事例の列の外に書かれています。 (連携機関名 | 連携内容 | 誰への支援か)",
    ]


def test_a_sheet_whose_labels_are_gone_is_told(tmp_path: Path) -> None:
    """It is not passed over like the tables of an export, which are not forms."""

    def edit(sheet: Worksheet) -> None:
        write(sheet, ("社協", "貸付", "本人"))
        sheet.cell(where(sheet, "グループ")[0], 1, "名前")

    assert "A7: この上にあるはずの見出しと、その右のグループ名がありません。 (グループ / 日付)" in wrong(tmp_path, edit)


def test_a_case_without_its_columns_is_told(tmp_path: Path) -> None:
    """At its title, with the columns."""

    def edit(sheet: Worksheet) -> None:
        write(sheet, ("社協", "貸付", "本人"))
        sheet.cell(*where(sheet, "連携内容"), "内容")

    said = "A2: この事例の列の見出しが、この下に1行にそろっていません。 (連携機関名 | 連携内容 | 誰への支援か)"
    assert said in wrong(tmp_path, edit)


def test_what_a_spreadsheet_program_made_of_the_words_is_told(tmp_path: Path) -> None:
    """4/1 that became a date, a group's name that is worked out: neither is what somebody wrote."""
    said = wrong(tmp_path, lambda sheet: write(sheet, (datetime(2026, 4, 1, tzinfo=UTC).replace(tzinfo=None), "", "")))
    assert "A8: 表計算ソフトが日付か時刻に変えています。 (先頭に ' を付けて打ち直してください)" in said
    said = wrong(tmp_path, lambda sheet: write(sheet, ("社協", "", ""), group='="1"&"班"'))
    assert "B4: 数式です。" in said


def test_the_group_stands_where_a_column_was_put_in(tmp_path: Path) -> None:
    """Further to the right of its label."""

    def edit(sheet: Worksheet) -> None:
        write(sheet, ("社協", "貸付", "本人"))
        owner, _column = where(sheet, "グループ")
        sheet.unmerge_cells(start_row=owner, start_column=2, end_row=owner, end_column=3)
        sheet.cell(owner, 3, sheet.cell(owner, 2).value)
        sheet.cell(owner, 2).value = None

    assert read(edited(tmp_path, edit))[0].group == "1班"


def test_too_many_rows_are_told(tmp_path: Path) -> None:
    """None is cut off."""
    assert f"{ROWS_AT_MOST}行を超えています。" in wrong(
        tmp_path, lambda sheet: write(sheet, *[("a", str(number), "") for number in range(ROWS_AT_MOST + 1)])
    )


def test_a_form_of_another_workshop_is_told(tmp_path: Path) -> None:
    """With the cases that there are."""

    def edit(sheet: Worksheet) -> None:
        write(sheet, ("a", "b", ""))
        row, column = where(sheet, "事例1 Aさん")
        sheet.cell(row, column, "事例9")

    assert "このワークショップの事例とその列が見つかりません。 (事例1 Aさん, 事例2)" in wrong(tmp_path, edit)


def test_a_group_writes_for_a_case_once(tmp_path: Path) -> None:
    """Two workbooks with the same group and case are one too many: nobody knows which is right."""
    one = edited(tmp_path, lambda sheet: write(sheet, ("a", "b", "")), "one.xlsx")
    two = edited(tmp_path, lambda sheet: write(sheet, ("c", "d", ""), group="１班"), "two.xlsx")
    with pytest.raises(ContentError, match=r"one\.xlsx.*「1班」のこの事例のシートが、ほかにもあります"):
        filled.read([one, two], CASES)


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "Excelブック"),
        (b"PK\x03\x04 torn", "Excelブック"),
        ("連携機関名,連携内容\r\n".encode("shift_jis"), "Excelブック"),
    ],
    ids=["empty", "torn", "csv"],
)
def test_a_file_of_another_kind_is_told(tmp_path: Path, data: bytes, said: str) -> None:
    """A message, no traceback."""
    (tmp_path / "sheets.xlsx").write_bytes(data)
    with pytest.raises(ContentError, match=said):
        read(tmp_path / "sheets.xlsx")


def test_a_file_that_unpacks_to_too_much_is_told(tmp_path: Path) -> None:
    """Before it does; a worksheet with a cell at its far corner, too."""
    with zipfile.ZipFile(tmp_path / "sheets.xlsx", "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("xl/workbook.xml", b" " * (filled.LARGEST + 1))
    with pytest.raises(ContentError, match="大きすぎます"):
        read(tmp_path / "sheets.xlsx")
    assert "[事例1 Aさん]: " in wrong(tmp_path, lambda sheet: sheet.cell(1_048_576, 16_384, "."))


Damage = tuple[int, int, bytes]
damage = st.tuples(st.integers(0, 2**20), st.sampled_from([1, 2, 8, 100, 2**20]), st.binary(max_size=8))


def damaged(whole: bytes, done: Damage) -> bytes:
    """Some bytes gone, others in their place."""
    at, length, others = done
    at %= len(whole)
    return whole[:at] + others + whole[at + length :]


@settings(max_examples=60, deadline=None)
@given(st.none() | st.integers(0, 20), damage)
def test_a_damaged_file_is_told(tmp_path_factory: pytest.TempPathFactory, part: int | None, done: Damage) -> None:
    """Whatever happened to it or to one of its parts: it is read, or a message tells that it cannot be."""
    path = edited(tmp_path_factory.mktemp("damaged"), lambda sheet: write(sheet, ("社協", "貸付", "本人")))
    if part is None:
        path.write_bytes(damaged(path.read_bytes(), done))
    else:
        with zipfile.ZipFile(path) as packed:
            parts = {name: packed.read(name) for name in packed.namelist()}
        name = sorted(parts)[part % len(parts)]
        with zipfile.ZipFile(path, "w") as packed:
            for each, content in (parts | {name: damaged(parts[name], done)}).items():
                packed.writestr(each, content)
    with suppress(ContentError):
        read(path)


def test_a_file_that_is_not_there_is_told(tmp_path: Path) -> None:
    """With its name."""
    with pytest.raises(ContentError, match=r"missing\.xlsx: 読めません"):
        read(tmp_path / "missing.xlsx")


def test_a_blank_workbook_is_told(tmp_path: Path) -> None:
    """It would make a session of nothing."""
    with pytest.raises(ContentError, match="記入済みシートがありません"):
        read(edited(tmp_path, lambda _sheet: None))
