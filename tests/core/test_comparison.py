"""The sheets of a case side by side: every row exactly once, and what is worth talking about."""

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shuro_tui.core.comparison import Comparer, compare
from shuro_tui.core.group import Group
from shuro_tui.core.lines import Comparison, Finding, Line, Match
from shuro_tui.core.model import Case, Catalogue, Resource
from shuro_tui.core.sheet import Row, Sheet
from tests.workshops import COLUMNS, case, catalogue

GROUPS = (Group("g1", "1班"), Group("g2", "2班"), Group("g3", "3班"))
CATALOGUE = catalogue()


def sheet(group: str, *rows: Sequence[str], of: str = "a") -> Sheet:
    """A sheet of rows: organisation, content, whom."""
    columns = ("organisation", "content", "whom")
    written = (Row(f"r{number}", dict(zip(columns, row, strict=False))) for number, row in enumerate(rows))
    return Sheet(of, group, tuple(written))


def compared(*sheets: Sheet, of: Case | None = None, by: Catalogue = CATALOGUE) -> Comparison:
    """The comparison of the sheets."""
    return compare(of or case(), by, GROUPS, sheets)


def line(comparison: Comparison, name: str) -> Line:
    """The one line of that name."""
    (found,) = [line for line in comparison.lines if line.name == name]
    return found


def findings(comparison: Comparison, kind: str) -> list[tuple[tuple[str, ...], tuple[str, ...]]]:
    """The names and groups of the findings of a kind."""
    return [(finding.names, finding.groups) for finding in comparison.findings if finding.kind == kind]


def test_names_of_one_organisation_stand_in_one_line() -> None:
    """Each as it was typed, in the order of the groups and then of the rows."""
    comparison = compared(
        sheet("g2", ("公共職業安定所", "求人")), sheet("g1", ("HW", "相談"), ("ハローワーク（窓口）", "見学"))
    )
    named = line(comparison, "公共職業安定所")
    assert (named.organisation, named.field, named.groups) == ("hw", "就労", ("g1", "g2"))
    assert [(entry.group, entry.row, entry.typed) for entry in named.entries] == [
        ("g1", "r0", "HW"),
        ("g1", "r1", "ハローワーク（窓口）"),
        ("g2", "r0", "公共職業安定所"),
    ]


def test_lines_stand_in_the_order_of_the_catalogue_then_what_is_not_in_it() -> None:
    """Organisations that nobody named have a line too; rows without a name come last."""
    comparison = compared(sheet("g1", ("", "名前なし"), ("喫茶店", ""), ("支援センター", ""), ("なかぽつ", "")))
    names = [resource.name for resource in CATALOGUE.resources]
    assert [line.name for line in comparison.lines] == [*names, "喫茶店", "支援センター", ""]
    assert line(comparison, "年金事務所").entries == ()
    assert line(comparison, "支援センター").candidates == ("pol", "hokatsu")


def test_unknown_names_are_grouped_as_they_read() -> None:
    """Under the name that was typed first; candidates of all of them together."""
    comparison = compared(
        sheet("g1", ("歯科クリニック", ""), ("喫茶店・夢", ""), ("㈱さくら", "")),
        sheet("g2", ("「喫茶店 夢」", ""), ("株式会社 サクラさん", "")),
    )
    assert line(comparison, "喫茶店・夢").groups == ("g1", "g2")
    assert line(comparison, "㈱さくら").groups == ("g1", "g2")
    assert line(comparison, "歯科クリニック").candidates == ("clinic",)
    assert line(comparison, "歯科クリニック").organisation is None


def test_a_row_that_names_several_counts_for_each() -> None:
    """Each with the name as it was typed and the whole row; it is one row all the same."""
    comparison = compared(sheet("g1", ("ハロワーク、なかぽつ", "相談")))
    hello, pol = (
        line(comparison, "公共職業安定所").entries[0],
        line(comparison, "障害者就業・生活支援センター").entries[0],
    )
    assert [(each.typed, each.part) for each in (hello, pol)] == [("ハロワーク", 0), ("なかぽつ", 1)]
    assert hello.fields == pol.fields == {"organisation": "ハロワーク、なかぽつ", "content": "相談"}
    assert comparison.coverage["就労"]["g1"] == 2
    assert comparison.rows == 1


def test_an_entry_says_why_it_stands_where_it_stands() -> None:
    """What it was recognised by."""
    comparison = compared(sheet("g1", ("公共職業安定書所", "")))
    (entry,) = line(comparison, "公共職業安定所").entries
    assert entry.match == Match("hw", (), "near", "公共職業安定所", 88)
    assert entry.settled is None


def test_a_name_of_signs_only_is_a_name() -> None:
    """It is not taken for a row without one."""
    comparison = compared(sheet("g1", ("???", "謎"), ("", "名前なし")))
    assert [line.name for line in comparison.lines[-2:]] == ["???", ""]


