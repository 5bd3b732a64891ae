"""Where a phrase of Japanese ends (BudouX), and how a name keeps its reading, as in 支援(しえん)."""

import re
from collections.abc import Iterable
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from shuro_tui.core.kinsoku import SPACES, outside_words

if TYPE_CHECKING:
    from budoux import Parser

_WHOLE_WORDS = ("なかぽつ", "成年後見")
"""Words of the trade that BudouX takes apart."""

_NAME = r"[々-〇\u3400-\u9fff\uf900-\ufaffァ-ー\U00020000-\U0003ffff]"
_READ = re.compile(rf"(?<!{_NAME}){_NAME}+([(（][ぁ-ゖァ-ー \u3000]+[)）])")
"""A name in kanji, maybe with katakana, and its reading in brackets."""


class Ends(NamedTuple):
    """Where a phrase ends, from the fewest places to all of them.

    outside: names stay with their readings; beside: they also stand apart from the words around them; between: readings
    stay whole, apart from their names; all: a reading too is parted between its phrases.
    """

    outside: frozenset[int]
    beside: frozenset[int]
    between: frozenset[int]
    all: frozenset[int]


@lru_cache(maxsize=2048)
def phrase_ends(text: str) -> Ends:
    """The places in a text where a line may end after a phrase; neither its beginning nor its end."""
    ends = _usable(text, _found(text))
    readings = [(*found.span(), found.start(1)) for found in _READ.finditer(text)]
    if not readings:
        return Ends(ends, ends, ends, ends)
    names = {place for start, end, _reading in readings for place in range(start + 1, end)}
    within = {place for _start, end, reading in readings for place in range(reading + 1, end)}
    beside = {place for start, end, _reading in readings for place in (start, end)}
    between = beside | {reading for _start, _end, reading in readings}
    outside = ends - names
    return Ends(outside, outside | _usable(text, beside), (ends - within) | _usable(text, between), ends)


@lru_cache(maxsize=1)
def _parser() -> "Parser":
    from budoux import load_default_japanese_parser  # noqa: PLC0415  loading the model costs 10 ms: not at start-up

    return load_default_japanese_parser()


def _found(text: str) -> set[int]:
    if text.isascii():
        ends: set[int] = set()
    else:
        place = 0
        ends = {place := place + len(phrase) for phrase in _parser().parse(text)}
    ends.update(place for place in range(1, len(text)) if text[place - 1] in SPACES)
    for word in _WHOLE_WORDS:
        at = text.find(word)
        while at >= 0:
            ends.difference_update(range(at + 1, at + len(word)))
            at = text.find(word, at + 1)
    return ends


def _usable(text: str, places: Iterable[int]) -> frozenset[int]:
    return frozenset(place for place in places if 0 < place < len(text) and outside_words(text, place))
