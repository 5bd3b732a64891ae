"""The verbs that put sessions together and leave names out."""

import io
import zipfile
from pathlib import Path

import openpyxl
import pytest
from click.testing import CliRunner, Result
from msgspec.structs import replace

from shuro_tui.cli import shuro_tui
from shuro_tui.core.events import RowWritten
from shuro_tui.core.group import Group
from shuro_tui.core.model import Column
from shuro_tui.core.session import Session
from shuro_tui.export import makeable
from shuro_tui.store import Store
from tests.export.exported import form_rows
from tests.export.written_session import evening

NAMES = ("みどりの木", "=あお", "花子さん")


def run(*arguments: str | Path) -> Result:
    """The command line."""
    return CliRunner().invoke(shuro_tui, [str(argument) for argument in arguments])


def held(data: Path, session_id: str, names: tuple[str, ...] = NAMES) -> Session:
    """A small evening that is kept there under that id."""
    groups = tuple(Group(f"g{number}", name) for number, name in enumerate(names, 1))
    of = replace(evening(), id=session_id, groups=groups)
    kept = Store.create(data / "sessions", replace(of, sheets={}))
    kept.append(
        [
            RowWritten(row.updated_at, sheet.case, sheet.group, row, place)
            for sheet in of.sheets.values()
            for place, row in enumerate(sheet.rows)
        ]
    )
    kept.close()
    return of


def unpacked(folder: Path) -> bytes:
    """Every byte of every file, workbooks unpacked, with the files' names."""
    data = b""
    for path in sorted(folder.iterdir()):
        data += path.name.encode() + path.read_bytes()
        if path.suffix == ".xlsx":
            with zipfile.ZipFile(path) as book:
                data += b"".join(book.read(name) for name in book.namelist())
    return data


def test_no_export_tells_a_name_that_is_to_be_left_out(tmp_path: Path) -> None:
    """In no file of any format, nor in a file's name; the groups are numbered, and all rows are there."""
    of = held(tmp_path, "evening")
    overlay = ("--overlay", NAMES[1], NAMES[0])
    named = run("export", "evening", "--out", tmp_path / "named", "--data", tmp_path, *overlay)
    nameless = run("export", "evening", "--out", tmp_path / "nameless", "--data", tmp_path, "--anonymous", *overlay)
    assert (named.exit_code, nameless.exit_code) == (0, 0), nameless.output
    with_names, without = unpacked(tmp_path / "named"), unpacked(tmp_path / "nameless")
    for name in NAMES:
        assert name.encode() in with_names
        assert name.encode() not in without
    assert "グループ2".encode() in without
    assert {path.name for path in (tmp_path / "nameless").iterdir()} == {
        path.name for path in (tmp_path / "named").iterdir()
    }
    for sheet in of.sheets.values():
        for row in sheet.rows:
            assert row.id.encode() in without
    assert not any(name in run("compare", "evening", "--anonymous", "--data", tmp_path).output for name in NAMES)


def test_two_rooms_are_compared_as_one(tmp_path: Path) -> None:
    """By id or by file, each called as it is named; a session that is given twice counts once."""
    held(tmp_path, "morning")
    held(tmp_path, "afternoon")
    rooms = ("--room", "午前", "--room", "午後")
    one = run("compare", "morning", tmp_path / "sessions" / "afternoon.json", *rooms, "--data", tmp_path)
    assert one.exit_code == 0, one.output
    assert "午前" in one.output
    assert "午後" in one.output
    assert NAMES[0] not in one.output
    again = run("compare", "morning", "afternoon", "afternoon", *rooms, "--room", "午後", "--data", tmp_path)
    assert again.output == one.output
    apart = run("compare", "morning", "afternoon", *rooms, "--apart", "--data", tmp_path)
    assert f"午後 {NAMES[0]}" in apart.output


def test_two_rooms_are_exported_as_one(tmp_path: Path) -> None:
    """Every format, with a sheet a room that has the rows of all its groups."""
    of = held(tmp_path, "morning")
    held(tmp_path, "afternoon")
    out = tmp_path / "out"
    done = run("compare", "morning", "afternoon", "--room", "A", "--room", "B", "--out", out, "--data", tmp_path)
    assert done.exit_code == 0, done.output
    assert len(done.stdout.splitlines()) == len(makeable()) - 1 + 2 * 3
    book = openpyxl.load_workbook(io.BytesIO((out / "sheets.xlsx").read_bytes()))
    written = sum(len(sheet.rows) for sheet in of.sheets.values() if sheet.case == "a")
    assert [len(form_rows(book[f"{room} 事例1 Aさん"])) for room in "AB"] == [written, written]


def test_an_export_of_another_machine_is_compared(tmp_path: Path) -> None:
    """session.json says what the session file does; one without names keeps the rooms', and a damaged one is told."""
    for name in ("morning", "afternoon"):
        held(tmp_path, name)
    assert run("export", "afternoon", "--out", tmp_path / "sent", "--data", tmp_path, "--format", "json").exit_code == 0
    sent, rooms = tmp_path / "sent" / "session.json", ("--room", "午前", "--room", "午後")
    by_id = run("compare", "morning", "afternoon", *rooms, "--apart", "--data", tmp_path)
    by_file = run("compare", "morning", sent, *rooms, "--apart", "--data", tmp_path)
    assert (by_id.exit_code, by_file.output) == (0, by_id.output)
    nameless = run("compare", "morning", sent, *rooms, "--apart", "--anonymous", "--data", tmp_path)
    assert nameless.exit_code == 0
    assert "午後 " in nameless.output
    assert not any(name in nameless.output for name in NAMES)
    sent.write_text(sent.read_text("utf-8").replace('"catalogue"', '"other"'), "utf-8")
    damaged = run("compare", "morning", sent, *rooms, "--data", tmp_path)
    assert damaged.exit_code == 2
    assert str(sent) in damaged.output


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("morning", "afternoon", "--room", "A"), "2個のセッションには、同じ数の会場名が要ります"),
        (("morning", "other"), "事例「a」は morning と other で列が違うため"),
        (("morning", "nothing"), "セッション「nothing」はありません"),
        (("morning", "missing.json"), "missing.json"),
    ],
)
def test_what_cannot_be_put_together_is_said(tmp_path: Path, arguments: tuple[str, ...], said: str) -> None:
    """With what would have to be otherwise; exit status 2."""
    of = held(tmp_path, "morning")
    held(tmp_path, "afternoon")
    case = of.workshop.cases[0]
    changed = replace(case, columns=(*case.columns, Column("more", "More", "text")))
    other = replace(of, id="other", workshop=replace(of.workshop, cases=(changed, *of.workshop.cases[1:])), sheets={})
    Store.create(tmp_path / "sessions", other).close()
    done = run("compare", *arguments, "--data", tmp_path)
    assert done.exit_code == 2
    assert said in done.output
