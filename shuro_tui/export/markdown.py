"""The report in Markdown, with the tables of GitHub's flavour."""

import re

from shuro_tui.core.bars import drawn
from shuro_tui.export.case_tables import CaseReport
from shuro_tui.export.table import Table
from shuro_tui.export.tables import Report
from shuro_tui.i18n import _

# Whatever Markdown, its tables, its HTML, automatic links, emoji or formulas could take for theirs, and what could
# begin a list, a heading or a rule. The colons in a time of day stay: there is no emoji of two digits.
_SPECIAL = re.compile(
    r"[\\`*_{}\[\]<>&|~!#$@^]|:(?=[/\w+-])(?!\d\d(?!\w))|(?<=www)\.|^[-+=]|^\d+(?=[.)])", re.IGNORECASE
)
_WIDTH = 78
_SPACE = re.compile(r"\s*\n\s*")


def render(report: Report) -> bytes:
    """The bytes of report.md."""
    lines = [
        f"# {_text(report.title)}",
        *([_text(report.course)] if report.course else []),
        _("Held: {when}").format(when=report.held),
        *(part for case in report.cases for part in _case(case)),
        f"## {_('Planned and actual times')}",
        f"```text\n{drawn(report.times, _WIDTH)}\n```",
        _table(report.rundown),
        f"### {_('Interruptions')}",
        _table(report.interruptions),
        f"## {_('Notes')}",
        _table(report.notes) if report.notes.rows else _("None."),
    ]
    return ("\n\n".join(lines) + "\n").encode()


def _case(case: CaseReport) -> list[str]:
    parts = [
        f"## {_text(case.title)}",
        _text(case.question),
        f"### {_('Comparison')}",
        case.legend,
        _table(case.matrix),
    ]
    parts += [f"### {_('Findings')}", _table(case.findings) if case.findings.rows else _("None.")]
    for sheet in case.sheets:
        parts += [f"### {_text(sheet.group)} ({sheet.state})", _table(sheet.table) if sheet.table.rows else ""]
    if case.model.rows:
        parts += [f"### {_('Model answer')}", _table(case.model)]
    return [part for part in parts if part]


def _table(table: Table) -> str:
    ruler = ["---"] * len(table.head)
    rows = [[_text(cell) for cell in row] for row in (table.head, *table.rows)]
    return "\n".join(f"| {' | '.join(row)} |" for row in (rows[0], ruler, *rows[1:]))


def _text(text: str) -> str:
    """Text that stands for itself and on one line: character references never act as markup (CommonMark 6.2)."""
    plain = _SPECIAL.sub(lambda found: "".join(f"&#{ord(letter)};" for letter in found[0]), text.strip())
    return _SPACE.sub("<br>", plain).replace("\t", " ")
