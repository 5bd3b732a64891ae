"""An ecomap in the cells of a terminal.

A centre is a tall box with the organisations that are tied to it alone to its left and right. Those tied to person and
family stand between the two boxes, one tie to each side. So every tie is one straight line and none crosses another.
"""

from collections.abc import Callable, Iterator, Sequence
from itertools import groupby, zip_longest
from operator import attrgetter
from typing import NamedTuple, TypeVar

from shuro_tui.core.cells import cell_len, cut, pad
from shuro_tui.core.ecomap import Ecomap, Organisation, Tie, field_name, in_halves, label_of
from shuro_tui.core.ecomap_legend import BODIES, NARROWEST, mark_of
from shuro_tui.core.linebreak import Line, Piece, Style, wrap
from shuro_tui.core.model import Centre
from shuro_tui.core.sheet import clean

_TIE = (7, 24)
"""Cells of a tie, at least and at most."""

_CENTRE_AT_MOST = 24
_CENTRE_LINES = 3
_LABEL_LINES = 3
_PADDING = 4

_Part = TypeVar("_Part")


class _Row(NamedTuple):
    """A line of one organisation, or the head of a field: what is written, and the ties to the left and right of it."""

    text: str = ""
    style: Style = "text"
    left: Tie | None = None
    right: Tie | None = None


class _Room(NamedTuple):
    """The cells of a side's parts: a label, the mark of a tie with the space before it, the tie; and of a centre."""

    label: int
    mark: int
    tie: int
    centre: int

    @property
    def side(self) -> int:
        return self.label + self.arm

    @property
    def arm(self) -> int:
        """From a label to a centre."""
        return 1 + self.mark + self.tie

    @property
    def whole(self) -> int:
        return 2 * self.side + self.centre


