"""The name as typed, and what it stands for: settled only beyond doubt."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shuro_tui.core.lines import How, Match
from shuro_tui.core.matching import match
from shuro_tui.core.model import Catalogue, Resource, Unsettled
from shuro_tui.core.names import bare, key, sound
from tests.workshops import catalogue

CATALOGUE = catalogue()


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("ハローワーク", "ﾊﾛｰﾜｰｸ"),
        ("ハローワーク", "はろーわーく"),
        ("ＨＷ", "hw"),
        ("障害者就業・生活支援センター", "障害者 就業-生活支援センター"),
        ("「社協」", "社協。"),
        ("ガ", "カ\u3099"),
        ("ヽ", "ゝ"),
    ],
)
def test_names_that_read_alike_have_one_key(one: str, other: str) -> None:
    """Width, case, kana, spaces and punctuation do not count."""
    assert key(one) == key(other)


def test_the_long_vowel_mark_counts() -> None:
    """It is a sound, not a dash."""
    assert key("センター") != key("センタ")
    assert key("・ −") == ""


@given(st.text() | st.text("ハばｶﾞーＡａß（）・ -\u3099"))
def test_a_key_of_a_key_is_the_key(name: str) -> None:
    """What is normalised stays as it is."""
    assert key(key(name)) == key(name)


@pytest.mark.parametrize(
    ("name", "organisation"),
    [
        ("公共職業安定所", "hw"),
        ("ﾊﾛｰﾜｰｸ", "hw"),
        ("ｈｗ", "hw"),
        ("こうきょうしょくぎょうあんていじょ", "hw"),
        ("ハローワークさん", "hw"),
        ("ハローワーク（専門窓口）", "hw"),
        ("公共職業安定所(ハローワーク)", "hw"),
        ("地元の窓口【ハローワーク】", "hw"),
        ("ハローワーク（主治医）", "hw"),
        ("ナカポツ", "pol"),
        ("中ぽつ", "pol"),
        ("障害者就業 生活支援センター", "pol"),
        ("障がい者就業・生活支援センター", "pol"),
        ("㈱ジョブコーチ", "jc"),
        ("ハロワーク", "hw"),
        ("ハローワーク水戸", "hw"),
        ("水戸公共職業安定所", "hw"),
        ("茨城県地域障害者職業センター", "center"),
        ("ハローワークの職員さん", "hw"),
        ("なかぽっつ", "pol"),
        ("地域包活支援センター", "hokatsu"),
        ("ちいきほうかつ", "hokatsu"),
    ],
)
def test_a_name_that_says_one_organisation_is_settled(name: str, organisation: str) -> None:
    """By its name, an alias or its reading, or nearly; with or without brackets, a legal form, a place, a person."""
    assert match(name, CATALOGUE).organisation == organisation


@pytest.mark.parametrize(
    ("name", "candidates"),
    [
        ("支援センター", ("pol", "hokatsu")),
        ("移行", ("pol",)),
        ("主治医さん", ("byoin", "clinic")),
        ("支援センター（水戸）", ("pol", "hokatsu")),
        ("支援センター（包括）", ("hokatsu", "pol")),
        ("ハローワーク（なかぽつ）", ("hw", "pol")),
        ("窓口（主治医）", ("byoin", "clinic")),
        ("支援センタ", ("pol", "hokatsu")),
        ("歯科クリニック", ("clinic",)),
        ("精神科の病棟とクリニックとハローワーク", ("hw", "clinic")),
        ("県北支援センター", ("pol", "hokatsu")),
        ("県北主治医の会", ("byoin", "clinic")),
    ],
)
def test_a_name_in_doubt_gives_candidates(name: str, candidates: tuple[str, ...]) -> None:
    """A name for several, a slip of the fingers, a name inside a longer one: a person chooses."""
    found = match(name, CATALOGUE)
    assert (found.organisation, found.candidates) == (None, candidates)


@pytest.mark.parametrize("name", ["", " \u3000", "・", "近所のカフェ", "こども家庭センター", "HK", "（）", "さん"])
def test_a_name_of_nobody_gives_nothing(name: str) -> None:
    """A name inside that stands for too many helps nobody to choose."""
    assert match(name, CATALOGUE) == Match()


def test_a_name_of_two_organisations_is_settled_for_neither() -> None:
    """Even where both list it as their own."""
    both = Catalogue(
        (
            Resource("a", "甲", "こう", "", "", "", ("窓口",)),
            Resource("b", "乙", "おつ", "", "", "", ("まどぐち", "窓口")),
        )
    )
    assert match("窓口", both) == Match(candidates=("a", "b"), how="several", known="窓口")


def test_a_name_that_nobody_may_settle_is_not_settled_by_an_alias() -> None:
    """What the catalogue calls unsettled stays so, even with one candidate."""
    shared = Catalogue(
        (Resource("a", "移行", "いこう", "", "", "", ("・",)),), (Unsettled("移行", ("a",)), Unsettled("・", ()))
    )
    assert match("移行", shared) == Match(candidates=("a",), how="several", known="移行")
    assert match("・", shared) == Match()


@given(st.sampled_from(CATALOGUE.unsettled), st.sampled_from(("", " ", "さん", "（水戸）", "・")))
def test_an_unsettled_name_is_never_settled(unsettled: Unsettled, ending: str) -> None:
    """However it is dressed up."""
    found = match(unsettled.name + ending, CATALOGUE)
    assert (found.organisation, found.candidates) == (None, unsettled.candidates)


@given(st.text() | st.text("ハローワークなかぽつ（）支援センターさん"))
def test_any_text_gives_organisations_of_the_catalogue(name: str) -> None:
    """An organisation or candidates, never both, and each once."""
    found = match(name, CATALOGUE)
    known = {resource.id for resource in CATALOGUE.resources}
    assert {found.organisation, *found.candidates} - {None} <= known
    assert found.organisation is None or not found.candidates
    assert len(set(found.candidates)) == len(found.candidates)


@pytest.mark.parametrize(
    ("name", "how", "known", "likeness"),
    [
        ("公共職業安定所", "name", "公共職業安定所", 100),
        ("ハローワーク", "alias", "ハローワーク", 100),
        (" ハローワーク ", "alias", "ハローワーク", 100),
        ("こうきょうしょくぎょうあんていじょ", "reading", "こうきょうしょくぎょうあんていじょ", 100),
        ("ﾊﾛｰﾜｰｸ", "form", "ハローワーク", 100),
        ("㈱ハローワーク様", "form", "ハローワーク", 100),
        ("水戸市のハローワーク", "beside", "ハローワーク", 100),
        ("地元の窓口【ハローワーク】", "brackets", "ハローワーク", 100),
        ("ハロワーク", "near", "ハローワーク", 100),
        ("公共職業安定書所", "near", "公共職業安定所", 88),
        ("支援センター", "several", "支援センター", 100),
        ("喫茶と精神科病院とハローワーク", "within", "", 100),
        ("近所のカフェ", "unknown", "", 100),
    ],
)
def test_a_match_says_why(name: str, how: How, known: str, likeness: int) -> None:
    """By what it was recognised, and how near it is to that."""
    found = match(name, CATALOGUE)
    assert (found.how, found.known, found.likeness) == (how, known, likeness)


@pytest.mark.parametrize(
    ("name", "plain"),
    [
        ("株式会社さくら", "さくら"),
        ("㈱さくら", "さくら"),
        ("ＮＰＯ法人 ゆめ", "ゆめ"),
        ("ゆめさん", "ゆめ"),
        ("NPO法人", "npo法人"),
        ("さん", "さん"),
        ("・", ""),
    ],
)
def test_a_name_is_bared_of_what_many_names_have(name: str, plain: str) -> None:
    """Unless nothing would be left."""
    assert bare(name) == plain


@given(st.text() | st.text("ハローワク・ぽほぼっのャ保険"))
def test_what_sounds_is_heard_again(name: str) -> None:
    """Small and voiced letters, long vowels and の do not count."""
    assert sound("なかぽっつ") == sound("なかほつ")
    assert not set(sound(name)) & set("ーっゃぽぼがの")
