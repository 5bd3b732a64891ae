"""The lines of an ecomap as paths of SVG: thick, thin, dotted, zigzag, and the heads of arrows."""

from collections.abc import Iterable, Iterator
from math import hypot
from typing import NamedTuple

from shuro_tui.core.model import Direction, TieKind

_HEAD, _HEAD_HALF = 11.0, 5.0
_TOOTH, _TOOTH_HALF = 6.0, 5.0

_LOOKS: dict[TieKind, str] = {
    "strong": 'stroke-width="5"',
    "ordinary": 'stroke-width="1.5"',
    "weak": 'stroke-width="2.5" stroke-linecap="round" stroke-dasharray="0 6"',
    "stress": 'stroke-width="1.5" stroke-linejoin="miter"',
}


class Point(NamedTuple):
    """A place in the picture."""

    x: float
    y: float


class Strand(NamedTuple):
    """A line of one kind from an organisation to a centre."""

    kind: TieKind
    direction: Direction
    start: Point
    end: Point


def paths(strands: Iterable[Strand]) -> Iterator[str]:
    """One path for all lines of a kind, and one for all heads of arrows."""
    lines: dict[TieKind, list[str]] = {}
    heads: list[str] = []
    for strand in strands:
        start, end = strand.start, strand.end
        if strand.direction in ("in", "both"):
            end, head = _pointed(start, end)
            heads.append(head)
        if strand.direction in ("out", "both"):
            start, head = _pointed(end, start)
            heads.append(head)
        lines.setdefault(strand.kind, []).append(_line(strand.kind, start, end))
    for kind, look in _LOOKS.items():
        if kind in lines:
            yield f'<path d="{"".join(lines[kind])}" fill="none" stroke="#000" {look}/>'
    if heads:
        yield f'<path d="{"".join(heads)}"/>'


def _pointed(start: Point, end: Point) -> tuple[Point, str]:
    """Where a line stops that ends in the head of an arrow, and the head."""
    along, across = _directions(start, end)
    base = Point(end.x - _HEAD * along.x, end.y - _HEAD * along.y)
    wings = (Point(base.x + side * across.x, base.y + side * across.y) for side in (_HEAD_HALF, -_HEAD_HALF))
    return base, through((end, *wings)) + "Z"


def _line(kind: TieKind, start: Point, end: Point) -> str:
    return through(_zigzag(start, end) if kind == "stress" else (start, end))


def _zigzag(start: Point, end: Point) -> Iterator[Point]:
    along, across = _directions(start, end)
    teeth = max(2, round(hypot(end.x - start.x, end.y - start.y) / _TOOTH))
    step = hypot(end.x - start.x, end.y - start.y) / teeth
    yield start
    for tooth in range(1, teeth):
        side = _TOOTH_HALF if tooth % 2 else -_TOOTH_HALF
        yield Point(
            start.x + tooth * step * along.x + side * across.x, start.y + tooth * step * along.y + side * across.y
        )
    yield end


def _directions(start: Point, end: Point) -> tuple[Point, Point]:
    """Along the line, and across it, both of length one."""
    length = hypot(end.x - start.x, end.y - start.y)
    along = Point((end.x - start.x) / length, (end.y - start.y) / length)
    return along, Point(-along.y, along.x)


def through(points: Iterable[Point]) -> str:
    """The data of a path through these points."""
    return "M" + "L".join(f"{round(point.x, 1):g} {round(point.y, 1):g}" for point in points)
