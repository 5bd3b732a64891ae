"""Which rows are being typed in at which terminal: a light word among the terminals of a group, that nobody keeps."""

from shuro_tui.core.model import Millis
from shuro_tui.core.views import Typing
from shuro_tui.hub.audience import Peer

TYPING = Millis(4_000)
"""For how long a row counts as being typed in after its terminal has last said so."""


class TypedRows:
    """What the connections have last said. speed: that of the hub's clock."""

    def __init__(self, speed: float) -> None:
        self._lasting = TYPING * speed
        self._said: dict[Peer, tuple[str, Typing, Millis]] = {}

    def say(self, peer: Peer, group: str, case: str, row: str, now: Millis) -> None:
        """A terminal of that group types in that row."""
        self._said[peer] = (group, Typing(peer, case, row), now)

    def leave(self, peer: Peer) -> None:
        """A connection has ended."""
        self._said.pop(peer, None)

    def expire(self, now: Millis) -> set[str]:
        """Forget what was said too long ago; the groups of which something is forgotten."""
        lasting = {peer: said for peer, said in self._said.items() if now - said[2] <= self._lasting}
        expired = {said[0] for peer, said in self._said.items() if peer not in lasting}
        self._said = lasting
        return expired

    def rows(self, group: str) -> tuple[Typing, ...]:
        """The rows that a group's terminals type in."""
        return tuple(row for other, row, _at in self._said.values() if other == group)
