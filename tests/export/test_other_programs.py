"""Exports opened by other programs, as those who get them do."""

import shutil
import subprocess
from io import BytesIO
from pathlib import Path

import openpyxl
import pytest
from msgspec.structs import replace

from shuro_tui.content import filled
from shuro_tui.export import workbook as blank_workbook
from tests.export.exported import export, form_rows
from tests.export.test_export import HOSTILE, every_row
from tests.export.written_session import evening, typed, workshop

PATIENCE = 180
"""Seconds after which a program has hung; a cold start of LibreOffice takes a while."""


def needs(*programs: str) -> pytest.MarkDecorator:
    """Skip where one of them is missing; `.ci/run` installs them where it may."""
    missing = [program for program in programs if shutil.which(program) is None]
    return pytest.mark.skipif(bool(missing), reason=f"not installed: {', '.join(missing)}")


def run(*command: str | Path) -> str:
    """What it prints."""
    done = subprocess.run(command, check=True, capture_output=True, timeout=PATIENCE)
    return done.stdout.decode()


def printed(folder: Path, data: bytes) -> list[str]:
    """The pages of a workbook as LibreOffice prints them, each as its text."""
    (folder / "sheets.xlsx").write_bytes(data)
    run(
        *("soffice", f"-env:UserInstallation=file://{folder}/profile", "--headless"),
        *("--convert-to", "pdf", "--outdir", folder, folder / "sheets.xlsx"),
    )
    return run("pdftotext", "-layout", folder / "sheets.pdf", "-").split("\f")[:-1]


@needs("soffice", "pdftotext")
def test_libreoffice_prints_the_sheets(tmp_path: Path) -> None:
    """A page a sheet, with its number, one page wide; the Japanese of every cell is on paper."""
    pages = printed(tmp_path, export(evening(), "xlsx"))
    sheet = pages[0]
    assert len(pages) == 14
    assert "1 / 14" in sheet
    for words in ("技術向上研修 基礎", "事例1 Aさん", "1班", "提出済み", "連携内容", "専門窓口での職業相談", "本人"):
        assert words in sheet


@needs("soffice", "pdftotext")
def test_libreoffice_prints_what_was_typed_as_it_was_typed(tmp_path: Path) -> None:
    """Formulas as text; a content of 2,000 characters to its end, on the sheet and among all entries."""
    rows = [*every_row(*HOSTILE[:6], "007", "]]>"), {"organisation": "社協", "content": "字" * 2_000}]
    pages = "".join(printed(tmp_path, export(typed(rows), "xlsx")))
    for words in ("=cmd|'/C calc'!A0", "@SUM(1+1)", "]]>", "007"):
        assert words in pages
    assert "Err:" not in pages
    assert pages.count("字") >= 2 * 2_000


@needs("soffice", "pdftotext")
def test_a_blank_sheet_is_one_page(tmp_path: Path) -> None:
    """A page a case, the case on it, and its heads above the rows to write in."""
    pages = printed(tmp_path, blank_workbook.blank(workshop().cases, "研修", ()))
    assert len(pages) == 2
    assert "事例1 Aさん" in pages[0]
    assert "誰への支援か" in pages[0]


@needs("soffice", "pdftotext")
def test_a_blank_sheet_of_a_long_story_is_one_page_too(tmp_path: Path) -> None:
    """Printed smaller, with rows to write in."""
    case = replace(workshop().cases[0], story="長い話が続きます。" * 300)
    data = blank_workbook.blank([case], "研修", ())
    assert len(form_rows(openpyxl.load_workbook(BytesIO(data)).worksheets[0])) == 8
    assert len(printed(tmp_path, data)) == 1


@needs("soffice")
def test_a_sheet_filled_in_with_libreoffice_comes_in(tmp_path: Path) -> None:
    """Every cell as it was typed, after LibreOffice has written the whole workbook anew."""
    of = typed(
        [*every_row(*HOSTILE[:6], "007", "]]>"), {"organisation": "社協", "content": "貸付\n相談", "whom": "本人"}]
    )
    (tmp_path / "sheets.xlsx").write_bytes(export(of, "xlsx"))
    run(
        *("soffice", f"-env:UserInstallation=file://{tmp_path}/profile", "--headless"),
        *("--convert-to", "xlsx", "--outdir", tmp_path / "anew", tmp_path / "sheets.xlsx"),
    )
    before, anew = (
        filled.read([folder / "sheets.xlsx"], of.workshop.cases) for folder in (tmp_path, tmp_path / "anew")
    )
    assert [(sheet.group, sheet.rows) for sheet in anew] == [(sheet.group, sheet.rows) for sheet in before]
    assert sum(len(sheet.rows) for sheet in anew) > 1
