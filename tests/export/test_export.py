"""Exports, read back with other people's readers."""

import csv
import json
import os
import stat
import zipfile
from html.parser import HTMLParser
from io import BytesIO, StringIO
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from msgspec.structs import replace

from shuro_tui.core import commands as ask
from shuro_tui.core.group import Group
from shuro_tui.core.session import Session
from shuro_tui.core.sheet import clean
from shuro_tui.export import FORMATS, makeable, write
from shuro_tui.export.files import rendered
from tests.export.exported import NOW, cells, export, form_rows, workbook
from tests.export.written_session import KEY, after, evening, new_session, typed, workshop

Fields = dict[str, str]
NAMES = ("sheets.xlsx", "report.html", "answers.csv", "report.md", "session.json")
ECOMAPS = ("ecomap-a.svg", "ecomap-a.g1.svg", "ecomap-a.g2.svg", "ecomap-b.svg", "ecomap-b.g2.svg")
HOSTILE = (
    "=cmd|'/C calc'!A0",
    "@SUM(1+1)",
    "+1",
    "-1",
    "＝1+1",
    "\t=1",
    "<script>alert(1)</script>",
    "]]>",
    "--><img src=x onerror=alert(1)>",
    "&lt;b&gt; &#60;",
    "\x1b]0;title\x07\x1b[31mred",
    "\u202eevil\u2066",
    "字" * 2_000,
    "a|b\\|c\n| d | e |",
    "`code` **bold** _it_ [x](http://example.com) ![y](z) ~~s~~ $m$",
    "http://example.com www.example.com a@example.com :smile:",
    "- item",
    "1. item",
    "# heading",
    "_x0041_",
    "\ufffe\uffff",
    "'=1",
    "007",
    "true",
)

letters = st.characters(exclude_categories=["Cs"])
texts = st.one_of(st.text(letters, max_size=30), st.sampled_from(HOSTILE)).map(clean)
rows = st.lists(st.builds(lambda name, content: {"organisation": name, "content": content}, texts, texts), max_size=6)


class Page(HTMLParser):
    """What a browser makes of the report: the tags it meets, and tables by caption."""

    def __init__(self, data: bytes) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.tables: dict[str, list[list[str]]] = {}
        self._text: list[str] = []
        self.feed(data.decode())

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Begin a row or a text."""
        self.tags.add(tag)
        if tag in ("caption", "td", "th"):
            self._text = []
        elif tag == "br":
            self._text.append("\n")
        elif tag == "tr":
            list(self.tables.values())[-1].append([])

    def handle_data(self, data: str) -> None:
        """Gather text."""
        self._text.append(data)

    def handle_endtag(self, tag: str) -> None:
        """A cell or a caption is whole."""
        if tag == "caption":
            self.tables["".join(self._text)] = []
        elif tag in ("td", "th"):
            list(self.tables.values())[-1][-1].append("".join(self._text))


def markdown_page(session: Session) -> str:
    """The report as a Markdown viewer shows it."""
    viewer = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"])
    return str(viewer.render(export(session, "md").decode()))


def test_every_format_is_written_for_this_user_alone(tmp_path: Path) -> None:
    """The folder is made; names are fixed; a second export replaces the first."""
    names = (*NAMES, *ECOMAPS, *(["report.pdf"] if "pdf" in makeable() else []))
    for _time in range(2):
        written = write(evening(), tmp_path / "a" / "b")
        assert written == tuple(tmp_path / "a" / "b" / name for name in names)
    assert sorted(path.name for path in (tmp_path / "a" / "b").iterdir()) == sorted(names)
    assert {stat.S_IMODE(path.stat().st_mode) for path in written} == {0o600}


def test_only_the_chosen_formats_are_written(tmp_path: Path) -> None:
    """A format named twice is written once."""
    assert write(evening(), tmp_path, ["csv", "md", "csv"]) == (tmp_path / "answers.csv", tmp_path / "report.md")
    with pytest.raises(KeyError):
        write(evening(), tmp_path, ["docx"])


def test_an_export_that_cannot_be_written_leaves_the_last_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A file is whole or as it was."""

    def fail(*_arguments: object) -> None:
        raise OSError(28, "No space left on device")

    (path,) = write(evening(), tmp_path, ["json"])
    before = path.read_bytes()
    monkeypatch.setattr(os, "fsync", fail)
    with pytest.raises(OSError, match="No space left"):
        write(new_session(), tmp_path, ["json"])
    assert path.read_bytes() == before
    assert list(tmp_path.iterdir()) == [path]


