"""All entries as CSV that Excel opens as what it is: UTF-8 with a BOM, CRLF between records.

A cell that begins with one of = + - @, their full-width forms, a tab or a line break would be read as a formula by
spreadsheet programs. It gets an apostrophe in front of it (so do OWASP's notes on CSV injection advise): a program
that needs the text to the letter reads session.json.
"""

import csv
from io import StringIO

from shuro_tui.export.tables import Report

_STARTS_A_FORMULA = tuple("=+-@＝＋－＠\t\r\n")


def render(report: Report) -> bytes:
    """The bytes of answers.csv."""
    text = StringIO()
    table = csv.writer(text, lineterminator="\r\n")
    table.writerows([_disarmed(cell) for cell in row] for row in (report.entries.head, *report.entries.rows))
    return text.getvalue().encode("utf-8-sig")


def _disarmed(cell: str) -> str:
    return f"'{cell}" if cell.startswith(_STARTS_A_FORMULA) else cell
