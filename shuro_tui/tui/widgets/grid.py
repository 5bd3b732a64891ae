"""Numbers by group in columns: what stands on the left and on top stays while fifty groups and 200 lines go by.

Painted line by line, and only the lines that are seen: a table of cells would be filled anew with every word.
"""

import os
from collections import defaultdict
from collections.abc import Sequence
from functools import lru_cache
from typing import ClassVar, NamedTuple

from rich.cells import cell_len
from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.color import Color
from textual.geometry import Size
from textual.message import Message
from textual.scroll_view import ScrollView
from textual.strip import Strip

from shuro_tui.core.group import Group
from shuro_tui.core.plaintext import cut, pad
from shuro_tui.core.sheet import clean

_GROUP, _REMARK = (3, 6), 16
_GROUP_IN_FULL = 16
"""Cells of a group's column where all groups have that much room."""

_NAME = (16, 44)
_POINTED = Style(reverse=True)
_SHADES = (0.15, 0.3, 0.45, 0.85, 1.0)
"""How much of the colour: none in the middle, where neither black nor white would stand out."""


class Row(NamedTuple):
    """A line. key: what it stays while others come and go; counts: group id → number; muted: nobody is in it.

    mark: a letter behind the name; stars: the groups whose number has one.
    """

    key: str
    lead: str
    name: str
    counts: dict[str, int]
    total: int
    remark: str = ""
    muted: bool = False
    mark: str = " "
    stars: frozenset[str] = frozenset()


class Widths(NamedTuple):
    """Cells of each column; shown: how many groups stand beside each other."""

    lead: int
    name: int
    group: int
    shown: int
    total: int
    remark: int


