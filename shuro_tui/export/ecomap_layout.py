"""Where the parts of an ecomap stand on a page, as in a terminal (core/ecomap_drawing.py), with ties that fan out.

A centre stands between the organisations that are tied to it alone; those tied to person and family stand between the
two, and a rail leads from each box past them. Lengths are in quarters of a millimetre, y counts downwards.
"""

from collections.abc import Iterator, Sequence
from itertools import groupby
from operator import attrgetter
from typing import Literal, NamedTuple

from shuro_tui.core.cells import cut
from shuro_tui.core.ecomap import Ecomap, Organisation, Tie, field_name, in_halves, label_of
from shuro_tui.core.linebreak import wrap
from shuro_tui.core.model import Centre
from shuro_tui.core.sheet import clean
from shuro_tui.export.ecomap_strands import Point

Anchor = Literal["start", "middle", "end"]
"""Which part of a line of text stands at its place."""

WIDTH = 760
MIDDLE = WIDTH / 2
MARGIN = 4
LINE = 19
BOX = 110
LABEL = 196
"""Width of a label at most: 24 cells of half a font's height each, with room for fonts whose letters are wider."""

_CELLS, _LINES = 24, 3
_BOX_CELLS = 12
_TOP = 44
_RULED, _BELOW_LABEL, _BELOW_FIELD = 8, 8, 12
_TIE = 24
_BOX_LEAST, _BOX_SHARE, _ANCHOR, _CORNER = 80, 0.6, 15, 14
_BETWEEN = 36
_RAIL = 230
"""How far a rail runs from the middle."""

_SIDES: tuple[Anchor, Anchor] = ("end", "start")
_X: dict[Anchor, float] = {"end": MARGIN + LABEL, "middle": MIDDLE, "start": WIDTH - MARGIN - LABEL}


class Label(NamedTuple):
    """A line of text. `head`: it is that of a field."""

    at: Point
    anchor: Anchor
    text: str
    head: bool = False


class Spoke(NamedTuple):
    """A tie from its organisation's place to its centre's."""

    tie: Tie
    start: Point
    end: Point


class Box(NamedTuple):
    """A centre."""

    name: tuple[str, ...]
    top: float
    height: float

    @property
    def bottom(self) -> float:
        """Its lower edge."""
        return self.top + self.height


class Layout(NamedTuple):
    """All parts. `rails`: each from a box, turn by turn; `bottom`: below it nothing stands."""

    labels: tuple[Label, ...]
    spokes: tuple[Spoke, ...]
    boxes: tuple[Box, ...]
    rails: tuple[tuple[Point, ...], ...]
    bottom: float


class _Zone(NamedTuple):
    """What stands in a part of the page's height."""

    labels: tuple[Label, ...]
    spokes: tuple[Spoke, ...]
    box: Box
    bottom: float


def lay_out(ecomap: Ecomap) -> Layout:
    """Everything from top to bottom; no two labels touch."""
    person = _around(ecomap, "person", _TOP)
    if "family" not in ecomap.centres:
        return Layout(person.labels, person.spokes, (person.box,), (), person.bottom)
    both = _Column([each for each in ecomap.organisations if len(each.centres) > 1], "middle", person.bottom + _BETWEEN)
    family = _around(ecomap, "family", both.bottom + (_BETWEEN if both.ties else 0))
    rails = _rails(person.box, family.box, both) if both.ties else ()
    return Layout(
        (*person.labels, *both.labels, *family.labels),
        (*person.spokes, *(_to_rail(tie, y) for tie, y in both.ties), *family.spokes),
        (person.box, family.box),
        rails,
        family.bottom,
    )


def label_lines(organisation: Organisation) -> tuple[str, ...]:
    """Its name in lines; what is longer than three ends in an ellipsis."""
    lines = wrap(label_of(organisation), _CELLS)
    return (
        lines if len(lines) <= _LINES else (*lines[: _LINES - 1], cut(lines[_LINES - 1] + " " * _CELLS + "…", _CELLS))
    )


