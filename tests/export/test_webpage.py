"""The report in a browser: it says nothing, runs nothing, reads to whoever listens, and prints."""

import re
import shutil
import subprocess
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from shuro_tui.core import commands as ask
from shuro_tui.core.group import Group
from shuro_tui.core.session import Session
from shuro_tui.core.sheet import CHARACTERS_AT_MOST, Row, Sheet
from shuro_tui.export.page_tables import ACROSS, UPRIGHT, parts
from tests.export.browser import PATIENCE, PROGRAM, Tab, opened
from tests.export.exported import export
from tests.export.test_export import HOSTILE, Page, every_row
from tests.export.test_other_programs import needs, run
from tests.export.written_session import after, evening, typed

needs_chromium = pytest.mark.skipif(PROGRAM is None, reason="not installed: chromium")

WIDE = "document.documentElement.scrollWidth"


@pytest.fixture(scope="module")
def tab(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Tab]:
    """A tab of Chromium."""
    with opened(tmp_path_factory.mktemp("profile")) as tab:
        yield tab


@pytest.fixture(scope="module")
def axe(tmp_path_factory: pytest.TempPathFactory) -> str:
    """Deque's rules for accessible pages, fetched for the tests alone."""
    folder = tmp_path_factory.mktemp("axe")
    if shutil.which("npm") is None:
        pytest.skip("not installed: npm")
    fetched = ("npm", "install", "--no-save", "--ignore-scripts", "--prefix", str(folder), "axe-core@4")
    if subprocess.run(fetched, capture_output=True, timeout=PATIENCE, check=False).returncode:
        pytest.skip("npm cannot fetch axe-core")
    return (folder / "node_modules" / "axe-core" / "axe.min.js").read_text(encoding="utf-8")


def many(groups: int) -> Session:
    """A session in which every group wrote a row for the first case."""
    own = tuple(Group(f"g{number}", f"{number}班") for number in range(1, groups + 1))
    row = Row("r1", {"organisation": "ハローワーク", "content": "専門窓口での職業相談", "whom": "本人"})
    return replace(evening(), groups=own, sheets={("a", each.id): Sheet("a", each.id, (row,)) for each in own})


def hostile() -> Session:
    """A session in which everything that a person may type tries to be something else."""
    session = typed(every_row(*HOSTILE, "W" * CHARACTERS_AT_MOST), HOSTILE[6])
    case = replace(session.workshop.cases[0], title=HOSTILE[8])
    return replace(session, workshop=replace(session.workshop, title=HOSTILE[6], cases=(case,)))


def shown(tab: Tab, folder: Path, session: Session) -> None:
    """Open the report of a session."""
    (folder / "report.html").write_bytes(export(session, "html"))
    tab.show(folder / "report.html")


@needs_chromium
@pytest.mark.parametrize("session", [evening(), many(50)], ids=["evening", "50 groups"])
def test_a_report_is_accessible(session: Session, tab: Tab, axe: str, tmp_path: Path) -> None:
    """No rule of axe-core is broken, wide or narrow, and the console is empty."""
    shown(tab, tmp_path, session)
    tab.value(f"{axe}\n;0")
    for width in (1200, 360):
        tab.size(width)
        assert tab.value("axe.run().then(run => run.violations.map(each => each.id + ' ' + each.nodes[0].html))") == []
    assert tab.said == []


@needs_chromium
def test_whatever_is_typed_is_inert(tab: Tab, axe: str, tmp_path: Path) -> None:
    """No script runs, nothing is asked for, and a word of 2,000 letters leaves the page as wide as its window."""
    shown(tab, tmp_path, hostile())
    assert tab.said == []
    assert tab.value("document.scripts.length + document.images.length + document.links.length") == tab.value(
        "document.querySelectorAll('a[href^=\"#\"]').length"
    )
    for width in (1200, 360):
        tab.size(width)
        assert tab.value(WIDE) == width
    tab.value(f"{axe}\n;0")
    assert tab.value("axe.run().then(run => run.violations.map(each => each.id + ' ' + each.nodes[0].html))") == []


