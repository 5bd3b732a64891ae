"""What the groups wrote for a revealed case, compared, in words that are read line by line."""

from collections.abc import Iterable, Iterator

from shuro_tui.core.annotated import annotated
from shuro_tui.core.comparison import compare
from shuro_tui.core.findings import behind, describe
from shuro_tui.core.lines import Comparison, Entry, Line
from shuro_tui.core.model import Case
from shuro_tui.core.narrowing import Narrowing
from shuro_tui.core.remarks import Remark, beside
from shuro_tui.core.sheet import Row
from shuro_tui.core.views import GroupView
from shuro_tui.i18n import _
from shuro_tui.plain.reading import one_line, row_line


def finding_lines(view: GroupView, case: Case) -> Iterator[str]:
    """Each finding with its question and the entries behind it."""
    comparison = _compared(view, case)
    if not comparison.findings:
        yield _("Nothing stands out yet.")
    for number, finding in enumerate(comparison.findings, 1):
        sentence, question = describe(finding, comparison)
        yield f"{number}. {sentence} {question}"
        yield from _entries(behind(finding, comparison, case), case, comparison)


def organisation_lines(view: GroupView, case: Case, find: str) -> Iterator[str]:
    """Each organisation that somebody named, with what was written about it. find: a part of its name, "" for all."""
    comparison = _compared(view, case)
    readings = {resource.id: resource.reading for resource in view.catalogue.resources}
    lines = Narrowing(find=find).lines(comparison.lines, readings)
    named = [line for line in lines if line.entries or line.id in comparison.model]
    if not named:
        yield _("Nothing found.") if find else _("Nothing written yet")
    for line in named:
        yield _title(line)
        yield from _entries(line.entries, case, comparison)
        yield from (f"{_('Model answer')}: {_said(entry, case)}" for entry in comparison.model.get(line.id, ()))


def others_lines(view: GroupView, case: Case | None) -> Iterator[str]:
    """Who may see this sheet; where they are revealed the others' rows, marked ones so, and the model answer."""
    if case is None or case.id not in view.revealed:
        yield _("Your group and the facilitator see your sheet; other groups do not until it is revealed.")
        return
    yield _("The sheets of this case are revealed: every group sees them all.")
    names = {group.id: group.name for group in view.groups}
    for sheet in view.others:
        if sheet.case == case.id and sheet.rows:
            yield names[sheet.group]
            for number, row in enumerate(sheet.rows, 1):
                yield _remarked(row_line(number, row, case), beside(view.remarks, case.id, sheet.group, row.id))
    if case.model:
        yield _("Model answer")
        yield from (row_line(number, Row("", fields), case) for number, fields in enumerate(case.model, 1))


def _compared(view: GroupView, case: Case) -> Comparison:
    """The model answer is in the case only once it is revealed."""
    sheets = [sheet for sheet in (*view.sheets, *view.others) if sheet.case == case.id and sheet.rows]
    comparison = compare(case, view.catalogue, view.groups, sheets, view.settlements)
    return annotated(comparison, case, view.catalogue, view.settlements, view.remarks, model=True)


def _title(line: Line) -> str:
    name = one_line(line.name) or _("(no organisation named)")
    return f"{name} ({line.field})" if line.field else name


def _entries(entries: Iterable[Entry], case: Case, comparison: Comparison) -> Iterator[str]:
    names = {group.id: group.name for group in comparison.groups}
    for entry in entries:
        yield _remarked(f"{names[entry.group]}: {_said(entry, case)}", comparison.remark(entry))


def _said(entry: Entry, case: Case) -> str:
    """The name as it was typed, then the other columns."""
    others = (entry.fields.get(column.id, "") for column in case.columns if column.kind != "organisation")
    return "; ".join(filter(None, map(one_line, (entry.typed, *others))))


def _remarked(text: str, remark: Remark) -> str:
    """The star as a word, too: not every screen reader reads it out."""
    told = (_("★ marked by the facilitator"),) if remark.starred else ()
    comment = (_("Comment: ") + one_line(remark.comment),) if remark.comment else ()
    return "; ".join((text, *told, *comment))
