"""Several organisations in one field."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shuro_tui.core.several import named
from tests.workshops import catalogue

CATALOGUE = catalogue()


def parted(text: str) -> list[tuple[str, str | None]]:
    """Each name as typed, and its organisation."""
    return [(each.typed, each.match.organisation) for each in named(text, CATALOGUE)]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("ハローワーク、なかぽつ", [("ハローワーク", "hw"), ("なかぽつ", "pol")]),
        ("HW/JC\nPSW", [("HW", "hw"), ("JC", "jc"), ("PSW", "byoin")]),
        ("ハローワーク・なかぽつ", [("ハローワーク", "hw"), ("なかぽつ", "pol")]),
        ("ハローワーク なかぽつ", [("ハローワーク", "hw"), ("なかぽつ", "pol")]),
        ("ハローワークとなかぽつ", [("ハローワーク", "hw"), ("なかぽつ", "pol")]),
        ("ハローワーク、喫茶店", [("ハローワーク", "hw"), ("喫茶店", None)]),
        ("ハローワーク（求人、面接）、包括", [("ハローワーク（求人、面接）", "hw"), ("包括", "hokatsu")]),
        ("支援センターと主治医", [("支援センター", None), ("主治医", None)]),
    ],
)
def test_signs_part_names(text: str, names: list[tuple[str, str | None]]) -> None:
    """Each as it was typed, in its order; what is in brackets parts nothing."""
    assert parted(text) == names


@pytest.mark.parametrize(
    "text",
    [
        "障害者就業・生活支援センター",
        "障害者就業/生活支援センター",
        "喫茶店・夢",
        "駅前、夢の喫茶店",
        "近所の人と友人",
        "ハローワーク（求人、面接）",
        "ハローワーク 水戸",
        "、",
        "",
    ],
)
def test_one_name_stays_whole(text: str) -> None:
    """A name with such a sign in it, or without an organisation that anybody knows."""
    assert [name for name, _ in parted(text)] == [text]


@pytest.mark.parametrize(
    ("text", "organisations"),
    [
        ("ハローワーク、職業紹介のハローワーク", ["hw"]),
        ("ハローワーク/公共職業安定所", ["hw"]),
        ("主治医、クリニック", ["clinic"]),
        ("支援センター、包括、なかぽつ", ["hokatsu", "pol"]),
    ],
)
def test_an_organisation_counts_once(text: str, organisations: list[str]) -> None:
    """Named again, or by a word that may mean it."""
    assert [organisation for _, organisation in parted(text)] == organisations


@given(st.text() | st.text("ハローワークなかぽつ、・（）/ 支援センターと"))
def test_any_text_has_a_name(text: str) -> None:
    """At least one, and no organisation twice."""
    found = [organisation for _, organisation in parted(text) if organisation is not None]
    assert parted(text)
    assert len(set(found)) == len(found)
