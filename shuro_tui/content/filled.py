"""Sheets that were filled in as workbooks, in the form that `export.form` lays out, with the place of every error.

A worksheet is known by what stands on it, not by its name: the labels of group and date, the title of a case, and the
titles of the case's columns above the rows. Worksheets with neither labels nor a case are no forms, and passed over.
What stands below the titles is a row, or an error.
"""

import warnings
import zipfile
import zlib
from collections.abc import Iterator, Sequence
from itertools import pairwise
from pathlib import Path
from typing import BinaryIO
from unicodedata import normalize

import openpyxl
from msgspec import Struct
from openpyxl import Workbook
from openpyxl.cell import Cell, MergedCell
from openpyxl.worksheet.worksheet import Worksheet

from shuro_tui import i18n
from shuro_tui.content.problem import ContentError, Problem, quoted
from shuro_tui.core.model import Case, Column
from shuro_tui.core.sheet import CHARACTERS_AT_MOST, ROWS_AT_MOST, clean
from shuro_tui.i18n import _

LARGEST = 50_000_000
"""Bytes of a workbook at most, unpacked: a hundred groups' sheets are a tenth of it."""

CELLS_AT_MOST = 1_000_000
"""Of a worksheet, the blank ones before its last among them."""

_HEADS_WITHIN = 40
"""Rows in which the heads of a form are looked for."""

# What zipfile and openpyxl raise for files that are damaged or something else, one way or another.
_DAMAGED = (
    *(zipfile.BadZipFile, zlib.error, EOFError, RuntimeError, SyntaxError),
    *(ArithmeticError, AttributeError, LookupError, TypeError, ValueError),
)

Fields = dict[str, str]
Cells = Cell | MergedCell


class Filled(Struct, frozen=True):
    """What a group wrote for a case. `place`: where it stands, for messages."""

    case: Case
    group: str
    rows: tuple[Fields, ...]
    place: str


def read(paths: Sequence[Path], cases: Sequence[Case]) -> tuple[Filled, ...]:
    """The sheets in these workbooks, without the blank ones. Raises ContentError with everything that is wrong."""
    problems: list[Problem] = []
    filled = [sheet for path in paths for sheet in _workbook(path, cases, problems)]
    if not filled and not problems:
        where = ", ".join(str(path) for path in paths)
        problems.append(Problem(where, message=_("There is no filled-in sheet of this workshop in it.")))
    twice = {(sheet.case.id, as_seen(sheet.group)): sheet.place for sheet in filled}
    problems += (
        Problem(
            sheet.place, message=_("'{group}' wrote for this case on another worksheet too.").format(group=sheet.group)
        )
        for sheet in filled
        if twice[sheet.case.id, as_seen(sheet.group)] != sheet.place
    )
    if problems:
        raise ContentError(problems)
    return tuple(filled)


def _workbook(path: Path, cases: Sequence[Case], problems: list[Problem]) -> Iterator[Filled]:
    try:
        with path.open("rb") as file:
            book = _opened(file)
    except OSError as error:
        problems.append(Problem(str(path), message=_("cannot be read: {why}").format(why=error.strerror or error)))
    except _DAMAGED:
        message = _("This is no Excel workbook (.xlsx), or it is damaged.")
        problems.append(Problem(str(path), message=message, hint=_("save it as .xlsx from your spreadsheet program")))
    else:
        if book is None:
            problems.append(_too_large(str(path)))
            return
        for worksheet in book.worksheets:
            place = f"{path}[{worksheet.title}]"
            if worksheet.max_row * worksheet.max_column > CELLS_AT_MOST:
                problems.append(_too_large(place))
            else:
                yield from _Form(place, worksheet, problems).read(cases)


def _opened(file: BinaryIO) -> Workbook | None:
    """The workbook; None when it unpacks to too much. Raises what is in _DAMAGED."""
    with zipfile.ZipFile(file) as packed:
        if sum(each.file_size for each in packed.infolist()) > LARGEST:
            return None
    with warnings.catch_warnings(action="ignore"):  # of what openpyxl would not write again
        return openpyxl.load_workbook(file)


def _too_large(place: str) -> Problem:
    return Problem(place, message=_("This is too large to be a workbook of sheets."))


