"""Slides as lines: what they look like, that they keep to the width, lose no text and break where one may."""

import re
import subprocess
import sys
from collections.abc import Iterable
from itertools import pairwise
from typing import get_args

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from rich.cells import cell_len

from shuro_tui.core.blocks import (
    Align,
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
    Quote,
    Run,
    Span,
    Spans,
    Stage,
    Table,
)
from shuro_tui.core.kinsoku import NOT_FIRST, NOT_LAST
from shuro_tui.core.links import addresses
from shuro_tui.core.model import Slide
from shuro_tui.core.typeset import NARROWEST, Line, Piece, Style, lay_out, phrases, wrap

GLYPHS = (
    "支援機関職業連携就労なかぽつのをはがっゃーセンター・、。「」（）！？…々 　\nabcXYZ0129.,()%-/"
    "e\u0301か\u3099☀\ufe0f👩\u200d💻—Ａ２"
)


def spans(text: str) -> Spans:
    """Plain text."""
    return (Span(text),)


def laid(block: Block, width: int) -> tuple[Line, ...]:
    """The lines of one block."""
    return lay_out(Slide("", (block,)), width)


def plain(lines: Iterable[Line]) -> str:
    """What stands in the terminal, spaces at the ends of lines left out."""
    return "".join("".join(piece.text for piece in line).rstrip() + "\n" for line in lines)


def drawn(block: Block, width: int) -> str:
    """What one block looks like."""
    return plain(laid(block, width))


def dense(text: str) -> str:
    """The characters of a text without its spaces, and without joiners, which vanish where there is nothing to join."""
    return "".join(text.translate({0x200D: None, 0xFE0F: None}).split())


def without_frames(lines: Iterable[Line]) -> str:
    """The characters of the slide's own text: no frames, no list markers."""
    added = ("frame", "accent")
    return dense("".join(piece.text for line in lines for piece in line if piece.style not in added))


def holds(lines: Iterable[Line], text: str) -> bool:
    """Whether the characters of the text appear in the lines in this order."""
    rest = iter(dense("".join(piece.text for line in lines for piece in line)))
    return all(character in rest for character in dense(text))


MARKS = "".join(sorted(NOT_FIRST | NOT_LAST))
texts = st.text(alphabet=GLYPHS, max_size=60)
names = st.text(alphabet=GLYPHS.replace("\n", ""), max_size=24)
styled = st.builds(Span, texts, st.booleans(), st.booleans(), st.booleans(), st.sampled_from(["", "https://x.jp"]))
runs = st.lists(styled, max_size=3).map(tuple)
branches = st.lists(st.builds(Branch, names, st.lists(names, max_size=5).map(tuple)), max_size=6).map(tuple)
item = st.builds(Item, runs)
below = st.builds(Items, st.lists(item, max_size=3).map(tuple), st.booleans(), st.integers(0, 10**9))
lists = st.recursive(
    below,
    lambda deeper: st.builds(
        Items, st.lists(st.builds(Item, runs, deeper), min_size=1, max_size=2).map(tuple), st.booleans()
    ),
    max_leaves=4,
)


@st.composite
def tables(draw: st.DrawFn) -> Table:
    """A table of one to seven columns."""
    row = st.tuples(*[runs] * draw(st.integers(1, 7)))
    head = draw(row)
    aligns = st.sampled_from(get_args(Align))
    align = draw(st.just(()) | st.tuples(*[aligns] * len(head)))
    return Table(head, tuple(draw(st.lists(row, max_size=3))), align)


quotes = st.builds(Quote, st.lists(runs, max_size=3).map(tuple))
codes = st.builds(Code, st.lists(st.builds(Run, texts, st.sampled_from(get_args(Kind))), max_size=3).map(tuple))
maps = st.builds(Map, names, branches)
flows = st.builds(Flow, st.lists(st.builds(Stage, names, names | st.just("")), max_size=5).map(tuple))
lanes = st.builds(Lanes, branches)
headings = st.builds(Heading, st.integers(1, 3), runs)
paragraphs = st.builds(Paragraph, runs)
images = st.builds(Image, names, st.just("figure.png"))
blocks: st.SearchStrategy[Block] = st.one_of(
    headings, paragraphs, lists, quotes, codes, tables(), images, maps, flows, lanes
)
widths = st.integers(20, 120)

