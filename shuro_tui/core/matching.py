"""The name as it was typed → an organisation of the catalogue.

Only a name that says one organisation beyond doubt is settled. What merely looks like one gives candidates, and a
person chooses: two organisations taken for one would be a comparison that is wrong and looks right.
"""

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from operator import itemgetter

from msgspec import Struct

from shuro_tui.core.model import Catalogue, Resource

_HIRAGANA = {letter: letter - 0x60 for letter in (*range(0x30A1, 0x30F7), 0x30FD, 0x30FE)}
_BRACKETS = re.compile(r"[(\[{「『【〔〈《<]([^()\[\]{}「」『』【】〔〕〈〉《》<>]*)[)\]}」』】〕〉》>]")
_POLITE = re.compile(r"(?<=..)(?:さん|様)$")

_first = itemgetter(0)

_CONTAINED_AT_LEAST = 3
_SLIP_FROM = (4, 8)  # letters: one slip from four, two from eight; in shorter names it makes another name
_CHOICES_AT_MOST = 4  # a name for more organisations than this, met inside a longer one, helps nobody to choose


class Match(Struct, frozen=True):
    """What a name stands for. `organisation`: a catalogue id; `candidates`: the ids it may be, while not settled."""

    organisation: str | None = None
    candidates: tuple[str, ...] = ()


class _Index(Struct, frozen=True, eq=False):
    """A catalogue by key. `longest`: every key with its organisations, the longest key first."""

    organisations: dict[str, tuple[str, ...]]
    unsettled: dict[str, tuple[str, ...]]
    longest: tuple[tuple[str, tuple[str, ...]], ...]

    def exactly(self, text: str) -> Match:
        """What the text says without a guess."""
        wanted = key(text)
        if wanted in self.unsettled:
            return Match(candidates=self.unsettled[wanted])
        found = self.organisations.get(wanted, ())
        return Match(found[0]) if len(found) == 1 else Match(candidates=found)


def key(name: str) -> str:
    """A name without width, case, kind of kana, spaces and punctuation; the long vowel mark stays."""
    folded = unicodedata.normalize("NFKC", name).casefold().translate(_HIRAGANA)
    kept = "".join(letter for letter in folded if unicodedata.category(letter)[0] not in "ZPC" and letter != "−")
    return unicodedata.normalize("NFKC", kept)


def keys_of(resource: Resource) -> tuple[str, ...]:
    """The keys of everything that an organisation is called, its reading last; each once."""
    return tuple(dict.fromkeys(filter(None, map(key, (resource.name, *resource.aliases, resource.reading)))))


def match(name: str, catalogue: Catalogue) -> Match:
    """The organisation that a name says, or those that a person may choose among."""
    return _match(name, _index(catalogue)) if name and not name.isspace() else Match()


@lru_cache(maxsize=4)
def _index(catalogue: Catalogue) -> _Index:
    organisations: dict[str, tuple[str, ...]] = {}
    for resource in catalogue.resources:
        for name in keys_of(resource):
            organisations[name] = (*organisations.get(name, ()), resource.id)
    unsettled = {key(name.name): name.candidates for name in catalogue.unsettled if key(name.name)}
    longest = sorted({**organisations, **unsettled}.items(), key=lambda pair: -len(pair[0]))
    return _Index(organisations, unsettled, tuple(longest))


@lru_cache(maxsize=4096)
def _match(name: str, index: _Index) -> Match:
    for text in (name, _POLITE.sub("", name.strip())):
        whole = index.exactly(text)
        if whole != Match():
            return whole
    said = _in_brackets(unicodedata.normalize("NFKC", name), index)
    return said if said != Match() else Match(candidates=_guesses(key(name), index))


def _in_brackets(text: str, index: _Index) -> Match:
    """What the text says outside its brackets, or else inside; unsettled when the two contradict each other."""
    parts = (_BRACKETS.sub("", text), *_BRACKETS.findall(text))
    found = [said for said in map(index.exactly, parts) if said != Match()]
    settled = tuple(dict.fromkeys(said.organisation for said in found if said.organisation is not None))
    if len(settled) == 1 and found[0].organisation is not None:
        return found[0]
    candidates = (candidate for said in found for candidate in said.candidates)
    return Match(candidates=tuple(dict.fromkeys((*settled, *candidates))))


def _guesses(wanted: str, index: _Index) -> tuple[str, ...]:
    """What the name is nearly; or else, what it contains."""
    near = (organisation for _, ids in sorted(_near(wanted, index), key=_first) for organisation in ids)
    return tuple(dict.fromkeys(near)) or tuple(dict.fromkeys(_within(wanted, index)))


def _near(wanted: str, index: _Index) -> Iterator[tuple[int, tuple[str, ...]]]:
    """What differs by a slip of the fingers, with the number of slips: left out, put in, mistaken or swapped."""
    from rapidfuzz.distance import OSA  # noqa: PLC0415  not at start-up: most names are met exactly

    for other, ids in index.longest:
        limit = _slips(min(len(wanted), len(other)))
        if limit and abs(len(wanted) - len(other)) <= limit:
            slips = OSA.distance(wanted, other, score_cutoff=limit)
            if slips <= limit:
                yield slips, ids


def _within(wanted: str, index: _Index) -> Iterator[str]:
    """The organisations named inside a longer text; a name inside a longer name that was met does not count."""
    for other, ids in index.longest:
        says_enough = len(other) >= _CONTAINED_AT_LEAST
        if says_enough and other in wanted and (other not in index.unsettled or len(ids) <= _CHOICES_AT_MOST):
            wanted = wanted.replace(other, " ")
            yield from ids


def _slips(length: int) -> int:
    """How many slips of the fingers a name of that length may hold and still look like itself."""
    return sum(length >= enough for enough in _SLIP_FROM)