def test_nothing_is_lost_of_a_group_that_is_not_in_the_session() -> None:
    """It comes last, under its id."""
    comparison = compared(sheet("g9", ("なかぽつ", "")), sheet("g1", ("なかぽつ", "")))
    assert comparison.groups == (*GROUPS, Group("g9", "g9"))
    assert line(comparison, "障害者就業・生活支援センター").groups == ("g1", "g9")


def test_sheets_of_other_cases_are_left_out() -> None:
    """One comparison is of one case."""
    assert findings(compared(sheet("g1", ("なかぽつ", ""), of="b")), "blank-content") == []


def test_coverage_counts_entries_by_field_and_group() -> None:
    """All fields and all groups, with zeroes; what is not settled counts for no field."""
    comparison = compared(sheet("g1", ("HW", ""), ("JC", ""), ("喫茶店", "")), sheet("g2", ("PSW", "")))
    assert comparison.coverage == {
        "就労": {"g1": 2, "g2": 0, "g3": 0},
        "地域": {"g1": 0, "g2": 0, "g3": 0},
        "医療": {"g1": 0, "g2": 1, "g3": 0},
        "生活": {"g1": 0, "g2": 0, "g3": 0},
    }


def test_without_a_column_for_organisations_rows_are_grouped_by_the_first() -> None:
    """Names there are no organisations; only the choices are looked at."""
    comparison = compared(
        sheet("g1", ("", "声かけ", "本人"), ("", "HW", "")),
        sheet("g2", ("", "声 かけ", "家族")),
        of=case(columns=COLUMNS[1:]),
    )
    assert [(line.name, line.groups, line.organisation) for line in comparison.lines] == [
        ("声かけ", ("g1", "g2"), None),
        ("HW", ("g1",), None),
    ]
    assert comparison.findings == (
        Finding("family", (), ("g2",), ("=声かけ",), ("g1",)),
        Finding("whom-for", ("事業所",)),
    )
    assert set(comparison.coverage) == {"就労", "地域", "医療", "生活"}


def test_a_sheet_without_columns_still_loses_nothing() -> None:
    """Its rows have no name."""
    comparison = compared(sheet("g1", ("HW", "")), of=case(columns=()))
    assert [(line.name, len(line.entries)) for line in comparison.lines] == [("", 1)]


def test_what_all_who_wrote_named_is_found() -> None:
    """A group that wrote nothing is not waited for; with one group alone it would say nothing."""
    first = sheet("g1", ("HW", "相談"), ("喫茶店", "居場所"), ("主治医", "薬"))
    second = sheet("g2", ("喫茶店", "居場所"), ("ハローワーク", "相談"), ("主治医", "薬"))
    assert findings(compared(first, second, sheet("g3", (" ", ""))), "named-by-all") == [
        (("公共職業安定所", "喫茶店"), ("g1", "g2"))
    ]
    assert findings(compared(first), "named-by-all") == []
    assert findings(compared(first, sheet("g2", ("PSW", ""))), "named-by-all") == []


def test_what_one_group_alone_named_is_found() -> None:
    """One finding for each, but for what may be another's organisation."""
    comparison = compared(
        sheet("g1", ("HW", "相談"), ("歯科クリニック", ""), ("", "x")), sheet("g2", ("喫茶店", "x"), ("", "y"))
    )
    assert findings(comparison, "named-by-one") == [(("公共職業安定所",), ("g1",)), (("喫茶店",), ("g2",))]
    assert findings(compared(sheet("g1", ("HW", "相談"))), "named-by-one") == []


def test_what_nobody_named_is_found() -> None:
    """Of the organisations of the lecture, and not what somebody may have meant."""
    comparison = compared(sheet("g1", ("HW", "相談"), ("主治医", "薬")))
    missing = ("地域障害者職業センター", "障害者就業・生活支援センター", "地域包括支援センター")
    assert findings(comparison, "named-by-none") == [(missing, ())]
    every = compared(
        sheet("g1", ("HW", "x")),
        by=Catalogue((CATALOGUE.resources[0], Resource("x", "乙", "", "", "", "", (), "addition"))),
    )
    assert findings(every, "named-by-none") == []


@pytest.mark.parametrize(
    ("first", "second", "found"),
    [
        ([("HW", "相談")], [("HW", "求人")], [(("公共職業安定所",), ("g1", "g2"))]),
        ([("HW", "相談")], [("HW", "「相談」")], []),
        ([("HW", "相談"), ("HW", "求人")], [("HW", "求人"), ("HW", "相談")], []),
        ([("HW", "相談")], [("HW", "")], []),
        ([("支援センター", "相談")], [("支援センター", "求人")], []),
        ([("", "相談")], [("", "求人")], []),
    ],
)
def test_different_contents_of_one_organisation_are_found(
    first: list[tuple[str, str]], second: list[tuple[str, str]], found: list[object]
) -> None:
    """By how they read, between groups that wrote one, and where it is surely the same organisation."""
    assert findings(compared(sheet("g1", *first), sheet("g2", *second)), "different-content") == found


