"""A case's sheet in the form of the lecture's handout, as a worksheet on A4: what a group wrote, or blank to write on.

What stands on it is what `content.filled` reads back: the title of the case, the group beside its label, the columns'
titles above the rows.
"""

import re
from collections.abc import Sequence

import xlsxwriter  # type: ignore[import-untyped]
from msgspec import Struct
from xlsxwriter.format import Format  # type: ignore[import-untyped]
from xlsxwriter.worksheet import Worksheet  # type: ignore[import-untyped]

from shuro_tui.core.model import Case, ColumnKind
from shuro_tui.core.sheet import clean
from shuro_tui.export.fitting import ONE_LINE, SIZES, fit, lines
from shuro_tui.export.table import Cells, Table
from shuro_tui.i18n import _

WIDE = 80
"""Widths of all columns together, in the digits that Excel counts in: what A4 upright holds at full size."""

A4, PAGES = 9, "&C&P / &N"
"""Excel's number for the paper, and its footer for page and pages."""

_LINE, _BY_HAND = 18, 36
"""Heights in points: of a line of type, and of a row that is written in by hand."""

_ROWS_AT_LEAST = 8
"""Of a blank sheet, however long the story of its case is: the page is printed smaller then."""

_PAGE = 720
"""Points of an A4 page between its margins."""

_WIDTHS: dict[ColumnKind, int] = {"organisation": 28, "choice": 13, "text": 0}
NO_XML = re.compile("[\ufffe\uffff]")
"""What no worksheet holds, and clean text may."""


class Form(Struct, frozen=True):
    """What stands on a sheet. `held`: the day; `state`: whether it was handed in; `table`: no rows are a blank one."""

    course: str
    case: str
    text: str
    kinds: tuple[ColumnKind, ...]
    table: Table
    group: str = ""
    held: str = ""
    state: str = ""


def text_of(case: Case) -> str:
    """What is asked and told of a case: question, profile, story."""
    facts = (f"{fact.label}: {fact.value}" for fact in case.profile)
    return clean("\n".join(filter(None, (case.question.strip(), *facts, case.story.strip()))))


def blank(case: Case, course: str, group: str = "") -> Form:
    """The sheet of a case before anybody has written on it."""
    heads = tuple(clean(column.title) for column in case.columns)
    kinds = tuple(column.kind for column in case.columns)
    return Form(clean(course), clean(case.title), text_of(case), kinds, Table(heads, ()), clean(group))


