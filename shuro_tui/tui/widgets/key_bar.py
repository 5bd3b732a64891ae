"""The line at the bottom that names the keys."""

from collections.abc import Sequence

from rich.cells import cell_len
from textual.content import Content
from textual.reactive import reactive
from textual.widget import Widget

from shuro_tui.i18n import _
from shuro_tui.tui.keys import Action, key_name

_BETWEEN = 2


class KeyBar(Widget):
    """As many keys as the width holds, the most wanted first to stay; all of them are in the help.

    idle: the ids of those that would do nothing just now, and are left out.
    """

    idle: reactive[frozenset[str]] = reactive[frozenset[str]](frozenset())

    def __init__(self, actions: tuple[Action, ...]) -> None:
        super().__init__()
        self._actions = actions

    def render(self) -> Content:
        """Key and label, in the order of the table."""
        shown = _fitting([action for action in self._actions if action.id not in self.idle], self.size.width)
        parts = [
            Content.assemble((key_name(action.keys[0]), "bold $accent"), " ", Content(_(action.label)))
            for action in shown
        ]
        return Content(" " * _BETWEEN).join(parts)


def _fitting(actions: Sequence[Action], width: int) -> list[Action]:
    shown: list[Action] = []
    for action in sorted((action for action in actions if action.bar), key=lambda action: action.bar):
        needed = cell_len(key_name(action.keys[0])) + 1 + cell_len(_(action.label))
        if needed <= width:
            shown.append(action)
            width -= needed + _BETWEEN
    return [action for action in actions if action in shown]
