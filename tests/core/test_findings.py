"""Findings in words for the room."""

import pytest

from shuro_tui import i18n
from shuro_tui.core.findings import describe, joined
from shuro_tui.core.group import Group
from shuro_tui.core.lines import Comparison, Finding, FindingKind

GROUPS = (Group("g1", "1班"), Group("g2", "2班"), Group("g3", "3班"))
COMPARISON = Comparison("a", GROUPS, (), {}, ())
ALL = ("g1", "g2", "g3")

WORDS: list[tuple[FindingKind, tuple[str, ...], str, str]] = [
    ("named-by-all", ALL, "全グループが社協を挙げました。", "なぜ最初に浮かんだのでしょう。"),
    (
        "named-by-all",
        ("g1", "g2"),
        "書き込みのある2グループすべてが社協を挙げました。",
        "なぜ最初に浮かんだのでしょう。",
    ),
    ("named-by-one", ("g2",), "2班だけが社協を挙げました。", "どんな場面を思い描いたのか、聞いてみましょう。"),
    (
        "named-by-none",
        (),
        "社協は、どのグループからも挙がりませんでした。",
        "この事例では、どんなことを頼めそうですか。",
    ),
    (
        "different-content",
        ("g1", "g3"),
        "社協について、1班、3班は違うことを書きました。",
        "どこが違うのでしょう。合わせると、どんな連携になりますか。",
    ),
    (
        "blank-content",
        ("g1", "gone"),
        "1班、goneは社協を挙げましたが、連携内容はまだ書いていません。",
        "どんなことを頼みたいと思いましたか。",
    ),
    ("whom-for", (), "「社協」を選んだグループはありませんでした。", "どの機関なら、どんな支えができそうですか。"),
]


@pytest.mark.parametrize(("kind", "groups", "sentence", "question"), WORDS)
def test_a_finding_is_a_sentence_and_a_question(
    kind: FindingKind, groups: tuple[str, ...], sentence: str, question: str
) -> None:
    """In Japanese that a trainer can read out."""
    assert describe(Finding(kind, ("社協",), groups), COMPARISON) == (sentence, question)


@pytest.mark.parametrize(("kind", "groups", "sentence", "question"), WORDS)
def test_a_finding_speaks_english(kind: FindingKind, groups: tuple[str, ...], sentence: str, question: str) -> None:
    """Other words for the same, with nothing left of the Japanese but names."""
    i18n.use("en")
    said, asked = describe(Finding(kind, ("ACME",), groups), COMPARISON)
    assert "ACME" in said
    assert (said, asked) != (sentence, question)
    assert asked.isascii()
    assert said.replace("班", "").isascii()


def test_long_lists_are_cut() -> None:
    """Five names, and how many more there are."""
    assert joined(("一", "二", "三")) == "一、二、三"
    assert joined(tuple("一二三四五六七")) == "一、二、三、四、五ほか2"
    i18n.use("en")
    assert joined(tuple("abcdef")) == "a, b, c, d, e and 1 more"


def test_a_name_stays_on_one_line() -> None:
    """Whatever somebody typed for one."""
    assert joined(("\x1b[31m一\n二",)) == "一 二"
    assert joined(("長" * 90,)) == "長" * 23 + "…"
