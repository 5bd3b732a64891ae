"""What is offered while an organisation's name is typed."""

import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shuro_tui import content
from shuro_tui.core.lookup import index
from shuro_tui.core.model import Resource
from shuro_tui.core.names import key
from shuro_tui.core.romaji import is_romaji, spelled
from shuro_tui.core.suggest import suggest
from tests.workshops import catalogue

CATALOGUE = catalogue()
LECTURE = content.load(content.bundled()).catalogue
KEYS = {resource.id: keys for resource, keys in index(LECTURE).keys}
ALL = len(LECTURE.resources)

HEPBURN = {"し": "shi", "ち": "chi", "つ": "tsu", "ふ": "fu", "じ": "ji", "ん": "n", "ー": "-", "っ": ""}
HEPBURN |= {"しゃ": "sha", "しゅ": "shu", "しょ": "sho", "ちゃ": "cha", "ちゅ": "chu", "ちょ": "cho"}
HEPBURN |= {"じゃ": "ja", "じゅ": "ju", "じょ": "jo", "きゃ": "kya", "きゅ": "kyu", "きょ": "kyo", "ぎょ": "gyo"}
HEPBURN |= {"りゃ": "rya", "りゅ": "ryu", "りょ": "ryo", "びょ": "byo", "ひょ": "hyo", "ぎゅ": "gyu", "にゅ": "nyu"}


def hepburn(kana: str) -> str:
    """As a sign at a station has it."""
    text, place = "", 0
    while place < len(kana):
        pair = kana[place : place + 2]
        length = 2 if pair in HEPBURN else 1
        text += HEPBURN.get(kana[place : place + length]) or spelled(kana[place]) or ""
        place += length
    return text


def ids(typed: str) -> list[str]:
    """What is offered for it."""
    return [resource.id for resource in suggest(typed, CATALOGUE)]


@pytest.mark.parametrize(
    ("typed", "offered"),
    [
        ("", []),
        (" ・", []),
        ("qx", []),
        ("ハロ", ["hw"]),
        ("hw", ["hw"]),
        ("なか", ["pol"]),
        ("クリニック", ["clinic"]),
        ("しょう", ["pol", "center"]),
        ("精神", ["byoin", "clinic"]),
        ("せんたー", ["center", "pol", "hokatsu"]),
    ],
)
def test_what_is_typed_is_completed(typed: str, offered: list[str]) -> None:
    """First what it is, then what begins with it, then what contains it; else as in the catalogue."""
    assert ids(typed) == offered


@pytest.mark.parametrize(
    "typed",
    [
        "はろーわーく",
        "ハローワーク",
        "ﾊﾛｰﾜｰｸ",
        "はろー",
        "haroowaaku",
        "haro-wa-ku",
        "HAROWAKU",
        "ｈａｒｏ",
        "harow",
        "hārō",
    ],
)
def test_however_it_is_written(typed: str) -> None:
    """Hiragana, katakana, half width, romaji with or without long vowels."""
    assert ids(typed) == ["hw"]


@pytest.mark.parametrize(
    ("typed", "organisation"),
    [
        ("kokyo shokugyo", "hw"),
        ("koukyousyokugyou", "hw"),
        ("chiikishogai", "center"),
        ("tiiki syougaisya", "center"),
        ("nakapotsu", "pol"),
        ("nakapotu", "pol"),
        ("jobuko", "jc"),
        ("zyobuko-ti", "jc"),
        ("seisinkakurinikku", "clinic"),
        ("nenkin", "nenkin"),
    ],
)
def test_romaji_as_people_spell_it(typed: str, organisation: str) -> None:
    """Hepburn, Kunrei, what an input method takes."""
    assert ids(typed)[0] == organisation


@pytest.mark.parametrize(
    ("typed", "organisation"),
    [
        ("ハロワーク", "hw"),
        ("ハーロワーク", "hw"),
        ("公共職業案定", "hw"),
        ("なかぼつ", "pol"),
        ("クリニツク", "clinic"),
        ("年金事務書", "nenkin"),
        ("harpwaku", "hw"),
        ("nakapostu", "pol"),
    ],
)
def test_a_slip_of_the_fingers_is_forgiven(typed: str, organisation: str) -> None:
    """A letter left out, put in, mistaken or swapped."""
    assert ids(typed)[0] == organisation


@pytest.mark.parametrize(
    ("kana", "latin"),
    [
        ("きっちん", "kicchin"),
        ("きっちん", "kitchin"),
        ("しんぶん", "shimbun"),
        ("けんあん", "ken'an"),
        ("ふぁみりー", "famirii"),
        ("うぇるふぇあ", "werufea"),
        ("じぇい", "jei"),
        ("しぇあ", "shea"),
        ("てぃーむ", "tiimu"),
        ("つづける", "tsudukeru"),
        ("りょう", "lyou"),
        ("ほうおう", "hōō"),
    ],
)
def test_kana_and_romaji_meet(kana: str, latin: str) -> None:
    """What sounds alike is spelled alike."""
    assert spelled(key(latin)) == spelled(kana)


@given(st.sampled_from(LECTURE.resources), st.data())
def test_every_beginning_of_every_reading_offers_it(organisation: Resource, data: st.DataObject) -> None:
    """From the first letter on, in kana and in romaji, the organisation is among what may be meant."""
    reading = key(organisation.reading)
    typed = data.draw(st.sampled_from((reading, hepburn(reading), spelled(reading) or reading)))
    beginning = typed[: data.draw(st.integers(1, len(typed)))]
    assert organisation in suggest(beginning, LECTURE, ALL)


@given(st.sampled_from(LECTURE.resources), st.data())
def test_a_letter_left_out_of_any_name_still_finds_it(organisation: Resource, data: st.DataObject) -> None:
    """Unless what is left is another organisation's name."""
    name = data.draw(st.sampled_from([name for name in KEYS[organisation.id] if len(name) > 3 and not name.isascii()]))
    place = data.draw(st.integers(0, len(name) - 1))
    found = suggest(name[:place] + name[place + 1 :], LECTURE, ALL)
    assert organisation in found or any(
        name[:place] + name[place + 1 :] in other for one in found for other in KEYS[one.id]
    )


@given(st.text() | st.text("harowkushitcj'-ー") | st.text("ハローワークなかぽつゃぇ"))
def test_anything_may_be_typed(typed: str) -> None:
    """A few organisations of the catalogue, each once, whatever it is."""
    found = suggest(typed, CATALOGUE, 3)
    assert len(found) <= 3
    assert len({resource.id for resource in found}) == len(found)
    assert is_romaji(typed) or not (typed.isascii() and any(map(str.isalpha, typed)))


def test_completion_offers_a_few() -> None:
    """No more than asked for."""
    assert len(suggest("ー", CATALOGUE, 2)) == 2


def test_what_it_needs_is_imported_when_something_is_typed() -> None:
    """A terminal starts without it."""
    told = "import sys, shuro_tui.tui.screens.group; print('rapidfuzz' in sys.modules)"
    ended = subprocess.run([sys.executable, "-c", told], capture_output=True, check=True, text=True)
    assert ended.stdout == "False\n"
