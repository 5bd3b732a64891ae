"""What is taken home: the sheets, the comparison and the times, as files for Excel, a browser, or another program."""

from collections.abc import Sequence
from pathlib import Path

from shuro_tui import durable
from shuro_tui.core.group import Group
from shuro_tui.core.model import Millis
from shuro_tui.core.session import Session
from shuro_tui.core.times import last_told

FORMATS = ("xlsx", "html", "csv", "md", "json", "svg", "pdf")


def makeable() -> tuple[str, ...]:
    """The formats that can be made on this machine: PDF needs a library of its own, and a Japanese font."""
    from shuro_tui.export import printed  # noqa: PLC0415 - as below

    return tuple(each for each in FORMATS if each != "pdf" or not printed.lacking())


def write(
    session: Session,
    folder: Path,
    formats: Sequence[str] | None = None,
    now: Millis | None = None,
    overlaid: Sequence[tuple[Group, Group]] = (),
) -> tuple[Path, ...]:
    """Write a file for each format, for this user alone, and return their paths.

    Every file is written whole or not at all; one from an earlier export is replaced. Without `formats` they are all
    that can be made. What still runs counts up to `now`, without it up to the last that the timeline tells of.
    `overlaid`: groups whose ecomaps are drawn over each other beside those of each. Raises OSError, KeyError for a
    format that is not among FORMATS, and Mend with what is lacking for a PDF.
    """
    from shuro_tui.export.files import rendered  # noqa: PLC0415 - who only asks for FORMATS need not wait for Excel's

    chosen = makeable() if formats is None else formats
    files = rendered(session, chosen, last_told(session.timeline) if now is None else now, overlaid)
    folder.mkdir(parents=True, exist_ok=True)
    for name, data in files.items():
        durable.write(folder / name, data)
    return tuple(folder / name for name in files)
