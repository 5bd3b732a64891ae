"""What a report says of one case: its sheets side by side, with what the facilitator noted and revealed."""

from collections.abc import Callable, Iterable, Sequence

from msgspec import Struct

from shuro_tui.core.annotated import annotated
from shuro_tui.core.findings import behind, describe
from shuro_tui.core.group import Group
from shuro_tui.core.lines import Comparison, Entry, Line
from shuro_tui.core.model import Case, Catalogue
from shuro_tui.core.remarks import Remark
from shuro_tui.core.session import Session
from shuro_tui.core.sheet import clean
from shuro_tui.export.ecomaps import Pair, Picture, pictures
from shuro_tui.export.table import Cells, Table, cleaned
from shuro_tui.i18n import _

NAMED, STAR = "●", "★"


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
    """Everything about one case.

    matrix: organisation by group, and by the model answer where that was revealed; findings: sentence and question;
    behind: the entries behind each finding; model: the model answer in the columns of the sheets, without rows until it
    is revealed; starred: how many rows are marked.
    """

    case: Case
    comparison: Comparison
    title: str
    question: str
    sheets: tuple[SheetTable, ...]
    matrix: Table
    findings: Table
    behind: Cells
    model: Table
    starred: int
    overlaid: Sequence[Pair]

    @property
    def coverage_head(self) -> Cells:
        """The head of a table of fields by group."""
        return _("Field"), *cleaned(group.name for group in self.comparison.groups), _("Together")

    @property
    def legend(self) -> str:
        """What the marks in the matrix mean; "" where there are none but the usual."""
        return (
            _("{named} named it; {star} marked to be taken up").format(named=NAMED, star=STAR) if self.starred else ""
        )

    @property
    def ecomaps(self) -> tuple[Picture, ...]:
        """Of all groups, of each that wrote something, of the pairs `overlaid`; worked out when they are asked for."""
        return tuple(pictures(self.case, self.comparison, self.overlaid))


def case_report(session: Session, case: Case, plain: Comparison, overlaid: Sequence[Pair]) -> CaseReport:
    """Everything about a case; plain: the comparison of its sheets alone."""
    comparison = _as_talked_about(session, case, plain)
    remarks = {remark.place: remark for remark in comparison.remarks}

    def remark_of(entry: Entry) -> Remark:
        place = case.id, entry.group, entry.row
        return remarks.get(place) or Remark(*place)

    return CaseReport(
        case=case,
        comparison=comparison,
        title=clean(case.title),
        question=clean(case.question),
        sheets=tuple(_sheet(session, case, group) for group in session.groups),
        matrix=_matrix(comparison, session.workshop.catalogue, remark_of),
        findings=Table(
            (_("Finding"), _("A question for the room")),
            tuple(cleaned(describe(finding, comparison)) for finding in comparison.findings),
        ),
        behind=cleaned(
            _behind(behind(finding, comparison, case), case, comparison, remark_of) for finding in comparison.findings
        ),
        model=_rows(case, case.model if case.id in session.models else ()),
        starred=sum(
            entry.part == 0 and remark_of(entry).starred for line in comparison.lines for entry in line.entries
        ),
        overlaid=overlaid,
    )


def _behind(entries: Iterable[Entry], case: Case, comparison: Comparison, remark_of: Callable[[Entry], Remark]) -> str:
    """Who wrote what, an entry a line, and what the facilitator noted beside it."""
    names = {group.id: group.name for group in comparison.groups}
    text = case.column_of("text")

    def told(entry: Entry) -> str:
        remark = remark_of(entry)
        group, content = names.get(entry.group, entry.group), entry.fields.get(text.id, "") if text else ""
        comment = _("Comment: ") + remark.comment if remark.comment else ""
        return " ".join(filter(None, (STAR if remark.starred else "", f"{group}:", entry.typed, content, comment)))

    return "\n".join(told(entry).strip().replace("\n", " ") for entry in entries)


def _sheet(session: Session, case: Case, group: Group) -> SheetTable:
    sheet = session.sheet(case.id, group.id)
    return SheetTable(
        group=clean(group.name),
        submitted=sheet.submitted_at is not None,
        table=_rows(case, [row.fields for row in sheet.rows]),
    )


def _rows(case: Case, rows: Sequence[dict[str, str]]) -> Table:
    """Rows in the columns of the case's sheets."""
    return Table(
        cleaned(column.title for column in case.columns),
        tuple(cleaned(fields.get(column.id, "") for column in case.columns) for fields in rows),
    )


def _matrix(comparison: Comparison, catalogue: Catalogue, remark_of: Callable[[Entry], Remark]) -> Table:
    names = {resource.id: resource.name for resource in catalogue.resources}
    groups = comparison.groups
    model = (_("Model answer"),) if comparison.model else ()

    def row(line: Line) -> Cells:
        marks = dict.fromkeys(line.groups, NAMED)
        marks |= {entry.group: STAR for entry in line.entries if remark_of(entry).starred}
        by_group = (marks.get(group.id, "") for group in groups)
        answer = (NAMED if line.id in comparison.model else "" for _model in model)
        return clean(line.field), clean(_name(line, names)), *by_group, *answer, str(len(line.groups))

    return Table(
        (_("Field"), _("Organisation"), *cleaned(group.name for group in groups), *model, _("Groups naming it")),
        tuple(map(row, comparison.lines)),
    )


def _name(line: Line, names: dict[str, str]) -> str:
    if not line.candidates:
        return line.name
    candidates = " / ".join(names.get(candidate, candidate) for candidate in line.candidates)
    return _("{name} (unsettled: {candidates})").format(name=line.name, candidates=candidates)


def _as_talked_about(session: Session, case: Case, comparison: Comparison) -> Comparison:
    """The comparison with remarks and, once it was revealed, the model answer."""
    rundown, revealed = session.rundown, case.id in session.models
    return annotated(comparison, case, session.workshop.catalogue, rundown.settlements, rundown.remarks, model=revealed)
