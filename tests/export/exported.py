"""An export of a session, read back."""

from io import BytesIO

import openpyxl
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
