"""The sessions in a folder."""

import re
from pathlib import Path

from msgspec import Struct

from shuro_tui.core.model import Millis
from shuro_tui.core.timeline import Phase
from shuro_tui.i18n import _
from shuro_tui.store.errors import DamagedSession, StorageError, UnknownSession
from shuro_tui.store.session_file import load


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
    """Delete a session for good, with its journal and all that was kept aside. Raises UnknownSession, StorageError."""
    traces = _traces(folder, session_id)
    if not traces:
        raise UnknownSession(_("There is no session '{id}'.").format(id=session_id))
    for trace in traces:
        try:
            trace.unlink(missing_ok=True)
        except OSError as error:
            raise StorageError(
                _("Cannot delete {path}: {reason}").format(path=trace, reason=error.strerror or error)
            ) from error


def _traces(folder: Path, session_id: str) -> list[Path]:
    """All that is left of a session, its file last. Only what the folder itself lists: no id leads out of it."""
    name = rf"{re.escape(session_id)}\.(json|journal|pulse)"
    trace = re.compile(rf"{name}(\.damaged-\d+)?|\.{name}(\.damaged-\d+)?\.\d+\.tmp")
    found = [path for path in folder.glob("*") if trace.fullmatch(path.name) and path.is_file()]
    return sorted(found, key=lambda path: path.suffix == ".json")


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
