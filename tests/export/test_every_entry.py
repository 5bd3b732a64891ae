"""Whatever groups write and a facilitator says of names: each row is in each export once, each entry in one line."""

import csv
import json
from collections import Counter
from io import StringIO

from hypothesis import given, settings

from shuro_tui.core.session import Session
from shuro_tui.export.tables import comparison_of
from tests.export.exported import cells, export, form_rows, workbook
from tests.workshops import Evening, at_work, evenings, sessions_of

Place = tuple[str, str, str]
"""Case, group, row."""


def rows_of(session: Session) -> Counter[Place]:
    """Every row that is on a sheet."""
    return Counter((case, group, row.id) for (case, group), sheet in session.sheets.items() for row in sheet.rows)


def told(session: Session, table: list[list[str]]) -> Counter[Place]:
    """The rows of a table of all entries."""
    groups = {group.name: group.id for group in session.groups}
    cases = {case.title: case.id for case in session.workshop.cases}
    return Counter((cases[row[1]], groups[row[0]], row[3]) for row in table)


@settings(max_examples=40, deadline=None)
@given(evenings)
def test_every_row_is_in_each_export_once(evening: Evening) -> None:
    """After any writing, settling, merging, splitting and undo: as many rows go out as came in, each by its id."""
    session = [at_work(2), *sessions_of(at_work(2), evening)][-1]
    rows = rows_of(session)
    table = list(csv.reader(StringIO(export(session, "csv").decode("utf-8-sig"), newline=""), strict=True))
    assert told(session, table[1:]) == rows
    document = json.loads(export(session, "json"))
    assert rows == Counter(
        (sheet["case"], sheet["group"], row["row"]) for sheet in document["sheets"] for row in sheet["rows"]
    )
    sheets = workbook(session)
    assert told(session, cells(sheets["全記入"], 2)) == rows
    for case in session.workshop.cases:
        for group in session.groups:
            count = len(session.sheet(case.id, group.id).rows)
            assert not count or len(form_rows(sheets[f"{group.name} {case.title}"])) == count


@settings(max_examples=40, deadline=None)
@given(evenings)
def test_every_entry_stands_in_one_line(evening: Evening) -> None:
    """Each name of each row that is not blank, in the matrix and in its counts, and nowhere twice."""
    session = [at_work(2), *sessions_of(at_work(2), evening)][-1]
    sheets = workbook(session)
    for case in session.workshop.cases:
        compared = comparison_of(session, case)
        entries = Counter((e.group, e.row, e.part) for line in compared.lines for e in line.entries)
        assert set(entries.values()) <= {1}
        assert {place[:2] for place in entries} == {
            (group, row.id)
            for (of, group), sheet in session.sheets.items()
            for row in sheet.rows
            if of == case.id and not row.blank
        }
        matrix = cells(sheets[f"比較 {case.title}"], 2)
        assert sum(int(count) for row in matrix for count in row[2:-1]) == sum(entries.values())