FIELDS = (
    Branch("就労", ("公共職業安定所", "地域障害者職業センター", "就業・生活支援センター", "就労継続支援A型・B型")),
    Branch("医療", ("精神科クリニック", "訪問看護ステーション")),
    Branch("家族", ("民生委員", "家族教室")),
)
FLOW = Flow(
    (
        Stage("受理・登録", "対象かを確かめて説明し、本人の意思で登録"),
        Stage("インテーク", "型を決めない面接で、困りごとを見えるようにする"),
        Stage("モニタリング", "およそ6か月ごとに確かめる"),
    )
)
LANES = Lanes(
    (
        Branch("学校", ("在学中の生徒のニーズ", "手帳の取得")),
        Branch("なかぽつ", ("卒業後 障害者雇用の説明", "障害理解")),
        Branch("就労移行支援事業所", ("卒業後 訓練", "卒業後 障害者雇用で就職")),
    )
)
TABLE = Table(
    (spans("順"), spans("すること"), spans("時間")),
    (
        (spans("1"), spans("進め方とシートの説明、そのあと「質問」の時間"), spans("2分")),
        (spans("2"), spans("事例1 個人で考える"), spans("2分")),
    ),
)
LIST = Items(
    (
        Item(
            spans("職場実習 (3日から2週間ほど) の目的を、本人、企業、支援者の三者で一つに絞る"),
            Items(
                (
                    Item(spans("つなぐには、まず相手の働きを知る")),
                    Item(spans("何を頼めるか"), Items((Item(spans("Python and Textual are enough for this")),))),
                ),
                ordered=True,
                first=9,
            ),
        ),
        Item(spans("名前を知っているだけでは、頼めない")),
    )
)

