"""What a change costs on the screen: as much as is painted anew, and no longer than a frame behind it."""

from collections.abc import Iterable

from textual._compositor import ChopsUpdate, Compositor, CompositorMap, ReflowResult
from textual.geometry import Region, Size
from textual.strip import Strip
from textual.widget import Widget


class Repaint(Compositor):
    """Asks only those widgets for lines that stand where something is painted anew, and only for these lines.

    Textual asks all of what is scrolled together for everything, and paints a container anew when there is more to
    scroll in it: a letter in one cell would cost the whole sheet.
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

    def _get_renders(self, crop: Region | None = None) -> Iterable[tuple[Region, Region, list[Strip]]]:
        lines = self.size.region if crop is None else Region(0, crop.y, self.size.width, crop.height)
        for widget, (region, clip) in self.visible_widgets.items():
            within = clip.intersection(lines)
            seen = region.intersection(within)
            if seen and (not self._changed or any(seen.overlaps(changed) for changed in self._changed)):
                asked = Region(seen.x - region.x, seen.y - region.y, seen.width, seen.height)
                yield region, within, widget.render_lines(asked)


def _places(laid_out: CompositorMap) -> set[tuple[Widget, Region, Region, tuple[tuple[int, int, int], ...]]]:
    return {(widget, place.region, place.clip, place.order) for widget, place in laid_out.items()}
