"""The report as one HTML file: no network, no script, and it prints on A4."""

from html import escape

from shuro_tui.export import ecomap_svg
from shuro_tui.export.drawing import drawing
from shuro_tui.export.tables import CaseReport, Cells, Report, Table
from shuro_tui.i18n import _

_STYLE = """
@page { size: A4; margin: 15mm; }
:root { color-scheme: light; }
body { font-family: system-ui, "Hiragino Sans", "Yu Gothic UI", "Noto Sans CJK JP", sans-serif; line-height: 1.6;
       max-width: 60rem; margin: 2rem auto; padding: 0 1rem; color: #111; background: #fff; }
table { border-collapse: collapse; width: 100%; margin: 0 0 1.5rem; }
caption { text-align: left; font-weight: bold; padding: .3rem 0; }
th, td { border: 1px solid #767676; padding: .3rem .5rem; text-align: left; vertical-align: top;
         white-space: pre-line; overflow-wrap: anywhere; }
thead th { background: #eee; }
thead { display: table-header-group; }
tr { break-inside: avoid; }
.times { font-size: .75rem; }
.times td { overflow-wrap: normal; }
svg { display: block; width: 100%; height: auto; margin: 1rem 0; break-inside: avoid; }
svg.ecomap { max-width: 190mm; max-height: 240mm; }
h2 { break-after: avoid; border-bottom: 2px solid #111; margin-top: 2.5rem; }
h3, caption { break-after: avoid; }
@media print { body { margin: 0; padding: 0; max-width: none; } h2 { break-before: page; } }
""".strip()


def render(report: Report) -> bytes:
    """The bytes of report.html."""
    title = escape(report.title)
    parts = [
        "<!doctype html>",
        f'<html lang="{escape(report.language)}">',
        '<head><meta charset="utf-8">',
        "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">",
        '<meta name="viewport" content="width=device-width, initial-scale=1">',
        f"<title>{title}</title>",
        f"<style>\n{_STYLE}\n</style></head>",
        "<body>",
        f"<h1>{title}</h1>",
        f"<p>{escape(report.course)}</p>" if report.course else "",
        f"<p>{escape(_('Held: {when}').format(when=report.held))}</p>",
        *(part for case in report.cases for part in _case(case)),
        f"<h2>{escape(_('Planned and actual times'))}</h2>",
        drawing(report.times),
        _table(report.rundown, _("Rundown"), row_head=2, look="times"),
        _table(report.interruptions, _("Interruptions"), row_head=1),
        "</body>",
        "</html>",
    ]
    return ("\n".join(part for part in parts if part) + "\n").encode()


def _case(case: CaseReport) -> list[str]:
    findings = [f"<li>{escape(finding)}<br>{escape(question)}</li>" for finding, question in case.findings.rows]
    return [
        f"<h2>{escape(case.title)}</h2>",
        f"<p>{escape(case.question)}</p>" if case.question else "",
        f"<h3>{escape(_('Comparison'))}</h3>",
        _table(case.matrix, _("Which group named which organisation"), row_head=1),
        f"<h3>{escape(_('Findings'))}</h3>",
        f"<ul>\n{chr(10).join(findings)}\n</ul>" if findings else f"<p>{escape(_('None.'))}</p>",
        f"<h3>{escape(_('Ecomaps'))}</h3>",
        *(ecomap_svg.drawing(picture.ecomap, picture.title) for picture in case.ecomaps),
        f"<h3>{escape(_('Sheets'))}</h3>",
        *(_table(sheet.table, f"{sheet.group} ({sheet.state})") for sheet in case.sheets),
    ]


def _table(table: Table, caption: str, row_head: int | None = None, look: str = "") -> str:
    """A table; `row_head` is the column that names its row, if one does; `look` is its class."""
    head = "".join(f'<th scope="col">{escape(cell)}</th>' for cell in table.head)
    rows = "\n".join(f"<tr>{_cells(row, row_head)}</tr>" for row in table.rows)
    opening = f'<table class="{look}">' if look else "<table>"
    return (
        f"{opening}\n<caption>{escape(caption)}</caption>\n<thead><tr>{head}</tr></thead>\n<tbody>\n{rows}\n</tbody>\n"
        "</table>"
    )


def _cells(row: Cells, row_head: int | None) -> str:
    return "".join(
        f'<th scope="row">{escape(cell)}</th>' if column == row_head else f"<td>{escape(cell)}</td>"
        for column, cell in enumerate(row)
    )
