"""Sheets that were filled in as workbooks, in the form that `export.form` lays out, with the place of every error.

A worksheet is known by what stands on it, not by its name: the labels of group and date, the title of a case, and the
titles of the case's columns above the rows. Worksheets without those labels are no forms, and passed over.
"""

import zipfile
from collections.abc import Iterator, Sequence
from itertools import pairwise
from pathlib import Path
from unicodedata import normalize

import openpyxl
from msgspec import Struct
from openpyxl.cell import Cell, MergedCell
from openpyxl.utils.exceptions import InvalidFileException
from openpyxl.worksheet.worksheet import Worksheet

from shuro_tui import i18n
from shuro_tui.content.problem import ContentError, Problem, quoted
from shuro_tui.core.model import Case, Column
from shuro_tui.core.sheet import CHARACTERS_AT_MOST, ROWS_AT_MOST, clean
from shuro_tui.i18n import _

LARGEST = 20_000_000
"""Bytes of a workbook at most: a hundred groups' sheets are one of them."""

_HEADS_WITHIN = 40
"""Rows in which the heads of a form are looked for."""

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
    twice = {(sheet.case.id, sheet.group): sheet.place for sheet in filled}
    problems += (
        Problem(
            sheet.place, message=_("'{group}' wrote for this case on another worksheet too.").format(group=sheet.group)
        )
        for sheet in filled
        if twice[sheet.case.id, sheet.group] != sheet.place
    )
    if problems:
        raise ContentError(problems)
    return tuple(filled)


def _workbook(path: Path, cases: Sequence[Case], problems: list[Problem]) -> Iterator[Filled]:
    try:
        if path.stat().st_size > LARGEST:
            problems.append(Problem(str(path), message=_("This is too large to be a workbook of sheets.")))
            return
        book = openpyxl.load_workbook(path)
    except OSError as error:
        problems.append(Problem(str(path), message=_("cannot be read: {why}").format(why=error.strerror or error)))
    except (InvalidFileException, zipfile.BadZipFile, KeyError, ValueError, TypeError, AttributeError, SyntaxError):
        # What openpyxl raises for files that are damaged or something else, one way or another.
        message = _("This is no Excel workbook (.xlsx), or it is damaged.")
        problems.append(Problem(str(path), message=message, hint=_("save it as .xlsx from your spreadsheet program")))
    else:
        for worksheet in book.worksheets:
            form = _Form(f"{path}[{worksheet.title}]", worksheet, problems)
            yield from form.read(cases)


class _Form:
    """One worksheet."""

    def __init__(self, place: str, worksheet: Worksheet, problems: list[Problem]) -> None:
        self._place = place
        self._rows = [row for row in worksheet.iter_rows() if row]
        self._problems = problems

    def read(self, cases: Sequence[Case]) -> Iterator[Filled]:
        """What stands on it, if it is a form."""
        owner = self._owner()
        if owner is None:
            return
        for number, row in enumerate(self._rows[:_HEADS_WITHIN]):
            titles = {_plain(cell) for cells in self._rows[:number] for cell in cells}
            case = next((each for each in cases if _words(each.title) in titles and _heads(row, each)), None)
            if case is not None:
                yield from self._filled(case, owner, _heads(row, case), number + 1)
                return
        message = _("No case of this workshop stands here with its columns.")
        self._tell(owner, message, ", ".join(quoted(case.title) for case in cases))

    def _owner(self) -> Cells | None:
        """The cell with the group's name: beside its label, with that of the date below. None: this is no form."""
        group, date = ({_words(label) for label in i18n.everywhere(each)} for each in ("Group", "Date"))
        for cells, below in pairwise(self._rows[:_HEADS_WITHIN]):
            if len(cells) > 1 and _plain(cells[0]) in group and _plain(below[0]) in date:
                return cells[1]
        return None

    def _filled(self, case: Case, owner: Cells, heads: dict[int, Column], first: int) -> Iterator[Filled]:
        before, group = len(self._problems), " ".join(clean(_text(owner)).split())
        rows = tuple(self._fields(case, heads, first))
        if rows and not group:
            self._tell(owner, _("Nobody knows whose sheet this is."), _("write the group's name"))
        if len(rows) > ROWS_AT_MOST:
            self._tell(self._rows[first][0], _("More than {n} rows.").format(n=ROWS_AT_MOST))
        if rows and len(self._problems) == before:
            yield Filled(case, group, rows, self._place)

    def _fields(self, case: Case, heads: dict[int, Column], first: int) -> Iterator[Fields]:
        for cells in self._rows[first:]:
            fields = {column.id: self._field(cells[place], column) for place, column in heads.items()}
            if any(text.strip() for text in fields.values()):
                yield {column.id: fields.get(column.id, "") for column in case.columns}

    def _field(self, cell: Cells, column: Column) -> str:
        if isinstance(cell, MergedCell):
            self._tell(cell, _("This cell is joined with others."), _("split it: each row has cells of its own"))
            return ""
        if cell.data_type in ("f", "e"):
            self._tell(cell, _("This is a formula."), _("write its text in its place"))
        text = clean(_text(cell)).strip()
        if len(text) > CHARACTERS_AT_MOST:
            self._tell(cell, _("More than {n} characters.").format(n=CHARACTERS_AT_MOST))
        if column.kind != "choice" or not text:
            return text
        chosen = next((choice for choice in column.choices if _words(choice) == _words(text)), None)
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
    """Where the columns of the case stand in the row; nothing unless all of them do."""
    columns = {_words(column.title): column for column in case.columns}
    found = {place: columns[text] for place, cell in enumerate(row) if (text := _plain(cell)) in columns}
    return found if len({column.id for column in found.values()}) == len(columns) else {}


def _plain(cell: Cells) -> str:
    return _words(_text(cell))


def _words(text: str) -> str:
    """What is compared: without the differences of width and spaces that a person does not see."""
    return " ".join(normalize("NFKC", text).split())


def _text(cell: Cells) -> str:
    """The text of a cell; a number as it was typed, a whole one without its point."""
    value = cell.value
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return "" if value is None else str(value)
