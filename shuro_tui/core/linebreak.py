"""Lines of styled text for a width in terminal cells, broken where Japanese and Latin text may be broken.

Japanese breaks between phrases (BudouX), code after spaces, commas and brackets. A phrase wider than the line breaks
where the script changes; a word wider than the line breaks between any characters that may end and begin one, and in
the end anywhere.
"""

import re
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import groupby, pairwise
from typing import Literal, NamedTuple

from rich.cells import cell_len

from shuro_tui.core.blocks import Kind, Picture
from shuro_tui.core.kinsoku import (
    SPACES,
    between_characters,
    changes_script,
    ends_token,
    joined,
    may_break,
    outside_words,
)
from shuro_tui.core.phrase_ends import phrase_ends

Emphasis = Literal[
    "strong", "emphasis", "link", "strong-emphasis", "strong-link", "emphasis-link", "strong-emphasis-link"
]
Style = Literal["title", "heading", "code", "quote", "dim", "accent", "frame"] | Emphasis | Kind


class Place(NamedTuple):
    """Where a picture is to be shown, as large as it can be: cells across and lines down from where it stands."""

    picture: Picture
    cells: int
    lines: int


class Piece(NamedTuple):
    """A run of text in one style, without line breaks once it stands in a Line. `place`: that of a picture."""

    text: str
    style: Style = "text"
    place: Place | None = None


class Size(NamedTuple):
    """The cells that a text takes unbroken, that its widest phrase takes, and its widest word."""

    whole: int
    phrase: int
    word: int


Line = tuple[Piece, ...]
Range = tuple[int, int]

_PLAIN = dict.fromkeys((*range(32), *range(0x7F, 0xA0))) | {0x09: " ", 0x0A: "\n", 0x2028: "\n", 0x2029: "\n"}
"""For str.translate: control characters have no place on a slide, and a terminal would obey them."""

_TAB = 4
_FURTHER = 2
"""Cells by which the rest of a line of code is indented more than the line."""

_STACKED = 8
"""Characters looked at for each cell of a line of code: there may be some without a width."""

_LOOSE = re.compile("(?<!\\S)[\u200d\ufe0f]+|\u200d+(?!\\S)")
"""Parts of emoji with nothing to belong to: they would swallow the space beside them."""


def phrases(text: str) -> tuple[str, ...]:
    """The text taken apart where a line may end; joined together again they are the text."""
    return tuple(text[start:end] for start, end in _between(0, len(text), sorted(phrase_ends(text).outside)))


def wrap(text: str, width: int) -> tuple[str, ...]:
    """Plain text as lines of at most `width` cells (2 or more); a line break in the text stays one."""
    plain = _plain(text)
    return tuple(plain[start:end] for start, end in _line_ranges(plain, width))


def wrap_spans(pieces: Iterable[Piece], width: int) -> tuple[Line, ...]:
    """Styled text as lines of at most `width` cells (2 or more); a line break in the text stays one."""
    plain, styles = _characters(pieces)
    return tuple(_line(plain, styles, start, end) for start, end in _line_ranges(plain, width))


def wrap_entries(entries: Sequence[str], width: int) -> tuple[str, ...]:
    """Names in a row, with commas between them; a name is broken only when it is wider than a line."""
    names = [_plain(entry).replace("\n", " ") for entry in entries]
    comma = ", " if all(name.isascii() for name in names) else "、"
    parts = [*(name + comma for name in names[:-1]), *names[-1:]]
    text = "".join(parts)
    ends = [0]
    for part in parts:
        ends.append(ends[-1] + len(part))
    units = (unit for start, end in pairwise(ends) for unit in _refined(text, start, end, width))
    return tuple(text[start:end] for start, end in _filled(text, units, width))


@lru_cache(maxsize=4096)
def measure(text: str) -> Size:
    """How wide the text would be, and how narrow it may become."""
    lines = _plain(text).split("\n")
    parts = [phrase for line in lines for phrase in phrases(line)]
    words = (word for line in lines for word in _words(line))
    return Size(_widest(lines), _widest(parts), _widest(words))


def cut(pieces: Iterable[Piece], width: int) -> tuple[Line, ...]:
    """Preformatted text: a line as it is; when wider than `width` cells (4 or more), its rest further in below it.

    It is broken between its words and marks where it can be. Spaces at the ends of lines are left out. A tab is as many
    spaces as are missing to the next fourth cell.
    """
    plain, styles = _characters(_without_tabs(pieces))
    return tuple(
        ((Piece(" " * indent),) if indent else ())
        + _line(plain, styles, start, start + len(plain[start:end].rstrip(SPACES)))
        for start, end, indent in _cut_ranges(plain, width)
    )


def width_of(line: Line) -> int:
    """The cells that a line takes."""
    return cell_len("".join(piece.text for piece in line))


