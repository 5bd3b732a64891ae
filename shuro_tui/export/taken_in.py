"""An exported session.json read back, to be compared with sessions of other rooms: the sheets, not the times."""

from datetime import UTC, datetime

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from shuro_tui.core.group import Group
from shuro_tui.core.meaning import Settlement
from shuro_tui.core.model import Case, Catalogue, Millis, Segment, Workshop
from shuro_tui.core.remarks import Remark
from shuro_tui.core.session import Session
from shuro_tui.core.sheet import Row, Sheet, clean
from shuro_tui.export.structured import FORMAT
from shuro_tui.i18n import _

_FIRST, _LAST = datetime(1970, 1, 1, tzinfo=UTC), datetime(3000, 1, 1, tzinfo=UTC)


class Unreadable(Exception):  # noqa: N818 - what is told is why
    """An export of ours that does not hold what it should, or one of another version; in words."""


class _Workshop(Struct):
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
    workshop: _Workshop
    groups: tuple[Group, ...]
    cases: tuple[Case, ...]
    catalogue: Catalogue
    settlements: tuple[Settlement, ...]
    sheets: tuple[_Sheet, ...]
    timeline: _Timeline
    remarks: tuple[Remark, ...]


class _Format(Struct):
    format: int


def read(data: bytes) -> Session | None:
    """The session of an export, as one that has not begun; None for what is no export. Raises Unreadable."""
    try:
        version = msgspec.json.decode(data, type=_Format).format
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        return None
    if version != FORMAT:
        raise Unreadable(_("it was exported by another version of shuro-tui"))
    try:
        return _session(msgspec.json.decode(data, type=_Exported))
    except (ValueError, OverflowError) as error:
        raise Unreadable(_("it is damaged")) from error


def _session(exported: _Exported) -> Session:
    workshop = Workshop(
        id=exported.workshop.id,
        title=exported.workshop.title,
        language=exported.workshop.language,
        segments=tuple(_segment(each) for each in exported.timeline.segments),
        cases=exported.cases,
        catalogue=exported.catalogue,
        course=exported.workshop.course,
    )
    _require(bool(workshop.segments), "no workshop that can be held")
    new = Session.new(exported.session, workshop, exported.groups, {}, _millis(exported.created_at))
    groups = {group.id for group in exported.groups}
    _require(len(groups) == len(exported.groups), "a group that is there twice")
    sheets = {(sheet.case, sheet.group): _sheet(sheet, workshop) for sheet in exported.sheets}
    _require(all(group in groups for _case, group in sheets), "a sheet of no group")
    _require(len(sheets) == len(exported.sheets), "a sheet that is there twice")
    _require(all(each.only is None or each.only.group in groups for each in exported.settlements), "a row of no group")
    _require(all(each.group in groups for each in exported.remarks), "a remark to no group")
    rundown = replace(new.rundown, settlements=exported.settlements, remarks=exported.remarks)
    return replace(new, sheets=sheets, rundown=rundown)


def _segment(segment: _Segment) -> Segment:
    planned = Millis(round(segment.planned * 1000))
    return Segment(segment.id, segment.title, planned, planned, ())


def _sheet(sheet: _Sheet, workshop: Workshop) -> Sheet:
    case = workshop.case(sheet.case)
    columns = {column.id for column in case.columns} if case is not None else set()
    _require(case is not None, "a sheet of no case")
    _require(all(row.fields.keys() <= columns for row in sheet.rows), "no such column")
    _require(len({row.row for row in sheet.rows}) == len(sheet.rows), "a row that is there twice")
    submitted = None if sheet.submitted_at is None else _millis(sheet.submitted_at)
    return Sheet(sheet.case, sheet.group, tuple(map(_row, sheet.rows)), submitted)


def _row(row: _Row) -> Row:
    return Row(row.row, {column: clean(text) for column, text in row.fields.items()}, _millis(row.updated_at))


def _millis(moment: datetime) -> Millis:
    _require(moment.tzinfo is not None and _FIRST <= moment < _LAST, "a moment that is none")
    return Millis(round(moment.timestamp() * 1000))


def _require(condition: bool, what: str) -> None:
    if not condition:
        raise ValueError(what)