GOLDENS: dict[str, tuple[Block, int, str]] = {
    "a map with room": (
        Map("就労支援員", FIELDS),
        76,
        """\
                       ┌────────────┐
                       │ 就労支援員 │
┌──────────────────────┴─┬──────────┴───────────┬──────────┐
│ 就労                   │ 医療                 │ 家族     │
├────────────────────────┼──────────────────────┼──────────┤
│ 公共職業安定所         │ 精神科クリニック     │ 民生委員 │
│ 地域障害者職業センター │ 訪問看護ステーション │ 家族教室 │
│ 就業・生活支援センター │                      │          │
│ 就労継続支援A型・B型   │                      │          │
└────────────────────────┴──────────────────────┴──────────┘
""",
    ),
    "a map in a narrow place": (
        Map("就労支援員", FIELDS),
        40,
        """\
             ┌────────────┐
             │ 就労支援員 │
┌──────┬─────┴────────────┴────────────┐
│ 就労 │ 公共職業安定所、              │
│      │ 地域障害者職業センター、      │
│      │ 就業・生活支援センター、      │
│      │ 就労継続支援A型・B型          │
├──────┼───────────────────────────────┤
│ 医療 │ 精神科クリニック、            │
│      │ 訪問看護ステーション          │
├──────┼───────────────────────────────┤
│ 家族 │ 民生委員、家族教室            │
└──────┴───────────────────────────────┘
""",
    ),
    "a map with a centre wider than its fields": (
        Map("就労支援事業所の支援員", (Branch("家", ("母",)),)),
        40,
        """\
┌────────────────────────┐
│ 就労支援事業所の支援員 │
├────────────────────────┤
│ 家                     │
├────────────────────────┤
│ 母                     │
└────────────────────────┘
""",
    ),
    "a map with no room for its words": (
        Map("中心", (Branch("コーディネーター", ("訪問看護ステーション",)),)),
        20,
        """\
      ┌──────┐
      │ 中心 │
┌─────┴───┬──┴─────┐
│ コー    │ 訪問看 │
│ ディ    │ 護ス   │
│ ネー    │ テー   │
│ ター    │ ション │
└─────────┴────────┘
""",
    ),
    "a map of a centre only": (
        Map("就労支援員", ()),
        40,
        """\
┌────────────┐
│ 就労支援員 │
└────────────┘
""",
    ),
    "a flow side by side": (
        FLOW,
        76,
        """\
┌─────────────────────┐   ┌──────────────────────┐   ┌─────────────────────┐
│ 受理・登録          │──>│ インテーク           │──>│ モニタリング        │
│ 対象かを確かめて    │   │ 型を決めない面接で、 │   │ およそ6か月ごとに   │
│ 説明し、本人の      │   │ 困りごとを           │   │ 確かめる            │
│ 意思で登録          │   │ 見えるようにする     │   │                     │
└─────────────────────┘   └──────────────────────┘   └─────────────────────┘
""",
    ),
    "a flow one below the other": (
        FLOW,
        40,
        """\
┌──────────────────────────────────────┐
│ 受理・登録                           │
│ 対象かを確かめて説明し、本人の意思で │
│ 登録                                 │
├───────────────────v──────────────────┤
│ インテーク                           │
│ 型を決めない面接で、困りごとを       │
│ 見えるようにする                     │
├───────────────────v──────────────────┤
│ モニタリング                         │
│ およそ6か月ごとに確かめる            │
└──────────────────────────────────────┘
""",
    ),
    "a flow with its texts beside": (
        Flow((*FLOW.stages, Stage("ターミネーション", "支援を少しずつ減らす"))),
        76,
        """\
┌──────────────────┬────────────────────────────────────────────────┐
│ 受理・登録       │ 対象かを確かめて説明し、本人の意思で登録       │
├─────────v────────┼────────────────────────────────────────────────┤
│ インテーク       │ 型を決めない面接で、困りごとを見えるようにする │
├─────────v────────┼────────────────────────────────────────────────┤
│ モニタリング     │ およそ6か月ごとに確かめる                      │
├─────────v────────┼────────────────────────────────────────────────┤
│ ターミネーション │ 支援を少しずつ減らす                           │
└──────────────────┴────────────────────────────────────────────────┘
""",
    ),
    "a flow without texts": (
        Flow((Stage("見立てと計画"), Stage("職場での実習"), Stage("ターミネーション"))),
        40,
        """\
┌──────────────────┐
│ 見立てと計画     │
├─────────v────────┤
│ 職場での実習     │
├─────────v────────┤
│ ターミネーション │
└──────────────────┘
""",
    ),
    "lanes side by side": (
        LANES,
        76,
        """\
┌─────────────────────┬────────────────────────┬───────────────────────────┐
│ 学校                │ なかぽつ               │ 就労移行支援事業所        │
├─────────────────────┼────────────────────────┼───────────────────────────┤
│ ・在学中の生徒の    │ ・卒業後 障害者雇用の  │ ・卒業後 訓練             │
│   ニーズ            │   説明                 │ ・卒業後 障害者雇用で就職 │
│ ・手帳の取得        │ ・障害理解             │                           │
└─────────────────────┴────────────────────────┴───────────────────────────┘
""",
    ),
    "lanes one below the other": (
        LANES,
        40,
        """\
┌───────────────────────────┐
│ 学校                      │
├───────────────────────────┤
│ ・在学中の生徒のニーズ    │
│ ・手帳の取得              │
└───────────────────────────┘
┌───────────────────────────┐
│ なかぽつ                  │
├───────────────────────────┤
│ ・卒業後 障害者雇用の説明 │
│ ・障害理解                │
└───────────────────────────┘
┌───────────────────────────┐
│ 就労移行支援事業所        │
├───────────────────────────┤
│ ・卒業後 訓練             │
│ ・卒業後 障害者雇用で就職 │
└───────────────────────────┘
""",
    ),
    "a table": (
        TABLE,
        76,
        """\
┌────┬──────────────────────────────────────────────┬──────┐
│ 順 │ すること                                     │ 時間 │
├────┼──────────────────────────────────────────────┼──────┤
│ 1  │ 進め方とシートの説明、そのあと「質問」の時間 │ 2分  │
│ 2  │ 事例1 個人で考える                           │ 2分  │
└────┴──────────────────────────────────────────────┴──────┘
""",
    ),
    "a table in a narrow place": (
        TABLE,
        40,
        """\
┌────┬──────────────────────────┬──────┐
│ 順 │ すること                 │ 時間 │
├────┼──────────────────────────┼──────┤
│ 1  │ 進め方とシートの説明、   │ 2分  │
│    │ そのあと「質問」の時間   │      │
├────┼──────────────────────────┼──────┤
│ 2  │ 事例1 個人で考える       │ 2分  │
└────┴──────────────────────────┴──────┘
""",
    ),
    "a table with aligned columns": (
        Table(
            (spans("左"), spans("中"), spans("右の列")),
            (
                tuple(map(spans, ("1", "なかぽつ", "1,200"))),
                tuple(map(spans, ("2", "一つ", "進め方とシートの説明を、先にしてから始める"))),
            ),
            ("left", "center", "right"),
        ),
        40,
        """\
┌────┬──────────┬──────────────────────┐
│ 左 │    中    │               右の列 │
├────┼──────────┼──────────────────────┤
│ 1  │ なかぽつ │                1,200 │
├────┼──────────┼──────────────────────┤
│ 2  │   一つ   │     進め方とシートの │
│    │          │ 説明を、先にしてから │
│    │          │               始める │
└────┴──────────┴──────────────────────┘
""",
    ),
    "a table too wide for columns": (
        Table(
            (spans("欄"), spans(""), spans("例")),
            (tuple(map(spans, ("連携機関名", "地域障害者職業センター", "ハローワーク"))),),
        ),
        28,
        """\
────────────────────────────
欄: 連携機関名
地域障害者職業センター
例: ハローワーク
────────────────────────────
""",
    ),
    "a table of a head only": (
        Table((spans("連携機関名"), spans("連携内容")), ()),
        20,
        """\
────────────────────
連携機関名
連携内容
────────────────────
""",
    ),
    "a table of a head only, too wide": (
        Table((spans("ハローワーク"), spans("ステーション")), ()),
        20,
        """\
────────────────────
ハローワーク
ステーション
────────────────────
""",
    ),
    "a nested list": (
        LIST,
        76,
        """\
• 職場実習 (3日から2週間ほど) の目的を、本人、企業、支援者の三者で一つに絞る
   9. つなぐには、まず相手の働きを知る
  10. 何を頼めるか
      • Python and Textual are enough for this
• 名前を知っているだけでは、頼めない
""",
    ),
    "a nested list in a narrow place": (
        LIST,
        40,
        """\
• 職場実習 (3日から2週間ほど) の目的を、
  本人、企業、支援者の三者で一つに絞る
   9. つなぐには、まず相手の働きを知る
  10. 何を頼めるか
      • Python and Textual are enough
        for this
• 名前を知っているだけでは、頼めない
""",
    ),
}


