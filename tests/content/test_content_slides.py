"""Markdown → slides."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from shuro_tui.content.emphasis import beside_japanese
from shuro_tui.content.fields import Page
from shuro_tui.content.problem import Problem
from shuro_tui.content.slides import read_slides
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
    Lanes,
    Map,
    Paragraph,
    Pause,
    Quote,
    Run,
    Span,
    Stage,
    Table,
)
from shuro_tui.core.model import SECOND, Slide
from tests.pictures import NONE


def read(text: str) -> tuple[Slide, ...]:
    """Slides of text that is right."""
    problems: list[Problem] = []
    slides = read_slides(text, "slides.md", Page("slides.md", problems), NONE)
    assert problems == []
    return slides


def spans(text: str) -> tuple[Span, ...]:
    """The spans of text that is one paragraph."""
    (block,) = read(text)[0].blocks
    assert isinstance(block, Paragraph)
    return block.spans


def s(text: str) -> tuple[Span, ...]:
    """One plain span."""
    return (Span(text),)


def test_slides_notes_and_lines() -> None:
    """Slides begin after ---, know their line, and take comments as notes."""
    text = "---\nmarp: true\n---\n\n# A\n\n<!-- one\n  two -->\n\nx <!-- three -->\n\n***\n\n<!-- four -->\n## B *c*\n"
    first, second = read(text)
    assert (first.title, first.line, first.notes, first.file) == ("A", 5, "one\n two\n\nthree", "slides.md")
    assert (second.title, second.line, second.notes) == ("B c", 14, "four")
    assert second.blocks == (Heading(2, (Span("B "), Span("c", italic=True))),)


def test_dashes_in_comments_and_code_are_no_border() -> None:
    """--- within a comment or a code block begins no slide."""
    (slide,) = read("# A\n\n<!--\na\n\n---\n\nb\n-->\n\n```yaml\n---\n<!-- x -->\n```\n")
    assert slide.notes == "a\n\n---\n\nb"
    assert slide.blocks[1] == Code((Run("---\n<!-- x -->"),), "yaml")


@pytest.mark.parametrize(
    "directive", ["_class: lead", "paginate: true", "fit", "markdownlint-disable MD033", "_paginate:"]
)
def test_directives_are_no_notes(directive: str) -> None:
    """Settings of Marp and of other tools in comments are skipped; words with a colon are not."""
    (slide,) = read(f"# <!-- {directive} --> A\n\n<!-- {directive} -->\n\n<!-- 話す: class: x -->\n")
    assert (slide.title.strip(), slide.notes) == ("A", "話す: class: x")


@pytest.mark.parametrize(
    ("comments", "planned", "optional"),
    [
        ("<!-- seconds: 90 -->", 90, False),
        ("<!-- seconds: 50\noptional: true -->", 50, True),
        ("<!-- optional: true -->\n\n<!--\n\n  seconds: 1\n-->", 1, True),
        ("<!-- optional: false -->", None, False),
        ("<!-- Seconds : 090 -->", 90, False),
        ("<!-- ｓｅｃｏｎｄｓ：９０ -->", 90, False),
        ("<!-- seconds = 90 -->\n\n<!-- OPTIONAL True -->", 90, True),
        ("<!-- seconds: 86400 -->", 86_400, False),
        ("<!-- _class: lead\nseconds: 90 -->", 90, False),
        ("- a <!-- seconds: 90 -->", 90, False),
    ],
)
def test_seconds_and_optional(comments: str, planned: int | None, optional: bool) -> None:
    """A comment of nothing but directives says how long a slide is shown and whether it may be left out."""
    first, second = read(f"# A\n\n{comments}\n\n---\n\n# B\n")
    assert (first.planned, first.optional) == (planned and planned * SECOND, optional)
    assert (first.notes, second.planned, second.optional) == ("", None, False)


@pytest.mark.parametrize(
    "note",
    [
        "目安 30秒。",
        "seconds: 90\n話す: 一分半",
        "optional reading: case 2",
        "Second: ask the others",
        "answer: 42",
        "90",
        "true",
        "Pause for questions",
        "Columns: what they are for",
        "ここでpause",
        "pauseのあとで尋ねる",
        "/columns までを読む",
        "pauses help",
    ],
)
def test_words_beside_a_directive_make_a_note(note: str) -> None:
    """A comment with any other words stays a note as it was written."""
    (slide,) = read(f"# A\n\n<!-- {note} -->\n")
    assert (slide.notes, slide.planned, slide.optional) == (note, None, False)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a\nb", (Span("a b"),)),
        ("今日は\n晴れ", (Span("今日は晴れ"),)),
        ("ｷｮｳ\nﾊﾚ", (Span("ｷｮｳﾊﾚ"),)),
        ("今日は\n**晴れ**", (Span("今日は"), Span("晴れ", bold=True))),
        ("a  \nb\\\nc", (Span("a\nb\nc"),)),
        ("a<br>b<br/>c", (Span("a\nb\nc"),)),
        ("**a *b***", (Span("a ", bold=True), Span("b", bold=True, italic=True))),
        ("`a*b*`", (Span("a*b*", code=True),)),
        ("[x **y**](http://z) w", (Span("x ", link="http://z"), Span("y", bold=True, link="http://z"), Span(" w"))),
        ("<http://z>", (Span("http://z", link="http://z"),)),
        ("見る ![図](a.png) ここ", (Span("見る 図 ここ"),)),
        ("&lt;a&gt; \\*", (Span("<a> *"),)),
    ],
)
def test_running_text(text: str, expected: tuple[Span, ...]) -> None:
    """Styles, links and line breaks become spans."""
    assert spans(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("これは**「重要」**です", (Span("これは"), Span("「重要」", bold=True), Span("です"))),
        ("*『本』*も", (Span("『本』", italic=True), Span("も"))),
        ("***（仮）***案", (Span("（仮）", bold=True, italic=True), Span("案"))),
        ("相談は**(予約制)**で", (Span("相談は"), Span("(予約制)", bold=True), Span("で"))),
        ("ｶﾅ**(ｶ)**ｶﾅ", (Span("ｶﾅ"), Span("(ｶ)", bold=True), Span("ｶﾅ"))),
        ("先に**[図](http://z)**を", (Span("先に"), Span("図", bold=True, link="http://z"), Span("を"))),
        ("[**「図」**](http://z)を", (Span("「図」", bold=True, link="http://z"), Span("を"))),
        ("**。** **あ **い", (Span("。", bold=True), Span(" **あ **い"))),
        ("snake_case_の_「名」_", s("snake_case_の_「名」_")),
    ],
)
def test_emphasis_beside_japanese(text: str, expected: tuple[Span, ...]) -> None:
    """Asterisks next to Japanese letters and marks need no space around them; underscores stay within words."""
    assert spans(text) == expected


japanese = st.text("支えつなぐアｱ「」『』（）、。！？・ー〜…", max_size=8)


@given(japanese, japanese.filter(bool), japanese, st.sampled_from(["*", "**", "***"]))
def test_all_japanese_can_be_emphasised(before: str, inner: str, after: str, marks: str) -> None:
    """Whatever letters and marks stand inside and around."""
    styled = Span(inner, bold=len(marks) > 1, italic=len(marks) != 2)
    assert spans(f"{before}{marks}{inner}{marks}{after}") == tuple(
        span for span in (Span(before), styled, Span(after)) if span.text
    )


@given(st.text("ab1 *_(\"'.!-é“", max_size=24))
def test_emphasis_beside_other_letters_is_commonmark_s(text: str) -> None:
    """Without a Japanese letter nothing is read in another way."""
    assert MarkdownIt().use(beside_japanese).render(text) == MarkdownIt().render(text)


@pytest.mark.parametrize(
    ("text", "block"),
    [
        ("![図](a.png)", Image("図", "a.png")),
        ("> a\n>\n> b", Quote((s("a"), s("b")))),
        ("    code\n", Code((Run("code"),))),
        (
            "- a\n  1. b\n\n     c\n- ",
            Items((Item(s("a"), Items((Item((*s("b"), Span("\n"), Span("c"))),), True)), Item(()))),
        ),
        ("3. a\n4. b", Items((Item(s("a")), Item(s("b"))), True, 3)),
        ("| a | b |\n| - | - |\n| c | |", Table((s("a"), s("b")), ((s("c"), ()),))),
        (
            "| a | b | c | d |\n| - | :- | :-: | -: |",
            Table((s("a"), s("b"), s("c"), s("d")), (), ("left", "left", "center", "right")),
        ),
        ("| a |\n| :- |", Table((s("a"),), ())),
        ("A\n===", Heading(1, s("A"))),
        ("```map\nX\n- a: b、c, d，e\n1. f：g\n```", Map("X", (Branch("a", tuple("bcde")), Branch("f", ("g",))))),
        (
            "```flow\n- a: b\n2. 10:30 c\nd：e: f\ng\n```",
            Flow((Stage("a", "b"), Stage("10:30 c"), Stage("d", "e: f"), Stage("g"))),
        ),
        ("```lanes\nA\n- b\n* c\n\nD\n```", Lanes((Branch("A", ("b", "c")), Branch("D", ())))),
    ],
)
def test_blocks(text: str, block: Block) -> None:
    """Each kind of block becomes its struct."""
    assert read(text)[0].blocks == (block,)


def test_comments_in_lists_and_quotes_are_notes() -> None:
    """A comment is a note wherever it stands."""
    (slide,) = read("- a\n\n  <!-- one -->\n\n> b\n>\n> <!-- two -->\n")
    assert slide.notes == "one\n\ntwo"
    assert len(slide.blocks) == 2


def test_a_slide_without_a_heading() -> None:
    """A slide without a heading has no title."""
    assert read("a")[0].title == ""


@pytest.mark.parametrize("text", ["*a " * 3000 + "x" + "*" * 3000, "**a " * 3000, "> " * 500 + "a", "- " * 3000 + "x"])
def test_deep_nesting_is_no_failure(text: str) -> None:
    """However deep somebody nests, reading comes to its end."""
    problems: list[Problem] = []
    assert len(read_slides(text, "slides.md", Page("slides.md", problems), NONE)) == 1


def test_a_list_of_twenty_levels_is_kept_whole() -> None:
    """Each level below the one before, the last with its text."""
    below: Items | None = None
    for level in reversed(range(20)):
        below = Items((Item(s(str(level)), below),))
    assert read("\n".join(f"{'  ' * level}- {level}" for level in range(20)))[0].blocks == (below,)


@pytest.mark.parametrize("text", ["[" * 3000, "![" * 3000, "[a](" * 3000, "> - " * 500 + "x", "1. " * 500 + "x"])
def test_brackets_and_lists_without_end_are_no_failure(text: str) -> None:
    """However deep somebody nests, reading comes to its end."""
    problems: list[Problem] = []
    assert len(read_slides(text, "slides.md", Page("slides.md", problems), NONE)) == 1


def test_pauses_and_columns() -> None:
    """Comments that part a slide, in letters of any width; in other viewers the parts stand one below the other."""
    (slide,) = read(
        "# A\n\na\n\n<!-- pause -->\n\n＜!-- x\n\n<!-- Columns -->\n\nb\n\n- c\n\n<!-- column -->\n\nd\n\n"
        "<!-- /columns -->\n\n<!--pause-->\n\ne\n"
    )
    left, right = (Paragraph(s("b")), Items((Item(s("c")),))), (Paragraph(s("d")),)
    assert slide.blocks == (
        Heading(1, s("A")),
        Paragraph(s("a")),
        Pause(),
        Paragraph(s("＜!-- x")),
        Columns((left, right)),
        Pause(),
        Paragraph(s("e")),
    )
    assert (slide.parts, slide.notes) == (3, "")
    assert slide.up_to(1).blocks == (Heading(1, s("A")), Paragraph(s("a")), *slide.blocks[3:5])


def test_columns_that_are_not_closed_keep_what_stands_in_them() -> None:
    """What a slide has in it is there whatever is wrong with its marks."""
    problems: list[Problem] = []
    (slide,) = read_slides("<!-- columns -->\n\na\n\n<!-- column -->\n\nb\n", "s.md", Page("s.md", problems), NONE)
    assert len(problems) == 1
    assert slide.blocks == (Columns(((Paragraph(s("a")),), (Paragraph(s("b")),))),)
