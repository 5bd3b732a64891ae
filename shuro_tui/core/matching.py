"""The name as it was typed → an organisation of the catalogue, and why.

What says one organisation is taken for it; what may be one of several stays unsettled, with its candidates, and a
person chooses: two organisations taken for one would be a comparison that is wrong and looks right.
"""

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache

from shuro_tui.core.lines import UNKNOWN, How, Match
from shuro_tui.core.lookup import Index, Known, index
from shuro_tui.core.model import Catalogue
from shuro_tui.core.names import bare, key, sound

LIKENESS = 82
"""From how many hundredths on a near name is that name: chosen by one half of tests/core/names.tsv."""

_MAYBE = 70
_SOUND_AT_LEAST = 3  # letters: shorter names that sound alike are other names

_BRACKETS = re.compile(r"[(\[{「『【〔〈《<]([^()\[\]{}「」『』【】〔〕〈〉《》<>]*)[)\]}」』】〕〉》>]")


def match(name: str, catalogue: Catalogue, likeness: int = LIKENESS) -> Match:
    """The organisation that a name says, or those that a person may choose among."""
    return _match(name, index(catalogue), likeness)


def called(name: str, catalogue: Catalogue) -> Match:
    """What a name says that is one of the catalogue's."""
    return _called(name, index(catalogue))


def said(name: str, catalogue: Catalogue) -> Match:
    """What a name says without a guess: one of the catalogue's, perhaps with where it is, or who works there."""
    return _said(name, index(catalogue))


@lru_cache(maxsize=8192)
def _match(name: str, index: Index, likeness: int) -> Match:
    if not name or name.isspace():
        return UNKNOWN
    doubtful = _called(name, index)
    if doubtful != UNKNOWN:
        return doubtful
    for guess in _guesses(name, index, likeness):
        if guess.organisation is not None:
            return guess
        doubtful = guess if doubtful == UNKNOWN else doubtful
    return doubtful


def _guesses(name: str, index: Index, likeness: int) -> Iterator[Match]:
    yield _beside(name, index)
    yield _in_brackets(name, index)
    yield _near(name, index, likeness)
    yield _within(name, index)


@lru_cache(maxsize=8192)
def _said(name: str, index: Index) -> Match:
    found = _called(name, index)
    return _beside(name, index) if found == UNKNOWN else found


def _called(name: str, index: Index) -> Match:
    """The name is one of the catalogue's, or the beginning of a reading that no other begins with."""
    whole, plain = index.known.get(key(name)), bare(name)
    if whole is not None:
        return _as(whole, whole.kind if whole.name == name.strip() else "form")
    found = index.known.get(plain) or index.begun(plain)
    return UNKNOWN if found is None else _as(found, "form")


def _beside(name: str, index: Index) -> Match:
    found = index.beside(bare(name))
    return UNKNOWN if found is None else _as(found, "beside")


def _as(known: Known, how: How, likeness: int = 100) -> Match:
    if known.kind == "several":
        return Match(None, known.ids, "several", known.name, likeness) if known.ids else UNKNOWN
    return Match(known.ids[0], (), how, known.name, likeness)


def _in_brackets(name: str, index: Index) -> Match:
    """What the name says outside its brackets, or else inside; unsettled when the two contradict each other."""
    text = unicodedata.normalize("NFKC", name)
    parts = (_BRACKETS.sub("", text), *_BRACKETS.findall(text))
    found = [says for says in (_said(part, index) for part in parts) if says != UNKNOWN]
    settled = tuple(dict.fromkeys(says.organisation for says in found if says.organisation is not None))
    if not found:
        return UNKNOWN
    if len(settled) == 1 and found[0].organisation is not None:
        return Match(settled[0], (), "brackets", found[0].known)
    candidates = (candidate for says in found for candidate in says.candidates)
    return Match(None, tuple(dict.fromkeys((*settled, *candidates))), "several", found[0].known)


def _near(name: str, index: Index, enough: int) -> Match:
    """The organisation that the name is nearly, or those that it resembles."""
    from rapidfuzz.distance import OSA  # noqa: PLC0415 - 60 ms, and most names are known
    from rapidfuzz.process import extract  # noqa: PLC0415

    heard = sound(bare(name))
    if len(heard) < _SOUND_AT_LEAST:
        return UNKNOWN
    like = extract(heard, index.sounds, scorer=OSA.normalized_similarity, score_cutoff=_MAYBE / 100, limit=None)
    if not like:
        return UNKNOWN
    nearest = [index.heard[place] for _, score, place in like if score == like[0][1]]
    likeness = round(like[0][1] * 100)
    if likeness >= enough and len({known.ids for known in nearest}) == 1:
        return _as(nearest[0], "near", likeness)
    candidates = (candidate for _, _, place in like for candidate in index.heard[place].ids)
    return Match(None, tuple(dict.fromkeys(candidates)), "near", nearest[0].name, likeness)


def _within(name: str, index: Index) -> Match:
    """The organisations named inside a longer text."""
    candidates = tuple(dict.fromkeys(_contained(key(name), index)))
    return Match(None, candidates, "within") if candidates else UNKNOWN


def _contained(wanted: str, index: Index) -> Iterator[str]:
    """A name inside a longer name that was met does not count."""
    for other, ids in index.telling:
        if other in wanted:
            wanted = wanted.replace(other, " ")
            yield from ids
