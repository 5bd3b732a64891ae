"""The groups' sheets side by side, by organisation."""

from typing import Literal

from msgspec import Struct

from shuro_tui.core.model import Case, Catalogue
from shuro_tui.core.session import Group
from shuro_tui.core.sheet import Sheet

FindingKind = Literal["named-by-all", "named-by-one", "named-by-none", "different-content", "blank-content", "whom-for"]


class Entry(Struct, frozen=True):
    """One row as a group wrote it. `organisation` is the catalogue's id, None while unsettled or unknown."""

    group: str
    row: str
    typed: str
    fields: dict[str, str]
    organisation: str | None = None
    candidates: tuple[str, ...] = ()


class Line(Struct, frozen=True):
    """One organisation with every entry that names it; without entries, one that nobody named.

    `organisation` is None for a name that is in no catalogue, or not settled (then `candidates` says which it may be).
    """

    name: str
    field: str
    entries: tuple[Entry, ...]
    organisation: str | None = None
    candidates: tuple[str, ...] = ()

    @property
    def groups(self) -> tuple[str, ...]:
        """The groups that named it, each once, in the order of the session."""
        return tuple(dict.fromkeys(entry.group for entry in self.entries))


class Finding(Struct, frozen=True):
    """Something worth talking about. `names`: organisations or choices; `groups`: the ids of those concerned."""

    kind: FindingKind
    names: tuple[str, ...]
    groups: tuple[str, ...] = ()


class Comparison(Struct, frozen=True):
    """All sheets of one case. Every entry stands in exactly one line. `coverage`: field → group id → entries."""

    case: str
    groups: tuple[Group, ...]
    lines: tuple[Line, ...]
    coverage: dict[str, dict[str, int]]
    findings: tuple[Finding, ...]


def compare(case: Case, catalogue: Catalogue, groups: tuple[Group, ...], sheets: tuple[Sheet, ...]) -> Comparison:
    """Compare the sheets of one case."""
    raise NotImplementedError
