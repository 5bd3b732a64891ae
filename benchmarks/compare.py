"""What comparing costs, each figure beside a floor of the same run.

    python -m benchmarks.compare

Comparison: groups that wrote 20 rows each with the names of tests/core/names.tsv, all caches empty; the floor is
putting the same rows in lists by what was typed. Linear: what 10,000 groups take a group, against what 100 take, both
with names that were seen before, for the names are as many for few groups as for many. Changed: one row of one group,
until the comparison shows it, the median of some; the floor is comparing anew. Matching: one name at a time; cold: not
seen before; the floor of a name that was is looking it up in a dictionary. All in processor time, and the best of some
rounds where something is done again, so that what else runs on the machine does not count.

Scrolling: the matrix of 200 organisations × 50 groups in a terminal of 120×36, from the key until the line, or the
column, under the cursor and the words below the matrix are painted; down, up and across.
The floor is bare Textual that scrolls lines that are ready. In time by the clock; the two alternate, a key of each.

Exit status 1 when a bar does not hold.
"""

import gc
import random
import statistics
import sys
from collections import defaultdict
from collections.abc import Callable
from contextlib import closing
from io import BytesIO
from pathlib import Path
from time import perf_counter, process_time
from typing import Any

import openpyxl
import xlsxwriter  # type: ignore[import-untyped]
from msgspec import Struct
from msgspec.structs import replace

from benchmarks.scrolling import GROUPS, NAME, ORGANISATIONS
from benchmarks.slides import Raw
from shuro_tui import content
from shuro_tui.core import matching, roles, several
from shuro_tui.core.comparison import Comparer, compare
from shuro_tui.core.family import speaks_of_family
from shuro_tui.core.group import Group
from shuro_tui.core.lookup import index
from shuro_tui.core.model import Millis
from shuro_tui.core.names import gist
from shuro_tui.core.session import Session
from shuro_tui.core.sheet import Row, Sheet
from shuro_tui.export import webpage, workbook
from shuro_tui.export.tables import report

ROWS = 20
ROUNDS = 5
CHANGES = 50
REPEATED = 10_000
DOWN, UP, RIGHT = "\x1b[B", "\x1b[A", "\x1b[C"
LINES = 36
"""Of the terminal."""

BAR = 16.0
"""Milliseconds: a frame."""

WORKSHOP = content.load(content.bundled())
CATALOGUE, CASE = WORKSHOP.catalogue, WORKSHOP.cases[0]
FILE = Path(__file__).parent.parent / "tests" / "core" / "names.tsv"
NAMES = [line.split("\t")[0] for line in FILE.read_text(encoding="utf-8").splitlines() if not line.startswith("#")]
CONTENTS = [row["content"] for row in CASE.rehearsal]

Written = tuple[tuple[Group, ...], tuple[Sheet, ...]]


class Figure(Struct, frozen=True):
    """A line of the table."""

    name: str
    measured: str
    floor: str
    bar: str
    holds: bool


def written(groups: int) -> Written:
    """Groups and their sheets, the same ones each time."""
    chance = random.Random(groups)  # noqa: S311 - the same sheets again are what comparing rounds wants

    def row(number: int) -> Row:
        content = f"{chance.choice(CONTENTS)} {chance.randrange(100)}"
        fields = {"organisation": chance.choice(NAMES), "content": content, "whom": chance.choice(("本人", "家族", ""))}
        return Row(f"r{number}", fields)

    ids = [f"g{number}" for number in range(1, groups + 1)]
    sheets = tuple(Sheet(CASE.id, group, tuple(map(row, range(ROWS)))) for group in ids)
    return tuple(Group(group, group) for group in ids), sheets


def forget() -> None:
    """As if no name had been seen."""
    for cache in (several.named, matching._match, matching._said, index, gist, roles._role, speaks_of_family):
        cache.cache_clear()


def took(work: Callable[[], object], before: Callable[[], object] = lambda: None, rounds: int = ROUNDS) -> float:
    """The best of some rounds, in milliseconds."""
    times = []
    for _ in range(rounds):
        before()
        begun = process_time()
        work()
        times.append(process_time() - begun)
    return min(times) * 1000


