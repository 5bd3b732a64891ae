"""Times in words, widths in cells, and the comparison on a plain terminal."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from shuro_tui import i18n
from shuro_tui.core import commands as ask
from shuro_tui.core.comparison import compare
from shuro_tui.core.comparison_text import comparison_text
from shuro_tui.core.group import Group
from shuro_tui.core.model import Catalogue, Millis
from shuro_tui.core.plaintext import countdown, cut, lateness_words, pad
from shuro_tui.core.session import Session
from shuro_tui.core.sheet import Row, Sheet
from tests.workshops import after, at_work, case, catalogue, write


@pytest.mark.parametrize(
    ("left", "words"),
    [
        (761_000, "12:41"),
        (760_001, "12:41"),
        (1, "0:01"),
        (0, "0:00"),
        (-999, "0:00"),
        (-1000, "超過 0:01"),
        (-65_900, "超過 1:05"),
        (3_600_000, "1:00:00"),
        (3_723_000, "1:02:03"),
        (-3_600_000, "超過 1:00:00"),
    ],
)
def test_the_countdown_reaches_nought_when_nothing_is_left(left: int, words: str) -> None:
    """Rounded up before, in a word after."""
    assert countdown(Millis(left)) == words


@pytest.mark.parametrize(
    ("lateness", "words"),
    [(0, "定刻"), (999, "定刻"), (-999, "定刻"), (1000, "遅れ 0:01"), (130_500, "遅れ 2:10"), (-90_000, "余裕 1:30")],
)
def test_late_and_early_are_words(lateness: int, words: str) -> None:
    """Never a bare sign; within a second it is on time."""
    assert lateness_words(Millis(lateness)) == words


def test_times_speak_english() -> None:
    """The source text is English."""
    i18n.use("en")
    assert countdown(Millis(-65_000)) == "over 1:05"
    assert lateness_words(Millis(-90_000)) == "1:30 to spare"


@pytest.mark.parametrize(
    ("text", "width", "expected"),
    [
        ("社協", 4, "社協"),
        ("社協です", 5, "社協…"),
        ("社協です", 6, "社協…"),
        ("abc", 2, "a…"),
        ("社", 1, "…"),
        ("社", 0, ""),
    ],
)
def test_text_is_cut_at_its_cells(text: str, width: int, expected: str) -> None:
    """With an ellipsis, and never half a letter."""
    assert cut(text, width) == expected


def test_there_may_be_no_room_for_an_ellipsis() -> None:
    """Then there is none."""
    assert cut("abc", 1, "..") == "a"
    assert cut("abc", -1) == ""


@given(st.text(), st.integers(0, 12))
def test_padded_text_has_exactly_its_width(text: str, width: int) -> None:
    """Whatever the letters."""
    assert cell_len(pad(text, width)) == width
    assert cell_len(cut(text, width)) <= width


def evening() -> Session:
    """Two of three groups wrote."""
    now = write(
        at_work(), "g1", ("ハローワーク", "求人の\x1b[31m開拓", "本人"), ("支援センター", "", ""), ("", "声かけ", "")
    )
    now = write(
        now, "g2", ("公共職業安定所", "専門窓口での相談\n実習先をさがす", "家族"), ("喫茶店 <夢>", "=1+1", "本人")
    )
    return after(now, [(12, None, ask.Reveal("a"))])


def text_of(now: Session, width: int = 80) -> str:
    """The comparison of the first case."""
    sheets = tuple(now.sheets.values())
    return comparison_text(case(), compare(case(), now.workshop.catalogue, now.groups, sheets), width)


def test_a_comparison_can_be_read_on_a_plain_terminal() -> None:
    """Who named what how often, what was written, what is worth talking about."""
    assert text_of(evening(), 60) == EVENING


def test_a_comparison_keeps_to_its_width() -> None:
    """Where there is room for the groups at all."""
    assert max(cell_len(line) for line in text_of(evening()).splitlines()) <= 80
    assert "事例 a" in text_of(evening(), 5)


def test_what_goes_on_stands_behind_an_indent() -> None:
    """Also after a line break that the group typed, and nothing of it is lost."""
    typed = "とても長い連携の内容を、" * 8 + "\nそして次の行"
    now = write(at_work(), "g1", ("ハローワーク", typed, "本人"))
    lines = text_of(now, 40).splitlines()
    first = next(number for number, line in enumerate(lines) if line.startswith("  1班: "))
    entry = lines[first : lines.index("", first)]
    assert all(line.startswith("    ") and cell_len(line) <= 40 for line in entry[1:])
    assert "".join("".join(entry).split()) == f"1班:ハローワーク-{typed}-本人".replace("\n", "")


def test_many_groups_make_narrow_columns() -> None:
    """Names of groups are cut with letters of a certain width."""
    groups = tuple(Group(f"g{number}", f"とても長い名前の{number}班") for number in range(12))
    sheets = (Sheet("a", "g1", (Row("r", {"organisation": "HW"}),)),)
    lines = comparison_text(case(), compare(case(), catalogue(), groups, sheets)).splitlines()
    assert lines[2].count("..") == 12
    assert cell_len(lines[2]) <= 80


def test_a_case_that_nobody_wrote_for_has_its_empty_matrix() -> None:
    """And without groups or catalogue hardly that."""
    lines = text_of(at_work()).splitlines()
    assert lines[0] == "事例 a  3グループ 0行"
    assert len(lines) == 3 + len(catalogue().resources)
    bare = comparison_text(case(), compare(case(), Catalogue(), (), ()))
    assert bare.splitlines()[0] == "事例 a  0グループ 0行"


EVENING = """\
事例 a  3グループ 5行

                                            1班 2班 3班 班数
就労 公共職業安定所                           1   1   .    2
     地域障害者職業センター                   .   .   .    0
     障害者就業・生活支援センター             .   .   .    0
     ジョブコーチ                             .   .   .    0
地域 地域包括支援センター                     .   .   .    0
医療 精神科病院                               .   .   .    0
     精神科クリニック                         .   .   .    0
生活 年金事務所                               .   .   .    0
     支援センター ?                           1   .   .    1
     喫茶店 <夢>                              .   1   .    1
     (機関名なし)                             1   .   .    1

公共職業安定所
  1班: ハローワーク - 求人の開拓 - 本人
  2班: 公共職業安定所 - 専門窓口での相談
    実習先をさがす - 家族
支援センター ?
  どれのことか未定: 障害者就業・生活支援センター、
    地域包括支援センター
  1班: 支援センター
喫茶店 <夢>
  2班: 喫茶店 <夢> - =1+1 - 本人
(機関名なし)
  1班: 声かけ

* 書き込みのある2グループすべてが公共職業安定所を
  挙げました。
  なぜ最初に浮かんだのでしょう。
* 2班だけが喫茶店 <夢>を挙げました。
  どんな場面を思い描いたのか、聞いてみましょう。
* 地域障害者職業センター、精神科病院、精神科クリニックは、
  どのグループからも挙がりませんでした。
  この事例では、どんなことを頼めそうですか。
* 公共職業安定所について、1班、2班は違うことを書きました。
  どこが違うのでしょう。合わせると、どんな連携になりますか。
* 1班は支援センターを挙げましたが、連携内容はまだ
  書いていません。
  どんなことを頼みたいと思いましたか。
* 2班だけが家族への支援を挙げました。
  家族は何に困っていそうですか。だれが支えられますか。
* 「事業所」を選んだグループはありませんでした。
  どの機関なら、どんな支えができそうですか。
"""
