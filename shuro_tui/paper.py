"""Sheets on paper, for a room without power: blank ones to print, filled-in workbooks taken in as a session."""

import hashlib
import secrets
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, closing, contextmanager
from pathlib import Path

import msgspec
from msgspec import Struct

from shuro_tui import content, durable
from shuro_tui.content import filled
from shuro_tui.content.filled import Fields, Filled, as_seen
from shuro_tui.content.problem import ContentError, Problem
from shuro_tui.core.events import RowWritten
from shuro_tui.core.group import Group
from shuro_tui.core.model import Millis, Workshop
from shuro_tui.core.session import Session
from shuro_tui.core.sheet import ROWS_AT_MOST, Row, Sheet
from shuro_tui.errors import Mend
from shuro_tui.hub import whereabouts
from shuro_tui.i18n import _
from shuro_tui.lock import Held
from shuro_tui.store import DamagedSession, StorageError, Store, delete


class Taken(Struct, frozen=True):
    """What was taken in. rows: of the workbooks; new: how many of them were not in the session yet."""

    session: str
    sheets: int
    rows: int
    new: int


def write_blank(workshop: Path | None, groups: Sequence[str], out: Path) -> None:
    """Write a workbook of blank sheets, a page a case for each group, or once without a name. Raises OSError, Mend."""
    from shuro_tui.export import workbook  # noqa: PLC0415 - who takes sheets in has no use for it

    loaded = content.load(workshop or content.bundled())
    if not loaded.cases:
        raise Mend(_("This workshop has no case, and so no sheet."))
    out.parent.mkdir(parents=True, exist_ok=True)
    durable.write(out, workbook.blank(loaded.cases, loaded.course, groups))


def take_in(data: Path, paths: Sequence[Path], workshop: Path | None, session_id: str | None) -> Taken:
    """Write the sheets of workbooks into a session: that one, or one of their own; rows that it has already are left.

    Raises Mend, ContentError among it; then nothing has changed.
    """
    with _alone(data):
        try:
            if session_id is None:
                return _into_own(data / "sessions", paths, content.load(workshop or content.bundled()))
            with closing(Store.open(_path_of(data / "sessions", session_id))) as kept:
                return _write(kept, filled.read(paths, kept.session.workshop.cases))
        except (StorageError, DamagedSession) as error:
            raise Mend(str(error)) from error


@contextmanager
def _alone(data: Path) -> Iterator[None]:
    """With no hub at work in that folder, and none that could begin."""
    try:
        data.mkdir(mode=0o700, parents=True, exist_ok=True)
        lock = whereabouts.lock(data)
    except Held as error:
        raise Mend(_("A hub runs here; end it before sheets are taken in.")) from error
    except OSError as error:
        raise Mend(_("{path}: cannot be written: {why}").format(path=data, why=error.strerror)) from error
    with lock:
        yield


def _path_of(folder: Path, session_id: str) -> Path:
    path = folder / f"{Path(session_id).name}.json"
    if not path.is_file():
        raise Mend(_("There is no session '{id}'.").format(id=session_id))
    return path


def _into_own(folder: Path, paths: Sequence[Path], workshop: Workshop) -> Taken:
    """Into the session that is named after what stands in the workbooks: the same sheets make it once."""
    sheets = filled.read(paths, workshop.cases)
    names: dict[str, str] = {}
    for sheet in sheets:
        names.setdefault(as_seen(sheet.group), sheet.group)
    groups = tuple(Group(f"g{number}", name) for number, name in enumerate(names.values(), 1))
    keys = {group.id: secrets.token_urlsafe(24) for group in groups}
    session = Session.new(f"sheets-{_digest(workshop, sheets)}", workshop, groups, keys, _now())
    if (folder / f"{session.id}.json").is_file():
        with closing(Store.open(folder / f"{session.id}.json")) as kept:
            return _write(kept, sheets)
    kept = Store.create(folder, session)
    with ExitStack() as on_error:
        on_error.callback(delete, folder, session.id)
        with closing(kept):
            taken = _write(kept, sheets)
        on_error.pop_all()
    return taken


def _digest(workshop: Workshop, sheets: Sequence[Filled]) -> str:
    written = sorted((sheet.case.id, as_seen(sheet.group), sheet.rows) for sheet in sheets)
    return hashlib.sha256(msgspec.json.encode((workshop.id, written))).hexdigest()[:12]


def _write(kept: Store, sheets: Sequence[Filled]) -> Taken:
    """Write what is new, all in one piece. Raises ContentError, StorageError."""
    groups = {as_seen(group.name): group for group in kept.session.groups}
    problems = []
    events: list[RowWritten] = []
    for each in sheets:
        group = groups.get(as_seen(each.group))
        if group is None:
            message = _("There is no group '{name}' in this session.").format(name=each.group)
            problems.append(
                Problem(each.place, message=message, hint=", ".join(group.name for group in groups.values()))
            )
            continue
        sheet = kept.session.sheet(each.case.id, group.id)
        new = _new(sheet, each.rows)
        if len(sheet.rows) + len(new) > ROWS_AT_MOST:
            problems.append(Problem(each.place, message=_("More than {n} rows.").format(n=ROWS_AT_MOST)))
        events += _written(sheet, new, max(_now(), kept.latest()))
    if problems:
        raise ContentError(problems)
    kept.append(events)
    return Taken(kept.session.id, len(sheets), sum(len(each.rows) for each in sheets), len(events))


def _new(sheet: Sheet, rows: Sequence[Fields]) -> list[Fields]:
    """Those that are not on the sheet yet; what was written twice is there twice."""
    there = Counter(tuple(sorted(row.fields.items())) for row in sheet.rows)
    new = []
    for fields in rows:
        known = tuple(sorted(fields.items()))
        if there[known]:
            there[known] -= 1
        else:
            new.append(fields)
    return new


def _written(sheet: Sheet, rows: Sequence[Fields], now: Millis) -> Iterator[RowWritten]:
    for position, fields in enumerate(rows, len(sheet.rows)):
        row = Row(f"paper-{secrets.token_hex(8)}", fields, now, secrets.token_hex(8))
        yield RowWritten(now, sheet.case, sheet.group, row, position)


def _now() -> Millis:
    return Millis(time.time_ns() // 1_000_000)
