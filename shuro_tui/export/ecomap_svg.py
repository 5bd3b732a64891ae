"""An ecomap as SVG: black and white, no wider and no higher than A4 upright, the legend always below it.

Nothing refers to anything by an id, so that many of them may stand on one page.
"""

from collections.abc import Iterator
from html import escape
from itertools import groupby
from operator import attrgetter

from shuro_tui.core.cells import cell_len, cut
from shuro_tui.core.ecomap import Ecomap, Tie, label_of
from shuro_tui.core.ecomap_legend import kind_words, layer_marks, mark_of, remarks
from shuro_tui.core.model import Direction, TieKind
from shuro_tui.core.sheet import clean
from shuro_tui.export.ecomap_layout import BOX, LABEL, LINE, MARGIN, MIDDLE, WIDTH, Label, Layout, Spoke, lay_out
from shuro_tui.export.ecomap_strands import Point, Strand, paths, through
from shuro_tui.i18n import _

_UNIT = 0.25
"""Millimetres."""

_HIGHEST = 277
"""Millimetres of A4 between its margins."""

_FONTS = "'BIZ UDGothic','MS Gothic','Osaka-Mono','Noto Sans Mono CJK JP','Noto Sans CJK JP',monospace"
_FONT, _CELL = 14, 8.2
"""Every second of those fonts has letters wider than half its height."""

_TITLE_AT, _TITLE_CELLS = 20, 88
_BESIDE, _BADGE, _HEAVIER = 8, 8, 3
_SAMPLE, _BETWEEN = 44, 20
_NOT_IN_XML = str.maketrans({"\ufffe": "\ufffd", "\uffff": "\ufffd"})


def render(ecomap: Ecomap, title: str) -> bytes:
    """The bytes of a file of its own."""
    parts, height = _parts(ecomap, title)
    unit = min(_UNIT, _HIGHEST / height)
    size = f'width="{WIDTH * unit:.1f}mm" height="{height * unit:.1f}mm"'
    head = _head(ecomap, title, f'xmlns="http://www.w3.org/2000/svg" {size}', height)
    return "\n".join(('<?xml version="1.0" encoding="UTF-8"?>', head, *parts, "</svg>\n")).encode()


def drawing(ecomap: Ecomap, title: str) -> str:
    """The picture inside a web page."""
    parts, height = _parts(ecomap, title)
    return "\n".join((_head(ecomap, title, 'class="ecomap"', height), *parts, "</svg>"))


def in_words(ecomap: Ecomap) -> str:
    """The picture for who does not see it."""
    kinds = kind_words()
    return _("; ").join(
        " ".join(
            filter(None, (f"{label_of(each)}:", ecomap.centres[tie.centre], kinds[tie.kind], mark_of(ecomap, tie)))
        )
        for each in ecomap.organisations
        for tie in each.ties
    )


def _head(ecomap: Ecomap, title: str, attributes: str, height: float) -> str:
    words = _text(f"{title}{_('; ')}{in_words(ecomap)}")
    look = f'font-family="{_FONTS}" font-size="{_FONT}"'
    return f'<svg {attributes} role="img" aria-label="{words}" viewBox="0 0 {WIDTH} {height:g}" {look}>'


def _parts(ecomap: Ecomap, title: str) -> tuple[list[str], float]:
    """Everything in the picture, and its height."""
    layout = lay_out(ecomap)
    legend, height = _legend(ecomap, layout.bottom + LINE)
    parts = [
        f'<path d="M0 0H{WIDTH}V{height:g}H0Z" fill="#fff"/>',
        f'<text x="{MIDDLE:g}" y="{_TITLE_AT}" text-anchor="middle" font-weight="bold">'
        f"{_text(cut(title, _TITLE_CELLS))}</text>",
        *_labels(layout),
        *paths(_strand(ecomap, spoke) for spoke in layout.spokes),
        *(part for spoke in layout.spokes for part in _mark(ecomap, spoke)),
        *_boxes(layout),
        *legend,
    ]
    return parts, height


def _labels(layout: Layout) -> Iterator[str]:
    """Column by column; a line below the head of a field."""
    for anchor, own in groupby(layout.labels, key=attrgetter("anchor")):
        yield f'<g text-anchor="{anchor}">{"".join(map(_label, own))}</g>'
    rules = "".join(_rule(label) for label in layout.labels if label.head)
    if rules:
        yield f'<path d="{rules}" stroke="#767676"/>'


def _label(label: Label) -> str:
    bold = ' font-weight="bold"' if label.head else ""
    return f'<text x="{label.at.x:g}" y="{label.at.y:g}"{bold}>{_text(label.text)}</text>'


