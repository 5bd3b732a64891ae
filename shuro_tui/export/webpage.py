"""The report as one HTML file: no network, no script; for a screen, a screen reader, and A4."""

from collections.abc import Iterator
from html import escape

from shuro_tui.export import ecomap_svg
from shuro_tui.export.case_tables import STAR, CaseReport
from shuro_tui.export.deck_text import words
from shuro_tui.export.drawing import drawing
from shuro_tui.export.page_style import STYLE
from shuro_tui.export.page_tables import broad, by_group, named, shaded, table
from shuro_tui.export.table import Table
from shuro_tui.export.tables import Report
from shuro_tui.i18n import _

_POLICY = "default-src 'none'; style-src 'unsafe-inline'"


def render(report: Report) -> bytes:
    """The bytes of report.html."""
    parts = (
        "<!doctype html>",
        f'<html lang="{escape(report.language)}">',
        f'<head><meta charset="utf-8">\n<meta http-equiv="Content-Security-Policy" content="{_POLICY}">',
        '<meta name="viewport" content="width=device-width, initial-scale=1">',
        f"<title>{escape(report.title)}</title>",
        f"<style>\n{STYLE}\n</style></head>",
        "<body>",
        f'<a class="skip" href="#report">{escape(_("Skip to the report"))}</a>',
        f"<header>\n<h1>{words(report.title)}</h1>",
        f"<p>{words(report.course)}</p>" if report.course else "",
        "</header>",
        *_contents(report),
        '<main id="report">',
        *_summary(report),
        *(part for number, case in enumerate(report.cases, 1) for part in _case(case, number)),
        *_times(report),
        *_notes(report),
        "</main>\n</body>\n</html>",
    )
    return ("\n".join(part for part in parts if part) + "\n").encode()


def _contents(report: Report) -> Iterator[str]:
    places = {
        "summary": _("Summary"),
        **{f"case-{number}": case.title for number, case in enumerate(report.cases, 1)},
        "times": _("Planned and actual times"),
        "notes": _("Notes"),
    }
    yield f'<nav aria-label="{escape(_("Contents"))}">\n<ol>'
    yield from (f'<li><a href="#{place}">{words(title)}</a></li>' for place, title in places.items())
    yield "</ol>\n</nav>"


def _section(place: str, title: str, look: str = "") -> str:
    """The beginning of a section with its heading."""
    kind = f' class="{look}"' if look else ""
    return f'<section id="{place}"{kind} aria-labelledby="{place}-title">\n<h2 id="{place}-title">{words(title)}</h2>'


def _summary(report: Report) -> Iterator[str]:
    """What it was, when, and who wrote how much."""
    told = {
        _("Held"): " ".join((report.day, _("{begun} to {ended}").format(begun=report.hours[0], ended=report.hours[1])))
        if report.day
        else report.held,
        _("Groups taking part"): _("{n}: {names}").format(n=len(report.groups), names=_(", ").join(report.groups)),
        _("Rows written"): str(len(report.entries.rows)),
    }
    yield _section("summary", _("Summary"))
    yield "<dl>"
    yield from (f"<dt>{words(name)}</dt><dd>{words(value)}</dd>" for name, value in told.items())
    yield "</dl>"
    yield table(_written(report), _("What was written"), "cases", ("title",), row_head=0)
    yield "</section>"


def _written(report: Report) -> Table:
    return Table(
        (_("Case"), _("Groups that wrote"), _("Sheets submitted"), _("Rows"), _("Findings"), _("Marked")),
        tuple(
            (
                case.title,
                str(sum(bool(sheet.table.rows) for sheet in case.sheets)),
                str(sum(sheet.submitted for sheet in case.sheets)),
                str(sum(len(sheet.table.rows) for sheet in case.sheets)),
                str(len(case.findings.rows)),
                f"{STAR} {case.starred}" if case.starred else "0",
            )
            for case in report.cases
        ),
    )


def _case(case: CaseReport, number: int) -> Iterator[str]:
    yield _section(f"case-{number}", case.title, "case")
    yield f"<p>{words(case.question)}</p>" if case.question else ""
    yield f"<h3>{words(_('Findings'))}</h3>"
    yield from _findings(case)
    yield from _matrix(case)
    yield from _coverage(case)
    yield f"<h3>{words(_('Ecomaps'))}</h3>"
    yield from (ecomap_svg.drawing(picture.ecomap, picture.title) for picture in case.ecomaps)
    yield f"<h3>{words(_('Sheets'))}</h3>"
    kinds = tuple(column.kind for column in case.case.columns)
    yield from (table(sheet.table, f"{sheet.group} ({sheet.state})", "sheet", kinds) for sheet in case.sheets)
    yield table(case.model, _("Model answer"), "sheet", kinds) if case.model.rows else ""
    yield "</section>"


def _findings(case: CaseReport) -> Iterator[str]:
    """Each with its question and the entries behind it."""
    if not case.findings.rows:
        yield f"<p>{words(_('None.'))}</p>"
        return
    yield '<ol class="findings">'
    for (finding, question), entries in zip(case.findings.rows, case.behind, strict=True):
        yield f'<li><p class="finding">{words(finding)}</p><p class="question">{words(question)}</p>'
        if entries:
            lines = "".join(f"<li>{words(entry)}</li>" for entry in entries.split("\n"))
            yield f'<ul class="entries">{lines}</ul>'
        yield "</li>"
    yield "</ol>"


def _matrix(case: CaseReport) -> Iterator[str]:
    """Every row has a head, for a screen reader: those of no organisation too."""
    rows = ((row[0], row[1].strip() or _("(no organisation)"), *row[2:]) for row in case.matrix.rows)
    matrix, caption = Table(case.matrix.head, tuple(rows)), _("Which group named which organisation")
    heading = f"<h3>{words(_('Comparison'))}</h3>" + (f"\n<p>{words(case.legend)}</p>" if case.legend else "")
    yield from by_group(matrix, heading, caption, ("field", "organisation"), named)


def _coverage(case: CaseReport) -> Iterator[str]:
    coverage = case.comparison.coverage
    most = max((count for counts in coverage.values() for count in counts.values()), default=0)
    rows = ((field, *map(str, counts.values()), str(sum(counts.values()))) for field, counts in coverage.items())
    heat = Table(case.coverage_head, tuple(rows))
    caption = _("How many entries of which group are about which field")
    yield from by_group(heat, f"<h3>{words(_('Coverage'))}</h3>", caption, ("field",), shaded(most))


def _times(report: Report) -> Iterator[str]:
    yield _section("times", _("Planned and actual times"), "time")
    yield drawing(report.times)
    rundown = table(report.rundown, _("Rundown"), "times", ("", "number", "title"), row_head=2)
    yield broad(rundown, _("Rundown"))
    yield table(report.interruptions, _("Interruptions"), "interruptions", ("number", "title"), row_head=1)
    yield "</section>"


def _notes(report: Report) -> Iterator[str]:
    yield _section("notes", _("Notes"))
    if report.notes.rows:
        yield table(report.notes, _("Messages and remarks"), "notes", ("title",), row_head=0)
    else:
        yield f"<p>{words(_('None.'))}</p>"
    yield "</section>"
