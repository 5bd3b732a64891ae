"""What a change costs on the screen: as much as is painted anew, and no longer than a frame behind it."""

from collections.abc import Callable, Mapping, Sequence
from typing import cast

from rich.segment import Segment
from textual._compositor import ChopsUpdate, Compositor, CompositorMap, ReflowResult
from textual.geometry import Region, Size
from textual.strip import Strip
from textual.widget import Widget


class Repaint(Compositor):
    """Asks only those widgets for lines that stand where something is painted anew, and only for these lines.

    Textual asks all of what is scrolled together for everything, and paints a container anew when there is more to
    scroll in it: a letter in one cell would cost the whole sheet. It also asks whatever lies behind: a slide that fills
    the wall would cost the wall and the screen too.
    """

    _changed: tuple[Region, ...] = ()

    def reflow(self, parent: Widget, size: Size) -> ReflowResult:
        """Lay all out; what stands elsewhere is to be painted anew, and what stood there before."""
        before, dirty = _places(self._full_map), self._dirty_regions.copy()
        result = super().reflow(parent, size)
        if size.region not in dirty:
            changed = {region.intersection(clip) for _, region, clip, _ in before ^ _places(self._full_map)}
            self._dirty_regions = dirty | {region for region in changed if region}
        return result

    def render_partial_update(self) -> ChopsUpdate | None:
        """What has changed since the last paint; None for nothing."""
        self._changed = tuple(self._dirty_regions)
        try:
            return super().render_partial_update()
        finally:
            self._changed = ()

    def _render_chops(self, crop: Region, is_rendered_line: Callable[[int], bool]) -> Sequence[Mapping[int, Strip]]:
        chops: list[dict[int, Strip | None]] = [dict.fromkeys(cuts[:-1]) for cuts in self.cuts]
        for widget, (region, clip) in self.visible_widgets.items():  # what is in front comes first
            seen = region.intersection(clip)
            if self._changed and not any(seen.overlaps(changed) for changed in self._changed):
                continue
            lines = range(max(seen.y, crop.y), min(seen.bottom, crop.bottom))
            empty = [y for y in lines if is_rendered_line(y) and _has_room(chops[y], seen)]
            if empty:
                top = empty[0]
                asked = Region(seen.x - region.x, top - region.y, seen.width, empty[-1] + 1 - top)
                for y, strip in zip(range(top, empty[-1] + 1), widget.render_lines(asked), strict=False):
                    if y in empty:
                        _fill(chops[y], self.cuts[y], seen, strip)
        return cast("list[Mapping[int, Strip]]", chops)


def _has_room(line: dict[int, Strip | None], seen: Region) -> bool:
    """Whether nothing stands yet in some part of it."""
    return any(strip is None and seen.x <= start < seen.right for start, strip in line.items())


def _fill(line: dict[int, Strip | None], cuts: list[int], seen: Region, strip: Strip) -> None:
    """Put parts of a widget's line where nothing stands yet.

    Textual keeps in each line all that was ever cut out of it, a kilobyte a part: in time a quarter of its memory.
    """
    starts = [cut for cut in cuts if seen.x <= cut < seen.right]
    if len(starts) == 1 and strip.cell_length == seen.width:
        line[starts[0]] = strip
        return
    ends = [cut for cut in cuts if seen.x < cut <= min(seen.right, seen.x + strip.cell_length)]
    for start, end, part in zip(starts, ends, Segment.divide(strip, [end - seen.x for end in ends]), strict=False):
        if line[start] is None:
            line[start] = Strip(part, end - start)


def _places(laid_out: CompositorMap) -> set[tuple[Widget, Region, Region, tuple[tuple[int, int, int], ...]]]:
    return {(widget, place.region, place.clip, place.order) for widget, place in laid_out.items()}
