"""The session file of a hub: what is appended to it is durable before anybody hears of it."""

import re
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from functools import lru_cache
from pathlib import Path

import msgspec
from msgspec.structs import replace

from shuro_tui import durable
from shuro_tui.core.events import Event, Heard, SheetEvent
from shuro_tui.core.matching import match
from shuro_tui.core.model import Catalogue, Millis
from shuro_tui.core.session import Session, advanced
from shuro_tui.core.sheet import Sheet
from shuro_tui.i18n import _
from shuro_tui.store import documents, journal, pulse, storage
from shuro_tui.store.documents import GroupDocument, OrganisationOf, SessionFile
from shuro_tui.store.errors import DamagedSession, SessionExists, StorageError
from shuro_tui.store.pulse import Pulse
from shuro_tui.store.storage import Database, JournalStorage

_YEAR = 366 * 24 * 60 * 60 * 1000
_FILE_NAME = re.compile(r"\w[\w.-]{0,63}")

Place = tuple[str, str]
"""Case and group of a sheet."""

Numbers = dict[Place, dict[str, int]]
"""Sheet → row → the number of its document."""


class Store:
    """A session, its file and its journal. One writer at a time: the hub sees to that.

    session: as it stands after the last append; damage: what was damaged and is kept aside, in words, or "".
    """

    def __init__(self, path: Path, session: Session, file: SessionFile, kept: JournalStorage) -> None:
        self.path = path
        self.session = session
        self.damage = "" if kept.aside is None else _recovered(path, kept.aside)
        self._storage = kept
        self._database = Database(storage=lambda: kept)
        self._organisation = _organisation_in(session.workshop.catalogue)
        self._beside = {(aside.case, aside.group): number for number, aside in file.aside.items()}
        self._numbers: Numbers = {}
        for number, answer in file.answers.items():
            self._numbers.setdefault((answer.case, answer.group), {})[answer.row] = number
        self._places = {group.id: number for number, group in file.groups.items()}
        self._groups = {group.id: group for group in file.groups.values()}
        self._spoke = {terminal: group.id for group in file.groups.values() for terminal in group.heard}

    @classmethod
    def create(cls, folder: Path, session: Session) -> "Store":
        """A file for a session that has not begun. Raises SessionExists, StorageError."""
        if not _FILE_NAME.fullmatch(session.id):
            raise StorageError(_("'{id}' cannot be the name of a session.").format(id=session.id))
        path = folder / f"{session.id}.json"
        try:
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            if path.exists():
                raise SessionExists(_("There is a session '{id}' already.").format(id=session.id))
            file = documents.written(session)
            durable.write(path, msgspec.json.encode(file))
            return cls(path, session, file, JournalStorage(path))
        except OSError as error:
            raise StorageError(_not_written(path, error)) from error

    @classmethod
    def open(cls, path: Path) -> "Store":
        """Go on with a session. What is damaged is kept aside first. Raises DamagedSession, StorageError."""
        sweep(path)
        try:
            with _reading(path):
                path.stat()  # where there is no file, TinyDB would make one
                kept = JournalStorage(path)
                file = documents.read(kept.tables)
                return cls(path, documents.session(file), file, kept)
        except DamagedSession as damaged:
            aside = _move_aside(path)
            raise DamagedSession(
                _("The session file {path} is damaged. It is kept as {aside}.").format(path=path, aside=aside)
            ) from damaged

    def append(self, events: Sequence[Event], session: Session | None = None) -> Session:
        """Make what happened durable, and only then part of the session. Raises StorageError; then nothing changed.

        However many events there are, they cost one sync. session: what they lead to, where that is known already.
        """
        session = advanced(self.session, events) if session is None else session
        if not events:
            return session
        edited = session.workshop is not self.session.workshop
        # In another catalogue a name may mean another organisation.
        organisation = _organisation_in(session.workshop.catalogue) if edited else self._organisation
        try:
            with self._storage.together():
                self._record_rundown(events)
                heard = self._record_heard({event.terminal: event for event in events if isinstance(event, Heard)})
                places = _places(events)
                numbers = self._record_rows(places, session, organisation)
                beside = self._record_aside(places, session)
        except OSError as error:
            raise StorageError(_not_written(self.path, error)) from error
        self._numbers |= numbers
        self._beside |= beside
        self._groups |= heard
        self._spoke |= {terminal: group for group, document in heard.items() for terminal in document.heard}
        self._organisation, self.session = organisation, session
        return session

    def latest(self) -> Millis:
        """The latest moment that the file knows of."""
        happened = (event["at"] for event in self._database.table("timeline"))
        written = (answer["updated_at"] for answer in self._database.table("answers"))
        return Millis(max((self.session.created_at, *happened, *written)))

    def pulse(self) -> Pulse | None:
        """The last sign of life of the session's hub; None without one that can be believed."""
        last = pulse.read(self.path)
        believed = last is not None and self.session.created_at <= last.at <= self.latest() + _YEAR
        return last if believed else None

    def beat(self, at: Millis, wall: Millis) -> None:
        """Keep a sign of life: the hub's clock, and the machine's at the same moment."""
        pulse.write(self.path, Pulse(at, wall))

    def close(self) -> None:
        """No more appends; the file alone holds the session, unless there is no room for that."""
        self._database.close()

    def _record_rundown(self, events: Sequence[Event]) -> None:
        happened = [msgspec.to_builtins(event) for event in events if not isinstance(event, SheetEvent)]
        if happened:
            self._database.table("timeline").insert_multiple(happened)

    def _record_heard(self, last: dict[str, Heard]) -> dict[str, GroupDocument]:
        """The groups' documents that change: each terminal stands with the group it spoke for last."""
        changed: dict[str, GroupDocument] = {}
        for terminal, event in last.items():
            for group in {event.group, self._spoke.get(terminal, event.group)}:
                document = changed.get(group) or self._groups[group]
                others = {other: number for other, number in document.heard.items() if other != terminal}
                here = {terminal: event.number} if group == event.group else {}
                changed[group] = replace(document, heard=others | here)
        if changed:
            self._database.table("groups").put({self._places[group]: changed[group] for group in changed})
        return changed

    def _record_rows(self, places: Iterable[Place], session: Session, organisation: OrganisationOf) -> Numbers:
        """The numbers of the rows of the sheets that change."""
        if organisation is not self._organisation:
            return {place: self._record_sheet(sheet, session, organisation) for place, sheet in session.sheets.items()}
        return {place: self._record_sheet(session.sheet(*place), session, organisation) for place in places}

    def _record_sheet(self, sheet: Sheet, session: Session, organisation: OrganisationOf) -> dict[str, int]:
        before = self._numbers.get((sheet.case, sheet.group), {})
        case = next(case for case in session.workshop.cases if case.id == sheet.case)
        rows = [documents.answer(sheet, place, case, organisation) for place in self._changed(sheet, organisation)]
        new = [answer for answer in rows if answer.row not in before]
        gone = before.keys() - {row.id for row in sheet.rows}
        answers = self._database.table("answers")
        answers.put({before[answer.row]: answer for answer in rows if answer.row in before})
        if not new and not gone:
            return before
        answers.remove(doc_ids=[before[row] for row in gone])
        numbers = answers.insert_multiple(map(msgspec.to_builtins, new))
        left = {row: number for row, number in before.items() if row not in gone}
        return left | {answer.row: number for answer, number in zip(new, numbers, strict=True)}

    def _changed(self, sheet: Sheet, organisation: OrganisationOf) -> list[int]:
        """The positions at which the file has something else, or means something else."""
        before = () if organisation is not self._organisation else self.session.sheet(sheet.case, sheet.group).rows
        return [place for place, row in enumerate(sheet.rows) if place >= len(before) or before[place] is not row]

    def _record_aside(self, places: Iterable[Place], session: Session) -> dict[Place, int]:
        """The numbers of the documents of what is kept beside sheets."""
        changed = [place for place in places if session.kept_aside(*place) != self.session.kept_aside(*place)]
        known = {self._beside[place]: session.kept_aside(*place) for place in changed if place in self._beside}
        new = [place for place in changed if place not in self._beside]
        table = self._database.table("aside")
        if known:
            table.put(known)
        numbers = table.insert_multiple(msgspec.to_builtins(session.kept_aside(*place)) for place in new) if new else []
        return dict(zip(new, numbers, strict=True))


