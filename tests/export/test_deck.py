"""The printed deck as a browser reads it: complete, in order, and with nothing that takes effect."""

import re
import sys
from html.parser import HTMLParser
from pathlib import Path
from typing import get_args

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from shuro_tui import content
from shuro_tui.core.blocks import (
    Block,
    Branch,
    Code,
    Columns,
    Flow,
    Heading,
    Image,
    Item,
    Items,
    Kind,
    Lanes,
    Map,
    Paragraph,
    Pause,
    Quote,
    Run,
    Span,
    Spans,
    Stage,
    Table,
)
from shuro_tui.core.linebreak import phrases
from shuro_tui.core.links import addresses
from shuro_tui.core.model import MINUTE, Millis, Segment, Slide, Step, Workshop
from shuro_tui.export import deck
from shuro_tui.i18n import _
from tests.export.browser import opened as browser
from tests.export.test_other_programs import needs, run
from tests.export.test_webpage import needs_chromium
from tests.pictures import png

PIXEL = (
    b"GIF89a\x01\x00\x01\x00\x80\x00\x00\x00\x00\x00\xff\xff\xff,\x00\x00\x00\x00\x01\x00\x01\x00\x00\x02\x02D\x01\x00;"
)
VOID = {"meta", "br", "wbr", "img"}
HOSTILE = (
    "<script>alert(1)</script>",
    '" onerror="alert(1)',
    "'><img src=x>",
    "--><style>*{}</style>",
    "&lt;b&gt; &#60;",
    "</pre></section></html>",
)


