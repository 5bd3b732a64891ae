"""The Excel workbook: one worksheet a sheet, then comparison, coverage, all entries, findings, times and interruptions.

Every text is written as a string, whatever it begins with: nothing typed becomes a formula, a link or a number. Counts
are numbers, in colours from none to most.
"""

import re
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from io import BytesIO

import xlsxwriter  # type: ignore[import-untyped]
from msgspec import Struct
from msgspec.structs import replace
from xlsxwriter.worksheet import Worksheet  # type: ignore[import-untyped]

from shuro_tui.core.lines import Line
from shuro_tui.core.model import Case
from shuro_tui.export import form
from shuro_tui.export.case_tables import STAR, CaseReport, SheetTable
from shuro_tui.export.fitting import ONE_LINE
from shuro_tui.export.form import A4, PAGES, Form, put, put_fitting
from shuro_tui.export.table import Cells, Table
from shuro_tui.export.tables import Report
from shuro_tui.i18n import _

_WIDTH = 14
_NAME_AT_MOST = 31
_FORBIDDEN_IN_NAMES = re.compile(r"[\[\]:*?/\\\x00-\x1f]")
_SHADES = {"type": "2_color_scale", "min_color": "#FFFFFF", "max_color": "#8FB8DE"}
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
            blank = form.blank(case.case, report.course)
            for sheet in case.sheets:
                book.add_form(_filled(blank, sheet, report.day), f"{sheet.group} {case.title}")
        for case in report.cases:
            book.add_counts(_matrix(case), f"{_('Comparison')} {case.title}", (12, 30))
            book.add_counts(_coverage(case), f"{_('Coverage')} {case.title}", (20,))
        for case in report.cases:
            if case.model.rows:
                kinds = tuple(column.kind for column in case.case.columns)
                book.add_table(case.model, f"{_('Model answer')} {case.title}", form.widths(kinds))
        typed = len(report.entries.head) - 6
        book.add_table(report.entries, _("All entries"), (12, 20, 6, 24, 28, 40, *[_WIDTH] * (typed - 2), 28, 28))
        book.add_table(_findings(report), _("Findings"), (20, 50, 40, 60))
        book.add_table(report.rundown, _("Times"), (10, 6, 40, 10, 10, 10, 14), fixed_columns=3)
        book.add_table(report.interruptions, _("Interruptions"), (6, 40, 10, 10, 10, 10), fixed_columns=2)
    return file.getvalue()


def blank(cases: Sequence[Case], course: str, groups: Sequence[str]) -> bytes:
    """A workbook to print and fill in: a page a case, for each of the groups or for whoever writes his name on it."""
    file = BytesIO()
    with xlsxwriter.Workbook(file, _OPTIONS) as workbook:
        book = _Book(workbook)
        for group in groups or ("",):
            for case in cases:
                book.add_form(form.blank(case, course, group), f"{group} {case.title}")
    return file.getvalue()


class Counts(Struct, frozen=True):
    """The heads; for each row its texts and its numbers; and row → at which of its numbers there is a star."""

    heads: Cells
    rows: tuple[tuple[Cells, tuple[int, ...]], ...]
    starred: Mapping[int, Collection[int]] = {}


def _filled(blank: Form, sheet: SheetTable, day: str) -> Form:
    return replace(blank, table=sheet.table, group=sheet.group, held=day, state=sheet.state)


def _matrix(case: CaseReport) -> Counts:
    """How often each group named each organisation, and the model answer where it was revealed."""
    groups, model = [group.id for group in case.comparison.groups], case.comparison.model

    def numbers(line: Line) -> tuple[int, ...]:
        named = Counter(entry.group for entry in line.entries)
        answer = (len(model.get(line.id, ())),) if model else ()
        return (*(named[group] for group in groups), *answer, len(named))

    lines = zip(case.matrix.rows, map(numbers, case.comparison.lines), strict=True)
    stars = {
        number: [place for place, cell in enumerate(row[2:]) if cell == STAR]
        for number, row in enumerate(case.matrix.rows)
        if STAR in row[2:]
    }
    return Counts(case.matrix.head, tuple((row[:2], counts) for row, counts in lines), stars)