def every_row(*examples: str) -> list[Fields]:
    """One row for each text, as a name and as a content."""
    return [{"organisation": clean(text), "content": clean(f"{text}{number}")} for number, text in enumerate(examples)]


@settings(max_examples=30, deadline=None)
@given(rows)
@example(every_row(*HOSTILE))
def test_the_workbook_holds_every_row_as_it_was_typed(written: list[Fields]) -> None:
    """Once in the worksheet of its group, once among all entries, as text and nothing else."""
    sheets = workbook(typed(written))
    expected = [
        [text.replace("\ufffe", "\ufffd").replace("\uffff", "\ufffd") for text in fields.values()] for fields in written
    ]
    on_sheet = [row[:2] for row in form_rows(sheets["1班 事例1 Aさん"])]
    assert on_sheet[: len(expected)] == expected
    assert not any(any(row) for row in on_sheet[len(expected) :])  # a blank sheet has rows to write on
    assert [row[4:6] for row in cells(sheets["全記入"], 2)] == expected
    counted = {name for name in sheets if name.startswith(("比較 ", "分野別の件数 "))}
    assert {cell.data_type for sheet in sheets.values() for row in sheet.iter_rows() for cell in row} <= {"s", "n"}
    assert not any(
        cell.hyperlink or (name not in counted and isinstance(cell.value, (int, float, bool)))
        for name, sheet in sheets.items()
        for row in sheet.iter_rows()
        for cell in row
    )


@settings(max_examples=60, deadline=None)
@given(rows)
@example(every_row(*HOSTILE))
def test_the_csv_holds_every_row_and_no_formula(written: list[Fields]) -> None:
    """A strict reader finds each row once; what could start a formula stands behind an apostrophe."""
    data = export(typed(written), "csv")
    assert data.startswith(b"\xef\xbb\xbf")
    read = list(csv.reader(StringIO(data.decode("utf-8-sig"), newline=""), strict=True))
    assert read[0][:4] == ["グループ", "事例", "番号", "行"]
    assert not any(
        cell.startswith(("=", "+", "-", "@", "＝", "＋", "－", "＠", "\t", "\n")) for row in read for cell in row
    )
    unarmed = [
        [cell[1:] if cell != text else cell for cell, text in zip(row[4:6], fields.values(), strict=True)]
        for row, fields in zip(read[1:], written, strict=True)
    ]
    assert unarmed == [list(fields.values()) for fields in written]


def test_records_of_the_csv_end_as_excel_wants_it() -> None:
    """CRLF between records; a line break inside a cell stays what it is."""
    text = export(evening(), "csv").decode("utf-8-sig")
    assert text.endswith("\r\n")
    assert "専門窓口での職業相談\n求人の開拓" in text
    assert text.count("\r\n") == 6


@settings(max_examples=60, deadline=None)
@given(rows)
@example(every_row(*HOSTILE))
def test_the_json_holds_every_row_to_the_letter(written: list[Fields]) -> None:
    """Other programs get what was typed, in its order."""
    (sheet,) = [sheet for sheet in json.loads(export(typed(written), "json"))["sheets"] if sheet["rows"]] or [
        {"rows": []}
    ]
    assert [row["fields"] for row in sheet["rows"]] == written
    assert [row["position"] for row in sheet["rows"]] == list(range(len(written)))


@settings(max_examples=60, deadline=None)
@given(rows)
@example(every_row(*HOSTILE))
def test_the_web_page_shows_every_row_as_text(written: list[Fields]) -> None:
    """No tag comes from what was typed, and each row stands once in the table of its group."""
    page = Page(export(typed(written), "html"))
    caption = next(caption for caption in page.tables if caption.startswith("1班"))
    assert [row[:2] for row in page.tables[caption][1:]] == [list(fields.values()) for fields in written]
    assert page.tags <= Page(export(evening(), "html")).tags


