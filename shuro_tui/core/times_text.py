"""The times of a session for a plain terminal."""

from collections.abc import Iterator

from shuro_tui.core.bars import drawn
from shuro_tui.core.columns import Row, in_columns
from shuro_tui.core.linebreak import wrap
from shuro_tui.core.model import SECOND, Millis, Workshop
from shuro_tui.core.timeline import Timeline
from shuro_tui.core.times import KINDS, Took, difference_words, duration, interrupted_words, times_of
from shuro_tui.i18n import _

_BELOW = "    "


def times_text(timeline: Timeline, workshop: Workshop, now: Millis, width: int = 80) -> str:
    """Planned against actual, drawn and in figures, in lines of `width` cells at most, from 40 on."""
    times = times_of(timeline, workshop, now)
    rows = tuple(times.rows)
    names = ("", _("Planned"), _("Adapted"), _("Actual"), _("Difference"))
    head, *figures = in_columns((names, *map(_figures, rows)), width)
    lines = [drawn(times, width), "", *head]
    for row, of_row in zip(rows, figures, strict=True):
        remarks = wrap(_(", ").join(_remarks(row)), width - len(_BELOW))
        lines += [*of_row, *(_BELOW + remark for remark in remarks if remark)]
    return "\n".join(lines) + "\n"


def _figures(row: Took) -> Row:
    return (
        _name(row),
        duration(row.planned),
        duration(row.adapted),
        "-" if row.actual is None else duration(row.actual),
        difference_words(row.difference),
    )


def _name(row: Took) -> str:
    if row.kind == "whole":
        return row.title
    if row.kind == "segment":
        return f"{row.number} {row.title}"
    return f"  {_(KINDS[row.kind])} {row.number} {row.title}"


def _remarks(row: Took) -> Iterator[str]:
    """What stands below the figures of a row."""
    if row.kind == "segment" and row.overrun >= SECOND:
        yield _("{time} over its length").format(time=duration(row.overrun))
    if row.paused:
        yield _("paused {time}").format(time=duration(row.paused))
    if row.interrupted:
        yield interrupted_words(row.interrupted)
    if row.note:
        yield row.note