def _coverage(case: CaseReport) -> Counts:
    counts = ((field, tuple(by_group.values())) for field, by_group in case.comparison.coverage.items())
    return Counts(case.coverage_head, tuple(((field,), (*numbers, sum(numbers))) for field, numbers in counts))


def _findings(report: Report) -> Table:
    rows = (
        (case.title, *row, entries)
        for case in report.cases
        for row, entries in zip(case.findings.rows, case.behind, strict=True)
    )
    return Table((_("Case"), _("Finding"), _("A question for the room"), _("Entries")), tuple(rows))


class _Book:
    """A workbook that worksheets are added to."""

    def __init__(self, workbook: xlsxwriter.Workbook) -> None:
        self._workbook = workbook
        self._names: set[str] = set()
        self._forms = form.Writer(workbook)
        text = {"num_format": "@", "text_wrap": True, "valign": "top"}
        self._head = workbook.add_format({**text, "border": 1, "bold": True, "bg_color": "#EEEEEE"})
        self._cells = form.cell_styles(workbook)
        count = {"border": 1, "align": "center", "valign": "top"}
        self._count = workbook.add_format({**count, "num_format": "0;;"})
        self._starred = workbook.add_format({**count, "num_format": f'0"{STAR}"', "bold": True})

    def add_form(self, filled: Form, name: str) -> None:
        """A sheet in the form of the handout."""
        self._forms.write(self._workbook.add_worksheet(self._unused(name)), filled)

    def add_table(self, table: Table, name: str, widths: Sequence[float], fixed_columns: int = 0) -> None:
        """A table whose head stays in view."""
        worksheet = self._worksheet(name, widths, fixed_columns)
        put(worksheet, 0, table.head, self._head)
        every = (*widths, *[_WIDTH] * (len(table.head) - len(widths)))
        for number, row in enumerate(table.rows, 1):
            put_fitting(worksheet, number, row, self._cells, every)

    def add_counts(self, counts: Counts, name: str, widths: tuple[int, ...]) -> None:
        """A table of counts, none left blank; the columns before them stay in view with the head."""
        heads, rows = counts.heads, counts.rows
        worksheet = self._worksheet(name, widths, len(widths))
        put(worksheet, 0, heads, self._head)
        for number, (texts, numbers) in enumerate(rows, 1):
            put_fitting(worksheet, number, texts, self._cells, widths)
            starred = counts.starred.get(number - 1, ())
            for place, count in enumerate(numbers):
                style = self._starred if place in starred else self._count
                worksheet.write_number(number, len(texts) + place, count, style)
        if rows and len(heads) > len(widths) + 1:
            worksheet.conditional_format(1, len(widths), len(rows), len(heads) - 2, _SHADES)

    def _worksheet(self, name: str, widths: Sequence[float], fixed_columns: int) -> Worksheet:
        worksheet = self._workbook.add_worksheet(self._unused(name))
        worksheet.set_default_row(ONE_LINE)
        worksheet.set_paper(A4)
        worksheet.set_landscape()
        worksheet.fit_to_pages(1, 0)
        worksheet.set_header("&L&A")
        worksheet.set_footer(PAGES)
        worksheet.set_column(len(widths), len(widths) + 50, _WIDTH)
        for column, width in enumerate(widths):
            worksheet.set_column(column, column, width)
        worksheet.repeat_rows(0)
        worksheet.freeze_panes(1, fixed_columns)
        worksheet.ignore_errors({"number_stored_as_text": "A1:XFD1048576"})
        return worksheet

    def _unused(self, wanted: str) -> str:
        """A name that Excel takes: short, without its special characters, and unlike any other but for case."""
        plain = _FORBIDDEN_IN_NAMES.sub("_", form.NO_XML.sub("\ufffd", wanted)).strip("' ")
        name, number = _cut(plain, _NAME_AT_MOST), 1
        while not name or name.casefold() in self._names:
            number += 1
            end = f" ({number})"
            name = _cut(plain, _NAME_AT_MOST - len(end)) + end
        self._names.add(name.casefold())
        return name


def _cut(text: str, units: int) -> str:
    """As much of the text as fits into that many units of UTF-16, in which Excel counts."""
    return text.encode("utf-16-le")[: 2 * units].decode("utf-16-le", "ignore").rstrip("' ")