@settings(max_examples=60, deadline=None)
@given(rows)
@example(every_row(*HOSTILE))
def test_the_markdown_shows_every_row_as_text(written: list[Fields]) -> None:
    """In a viewer that lets HTML through, only our own line breaks and tables are markup."""
    shown = markdown_page(typed(written))
    assert Text(shown).tags <= Text(markdown_page(evening())).tags
    squeezed = "".join(Text(shown).text.split())
    for fields in written:
        for text in fields.values():
            assert "".join(text.split()) in squeezed


class Text(HTMLParser):
    """The text of a page, and its tags."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.text = ""
        self.tags: set[str] = set()
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Gather a tag."""
        self.tags.add(tag)

    def handle_data(self, data: str) -> None:
        """Gather text."""
        self.text += data


@pytest.mark.parametrize("chosen", makeable())
def test_no_export_holds_a_key(chosen: str) -> None:
    """Neither keys of groups nor names of terminals leave the session file."""
    session = replace(evening(), heard={"secret-terminal": 7})
    data = export(session, chosen)
    if chosen == "xlsx":
        with zipfile.ZipFile(BytesIO(data)) as file:
            data = b"".join(file.read(name) for name in file.namelist())
    assert KEY.encode() not in data
    assert b"secret-terminal" not in data


@pytest.mark.parametrize("chosen", makeable())
def test_no_export_holds_the_model_answer(chosen: str) -> None:
    """Exports are handed out; it is shown when the facilitator says so, and stays in the workshop's own files."""
    case = replace(workshop().cases[0], model=({"organisation": "hidden-answer", "content": "hidden-content"},))
    session = replace(evening(), workshop=replace(workshop(), cases=(case, *workshop().cases[1:])))
    data = export(session, chosen)
    if chosen == "xlsx":
        with zipfile.ZipFile(BytesIO(data)) as file:
            data = b"".join(file.read(name) for name in file.namelist())
    assert b"hidden-" not in data


@pytest.mark.parametrize(
    "session",
    [
        new_session(),
        replace(new_session(), groups=()),
        replace(new_session(), workshop=replace(workshop(), cases=(), course="")),
        after(new_session(), [(0, None, ask.Start())]),
        after(new_session(), [(0, None, ask.Start()), (3, None, ask.Pause())]),
        after(new_session(), [(0, None, ask.Start()), (3, None, ask.Finish())]),
    ],
    ids=["never started", "no groups", "no cases", "running", "paused", "ended early"],
)
def test_a_session_exports_wherever_it_stands(session: Session) -> None:
    """Every format has something to show, and every group is there, with its blank sheet."""
    files = rendered(session, [each for each in FORMATS if each != "pdf"], NOW)
    assert set(files) == {*NAMES, *(f"ecomap-{case.id}.svg" for case in session.workshop.cases)}
    for name in NAMES[1:]:
        files[name].decode()
    assert len(workbook(session)) == 4 + len(session.workshop.cases) * (len(session.groups) + 2)
    assert [sheet["rows"] for sheet in json.loads(files["session.json"])["sheets"]] == [[]] * (
        len(session.workshop.cases) * len(session.groups)
    )


def test_a_blank_sheet_says_so() -> None:
    """Whoever reads the exports can tell a blank sheet from a lost one."""
    assert ["状態", "記入なし", ""] in cells(workbook(evening())["3班 事例1 Aさん"])
    assert "3班 (記入なし)" in Page(export(evening(), "html")).tables
    assert "### 3班 (記入なし)" in export(evening(), "md").decode()


