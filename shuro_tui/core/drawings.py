"""A map, a flow and lanes as lines: boxes with as much side by side as can be read there."""

from collections.abc import Sequence

from shuro_tui.core.blocks import Branch, Flow, Lanes, Map
from shuro_tui.core.frames import (
    ARROW,
    NOTHING,
    Cell,
    around,
    boxed,
    columns,
    grid,
    list_cell,
    on_top,
    row_cell,
    sizes_of,
    stacked,
    words_cell,
)
from shuro_tui.core.linebreak import Line

# The fewest cells that are pleasant to read: a lane, a stage's text below its title and beside it.
_LANE = 20
_BELOW_TITLE = 18
_BESIDE_TITLE = 24


def draw_map(block: Map, width: int) -> tuple[Line, ...]:
    """The centre stands on its fields: side by side when every entry has room on a line, else one below the other."""
    beside = _titled(block.fields, "")
    side_by_side = sum(size.whole for size in sizes_of(beside)) <= width - around(len(block.fields))
    if block.fields and side_by_side:
        rows: Sequence[Sequence[Cell]] = beside
    else:
        rows = [(words_cell(field.title, "accent"), row_cell(field.entries)) for field in block.fields]
    if not rows:
        centre = words_cell(block.centre, "strong")
        return boxed((centre,), columns(((centre,),), width - around(1)))
    widths = columns(rows, width - around(len(rows[0])))
    centre_width = min(words_cell(block.centre).size.whole + 4, width)
    widths[-1] += max(0, centre_width - sum(widths) - around(len(widths)))
    return on_top(block.centre, grid(rows, widths, headed=side_by_side))


def _titled(branches: Sequence[Branch], marker: str) -> list[tuple[Cell, ...]]:
    return [
        tuple(words_cell(branch.title, "accent") for branch in branches),
        tuple(list_cell(branch.entries, marker) for branch in branches),
    ]


def draw_flow(flow: Flow, width: int) -> tuple[Line, ...]:
    """Stages side by side, else one below the other with their texts beside, else with their texts in them."""
    if not flow.stages:
        return ()
    titles = [words_cell(stage.title, "accent") for stage in flow.stages]
    texts = [words_cell(stage.text) if stage.text else NOTHING for stage in flow.stages]
    boxes = [stacked(title, text) for title, text in zip(titles, texts, strict=True)]
    room = width - around(len(boxes), len(ARROW))
    roomy = [_roomy(title, text) for title, text in zip(titles, texts, strict=True)]
    if sum(cell.size.phrase for cell in roomy) <= room:
        return boxed(boxes, columns((roomy,), room))
    rows: Sequence[Sequence[Cell]] = list(zip(titles, texts, strict=True))
    widths = columns(rows, width - around(2))
    if widths[1] < max(1, min(_BESIDE_TITLE, sizes_of(rows)[1].whole)):
        rows = [(box,) for box in boxes]
        widths = columns(rows, width - around(1))
    return grid(rows, widths, arrows=True)


def _roomy(title: Cell, text: Cell) -> Cell:
    """A stage that keeps its title on one line and its text from becoming a tall narrow column."""
    box = stacked(title, text)
    least = max(title.size.whole, min(text.size.whole, max(text.size.phrase, _BELOW_TITLE)))
    return box._replace(size=box.size._replace(phrase=least))


def draw_lanes(block: Lanes, width: int) -> tuple[Line, ...]:
    """Lanes side by side where each has room, else one below the other."""
    if not block.lanes:
        return ()
    groups = (block.lanes,) if width >= _LANE * len(block.lanes) else tuple((lane,) for lane in block.lanes)
    grids = [_titled(group, "・") for group in groups]
    room = width - around(len(groups[0]))
    together = [max(sizes) for sizes in zip(*(columns(rows, room) for rows in grids), strict=True)]
    return tuple(line for rows in grids for line in grid(rows, together))
