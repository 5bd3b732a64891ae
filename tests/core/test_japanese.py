"""Japanese set as Japanese: whatever the text, nothing is lost, marks keep to their words, and phrases stay whole."""

import re
from itertools import accumulate

from hypothesis import assume, example, given, settings
from hypothesis import strategies as st
from rich.cells import cell_len

from shuro_tui.core.blocks import Block, Item, Items, Paragraph, Quote, Span, Spans
from shuro_tui.core.kinsoku import NOT_FIRST, NOT_LAST
from shuro_tui.core.linebreak import phrases, wrap
from shuro_tui.core.model import Slide
from shuro_tui.core.typeset import lay_out

WORDS = (
    *(
        "就労支援員",
        "ハローワーク",
        "なかぽつ",
        "障害者就業・生活支援センター",
        "コーディネーター",
        "Python 3.11",
        "2か月",
    ),
    *("連携", "本人", "職場", "ｶﾞｲﾄﾞ", "が", "を", "に", "の", "は", "と", "して", "つなぐ", "見えるように", "っ", "ー"),
    *("、", "。", "「", "」", "（", "）", "・", "！？", "…", "々", " ", "\u3000", "①", "→", "か\u3099", "👩\u200d💻"),
)
letters = st.characters(codec="utf-8", categories=("Lo", "Lm"), min_codepoint=0x3041, max_codepoint=0x9FFF)
texts = st.lists(st.sampled_from(WORDS) | letters, max_size=40).map("".join)
widths = st.integers(20, 110)


def dense(text: str) -> str:
    """A text without its spaces, which vanish at the ends of lines."""
    return "".join(text.split())


def torn(text: str, lines: tuple[str, ...]) -> list[str]:
    """The phrases of a text that begin on one line and end on another."""
    ends = set(accumulate(len(dense(line)) for line in lines))
    found = []
    begin = 0
    for phrase in phrases(text):
        end = begin + len(dense(phrase))
        if any(begin < place < end for place in ends):
            found.append(phrase.rstrip())
        begin = end
    return found


@given(texts, widths)
@example("就労支援員は、人と機関をつなぐハブ", 20)
@settings(deadline=None, max_examples=300)
def test_a_phrase_is_torn_only_when_it_is_wider_than_a_line(text: str, width: int) -> None:
    """Every character stands there in order, no line is too wide, and a line ends between phrases wherever it can."""
    lines = wrap(text, width)
    assert dense("".join(lines)) == dense(text)
    assert all(cell_len(line) <= width for line in lines)
    assert all(cell_len(phrase) > width for phrase in torn(text, lines))


@given(texts, widths)
@settings(deadline=None, max_examples=300)
def test_no_line_begins_or_ends_with_a_mark_that_may_not(text: str, width: int) -> None:
    """Kinsoku holds whatever the letters are, while a mark and its letter have room on one line."""
    marks = re.escape("".join(NOT_FIRST | NOT_LAST))
    assume(not re.search(rf"[{marks}\s]{{5}}", text))
    lines = wrap(text, width)
    assert all(line[:1] not in NOT_FIRST for line in lines[1:] if line)
    assert all(line[-1:] not in NOT_LAST for line in lines[:-1] if line)


def shown(block: Block, width: int) -> list[str]:
    """The lines of a block."""
    return ["".join(piece.text for piece in line) for line in lay_out(Slide("", (block,)), width)]


@given(st.lists(st.builds(Span, texts, st.booleans(), st.booleans()), min_size=1, max_size=4).map(tuple), widths)
@settings(deadline=None, max_examples=100)
def test_styles_lists_and_quotes_move_no_line_break(spans: Spans, width: int) -> None:
    """Whatever its styles, and behind a bullet or a bar, a text breaks as it would alone in the room that it has."""
    alone = list(wrap("".join(span.text for span in spans), width))
    assert shown(Paragraph(spans), width) == alone
    for block in (Items((Item(spans),)), Quote((spans,))):
        assert [line[2:] for line in shown(block, width + 2)] == alone
