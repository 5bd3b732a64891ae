"""The way over paper: blank sheets out, filled-in ones taken in, all of them or none."""

from io import BytesIO
from pathlib import Path

import openpyxl
import pytest
from click.testing import CliRunner, Result
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from shuro_tui import archive, content, paper
from shuro_tui.cli import shuro_tui
from shuro_tui.content import ContentError
from shuro_tui.core.group import Group
from shuro_tui.core.session import Session
from shuro_tui.core.sheet import Row, Sheet, clean
from shuro_tui.errors import Mend
from shuro_tui.export.files import rendered
from shuro_tui.hub import whereabouts
from shuro_tui.store import StorageError, Store
from tests.export.exported import NOW, form_rows
from tests.export.test_export import HOSTILE, texts
from tests.export.written_session import START

LECTURE = content.load(content.bundled())
GROUPS = (Group("g1", "1班"), Group("g2", "2班"))
CASES = tuple(case.id for case in LECTURE.cases)

rows = st.lists(
    st.builds(lambda name, text: {"organisation": name.strip(), "content": text.strip(), "whom": ""}, texts, texts),
    max_size=4,
)


def session(written: dict[tuple[str, str], list[dict[str, str]]]) -> Session:
    """A session of the bundled lecture in which that was written: (case, group) → rows."""
    sheets = {
        place: Sheet(*place, tuple(Row(f"r{number}", fields, START) for number, fields in enumerate(rows)))
        for place, rows in written.items()
    }
    return replace(Session.new("evening", LECTURE, GROUPS, {}, START), sheets=sheets)


def exported(folder: Path, of: Session, name: str = "sheets.xlsx") -> Path:
    """Its workbook."""
    (folder / name).write_bytes(rendered(of, ["xlsx"], NOW)["sheets.xlsx"])
    return folder / name


def texts_of(of: Session) -> dict[tuple[str, str], list[list[str]]]:
    """(case, group's name) → the texts of its rows that are not blank, as a workbook can hold them."""
    names = {group.id: group.name for group in of.groups}
    plain = {
        (case, names[group]): [
            [text.strip().replace("\ufffe", "\ufffd").replace("\uffff", "\ufffd") for text in row.fields.values()]
            for row in sheet.rows
            if any(text.strip() for text in row.fields.values())
        ]
        for (case, group), sheet in of.sheets.items()
    }
    return {place: rows for place, rows in plain.items() if rows}


def run(*arguments: str | Path) -> Result:
    """The command line."""
    return CliRunner().invoke(shuro_tui, [str(argument) for argument in arguments])


@settings(max_examples=15, deadline=None)
@given(st.dictionaries(st.sampled_from([(case, group.id) for case in CASES for group in GROUPS]), rows, min_size=1))
def test_what_was_exported_comes_in_as_it_was(
    tmp_path_factory: pytest.TempPathFactory, written: dict[tuple[str, str], list[dict[str, str]]]
) -> None:
    """Every row that is not blank, in its order, for its group and case; and once more is nothing new."""
    folder, of = tmp_path_factory.mktemp("paper"), session(written)
    if not texts_of(of):
        return
    book = exported(folder, of)
    taken = paper.take_in(folder, [book], None, None)
    back = archive.choose(folder / "sessions", taken.session)
    assert texts_of(back) == texts_of(of)
    assert taken.rows == taken.new == sum(map(len, texts_of(of).values()))
    again = paper.take_in(folder, [book], None, None)
    assert (again.session, again.rows, again.new) == (taken.session, taken.rows, 0)
    assert archive.choose(folder / "sessions", taken.session) == back


def test_hostile_cells_come_back_to_the_letter(tmp_path: Path) -> None:
    """What would take effect in a spreadsheet is text on both ways."""
    of = session(
        {
            (CASES[0], "g1"): [
                {"organisation": clean(text).strip()[:2000], "content": "", "whom": ""} for text in HOSTILE
            ]
        }
    )
    taken = paper.take_in(tmp_path, [exported(tmp_path, of)], None, None)
    assert texts_of(archive.choose(tmp_path / "sessions", taken.session)) == texts_of(of)


def test_sheets_come_into_a_session_that_there_is(tmp_path: Path) -> None:
    """Below what the group typed there; rows that it has already are not written twice."""
    row, more = ({"organisation": name, "content": "", "whom": ""} for name in ("社協", "役場"))
    Store.create(tmp_path / "sessions", session({})).close()
    first = exported(tmp_path, session({(CASES[0], "g1"): [row]}), "first.xlsx")
    second = exported(tmp_path, session({(CASES[0], "g1"): [row, row, more]}), "second.xlsx")
    assert paper.take_in(tmp_path, [first], None, "evening").new == 1
    assert paper.take_in(tmp_path, [second], None, "evening").new == 2
    sheet = archive.choose(tmp_path / "sessions", "evening").sheet(CASES[0], "g1")
    assert [row.fields["organisation"] for row in sheet.rows] == ["社協", "社協", "役場"]


def test_nothing_comes_in_on_an_error(tmp_path: Path) -> None:
    """A group that the session does not have is named with those that it has; the others' rows stay out too."""
    Store.create(tmp_path / "sessions", session({})).close()
    row = {"organisation": "社協", "content": "", "whom": ""}
    stranger = replace(
        session({(CASES[0], "g1"): [row], (CASES[0], "g2"): [row]}), groups=(GROUPS[0], Group("g2", "9班"))
    )
    with pytest.raises(ContentError, match=r"グループ「9班」はありません。 \(1班, 2班\)"):
        paper.take_in(tmp_path, [exported(tmp_path, stranger)], None, "evening")
    assert archive.choose(tmp_path / "sessions", "evening").sheets == {}


