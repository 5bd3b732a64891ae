"""One role given to two organisations, and support for the family: found where a trainer would say so."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from shuro_tui import i18n
from shuro_tui.core.comparison import compare
from shuro_tui.core.family import Family, speaks_of_family
from shuro_tui.core.findings import behind, describe
from shuro_tui.core.group import Group
from shuro_tui.core.lines import Comparison, Finding, FindingKind
from shuro_tui.core.meaning import Meaning, Settlement
from shuro_tui.core.model import Case, Column, Fact
from shuro_tui.core.names import gist, key
from shuro_tui.core.sheet import Row, Sheet
from tests.workshops import COLUMNS, case, catalogue

GROUPS = (Group("g1", "1班"), Group("g2", "2班"), Group("g3", "3班"))
CATALOGUE = catalogue()
MARKED = replace(COLUMNS[2], ecomap=("person", "family", "none"))
WITHOUT_WORDS = case(columns=(*COLUMNS[:2], replace(COLUMNS[2], choices=("本人", "事業所"))))


def sheet(group: str, *rows: tuple[str, ...]) -> Sheet:
    """What a group wrote: organisation, content, whom."""
    columns = ("organisation", "content", "whom")
    return Sheet("a", group, tuple(Row(f"r{n}", dict(zip(columns, row, strict=False))) for n, row in enumerate(rows)))


def compared(*sheets: Sheet, of: Case | None = None, said: tuple[Settlement, ...] = ()) -> Comparison:
    """The comparison of the sheets."""
    return compare(of or case(), CATALOGUE, GROUPS, sheets, said)


def found(comparison: Comparison, kind: FindingKind) -> list[Finding]:
    """What was found of that kind."""
    return [finding for finding in comparison.findings if finding.kind == kind]


def rows_behind(comparison: Comparison, kind: FindingKind, of: Case | None = None) -> list[tuple[str, str, str]]:
    """The entries behind the first finding of that kind: group, row, name."""
    entries = behind(found(comparison, kind)[0], comparison, of or case())
    return [(entry.group, entry.row, entry.typed) for entry in entries]


def test_one_role_given_to_two_organisations_is_found() -> None:
    """With all groups that gave one to both, and the entries that say so alone."""
    comparison = compared(
        sheet("g1", ("民生委員", "母の日中の見守り"), ("包括", "母の日中の見守りを頼む"), ("包括", "介護保険の申請")),
        sheet("g2", ("HW", "求人を一緒に探す"), ("包括", "ハハの日中の見守り")),
        sheet("g3", ("地域包括支援センター", "母の 日中の見守り。"), ("民生委員", "母の日中の見守りをお願いしたい")),
    )
    assert found(comparison, "one-role") == [
        Finding("one-role", ("地域包括支援センター", "民生委員"), ("g1", "g3"), ("hokatsu", "=民生委員"))
    ]
    assert rows_behind(comparison, "one-role") == [
        ("g1", "r1", "包括"),
        ("g3", "r0", "地域包括支援センター"),
        ("g1", "r0", "民生委員"),
        ("g3", "r1", "民生委員"),
    ]


def test_a_row_that_names_two_gives_both_its_role() -> None:
    """Who does what of it is what one would ask."""
    comparison = compared(sheet("g1", ("ハローワーク、なかぽつ", "職場実習先を探す")))
    assert [finding.lines for finding in found(comparison, "one-role")] == [("hw", "pol")]


@pytest.mark.parametrize(
    "rows",
    [
        (("HW", "相談"), ("なかぽつ", "相談")),
        (("HW", ""), ("なかぽつ", " ")),
        (("HW", "職場実習先を探す"), ("ハローワーク", "職場実習先を探す")),
        (("HW", "職場実習先を探す"), ("支援センター", "職場実習先を探す")),
        (("HW", "職場実習先を探す"), ("", "職場実習先を探す")),
        (("HW", "職場実習先を探す"), ("なかぽつ", "職場実習先に同行する")),
    ],
)
def test_what_is_no_role_of_two_is_not_found(rows: tuple[tuple[str, str], ...]) -> None:
    """What is too short, blank, the same organisation twice, not settled, without a name, or something else."""
    assert found(compared(sheet("g1", *rows)), "one-role") == []


def test_groups_that_ask_different_organisations_for_the_same_are_no_such_finding() -> None:
    """Neither of them gave it to two."""
    comparison = compared(sheet("g1", ("HW", "職場実習先を探す")), sheet("g2", ("なかぽつ", "職場実習先を探す")))
    assert found(comparison, "one-role") == []


def test_a_role_counts_once_the_name_is_settled() -> None:
    """And no more when two names are said to be one organisation."""
    rows = sheet("g1", ("HW", "職場実習先を探す"), ("支援センター", "職場実習先を探す"))
    said = compared(rows, said=(Settlement("a", "支援センター", Meaning("pol")),))
    assert [finding.lines for finding in found(said, "one-role")] == [("hw", "pol")]
    assert found(compared(rows, said=(Settlement("a", "支援センター", Meaning("hw")),)), "one-role") == []


def test_without_organisations_or_a_text_no_role_is_looked_for() -> None:
    """There is nothing that could be given, or nobody to give it to."""
    rows = sheet("g1", ("HW", "職場実習先を探す"), ("なかぽつ", "職場実習先を探す"))
    assert found(compared(rows, of=case(columns=COLUMNS[1:])), "one-role") == []
    assert found(compared(rows, of=case(columns=COLUMNS[:1])), "one-role") == []


@pytest.mark.parametrize(
    "ending", ["", "。", "をする", "を頼む", "をお願いする", "を依頼したい", "してもらう", "していただく"]
)
def test_the_gist_is_what_is_asked_for(ending: str) -> None:
    """However one asks."""
    assert gist("母の見守り" + ending) == "母の見守り"


@given(st.text(max_size=20))
def test_the_gist_of_anything_is_the_beginning_of_what_it_says(text: str) -> None:
    """And never nothing, where there was something."""
    assert key(text).startswith(gist(text))
    assert bool(gist(text)) == bool(key(text))


@pytest.mark.parametrize(
    "text", ["母の物忘れ", "ご家族と面談", "両親に説明", "保護者会", "お姉さんに相談", "the Father", "siblings"]
)
def test_words_for_the_family(text: str) -> None:
    """Whoever of it is meant."""
    assert speaks_of_family(text)


@pytest.mark.parametrize(
    "text", ["母校の先生", "親切な窓口", "職場の懇親会", "親睦会", "apparently", "motherboard", ""]
)
def test_words_for_something_else(text: str) -> None:
    """Though they are written with the same letters."""
    assert not speaks_of_family(text)


def test_who_thought_of_the_family_and_who_did_not() -> None:
    """By a choice or by a word; groups that wrote nothing are not said to have left it out."""
    comparison = compared(
        sheet("g1", ("HW", "求人を探す", "本人"), ("包括", "母の物忘れの相談", "本人")),
        sheet("g2", ("HW", "求人を探す", "本人")),
    )
    finding = Finding("family", (), ("g1",), ("hokatsu",), ("g2",))
    assert found(comparison, "family") == [finding]
    assert rows_behind(comparison, "family") == [("g1", "r1", "包括")]
    chosen = compared(sheet("g1", ("喫茶店", "声かけ", "家族")), of=case(columns=(*COLUMNS[:2], MARKED)))
    assert found(chosen, "family") == [Finding("family", (), ("g1",), ("=喫茶店",))]


def test_nobody_who_chose_the_family_is_said_once() -> None:
    """As a finding of its own, and not as a choice that nobody made."""
    comparison = compared(sheet("g1", ("HW", "求人を探す", "本人")))
    assert found(comparison, "family") == [Finding("family", (), (), (), ("g1",))]
    assert [finding.names for finding in found(comparison, "whom-for")] == [("事業所",)]
    assert behind(found(comparison, "family")[0], comparison, case()) == ()


def test_a_case_that_has_no_family_is_not_asked_about_one() -> None:
    """Where its profile, its story or its question tells of one, it is."""
    rows = sheet("g1", ("HW", "求人を探す", "本人"))
    assert found(compared(rows, of=WITHOUT_WORDS), "family") == []
    told = (Fact("家族", "ひとり暮らし"),)
    for of in (replace(WITHOUT_WORDS, profile=told), replace(WITHOUT_WORDS, story="母と暮らす。")):
        assert [finding.without for finding in found(compared(rows, of=of), "family")] == [("g1",)]


def test_a_choice_is_the_familys_where_the_case_marks_it() -> None:
    """Whatever its word; and not by its word where the case marks others."""
    column = Column("whom", "誰へ", "choice", ("家族以外", "同居の人"), ("person", "family"))
    family = Family(case(columns=(column,)))
    assert family.in_row({"whom": "同居の人"})
    assert not family.in_row({"whom": "家族以外"})


def test_whom_the_support_is_for_is_the_column_that_draws_whom() -> None:
    """Not the first that has choices; without marks it is."""
    tie = Column("tie", "つながり", "choice", ("強い", "弱い"), ("strong", "weak"))
    assert case(columns=(tie, MARKED)).whom == MARKED
    assert case(columns=(COLUMNS[2], tie)).whom == COLUMNS[2]
    assert case(columns=COLUMNS[:1]).whom is None


SAID = [
    ((), ("g1",), "家族への支援は、どのグループからも挙がりませんでした。"),
    (("g1",), ("g2", "g3"), "1班だけが家族への支援を挙げました。"),
    (("g1", "g3"), ("g2",), "1班、3班は家族への支援を挙げました。2班は挙げていません。"),
    (("g1", "g3"), (), "書き込みのある2グループすべてが家族への支援を挙げました。"),
    (("g1", "g2", "g3"), (), "全グループが家族への支援を挙げました。"),
]


@pytest.mark.parametrize(("named", "without", "sentence"), SAID)
def test_the_family_is_spoken_of(named: tuple[str, ...], without: tuple[str, ...], sentence: str) -> None:
    """With who thought of it and who did not, and a question."""
    comparison = Comparison("a", GROUPS, (), {}, ())
    finding = Finding("family", (), named, (), without)
    question = "家族は何に困っていそうですか。だれが支えられますか。"
    assert describe(finding, comparison) == (sentence, question)
    i18n.use("en")
    assert describe(finding, comparison)[0].replace("班", "").isascii()


def test_a_role_of_two_is_spoken_of() -> None:
    """With a question about who does what."""
    finding = Finding("one-role", ("包括", "民生委員"), ("g2",), ("hokatsu", "=民生委員"))
    assert describe(finding, Comparison("a", GROUPS, (), {}, ())) == (
        "2班は、包括、民生委員に同じ役割を頼んでいます。",
        "だれがどこまで受け持ちますか。どちらに先に声をかけますか。",
    )