@pytest.mark.parametrize("name", GOLDENS)
def test_it_looks_as_drawn_here(name: str) -> None:
    """Each kind of drawing looks like this where there is room, and like this where there is little."""
    block, width, expected = GOLDENS[name]
    assert drawn(block, width) == expected


def test_a_slide_is_its_blocks_with_an_empty_line_between() -> None:
    """A title is ruled off; emphasis, code, links, quotes and pictures keep their style."""
    slide = Slide(
        "地図",
        (
            Heading(1, (Span("地図", bold=True),)),
            Heading(2, spans("連携")),
            Flow(()),
            Paragraph((Span("人を"), Span("つなぐ", bold=True), Span("\n"), Span("場", italic=True))),
            Paragraph((Span("shuro-tui", code=True), Span(" "), Span("先", link="https://x.jp", bold=True))),
            Quote((spans("一人で抱えない。"), spans("つなぐ。"))),
            Code((Run("def", "keyword"), Run(" a():\n\t"), Run("return", "keyword"), Run(" 1"))),
            Image("写真", "photo.png"),
            Image("", "photo.png"),
        ),
    )
    edge, end = Piece("│ ", "frame"), Piece(" │", "frame")
    assert lay_out(slide, 20) == (
        (Piece("地図", "title"),),
        (Piece("─" * 20, "frame"),),
        (),
        (Piece("連携", "heading"),),
        (),
        (Piece("人を"), Piece("つなぐ", "strong")),
        (Piece("場", "emphasis"),),
        (),
        (Piece("shuro-tui", "code"), Piece(" "), Piece("先", "strong-link"), Piece(" (x.jp)", "dim")),
        (),
        (Piece("│ ", "frame"), Piece("一人で抱えない。", "quote")),
        (Piece("│", "frame"),),
        (Piece("│ ", "frame"), Piece("つなぐ。", "quote")),
        (),
        (Piece("┌──────────────┐", "frame"),),
        (edge, Piece("def", "keyword"), Piece(" a():"), Piece("    "), end),
        (edge, Piece("    "), Piece("return", "keyword"), Piece(" 1"), Piece(""), end),
        (Piece("└──────────────┘", "frame"),),
        (),
        (Piece("[写真]", "dim"),),
        (),
        (Piece("[photo.png]", "dim"),),
    )


@pytest.mark.parametrize(
    ("span", "style"),
    [
        (Span("x", bold=True, italic=True), "strong-emphasis"),
        (Span("x", bold=True, link="x"), "strong-link"),
        (Span("x", italic=True, link="x"), "emphasis-link"),
        (Span("x", bold=True, italic=True, link="x"), "strong-emphasis-link"),
        (Span("x", bold=True, italic=True, code=True), "code"),
    ],
)
def test_styles_combine(span: Span, style: Style) -> None:
    """What is bold stays bold in a link or when it is italic too; code is code."""
    assert laid(Paragraph((span,)), 40) == ((Piece("x", style),),)


def test_the_head_of_a_table_is_strong_whatever_its_style() -> None:
    """A link and italics in it too."""
    table = Table(((Span("a", italic=True),), (Span("b", link="b"),)), ())
    assert {Piece("a", "strong-emphasis"), Piece("b", "strong-link")} <= set(laid(table, 40)[1])


def test_what_is_empty_takes_no_lines() -> None:
    """A flow without stages and lanes without lanes leave no gap."""
    assert laid(Flow(()), 40) == laid(Lanes(()), 40) == lay_out(Slide("", ()), 40) == ()


def test_titles_stand_out() -> None:
    """The title of a field, a stage and a lane is in the accent's style, a table's head is strong."""
    drawings: list[tuple[Block, str]] = [(Map("中心", FIELDS), "家族"), (FLOW, "インテーク"), (LANES, "学校")]
    for block, title in drawings:
        for width in (40, 76, 120):
            assert Piece(title, "accent") in [piece for line in laid(block, width) for piece in line]
    assert Piece("すること", "strong") in laid(TABLE, 40)[1]


