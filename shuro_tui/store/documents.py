"""What a session file holds: its tables and documents, and the way from them back to a session."""

from collections.abc import Mapping
from typing import Annotated

import msgspec
from msgspec import Meta, Raw, Struct
from msgspec.structs import replace

from shuro_tui.core.aside import Aside
from shuro_tui.core.events import RundownEvent
from shuro_tui.core.group import Group
from shuro_tui.core.model import Millis, Workshop
from shuro_tui.core.session import Session, apply
from shuro_tui.core.sheet import Row, Sheet
from shuro_tui.store.possible import LATEST, possible, sound

FORMAT = 12
"""Raised with each change that an older version could not read."""

Moment = Annotated[int, Meta(ge=0, le=LATEST)]


class Newer(Exception):  # noqa: N818 - the file is sound, this program is old
    """The file was written by a later version."""


class About(Struct, frozen=True):
    """The one document of `workshop`."""

    id: str
    created_at: Moment
    version: int
    workshop: Workshop


class GroupDocument(Struct, frozen=True):
    """A document of `groups`."""

    id: str
    name: str
    key: str


class TerminalDocument(Struct, frozen=True):
    """A document of `terminals`. `heard`: number of its last change that was taken."""

    id: str
    heard: int


class Answer(Struct, frozen=True):
    """A document of `answers`: one row.

    `organisation` is what its name says, for whoever reads the file; what the facilitator said of it is in `timeline`.
    """

    case: str
    group: str
    position: Annotated[int, Meta(ge=0)]
    row: str
    fields: dict[str, str]
    organisation: str | None
    updated_at: Moment
    revision: str = ""
    duplicate_of: str = ""


class SessionFile(Struct, frozen=True):
    """The tables: number of the document → document. `timeline`: everything but rows, in the order it happened.

    `aside`: a document for each sheet of which something is kept beside it.
    """

    workshop: dict[int, About]
    groups: dict[int, GroupDocument]
    terminals: dict[int, TerminalDocument]
    answers: dict[int, Answer]
    timeline: dict[int, RundownEvent]
    aside: dict[int, Aside]


class _Version(Struct):
    version: int


_version = msgspec.json.Decoder(_Version)
_about = msgspec.json.Decoder(About)
_group = msgspec.json.Decoder(GroupDocument)
_terminal = msgspec.json.Decoder(TerminalDocument)
_answer = msgspec.json.Decoder(Answer)
_aside = msgspec.json.Decoder(Aside)
_event: msgspec.json.Decoder[RundownEvent] = msgspec.json.Decoder(RundownEvent)


def written(session: Session) -> SessionFile:
    """The documents of a session that has not begun."""
    about = About(session.id, session.created_at, FORMAT, session.workshop)
    groups = [GroupDocument(group.id, group.name, session.keys.get(group.id, "")) for group in session.groups]
    return SessionFile({1: about}, dict(enumerate(groups, 1)), {}, {}, {}, {})


def read(tables: Mapping[str, Mapping[str, Raw]]) -> SessionFile:
    """The documents of tables. Raises Newer, or ValueError where a document is none of ours."""
    if any(_version.decode(about).version > FORMAT for about in tables.get("workshop", {}).values()):
        raise Newer
    _require(tables.keys() >= set(SessionFile.__struct_fields__), "a table is missing")
    return SessionFile(
        workshop={int(number): _about.decode(about) for number, about in tables["workshop"].items()},
        groups={int(number): _group.decode(group) for number, group in tables["groups"].items()},
        terminals={int(number): _terminal.decode(terminal) for number, terminal in tables["terminals"].items()},
        answers={int(number): _answer.decode(answer) for number, answer in tables["answers"].items()},
        timeline={int(number): _event.decode(event) for number, event in tables["timeline"].items()},
        aside={int(number): _aside.decode(aside) for number, aside in tables["aside"].items()},
    )


def answer(sheet: Sheet, position: int, organisation: str | None) -> Answer:
    """The document of the row at that position, which names that organisation of the catalogue."""
    row = sheet.rows[position]
    return Answer(
        case=sheet.case,
        group=sheet.group,
        position=position,
        row=row.id,
        fields=row.fields,
        organisation=organisation,
        updated_at=row.updated_at,
        revision=row.revision,
        duplicate_of=row.duplicate_of,
    )


def session(file: SessionFile) -> Session:
    """The session that the documents are of. Raises ValueError where they could not have come from one."""
    (about,) = file.workshop.values()
    segments = about.workshop.segments
    _require(bool(segments) and all(map(sound, segments)), "no workshop that can be held")
    documents = list(file.groups.values())
    now = Session.new(
        about.id,
        about.workshop,
        tuple(Group(document.id, document.name) for document in documents),
        {document.id: document.key for document in documents if document.key},
        Millis(about.created_at),
    )
    for _number, event in sorted(file.timeline.items()):
        _require(possible(now, event), "an event that cannot have happened")
        now = apply(now, event)
    heard = {terminal.id: terminal.heard for terminal in file.terminals.values()}
    _require(len(heard) == len(file.terminals), "two documents of one terminal")
    return replace(now, heard=heard, sheets={**now.sheets, **_sheets(now, file)}, aside=_kept_aside(now, file))


def _sheets(session: Session, file: SessionFile) -> dict[tuple[str, str], Sheet]:
    columns = {case.id: {column.id for column in case.columns} for case in session.workshop.cases}
    groups = {group.id for group in session.groups}
    rows: dict[tuple[str, str], dict[str, Row]] = {}
    for answer in sorted(file.answers.values(), key=lambda answer: answer.position):
        _require(answer.case in columns and answer.group in groups, "a row of no sheet")
        _require(answer.fields.keys() <= columns[answer.case], "no such column")
        sheet = rows.setdefault((answer.case, answer.group), {})
        _require(answer.row not in sheet, "a row that is there twice")
        updated = Millis(answer.updated_at)
        sheet[answer.row] = Row(answer.row, answer.fields, updated, answer.revision, answer.duplicate_of)
    return {place: replace(session.sheet(*place), rows=tuple(sheet.values())) for place, sheet in rows.items()}


def _kept_aside(session: Session, file: SessionFile) -> dict[tuple[str, str], Aside]:
    groups = {group.id for group in session.groups}
    for aside in file.aside.values():
        case = session.workshop.case(aside.case)
        _require(case is not None and aside.group in groups, "rows beside no sheet")
        columns = {column.id for column in case.columns} if case is not None else set()
        rows = [deleted.row for deleted in aside.deleted] + [late.row for late in aside.late]
        moments = [row.updated_at for row in rows] + [deleted.at for deleted in aside.deleted]
        _require(all(row.fields.keys() <= columns for row in rows), "no such column")
        _require(all(0 <= moment <= LATEST for moment in moments), "a row of no time")
        _require(all(deleted.position >= 0 for deleted in aside.deleted), "a row that stood nowhere")
    kept = {(aside.case, aside.group): aside for aside in file.aside.values()}
    _require(len(kept) == len(file.aside), "two documents beside one sheet")
    return kept


def _require(condition: bool, what: str) -> None:
    if not condition:
        raise ValueError(what)
