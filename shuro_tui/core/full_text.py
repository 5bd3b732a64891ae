"""What groups wrote, in full: behind each finding, about one organisation, and by one group for each case.

Each function gives blocks of lines for a width; a long view is scrolled by them.
"""

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby, zip_longest

from shuro_tui.core.abreast import Block, Paragraph, Text, abreast, across, set_in
from shuro_tui.core.findings import NAMES_AT_MOST, behind, describe
from shuro_tui.core.linebreak import Piece, wrap_entries
from shuro_tui.core.lines import Comparison, Entry, Finding, Line
from shuro_tui.core.model import Case
from shuro_tui.core.sheet import Row, Sheet, clean
from shuro_tui.i18n import _

_BLANK: Block = ((),)


def of_findings(case: Case, comparison: Comparison, findings: Sequence[Finding], width: int) -> Iterator[Block]:
    """Each finding with its question, and below it the entries behind it."""
    names = _names(comparison)
    for number, finding in enumerate(findings, 1):
        sentence, question = describe(finding, comparison)
        head = set_in([(Piece(f"{number}. ", "dim"), Piece(sentence, "strong")), (Piece(question, "accent"),)], width)
        entries = behind(finding, comparison, case)
        if len(finding.names) > NAMES_AT_MOST:
            head += tuple((Piece(line, "dim"),) for line in wrap_entries(finding.names, width))
        texts = [_entry(case, comparison, entry, names[entry.group]) for entry in entries]
        yield (*head, *(line for block in abreast(texts, width) for line in block), *_BLANK)


def of_organisation(case: Case, comparison: Comparison, line: Line, width: int) -> Iterator[Block]:
    """What each group wrote about it, a column a group, then who did not name it."""
    names = _names(comparison)
    others = [name for group, name in names.items() if group not in line.groups]
    yield (*set_in([_title(line)], width), *_candidates(comparison, line, width), *_BLANK)
    texts = [
        [(Piece(whose, "heading"),), *(paragraph for entry in entries for paragraph in _entry(case, comparison, entry))]
        for whose, entries in _by_group(line, comparison)
    ]
    for block in abreast(texts, width):
        yield (*block, *_BLANK)
    if not line.entries:
        yield set_in([(Piece(_("No group named it."), "dim"),)], width)
    elif others:
        yield set_in([(Piece(_("Not named by: "), "dim"), Piece(_(", ").join(others), "dim"))], width)


def at_cursor(case: Case, comparison: Comparison, line: Line, group: str, width: int) -> Iterator[Block]:
    """The names under the matrix's cursor in full; then what was written, this group's before the others'."""
    names, own = _names(comparison), [entry for entry in line.entries if entry.group == group]
    here = "  " + _("{group}: {n} entries").format(group=names.get(group, group), n=len(own)) if group else ""
    yield set_in([(*_title(line), Piece(here, "heading"))], width)
    yield _candidates(comparison, line, width)
    entries = [*own, *(entry for entry in line.entries if entry.group != group)]
    model = [(entry, _("Model answer")) for entry in comparison.model.get(line.id, ())]
    told = [*((entry, names[entry.group]) for entry in entries), *model]
    yield from abreast([_entry(case, comparison, entry, whose) for entry, whose in told], width)
    if not entries:
        yield set_in([(Piece(_("No group named it."), "dim"),)], width)


def of_group(name: str, cases: Sequence[Case], sheets: Sequence[Sheet], width: int) -> Iterator[Block]:
    """The group's sheets, a column a case where there is room for it; sheets: one for each case."""
    yield (*set_in([(Piece(clean(name), "title"),)], width), *_BLANK)
    heads: list[Text] = [[(Piece(clean(case.title), "heading"),)] for case in cases]
    columns = [(head, *_rows(case, sheet)) for head, case, sheet in zip(heads, cases, sheets, strict=True)]
    beside = across(len(cases), width) == len(cases)
    rows = zip_longest(*columns, fillvalue=()) if beside else ((text,) for column in columns for text in column)
    for row in rows:
        for block in abreast(row, width):
            yield (*block, *_BLANK)


def _rows(case: Case, sheet: Sheet) -> list[list[Paragraph]]:
    rows = [row for row in sheet.rows if not row.blank]
    if not rows:
        return [[(Piece(_("Nothing written yet"), "dim"),)]]
    return [_row(case, number, row) for number, row in enumerate(rows, 1)]


def _row(case: Case, number: int, row: Row) -> list[Paragraph]:
    column = case.column_of("organisation")
    name = clean(row.fields.get(column.id, "")).strip() if column else ""
    return [
        (Piece(f"{number}. ", "dim"), Piece(name or _("(no organisation named)"), "strong")),
        *_content(case, row.fields),
    ]


def _by_group(line: Line, comparison: Comparison) -> Iterator[tuple[str, Iterable[Entry]]]:
    """Who → what it wrote, the model answer last."""
    names = _names(comparison)
    for group, entries in groupby(line.entries, lambda entry: entry.group):
        yield names[group], entries
    if line.id in comparison.model:
        yield _("Model answer"), comparison.model[line.id]


def _entry(case: Case, comparison: Comparison, entry: Entry, whose: str = "") -> list[Paragraph]:
    typed = " ".join(clean(entry.typed).split()) or _("(no organisation named)")
    remark = comparison.remark(entry)
    head = (Piece("★ " if remark.starred else "", "accent"), Piece(f"{whose}  " if whose else "", "heading"))
    comment: list[Paragraph] = [(Piece(_("Comment: ") + remark.comment, "accent"),)] if remark.comment else []
    return [(*head, Piece(typed, "strong")), *_content(case, entry.fields), *comment]


def _content(case: Case, fields: dict[str, str]) -> list[Paragraph]:
    """The other columns: the text as it is, a choice with its column's title."""
    texts: list[Paragraph] = [
        (Piece(f"{clean(column.title)}: " if column.kind == "choice" else "", "dim"), Piece(text))
        for column in case.columns
        if column.kind != "organisation" and (text := clean(fields.get(column.id, "")).strip())
    ]
    return texts or [(Piece(_("(no content)"), "dim"),)]


def _title(line: Line) -> Paragraph:
    name = " ".join(clean(line.name).split()) or _("(no organisation named)")
    return (Piece(name, "title"), Piece(f"  {line.field}" if line.field else "", "dim"))


def _candidates(comparison: Comparison, line: Line, width: int) -> Block:
    names = {each.organisation: each.name for each in comparison.lines if each.organisation}
    meant = _(", ").join(names.get(candidate, candidate) for candidate in line.candidates)
    return set_in([(Piece(_("may be: {candidates}").format(candidates=meant), "dim"),)], width) if meant else ()


def _names(comparison: Comparison) -> dict[str, str]:
    return {group.id: " ".join(clean(group.name).split()) for group in comparison.groups}