def test_japanese_breaks_between_phrases() -> None:
    """A line ends after a phrase although there is room for some characters of the next one."""
    assert wrap("就労支援員は、人と機関をつなぐハブ", 20) == ("就労支援員は、人と", "機関をつなぐハブ")
    assert phrases("なかぽつとなかぽつをつなぐ 2025年にPythonで") == (
        "なかぽつと",
        "なかぽつを",
        "つなぐ ",
        "2025年に",
        "Pythonで",
    )
    assert phrases("") == ()


@pytest.mark.parametrize(
    ("text", "width", "lines"),
    [
        ("職業能力開発校。", 14, ("職業能力開発", "校。")),
        ("職業能力開発校」。", 14, ("職業能力開発", "校」。")),
        ("カッター", 6, ("カッ", "ター")),
        ("支援機関「連携会議」", 10, ("支援機関", "「連携会", "議」")),
        ("障害者就業・生活支援センター", 16, ("障害者就業・", "生活支援センター")),
        ("連携 「 会議", 8, ("連携", "「 会議")),
        ("！！！！！！", 4, ("！！", "！！", "！！")),
    ],
)
def test_marks_stay_with_their_text(text: str, width: int, lines: tuple[str, ...]) -> None:
    """A closing mark takes the character before it to the next line, an opening mark goes with what it opens."""
    assert wrap(text, width) == lines


@pytest.mark.parametrize(
    ("text", "width", "lines"),
    [
        (
            "社会福祉協議会(しゃかいふくしきょうぎかい)に頼む",
            30,
            ("社会福祉協議会", "(しゃかいふくしきょうぎかい)に", "頼む"),
        ),
        (
            "社会福祉協議会（しゃかいふくしきょうぎかい）に頼む",
            30,
            ("社会福祉協議会", "（しゃかいふくしきょうぎかい）", "に頼む"),
        ),
        (
            "まず社会福祉協議会(しゃかいふくしきょうぎかい)に頼む",
            42,
            ("まず", "社会福祉協議会(しゃかいふくしきょうぎかい)", "に頼む"),
        ),
        (
            "障害者就業・生活支援センター(しょうがいしゃ)へ",
            20,
            ("障害者就業・生活支援", "センター", "(しょうがいしゃ)へ"),
        ),
        (
            "障害者就業・生活支援センター(しょうがいしゃ)へ",
            24,
            ("障害者就業・生活支援", "センター(しょうがいしゃ)", "へ"),
        ),
        (
            "社会福祉協議会(しゃかいふくしきょうぎかい)に頼む",
            20,
            ("社会福祉協議会", "(しゃかい", "ふくしきょうぎかい)", "に頼む"),
        ),
        ("相談支援専門員 （そうだん）と", 20, ("相談支援専門員", "（そうだん）と")),
    ],
)
def test_a_reading_stays_whole(text: str, width: int, lines: tuple[str, ...]) -> None:
    """With its name where both fit a line, else beside it, and is broken only when it is wider than a line."""
    assert wrap(text, width) == lines


@pytest.mark.parametrize(
    ("text", "width", "lines"),
    [
        ("予約が必要（2週間ほど先）", 24, ("予約が必要", "（2週間ほど先）")),
        ("予約が必要(2週間ほど先)。", 24, ("予約が必要", "(2週間ほど先)。")),
        ("まず「地域で働く」を支える", 16, ("まず", "「地域で働く」を", "支える")),
        ("まず「地域で働く」を支える", 14, ("まず", "「地域で働く」", "を支える")),
        ("まず「地域で働く」を支える", 12, ("まず「地域で", "働く」を", "支える")),
        ("人が「地域で長く働き、安心して暮らす」", 36, ("人が「地域で長く働き、安心して", "暮らす」")),
        ("予約（相談支援専門員(そうだん)に）が", 26, ("予約", "（相談支援専門員(そうだん)", "に）が")),
        ("no word here (of a few more) is – broken", 20, ("no word here", "(of a few more) is –", "broken")),
    ],
)
def test_a_short_remark_in_brackets_stays_whole(text: str, width: int, lines: tuple[str, ...]) -> None:
    """On a line of its own where it fits one; a longer one fills the line."""
    assert wrap(text, width) == lines