def test_a_worksheet_has_the_form_of_the_handout() -> None:
    """Course, case, group, day and a warning on top, the head repeated on each page, A4 upright, one page wide."""
    sheet = workbook(evening())["1班 事例1 Aさん"]
    assert cells(sheet) == [
        ["技術向上研修 基礎", "", ""],
        ["事例1 Aさん", "", ""],
        ["どの機関とどう連携しますか。\n年齢: 48歳\n…", "", ""],
        ["グループ", "1班", ""],
        ["日付", "2023-11-15", ""],
        ["状態", "提出済み", ""],
        ["実在の個人情報を書かないでください。", "", ""],
        ["連携機関名", "連携内容", "誰への支援か"],
        ["ハローワーク", "専門窓口での職業相談\n求人の開拓", "本人"],
        ["支援センター", "", ""],
    ]
    assert sheet.print_title_rows == "$8:$8"
    assert sheet.print_area == "'1班 事例1 Aさん'!$A$1:$C$10"
    assert (sheet.page_setup.paperSize, sheet.page_setup.orientation) == (9, "portrait")
    assert (sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight) in ((None, 0), (1, 0))
    assert sheet.oddFooter is not None
    assert sheet.oddFooter.center.text == "&P / &N"
    assert sheet["A9"].alignment.wrap_text
    assert sheet["A9"].border.left.style == "thin"


def test_counts_are_numbers_in_colours_from_none_to_most() -> None:
    """Who named an organisation how often, and how many entries a field has; the whole stands at the end."""
    sheets = workbook(evening())
    matrix, coverage = sheets["比較 事例1 Aさん"], sheets["分野別の件数 事例1 Aさん"]
    assert [[cell.value for cell in row] for row in matrix["A1:F2"]] == [
        ["分野", "機関", "1班", "2班", "3班", "挙げた班"],
        ["就労", "公共職業安定所", 1, 1, 0, 2],
    ]
    assert [[cell.value for cell in row] for row in coverage["A1:E3"]] == [
        ["分野", "1班", "2班", "3班", "合計"],
        ["就労", 1, 1, 0, 2],
        ["地域", 0, 1, 0, 1],
    ]
    (shades,) = matrix.conditional_formatting
    assert str(shades.sqref) == "C2:E6"


def test_findings_stand_with_the_entries_behind_them() -> None:
    """Who wrote what, a line each."""
    table = cells(workbook(evening())["気づき"], 2)
    (different,) = (row[3] for row in table if "別のこと" in row[1] or "違う" in row[1])
    assert different == "1班: ハローワーク 専門窓口での職業相談 求人の開拓\n2班: 公共職業安定所 トライアル雇用"


def test_heads_stay_in_view() -> None:
    """The matrix keeps its organisations and groups in view, the list of entries its head."""
    sheets = workbook(evening())
    assert sheets["比較 事例1 Aさん"].freeze_panes == "C2"
    assert sheets["全記入"].freeze_panes == "A2"


@settings(max_examples=50, deadline=None)
@given(st.lists(st.text(letters, max_size=40), min_size=2, max_size=4))
@example(["[1]:*?/\\", "[2]:*?/\\", "'1班'", ""])
@example(["長い名前のグループ" * 5, "長い名前のグループ" * 5, "ABC", "abc"])
@example(["𠮷" * 40, "𠮷" * 40])
def test_names_of_worksheets_are_those_that_excel_takes(names: list[str]) -> None:
    """At most 31 units of UTF-16, none of []:*?/\\, no apostrophe at an end, each another."""
    groups = tuple(Group(f"g{number}", name) for number, name in enumerate(names))
    sheets = workbook(replace(new_session(), groups=groups))
    assert len(sheets) == 2 * (len(groups) + 2) + 4
    assert len({name.casefold() for name in sheets}) == len(sheets)
    for name in sheets:
        assert 0 < len(name.encode("utf-16-le")) <= 62
        assert not set(name) & set("[]:*?/\\")
        assert name.strip("'") == name


def test_entries_carry_the_name_in_the_catalogue_and_the_local_time() -> None:
    """The matched organisation stands beside what was typed; what is not settled has none."""
    table = cells(workbook(evening())["全記入"])
    assert table[0] == [
        "グループ",
        "事例",
        "番号",
        "行",
        "連携機関名",
        "連携内容",
        "誰への支援か",
        "資源一覧の機関名",
        "更新",
        "取り上げる",
        "コメント",
    ]
    assert [(row[0], row[2], row[4], row[7], row[8]) for row in table[1:4]] == [
        ("1班", "1", "ハローワーク", "公共職業安定所", "2023-11-15T07:27:20+09:00"),
        ("1班", "2", "支援センター", "", "2023-11-15T07:30:20+09:00"),
        ("2班", "1", "公共職業安定所", "公共職業安定所", "2023-11-15T07:28:20+09:00"),
    ]