def test_a_name_without_content_is_found() -> None:
    """With the groups that left it blank."""
    comparison = compared(
        sheet("g1", ("HW", " "), ("HW", ""), ("主治医", "")), sheet("g2", ("HW", "相談"), ("", "", "本人"))
    )
    assert findings(comparison, "blank-content") == [(("公共職業安定所",), ("g1",)), (("主治医",), ("g1",))]


def test_a_sheet_without_a_text_is_not_asked_for_content() -> None:
    """Nor one without a choice for whom it was."""
    comparison = compared(sheet("g1", ("HW", "")), sheet("g2", ("PSW", "")), of=case(columns=COLUMNS[:1]))
    assert {finding.kind for finding in comparison.findings} == {"named-by-one", "named-by-none"}


def test_a_choice_that_nobody_made_is_found() -> None:
    """One finding for each."""
    comparison = compared(sheet("g1", ("HW", "", "家族"), ("PSW", "x", "")))
    assert findings(comparison, "whom-for") == [(("本人",), ()), (("事業所",), ())]


def test_while_nobody_has_written_there_is_nothing_to_find() -> None:
    """The lines of the catalogue stand there empty."""
    comparison = compared(sheet("g1", ("", " ")))
    assert comparison.findings == ()
    assert len(comparison.lines) == len(CATALOGUE.resources)


def test_findings_come_kind_by_kind() -> None:
    """In the order in which one talks about them."""
    comparison = compared(
        sheet("g1", ("HW", "a", "本人"), ("PSW", "")), sheet("g2", ("HW", "b", "本人"), ("クリニック", ""))
    )
    kinds = list(dict.fromkeys(finding.kind for finding in comparison.findings))
    assert kinds == [
        "named-by-all",
        "named-by-one",
        "named-by-none",
        "different-content",
        "blank-content",
        "family",
        "whom-for",
    ]


_texts = st.one_of(
    st.sampled_from(("", " ", "HW", "ハロワーク", "支援センター", "なかぽつ", "喫茶店", "・")), st.text(max_size=4)
)
_rows = st.lists(st.tuples(_texts, _texts, st.sampled_from(("", "本人"))), max_size=4)
_sheets = st.lists(st.tuples(st.sampled_from(("g1", "g2", "g3", "g9")), _rows), max_size=5)
_cases = st.sampled_from((case(), case(columns=COLUMNS[1:]), case(columns=COLUMNS[:1]), case(columns=COLUMNS[2:])))


@given(_cases, _sheets)
def test_every_row_stands_in_exactly_one_line(of: Case, written: list[tuple[str, list[tuple[str, str, str]]]]) -> None:
    """Whatever was typed by whomever: no row is lost and none is counted twice, and each has its group's column."""
    columns = ("organisation", "content", "whom")
    sheets = []
    for number, (group, texts) in enumerate(written):
        fields = (dict(zip(columns, row, strict=True)) for row in texts)
        sheets.append(Sheet("a", group, tuple(Row(f"{number}.{place}", row) for place, row in enumerate(fields))))
    comparison = compared(*sheets, of=of)
    stood = [(entry.group, entry.row, entry.fields) for line in comparison.lines for entry in line.entries]
    expected = [(each.group, row.id, row.fields) for each in sheets for row in each.rows if not row.blank]
    assert sorted(stood, key=str) == sorted(expected, key=str)
    assert {group for group, _row, _fields in stood} <= {group.id for group in comparison.groups}
    settled = [line.organisation for line in comparison.lines if line.organisation is not None]
    assert len(set(settled)) == len(settled)
    counted = sum(sum(counts.values()) for counts in comparison.coverage.values())
    assert counted == sum(len(line.entries) for line in comparison.lines if line.organisation is not None)


def test_only_the_lines_that_a_change_is_about_are_made_anew() -> None:
    """What a group left as it was stays the very same line; all of it is as if it were compared from nothing."""
    comparer = Comparer(case(), CATALOGUE)
    comparer.compare(GROUPS, [sheet("g1", ("ハローワーク", "同行"), ("なかぽつ", "相談"))])
    before = comparer.compare(GROUPS, [sheet("g1", ("ハローワーク", "同行"), ("なかぽつ", "相談"))])
    sheets = [sheet("g1", ("ハローワーク", "同行"), ("なかぽつ", "家計"))]
    after = comparer.compare(GROUPS, sheets)
    assert after == compared(*sheets)
    assert line(after, "公共職業安定所") is line(before, "公共職業安定所")
    assert line(after, "障害者就業・生活支援センター") != line(before, "障害者就業・生活支援センター")
