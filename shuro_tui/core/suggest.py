"""What a person may mean while typing: the organisations to choose from, the likeliest first."""

from collections.abc import Iterable
from functools import lru_cache
from operator import itemgetter

from msgspec import Struct

from shuro_tui.core.lookup import index
from shuro_tui.core.model import Catalogue, Resource
from shuro_tui.core.names import key
from shuro_tui.core.romaji import is_romaji, spelled

_CONTAINED_FROM = 3  # Latin letters: fewer stand in nearly every name
_SLIP_FROM = (3, 6)  # letters: one slip from three, two from six; in romaji twice as many letters say as much
_SLIP_FROM_ROMAJI = (6, 12)

_first = itemgetter(0)


class _Names(Struct, frozen=True, eq=False):
    """Everything that an organisation is called; `sounds`: what of it is kana, as romaji spells it."""

    resource: Resource
    keys: tuple[str, ...]
    sounds: tuple[str, ...]


def suggest(typed: str, catalogue: Catalogue, at_most: int = 5) -> tuple[Resource, ...]:
    """The organisations with a name, alias or reading that is what was typed, then begins with it, then contains it.

    Typed in any width, in hiragana, katakana or romaji. Where there is none: those that begin nearly so.
    """
    wanted = key(typed)
    if not wanted:
        return ()
    sound = spelled(wanted) if is_romaji(wanted) else None
    names = _names(catalogue)
    ranked = [(_rank(wanted, sound, each), each.resource) for each in names]
    found = _best(ranked) or _best([(_slips(wanted, sound, each), each.resource) for each in names])
    return found[:at_most]


def _best(ranked: Iterable[tuple[int | None, Resource]]) -> tuple[Resource, ...]:
    found = [(rank, resource) for rank, resource in ranked if rank is not None]
    return tuple(resource for _, resource in sorted(found, key=_first))


def _rank(wanted: str, sound: str | None, names: _Names) -> int | None:
    as_written = _place(wanted, names.keys, 1)
    as_heard = _place(sound, names.sounds, _CONTAINED_FROM) if sound else None
    return min((rank for rank in (as_written, as_heard) if rank is not None), default=None)


def _place(wanted: str, names: tuple[str, ...], contained_from: int) -> int | None:
    if wanted in names:
        return 0
    if any(name.startswith(wanted) for name in names):
        return 1
    return 2 if len(wanted) >= contained_from and any(wanted in name for name in names) else None


def _slips(wanted: str, sound: str | None, names: _Names) -> int | None:
    """How many slips of the fingers part what was typed from the beginning of a name; None for too many."""
    as_written = _nearest(wanted, names.keys, _SLIP_FROM if sound is None else _SLIP_FROM_ROMAJI)
    as_heard = _nearest(sound, names.sounds, _SLIP_FROM_ROMAJI) if sound else None
    return min((slips for slips in (as_written, as_heard) if slips is not None), default=None)


def _nearest(wanted: str, names: tuple[str, ...], slip_from: tuple[int, int]) -> int | None:
    limit = sum(len(wanted) >= enough for enough in slip_from)
    if not limit:
        return None
    from rapidfuzz.distance import OSA  # noqa: PLC0415  not at start-up: nothing is typed yet

    lengths = range(len(wanted) - limit, len(wanted) + limit + 1)
    slips = (OSA.distance(wanted, name[:length], score_cutoff=limit) for name in names for length in lengths)
    return min((number for number in slips if number <= limit), default=None)


@lru_cache(maxsize=4)
def _names(catalogue: Catalogue) -> tuple[_Names, ...]:
    named = index(catalogue).keys
    return tuple(_Names(resource, keys, tuple(filter(None, map(spelled, keys)))) for resource, keys in named)
