"""Sessions that were held: choose one, list them, compare, tell their times, delete. For the verbs after a workshop."""

from collections import Counter
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

from shuro_tui import store
from shuro_tui.core.comparison import compare
from shuro_tui.core.comparison_text import comparison_text
from shuro_tui.core.group import Group
from shuro_tui.core.model import Millis
from shuro_tui.core.session import Session
from shuro_tui.core.sheet import clean
from shuro_tui.core.times import last_told
from shuro_tui.core.times_text import times_text
from shuro_tui.core.together import Unlike, anonymous, together
from shuro_tui.errors import Mend
from shuro_tui.hub import whereabouts
from shuro_tui.hub.outbox import forget_session
from shuro_tui.hub.whereabouts import running
from shuro_tui.i18n import _
from shuro_tui.store import DamagedSession, StorageError, Summary, UnknownSession, load, pulse, sessions

_PHASES = {
    "waiting": lambda: _("not started"),
    "running": lambda: _("unfinished"),
    "paused": lambda: _("unfinished"),
    "finished": lambda: _("finished"),
}


def when(moment: Millis) -> str:
    """A moment in this machine's time, to the minute."""
    return datetime.fromtimestamp(moment / 1000, UTC).astimezone().strftime("%Y-%m-%d %H:%M")


def session_lines(folder: Path) -> list[str]:
    """One line a session, newest first; one that says so when there is none."""
    return [_line(summary) for summary in sessions(folder)] or [_("No session is kept here yet.")]


def _line(summary: Summary) -> str:
    if summary.phase is None:
        return f"{summary.id}  {when(summary.created_at)}  " + _("cannot be read: {path}").format(path=summary.path)
    return "  ".join(
        (
            summary.id,
            when(summary.created_at),
            _PHASES[summary.phase](),
            _("{groups} groups, {rows} rows").format(groups=summary.groups, rows=summary.rows),
            summary.title,
        )
    )


def unfinished(folder: Path) -> Summary | None:
    """The newest session, when it was begun and not finished."""
    newest = next((summary for summary in sessions(folder) if not summary.damaged), None)
    return newest if newest is not None and newest.phase in ("running", "paused") else None


def choose(folder: Path, session_id: str | None) -> Session:
    """The session of that id or in that file, the newest without one. Raises Mend."""
    if session_id is not None and session_id.endswith(".json"):
        return _read(Path(session_id))
    kept = sessions(folder)
    if session_id is None and not kept:
        raise Mend(_("No session is kept here yet."))
    chosen = kept[0] if session_id is None else next((one for one in kept if one.id == session_id), None)
    if chosen is None:
        raise Mend(_("There is no session '{id}'.").format(id=session_id))
    return _read(chosen.path)


def _read(path: Path) -> Session:
    try:
        return load(path)
    except (DamagedSession, StorageError) as error:
        raise Mend(str(error)) from error


def to_compare(
    folder: Path, named: Sequence[str], rooms: Sequence[str] = (), apart: bool = False, unnamed: bool = False
) -> Session:
    """The session of that name, the newest without one; or several as one, each a room. Raises Mend.

    named: ids and files; rooms: what each is called, after its time where this is empty; `unnamed`: without the groups'
    names, the rooms keep theirs.
    """
    sessions = [_read_any(Path(each)) if each.endswith(".json") else choose(folder, each) for each in named]
    sessions = sessions or [choose(folder, None)]
    sessions = [nameless(each) for each in sessions] if unnamed else sessions
    if rooms and len(rooms) != len(sessions):
        raise Mend(_("{n} sessions need as many names of rooms.").format(n=len(sessions)))
    if len(sessions) == 1 and not rooms:
        return sessions[0]
    try:
        return together(sessions, rooms or _times(sessions), apart)
    except Unlike as unlike:
        raise Mend(_why(unlike)) from unlike


def _read_any(path: Path) -> Session:
    """A session file, or a session.json that was exported. Raises Mend."""
    from shuro_tui.export import taken_in  # noqa: PLC0415 - only for whoever brings a file along

    try:
        exported = taken_in.read(path.read_bytes())
    except OSError:
        return _read(path)  # which says why
    except taken_in.Unreadable as error:
        raise Mend(_("{path} cannot be read: {why}").format(path=path, why=error)) from error
    return exported or _read(path)


def _why(unlike: Unlike) -> str:
    if not unlike.case:
        message = _("{one} is of the workshop '{title}', {other} of '{their}': they cannot be compared.")
        titles = {"title": clean(unlike.one.workshop.title), "their": clean(unlike.other.workshop.title)}
        return message.format(one=unlike.one.id, other=unlike.other.id, **titles)
    if unlike.missing:
        message = _("Case '{case}' is in {one} and not in {other}: they cannot be compared.")
    else:
        message = _("Case '{case}' is not the same in {one} and {other}: its columns differ.")
    return message.format(case=unlike.case, one=unlike.one.id, other=unlike.other.id)


def nameless(session: Session) -> Session:
    """The session with numbers, in the groups' order, for their names; none that a group has by default."""
    return anonymous(session, lambda number: _("Group no. {n}").format(n=number))


def _times(sessions: Sequence[Session]) -> list[str]:
    """When each began; with its id where two began in the same minute."""
    times = {session.id: when(session.created_at) for session in sessions}
    several = Counter(times.values())
    return [f"{times[one.id]} {one.id}" if several[times[one.id]] > 1 else times[one.id] for one in sessions]


def group(session: Session, name: str) -> Group:
    """The group of that name. Raises Mend."""
    found = next((one for one in session.groups if one.name == name), None)
    if found is None:
        names = ", ".join(clean(one.name) for one in session.groups)
        raise Mend(_("There is no group '{name}'; there are: {names}").format(name=name, names=names))
    return found


def delete(data: Path, session_id: str) -> None:
    """Delete a session, and what terminals of this machine kept of it. Raises Mend."""
    where = running(data)
    if where is not None and where.session == session_id:
        raise Mend(_("Session {id} is running; end it first.").format(id=session_id))
    try:
        store.delete(data / "sessions", session_id)
        forget_session(data / "terminals", session_id)
        last = whereabouts.last(data)
        if last is not None and last.session == session_id:
            whereabouts.forget(data)
    except (UnknownSession, StorageError) as error:
        raise Mend(str(error)) from error
    except OSError as error:
        raise Mend(_("{path}: cannot be written: {why}").format(path=error.filename, why=error.strerror)) from error


def comparisons(session: Session) -> str:
    """The comparison of every case in plain text."""
    workshop = session.workshop
    texts = []
    for case in workshop.cases:
        sheets = tuple(sheet for sheet in session.sheets.values() if sheet.case == case.id)
        compared = compare(case, workshop.catalogue, session.groups, sheets, session.rundown.settlements)
        texts.append(comparison_text(case, compared))
    return "\n".join(texts)


def counted_to(folder: Path, session: Session) -> Millis:
    """Up to when the time of a session counts that has not ended: its hub's last sign of life."""
    last = pulse.read(folder / f"{session.id}.json")
    return last_told(session.timeline) if last is None else last.at


def times(folder: Path, session: Session) -> str:
    """What a session took beside what was planned, in plain text."""
    begun = session.timeline.started_at
    head = f"{clean(session.workshop.title)}  {_('not started') if begun is None else when(begun)}"
    return f"{head}\n\n{times_text(session.timeline, session.workshop, counted_to(folder, session))}"
