"""The ecomap of a case: of all groups together, of one, or of two over each other. Its legend is always in view."""

from collections.abc import Sequence

from textual.app import ComposeResult
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.geometry import Size
from textual.reactive import reactive
from textual.widget import Widget
from textual.widgets import Static

from shuro_tui.core.ecomap import Ecomap, ecomap
from shuro_tui.core.ecomap_drawing import draw
from shuro_tui.core.ecomap_legend import legend
from shuro_tui.core.group import Group
from shuro_tui.core.linebreak import Line
from shuro_tui.core.lines import Comparison
from shuro_tui.core.model import Case
from shuro_tui.core.sheet import clean
from shuro_tui.i18n import _
from shuro_tui.tui.widgets.page import page
from shuro_tui.tui.widgets.slide_view import styled


class EcomapView(Vertical):
    """Title, picture and legend; the picture is scrolled where it is longer than its place."""

    def __init__(self, id: str | None = None) -> None:  # noqa: A002 - Textual's name
        super().__init__(id=id)
        self._of: tuple[Case, Comparison] | None = None
        self._chosen: tuple[str, ...] = ()

    def compose(self) -> ComposeResult:
        """From top to bottom."""
        yield Static(id="ecomap-title")
        with VerticalScroll(id="ecomap-picture", can_focus=False):
            yield EcomapPicture()
        yield EcomapLegend()

    @property
    def chosen(self) -> tuple[str, ...]:
        """The ids of the groups whose ecomap it is, the second over the first; () for all together."""
        return self._chosen

    def show(self, case: Case, comparison: Comparison) -> None:
        """Show that comparison; whose ecomap it is stays as it was."""
        if self._of != (case, comparison):
            self._of = (case, comparison)
            self.choose(self._chosen)

    def choose(self, groups: Sequence[str]) -> None:
        """Show the ecomap of these groups; of all where one of them is not there."""
        if self._of is None:
            return
        case, comparison = self._of
        known = {group.id: group for group in comparison.groups}
        self._chosen = tuple(groups) if known.keys() >= set(groups) else ()
        layers = [(known[group],) for group in self._chosen]
        names = [clean(known[group].name) for group in self._chosen]
        self.query_one("#ecomap-title", Static).update(_title(case, names))
        for part in self.query(EcomapPart):
            part.ecomap = ecomap(case, comparison, *layers)

    def turn(self, step: int) -> None:
        """All groups together, then one after the other."""
        turns = [(), *((group.id,) for group in self._groups())]
        self.choose(turns[(turns.index(self._chosen[:1]) + step) % len(turns)])

    def others(self) -> dict[str, str]:
        """The groups that may be laid over the one that is shown: id → name."""
        return {group.id: clean(group.name) for group in self._groups() if group.id not in self._chosen[:1]}

    def overlay(self, group: str | None) -> None:
        """Lay that group's ecomap over that of the one shown."""
        if group:
            self.choose((*self._chosen[:1], group))

    def scroll(self, lines: int) -> None:
        """So many lines down, or up."""
        self.query_one("#ecomap-picture").scroll_relative(y=lines, animate=False)

    def page(self, step: int) -> None:
        """A page on, or back."""
        page(self.query_one("#ecomap-picture"), step)

    def _groups(self) -> tuple[Group, ...]:
        return () if self._of is None else self._of[1].groups


class EcomapPart(Widget):
    """Lines that are drawn of an ecomap, as wide as there is room."""

    ecomap: reactive[Ecomap | None] = reactive[Ecomap | None](None, layout=True)

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """Lines that it takes at that width."""
        return len(self._lines(width))

    def render(self) -> Content:
        """The lines."""
        return Content("\n").join(map(styled, self._lines(self.content_size.width)))

    def _lines(self, width: int) -> Sequence[Line]:
        return () if self.ecomap is None else self.drawn(self.ecomap, width)

    def drawn(self, shown: Ecomap, width: int) -> Sequence[Line]:
        """What stands here at that width."""
        raise NotImplementedError


class EcomapPicture(EcomapPart):
    """The picture."""

    def drawn(self, shown: Ecomap, width: int) -> Sequence[Line]:
        """The centres and what is around them."""
        return draw(shown, width)


class EcomapLegend(EcomapPart):
    """What the lines and marks mean."""

    def drawn(self, shown: Ecomap, width: int) -> Sequence[Line]:
        """A line or a few."""
        return legend(shown, width)


def _title(case: Case, names: Sequence[str]) -> Content:
    both = len(names) > 1
    whose = _("{one} and {other}").format(one=names[0], other=names[1]) if both else "".join(names) or _("All groups")
    title = _("Ecomap: {case}, {whose}").format(case=clean(case.title), whose=whose)
    return Content.styled(" ".join(title.split()), "bold $accent")