def walked(sheets: tuple[Sheet, ...]) -> dict[str, list[Row]]:
    """The rows by what was typed: what a comparison cannot be had for less than."""
    rows = defaultdict[str, list[Row]](list)
    for sheet in sheets:
        for row in sheet.rows:
            if not row.blank:
                rows[row.fields["organisation"]].append(row)
    return rows


def comparing() -> list[Figure]:
    """From nothing, and whether it stays in proportion."""
    (groups, sheets), few, many = written(1_000), written(100), written(10_000)
    gc.collect()
    gc.freeze()  # what was written is looked through for garbage by neither, as where a screen stands already
    floor = took(lambda: walked(sheets))
    whole = took(lambda: compare(CASE, CATALOGUE, groups, sheets), forget)
    growth = took(lambda: compare(CASE, CATALOGUE, *many)) / took(lambda: compare(CASE, CATALOGUE, *few)) / 100
    floor_growth = took(lambda: walked(many[1])) / took(lambda: walked(few[1])) / 100
    return [
        Figure("1,000 groups, from nothing", f"{whole:.1f} ms", f"{floor:.1f} ms", "under 150 ms", whole < 150),
        Figure(
            "10,000 to 100, a group", f"{growth:.2f} times", f"{floor_growth:.2f} times", "1.3 times", growth <= 1.3
        ),
    ]


def changing() -> list[Figure]:
    """One row of one group of a thousand, another each time."""
    groups, sheets = written(1_000)
    comparer, times = Comparer(CASE, CATALOGUE), []
    comparer.compare(groups, sheets)
    chance = random.Random(1)  # noqa: S311 - the same changes again
    for number in range(CHANGES):
        place = chance.randrange(len(sheets))
        row = replace(sheets[place].rows[number % ROWS], fields={"organisation": chance.choice(NAMES), "content": "新"})
        sheets = (*sheets[:place], sheets[place].write(row, 0), *sheets[place + 1 :])
        begun = process_time()
        found = comparer.compare(groups, sheets)
        times.append((process_time() - begun) * 1000)
    assert found == compare(CASE, CATALOGUE, groups, sheets)
    anew, middle = took(lambda: compare(CASE, CATALOGUE, groups, sheets)), statistics.median(times)
    return [
        Figure("one row changed, 1,000 groups", f"{middle:.2f} ms", f"{anew:.1f} ms anew", "under 5 ms", middle < 5)
    ]


def recognising() -> list[Figure]:
    """One name, not seen before and again."""
    matching.match("rapidfuzz is imported with the first near name", CATALOGUE)
    forget()
    matching.match("", CATALOGUE)
    cold = []
    for name in NAMES:
        begun = process_time()
        matching.match(name, CATALOGUE)
        cold.append((process_time() - begun) * 1000)
    # Its time would be lost in the clock's.
    again = took(lambda: [matching.match(NAMES[0], CATALOGUE) for _ in range(REPEATED)]) * 1000 / REPEATED
    looked_up = dict.fromkeys(NAMES, 0)
    floor = took(lambda: [looked_up[NAMES[0]] for _ in range(REPEATED)]) * 1000 / REPEATED
    middle, slowest = statistics.median(cold), statistics.quantiles(cold, n=100)[98]
    return [
        Figure("a name, cold: median", f"{middle:.3f} ms", "", "under 0.5 ms", middle < 0.5),
        Figure("a name, cold: 99th of 100", f"{slowest:.3f} ms", "", "under 0.5 ms", slowest < 0.5),
        Figure("a name, repeated", f"{again:.2f} µs", f"{floor:.2f} µs", "under 5 µs", again < 5),
    ]


def evening() -> Session:
    """A session whose hundred groups wrote 20 rows each for the first case."""
    groups, sheets = written(100)
    session = Session.new("evening", WORKSHOP, groups, {}, Millis(1_700_000_000_000))
    return replace(session, sheets={(sheet.case, sheet.group): sheet for sheet in sheets})


