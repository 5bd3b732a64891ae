"""The sessions in a folder."""

import re
from pathlib import Path

from msgspec import Struct

from shuro_tui.core.model import Millis
from shuro_tui.core.timeline import Phase
from shuro_tui.i18n import _
from shuro_tui.store import journal, pulse
from shuro_tui.store.errors import DamagedSession, StorageError, UnknownSession
from shuro_tui.store.session_file import load, sweep


class Summary(Struct, frozen=True):
    """A session in a list. `rows`: those with something in them.

    damaged: the file cannot be read, so that only its name and its date (`created_at`) are known.
    """

    id: str
    created_at: Millis
    path: Path
    title: str = ""
    phase: Phase | None = None
    groups: int = 0
    rows: int = 0
    damaged: bool = False


def sessions(folder: Path) -> list[Summary]:
    """The sessions of a folder, newest first; none when there is no such folder."""
    return sorted(map(_summary, _files(folder)), key=lambda summary: (summary.created_at, summary.id), reverse=True)


def delete(folder: Path, session_id: str) -> None:
    """Delete a session for good, with its journal and what of it was damaged. Raises UnknownSession, StorageError."""
    # Only a name that the folder itself lists is ever followed: no id leads out of it.
    path = next((path for path in _files(folder) if path.stem == session_id), None)
    if path is None:
        raise UnknownSession(_("There is no session '{id}'.").format(id=session_id))
    sweep(path)
    try:
        for trace in [*_beside(path), path]:
            trace.unlink(missing_ok=True)
    except OSError as error:
        raise StorageError(
            _("Cannot delete {path}: {reason}").format(path=path, reason=error.strerror or error)
        ) from error


def _beside(path: Path) -> list[Path]:
    aside = re.compile(rf"{re.escape(path.stem)}\.(json|journal)\.damaged-\d+")
    damaged = [other for other in path.parent.iterdir() if aside.fullmatch(other.name)]
    return [pulse.place(path), journal.place(path), *damaged]


def _files(folder: Path) -> list[Path]:
    return [path for path in folder.glob("*.json") if not path.name.startswith(".") and path.is_file()]


def _summary(path: Path) -> Summary:
    try:
        session = load(path)
    except (DamagedSession, StorageError):
        return Summary(path.stem, Millis(path.stat().st_mtime_ns // 1_000_000), path, damaged=True)
    return Summary(
        id=path.stem,
        created_at=session.created_at,
        path=path,
        title=session.workshop.title,
        phase=session.timeline.phase,
        groups=len(session.groups),
        rows=sum(not row.blank for sheet in session.sheets.values() for row in sheet.rows),
    )
