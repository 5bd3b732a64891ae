"""The tables of times. Pure, but for the time zone of this machine."""

from datetime import UTC, datetime

from shuro_tui.core.actual import NOTHING
from shuro_tui.core.model import SECOND, Millis
from shuro_tui.core.timeline import Timeline
from shuro_tui.core.times import INTERRUPTIONS, KINDS, Times, Took, difference_words, duration
from shuro_tui.export.table import Table
from shuro_tui.i18n import _


def rundown(timeline: Timeline, times: Times) -> Table:
    """Planned, adapted and actual times of segments, steps and slides."""
    head = (_("Kind"), _("No."), _("Title"), _("Planned"), _("Adapted"), _("Actual"), _("Difference"))
    return Table(
        (*head, _("Over its length"), _("Paused"), _("Interruptions"), _("From"), _("To"), _("Remarks")),
        tuple(
            (
                _(KINDS[row.kind]),
                str(row.number) if row.number else "",
                row.title,
                duration(row.planned),
                duration(row.adapted),
                "" if row.actual is None else duration(row.actual),
                difference_words(row.difference),
                _some(row.overrun) if row.kind != "whole" else "",
                _some(row.paused),
                _some(Millis(sum(row.interrupted.values()))),
                *from_to(timeline, row),
                row.note,
            )
            for row in times.rows
        ),
    )


def interruptions(times: Times) -> Table:
    """How long each segment was interrupted, by kind."""
    kinds = [*INTERRUPTIONS]
    return Table(
        (_("No."), _("Segment"), *(_(INTERRUPTIONS[kind]) for kind in kinds), _("Together")),
        tuple(
            (
                str(row.number) if row.number else "",
                row.title,
                *(_some(row.interrupted.get(kind, NOTHING)) for kind in kinds),
                _some(Millis(sum(row.interrupted.values()))),
            )
            for row in (*times.segments, times.whole)
        ),
    )


def from_to(timeline: Timeline, row: Took) -> tuple[str, str]:
    """The times of day when a segment, or the whole, began and ended; "" where it did not, and for what is smaller."""
    if row.kind == "segment":
        actual = timeline.actual[row.number - 1]
        return _time_of_day(actual.entered), _time_of_day(actual.left if row.over else None)
    return (_time_of_day(timeline.started_at), _time_of_day(timeline.finished_at)) if row.kind == "whole" else ("", "")


def _some(length: Millis) -> str:
    """A duration, blank where it is none."""
    return duration(length) if length >= SECOND else ""


def _time_of_day(at: Millis | None) -> str:
    return "" if at is None else local(at).strftime("%H:%M:%S")


def moment(at: Millis) -> str:
    """A moment in this machine's time zone, as ISO 8601 to the second."""
    return local(at).isoformat(timespec="seconds")


def local(at: Millis) -> datetime:
    """A moment in this machine's time zone."""
    return datetime.fromtimestamp(at / 1000, UTC).astimezone()