def exporting() -> list[Figure]:
    """The workbook, beside the same cells written bare; the web page. The report that both are made of counts."""
    session = evening()

    def of_session() -> bytes:
        return workbook.render(report(session, session.created_at))

    book = openpyxl.load_workbook(BytesIO(of_session()))
    cells = [[[cell.value for cell in row] for row in sheet.iter_rows()] for sheet in book.worksheets]
    del book
    gc.collect()
    gc.freeze()  # what the benchmark itself holds is looked through for neither
    rounds = [
        (took(of_session, gc.collect, rounds=1), took(lambda: bare(cells), gc.collect, rounds=1)) for _ in range(ROUNDS)
    ]
    sheets, floor = map(min, zip(*rounds, strict=True))
    page = webpage.render(report(session, session.created_at))
    shown = took(lambda: webpage.render(report(session, session.created_at)))
    return [
        Figure("sheets.xlsx, 100 groups", f"{sheets:.0f} ms", f"{floor:.0f} ms", "1.5 times", sheets <= 1.5 * floor),
        Figure("report.html, 100 groups", f"{shown:.0f} ms", "", "under 1,000 ms", shown < 1000),
        Figure("its size", f"{len(page) / 1e6:.2f} MB", "", "under 3 MB", len(page) < 3e6),
    ]


def bare(sheets: list[list[list[Any]]]) -> None:
    """What the library takes for these cells alone, the blank ones too, in one format."""
    with xlsxwriter.Workbook(BytesIO(), {"in_memory": True}) as book:
        style = book.add_format({"border": 1, "text_wrap": True})
        for rows in sheets:
            worksheet = book.add_worksheet()
            for number, row in enumerate(rows):
                for column, value in enumerate(row):
                    if isinstance(value, int):
                        worksheet.write_number(number, column, value, style)
                    else:
                        worksheet.write_string(number, column, value or "", style)


def shown(terminal: Raw, key: str, mark: str, times: int = 1) -> float:
    """Milliseconds from the key until a text has been written so many times."""
    wanted, read = mark.encode(), b""
    begun = perf_counter()
    terminal.type(key)
    while read.count(wanted) < times:
        read += terminal.take()
    taken = perf_counter() - begun
    terminal.drain()
    return taken * 1000


def scrolling() -> list[Figure]:
    """From key to paint."""
    with closing(program("matrix")) as matrix, closing(program("bare")) as bare:
        matrix.wait("V Compare")
        matrix.type("v")
        matrix.wait(f"/{GROUPS} ")
        bare.wait(NAME(0))
        for terminal in (matrix, bare):
            terminal.drain()
        down, floor = [], []
        for number in range(1, ORGANISATIONS):
            down.append(shown(matrix, DOWN, NAME(number), 2))
            if number < ORGANISATIONS - LINES:
                floor.append(shown(bare, DOWN, NAME(number + LINES - 1)))
        down += [shown(matrix, UP, NAME(number), 2) for number in reversed(range(ORGANISATIONS - 1))]
        across = [shown(matrix, RIGHT, f"{number}班: ") for number in range(2, GROUPS + 1)]
    return [_painted("matrix, down and up, p95", down, floor), _painted("matrix, across groups, p95", across, floor)]


def _painted(name: str, times: list[float], floor: list[float]) -> Figure:
    ours, least = (statistics.quantiles(each, n=20)[18] for each in (times, floor))
    return Figure(name, f"{ours:.1f} ms", f"{least:.1f} ms", "at most 16 ms", ours <= BAR)


def program(name: str) -> Raw:
    return Raw([], {}, program=("-m", "benchmarks.scrolling", name))


def main() -> int:
    """Print a line a figure; 1 when a bar does not hold."""
    parts = (comparing, changing, recognising, exporting, scrolling)
    figures = [figure for part in parts for figure in part()]
    print(f"{'figure':32} {'measured':>12}   {'floor':>13}   bar")
    for figure in figures:
        told = f"{figure.bar:14} {'holds' if figure.holds else 'DOES NOT HOLD'}"
        print(f"{figure.name:32} {figure.measured:>12}   {figure.floor:>13}   {told}")
    return int(not all(figure.holds for figure in figures))


if __name__ == "__main__":
    sys.exit(main())
