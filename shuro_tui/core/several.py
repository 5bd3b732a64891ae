"""Several organisations in one field (「ハローワーク、なかぽつ」), parted for counting only."""

import re
from functools import lru_cache

from msgspec import Struct

from shuro_tui.core.lines import UNKNOWN, Match
from shuro_tui.core.matching import LIKENESS, called, match, said
from shuro_tui.core.model import Catalogue

_BRACKETED = r"[(（\[「『【〔][^)）\]」』】〕]*[)）\]」』】〕]"
_BETWEEN = re.compile(rf"(?:{_BRACKETED}|[^、，､,/／;；|｜+＋&＆\n])+")
"""Names between signs that part names; a sign in brackets parts nothing."""
_WITHIN_REACH = re.compile(rf"(?:{_BRACKETED}|[^・･\sと])+")
"""Names between signs that are in many a name as well."""
_NAMES_AT_MOST = 20


class Named(Struct, frozen=True):
    """One name in a field: as it was typed, and what it stands for."""

    typed: str
    match: Match


@lru_cache(maxsize=8192)
def named(text: str, catalogue: Catalogue, likeness: int = LIKENESS) -> tuple[Named, ...]:
    """The names in a field, in their order, each organisation once; one, perhaps unknown, where nothing parts them."""
    parts = [part.strip() for part in _BETWEEN.findall(text) if part.strip()]
    if 1 < len(parts) <= _NAMES_AT_MOST and called(text, catalogue) == UNKNOWN:
        found = tuple(each for part in parts for each in _joined(part, catalogue, likeness))
        if any(each.match.how not in ("within", "unknown") for each in found):
            return _once(found)
    return _once(_joined(text, catalogue, likeness))


def _joined(text: str, catalogue: Catalogue, likeness: int) -> tuple[Named, ...]:
    """Parted by what is in many a name as well only where each part says something."""
    if said(text, catalogue).organisation is None:
        parts = [part for part in _WITHIN_REACH.findall(text) if part.strip()]
        found = tuple(Named(part, said(part, catalogue)) for part in parts)
        if len(found) > 1 and all(each.match != UNKNOWN for each in found):
            return found
    return (Named(text, match(text, catalogue, likeness)),)


def _once(found: tuple[Named, ...]) -> tuple[Named, ...]:
    """Without what is named again, and what may be an organisation that is named."""
    settled = {each.match.organisation for each in found} - {None}
    first: dict[object, Named] = {}
    for each in found:
        if not settled.intersection(each.match.candidates):
            first.setdefault(each.match.organisation or each.typed, each)
    return tuple(first.values())
