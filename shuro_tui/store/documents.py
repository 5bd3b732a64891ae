"""What a session file holds: its tables and documents, and the way from them back to a session."""

from collections.abc import Callable
from typing import Annotated, Any

import msgspec
from msgspec import Meta, Struct
from msgspec.structs import replace

from shuro_tui.core.events import RundownEvent
from shuro_tui.core.model import Case, Millis, Workshop
from shuro_tui.core.session import Group, Session, apply
from shuro_tui.core.sheet import Row, Sheet
from shuro_tui.store.possible import LATEST, possible, sound

FORMAT = 5
"""Raised with each change that an older version could not read."""

Moment = Annotated[int, Meta(ge=0, le=LATEST)]
OrganisationOf = Callable[[str], str | None]


class Newer(Exception):  # noqa: N818 - the file is sound, this program is old
    """The file was written by a later version."""


class About(Struct, frozen=True):
    """The one document of `workshop`."""

    id: str
    created_at: Moment
    version: int
    workshop: Workshop


class GroupDocument(Struct, frozen=True):
    """A document of `groups`. `heard`: terminal → number of its last change that was taken."""

    id: str
    name: str
    key: str
    heard: dict[str, int]


class Answer(Struct, frozen=True):
    """A document of `answers`: one row. `organisation` is derived from `fields`, for whoever reads the file."""

    case: str
    group: str
    position: Annotated[int, Meta(ge=0)]
    row: str
    fields: dict[str, str]
    organisation: str | None
    updated_at: Moment


class SessionFile(Struct, frozen=True):
    """The tables: number of the document → document. `timeline`: everything but rows, in the order it happened."""

    workshop: dict[int, About]
    groups: dict[int, GroupDocument]
    answers: dict[int, Answer]
    timeline: dict[int, RundownEvent]


class _Version(Struct):
    version: int


class _AnyVersion(Struct):
    workshop: dict[int, _Version]


def written(session: Session) -> bytes:
    """The file of a session that has not begun."""
    about = About(session.id, session.created_at, FORMAT, session.workshop)
    groups = [GroupDocument(group.id, group.name, session.keys.get(group.id, ""), {}) for group in session.groups]
    return msgspec.json.encode(SessionFile({1: about}, dict(enumerate(groups, 1)), {}, {}))


def read(data: bytes) -> Session:
    """The session that a file holds. Raises Newer, or ValueError where it could not have come from a session."""
    try:
        versions = msgspec.json.decode(data, type=_AnyVersion).workshop.values()
        if any(document.version > FORMAT for document in versions):
            raise Newer
        return _session(msgspec.json.decode(data, type=SessionFile))
    except RecursionError as error:
        raise ValueError("nested too deeply") from error


def answers(sheet: Sheet, case: Case, organisation_of: OrganisationOf) -> dict[str, dict[str, Any]]:
    """Row id → its document, for each row of a sheet."""
    column = case.column_of("organisation")
    return {
        row.id: msgspec.to_builtins(
            Answer(
                case=sheet.case,
                group=sheet.group,
                position=position,
                row=row.id,
                fields=row.fields,
                organisation=None if column is None else organisation_of(row.fields.get(column.id, "")),
                updated_at=row.updated_at,
            )
        )
        for position, row in enumerate(sheet.rows)
    }


def _session(file: SessionFile) -> Session:
    (about,) = file.workshop.values()
    segments = about.workshop.segments
    _require(bool(segments) and all(map(sound, segments)), "no workshop that can be held")
    documents = list(file.groups.values())
    session = Session.new(
        about.id,
        about.workshop,
        tuple(Group(document.id, document.name) for document in documents),
        {document.id: document.key for document in documents if document.key},
        Millis(about.created_at),
    )
    for _number, event in sorted(file.timeline.items()):
        _require(possible(session, event), "an event that cannot have happened")
        session = apply(session, event)
    heard = {terminal: number for document in documents for terminal, number in document.heard.items()}
    return replace(session, heard=heard, sheets={**session.sheets, **_sheets(session, file)})


def _sheets(session: Session, file: SessionFile) -> dict[tuple[str, str], Sheet]:
    groups = {group.id for group in session.groups}
    sheets: dict[tuple[str, str], Sheet] = {}
    for answer in sorted(file.answers.values(), key=lambda answer: answer.position):
        case = session.workshop.case(answer.case)
        _require(case is not None and answer.group in groups, "a row of no sheet")
        _require(case is not None and answer.fields.keys() <= {column.id for column in case.columns}, "no such column")
        place = (answer.case, answer.group)
        sheet = sheets.get(place, session.sheet(*place))
        _require(sheet.row(answer.row) is None, "a row that is there twice")
        row = Row(answer.row, answer.fields, Millis(answer.updated_at))
        sheets[place] = replace(sheet, rows=(*sheet.rows, row))
    return sheets


def _require(condition: bool, what: str) -> None:
    if not condition:
        raise ValueError(what)
