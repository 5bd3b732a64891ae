"""The name of each format's file, and what makes its bytes."""

from collections.abc import Sequence

from shuro_tui.core.model import Millis
from shuro_tui.core.session import Session
from shuro_tui.export import ecomap_svg, markdown, printed, separated, structured, webpage, workbook
from shuro_tui.export.ecomaps import Pair
from shuro_tui.export.tables import report

_FROM_REPORT = {
    "xlsx": ("sheets.xlsx", workbook.render),
    "html": ("report.html", webpage.render),
    "csv": ("answers.csv", separated.render),
    "md": ("report.md", markdown.render),
    "pdf": ("report.pdf", printed.render),
}


def rendered(session: Session, formats: Sequence[str], now: Millis, overlaid: Sequence[Pair] = ()) -> dict[str, bytes]:
    """File name → its bytes, for each of the formats; what still runs counts up to `now`."""
    tables = report(session, now, overlaid)
    files = {}
    for chosen in formats:
        if chosen == "json":
            files["session.json"] = structured.render(session, now)
        elif chosen == "svg":
            pictures = (picture for case in tables.cases for picture in case.ecomaps)
            files |= {picture.file: ecomap_svg.render(picture.ecomap, picture.title) for picture in pictures}
        else:
            name, render = _FROM_REPORT[chosen]
            files[name] = render(tables)
    return files