class Writer:
    """Writes forms into the worksheets of a workbook. Every cell is a string, whatever it begins with."""

    def __init__(self, workbook: xlsxwriter.Workbook) -> None:
        plain = {"num_format": "@", "text_wrap": True, "valign": "top"}
        boxed = {**plain, "border": 1}
        self._course = workbook.add_format({**plain, "font_size": 10})
        self._title = workbook.add_format({**plain, "bold": True, "font_size": 16})
        self._text = workbook.add_format(boxed)
        self._note = workbook.add_format({**plain, "italic": True, "font_size": 10})
        self._head = workbook.add_format({**boxed, "bold": True, "bg_color": "#EEEEEE"})
        self._cells = cell_styles(workbook)
        self._cell = self._cells[SIZES[0]]

    def write(self, worksheet: Worksheet, form: Form) -> None:
        """Lay a form out on a worksheet, one page wide; a blank one takes one page."""
        self._worksheet, self._last = worksheet, max(1, len(form.kinds) - 1)
        columns = widths(form.kinds)
        for column, width in enumerate(columns):
            worksheet.set_column(column, column, width)
        worksheet.set_default_row(ONE_LINE)
        self._row, self._used = 0, 0.0
        self._across(form.course, self._course, 1)
        self._across(form.case, self._title, 1.6)
        self._across(form.text, self._text, 1)
        self._labelled(_("Group"), form.group)
        self._labelled(_("Date"), form.held)
        if form.state:
            self._labelled(_("State"), form.state)
        self._across(_("Please write no names or details of real people."), self._note, 1)
        self._table(form.table, columns)
        _print_on_a4(worksheet, self._row - 1, self._last, pages=0 if form.table.rows else 1)

    def _across(self, text: str, style: Format, size: float) -> None:
        """A text over the whole width, as high as its lines; Excel does not fit merged cells by itself."""
        if text:
            self._high(_LINE * size * lines(text, WIDE, 11 * size))
            self._worksheet.merge_range(self._row, 0, self._row, self._last, "", style)
            put(self._worksheet, self._row, (text,), style)
            self._row += 1

    def _labelled(self, label: str, value: str) -> None:
        self._high(1.3 * _LINE)
        put(self._worksheet, self._row, (label,), self._head)
        if self._last > 1:
            self._worksheet.merge_range(self._row, 1, self._row, self._last, "", self._cell)
        put(self._worksheet, self._row, (value,), self._cell, 1)
        self._row += 1

    def _high(self, points: float) -> None:
        self._worksheet.set_row(self._row, points)
        self._used += points

    def _table(self, table: Table, widths: Sequence[float]) -> None:
        """The rows; of a blank sheet as many to write in by hand as the page holds."""
        self._high(1.3 * _LINE)
        self._worksheet.repeat_rows(self._row)
        put(self._worksheet, self._row, table.head, self._head)
        self._row += 1
        for row in table.rows:
            put_fitting(self._worksheet, self._row, row, self._cells, widths)
            self._row += 1
        blank = max(_ROWS_AT_LEAST, int((_PAGE - self._used) / _BY_HAND)) if not table.rows else 0
        for _number in range(blank):
            self._high(_BY_HAND)
            put(self._worksheet, self._row, ("",) * len(table.head), self._cell)
            self._row += 1


def cell_styles(workbook: xlsxwriter.Workbook) -> dict[int, Format]:
    """How a cell looks, by its size of type."""
    return {
        size: workbook.add_format(
            {"num_format": "@", "text_wrap": True, "valign": "top", "border": 1, "font_size": size}
        )
        for size in SIZES
    }


def put_fitting(
    worksheet: Worksheet, row: int, cells: Cells, styles: dict[int, Format], widths: Sequence[float]
) -> None:
    """Write texts beside each other, in a row that is high enough for all of them; a worksheet's rows hold ONE_LINE."""
    size, height = fit(cells, widths)
    if height > ONE_LINE:
        worksheet.set_row(row, height)
    put(worksheet, row, cells, styles[size])


def put(worksheet: Worksheet, row: int, cells: Cells, style: Format, first: int = 0) -> None:
    """Write texts beside each other, each as it is: none becomes a formula, a link or a number."""
    for column, cell in enumerate(cells, first):
        worksheet.write_string(row, column, NO_XML.sub("\ufffd", cell), style)


def widths(kinds: tuple[ColumnKind, ...]) -> list[float]:
    """Columns of text share what the others leave; where there is none, the others do."""
    fixed = [_WIDTHS[kind] for kind in kinds]
    sharing = kinds.count("text")
    rest = WIDE - sum(fixed)
    if not sharing:
        return [width + rest / len(kinds) for width in fixed]
    return [width or max(20, rest / sharing) for width in fixed]


def _print_on_a4(worksheet: Worksheet, last_row: int, last_column: int, pages: int) -> None:
    """One page wide. pages: how many high, 0 for as many as it takes."""
    worksheet.set_paper(A4)
    worksheet.set_portrait()
    worksheet.set_margins(left=0.6, right=0.6, top=0.6, bottom=0.7)
    worksheet.center_horizontally()
    worksheet.fit_to_pages(1, pages)
    worksheet.print_area(0, 0, last_row, last_column)
    worksheet.set_footer(PAGES)
    worksheet.ignore_errors({"number_stored_as_text": "A1:XFD1048576"})
