"""An export of a session, read back."""

import csv
import json
from collections import Counter
from collections.abc import Iterator
from html.parser import HTMLParser
from io import BytesIO, StringIO

import openpyxl
from markdown_it import MarkdownIt
from openpyxl.worksheet.worksheet import Worksheet

from shuro_tui.core.model import MINUTE, Millis
from shuro_tui.core.session import Session
from shuro_tui.export.files import rendered
from tests.export.written_session import START

NOW = Millis(START + 40 * MINUTE)


def export(session: Session, chosen: str) -> bytes:
    """The bytes of one format, of all its files one after the other, in the fortieth minute."""
    return b"".join(rendered(session, [chosen], NOW).values())


def workbook(session: Session) -> dict[str, Worksheet]:
    """The worksheets as openpyxl reads them, by name."""
    book = openpyxl.load_workbook(BytesIO(export(session, "xlsx")))
    return {name: book[name] for name in book.sheetnames}


def cells(worksheet: Worksheet, first: int = 1) -> list[list[str]]:
    """All cells from a row on; what was written blank is read as blank."""
    return [["" if cell is None else str(cell) for cell in row] for row in worksheet.iter_rows(first, values_only=True)]


def form_rows(worksheet: Worksheet, head: str = "連携機関名") -> list[list[str]]:
    """The rows of a sheet in the form of the handout: what stands below its heads."""
    written = cells(worksheet)
    return written[next(number for number, row in enumerate(written) if row[0] == head) + 1 :]


Rows = Counter[tuple[str, ...]]
"""Group, case and what stands in the columns of the case, without white space, which some formats set in their own way;
and how often it stands there."""


class Tables(HTMLParser):
    """The tables of a page: under which second heading, called what (by their caption or the heading above), cells."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.found: list[tuple[str, str, list[list[str]]]] = []
        self._heading, self._label, self._text = "", "", ""
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Begin a table, a row or a text."""
        if tag == "table":
            self.found.append((self._heading, self._label, []))
        elif tag == "tr":
            self.found[-1][2].append([])
        if tag in ("caption", "td", "th", "h2", "h3"):
            self._text = ""

    def handle_data(self, data: str) -> None:
        """Gather text."""
        self._text += data

    def handle_endtag(self, tag: str) -> None:
        """A heading, a caption or a cell is whole."""
        if tag == "h2":
            self._heading = self._text
        elif tag == "h3":
            self._label = self._text
        elif tag == "caption":
            self.found[-1] = (self._heading, self._text, [])
        elif tag in ("td", "th"):
            self.found[-1][2][-1].append(self._text)


def page(session: Session, chosen: str) -> str:
    """The report in HTML or Markdown, as a page."""
    text = export(session, chosen).decode()
    viewer = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"])
    return text if chosen == "html" else str(viewer.render(text))


def rows_in(session: Session, chosen: str) -> Rows:
    """Every row of every sheet, as it stands in an export; of a workbook, in the sheets of the groups."""
    read = {"xlsx": _in_workbook, "csv": _in_csv, "json": _in_json}.get(chosen)
    found = _in_page(session, chosen) if read is None else read(session)
    return Counter(tuple("".join(text.split()) for text in row) for row in found)


def rows_of(session: Session) -> Rows:
    """Every row of every sheet as the session has it, to be compared with `rows_in`."""
    names = {group.id: group.name for group in session.groups}
    return Counter(
        tuple(
            "".join(text.split())
            for text in (names[group], case.title, *(row.fields.get(column.id, "") for column in case.columns))
        )
        for case in session.workshop.cases
        for (of, group), sheet in session.sheets.items()
        if of == case.id
        for row in sheet.rows
    )


def entries_in_workbook(session: Session) -> Rows:
    """Every row among all entries of the workbook."""
    head, *rows = cells(workbook(session)["全記入"])
    return Counter(tuple("".join(text.split()) for text in row) for row in _entries(session, head, rows))


def _in_workbook(session: Session) -> Iterator[list[str]]:
    sheets = workbook(session)
    for case in session.workshop.cases:
        for group in session.groups:
            for row in form_rows(sheets[f"{group.name} {case.title}"]):
                yield [group.name, case.title, *row[: len(case.columns)]]


def _in_csv(session: Session) -> Iterator[list[str]]:
    head, *rows = csv.reader(StringIO(export(session, "csv").decode("utf-8-sig"), newline=""), strict=True)
    return _entries(session, head, [[cell.removeprefix("'") for cell in row] for row in rows])


def _entries(session: Session, head: list[str], rows: list[list[str]]) -> Iterator[list[str]]:
    columns = {case.title: [column.title for column in case.columns] for case in session.workshop.cases}
    for row in rows:
        cell = dict(zip(head, row, strict=True))
        yield [cell["グループ"], cell["事例"], *(cell[title] for title in columns[cell["事例"]])]


def _in_json(session: Session) -> Iterator[list[str]]:
    document = json.loads(export(session, "json"))
    groups = {group["id"]: group["name"] for group in document["groups"]}
    cases = {case["id"]: case for case in document["cases"]}
    for sheet in document["sheets"]:
        case = cases[sheet["case"]]
        for row in sheet["rows"]:
            texts = (row["fields"].get(column["id"], "") for column in case["columns"])
            yield [groups[sheet["group"]], case["title"], *texts]


def _in_page(session: Session, chosen: str) -> Iterator[list[str]]:
    cases = {case.title for case in session.workshop.cases}
    for heading, label, (_head, *rows) in Tables(page(session, chosen)).found:
        group = label.rpartition(" (")[0]
        if heading in cases and group:
            yield from ([group, heading, *row] for row in rows)
