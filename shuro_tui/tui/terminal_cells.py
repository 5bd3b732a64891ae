"""Lines that are drawn as wide as they are measured, on the terminal that is there.

Where ambiguous characters take two cells, text is measured so, and frames are drawn in ASCII. Rich measures for
Textual and for us. Its tables are told once, before anything is measured, so that wrapping, tables and the cursor are
right everywhere. What Textual and the core draw as one cell without measuring it (lines, blocks, bullets, ellipses)
stays one cell, and a line filter puts ASCII of one cell in its place.

Where emoji of several characters are drawn side by side, only the first of them is sent.
"""

import re
from collections.abc import Iterator
from itertools import chain

from rich import cells, segment
from rich._unicode_data import load as load_cell_table
from rich.segment import Segment
from textual.color import Color
from textual.filter import LineFilter

from shuro_tui.tui.terminal_width import Drawn

_BOX, _BLOCKS = range(0x2500, 0x2580), range(0x2580, 0x25A0)
_FRAME = {
    **dict.fromkeys(_BOX, "+"),
    **dict.fromkeys(_BLOCKS, "#"),
    **dict.fromkeys(map(ord, "─━┄┅┈┉╌╍╴╶╸╺╼╾▔"), "-"),
    **dict.fromkeys(map(ord, "═▂▃▄▀"), "="),
    **dict.fromkeys(map(ord, "│┃┆┇┊┋╎╏║╵╷╹╻╽╿▌▍▎▏▐▕"), "|"),
    **dict(zip(map(ord, "▁╱╲╳•…"), "_/\\X*.", strict=True)),
}
_AMBIGUOUS = range(0xA1, 0x10000), range(0x1F100, 0x1F1AD)
"""Where the ambiguous characters are; beyond are only private ones."""

_CHAIN = re.compile("(.)(?:[\ufe0f\u20e3\U0001f3fb-\U0001f3ff]|\u200d.?)+")
"""An emoji of several characters: selectors, keycaps, skin tones, and what is joined."""


def suited_to(drawn: Drawn) -> tuple[LineFilter, ...]:
    """Measure text as this terminal draws it; what the app's lines go through on their way to it."""
    emoji = () if drawn.emoji else (SingleEmoji(),)
    if drawn.ambiguous == 1:
        return emoji
    widen()
    return (*emoji, AsciiFrames())


def widen() -> None:
    """From now on ambiguous characters are measured as two cells, apart from those that `AsciiFrames` replaces."""
    wide = frozenset(_ambiguous())
    table = load_cell_table("auto")
    widths = sorted([*table.widths, *((ord(character), ord(character), 2) for character in wide)])
    # With an emoji selector they would be counted a third time.
    widened = table._replace(widths=widths, narrow_to_wide=table.narrow_to_wide - wide)
    single = (cells._SINGLE_CELLS - wide).issuperset
    for module, name, told in (
        (cells, "load_cell_table", lambda _version: widened),
        (cells, "_is_single_cell_widths", single),
        (segment, "_is_single_cell_widths", single),
    ):
        setattr(module, name, told)
    cells.get_character_cell_size.cache_clear()
    cells.cached_cell_len.cache_clear()


def _ambiguous() -> Iterator[str]:
    """The characters to be widened; combining ones stay without a width."""
    from unicodedata import east_asian_width  # noqa: PLC0415 - only such a terminal needs it

    for character in map(chr, chain(*_AMBIGUOUS)):
        if (
            east_asian_width(character) == "A"
            and ord(character) not in _FRAME
            and cells.get_character_cell_size(character) == 1
        ):
            yield character


class AsciiFrames(LineFilter):
    """Lines, blocks, bullets and ellipses in ASCII, one cell for one."""

    def apply(self, segments: list[Segment], background: Color) -> list[Segment]:
        """The same cells, with nothing in them that the terminal would draw wider than it was measured."""
        return [Segment(text.translate(_FRAME), style, control) for text, style, control in segments]


class SingleEmoji(LineFilter):
    """Emoji of several characters as their first one, and a space where that is narrower."""

    def apply(self, segments: list[Segment], background: Color) -> list[Segment]:
        """The same cells, with nothing in them that would have to be composed."""
        return [Segment(_CHAIN.sub(_first, text), style, control) for text, style, control in segments]


def _first(emoji: re.Match[str]) -> str:
    return emoji[1] + " " * (cells.cell_len(emoji[0]) - cells.cell_len(emoji[1]))
