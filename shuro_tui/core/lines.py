"""What stands side by side: the entries of the groups, in a line an organisation."""

from msgspec import Struct

from shuro_tui.core.matching import UNKNOWN, Match
from shuro_tui.core.settling import Meaning


class Entry(Struct, frozen=True, gc=False):
    """One name in one row as a group wrote it; a row that names several organisations is an entry for each.

    typed: the name; fields: the whole row; organisation: the catalogue's id, None while unsettled or unknown; match:
    what the name says by itself, and why; settled: what the facilitator said of it, None when nothing; part: which of
    the names of its row it is, from 0.
    """

    group: str
    row: str
    typed: str
    fields: dict[str, str]
    organisation: str | None = None
    candidates: tuple[str, ...] = ()
    match: Match = UNKNOWN
    settled: Meaning | None = None
    part: int = 0


class Line(Struct, frozen=True):
    """One organisation with every entry that names it; without entries, one that nobody named.

    id: stays the same while entries come and go; organisation: None for a name that is in no catalogue, or not settled
    (then `candidates` says which it may be).
    """

    id: str
    name: str
    field: str
    entries: tuple[Entry, ...]
    organisation: str | None = None
    candidates: tuple[str, ...] = ()

    @property
    def groups(self) -> tuple[str, ...]:
        """The groups that named it, each once, in the order of the session."""
        return tuple(dict.fromkeys(entry.group for entry in self.entries))

    @property
    def sure(self) -> bool:
        """Whether it is one organisation beyond doubt."""
        return bool(self.name) and not self.candidates
