"""A catalogue by the keys of its names: what a name says without a guess."""

import re
from bisect import bisect_left
from collections.abc import Iterator
from functools import lru_cache
from itertools import takewhile
from typing import Literal

from msgspec import Struct

from shuro_tui.core.model import Catalogue, Resource
from shuro_tui.core.names import key, sound

Kind = Literal["name", "alias", "reading", "several"]

_PREFECTURES = (
    "北海道|青森|岩手|宮城|秋田|山形|福島|茨城|栃木|群馬|埼玉|千葉|東京|神奈川|新潟|富山|石川|福井|山梨|長野|岐阜|静岡|愛知|三重"
    "|滋賀|京都|大阪|兵庫|奈良|和歌山|鳥取|島根|岡山|広島|山口|徳島|香川|愛媛|高知|福岡|佐賀|長崎|熊本|大分|宮崎|鹿児島|沖縄"
)
_WHERE = re.compile(
    rf"(?:日本|(?:{_PREFECTURES})[都府県]?)?(?:.{{1,5}}?[市区町村郡]|[市区町村都道府県])?(?:役所|役場|[立内]|[東西南北央])?"
    r"(?:地区|圏域|地元|最寄り|近く|近隣|地域|指定|担当|母|父|親)?(?:(?:精神|知的|身体)?障害者|精神科)?の?"
)
_WHO = re.compile(
    rf"(?:{_PREFECTURES}|の|専門|援助|相談|支援|事業|作業|施設|機関|団体|[課係所]|せんたー|さーびす|すてーしょん|制度|窓口|部門"
    r"|担当|者|職員|すたっふ|わーかー|先生|世話人|保健師|[師員人]|さん|様|方|○)*"
)
_PLACE = re.compile(r"[^\W\d_]{2,4}")
_OF = re.compile(r".{1,8}の")
_ANOTHER_KIND = re.compile(r".*[科者児症性型的童議会]の?")
_WHOLE_NAME = 5  # letters: beside a short alias, a word without a mark of place may make another name of it
_BEGINNING = 6  # letters: so much of a name says as much as the whole
_CONTAINED = 3  # letters, of a name that is met inside a longer one
_CHOICES = 4  # a name for more organisations than this, met inside a longer one, helps nobody to choose
_LEFT_OUT = ("支援", "福祉")
_SENTENCE = 40  # letters: in more than that names are only looked for


class Known(Struct, frozen=True):
    """A name of the catalogue, and the organisations it stands for; "several": a person has to choose."""

    name: str
    ids: tuple[str, ...]
    kind: Kind


class Index(Struct, frozen=True, eq=False):
    """A catalogue by key.

    sorted: every key; telling: those that help to choose when they stand in a longer text, with the organisations, the
    longest first; sounds: how names sound, each at the place of its name in `heard`; keys: those of each organisation.
    """

    known: dict[str, Known]
    sorted: tuple[str, ...]
    telling: tuple[tuple[str, tuple[str, ...]], ...]
    sounds: tuple[str, ...]
    heard: tuple[Known, ...]
    keys: tuple[tuple[Resource, tuple[str, ...]], ...]

    def begun(self, text: str) -> Known | None:
        """The organisation of which a name or reading begins so, where no other has one."""
        if len(text) < _BEGINNING:
            return None
        first = bisect_left(self.sorted, text)
        begun = takewhile(lambda other: other.startswith(text), self.sorted[first:])
        found = [self.known[other] for other in begun]
        return found[0] if len({known.ids for known in found}) == 1 else None

    def beside(self, text: str) -> Known | None:
        """The longest name that stands in a key with nothing but where it is, or who works there."""
        for start, end in self._inside(text):
            found, before, after = self.known[text[start:end]], text[:start], text[end:]
            whole = found.kind == "name" or end - start >= _WHOLE_NAME
            if (_WHERE.fullmatch(before) or self._is_of(before) or (whole and self._is_place(before))) and (
                _WHO.fullmatch(after) or (whole and self._is_place(after))
            ):
                return found
        return None

    def _inside(self, text: str) -> Iterator[tuple[int, int]]:
        """Where in a key names stand that are in no longer one, the longest first."""
        met: list[tuple[int, int]] = []
        for size in range(len(text) - 1 if len(text) <= _SENTENCE else 0, 1, -1):
            for start in range(len(text) - size + 1):
                end = start + size
                if text[start:end] in self.known and not any(a <= start and end <= b for a, b in met):
                    met.append((start, end))
                    yield start, end

    def _is_place(self, word: str) -> bool:
        """A word that says neither what kind of organisation it is, nor is one of the catalogue's own."""
        return (
            _PLACE.fullmatch(word) is not None
            and _ANOTHER_KIND.fullmatch(word) is None
            and not any(word in other or other in word for other in self.known)
        )

    def _is_of(self, before: str) -> bool:
        """Whose it is: a word with の that names no organisation itself."""
        return (
            _OF.fullmatch(before) is not None
            and _ANOTHER_KIND.fullmatch(before) is None
            and not any(len(found.ids) == 1 and other in before for other, found in self.known.items())
        )


@lru_cache(maxsize=4)
def index(catalogue: Catalogue) -> Index:
    """The index of a catalogue."""
    known: dict[str, Known] = {}
    keys = []
    for resource in catalogue.resources:
        own = dict(_names(resource))
        keys.append((resource, tuple(own)))
        for text, found in own.items():
            known[text] = _shared(known[text], found) if text in known else found
    for name in catalogue.unsettled:
        if key(name.name):
            known[key(name.name)] = Known(name.name, name.candidates, "several")
    heard = [(as_heard, found) for text, found in known.items() for as_heard in _heard(text)]
    return Index(
        known=known,
        sorted=tuple(sorted(known)),
        telling=tuple((text, known[text].ids) for text in sorted(known, key=len, reverse=True) if _tells(text, known)),
        sounds=tuple(each for each, _ in heard),
        heard=tuple(found for _, found in heard),
        keys=tuple(keys),
    )


def _tells(text: str, known: dict[str, Known]) -> bool:
    return len(text) >= _CONTAINED and (known[text].kind != "several" or len(known[text].ids) <= _CHOICES)


def _heard(text: str) -> Iterator[str]:
    """A name as it sounds, and without the words that are left out in a hurry."""
    whole = sound(text)
    yield whole
    for word in _LEFT_OUT:
        if word in whole and len(whole) - len(word) >= _BEGINNING:
            yield whole.replace(word, "", 1)


def _names(resource: Resource) -> Iterator[tuple[str, Known]]:
    """Each key with the first of the names that has it: the name before aliases, aliases before the reading."""
    names: list[tuple[str, Kind]] = [(resource.reading, "reading")]
    names += [(alias, "alias") for alias in reversed(resource.aliases)]
    for name, kind in (*names, (resource.name, "name")):
        if key(name):
            yield key(name), Known(name, (resource.id,), kind)


def _shared(one: Known, other: Known) -> Known:
    return Known(one.name, tuple(dict.fromkeys((*one.ids, *other.ids))), "several")