def test_a_sheet_never_has_more_rows_than_a_sheet_may(tmp_path: Path) -> None:
    """What is there already counts."""
    Store.create(tmp_path / "sessions", session({})).close()
    for number, said in ((0, ""), (1, "200行を超えています")):
        rows = [{"organisation": f"{number}-{row}", "content": "", "whom": ""} for row in range(150)]
        book = exported(tmp_path, session({(CASES[0], "g1"): rows}))
        if said:
            with pytest.raises(ContentError, match=said):
                paper.take_in(tmp_path, [book], None, "evening")
        else:
            paper.take_in(tmp_path, [book], None, "evening")


def test_a_group_is_the_same_in_either_width(tmp_path: Path) -> None:
    """１班 on the sheet is the 1班 of the session."""
    Store.create(tmp_path / "sessions", session({})).close()
    row = {"organisation": "社協", "content": "", "whom": ""}
    wide = replace(session({(CASES[0], "g1"): [row]}), groups=(Group("g1", "１班"), GROUPS[1]))
    assert paper.take_in(tmp_path, [exported(tmp_path, wide)], None, "evening").new == 1
    assert len(archive.choose(tmp_path / "sessions", "evening").sheet(CASES[0], "g1").rows) == 1


def test_the_same_sheets_make_the_same_session(tmp_path: Path) -> None:
    """Though a spreadsheet program has saved them anew, under another name."""
    book = exported(tmp_path, session({(CASES[0], "g1"): [{"organisation": "社協", "content": "", "whom": ""}]}))
    first = paper.take_in(tmp_path, [book], None, None)
    openpyxl.load_workbook(book).save(tmp_path / "copy.xlsx")
    again = paper.take_in(tmp_path, [tmp_path / "copy.xlsx"], None, None)
    assert (again.session, again.new) == (first.session, 0)


def test_no_session_is_left_behind_where_the_disk_is_full(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """One of its own is begun and cannot be written: it is gone again."""
    book = exported(tmp_path, session({(CASES[0], "g1"): [{"organisation": "社協", "content": "", "whom": ""}]}))

    def full(*_arguments: object) -> None:
        raise StorageError("no room")

    monkeypatch.setattr(Store, "append", full)
    with pytest.raises(Mend, match="no room"):
        paper.take_in(tmp_path, [book], None, None)
    assert list((tmp_path / "sessions").glob("*.json")) == []


def test_a_hub_at_work_is_not_disturbed(tmp_path: Path) -> None:
    """It owns its session's file."""
    book = exported(tmp_path, session({(CASES[0], "g1"): [{"organisation": "社協", "content": "", "whom": ""}]}))
    with whereabouts.lock(tmp_path), pytest.raises(Mend, match="ハブが動いています"):
        paper.take_in(tmp_path, [book], None, None)


def test_blank_sheets_are_filled_in_and_taken_in(tmp_path: Path) -> None:
    """From the command line: a page for each group and case, filled in by somebody, counted on the way in."""
    blank = tmp_path / "out" / "blank.xlsx"
    assert run("sheets", "--group", "1班", "--group", "2班", "--out", blank).exit_code == 0
    book = openpyxl.load_workbook(BytesIO(blank.read_bytes()))
    assert len(book.worksheets) == 2 * len(CASES)
    worksheet = book.worksheets[0]
    assert len(form_rows(worksheet)) >= 5
    heads = next(cell.row for cell in worksheet["A"] if cell.value == "連携機関名")
    worksheet.cell(heads + 1, 1, "ハローワーク")
    book.save(blank)
    done = run("import", blank, "--data", tmp_path)
    assert (done.exit_code, done.output.split(": ", 1)[1]) == (
        0,
        "シート1枚、1行を読み、新しい行 1、すでにある行 0。\n",
    )
    assert "公共職業安定所" in run("compare", "--data", tmp_path).output


def test_blank_sheets_for_so_many_groups(tmp_path: Path) -> None:
    """Numbered as the hub numbers them; not by number and by name at once."""
    blank = tmp_path / "blank.xlsx"
    assert run("sheets", "--groups", "3", "--out", blank).exit_code == 0
    names = openpyxl.load_workbook(blank).sheetnames
    assert [name.split(" ")[0] for name in names[:: len(CASES)]] == ["1班", "2班", "3班"]
    assert run("sheets", "--groups", "3", "--group", "あ", "--out", blank).exit_code == 2


def test_what_cannot_be_is_said(tmp_path: Path) -> None:
    """A session that there is not, a workshop without a case, a place that cannot be written."""
    book = exported(tmp_path, session({(CASES[0], "g1"): [{"organisation": "社協", "content": "", "whom": ""}]}))
    for arguments, said in (
        (("import", book, "--session", "x", "--data", tmp_path), "セッション「x」はありません"),
        (("import", book, "--session", "x", "--workshop", "y.yaml", "--data", tmp_path), "どちらか一方"),
        (("import", "missing.xlsx", "--data", tmp_path), "missing.xlsx: 読めません"),
        (("sheets", "--out", book / "x.xlsx"), "書き込めません"),
    ):
        done = run(*arguments)
        assert done.exit_code == 2
        assert said in done.output
