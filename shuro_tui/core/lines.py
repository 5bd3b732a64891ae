"""What stands side by side: the entries of the groups, in a line an organisation."""

from typing import Literal

from msgspec import Struct

from shuro_tui.core.group import Group
from shuro_tui.core.meaning import Meaning
from shuro_tui.core.remarks import Remark, beside

How = Literal["name", "alias", "reading", "form", "beside", "brackets", "near", "several", "within", "unknown"]
"""By what a name was recognised.

name, alias, reading: it is one of an organisation's; form: but for width, case, kana, spaces, 株式会社 and the like;
beside: it stands there with where it is, or who works there; brackets: it is what is outside of them, or else inside;
near: it is nearly that. Not settled: several: people say it of several; within: it stands in a longer text.
"""

FindingKind = Literal[
    "named-by-all",
    "named-by-one",
    "named-by-none",
    "different-content",
    "blank-content",
    "whom-for",
    "one-role",
    "family",
]


class Match(Struct, frozen=True):
    """What a name stands for, and why.

    organisation: a catalogue id; candidates: the ids it may be, while not settled; known: the catalogue's name by which
    it was recognised; likeness: how near it is to that, in hundredths.
    """

    organisation: str | None = None
    candidates: tuple[str, ...] = ()
    how: How = "unknown"
    known: str = ""
    likeness: int = 100


UNKNOWN = Match()


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


class Finding(Struct, frozen=True):
    """Something worth talking about.

    names: organisations or choices; groups: the ids of those concerned; lines: the ids of the lines in which the
    entries behind it stand; without: the ids of the groups that wrote, but nothing like it.
    """

    kind: FindingKind
    names: tuple[str, ...]
    groups: tuple[str, ...] = ()
    lines: tuple[str, ...] = ()
    without: tuple[str, ...] = ()


class Comparison(Struct, frozen=True):
    """All sheets of one case. Every entry stands in exactly one line.

    coverage: field → group id → entries; remarks: what the facilitator noted beside rows, of this case and of others;
    model: line id → what the model answer says there, empty until it is revealed.
    """

    case: str
    groups: tuple[Group, ...]
    lines: tuple[Line, ...]
    coverage: dict[str, dict[str, int]]
    findings: tuple[Finding, ...]
    remarks: tuple[Remark, ...] = ()
    model: dict[str, tuple[Entry, ...]] = {}

    @property
    def rows(self) -> int:
        """How many rows were written."""
        return sum(entry.part == 0 for line in self.lines for entry in line.entries)

    def starred(self, line: Line) -> frozenset[str]:
        """The groups that have a marked row in a line."""
        rows = {(each.group, each.row) for each in self.remarks if each.starred and each.case == self.case}
        return frozenset(entry.group for entry in line.entries if (entry.group, entry.row) in rows)

    def remark(self, entry: Entry) -> Remark:
        """What the facilitator noted beside the row of an entry; blank when nothing."""
        return beside(self.remarks, self.case, entry.group, entry.row)
