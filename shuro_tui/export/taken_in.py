"""An exported session.json read back, to be compared with sessions of other rooms: the sheets, not the times."""

from datetime import datetime

import msgspec
from msgspec import Struct

from shuro_tui.core.group import Group
from shuro_tui.core.model import Case, Catalogue, Millis, Segment, Workshop
from shuro_tui.core.session import Session
from shuro_tui.core.settling import Settlement
from shuro_tui.core.sheet import Row, Sheet, clean
from shuro_tui.export.structured import FORMAT
from shuro_tui.i18n import _


class Unreadable(Exception):  # noqa: N818 - what is told is why
    """An export of ours that does not hold what it should, or one of another version; in words."""


class _About(Struct):
    id: str
    title: str
    course: str
    language: str


class _Row(Struct):
    row: str
    fields: dict[str, str]
    updated_at: datetime


class _Sheet(Struct):
    case: str
    group: str
    submitted_at: datetime | None
    rows: tuple[_Row, ...]


class _Segment(Struct):
    id: str
    title: str
    planned: float


class _Timeline(Struct):
    segments: tuple[_Segment, ...]


class _Exported(Struct):
    session: str
    created_at: datetime
    workshop: _About
    groups: tuple[Group, ...]
    cases: tuple[Case, ...]
    catalogue: Catalogue
    settlements: tuple[Settlement, ...]
    sheets: tuple[_Sheet, ...]
    timeline: _Timeline


class _Format(Struct):
    format: int


def read(data: bytes) -> Session | None:
    """The session of an export, as one that has not begun; None for what is no export. Raises Unreadable."""
    try:
        version = msgspec.json.decode(data, type=_Format).format
    except msgspec.DecodeError:
        return None
    if version != FORMAT:
        raise Unreadable(_("it was exported by another version of shuro-tui"))
    try:
        return _session(msgspec.json.decode(data, type=_Exported))
    except (ValueError, OverflowError) as error:
        raise Unreadable(str(error)) from error


def _session(exported: _Exported) -> Session:
    about = exported.workshop
    workshop = Workshop(
        id=about.id,
        title=about.title,
        language=about.language,
        segments=tuple(_segment(each) for each in exported.timeline.segments),
        cases=exported.cases,
        catalogue=exported.catalogue,
        course=about.course,
    )
    new = Session.new(exported.session, workshop, exported.groups, {}, _millis(exported.created_at))
    sheets = {(sheet.case, sheet.group): _sheet(sheet, new) for sheet in exported.sheets}
    settlements = tuple(each for each in exported.settlements if each.only is None or _known(each, new))
    rundown = msgspec.structs.replace(new.rundown, settlements=settlements)
    return msgspec.structs.replace(new, sheets=sheets, rundown=rundown)


def _segment(segment: _Segment) -> Segment:
    planned = Millis(round(segment.planned * 1000))
    return Segment(segment.id, segment.title, planned, planned, ())


def _sheet(sheet: _Sheet, of: Session) -> Sheet:
    """The sheet. Raises ValueError where it is none of this session."""
    case = of.workshop.case(sheet.case)
    if case is None or sheet.group not in {group.id for group in of.groups}:
        raise ValueError(_("it has a sheet of no group or no case"))
    rows = tuple(_row(row, case) for row in sheet.rows)
    if len({row.id for row in rows}) < len(rows):
        raise ValueError(_("it has a row twice"))
    submitted = None if sheet.submitted_at is None else _millis(sheet.submitted_at)
    return Sheet(sheet.case, sheet.group, rows, submitted)


def _row(row: _Row, case: Case) -> Row:
    if not row.fields.keys() <= {column.id for column in case.columns}:
        raise ValueError(_("it has a column that its case does not have"))
    return Row(row.row, {column: clean(text) for column, text in row.fields.items()}, _millis(row.updated_at))


def _known(settlement: Settlement, of: Session) -> bool:
    return settlement.only is not None and settlement.only.group in {group.id for group in of.groups}


def _millis(moment: datetime) -> Millis:
    return Millis(round(moment.timestamp() * 1000))
