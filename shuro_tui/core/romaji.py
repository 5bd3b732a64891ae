"""Kana and Latin letters, folded into one spelling: what sounds alike is written alike.

Hepburn, Kunrei and what people type into an input method come to the same (shi, si; chi, ti; sho, syo, shou), and so
does kana. Long vowels and doubled consonants are written once, for nobody agrees on how to spell them.
"""

import re
import unicodedata

_ROWS = {
    "": "あいうえお",
    "k": "かきくけこ",
    "s": "さしすせそ",
    "t": "たちつてと",
    "n": "なにぬねの",
    "h": "はひふへほ",
    "m": "まみむめも",
    "r": "らりるれろ",
    "g": "がぎぐげご",
    "z": "ざじずぜぞ",
    "d": "だ　　でど",
    "b": "ばびぶべぼ",
    "p": "ぱぴぷぺぽ",
    "v": "　　ゔ　　",
}
_KANA = {kana: head + vowel for head, row in _ROWS.items() for kana, vowel in zip(row, "aiueo", strict=True)}
_KANA |= dict(zip("やゆよわをんぢづっー", ("ya", "yu", "yo", "wa", "o", "n", "zi", "zu", "", ""), strict=True))
_SMALL = {"ゃ": "ya", "ゅ": "yu", "ょ": "yo", "ぁ": "a", "ぃ": "i", "ぅ": "u", "ぇ": "e", "ぉ": "o"}

# In this order: what one rule leaves is the next one's. The first three are for syllables that are half typed.
_SPELLINGS = tuple(
    (re.compile(pattern), written)
    for pattern, written in (
        (r"sh$", "s"),
        (r"(?:[tc]?ch|ts|c)$", "t"),
        (r"j$", "z"),
        (r"sh", "sy"),
        (r"[tc]?ch|cy", "ty"),
        (r"ts", "t"),
        (r"j", "zy"),
        (r"f", "h"),
        (r"d(?=[iu])", "z"),
        (r"wo", "o"),
        (r"l", "r"),
        (r"m(?=[bp])", "n"),
        (r"o[ou]+", "o"),
        (r"(.)\1+", r"\1"),
        (r"(?<=[szt])yi", "i"),
    )
)


def is_romaji(text: str) -> bool:
    """Whether it is written in Latin letters alone, with macrons or without."""
    return any(letter.isalpha() for letter in text) and all(
        letter.isascii() for letter in unicodedata.normalize("NFKD", text) if not unicodedata.combining(letter)
    )


def spelled(key: str) -> str | None:
    """A key of `matching.key` in that one spelling; None for what has other letters than kana and Latin ones."""
    text = ""
    for before, letter in zip(" " + key, key, strict=False):
        if letter in _SMALL:
            text = text[:-1] + _glide(before, letter) + _SMALL[letter]
        elif letter in _KANA:
            text += _KANA[letter]
        elif is_romaji(letter):
            text += unicodedata.normalize("NFKD", letter)[0]
        else:
            return None
    for pattern, written in _SPELLINGS:
        text = pattern.sub(written, text)
    return text


def _glide(before: str, small: str) -> str:
    """What stands between a consonant and a small vowel: うぇ is we, しぇ is sye, ふぁ is ha."""
    if small in "ゃゅょ":
        return ""
    return "w" if before == "う" else "y" if before in "しじち" else ""