def _places(events: Iterable[Event]) -> set[Place]:
    """The sheets that change."""
    rows = [event for event in events if isinstance(event, SheetEvent) and not isinstance(event, Heard)]
    return {(event.case, event.group) for event in rows}


def _organisation_in(catalogue: Catalogue) -> OrganisationOf:
    # A name means the same for as long as the catalogue does, and groups write the same ones.
    return lru_cache(maxsize=10_000)(lambda name: match(name, catalogue).organisation)


def load(path: Path) -> Session:
    """Read a session; the file stays as it is. Raises DamagedSession, StorageError."""
    with _reading(path):
        return documents.session(documents.read(storage.read(path).tables))


def sweep(path: Path) -> None:
    """Remove what writers that were killed left beside a session file. Raises StorageError."""
    draft = re.compile(rf"\.{re.escape(path.stem)}\.(json|journal)(\.damaged-\d+)?\.\d+\.tmp")
    try:
        for left in [other for other in path.parent.iterdir() if draft.fullmatch(other.name)]:
            left.unlink(missing_ok=True)
    except OSError as error:
        raise StorageError(_not_written(path, error)) from error


@contextmanager
def _reading(path: Path) -> Iterator[None]:
    try:
        yield
    except documents.Newer as newer:
        raise StorageError(
            _("The session file {path} was written by a newer version of shuro-tui.").format(path=path)
        ) from newer
    except (ValueError, RecursionError) as error:
        raise DamagedSession(_("The session file {path} is damaged.").format(path=path)) from error
    except OSError as error:
        raise StorageError(
            _("The session file {path} cannot be read: {reason}").format(path=path, reason=error.strerror or error)
        ) from error


def _move_aside(path: Path) -> Path:
    """The file, and its journal, which says nothing without it."""
    beside, aside = journal.place(path), storage.free_aside(path)
    try:
        if beside.exists():
            beside.rename(storage.free_aside(beside))
        return path.rename(aside)
    except OSError as error:
        raise StorageError(_not_written(path, error)) from error


def _recovered(path: Path, aside: Path) -> str:
    return _("{path} was damaged and is kept as {aside}; what was written before the damage is here.").format(
        path=journal.place(path).name, aside=aside
    )


def _not_written(path: Path, error: OSError) -> str:
    return _("Cannot write {path}: {reason}").format(path=path, reason=error.strerror or error)