@pytest.mark.parametrize(
    ("text", "width", "lines"),
    [
        (
            "まずサービス担当者・ハローワーク・障害者就業・生活支援センターの",
            40,
            ("まずサービス担当者・ハローワーク・", "障害者就業・生活支援センターの"),
        ),
        ("就業・生活支援センター・ハローワークに頼む", 30, ("就業・生活支援センター・", "ハローワークに頼む")),
        ("よく行く医師・看護師に頼む", 16, ("よく行く", "医師・看護師に", "頼む")),
        ("・就労継続支援事業所の利用者募集担当者", 40, ("・就労継続支援事業所の利用者募集担当者",)),
        ("まず　・就労継続支援事業所利用者募集", 40, ("まず　・就労継続支援事業所利用者募集",)),
    ],
)
def test_a_long_list_of_names_breaks_after_a_dot(text: str, width: int, lines: tuple[str, ...]) -> None:
    """But not in a centre's name, nor in a short list, nor after the dot before an item."""
    assert wrap(text, width) == lines


@pytest.mark.parametrize(
    ("text", "width", "lines"),
    [
        ("no word (of a few) is broken.", 12, ("no word (of", "a few) is", "broken.")),
        ("internationalization", 8, ("internat", "ionaliza", "tion")),
        ("https://example.jp/a-long/path", 20, ("https://example.jp/", "a-long/path")),
        ("全部で123456789人", 10, ("全部で", "123456789", "人")),
        ("wait——now", 5, ("wait", "——now")),
        ("e\u0301e\u0301e\u0301", 2, ("e\u0301e\u0301", "e\u0301")),
        ("one  \n\n two  ", 8, ("one", "", " two")),
        ("　字下げ", 20, ("　字下げ",)),
        ("a\tb\x1b[31m\r\nc", 20, ("a b[31m", "c")),
        ("      x", 4, ("", "x")),
        ("", 20, ("",)),
    ],
)
def test_words_and_spaces(text: str, width: int, lines: tuple[str, ...]) -> None:
    """Words stay whole while there is room; spaces vanish at the ends of lines; control characters vanish."""
    assert wrap(text, width) == lines


def test_a_style_never_parts_a_character() -> None:
    """An accent in another style than its letter takes the letter's."""
    block = Paragraph((Span("cafe"), Span("\u0301!", bold=True)))
    assert laid(block, 20) == ((Piece("cafe\u0301"), Piece("!", "strong")),)


def test_code_wider_than_the_width_goes_on_below() -> None:
    """Code keeps its spaces and is cut at the width, never through a wide character; its rest stands further in."""
    code = Code((Run("x = "), Run('"就労支援員の役割"', "string"), Run("\n\n  y = 123456789012345")))
    assert (
        drawn(code, 22)
        == """\
┌────────────────────┐
│ x = "就労支援員の  │
│   役割"            │
│                    │
│   y = 123456789012 │
│     345            │
└────────────────────┘
"""
    )


@pytest.mark.parametrize(
    ("text", "width", "lines"),
    [
        ("reader = csv.DictReader(file)", 22, ["reader =", "  csv.DictReader(file)"]),
        ('with open(path, encoding="utf-8") as file:', 32, ["with open(path,", '  encoding="utf-8") as file:']),
        ("found = table[first][second][third]", 30, ["found = table[first][second][", "  third]"]),
        ("found = table(first)(second)(third)(x)", 34, ["found = table(first)(second)(", "  third)(x)"]),
        ("names,places,times = read(file)", 20, ["names,places,times =", "  read(file)"]),
        ("names,places,times,roles=0", 20, ["names,places,times,", "  roles=0"]),
        ('print("就労支援員は、人と機関をつなぐ")', 24, ['print("就労支援員は、', '  人と機関をつなぐ")']),
        ("# 「連携する」。カッター", 22, ["# 「連携する」。", "  カッター"]),
        ("0123456789012345678 x", 19, ["0123456789012345678", "  x"]),
        ("x" + " " * 40, 20, ["x"]),
        (" " * 40 + "x", 20, ["", " " * 10 + "x"]),
        ("ーーーーーーーーーーーー", 20, ["ーーーーーーーーーー", "  ーー"]),
    ],
)
def test_code_breaks_where_it_is_read_in_parts(text: str, width: int, lines: list[str]) -> None:
    """After a space, a comma or a bracket, unless that leaves the line nearly empty; in a word when nothing else is."""
    assert [line[2:-2].rstrip() for line in drawn(Code((Run(text),)), width + 4).splitlines()[1:-1]] == lines


code_words = st.sampled_from(
    ("csv.DictReader", "(", ")", "=", ", ", " ", "utf-8", '"支援"', "「連携」、", "カッター", "は")
)


@given(st.lists(code_words, max_size=30).map("".join), widths)
@settings(deadline=None, max_examples=200)
def test_code_keeps_kinsoku_and_all_its_letters(text: str, width: int) -> None:
    """While there is room for a mark and its letter, no further line begins with a closing mark; nothing is lost."""
    assume(not re.search(rf"[{re.escape(MARKS)} ]{{5}}", text))
    lines = ["".join(piece.text for piece in line[1:-1]).strip() for line in laid(Code((Run(text),)), width)[1:-1]]
    assert dense("".join(lines)) == dense(text)
    assert all(line[:1] not in NOT_FIRST for line in lines[1:] if line)