class Page(HTMLParser):
    """What a browser makes of a file. Tags that are not closed in their order fail."""

    def __init__(self, data: bytes) -> None:
        super().__init__()
        self.text = ""
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.headings: list[int] = []
        self._open: list[str] = []
        self.feed(data.decode())
        self.close()
        assert not self._open

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Gather a tag; a line break is one."""
        self.tags.append((tag, dict(attrs)))
        if tag not in VOID:
            self._open.append(tag)
        if tag == "br":
            self.text += "\n"
        if tag[0] == "h" and tag[1:].isdigit():
            self.headings.append(int(tag[1:]))

    def handle_endtag(self, tag: str) -> None:
        """Close what is open."""
        assert self._open.pop() == tag

    def handle_data(self, data: str) -> None:
        """Gather text, but no styles."""
        if self._open[-1:] != ["style"]:
            self.text += data

    def all(self, tag: str) -> list[dict[str, str | None]]:
        """The attributes of every such tag."""
        return [attributes for name, attributes in self.tags if name == tag]


def spans(text: str, link: str = "") -> Spans:
    """A run of plain text."""
    return (Span(text, link=link),)


def workshop(*blocks: Block, notes: str = "") -> Workshop:
    """A workshop of one segment with one slide, and a segment without any."""
    slide = Slide("題", blocks, notes, "slides/a.md", 1, Millis(90_000), optional=True)
    segments = (
        Segment("a", "講義", Millis(10 * MINUTE), Millis(MINUTE), (slide,), notes="項目のノート"),
        Segment("b", "休憩", Millis(10 * MINUTE), Millis(MINUTE), ()),
    )
    return Workshop("small", "地域の就労支援機関と役割", "ja", segments, course="基礎研修")


def page(*blocks: Block, notes: bool = False, root: Path = Path("nowhere")) -> Page:
    """The deck with one slide, read."""
    return Page(deck.render(workshop(*blocks, notes="話す:\n今日のこと"), root, notes=notes))


def source(block: Block) -> str:
    """The words of a block in the order in which they are read."""
    match block:
        case Heading() | Paragraph():
            return words(block.spans)
        case Items():
            return "".join(words(item.spans) + (source(item.below) if item.below else "") for item in block.items)
        case Quote():
            return "".join(map(words, block.paragraphs))
        case Code():
            return "".join(run.text for run in block.runs)
        case Table():
            return "".join(words(cell) for row in (block.head, *block.rows) for cell in row)
        case Image():
            return block.alt or block.source
        case Map():
            return block.centre + branches(block.fields)
        case Flow():
            return "".join(stage.title + stage.text for stage in block.stages)
        case Lanes():
            return branches(block.lanes)
        case Columns():
            return "".join(source(one) for column in block.columns for one in column)
        case Pause():
            return ""


def words(run: Spans) -> str:
    """The text of a run, each link with its address."""
    return "".join(
        span.text + (f"({address})" if address else "") for span, address in zip(run, addresses(run), strict=True)
    )


def branches(lists: tuple[Branch, ...]) -> str:
    """Titles and entries."""
    return "".join(part for each in lists for part in (each.title, *each.entries))


def dense(text: str) -> str:
    """A text without its spaces, which HTML may add and drop."""
    return "".join(text.split())


texts = st.one_of(st.text("支援機関をつなぐ、。「」abc<>&\"' \n", max_size=20), st.sampled_from(HOSTILE))
links = st.sampled_from(("", "https://x.jp/?a=1&b", "javascript:alert(1)", 'https://x.jp/"onclick="a'))
runs = st.lists(st.builds(Span, texts, st.booleans(), st.booleans(), st.booleans(), links), max_size=3).map(tuple)
lists_of_texts = st.lists(st.builds(Branch, texts, st.lists(texts, max_size=3).map(tuple)), max_size=3).map(tuple)
flat = st.builds(Items, st.lists(st.builds(Item, runs), max_size=3).map(tuple), st.booleans(), st.integers(0, 99))
rows = st.tuples(runs, runs)
simple: st.SearchStrategy[Block] = st.one_of(
    st.builds(Heading, st.integers(1, 6), runs),
    st.builds(Paragraph, runs),
    flat,
    st.builds(Items, st.lists(st.builds(Item, runs, flat), max_size=2).map(tuple), st.booleans()),
    st.builds(Quote, st.lists(runs, max_size=2).map(tuple)),
    st.builds(Code, st.lists(st.builds(Run, texts, st.sampled_from(get_args(Kind))), max_size=3).map(tuple), texts),
    st.builds(Table, rows, st.lists(rows, max_size=2).map(tuple)),
    st.builds(Image, texts, texts),
    st.builds(Map, texts, lists_of_texts),
    st.builds(Flow, st.lists(st.builds(Stage, texts, texts), max_size=6).map(tuple)),
    st.builds(Lanes, lists_of_texts),
    st.just(Pause()),
)
columns = st.builds(Columns, st.lists(st.lists(simple, max_size=2).map(tuple), min_size=1, max_size=3).map(tuple))
slides = st.lists(st.one_of(simple, columns), max_size=4).map(tuple)


@given(slides, st.booleans())
@settings(deadline=None, max_examples=150)
def test_every_word_stands_there_in_order_and_nothing_takes_effect(blocks: tuple[Block, ...], notes: bool) -> None:
    """Whatever stands on a slide is text; addresses lead only where somebody clicks, headings skip no level."""
    read = page(*blocks, notes=notes)
    assert dense("".join(map(source, blocks))) in dense(read.text)
    assert not {tag for tag, _ in read.tags} & {"script", "img", "iframe", "link", "svg"}
    assert not any(name.startswith("on") for _, attributes in read.tags for name in attributes)
    assert all(str(link["href"]).startswith("https://") for link in read.all("a"))
    assert not any("src" in attributes for _, attributes in read.tags)
    assert read.headings.count(1) == 1
    assert all(after <= before + 1 for before, after in zip(read.headings, read.headings[1:], strict=False))


@pytest.mark.parametrize("notes", [False, True])
def test_the_bundled_deck_is_complete(notes: bool) -> None:
    """Every slide of the lecture, word for word, under its segment; notes stand only in the file that is named so."""
    lecture = content.load(content.bundled())
    read = Page(deck.render(lecture, content.bundled().parent.parent, notes=notes))
    shown = dense(read.text)
    at = 0
    for segment in lecture.segments:
        for slide in segment.slides:
            for block in slide.blocks:
                at = shown.index(dense(source(block)), at)
            assert (dense(slide.notes) in shown) == (notes or not slide.notes)
        assert dense(segment.title) in shown


def test_lines_break_between_phrases_only() -> None:
    """A <wbr> stands between phrases, also where a style begins inside one; a line break of the slide is one."""
    text = "就労支援機関をつなぐ力を身につける"
    parts = phrases(text)
    assert len(parts) > 2
    html = deck.render(workshop(Paragraph(spans(text))), Path("nowhere"), notes=False).decode()
    assert f"<p>{'<wbr>'.join(parts)}</p>" in html
    split = Paragraph((Span(text[:2], bold=True), Span(text[2:] + "\nと書く")))
    html = deck.render(workshop(split), Path("nowhere"), notes=False).decode()
    styled = "<wbr>".join(parts).replace(text[:2], f"<strong>{text[:2]}</strong>", 1)
    assert styled + "<br>" in html.replace("<wbr><br>", "<br>")
    assert "word-break: keep-all" in html
    assert '<html lang="ja">' in html


def test_only_addresses_of_the_web_and_of_mail_are_links() -> None:
    """Any other address is text that leads nowhere."""
    block = Paragraph(
        tuple(
            Span("つなぐ", link=link) for link in ("https://a.jp", "MAILTO:a@b.jp", "javascript:a()", "data:,x", "a.md")
        )
    )
    read = page(block)
    assert [link["href"] for link in read.all("a")] == ["https://a.jp", "MAILTO:a@b.jp"]
    assert "(a.jp)つなぐ (a@b.jp)つなぐ (javascript:a())つなぐ (data:,x)つなぐ (a.md)" in read.text


def test_a_picture_of_the_folder_is_part_of_the_file(tmp_path: Path) -> None:
    """It is found from the file of slides, by its name as Markdown writes it; quotes in its alt text stay text."""
    (tmp_path / "slides").mkdir()
    (tmp_path / "slides" / "図 1.gif").write_bytes(PIXEL)
    read = page(Image('5"の<図>', "%E5%9B%B3%201.gif"), root=tmp_path)
    (picture,) = read.all("img")
    assert str(picture["src"]).startswith("data:image/gif;base64,R0lGOD")
    assert picture["alt"] == '5"の<図>'


@pytest.mark.parametrize(
    "named", ["none.png", "../../out.gif", "https://x.jp/a.png", "a.html", "\0.png", "folder.png", "huge.png"]
)
def test_what_is_no_picture_of_the_folder_is_its_alt_text(named: str, tmp_path: Path) -> None:
    """Missing, outside, from the network, of another kind, no file or too large: nothing is loaded."""
    root = tmp_path / "mine"
    (root / "slides" / "folder.png").mkdir(parents=True)
    (tmp_path / "out.gif").write_bytes(PIXEL)
    (root / "slides" / "a.html").write_bytes(b"<p>")
    with (root / "slides" / "huge.png").open("wb") as huge:
        huge.truncate(20_000_001)
    read = page(Image("窓口の図", named), root=root)
    assert not read.all("img")
    assert "窓口の図" in read.text


def test_a_broken_picture_is_its_alt_text(tmp_path: Path) -> None:
    """A browser would print the half that is there; on the wall its words stand for it too."""
    (tmp_path / "slides").mkdir()
    (tmp_path / "slides" / "a.png").write_bytes(png()[:-30])
    read = page(Image("窓口の図", "a.png"), root=tmp_path)
    assert not read.all("img")
    assert "窓口の図" in read.text


def test_without_the_extra_nobody_sees_that_a_picture_is_broken(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """It is printed as far as a browser can."""
    (tmp_path / "slides").mkdir()
    (tmp_path / "slides" / "a.png").write_bytes(png()[:-30])
    monkeypatch.setitem(sys.modules, "PIL", None)
    assert page(Image("図", "a.png"), root=tmp_path).all("img")


def test_a_drawing_is_left_to_the_browser(tmp_path: Path) -> None:
    """What reads pictures knows nothing of SVG, and does not call it broken."""
    (tmp_path / "slides").mkdir()
    (tmp_path / "slides" / "a.svg").write_bytes(b'<svg xmlns="http://www.w3.org/2000/svg"/>')
    assert page(Image("図", "a.svg"), root=tmp_path).all("img")


@needs_chromium
@needs("pdftotext")
@pytest.mark.parametrize("notes", [False, True])
def test_the_numbers_of_a_list_are_printed_whole(notes: bool, tmp_path: Path) -> None:
    """However many digits the last one has, all of them stand right of the slide's left edge."""
    lists = (Items((Item(spans("a")), Item(spans("b"))), ordered=True, first=first) for first in (8, 9, 99, 999))
    file, paper = tmp_path / "slides.html", tmp_path / "slides.pdf"
    file.write_bytes(deck.render(workshop(Paragraph(spans("左端")), *lists), tmp_path, notes=notes))
    with browser(tmp_path / "profile") as tab:
        tab.show(file)
        paper.write_bytes(tab.printed())
    words = re.findall(r'<word xMin="([\d.]+)".*>(.+)</word>', run("pdftotext", "-bbox", paper, "-"))
    edge = next(float(left) for left, word in words if word == "左端")
    numbers = {word: float(left) for left, word in words if re.fullmatch(r"\d+\.", word)}
    assert list(numbers) == ["8.", "9.", "10.", "99.", "100.", "999.", "1000."]
    assert min(numbers.values()) >= edge