def _characters(pieces: Iterable[Piece]) -> tuple[str, list[Style]]:
    """The text of all pieces, with the style of each of its characters."""
    texts = [(_plain(piece.text), piece.style) for piece in pieces]
    plain = "".join(text for text, _ in texts)
    styles: list[Style] = [style for text, style in texts for _ in text]
    for place in range(1, len(styles)):
        if styles[place] != styles[place - 1] and joined(plain, place):
            styles[place] = styles[place - 1]
    return plain, styles


def _without_tabs(pieces: Iterable[Piece]) -> Iterator[Piece]:
    column = 0
    for piece in pieces:
        text = ""
        for character in piece.text:
            shown = " " * (_TAB - column % _TAB) if character == "\t" else character
            column = 0 if character == "\n" else column + cell_len(shown)
            text += shown
        yield piece._replace(text=text)


def _plain(text: str) -> str:
    return _LOOSE.sub("", text.translate(_PLAIN))


def _words(line: str) -> Iterator[str]:
    for start, end in _between(0, len(line), sorted(phrase_ends(line).all)):
        yield from (line[first:last] for first, last in _split(line, start, end, changes_script))


def _widest(texts: Iterable[str]) -> int:
    return max((cell_len(text.rstrip(SPACES)) for text in texts), default=0)


def _cut_ranges(text: str, width: int) -> Iterator[tuple[int, int, int]]:
    """Where the lines start and end, and how many cells in they begin."""
    start = 0
    for line in text.split("\n"):
        first = indent = 0
        further = min(_indent(line) + _FURTHER, width // 2)
        while (last := _cut_end(line, first, width - indent)) < len(line):
            yield start + first, start + last, indent
            first, indent = last, further
        yield start + first, start + last, indent
        start += len(line) + 1


def _cut_end(line: str, start: int, room: int) -> int:
    """How much of a line of code, from `start` on, stands on a line of its own: what is read together stays together.

    But not where that would fill less than a third of the room.
    """

    ends = range(start + 1, min(len(line), start + _STACKED * room) + 1)

    def within(cells: int) -> int:
        return start + bisect_right(ends, cells, key=lambda end: _bare(line, start, end))

    last = within(room)
    if last == len(line):
        return last
    indent = _indent(line[start:])
    places = range(last, within(indent + (room - indent) // 3), -1)
    return next((place for may_end in (ends_token, *_FINER) for place in places if may_end(line, place)), last)


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip(" "))


def _line(text: str, styles: Sequence[Style], start: int, end: int) -> Line:
    runs = groupby(range(start, end), key=styles.__getitem__)
    return tuple(Piece("".join(text[place] for place in places), style) for style, places in runs)


@lru_cache(maxsize=4096)
def _line_ranges(text: str, width: int) -> tuple[Range, ...]:
    ranges: list[Range] = []
    start = 0
    for line in text.split("\n"):
        end = start + len(line)
        ranges += _filled(line, _refined(line, 0, len(line), width), width, start)
        start = end + 1
    return tuple(ranges)


def _filled(text: str, units: Iterable[Range], width: int, offset: int = 0) -> Iterator[Range]:
    """Where the lines start and end, as many units on each as there is room for, without spaces at its end."""
    start = used = 0
    for first, last in units:
        if used + _bare(text, first, last) > width and first > start:
            yield offset + start, offset + len(text[:first].rstrip(SPACES))
            start, used = first, 0
        used += cell_len(text[first:last])
    yield offset + start, offset + max(start, len(text.rstrip(SPACES)))


def _bare(text: str, start: int, end: int) -> int:
    return cell_len(text[start:end].rstrip(SPACES))


def _refined(text: str, start: int, end: int, width: int, fineness: int = 0) -> Iterator[Range]:
    """The range in units as large as fit into a line, and only as small as needed."""
    if fineness == len(_FINER) or _bare(text, start, end) <= width:
        yield start, end
        return
    for first, last in _split(text, start, end, _FINER[fineness]):
        yield from _refined(text, first, last, width, fineness + 1)


def _split(text: str, start: int, end: int, may_end: Callable[[str, int], bool]) -> Iterator[Range]:
    return _between(start, end, [place for place in range(start + 1, end) if may_end(text, place)])


def _between(start: int, end: int, places: Sequence[int]) -> Iterator[Range]:
    return pairwise((start, *places, end)) if start < end else iter(())


_FINER: Sequence[Callable[[str, int], bool]] = (
    lambda text, place: place in phrase_ends(text).outside,
    lambda text, place: place in phrase_ends(text).beside,
    lambda text, place: place in phrase_ends(text).between,
    lambda text, place: place in phrase_ends(text).all,
    changes_script,
    outside_words,
    may_break,
    between_characters,
)
