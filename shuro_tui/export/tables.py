"""The tables that all formats share. Pure, but for the time zone of this machine.

Every text is one of a person's, or a translated one of ours; both are free of control characters and nothing else is
done to them: what would take effect in a format is that format's to disarm.
"""

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime

from msgspec import Struct

from shuro_tui.core.comparison import Comparison, Entry, Line, compare
from shuro_tui.core.findings import describe
from shuro_tui.core.model import Case, Catalogue, Millis
from shuro_tui.core.session import Group, Session
from shuro_tui.core.sheet import clean
from shuro_tui.core.timeline import Timeline
from shuro_tui.i18n import _

NAMED = "●"

Cells = tuple[str, ...]


class Table(Struct, frozen=True):
    """A head and rows of the same length."""

    head: Cells
    rows: tuple[Cells, ...]


class SheetTable(Struct, frozen=True):
    """What a group wrote for a case, in the columns of the case and the order of the group."""

    group: str
    submitted: bool
    table: Table

    @property
    def state(self) -> str:
        """Whether it was handed in, or never written on."""
        if not self.table.rows:
            return _("blank")
        return _("submitted") if self.submitted else _("not submitted")


class CaseReport(Struct, frozen=True):
    """Everything about one case. `matrix`: organisation by group; `findings`: sentence and question."""

    title: str
    question: str
    sheets: tuple[SheetTable, ...]
    matrix: Table
    findings: Table


class Report(Struct, frozen=True):
    """Everything about a session. `entries`: each row of each sheet once; `rundown`: planned and actual times."""

    title: str
    course: str
    language: str
    held: str
    cases: tuple[CaseReport, ...]
    entries: Table
    rundown: Table


def report(session: Session) -> Report:
    """The tables of a session, wherever it stands."""
    workshop = session.workshop
    comparisons = {case.id: comparison_of(session, case) for case in workshop.cases}
    started = session.timeline.started_at
    return Report(
        title=clean(workshop.title),
        course=clean(workshop.course),
        language=workshop.language,
        held=_("not started") if started is None else moment(started),
        cases=tuple(_case(session, case, comparisons[case.id]) for case in workshop.cases),
        entries=_entries(session, comparisons),
        rundown=_rundown(session),
    )


def comparison_of(session: Session, case: Case) -> Comparison:
    """The comparison of a case, whether or not it was revealed."""
    sheets = tuple(session.sheet(case.id, group.id) for group in session.groups)
    return compare(case, session.workshop.catalogue, session.groups, sheets)


def entries_of(comparison: Comparison) -> dict[tuple[str, str], Entry]:
    """(group, row) → its entry in the comparison."""
    return {(entry.group, entry.row): entry for line in comparison.lines for entry in line.entries}


def moment(at: Millis) -> str:
    """A moment in this machine's time zone, as ISO 8601 to the second."""
    return datetime.fromtimestamp(at / 1000, UTC).astimezone().isoformat(timespec="seconds")


def duration(length: Millis) -> str:
    """Minutes and seconds, rounded down: 10:05."""
    return f"{length // 60_000}:{length // 1000 % 60:02}"


def _case(session: Session, case: Case, comparison: Comparison) -> CaseReport:
    return CaseReport(
        title=clean(case.title),
        question=clean(case.question),
        sheets=tuple(_sheet(session, case, group) for group in session.groups),
        matrix=_matrix(comparison, session.workshop.catalogue),
        findings=Table(
            (_("Finding"), _("A question for the room")),
            tuple(_cleaned(describe(finding, comparison)) for finding in comparison.findings),
        ),
    )


def _sheet(session: Session, case: Case, group: Group) -> SheetTable:
    sheet = session.sheet(case.id, group.id)
    return SheetTable(
        group=clean(group.name),
        submitted=sheet.submitted_at is not None,
        table=Table(
            _cleaned(column.title for column in case.columns),
            tuple(_cleaned(row.fields.get(column.id, "") for column in case.columns) for row in sheet.rows),
        ),
    )


def _matrix(comparison: Comparison, catalogue: Catalogue) -> Table:
    names = {resource.id: resource.name for resource in catalogue.resources}
    groups = comparison.groups
    return Table(
        (_("Field"), _("Organisation"), *_cleaned(group.name for group in groups), _("Groups naming it")),
        tuple(
            (
                clean(line.field),
                clean(_name(line, names)),
                *(NAMED if group.id in line.groups else "" for group in groups),
                str(len(line.groups)),
            )
            for line in comparison.lines
        ),
    )


def _name(line: Line, names: dict[str, str]) -> str:
    if not line.candidates:
        return line.name
    candidates = " / ".join(names.get(candidate, candidate) for candidate in line.candidates)
    return _("{name} (unsettled: {candidates})").format(name=line.name, candidates=candidates)


def _entries(session: Session, comparisons: dict[str, Comparison]) -> Table:
    workshop = session.workshop
    # Cases may differ in their columns: those of the same id and title share one.
    columns = tuple(dict.fromkeys((column.id, column.title) for case in workshop.cases for column in case.columns))
    names = {resource.id: resource.name for resource in workshop.catalogue.resources}

    def rows(case: Case) -> Iterator[Cells]:
        settled = entries_of(comparisons[case.id])
        own = {(column.id, column.title) for column in case.columns}
        for group in session.groups:
            for position, row in enumerate(session.sheet(case.id, group.id).rows, 1):
                entry = settled.get((group.id, row.id))
                typed = (row.fields.get(column[0], "") if column in own else "" for column in columns)
                name = names.get(entry.organisation or "", "") if entry is not None else ""
                yield _cleaned((group.name, case.title, str(position), row.id, *typed, name, moment(row.updated_at)))

    head = (_("Group"), _("Case"), _("No."), _("Row"), *_cleaned(title for _id, title in columns))
    return Table(
        (*head, _("Organisation in the catalogue"), _("Updated")),
        tuple(row for case in workshop.cases for row in rows(case)),
    )


def _rundown(session: Session) -> Table:
    timeline = session.timeline
    rows = [
        (
            clean(segment.title),
            duration(segment.planned),
            *_against(segment.planned, _used(timeline, number)),
            _moment_or_blank(timeline.entered[number]),
            _moment_or_blank(timeline.left[number]),
        )
        for number, segment in enumerate(session.workshop.segments)
    ]
    begun, ended = timeline.started_at, timeline.finished_at
    whole = None if begun is None or ended is None else Millis(ended - begun)
    total = session.workshop.total
    rows.append(
        (_("Whole"), duration(total), *_against(total, whole), _moment_or_blank(begun), _moment_or_blank(ended))
    )
    return Table((_("Segment"), _("Planned"), _("Actual"), _("Difference"), _("From"), _("To")), tuple(rows))


def _used(timeline: Timeline, segment: int) -> Millis | None:
    """What a segment took; None when it was never entered, or is still running."""
    running = segment == timeline.segment and timeline.phase == "running"
    return None if timeline.entered[segment] is None or running else timeline.spent[segment]


def _against(planned: Millis, actual: Millis | None) -> tuple[str, str]:
    """The actual time, and in words how far it is from the planned one."""
    if actual is None:
        return "", ""
    longer = actual // 1000 - planned // 1000
    if longer == 0:
        return duration(actual), _("as planned")
    words = _("{time} longer") if longer > 0 else _("{time} shorter")
    return duration(actual), words.format(time=duration(Millis(abs(longer) * 1000)))


def _moment_or_blank(at: Millis | None) -> str:
    return "" if at is None else moment(at)


def _cleaned(texts: Iterable[str]) -> Cells:
    return tuple(clean(text) for text in texts)
