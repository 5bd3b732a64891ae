"""What a rehearsal measured, and whether every row came through."""

import sys
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from msgspec import Struct

from shuro_tui.core.session import Session
from shuro_tui.rehearsal.typist import RowPlace, Texts

Rows = Mapping[RowPlace, Texts]


class Latency(Struct, frozen=True):
    """Milliseconds from a change being typed until the hub's word that it is kept; None when nothing was typed."""

    p50: float | None
    p99: float | None
    max: float | None


class Figures(Struct, frozen=True):
    """rows_sent: rows that the groups wrote and did not delete; rows_acknowledged: those of them whose last change the
    hub acknowledged; rows_stored: those that stand in the session's file with the very text that was typed last.

    hub_rss_mb: the most memory that the hub took, in 10⁶ bytes; None where that cannot be told. wall_s: seconds.
    """

    groups: int
    rows_sent: int
    rows_acknowledged: int
    rows_stored: int
    ack_ms: Latency
    hub_rss_mb: float | None
    wall_s: float

    @property
    def sound(self) -> bool:
        """Whether not one row was lost on its way."""
        return self.rows_sent == self.rows_acknowledged == self.rows_stored


def latency(seconds: Sequence[float]) -> Latency:
    """Percentiles by nearest rank."""
    ranked = sorted(seconds)

    def at(percent: int) -> float | None:
        return round(ranked[-(-len(ranked) * percent // 100) - 1] * 1000, 1) if ranked else None

    return Latency(at(50), at(99), at(100))


def rows_stored(session: Session, typed: Iterable[tuple[str, Rows]]) -> int:
    """How many of the rows stand in the session as they were typed; `typed` is by group id."""
    return sum(_stands(session, group, place, texts) for group, rows in typed for place, texts in rows.items())


def _stands(session: Session, group: str, place: RowPlace, texts: Texts) -> bool:
    case, row_id = place
    row = session.sheet(case, group).row(row_id)
    return row is not None and row.fields == texts


def peak_memory(pid: int) -> float | None:
    """The most memory that a process which still runs has taken so far, in 10⁶ bytes; None when not told here."""
    try:
        status = Path(f"/proc/{pid}/status").read_text(encoding="ascii", errors="replace")
    except OSError:
        return None
    kibibytes = next((line.split()[1] for line in status.splitlines() if line.startswith("VmHWM:")), None)
    return None if kibibytes is None else round(int(kibibytes) * 1024 / 1e6, 1)


def peak_memory_of_children() -> float | None:
    """The same of the largest child that has ended, where the system counts it (not on Windows)."""
    if sys.platform == "win32":
        return None
    import resource  # noqa: PLC0415 - there is none on Windows

    peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
    return round(peak * (1 if sys.platform == "darwin" else 1024) / 1e6, 1)
