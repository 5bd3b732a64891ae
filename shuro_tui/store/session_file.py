"""The session file of a hub: what is appended to it is durable before anybody hears of it."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import lru_cache
from pathlib import Path

import msgspec
from msgspec import Raw

from shuro_tui import durable
from shuro_tui.core.events import Event, Heard, SheetEvent
from shuro_tui.core.matching import match
from shuro_tui.core.model import Millis, Workshop
from shuro_tui.core.session import Session, advanced
from shuro_tui.i18n import _
from shuro_tui.store import documents, journal, pulse, storage
from shuro_tui.store.documents import SessionFile, TerminalDocument
from shuro_tui.store.errors import DamagedSession, SessionExists, StorageError
from shuro_tui.store.pulse import Pulse
from shuro_tui.store.storage import Database, JournalStorage, Tables
from shuro_tui.store.table import GONE, encoded

_YEAR = 366 * 24 * 60 * 60 * 1000
_FILE_NAME = re.compile(r"\w[\w.-]{0,63}")

Place = tuple[str, str]
"""Case and group of a sheet."""

OrganisationOf = Callable[[str, Mapping[str, str]], str | None]
"""Case and fields of a row → the id of the organisation that it names."""

Made = dict[str, Raw]
"""Number → the document that it has from now on, as JSON; GONE where there is none any more."""


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
        self._organisation = _organisation_in(session.workshop)
        self._beside = {(aside.case, aside.group): str(number) for number, aside in file.aside.items()}
        self._numbers: dict[Place, dict[str, str]] = {}
        for number, answer in file.answers.items():
            self._numbers.setdefault((answer.case, answer.group), {})[answer.row] = str(number)
        self._terminals = {terminal.id: str(number) for number, terminal in file.terminals.items()}
        self._last: dict[str, int] = {
            "timeline": max(file.timeline, default=0),
            "answers": max(file.answers, default=0),
            "aside": max(file.aside, default=0),
            "terminals": max(file.terminals, default=0),
        }

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
        heard: dict[str, int] = {}
        places: dict[Place, None] = {}
        happened: Made = {}
        for event in events:
            if isinstance(event, Heard):
                heard[event.terminal] = event.number
            elif isinstance(event, SheetEvent):
                places[event.case, event.group] = None
            else:
                happened[self._new("timeline")] = encoded(event)
        organisation = self._organisation
        if session.workshop is not self.session.workshop:
            # In another catalogue a name may mean another organisation.
            organisation = _organisation_in(session.workshop)
            places |= dict.fromkeys(session.sheets)
        terminals = {terminal: self._terminals.get(terminal) or self._new("terminals") for terminal in heard}
        answers: Made = {}
        numbers = {place: self._rows(place, session, organisation, answers) for place in places}
        beside = self._beside_of(places, session)
        made: Tables = {}
        if happened:
            made["timeline"] = happened
        if heard:
            made["terminals"] = {
                number: encoded(TerminalDocument(terminal, heard[terminal])) for terminal, number in terminals.items()
            }
        if answers:
            made["answers"] = answers
        if beside:
            made["aside"] = {number: encoded(session.kept_aside(*place)) for place, number in beside.items()}
        try:
            self._storage.change(made)
        except OSError as error:
            raise StorageError(_not_written(self.path, error)) from error
        self._numbers.update(numbers)
        self._beside.update(beside)
        self._terminals.update(terminals)
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

    def _new(self, table: str) -> str:
        """A number for a document that is new. One that could not be kept leaves a gap."""
        self._last[table] += 1
        return str(self._last[table])

    def _rows(self, place: Place, session: Session, organisation: OrganisationOf, made: Made) -> dict[str, str]:
        """The numbers of a sheet's rows; `made` gets those that are another now, or mean something else."""
        sheet, numbers = session.sheet(*place), self._numbers.get(place, {})
        before = self.session.sheet(*place).rows if organisation is self._organisation else ()
        new: dict[str, str] = {}
        for position, row in enumerate(sheet.rows):
            if position < len(before) and before[position] is row:
                continue
            number = numbers.get(row.id)
            if number is None:
                number = new[row.id] = self._new("answers")
            made[number] = encoded(documents.answer(sheet, position, organisation(sheet.case, row.fields)))
        if not new and len(numbers) == len(sheet.rows):
            return numbers
        gone = numbers.keys() - {row.id for row in sheet.rows}
        made |= dict.fromkeys((numbers[row] for row in gone), GONE)
        return {row: number for row, number in numbers.items() if row not in gone} | new

    def _beside_of(self, places: Iterable[Place], session: Session) -> dict[Place, str]:
        """The numbers of the documents that change of what is kept beside sheets."""
        before, now = self.session.aside, session.aside
        changed = [] if now is before else [place for place in places if now.get(place) != before.get(place)]
        return {place: self._beside.get(place) or self._new("aside") for place in changed}


def _organisation_in(workshop: Workshop) -> OrganisationOf:
    # A name means the same for as long as the catalogue does, and groups write the same ones.
    named = lru_cache(maxsize=10_000)(lambda name: match(name, workshop.catalogue).organisation)
    columns = {case.id: column.id for case in workshop.cases if (column := case.column_of("organisation"))}

    def organisation(case: str, fields: Mapping[str, str]) -> str | None:
        column = columns.get(case)
        return None if column is None else named(fields.get(column, ""))

    return organisation


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