@needs_chromium
@needs("pdfinfo", "pdftotext")
@pytest.mark.parametrize("groups", [3, 12, 50])
def test_a_report_prints_on_a4(groups: int, tab: Tab, tmp_path: Path) -> None:
    """Upright; across where there is a column for more than a dozen groups; every group is in the matrix on paper."""
    shown(tab, tmp_path, many(groups))
    (tmp_path / "report.pdf").write_bytes(tab.printed())
    sizes = re.findall(r"size: +(\d+)[.\d]* x (\d+)", run("pdfinfo", "-l", "999", tmp_path / "report.pdf"))
    assert {tuple(sorted(size)) for size in sizes} == {("594", "841")}
    paper = run("pdftotext", "-layout", tmp_path / "report.pdf", "-")
    heads = "".join(re.findall(r"^分野 .*$", paper, re.MULTILINE))
    heads = re.sub(r"(\d) +班", r"\1班", heads)  # pdftotext sees a gap between the fonts of the two
    assert all(f"{number}班" in heads for number in range(1, groups + 1))


@needs_chromium
@needs("pdftotext")
def test_heads_are_repeated_on_every_page_of_a_table(tab: Tab, tmp_path: Path) -> None:
    """A sheet of 120 rows takes several pages, and each begins with the heads of its columns."""
    rows = [{"organisation": "社協", "content": f"相談 {number}"} for number in range(120)]
    shown(tab, tmp_path, typed(rows))
    (tmp_path / "report.pdf").write_bytes(tab.printed())
    pages = run("pdftotext", "-layout", tmp_path / "report.pdf", "-").split("\f")
    sheet = [page for page in pages if len(re.findall(r"^ *社協 +相談 \d+", page, re.MULTILINE)) > 3]
    assert len(sheet) > 2
    assert all("連携機関名" in page for page in sheet)


def test_headings_and_tables_are_named() -> None:
    """One h1, no level left out; every table has a caption and a scope for each head."""
    page = export(evening(), "html").decode()
    levels = [int(level) for level in re.findall(r"<h(\d)", page)]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(below - above <= 1 for above, below in pairwise(levels))
    assert page.count("<table") == page.count("<caption>")
    assert all("scope=" in head for head in re.findall(r"<th\b[^>]*>", page))


def test_the_summary_says_who_and_how_much() -> None:
    """Cases with the groups that wrote, the sheets that were submitted and the rows."""
    written = Page(export(evening(), "html")).tables
    assert ["事例1 Aさん", "2", "1", "4"] in [row[:4] for rows in written.values() for row in rows]


def test_marks_and_comments_stand_among_the_notes() -> None:
    """With the group and the row that they are about; a message that stands comes before them."""
    marked = ask.MarkRow("a", "g1", "r1", True, "なぜ一番に?")
    session = after(evening(), [(37, None, ask.Announce("あと5分")), (38, None, marked)])
    notes = next(rows for rows in Page(export(session, "html")).tables.values() if "全員" in str(rows))
    assert notes[1:] == [["全員", "あと5分"], ["1班 · 事例1 Aさん · ハローワーク", "★ なぜ一番に?"]]


def test_numbers_of_the_heat_map_are_darker_the_more() -> None:
    """The field that a group named most often has the darkest grey, what is none has none."""
    page = export(many(3), "html").decode()
    assert page.count('<td class="s4">1</td>') == 3
    assert '<td class="s0">0</td>' in page
    assert "s1" not in re.findall(r'<td class="(s\d)">', page)


@given(st.integers(0, 1_000))
def test_every_group_has_a_column(groups: int) -> None:
    """In exactly one part, in order, and no part is wider than a page."""
    columns = list(range(groups))
    assert [column for part in parts(groups) for column in columns[part]] == columns
    widest = max(len(columns[part]) for part in parts(groups))
    assert widest <= (UPRIGHT if groups <= UPRIGHT else ACROSS)
