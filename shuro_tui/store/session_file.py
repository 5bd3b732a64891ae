"""The session file of a hub: what is appended to it is durable before anybody hears of it."""

import re
from collections.abc import MutableMapping, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any

import msgspec
from tinydb import TinyDB

from shuro_tui import durable
from shuro_tui.core.aside import Aside
from shuro_tui.core.events import Event, Heard, RundownEvent
from shuro_tui.core.matching import match
from shuro_tui.core.model import Catalogue, Millis, Workshop
from shuro_tui.core.session import Session, apply
from shuro_tui.core.sheet import Sheet
from shuro_tui.i18n import _
from shuro_tui.store import documents, pulse
from shuro_tui.store.documents import OrganisationOf
from shuro_tui.store.errors import DamagedSession, SessionExists, StorageError
from shuro_tui.store.pulse import Pulse
from shuro_tui.store.storage import DurableStorage

_YEAR = 366 * 24 * 60 * 60 * 1000
_FILE_NAME = re.compile(r"\w[\w.-]{0,63}")


class Store:
    """A session and its file. One writer at a time: the hub sees to that.

    session: as it stands after the last append.
    """

    session: Session

    def __init__(self, path: Path, session: Session, data: bytes) -> None:
        self.path = path
        self.session = session
        self._storage_of_file = DurableStorage(path, data)
        self._database = TinyDB(storage=lambda: self._storage_of_file)
        self._organisation = _organisation_in(session.workshop.catalogue)

    @classmethod
    def create(cls, folder: Path, session: Session) -> "Store":
        """A file for a session that has not begun. Raises SessionExists, StorageError."""
        if not _FILE_NAME.fullmatch(session.id):
            raise StorageError(_("'{id}' cannot be the name of a session.").format(id=session.id))
        path = folder / f"{session.id}.json"
        data = documents.written(session)
        try:
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            if path.exists():
                raise SessionExists(_("There is a session '{id}' already.").format(id=session.id))
            durable.write(path, data)
        except OSError as error:
            raise StorageError(_not_written(path, error)) from error
        return cls(path, session, data)

    @classmethod
    def open(cls, path: Path) -> "Store":
        """Go on with a session. A damaged file is moved aside first. Raises DamagedSession, StorageError."""
        data = _bytes(path)
        sweep(path)
        try:
            return cls(path, _session(path, data), data)
        except DamagedSession as damaged:
            aside = _move_aside(path)
            raise DamagedSession(
                _("The session file {path} is damaged. It is kept as {aside}.").format(path=path, aside=aside)
            ) from damaged

    def append(self, events: Sequence[Event]) -> Session:
        """Make what happened durable, and only then part of the session. Raises StorageError; then nothing changed."""
        session = self.session
        for event in events:
            session = apply(session, event)
        if not events:
            return session
        try:
            self._record(events, session)
            self._storage_of_file.flush()
        except BaseException as error:
            self._storage_of_file.restore()
            if isinstance(error, OSError):
                raise StorageError(_not_written(self.path, error)) from error
            raise
        if session.workshop is not self.session.workshop:
            self._organisation = _organisation_in(session.workshop.catalogue)
        self.session = session
        return session

    def latest(self) -> Millis:
        """The latest moment that the file knows of."""
        happened = [event["at"] for event in self._database.table("timeline")]
        written = [answer["updated_at"] for answer in self._database.table("answers")]
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
        """No more appends."""
        self._database.close()

    def _record(self, events: Sequence[Event], session: Session) -> None:
        happened = [event for event in events if isinstance(event, RundownEvent)]
        self._database.table("timeline").insert_multiple(map(msgspec.to_builtins, happened))
        heard = {event.terminal: event for event in events if isinstance(event, Heard)}
        if heard:
            self._record_heard(heard)
        rows = [event for event in events if not isinstance(event, RundownEvent | Heard)]
        for case, group in dict.fromkeys((event.case, event.group) for event in rows):
            self._record_sheet(session.sheet(case, group), session.workshop, self._organisation)
            if session.kept_aside(case, group) != self.session.kept_aside(case, group):
                self._record_aside(session.kept_aside(case, group))
        if session.workshop is not self.session.workshop:
            # Another catalogue: a name may mean another organisation.
            organisation = _organisation_in(session.workshop.catalogue)
            for sheet in session.sheets.values():
                self._record_sheet(sheet, session.workshop, organisation)

    def _record_heard(self, last: dict[str, Heard]) -> None:
        """Each terminal stands with the group it spoke for last, so that its number is there once."""

        def hear(document: MutableMapping[str, Any]) -> None:
            others = {terminal: number for terminal, number in document["heard"].items() if terminal not in last}
            here = {terminal: event.number for terminal, event in last.items() if event.group == document["id"]}
            document["heard"] = others | here

        self._database.table("groups").update(hear)

    def _record_sheet(self, sheet: Sheet, workshop: Workshop, organisation: OrganisationOf) -> None:
        case = next(case for case in workshop.cases if case.id == sheet.case)
        rows = documents.answers(sheet, case, organisation)
        place = (sheet.case, sheet.group)
        answers = self._database.table("answers")
        answers.remove(lambda document: (document["case"], document["group"]) == place and document["row"] not in rows)
        answers.update(
            lambda document: document.update(rows.pop(document["row"])),
            lambda document: (document["case"], document["group"]) == place,
        )
        answers.insert_multiple(rows.values())

    def _record_aside(self, aside: Aside) -> None:
        place = (aside.case, aside.group)
        document = msgspec.to_builtins(aside)
        self._database.table("aside").upsert(document, lambda document: (document["case"], document["group"]) == place)


def _organisation_in(catalogue: Catalogue) -> OrganisationOf:
    # Every change of a sheet writes all of its rows, and a name means the same for as long as the catalogue does.
    return lru_cache(maxsize=10_000)(lambda name: match(name, catalogue).organisation)


def load(path: Path) -> Session:
    """Read a session; the file stays as it is. Raises DamagedSession, StorageError."""
    return _session(path, _bytes(path))


def sweep(path: Path) -> None:
    """Remove what writers that were killed left beside a session file. Raises StorageError."""
    draft = re.compile(re.escape(f".{path.name}.") + r"\d+\.tmp")
    try:
        for left in [other for other in path.parent.iterdir() if draft.fullmatch(other.name)]:
            left.unlink(missing_ok=True)
    except OSError as error:
        raise StorageError(_not_written(path, error)) from error


def _bytes(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise StorageError(
            _("The session file {path} cannot be read: {reason}").format(path=path, reason=error.strerror or error)
        ) from error


def _session(path: Path, data: bytes) -> Session:
    try:
        return documents.read(data)
    except documents.Newer as newer:
        raise StorageError(
            _("The session file {path} was written by a newer version of shuro-tui.").format(path=path)
        ) from newer
    except ValueError as error:
        raise DamagedSession(_("The session file {path} is damaged.").format(path=path)) from error


def _move_aside(path: Path) -> Path:
    number = 1
    while (aside := path.with_name(f"{path.name}.damaged-{number}")).exists():
        number += 1
    try:
        return path.rename(aside)
    except OSError as error:
        raise StorageError(_not_written(path, error)) from error


def _not_written(path: Path, error: OSError) -> str:
    return _("Cannot write {path}: {reason}").format(path=path, reason=error.strerror or error)
