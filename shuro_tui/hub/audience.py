"""Who is connected, who sees the same, and what each was shown last."""

import msgspec
from msgspec import Struct

from shuro_tui.core.session import Session
from shuro_tui.core.viewing import facilitator_view, group_view, screen_view
from shuro_tui.core.views import Surroundings, View
from shuro_tui.hub.protocol import Change, Role, ToClient

Peer = int
"""A connection, by the number that the server gave it."""


class Delivery(Struct, frozen=True):
    """A message for a connection; `last`: close it afterwards."""

    to: Peer
    message: ToClient
    last: bool = False


class Seat(Struct, frozen=True):
    """Who is at a connection. Seats with the same role and group see the same."""

    role: Role
    group: str = ""
    terminal: str = ""

    def view(self, session: Session, around: Surroundings) -> View:
        """What is seen from there."""
        if self.role == "facilitator":
            return facilitator_view(session, around)
        if self.role == "screen":
            return screen_view(session, around)
        return group_view(session, next(group for group in session.groups if group.id == self.group), around)

    @property
    def audience(self) -> tuple[Role, str]:
        """Whom it sees the session with."""
        return self.role, self.group


class Audience(Struct):
    """What an audience was shown last, and how often that has changed."""

    view: View
    revision: int = 0

    def turn(self, view: View) -> Change | None:
        """Show another view: what has changed, None when nothing has."""
        parts = _changed(self.view, view)
        if not parts:
            return None
        self.view = view
        self.revision += 1
        return Change(self.revision, parts)


def _changed(old: View, new: View) -> dict[str, msgspec.Raw]:
    """Field → its new value as JSON. What is the very same object is not even compared."""
    return {
        field: msgspec.Raw(msgspec.json.encode(after))
        for field in new.__struct_fields__
        if (after := getattr(new, field)) is not (before := getattr(old, field)) and after != before
    }
