"""Planned against actual on one line each, drawn to one scale.

What is drawn is ASCII: ■, ─ and the like take two cells on some terminals.
"""

from collections.abc import Iterable, Iterator
from itertools import count

from msgspec import Struct

from shuro_tui.core.actual import NOTHING
from shuro_tui.core.cells import cell_len, pad
from shuro_tui.core.model import MINUTE, Millis
from shuro_tui.core.times import Times
from shuro_tui.i18n import _

PLANNED, RAN, STOOD = "-", "=", "."


class Bar(Struct, frozen=True):
    """One segment. All is counted from the start of the session; from `stood` to `end` the clock stood."""

    number: int
    begin: Millis
    stood: Millis
    end: Millis


def planned_bars(times: Times) -> tuple[Bar, ...]:
    """The segments as they were planned, one after the other."""
    return tuple(_in_a_row((segment.number, segment.planned, NOTHING) for segment in times.segments))


def actual_bars(times: Times) -> tuple[Bar, ...]:
    """What each segment that was come to took in all, one after the other."""
    return tuple(
        _in_a_row(
            (segment.number, segment.actual, segment.paused) for segment in times.segments if segment.actual is not None
        )
    )


def span(times: Times) -> Millis:
    """What the scale has to hold: the longer of the two, a minute at least."""
    return max(MINUTE, *(bar.end for bar in (*planned_bars(times), *actual_bars(times))))


def marked(minutes: int, at_most: int) -> range:
    """The minutes that the scale marks, evenly, no more than so many beside the first."""
    steps = (lead * 10**power for power in count() for lead in (1, 2, 5))
    return range(0, minutes + 1, next(step for step in steps if minutes // step <= at_most))


def drawn(times: Times, width: int) -> str:
    """The scale and the two lines, in `width` cells at most, from 40 on; a legend where the clock stood."""
    heads = (_("min"), _("Planned"), _("Actual"))
    margin = max(map(cell_len, heads)) + 1
    minutes = span(times) // MINUTE
    digits = len(str(minutes))
    # Room for the last number, which begins at its mark.
    scale = _Scale(span(times), max(width - margin - digits, 1))
    lines = (
        scale.ruler(marked(minutes, max(scale.cells // (digits + 2), 1))),
        scale.line(planned_bars(times), PLANNED, "|"),
        scale.line(actual_bars(times), RAN, "|" if times.ended else ">"),
    )
    legend = [_("{sign}  the clock stood").format(sign=STOOD)] if times.whole.paused else []
    drawing = [(pad(head, margin) + line).rstrip() for head, line in zip(heads, lines, strict=True)]
    return "\n".join((*drawing, *(" " * margin + line for line in legend)))


class _Scale(Struct, frozen=True):
    """A length of time on so many cells."""

    whole: Millis
    cells: int

    def at(self, moment: int) -> int:
        return moment * self.cells // self.whole

    def ruler(self, minutes: range) -> str:
        text = ""
        for minute in minutes:
            text = text.ljust(self.at(minute * MINUTE)) + str(minute)
        return text

    def line(self, bars: tuple[Bar, ...], ran: str, end: str) -> str:
        return "".join(self._bar(bar, ran) for bar in bars) + end if bars else ""

    def _bar(self, bar: Bar, ran: str) -> str:
        """A stroke where it begins, its number where there is room, and how long it ran and stood."""
        begin, stood, ends = (self.at(moment) for moment in (bar.begin, bar.stood, bar.end))
        head = next((text for text in (f"|{bar.number}", "|") if len(text) <= ends - begin), "")
        return head + (ran * (stood - begin) + STOOD * (ends - stood))[len(head) :]


def _in_a_row(segments: Iterable[tuple[int, Millis, Millis]]) -> Iterator[Bar]:
    end = NOTHING
    for number, ran, stood in segments:
        begin, end = end, Millis(end + ran + stood)
        yield Bar(number, begin, Millis(begin + ran), end)