def test_tables_and_lists_keep_their_structure() -> None:
    """Heads have a scope; a first column without a title names its rows; a numbered list begins at its number."""
    table = Table((spans("機関"), spans("役割")), ((spans("a"), spans("b")),))
    read = page(table, replace(table, head=((), spans("役割"))), Items((Item(spans("c")),), ordered=True, first=4))
    assert [head["scope"] for head in read.all("th")] == ["col", "col", "col", "row"]
    assert [items["start"] for items in read.all("ol")] == ["4"]


def test_columns_of_a_table_are_aligned_as_written() -> None:
    """Heads and cells alike; where nothing is said nothing is."""
    table = Table((spans("機関"), spans("回数"), spans("印")), ((spans("a"), spans("1"), spans("○")),))
    read = page(table, replace(table, align=("left", "right", "center")))
    for tag in ("th", "td"):
        told = [cell.get("style") for cell in read.all(tag)]
        assert told == [None, None, None, None, "text-align: right", "text-align: center"]


def opened(segment: Segment, *, notes: bool) -> Page:
    """The deck of one segment without slides."""
    return Page(deck.render(Workshop("a", "題", "ja", (segment,)), Path("nowhere"), notes=notes))


@pytest.mark.parametrize("notes", [False, True])
def test_steps_stand_in_order_with_their_minutes(notes: bool) -> None:
    """What is done in a segment is printed where the segment begins, before its slides."""
    steps = (Step("個人で<考える>", Millis(2 * MINUTE)), Step("グループで書く", Millis(8 * MINUTE)))
    slide = Slide("例", (Heading(1, spans("例のスライド")),))
    read = opened(Segment("a", "事例", Millis(10 * MINUTE), MINUTE, (slide,), steps=steps), notes=notes)
    said = dense(read.text)
    places = [said.index(words) for words in ("1事例", "個人で<考える>·2:00", "グループで書く·8:00", "例のスライド")]
    assert places == sorted(places)
    assert read.headings == [1, 2, 3, 3]


