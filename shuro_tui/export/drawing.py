"""Planned against actual as a picture inside the web page: two lines to one scale, in black, grey and white."""

from collections.abc import Iterator
from html import escape

from shuro_tui.core.bars import Bar, actual_bars, marked, planned_bars, span
from shuro_tui.core.model import MINUTE, Millis
from shuro_tui.core.times import Times, duration
from shuro_tui.i18n import _

_WIDTH, _HEIGHT = 800, 128
_LEFT, _RIGHT = 90, 776
_BAR = 28
_PLANNED_AT, _ACTUAL_AT, _LEGEND_AT = 28, 64, 108
_MARKS_AT_MOST = 16
_DIGIT = 9
_PLANNED, _RAN = "#fff", "#ccc"
_STOOD = 'fill="#fff" stroke="#111" stroke-dasharray="3 3"'


def drawing(times: Times) -> str:
    """The picture as SVG, with its content in words for who does not see it."""
    whole = span(times)
    planned, actual = planned_bars(times), actual_bars(times)
    parts = (
        f'<title id="line">{escape(_("Planned against actual"))}</title>',
        f'<desc id="line-words">{escape(_in_words(times))}</desc>',
        *_scale(whole),
        _label(_PLANNED_AT, _("Planned")),
        *(part for bar in planned for part in _bar(bar, whole, _PLANNED_AT, _PLANNED)),
        _label(_ACTUAL_AT, _("Actual")),
        *(part for bar in actual for part in _bar(bar, whole, _ACTUAL_AT, _RAN)),
        *(_legend() if times.whole.paused else ()),
    )
    head = f'<svg role="img" aria-labelledby="line line-words" viewBox="0 0 {_WIDTH} {_HEIGHT}" font-size="14">'
    return "\n".join((head, *parts, "</svg>"))


def _in_words(times: Times) -> str:
    return _("; ").join(
        _("{number} {title}: planned {planned}, actual {actual}").format(
            number=row.number,
            title=row.title,
            planned=duration(row.planned),
            actual="-" if row.actual is None else duration(Millis(row.actual + row.paused)),
        )
        for row in times.segments
    )


def _scale(whole: Millis) -> Iterator[str]:
    for minute in marked(whole // MINUTE, _MARKS_AT_MOST):
        x = _x(minute * MINUTE, whole)
        yield f'<path d="M{x} 20V{_ACTUAL_AT + _BAR + 4}" stroke="#767676" stroke-dasharray="2 4"/>'
        yield f'<text x="{x}" y="14" text-anchor="middle">{minute}</text>'
    yield f'<text x="{_LEFT - 40}" y="14" text-anchor="end">{escape(_("min"))}</text>'


def _label(top: int, text: str) -> str:
    return f'<text x="{_LEFT - 8}" y="{top + 19}" text-anchor="end">{escape(text)}</text>'


def _bar(bar: Bar, whole: Millis, top: int, fill: str) -> Iterator[str]:
    """What ran, what stood behind a broken line, and the segment's number where there is room."""
    begin, stood, end = (_x(moment, whole) for moment in (bar.begin, bar.stood, bar.end))
    yield _box(begin, stood, top, f'fill="{fill}" stroke="#111"')
    if bar.end > bar.stood:
        yield _box(stood, end, top, _STOOD)
    if end - begin > _DIGIT * (len(str(bar.number)) + 1):
        yield f'<text x="{begin + 6}" y="{top + 19}">{bar.number}</text>'


def _legend() -> Iterator[str]:
    yield _box(_LEFT, _LEFT + 24, _LEGEND_AT, _STOOD, 14)
    yield f'<text x="{_LEFT + 32}" y="{_LEGEND_AT + 12}">{escape(_("Paused"))}</text>'


def _box(begin: float, end: float, top: int, look: str, height: int = _BAR) -> str:
    return f'<rect x="{begin}" y="{top}" width="{round(end - begin, 1)}" height="{height}" {look}/>'


def _x(moment: int, whole: Millis) -> float:
    return round(_LEFT + moment * (_RIGHT - _LEFT) / whole, 1)