def _around(ecomap: Ecomap, centre: Centre, top: float) -> _Zone:
    """A box between two columns; it is lower than they are, so that their ties fan out."""
    own = [each for each in ecomap.organisations if each.centres == (centre,)]
    halves = in_halves(own, lambda each: max(len(label_lines(each)), len(each.ties)))
    heights = [_Column(half, "end", 0).bottom for half in halves]
    ties = max(sum(len(each.ties) for each in half) for half in halves)
    box_height = max(_BOX_LEAST, _BOX_SHARE * max(heights), _ANCHOR * ties + 2 * _CORNER)
    height = max(box_height, *heights)
    name = wrap(clean(ecomap.centres[centre]), _BOX_CELLS)[:_LINES]
    box = Box(name, top + (height - box_height) / 2, box_height)
    left, right = (
        _Column(half, anchor, top + (height - own_height) / 2)
        for half, anchor, own_height in zip(halves, _SIDES, heights, strict=True)
    )
    return _Zone((*left.labels, *right.labels), (*_fan(left, box), *_fan(right, box)), box, top + height)


def _fan(column: "_Column", box: Box) -> Iterator[Spoke]:
    """Ties that arrive at the box in the order in which they begin."""
    edge = MIDDLE - BOX / 2 if column.anchor == "end" else MIDDLE + BOX / 2
    each = (box.height - 2 * _CORNER) / max(1, len(column.ties))
    for number, (tie, y) in enumerate(column.ties):
        yield Spoke(tie, Point(_X[column.anchor], y), Point(edge, box.top + _CORNER + each * (number + 0.5)))


def _to_rail(tie: Tie, y: float) -> Spoke:
    """A tie of an organisation in the middle: the person's rail is at its left."""
    side = -1 if tie.centre == "person" else 1
    return Spoke(tie, Point(MIDDLE + side * LABEL / 2, y), Point(MIDDLE + side * _RAIL, y))


def _rails(person: Box, family: Box, both: "_Column") -> tuple[tuple[Point, ...], ...]:
    """From the person's box down to the last that is tied to both, and from the family's up to the first."""
    left, right = MIDDLE - _RAIL, MIDDLE + _RAIL
    above, below = both.top - _BETWEEN / 2, both.bottom + _BETWEEN / 2
    return (
        (Point(MIDDLE, person.bottom), Point(MIDDLE, above), Point(left, above), Point(left, both.bottom)),
        (Point(MIDDLE, family.top), Point(MIDDLE, below), Point(right, below), Point(right, both.top)),
    )


class _Column:
    """Organisations below the heads of their fields, and where their ties begin; `bottom` is its end."""

    def __init__(self, organisations: Sequence[Organisation], anchor: Anchor, top: float) -> None:
        self.anchor = anchor
        self.top = self.bottom = top
        self.labels: list[Label] = []
        self.ties: list[tuple[Tie, float]] = []
        for _field, same in groupby(organisations, key=attrgetter("field")):
            self._add_field(tuple(same))

    def _add_field(self, organisations: Sequence[Organisation]) -> None:
        self._write(cut(field_name(organisations[0]), _CELLS), self.bottom + LINE, head=True)
        self.bottom += LINE + _RULED
        for organisation in organisations:
            self._add(organisation)
        self.bottom += _BELOW_FIELD

    def _add(self, organisation: Organisation) -> None:
        lines = label_lines(organisation)
        layers = sorted({tie.layer for tie in organisation.ties})
        height = max(LINE * len(lines), _TIE * len(layers))
        middle = self.bottom + height / 2
        for number, line in enumerate(lines):
            self._write(line, middle + LINE * (number + 0.75 - len(lines) / 2))
        for tie in organisation.ties:
            self.ties.append((tie, middle + _TIE * (layers.index(tie.layer) + 0.5 - len(layers) / 2)))
        self.bottom += height + _BELOW_LABEL

    def _write(self, text: str, y: float, *, head: bool = False) -> None:
        self.labels.append(Label(Point(_X[self.anchor], y), self.anchor, text, head))