class _Form:
    """One worksheet."""

    def __init__(self, place: str, worksheet: Worksheet, problems: list[Problem]) -> None:
        self._place = place
        self._rows = [row for row in worksheet.iter_rows() if row]
        self._problems = problems

    def read(self, cases: Sequence[Case]) -> Iterator[Filled]:
        """What stands on it, if it is a form."""
        owner, table = self._owner(), self._table(cases)
        if table is None:
            if owner is not None:
                self._tell_no_table(owner, cases)
            return
        case, row = table
        if owner is None:
            hint = f"{_('Group')} / {_('Date')}"
            self._tell(
                self._rows[row][0], _("The labels above this, with the group beside its own, are missing."), hint
            )
            return
        yield from self._filled(case, owner, _heads(self._rows[row], case), row + 1)

    def _owner(self) -> Cells | None:
        """The cell with the group's name: beside its label, with that of the date below. None: there are no labels."""
        group, date = ({as_seen(label) for label in i18n.everywhere(each)} for each in ("Group", "Date"))
        for cells, below in pairwise(self._rows[:_HEADS_WITHIN]):
            if len(cells) > 1 and _plain(cells[0]) in group and _plain(below[0]) in date:
                return next(filter(_plain, cells[1:]), cells[1])
        return None

    def _table(self, cases: Sequence[Case]) -> tuple[Case, int] | None:
        """The case whose title stands here with its columns below, and in which row those do."""
        titles: set[str] = set()
        for number, row in enumerate(self._rows[:_HEADS_WITHIN]):
            case = next((each for each in cases if as_seen(each.title) in titles and _heads(row, each)), None)
            if case is not None:
                return case, number
            titles.update(map(_plain, row))
        return None

    def _tell_no_table(self, owner: Cells, cases: Sequence[Case]) -> None:
        titles = {as_seen(case.title): case for case in cases}
        for cell in (cell for row in self._rows[:_HEADS_WITHIN] for cell in row):
            if case := titles.get(_plain(cell)):
                columns = " | ".join(quoted(column.title) for column in case.columns)
                self._tell(cell, _("The columns of this case do not stand below it, in one row."), columns)
                return
        self._tell(
            owner,
            _("No case of this workshop stands here with its columns."),
            ", ".join(quoted(case.title) for case in cases),
        )

    def _filled(self, case: Case, owner: Cells, heads: dict[int, Column], first: int) -> Iterator[Filled]:
        before = len(self._problems)
        rows = tuple(self._fields(case, heads, first))
        group = " ".join(self._typed(owner).split()) if rows else ""
        if rows and not group:
            self._tell(owner, _("Nobody knows whose sheet this is."), _("write the group's name"))
        if len(rows) > ROWS_AT_MOST:
            self._tell(self._rows[first][0], _("More than {n} rows.").format(n=ROWS_AT_MOST))
        if rows and len(self._problems) == before:
            yield Filled(case, group, rows, self._place)

    def _fields(self, case: Case, heads: dict[int, Column], first: int) -> Iterator[Fields]:
        for cells in self._rows[first:]:
            self._tell_beside(cells, case, heads)
            fields = {column.id: self._field(cells[place], column) for place, column in heads.items()}
            if any(text.strip() for text in fields.values()):
                yield {column.id: fields.get(column.id, "") for column in case.columns}

    def _tell_beside(self, cells: Sequence[Cells], case: Case, heads: dict[int, Column]) -> None:
        """What stands below none of the columns would be lost."""
        for place, cell in enumerate(cells):
            if place not in heads and _plain(cell):
                columns = " | ".join(quoted(column.title) for column in case.columns)
                self._tell(cell, _("This stands below no column of the case."), columns)

    def _typed(self, cell: Cells) -> str:
        """The text of a cell in which a person writes."""
        if isinstance(cell, MergedCell):
            self._tell(cell, _("This cell is joined with others."), _("split it: each row has cells of its own"))
        elif cell.data_type in ("f", "e"):
            self._tell(cell, _("This is a formula."), _("write its text in its place"))
        elif cell.data_type == "d":
            self._tell(
                cell, _("The spreadsheet program took this for a date or a time."), _("write it with a ' before it")
            )
        return clean(_text(cell)).strip()

    def _field(self, cell: Cells, column: Column) -> str:
        text = self._typed(cell)
        if len(text) > CHARACTERS_AT_MOST:
            self._tell(cell, _("More than {n} characters.").format(n=CHARACTERS_AT_MOST))
        if column.kind != "choice" or not text:
            return text
        chosen = next((choice for choice in column.choices if as_seen(choice) == as_seen(text)), None)
        if chosen is None:
            choices = " / ".join(column.choices)
            self._tell(
                cell,
                _("'{text}' is no choice here.").format(text=quoted(text)),
                _("one of: {choices}").format(choices=choices),
            )
        return chosen or ""

    def _tell(self, cell: Cells, message: str, hint: str = "") -> None:
        self._problems.append(Problem(f"{self._place}!{cell.coordinate}", message=message, hint=hint))


def _heads(row: Sequence[Cells], case: Case) -> dict[int, Column]:
    """Where the columns of the case stand in the row, each once; nothing unless all of them do."""
    missing = {as_seen(column.title): column for column in case.columns}
    found = {place: column for place, cell in enumerate(row) if (column := missing.pop(_plain(cell), None))}
    return {} if missing else found


def as_seen(text: str) -> str:
    """What is compared: without the differences of width and spaces that a person does not see."""
    return " ".join(normalize("NFKC", text).split())


def _plain(cell: Cells) -> str:
    return as_seen(_text(cell))


def _text(cell: Cells) -> str:
    """The text of a cell; a number as it was typed, a whole one without its point."""
    value = cell.value
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return "" if value is None else str(value)
