"""Every entry exactly once in whatever is taken home, whatever was written, settled, merged, split and undone."""

from collections import Counter
from collections.abc import Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from shuro_tui.core import commands as ask
from shuro_tui.core.commands import Command
from shuro_tui.core.findings import behind
from shuro_tui.core.meaning import Meaning, Only
from shuro_tui.core.session import Session
from shuro_tui.core.several import named
from shuro_tui.core.together import anonymous, together
from shuro_tui.export.tables import comparison_of
from tests.export.exported import cells, entries_in_workbook, rows_in, rows_of, workbook
from tests.workshops import at_work, sessions_of

Step = tuple[str | None, Command]

NAMES = (
    "ハローワーク",
    "ハロワーク",
    "支援センター",
    "なかぽつ、移行",
    "喫茶店",
    "カフェ夢",
    "=1+1",
    "<b>夢|店</b>",
    "*夢*\n[店](x)",
    "",
)
groups = st.sampled_from(("g1", "g2", "g3"))
cases = st.sampled_from(("a", "b"))
rows = st.integers(0, 9).map("r{}".format)
names = st.sampled_from(NAMES)


def _row(organisation: str, content: str, whom: str) -> dict[str, str]:
    return {"organisation": organisation, "content": content, "whom": whom}


fields = st.builds(_row, names, names, st.sampled_from(("", "本人")))
settling = st.builds(
    ask.SettleNames,
    cases,
    st.lists(names.filter(bool), min_size=1, max_size=2).map(tuple),
    st.none() | st.builds(Meaning, st.sampled_from((None, None, "hw", "pol")), names),
    st.none() | st.builds(Only, groups, rows),
)
about_rows = st.one_of(
    st.builds(ask.WriteRow, cases, rows, fields, st.integers(0, 3)),
    st.builds(ask.DeleteRow, cases, rows),
    st.builds(ask.MoveRow, cases, rows, st.integers(0, 3)),
    st.builds(ask.Submit, cases),
)
more = st.lists(
    st.one_of(
        st.tuples(groups, about_rows),
        st.tuples(st.none(), settling),
        st.tuples(st.none(), settling),
        st.tuples(st.none(), st.just(ask.Undo())),
    ),
    min_size=3,
    max_size=20,
)


def _written(sheets: Sequence[tuple[str, str, dict[str, str]]]) -> list[Step]:
    return [(group, ask.WriteRow(case, f"r{number}", each, 9)) for number, (group, case, each) in enumerate(sheets)]


writing = st.lists(st.tuples(groups, cases, fields), min_size=4, max_size=10).map(_written)
steps = st.tuples(writing, more).map(lambda parts: [*parts[0], *parts[1]])
"""Sheets that are filled in, then changed, settled and undone."""

evenings = steps.map(lambda asked: [*sessions_of(at_work(3), asked)][-1])


@settings(max_examples=100, deadline=None)
@given(steps)
def test_what_is_compared_is_what_was_written(asked: Sequence[Step]) -> None:
    """After each command: each name of each row on one line, and in a finding once; undo leaves no row behind."""
    for session in sessions_of(at_work(3), asked):
        for case in session.workshop.cases:
            compared = comparison_of(session, case)
            entries = [(each.group, each.row, each.part) for line in compared.lines for each in line.entries]
            assert Counter(entries) == written_names(session, case.id)
            for finding in compared.findings:
                told = [(each.group, each.row, each.part) for each in behind(finding, compared, case)]
                assert Counter(told) <= Counter(entries)


def written_names(session: Session, case: str) -> Counter[tuple[str, str, int]]:
    """(group, row, which name) of every name that stands on the sheets; a row without one counts, a blank one not."""
    return Counter(
        (sheet.group, row.id, part)
        for sheet in session.sheets.values()
        if sheet.case == case
        for row in sheet.rows
        if not row.blank
        for part, _name in enumerate(named(row.fields["organisation"], session.workshop.catalogue))
    )


@pytest.mark.parametrize("chosen", ["csv", "json", "html", "md"])
@settings(max_examples=25, deadline=None)
@given(evenings)
def test_rows_in_are_rows_out(chosen: str, session: Session) -> None:
    """Of every group and case, text for text, and none besides."""
    assert rows_in(session, chosen) == rows_of(session)


@settings(max_examples=10, deadline=None)
@given(evenings)
def test_rows_in_are_rows_in_the_workbook(session: Session) -> None:
    """On the groups' sheets, where blank lines say nothing, and among all entries; the matrix counts each name."""
    on_sheets, expected = rows_in(session, "xlsx"), rows_of(session)
    assert filled(on_sheets) == filled(expected)
    assert entries_in_workbook(session) == expected
    sheets = workbook(session)
    for case in session.workshop.cases:
        groups = len(session.groups)
        counts = [int(cell) for row in cells(sheets[f"比較 {case.title}"], 2) for cell in row[2 : 2 + groups]]
        assert sum(counts) == sum(written_names(session, case.id).values())


def filled(found: Counter[tuple[str, ...]]) -> Counter[tuple[str, ...]]:
    """The rows in which something stands, behind group and case."""
    return Counter({row: count for row, count in found.items() if any(row[2:])})


@settings(max_examples=10, deadline=None)
@given(evenings, evenings, st.booleans())
def test_rows_of_two_rooms_come_out_together(one: Session, other: Session, apart: bool) -> None:
    """As many as both had, and without the names of groups all the same."""
    both = together([one, replace(other, id="other")], ["午前", "午後"], apart)
    for session in (both, anonymous(both, "Group {}".format)):
        for chosen in ("csv", "md", "json"):
            assert without_groups(rows_in(session, chosen)) == without_groups(rows_of(one) + rows_of(other))


def without_groups(found: Counter[tuple[str, ...]]) -> Counter[tuple[str, ...]]:
    """The rows whoever wrote them."""
    counts = Counter[tuple[str, ...]]()
    for row, count in found.items():
        counts[row[1:]] += count
    return counts