def _rule(label: Label) -> str:
    left = label.at.x - {"start": 0, "middle": LABEL / 2, "end": LABEL}[label.anchor]
    return f"M{left:g} {label.at.y + 5:g}h{LABEL}"


def _outwards(spoke: Spoke) -> int:
    """1 where the centre is to the right of the organisation, else -1."""
    return 1 if spoke.start.x < spoke.end.x else -1


def _strand(ecomap: Ecomap, spoke: Spoke) -> Strand:
    """The line of a tie, which begins beside its mark."""
    beside = _BESIDE + (2 * _radius(ecomap, spoke.tie) + 4 if mark_of(ecomap, spoke.tie) else 0)
    start = Point(spoke.start.x + _outwards(spoke) * beside, spoke.start.y)
    return Strand(spoke.tie.kind, spoke.tie.direction, start, spoke.end)


def _mark(ecomap: Ecomap, spoke: Spoke) -> Iterator[str]:
    """A disc at the organisation: whose tie it is, or how many groups wrote it."""
    mark = mark_of(ecomap, spoke.tie)
    if mark:
        radius = _radius(ecomap, spoke.tie)
        yield from _disc(mark, Point(spoke.start.x + _outwards(spoke) * (_BESIDE + radius), spoke.start.y), radius)


def _radius(ecomap: Ecomap, tie: Tie) -> float:
    """The more groups, the larger."""
    return round(_BADGE + _HEAVIER * len(tie.groups) / len(ecomap.layers[tie.layer]), 1) if ecomap.joint else _BADGE


def _disc(mark: str, at: Point, radius: float = _BADGE) -> Iterator[str]:
    """White; black for the second of two layers."""
    fill, ink = ("#000", "#fff") if mark.startswith("B") else ("#fff", "#000")
    yield f'<circle cx="{at.x:g}" cy="{at.y:g}" r="{radius:g}" fill="{fill}" stroke="#000"/>'
    place = f'x="{at.x:g}" y="{at.y + 4:g}"'
    yield f'<text {place} font-size="11" text-anchor="middle" fill="{ink}">{mark}</text>'


def _boxes(layout: Layout) -> Iterator[str]:
    for rail in layout.rails:
        yield f'<path d="{through(rail)}" fill="none" stroke="#000" stroke-width="2"/>'
    for box in layout.boxes:
        size = f'y="{box.top:g}" width="{BOX}" height="{box.height:g}" rx="14"'
        yield f'<rect x="{MIDDLE - BOX / 2:g}" {size} fill="#fff" stroke="#000" stroke-width="2"/>'
        first = box.top + box.height / 2 - LINE * (len(box.name) / 2 - 0.75)
        for number, line in enumerate(box.name):
            place = f'x="{MIDDLE:g}" y="{first + LINE * number:g}"'
            yield f'<text {place} text-anchor="middle" font-weight="bold">{_text(line)}</text>'


def _legend(ecomap: Ecomap, top: float) -> tuple[list[str], float]:
    """What the lines and marks mean, and where it ends."""
    samples: list[Strand] = []
    parts: list[str] = []
    at = Point(MARGIN, top)
    for sample, words in _entries(ecomap):
        width = (_SAMPLE if sample else 0) + _CELL * cell_len(words)
        if at.x > MARGIN and at.x + width > WIDTH:
            at = Point(MARGIN, at.y + LINE)
        if isinstance(sample, tuple):
            kind, direction = sample
            samples.append(Strand(kind, direction, at, Point(at.x + _SAMPLE - 8, at.y)))
        elif sample:
            parts += _disc(sample, Point(at.x + _SAMPLE // 2, at.y))
        x = at.x + (_SAMPLE if sample else 0)
        parts.append(f'<text x="{x:g}" y="{at.y + 5:g}">{_text(words)}</text>')
        at = Point(at.x + width + _BETWEEN, at.y)
    return [*paths(samples), *parts], at.y + LINE


def _entries(ecomap: Ecomap) -> Iterator[tuple[tuple[TieKind, Direction] | str, str]]:
    """A line with its direction, a mark, or neither; and its words."""
    for kind, words in kind_words().items():
        yield (kind, "none"), words
    yield ("ordinary", "in"), _("the way the support flows")
    yield from ((mark, cut(clean(name), _TITLE_CELLS // 2)) for mark, name in layer_marks(ecomap).items())
    if ecomap.joint:
        yield "3", _("number of groups")
    yield from (("", remark) for remark in remarks(ecomap))


def _text(text: str) -> str:
    """Text that is text wherever it stands in XML."""
    return escape(" ".join(clean(text).split())).translate(_NOT_IN_XML)