@given(st.lists(st.text("abcXYZ019._-/", min_size=1, max_size=10), max_size=20), st.integers(24, 120))
@settings(deadline=None, max_examples=100)
def test_no_short_word_of_code_is_broken(words: list[str], width: int) -> None:
    """Where a comma leaves the line a third full or fuller, the line ends there."""
    lines = ["".join(piece.text for piece in line[1:-1]) for line in laid(Code((Run(", ".join(words)),)), width)[1:-1]]
    assert " ".join(lines).split() == [word + "," for word in words[:-1]] + words[-1:]


def test_a_tab_goes_to_the_next_fourth_cell() -> None:
    """A tab counts cells from the beginning of its line, also after a wide character and in another run."""
    code = Code((Run("就\tx", "name"), Run("\ty\n\tz")))
    assert [line[2:-2] for line in drawn(code, 20).splitlines()[1:-1]] == ["就  x   y", "    z    "]


def test_loose_parts_of_emoji_do_not_bend_frames() -> None:
    """A joiner with nothing to join is left out, one inside an emoji is kept."""
    assert wrap("👩\u200d💻 \u200d\ufe0fa\u200d", 20) == ("👩\u200d💻 a",)


def test_names_in_english_are_joined_by_commas() -> None:
    """The fields of a map in English have English commas."""
    block = Map("Supporter", (Branch("Work", ("Job", "Office", "Employment centre")), Branch("Life", ("Home",))))
    assert "Job, Office," in drawn(block, 27)


def test_the_phrase_model_is_loaded_only_when_text_is_laid_out() -> None:
    """Importing the module does not import BudouX: it would delay every start."""
    code = "import sys, shuro_tui.core.typeset; sys.exit('budoux' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


@given(st.lists(blocks, max_size=3).map(tuple), widths)
@settings(deadline=None, max_examples=200)
def test_no_line_is_wider_than_the_width(content: tuple[Block, ...], width: int) -> None:
    """Whatever stands on a slide, it keeps to the width, and no piece is a line break."""
    for line in lay_out(Slide("", content), width):
        assert cell_len("".join(piece.text for piece in line)) <= width
        assert not any("\n" in piece.text for piece in line)


@given(st.one_of(maps, flows, lanes, tables()), widths)
@settings(deadline=None, max_examples=100)
def test_frames_are_straight(block: Block, width: int) -> None:
    """All lines of a frame end in the same cell, whatever stands in it; those of a map's centre in another."""
    lines = plain(laid(block, width)).splitlines()
    ends = {cell_len(line) for line in lines if line[-1:] in ("│", "┤", "┘")}
    assert len(ends) <= 1 + isinstance(block, Map)


def said(run: Spans) -> str:
    """A run of text as it is read, each link with its address."""
    return "".join(
        span.text + (f"({address})" if address else "") for span, address in zip(run, addresses(run), strict=True)
    )


def source(block: Block) -> str:
    """The text of a block whose text is read from top to bottom."""
    match block:
        case Paragraph() | Heading():
            return said(block.spans)
        case Quote():
            return "".join(map(said, block.paragraphs))
        case Code():
            return "".join(run.text for run in block.runs)
        case Items():
            return "".join(
                source(Paragraph(item.spans)) + (source(item.below) if item.below else "") for item in block.items
            )
        case _:
            raise AssertionError(block)


@given(st.one_of(headings, paragraphs, quotes, codes, lists), widths)
@settings(deadline=None, max_examples=150)
def test_running_text_is_kept_whole(block: Block, width: int) -> None:
    """Every character of a paragraph, heading, list, quote or code appears, in order, and none besides."""
    assert without_frames(laid(block, width)) == dense(source(block))


def parts(block: Block) -> Iterable[str]:
    """The texts of a block whose text stands in columns."""
    match block:
        case Table():
            return (source(Paragraph(cell)) for row in (block.head, *block.rows) for cell in row)
        case Map():
            return (block.centre, *(text for field in block.fields for text in (field.title, *field.entries)))
        case Flow():
            return (text for stage in block.stages for text in (stage.title, stage.text))
        case Lanes():
            return (text for lane in block.lanes for text in (lane.title, *lane.entries))
        case _:
            raise AssertionError(block)


@given(st.one_of(tables(), maps, flows, lanes), widths)
@settings(deadline=None, max_examples=150)
def test_cells_are_kept_whole(block: Block, width: int) -> None:
    """Every character of every cell, field, stage and lane appears, in order."""
    lines = laid(block, width)
    for text in parts(block):
        assert holds(lines, text)


