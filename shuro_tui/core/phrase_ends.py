"""Where a phrase of Japanese ends (BudouX), and what stays whole in spite of it: 支援(しえん), （…）."""

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from rich.cells import cell_len

from shuro_tui.core.kinsoku import SPACES, outside_words

if TYPE_CHECKING:
    from budoux import Parser

_WHOLE_WORDS = ("なかぽつ", "成年後見", "障害者就業・生活支援センター", "就業・生活支援センター")
"""Words of the trade that BudouX takes apart, or that hold a ・."""

_NAME = r"[々-〇\u3400-\u9fff\uf900-\ufaffァ-ー\U00020000-\U0003ffff]"
_OPENING = frozenset("(（「")

_REMARK = 24
"""Cells of the widest remark that is kept whole: a wider one would leave the line before it nearly empty."""

_LISTED = re.compile(r"(?<=[^\s・]・)(?=[^\s・])")
_LIST = 20
"""Cells of the widest phrase in which names joined by ・ stay together."""


class Ends(NamedTuple):
    """Where a phrase ends, from the fewest places to all of them.

    outside: names stay with their readings, and short remarks in brackets whole; beside: both also stand apart from the
    words around them; between: readings stay whole, apart from their names; all: what is in brackets too is parted
    between its phrases.
    """

    outside: frozenset[int]
    beside: frozenset[int]
    between: frozenset[int]
    all: frozenset[int]


@lru_cache(maxsize=2048)
def phrase_ends(text: str) -> Ends:
    """The places in a text where a line may end after a phrase; neither its beginning nor its end."""
    ends = _usable(text, _found(text))
    kept = [] if text.isascii() or _OPENING.isdisjoint(text) else list(_kept(text))
    if not kept:
        return Ends(ends, ends, ends, ends)
    wholes = {place for start, end, _bracket in kept for place in range(start + 1, end)}
    within = {place for _start, end, bracket in kept for place in range(bracket + 1, end)}
    beside = {place for start, end, _bracket in kept for place in (start, end)}
    between = beside | {bracket for _start, _end, bracket in kept}
    outside = ends - wholes
    return Ends(outside, outside | _usable(text, beside), (ends - within) | _usable(text, between), ends)


def _kept(text: str) -> Iterator[tuple[int, int, int]]:
    """Where each name with a reading and each short remark starts and ends, and where its bracket opens."""
    for found in _whole().finditer(text):
        if found[1] or cell_len(found[2]) <= _REMARK:
            yield *found.span(), found.start(1 if found[1] else 2)


@lru_cache(maxsize=1)
def _whole() -> re.Pattern[str]:
    """A name in kanji, maybe with katakana, and its reading in brackets; or a remark in brackets."""
    # So many letters take 4 ms to compile: not at start-up.
    return re.compile(rf"(?<!{_NAME}){_NAME}+([(（][ぁ-ゖァ-ー \u3000]+[)）])|([(（「][^()（）「」\n]+[)）」])")


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
    if "・" in text:
        ends.update(_listed(text, ends))
    for word in _WHOLE_WORDS:
        at = text.find(word)
        while at >= 0:
            ends.difference_update(range(at + 1, at + len(word)))
            at = text.find(word, at + 1)
    return ends


def _listed(text: str, ends: Iterable[int]) -> Iterator[int]:
    """Where names joined by ・ may be parted: in a phrase too long for the end of a line."""
    for start, end in pairwise((0, *sorted(ends), len(text))):
        if cell_len(text[start:end].rstrip(SPACES)) > _LIST:
            yield from (found.start() for found in _LISTED.finditer(text, start, end))


def _usable(text: str, places: Iterable[int]) -> frozenset[int]:
    return frozenset(place for place in places if 0 < place < len(text) and outside_words(text, place))