@pytest.mark.parametrize("notes", [False, True])
@pytest.mark.parametrize(
    ("video", "said", "links"),
    [
        ("https://example.jp/a.mp4", "https://example.jp/a.mp4", ["https://example.jp/a.mp4"]),
        ("/home/trainer/研修/連携.mp4", "連携.mp4", []),
        ("javascript://x/%0aalert(1)", "javascript://x/%0aalert(1)", []),
        (None, "", []),
    ],
)
def test_the_video_is_named(video: str | None, said: str, links: list[str], notes: bool) -> None:
    """An address in full, a file by its name; one that is brought on the day is said to be."""
    segment = Segment("a", "動画", Millis(10 * MINUTE), MINUTE, (), video=video, has_video=True)
    read = opened(segment, notes=notes)
    assert dense(_("Video: ") + (said or _("brought on the day"))) in dense(read.text)
    assert "/home" not in read.text
    assert [link["href"] for link in read.all("a")] == links


def test_a_segment_without_steps_and_video_has_no_page_of_its_own() -> None:
    """Its title stands above its first slide."""
    read = page()
    assert len([1 for tag, attributes in read.tags if tag == "section"]) == 2
    assert _("Video: ") not in read.text


def test_plans_stand_only_beside_notes() -> None:
    """Seconds, what may be left out, and notes with their line breaks are for the trainer."""
    without, beside = page(), page(notes=True)
    for told in ("1:30", "省ける", "話す:\n今日のこと", "項目のノート", "10:00"):
        assert told in beside.text
        assert told not in without.text
    assert all("1/1" in read.text and "休憩" in read.text for read in (without, beside))


def test_both_files_are_written_and_replaced(tmp_path: Path) -> None:
    """The folder is made; a second time replaces the first."""
    for title in ("前", "後"):
        written = deck.write(replace(workshop(), title=title), tmp_path, tmp_path / "a" / "b")
        assert [path.name for path in written] == ["slides.html", "slides-with-notes.html"]
        assert all(f"<title>{title}</title>" in path.read_text(encoding="utf-8") for path in written)