WORDS = ("支援", "機関を", "センター", "なかぽつ", "Python", "2025", *"っー、。「」（）・ ")


@given(st.lists(st.sampled_from(WORDS), max_size=60).map("".join), widths)
@settings(deadline=None, max_examples=200)
def test_no_line_begins_or_ends_with_the_wrong_mark(text: str, width: int) -> None:
    """While there is room for a mark and its character, closing marks begin no line and opening marks end none."""
    assume(not re.search(rf"[{re.escape(MARKS)} ]{{5}}", text))
    lines = wrap(text, width)
    assert all(line[0] not in NOT_FIRST for line in lines[1:])
    assert all(line[-1] not in NOT_LAST for line in lines[:-1])


@given(st.lists(st.text(alphabet="abcXYZ019.,()%-/", min_size=1, max_size=20), max_size=20), widths)
@settings(deadline=None, max_examples=100)
def test_no_word_is_broken_while_it_fits(words: list[str], width: int) -> None:
    """Latin words and numbers as long as the line or shorter stay whole."""
    assert " ".join(wrap(" ".join(words), width)).split() == words


japanese = st.text("支援はなかぽつ、をがと", max_size=30)
kanji = st.text("社会福祉協議・センター", min_size=1, max_size=12)
kana = st.text("しゃかいふくきょうぎー・", min_size=1, max_size=20)
brackets = st.sampled_from(["()", "（）"])


@given(japanese, kanji, kana, brackets, japanese, widths)
@settings(deadline=None, max_examples=200)
def test_no_reading_is_torn_while_it_fits(
    before: str, name: str, kana: str, brackets: str, after: str, width: int
) -> None:
    """Nor parted from its name while both fit."""
    reading = f"{brackets[0]}{kana}{brackets[1]}"
    lines = wrap(f"{before}を{name}{reading}と{after}", width)
    for whole in (f"{name}{reading}", reading):
        # A mark that begins no line belongs to what stands before it.
        if cell_len(whole) <= width and name[0] not in NOT_FIRST:
            assert any(whole in line for line in lines)


short = st.text("支援はなかぽつ、をがと・", min_size=1, max_size=10)


@given(japanese, short, st.sampled_from(["()", "（）", "「」"]), japanese, widths)
@settings(deadline=None, max_examples=200)
def test_no_short_remark_is_torn(before: str, remark: str, around: str, after: str, width: int) -> None:
    """What stands in brackets moves to the next line whole while it has no more than 24 cells and fits."""
    whole = f"{around[0]}{remark}{around[1]}"
    if cell_len(whole) <= width:
        assert any(whole in line for line in wrap(f"{before}を{whole}と{after}", width))


@given(st.lists(st.sampled_from(("ハローワーク", "サービス担当者", "福祉課")), min_size=4, max_size=9), widths)
@settings(deadline=None, max_examples=100)
def test_a_list_of_names_fills_its_lines(names: list[str], width: int) -> None:
    """Names joined by ・ are parted after it, each line as full as the next name lets it be."""
    lines = wrap("・".join(names), width)
    for line, below in pairwise(lines):
        assert cell_len(line + re.split("(?<=・)", below)[0]) > width


@given(texts)
@settings(deadline=None, max_examples=100)
def test_phrases_are_the_text(text: str) -> None:
    """Phrases joined together are the text, spaces and all."""
    assert "".join(phrases(text)) == text


few_words = (
    st.text("あ漢ア、a ー", min_size=1, max_size=60).filter(str.strip).map(lambda text: Paragraph((Span(text),)))
)
columns = st.lists(st.lists(few_words, min_size=1, max_size=2).map(tuple), min_size=2, max_size=3).map(tuple)


def shown(line: Line) -> str:
    """The letters of a line, a wide one followed by a mark for its second cell."""
    return "".join(letter + "~" * (cell_len(letter) - 1) for piece in line for letter in piece.text)


@given(columns, widths)
def test_columns_stand_side_by_side(parts: tuple[tuple[Block, ...], ...], width: int) -> None:
    """Each column reads as it would alone in its width; where there is no room they stand one below the other."""
    lines = [shown(line) for line in lay_out(Slide("", (Columns(parts),)), width)]
    assert all(len(line) <= max(width, NARROWEST) for line in lines)
    each = (width - 3 * (len(parts) - 1)) // len(parts)
    if each < 24:
        together = tuple(block for part in parts for block in part)
        assert lines == [shown(line) for line in lay_out(Slide("", together), width)]
        return
    for place, part in enumerate(parts):
        alone = [shown(line).rstrip() for line in lay_out(Slide("", part), each)]
        found = [line[place * (each + 3) :][:each].rstrip() for line in lines]
        assert found[: len(alone)] == alone
        assert not any(found[len(alone) :])