@pytest.mark.parametrize("name", ["report.md", "report.html"])
def test_the_report_reads_as_it_did(name: str) -> None:
    """The report of a small evening, to the letter; SHURO_TUI_GOLDENS=write takes a change over."""
    golden = Path(__file__).parent / "goldens" / name
    data = rendered(evening(), ["md", "html"], NOW)[name]
    if os.environ.get("SHURO_TUI_GOLDENS") == "write":
        golden.parent.mkdir(exist_ok=True)
        golden.write_bytes(data)
    assert data.decode() == golden.read_bytes().decode()


def talked_about(revealed: bool = True) -> Session:
    """The evening with a marked and commented row, and a case that has a model answer."""
    case = replace(workshop().cases[0], model=({"organisation": "模範の会", "content": "模範の中身"},))
    session = replace(evening(), workshop=replace(workshop(), cases=(case, *workshop().cases[1:])))
    marked: list[tuple[int, str | None, ask.Command]] = [(38, None, ask.MarkRow("a", "g1", "r1", True, "なぜ一番に?"))]
    shown: list[tuple[int, str | None, ask.Command]] = [(39, None, ask.RevealModel("a"))]
    return after(session, marked + (shown if revealed else []))


@pytest.mark.parametrize("chosen", ["html", "md"])
def test_the_matrix_has_a_star_where_a_row_is_marked(chosen: str) -> None:
    """And says below its heading what that means; no other group's cell has one."""
    page = export(talked_about(), chosen).decode()
    line = next(line for line in page.replace("<wbr>", "").splitlines() if "公共職業安定所" in line and "●" in line)
    assert line.count("★") == 1
    assert "● 挙げた" in page.replace("<wbr>", "")


def test_a_count_of_the_workbook_has_a_star_where_a_row_is_marked() -> None:
    """It stays a number; the star is in its format."""
    matrix = next(sheet for name, sheet in workbook(talked_about()).items() if name.startswith("比較"))
    starred = [cell.value for row in matrix.iter_rows() for cell in row if "★" in cell.number_format]
    assert starred == [1]


@pytest.mark.parametrize("chosen", ["html", "md"])
def test_comments_stand_among_what_a_reader_reads(chosen: str) -> None:
    """Behind the findings in the web page, among the notes in both."""
    page = export(talked_about(), chosen).decode().replace("<wbr>", "")
    assert page.count("なぜ一番に?") >= (2 if chosen == "html" else 1)


@pytest.mark.parametrize("chosen", ["html", "md"])
@pytest.mark.parametrize("revealed", [True, False])
def test_the_model_answer_stands_in_what_is_handed_out_once_it_is_revealed(chosen: str, revealed: bool) -> None:
    """As a column of the matrix, and in full after the sheets; nowhere before."""
    page = export(talked_about(revealed), chosen).decode().replace("<wbr>", "")
    assert ("模範解答" in page, "模範の会" in page, "模範の中身" in page) == (revealed,) * 3


@pytest.mark.parametrize("revealed", [True, False])
def test_the_workbook_has_the_model_answer_once_it_is_revealed(revealed: bool) -> None:
    """As a column of counts before the total, and on a worksheet of its own."""
    sheets = workbook(talked_about(revealed))
    matrix = next(sheet for name, sheet in sheets.items() if name.startswith("比較"))
    answered = [row[-2] for row in cells(matrix, 2) if row[1] == "模範の会"]
    assert ("模範解答" in cells(matrix)[0], answered) == (revealed, ["1"] if revealed else [])
    assert any(name.startswith("模範解答") for name in sheets) == revealed


def test_the_session_as_json_never_holds_the_model_answer() -> None:
    """It goes to other machines, where nothing was revealed."""
    assert "模範" not in export(talked_about(), "json").decode()
