"""The names that groups typed for a case: what each stands for, and which of them wait for the facilitator."""

from collections.abc import Sequence

from msgspec import Struct

from shuro_tui.core.lines import Comparison, Entry, Line
from shuro_tui.core.names import bare, sound
from shuro_tui.core.settling import ident

ALIKE = 82
"""From how many hundredths on two names of no catalogue are offered as one; as for near names in the catalogue."""

_SOUND_AT_LEAST = 3


class TypedName(Struct, frozen=True):
    """A name that reads the same wherever it was typed, in one line of the comparison."""

    name: str
    line: Line
    entries: tuple[Entry, ...]

    @property
    def id(self) -> str:
        """What it is told apart by, as long as it stands for the same."""
        return f"{self.line.id}\n{ident(self.name)}"

    @property
    def waits(self) -> bool:
        """Whether nobody has said yet what it stands for, and it is in no catalogue or may be one of several."""
        return bool(self.name.strip()) and self.line.organisation is None and self.entries[0].settled is None

    @property
    def rows(self) -> tuple[Entry, ...]:
        """Its entries, one a row."""
        return rows_in(self.entries)

    @property
    def itself(self) -> bool:
        """Whether it stands for no organisation and for no other name."""
        return self.line.organisation is None and ident(self.name) == ident(self.line.name)


def rows_in(entries: tuple[Entry, ...]) -> tuple[Entry, ...]:
    """One entry of each row, in the order of the rows."""
    return tuple({(entry.group, entry.row): entry for entry in entries}.values())


def typed_names(comparison: Comparison) -> tuple[TypedName, ...]:
    """Those that wait first: those that may be one of several, then those of no catalogue; then all others."""
    found: dict[tuple[str, str], list[Entry]] = {}
    lines = {line.id: line for line in comparison.lines}
    for line in comparison.lines:
        for entry in line.entries:
            if entry.typed.strip():
                found.setdefault((line.id, ident(entry.typed)), []).append(entry)
    names = [TypedName(entries[0].typed, lines[line], tuple(entries)) for (line, _), entries in found.items()]
    return tuple(sorted(names, key=_waits_first))


def _waits_first(name: TypedName) -> int:
    return 2 if not name.waits else 0 if name.line.candidates else 1


def moved(before: Sequence[TypedName], now: Sequence[TypedName]) -> tuple[TypedName, ...]:
    """The names of which something else is said now, or which stand elsewhere; those typed since are left out."""
    typed = {ident(name.name) for name in before}
    stood = {(name.id, name.entries[0].settled) for name in before}
    here = (name for name in now if ident(name.name) in typed)
    return tuple(name for name in here if (name.id, name.entries[0].settled) not in stood)


def alike(name: str, others: Sequence[str]) -> dict[str, int]:
    """Those of the others that sound nearly like the name, in hundredths, the likeliest first."""
    heard = sound(bare(name))
    if len(heard) < _SOUND_AT_LEAST:
        return {}
    from rapidfuzz.distance import OSA  # noqa: PLC0415 - no comparison is looked at that closely at start-up

    likeness = {other: round(OSA.normalized_similarity(heard, sound(bare(other))) * 100) for other in others}
    return {other: near for other, near in sorted(likeness.items(), key=lambda each: -each[1]) if near >= ALIKE}