def draw(ecomap: Ecomap, width: int) -> tuple[Line, ...]:
    """The picture without its legend, as long as it has to be; no line is wider than `width` cells, or NARROWEST."""
    width = max(width, NARROWEST)
    room = _measured(ecomap, width)
    lines = list(_Picture(ecomap, room).lines())
    margin = (Piece(" " * ((width - room.whole) // 2)),)
    return tuple((*margin, *line) for line in lines)


def _measured(ecomap: Ecomap, width: int) -> _Room:
    """Labels as wide as they want to be while ties stay long enough; then longer ties."""
    names = max(map(cell_len, ecomap.centres.values()))
    centre = min(names + 2 * _PADDING, _CENTRE_AT_MOST)
    marks = max((cell_len(mark_of(ecomap, tie)) for each in ecomap.organisations for tie in each.ties), default=0)
    mark = marks + bool(marks)
    side = (width - centre) // 2 - 1 - mark
    wanted = max((cell_len(text) for each in ecomap.organisations for text in _texts(each)), default=0)
    label = min(wanted, side - _TIE[0])
    return _Room(label, mark, min(side - label, _TIE[1]), centre)


def _texts(organisation: Organisation) -> tuple[str, str]:
    return label_of(organisation), f"[{field_name(organisation)}]"


class _Picture:
    """The lines of an ecomap, each as wide as the room."""

    def __init__(self, ecomap: Ecomap, room: _Room) -> None:
        self._ecomap = ecomap
        self._room = room

    def lines(self) -> Iterator[Line]:
        """The person's box; below it, where the sheet speaks of a family, what is tied to both, and the family's."""
        both = tuple(each for each in self._ecomap.organisations if len(each.centres) > 1)
        yield from self._around("person", below=bool(both))
        if both:
            yield from self._between(both)
        if "family" in self._ecomap.centres:
            yield from self._around("family", above=bool(both))

    def _around(self, centre: Centre, *, above: bool = False, below: bool = False) -> Iterator[Line]:
        """A centre between the organisations that are tied to it alone."""
        room = self._room
        own = tuple(each for each in self._ecomap.organisations if each.centres == (centre,))
        halves = in_halves(own, lambda each: len(tuple(self._rows(each, None, centre))))
        left, right = tuple(self._listed(halves[0], None, centre)), tuple(self._listed(halves[1], centre, None))
        name = wrap(clean(self._ecomap.centres[centre]), room.centre - 4)[:_CENTRE_LINES]
        height = max(_CENTRE_LINES, len(left), len(right))
        beside = Piece(" " * room.side)
        yield beside, self._edge("┌┴┐" if above else "┌─┐")
        columns = (_centred(left, height, _Row()), _centred(name, height, ""), _centred(right, height, _Row()))
        for row, text, other in zip(*columns, strict=True):
            yield (
                *self._label(row, _flush_right),
                *self._arm(row.right, rightward=True),
                *self._wall(row.right, text, other.left),
                *self._arm(other.left, rightward=False),
                *self._label(other, _flush_left),
            )
        yield beside, self._edge("└┬┘" if below else "└─┘")

    def _between(self, both: Sequence[Organisation]) -> Iterator[Line]:
        """The organisations that are tied to both, between a line from the person's box and one to the family's."""
        room = self._room
        inner = 2 * room.arm + room.label
        start = (room.whole - inner - 2) // 2
        end = start + inner + 1
        middle = room.side + room.centre // 2
        yield Piece(" " * start), Piece(f"┌{'─' * (middle - start - 1)}┘", "frame")
        for row in self._listed(both, "person", "family"):
            yield (
                Piece(" " * start),
                Piece(_met(row.left, "├"), "frame"),
                *self._arm(row.left, rightward=False),
                *self._label(row, _in_the_middle),
                *self._arm(row.right, rightward=True),
                Piece(_met(row.right, "┤"), "frame"),
            )
        yield Piece(" " * middle), Piece(f"┌{'─' * (end - middle - 1)}┘", "frame")

    def _edge(self, parts: str) -> Piece:
        """The upper or lower line of a box; what is in its middle leads to the other box."""
        before = self._room.centre // 2 - 1
        after = self._room.centre - before - 3
        return Piece(f"{parts[0]}{'─' * before}{parts[1]}{'─' * after}{parts[2]}", "frame")

    def _wall(self, left: Tie | None, text: str, right: Tie | None) -> Line:
        """A line of a box, with the name in it."""
        return (
            Piece(_met(left, "┤"), "frame"),
            Piece(_in_the_middle(text, self._room.centre - 2), "strong"),
            Piece(_met(right, "├"), "frame"),
        )

    def _listed(
        self, organisations: Sequence[Organisation], left: Centre | None, right: Centre | None
    ) -> Iterator[_Row]:
        """The organisations below the heads of their fields."""
        for _field, same in groupby(organisations, key=attrgetter("field")):
            for number, organisation in enumerate(same):
                if number == 0:
                    yield _Row(cut(f"[{field_name(organisation)}]", self._room.label), "accent")
                yield from self._rows(organisation, left, right)

    def _rows(self, organisation: Organisation, left: Centre | None, right: Centre | None) -> Iterator[_Row]:
        """As many lines as its name and its ties take."""
        ties: dict[tuple[int | None, Centre | None], Tie] = {(tie.layer, tie.centre): tie for tie in organisation.ties}
        layers = sorted({tie.layer for tie in organisation.ties})
        for text, layer in zip_longest(_shortened(label_of(organisation), self._room.label), layers):
            yield _Row(text or "", "text", *(ties.get((layer, centre)) for centre in (left, right)))

    def _label(self, row: _Row, placed: Callable[[str, int], str]) -> Line:
        return (Piece(placed(row.text, self._room.label), row.style),)

    def _arm(self, tie: Tie | None, *, rightward: bool) -> Line:
        """From a label to the centre at its right or left: a space, the mark, the tie."""
        room = self._room
        if tie is None:
            return (Piece(" " * room.arm),)
        mark = _flush_right(mark_of(self._ecomap, tie), room.mark)
        strand = Piece(_strand(tie, room.tie, rightward=rightward), "number")
        if rightward:
            return Piece(mark + " ", "strong"), strand
        return strand, Piece(mark + " ", "strong")


def _strand(tie: Tie, cells: int, *, rightward: bool) -> str:
    """The line of a tie; an arrow at the end where the support arrives."""
    inward, outward = tie.direction in ("in", "both"), tie.direction in ("out", "both")
    at_left, at_right = (outward, inward) if rightward else (inward, outward)
    body = cells - at_left - at_right
    return "<" * at_left + (BODIES[tie.kind] * cells)[:body] + ">" * at_right


def _met(tie: Tie | None, joint: str) -> str:
    """The side of a box where a tie may arrive; an arrow only points at it."""
    return "│" if tie is None or tie.direction in ("in", "both") else joint


def _shortened(name: str, width: int) -> tuple[str, ...]:
    lines = wrap(name, width)
    if len(lines) <= _LABEL_LINES:
        return lines
    return (*lines[: _LABEL_LINES - 1], cut(lines[_LABEL_LINES - 1] + " " * width + "…", width))


def _centred(parts: Sequence[_Part], height: int, blank: _Part) -> list[_Part]:
    above = (height - len(parts)) // 2
    return [*[blank] * above, *parts, *[blank] * (height - len(parts) - above)]


def _flush_left(text: str, width: int) -> str:
    return pad(text, width)


def _flush_right(text: str, width: int) -> str:
    return " " * (width - cell_len(text)) + text


def _in_the_middle(text: str, width: int) -> str:
    return pad(" " * ((width - cell_len(text)) // 2) + text, width)
