"""The Excel workbook: one worksheet a sheet, then comparison, all entries, findings, times and interruptions.

Every cell is written as a string, whatever it begins with: nothing typed becomes a formula, a link or a number.
"""

import re
from io import BytesIO

import xlsxwriter  # type: ignore[import-untyped]
from xlsxwriter.format import Format  # type: ignore[import-untyped]
from xlsxwriter.worksheet import Worksheet  # type: ignore[import-untyped]

from shuro_tui.export.tables import Cells, Report, SheetTable, Table
from shuro_tui.i18n import _

_A4 = 9
_WIDTH = 14
_NAME_AT_MOST = 31
_FORBIDDEN_IN_NAMES = re.compile(r"[\[\]:*?/\\\x00-\x1f]")
_NO_XML = str.maketrans({"\ufffe": "\ufffd", "\uffff": "\ufffd"})
_OPTIONS = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}


def render(report: Report) -> bytes:
    """The bytes of sheets.xlsx."""
    file = BytesIO()
    with xlsxwriter.Workbook(file, _OPTIONS) as workbook:
        book = _Book(workbook)
        for case in report.cases:
            for sheet in case.sheets:
                book.add_sheet((report.course or report.title, case.title), sheet, f"{sheet.group} {case.title}")
        for case in report.cases:
            book.add_table(case.matrix, f"{_('Comparison')} {case.title}", (12, 30), fixed_columns=2)
        book.add_table(report.entries, _("All entries"), (12, 20, 6, 12, 28, 40))
        findings = tuple((case.title, *row) for case in report.cases for row in case.findings.rows)
        book.add_table(
            Table((_("Case"), _("Finding"), _("A question for the room")), findings), _("Findings"), (20, 50)
        )
        book.add_table(report.rundown, _("Times"), (10, 6, 40, 10, 10, 10, 14), fixed_columns=3)
        book.add_table(report.interruptions, _("Interruptions"), (6, 40, 10, 10, 10, 10), fixed_columns=2)
    return file.getvalue()


class _Book:
    """A workbook that worksheets are added to."""

    def __init__(self, workbook: xlsxwriter.Workbook) -> None:
        self._workbook = workbook
        self._names: set[str] = set()
        text = {"num_format": "@", "text_wrap": True, "valign": "top"}
        self._title = workbook.add_format({"num_format": "@", "bold": True, "font_size": 14})
        self._plain = workbook.add_format({"num_format": "@"})
        self._head = workbook.add_format({**text, "border": 1, "bold": True, "bg_color": "#EEEEEE"})
        self._cell = workbook.add_format({**text, "border": 1})

    def add_sheet(self, above: Cells, sheet: SheetTable, name: str) -> None:
        """A group's sheet in the form of the lecture's handout: course, case and group on top, then its columns."""
        worksheet = self._worksheet(name, (28, 50))
        course, case = above
        _put(worksheet, 0, (course,), self._plain)
        _put(worksheet, 1, (case,), self._title)
        _put(worksheet, 2, (f"{sheet.group} ({sheet.state})",), self._title)
        self._fill(worksheet, sheet.table, 4)
        worksheet.set_portrait()

    def add_table(self, table: Table, name: str, widths: tuple[int, ...], fixed_columns: int = 0) -> None:
        """A table whose head stays in view."""
        worksheet = self._worksheet(name, widths)
        self._fill(worksheet, table, 0)
        worksheet.freeze_panes(1, fixed_columns)
        worksheet.set_landscape()

    def _worksheet(self, name: str, widths: tuple[int, ...]) -> Worksheet:
        worksheet = self._workbook.add_worksheet(self._unused(name))
        worksheet.set_paper(_A4)
        worksheet.fit_to_pages(1, 0)
        worksheet.set_footer("&C&P / &N")
        worksheet.set_column(len(widths), len(widths) + 50, _WIDTH)
        for column, width in enumerate(widths):
            worksheet.set_column(column, column, width)
        return worksheet

    def _fill(self, worksheet: Worksheet, table: Table, first: int) -> None:
        _put(worksheet, first, table.head, self._head)
        for number, row in enumerate(table.rows, first + 1):
            _put(worksheet, number, row, self._cell)
        worksheet.repeat_rows(first)
        worksheet.ignore_errors({"number_stored_as_text": "A1:XFD1048576"})

    def _unused(self, wanted: str) -> str:
        """A name that Excel takes: short, without its special characters, and unlike any other but for case."""
        plain = _FORBIDDEN_IN_NAMES.sub("_", wanted.translate(_NO_XML)).strip("' ")
        name, number = _cut(plain, _NAME_AT_MOST), 1
        while not name or name.casefold() in self._names:
            number += 1
            end = f" ({number})"
            name = _cut(plain, _NAME_AT_MOST - len(end)) + end
        self._names.add(name.casefold())
        return name


def _put(worksheet: Worksheet, row: int, cells: Cells, style: Format) -> None:
    for column, cell in enumerate(cells):
        worksheet.write_string(row, column, cell.translate(_NO_XML), style)


def _cut(text: str, units: int) -> str:
    """As much of the text as fits into that many units of UTF-16, in which Excel counts."""
    return text.encode("utf-16-le")[: 2 * units].decode("utf-16-le", "ignore").rstrip("' ")
