"""The organisations that may be meant by what is being typed, in a list below the row."""

from textual.content import Content
from textual.widgets import Static

from shuro_tui.core.linebreak import wrap
from shuro_tui.core.model import Catalogue, Resource
from shuro_tui.core.plaintext import cut
from shuro_tui.core.suggest import suggest
from shuro_tui.i18n import _

_DOES_AT_MOST = 2
"""Lines for what an organisation does."""

HEIGHT_AT_MOST = 5 + _DOES_AT_MOST + 1
"""Lines: so many have to be free below a row in which an organisation is typed, so that it does not move."""


class Offer(Static):
    """There while something may be meant; the row that is typed in does not move when it comes or goes.

    picked: the number of the one that is chosen, None while nobody went into the list.
    """

    def __init__(self, catalogue: Catalogue) -> None:
        super().__init__(classes="offer")
        self._catalogue = catalogue
        self._names: tuple[Resource, ...] = ()
        self.picked: int | None = None

    def about(self, typed: str) -> None:
        """Offer what may be meant; nothing for a name that stands there in full."""
        names = suggest(typed, self._catalogue)
        self._names = () if any(name.name == typed.strip() for name in names) else names
        self.picked = None
        self._show()

    def nothing(self) -> None:
        """Offer nothing any more."""
        if self._names:
            self._names, self.picked = (), None
            self._show()

    @property
    def open(self) -> bool:
        """Whether there is something to choose from."""
        return bool(self._names)

    def pick(self, step: int) -> bool:
        """Move among the names; False where there are none, or at their upper end."""
        picked = (-1 if self.picked is None else self.picked) + step
        if not self._names or picked < -1:
            return False
        self.picked = None if picked < 0 else min(picked, len(self._names) - 1)
        self._show()
        return True

    def taken(self) -> str | None:
        """The name that is picked; None when none is. Nothing is offered any more."""
        name = None if self.picked is None else self._names[self.picked].name
        self.nothing()
        return name

    def _show(self) -> None:
        self.display = bool(self._names)
        if not self._names or self.parent is None:
            return
        width = max(self.parent.size.width - 8, 8)  # type: ignore[attr-defined]  # a row is a widget
        self.update(Content("\n").join(self._lines(width)))

    def _lines(self, width: int) -> list[Content]:
        lines = [
            Content.styled(f"> {_called(resource, width)}", "reverse")
            if number == self.picked
            else Content(f"  {_called(resource, width)}")
            for number, resource in enumerate(self._names)
        ]
        if self.picked is not None:
            does = wrap(self._names[self.picked].does, width)[:_DOES_AT_MOST]
            lines += [Content.styled(f"  {line}", "bold") for line in does]
        hint = _("Down: choose   Enter: as typed") if self.picked is None else _("Enter: take it   Up: back")
        return [*lines, Content.styled("  " + cut(hint, width), "$foreground-muted")]


def _called(resource: Resource, width: int) -> str:
    alias = f" ({resource.aliases[0]})" if resource.aliases else ""
    return cut(resource.name + alias, width)