class Grid(ScrollView, can_focus=False):
    """A head, lines, and a cursor at a line and a group. shaded: the numbers are a heat map."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "grid--head",
        "grid--muted",
        "grid--count",
        "grid--cursor",
        "grid--cell",
    }

    class Moved(Message):
        """The cursor stands elsewhere."""

    def __init__(self, lead: str, name: str, total: str, shaded: bool = False, id: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id)
        self._titles = (lead, name, total)
        self._shaded = shaded
        self._groups: tuple[Group, ...] = ()
        self._rows: tuple[Row, ...] = ()
        self._heads: list[str] = []
        self._at = (0, 0)
        self._left = 0
        self._pointing = True
        self._most = 1
        self._words = ""
        self._strips: dict[tuple[int, bool], Strip] = {}
        self._plain = Style()
        self._widths = Widths(lead=0, name=_NAME[0], group=_GROUP[0], shown=1, total=0, remark=0)

    # What is shown.

    @property
    def row(self) -> Row | None:
        """The line under the cursor."""
        return self._rows[self._at[0]] if self._rows else None

    @property
    def keys(self) -> list[str]:
        """The lines in their order."""
        return [row.key for row in self._rows]

    @property
    def group(self) -> Group | None:
        """The group under the cursor."""
        return self._groups[self._at[1]] if self._groups else None

    def show(self, groups: tuple[Group, ...], rows: Sequence[Row], words: str = "") -> None:
        """Show these, and words below them; the cursor stays at its line and its group."""
        before = self.row.key if self.row else None
        self._groups, self._rows, self._words = groups, tuple(rows), words
        self._heads = heads(groups)
        self._most = max((max(row.counts.values(), default=0) for row in rows), default=0) or 1
        keys = self.keys
        at = keys.index(before) if before in keys else min(self._at[0], max(len(keys) - 1, 0))
        self._lay_out()
        self._go(at, min(self._at[1], max(len(groups) - 1, 0)))

    def point(self, key: str | None, group: str, pointing: bool = True) -> None:
        """Put the cursor there, where that is; pointing: whether it is to be seen."""
        self._pointing = pointing
        keys, ids = self.keys, [each.id for each in self._groups]
        self._paint_all()
        self._go(keys.index(key) if key in keys else self._at[0], ids.index(group) if group in ids else self._at[1])

    def move(self, lines: int, groups: int = 0) -> None:
        """So many lines down and groups to the right, never beyond the ends."""
        row, column = self._at[0] + lines, self._at[1] + groups
        self._go(max(0, min(row, len(self._rows) - 1)), max(0, min(column, len(self._groups) - 1)))

    @property
    def page(self) -> int:
        """Lines that are seen at a time, below the head."""
        return max(1, self.size.height - 1)

    def _go(self, row: int, column: int) -> None:
        before, self._at = self._at, (max(row, 0), max(column, 0))
        left, shown = self._left, self._widths.shown
        self._left = min(max(left, self._at[1] - shown + 1), self._at[1], max(len(self._groups) - shown, 0))
        if self._left != left:
            self._paint_all()
        elif before != self._at:
            if self._at[1] != before[1]:
                self.refresh_lines(0)
            for number in (before[0], self._at[0]):
                self._strips.pop((number, True), None)
                self._strips.pop((number, False), None)
                self.refresh_lines(number + 1)
        top = self.scroll_offset.y
        wanted = min(max(top, self._at[0] - self.page + 1), self._at[0])
        if wanted != top:
            self.scroll_to(y=wanted, animate=False, immediate=True)
        if before != self._at:
            self.post_message(self.Moved())

    def on_resize(self) -> None:
        """Other columns."""
        self._lay_out()
        self._go(*self._at)

    def notify_style_update(self) -> None:
        """Other colours."""
        super().notify_style_update()
        self._strips.clear()
        self._plain = Style()

    def on_click(self, event: events.Click) -> None:
        """The line there."""
        row = event.y - 1 + self.scroll_offset.y
        if event.y and row < len(self._rows):
            self._go(row, self._at[1])

    def _paint_all(self) -> None:
        self._strips.clear()
        self.refresh()

    # How it is painted.

    @property
    def _width(self) -> int:
        return self.scrollable_content_region.width

    def _lay_out(self) -> None:
        """Lines and columns for what there is to show, and the room for it."""
        lead, name, total = self._titles
        longest = max((cell_len(row.name) for row in self._rows), default=0)
        self._widths = widths(self._width, self._heads, cell_len(total), bool(lead), max(longest, cell_len(name)))
        self.virtual_size = Size(self._width, len(self._rows) + 1)
        self._paint_all()

    def render_line(self, y: int) -> Strip:
        """The head, or the line that is scrolled there."""
        if y == 0:
            return self._head()
        number = y - 1 + self.scroll_offset.y
        if number >= len(self._rows):
            words = self._words if number == len(self._rows) + bool(self._rows) else ""
            return Strip([Segment(pad(words, self._width), self.get_component_rich_style("grid--muted"))], self._width)
        first = y == 1 or self._rows[number - 1].lead != self._rows[number].lead
        if (number, first) not in self._strips:
            self._strips[number, first] = self._line(number, first)
        return self._strips[number, first]

    def _head(self) -> Strip:
        style, wide = self.get_component_rich_style("grid--head"), self._widths
        lead, name, total = self._titles
        if wide.shown < len(self._groups):
            shown = f"{self._left + 1}-{self._left + wide.shown}/{len(self._groups)}"
            name = pad(name, wide.name - len(shown) - 1) + " " + shown
        parts = [Segment(pad(lead, wide.lead) + pad(name, wide.name) + " ", style)]
        for place, head in list(enumerate(self._heads))[self._left : self._left + wide.shown]:
            here = style + _POINTED if self._pointing and place == self._at[1] else style
            parts += [Segment(pad(head, wide.group), here), Segment(" ", style)]
        parts.append(Segment(total, style))
        return Strip(parts).adjust_cell_length(self._width, style)

    def _line(self, number: int, first: bool) -> Strip:
        row, wide = self._rows[number], self._widths
        self._plain = self._plain or self.rich_style
        style = self.get_component_rich_style("grid--muted") if row.muted else self._plain
        muted = self.get_component_rich_style("grid--muted")
        here = self._pointing and number == self._at[0]
        mark = self.get_component_rich_style("grid--cursor", partial=True) if here else Style()
        at_cursor = style + mark
        lead = pad(row.lead if first else "", wide.lead - 1) + " " if wide.lead else ""
        parts = [Segment(lead, muted), Segment(pad(row.name, wide.name) + row.mark, at_cursor)]
        for place, group in enumerate(self._groups[self._left : self._left + wide.shown], self._left):
            count, pointed = row.counts.get(group.id, 0), here and place == self._at[1]
            plain = self._cell(count) if count else muted
            marked = plain + mark if here else plain
            words = (f"{count}{'★' if group.id in row.stars else ''}" if count else ".").center(wide.group)
            between = at_cursor if pointed or self._shaded else marked
            parts += [Segment(words, plain + _POINTED if pointed else marked), Segment(" ", between)]
        parts.append(Segment(pad(str(row.total).center(wide.total), wide.total) + " ", at_cursor))
        parts.append(Segment(pad(row.remark, wide.remark), muted))
        # Fewer pieces are less to do in each paint.
        return Strip(parts).adjust_cell_length(self._width, style).simplify()

    def _cell(self, count: int) -> Style:
        if not self._shaded:
            return self.get_component_rich_style("grid--count")
        colours = self.app.theme_variables
        return shades(colours["primary"], colours["background"])[-(-count * len(_SHADES) // self._most) - 1]


@lru_cache(maxsize=8)
def shades(colour: str, below: str) -> tuple[Style, ...]:
    """From little to much of a colour, with the text that can be read on it."""
    full, base = Color.parse(colour), Color.parse(below)
    return tuple(_on(base.blend(full, share)) for share in _SHADES)


def _on(shade: Color) -> Style:
    # By luminance, as WCAG has it: at 0.18 black and white stand out alike.
    luminance = sum(weight * part**2.2 for weight, part in zip((0.21, 0.72, 0.07), shade.normalized, strict=True))
    return Style(color="#000000" if luminance > 0.18 else "#ffffff", bgcolor=shade.rich_color, bold=True)  # noqa: PLR2004


def heads(groups: Sequence[Group]) -> list[str]:
    """The groups' names; those that would be cut to the same without what they begin with alike."""
    names = [" ".join(clean(group.name).split()) for group in groups]
    alike = defaultdict[str, list[str]](list)
    for name in names:
        alike[cut(name, _GROUP[1])].append(name)
    short = [_told_apart(name, alike[cut(name, _GROUP[1])]) for name in names]
    return short if len(set(short)) == len(names) else names


def _told_apart(name: str, alike: Sequence[str]) -> str:
    same = len(os.path.commonprefix(alike)) if len(alike) > 1 else 0  # noqa: RUF071 - names, letter by letter
    return name[same:].strip() or name


def widths(width: int, heads: Sequence[str], total: int, leads: bool, longest: int) -> Widths:
    """All groups where there is room for them beside a name that can be read; else as many as fit."""
    lead = _GROUP[1] + 2 if leads else 0
    rest = width - lead - total - 2
    name = min(max(longest, _NAME[0]), _NAME[1])
    in_full = max([_GROUP[0], *(min(cell_len(head), _GROUP_IN_FULL) for head in heads)])
    group = in_full if name + len(heads) * (in_full + 1) <= rest else min(in_full, _GROUP[1])
    room = rest - len(heads) * (group + 1)
    if room < _NAME[0]:
        name = min(name, max(_NAME[0], rest // 3))
        return Widths(lead, name, group, max(1, (rest - name - 1) // (group + 1)), total, 0)
    remark = min(room - name - 1, _REMARK * 2)
    return Widths(lead, min(name, room), group, len(heads), total, remark if remark >= _REMARK else 0)
