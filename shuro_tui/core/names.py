"""A name in the forms in which it is compared: as it reads, without what stands around it, as it sounds.

Only for comparing. What is shown and stored is the text as it was typed.
"""

import re
import unicodedata
from functools import lru_cache

_HIRAGANA = {letter: letter - 0x60 for letter in (*range(0x30A1, 0x30F7), 0x30FD, 0x30FE)}
_LEGAL = re.compile(
    r"\((?:株|有|合|社福|医|一社|一財|公社|公財|特非|独)\)|(?:株式|有限|合同|合資)会社|社会福祉法人|社会医療法人|医療法人(?:社団|財団)?"
    r"|(?:特定非営利活動|npo)法人|(?:一般|公益)(?:社団|財団)法人|(?:地方)?独立行政法人",
    re.IGNORECASE,
)
_POLITE = re.compile(r"(?<=..)(?:さん|様|の方々?|たち|など|等)$")
_ASKING = re.compile(
    r"(?:を頼む|を頼みたい|を?(?:お願い|依頼)?(?:する|します|したい|してもらう|していただく|してほしい)?)$"
)
_STAYS, _ASKED = 3, 10
"""Letters that are not taken for how one asks, and those of the longest way to ask."""
_MARKS = {ord(letter): None for letter in "\u3099\u309aーっの"}
_SMALL = str.maketrans("ぁぃぅぇぉゃゅょゎ", "あいうえおやゆよわ")
_CONVERTED = (
    ("以降", "移行"),
    ("保険", "保健"),
    ("機関相談", "基幹相談"),
    ("包活", "包括"),
    ("民政", "民生"),
    ("青年後見", "成年後見"),
    ("福祉科", "福祉課"),
    ("事業書", "事業所"),
    ("事務書", "事務所"),
    ("安定書", "安定所"),
    ("学校", "校"),
)
"""What an input method makes of the same sounds in this field: wrong → right."""


class _Reading(dict[int, int | str | None]):
    """Letter → letter as it is compared: hiragana; None for spaces, punctuation and what cannot be seen."""

    def __missing__(self, letter: int) -> int | str | None:
        skipped = unicodedata.category(chr(letter))[0] in "ZPC" or chr(letter) == "−"
        self[letter] = None if skipped else _HIRAGANA.get(letter, letter)
        return self[letter]


_READING = _Reading()


def key(name: str) -> str:
    """A name without width, case, kind of kana, spaces and punctuation; the long vowel mark stays."""
    folded = unicodedata.normalize("NFKC", name).casefold().translate(_READING)
    return unicodedata.normalize("NFKC", folded).replace("障がい", "障害").replace("障碍", "障害")


@lru_cache(maxsize=65_536)
def gist(content: str) -> str:
    """The key of what an organisation is asked for, without 「を頼む」, 「をする」 and the like at its end."""
    text = key(content)
    end = max(_STAYS, len(text) - _ASKED)
    return text[:end] + _ASKING.sub("", text[end:])


def bare(name: str) -> str:
    """The key of a name without its legal form (株式会社, ㈱, NPO法人) and a polite ending, if anything is left."""
    text = unicodedata.normalize("NFKC", name).strip()
    return key(_POLITE.sub("", _LEGAL.sub("", text).strip())) or key(name)


def sound(name: str) -> str:
    """A key as it sounds: without long vowels, doubled and voiced consonants and の, wrong conversions mended."""
    plain = unicodedata.normalize("NFD", name).translate(_MARKS).translate(_SMALL)
    for wrong, right in _CONVERTED:
        plain = plain.replace(wrong, right)
    return plain
