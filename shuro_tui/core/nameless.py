"""A session as it may be shown to those who are not to know which group wrote what."""

from hashlib import sha256

from msgspec.structs import replace

from shuro_tui.core.commands import Display
from shuro_tui.core.entries import OWN
from shuro_tui.core.group import Group
from shuro_tui.core.model import Millis
from shuro_tui.core.session import Session
from shuro_tui.core.sheet import Sheet
from shuro_tui.core.together import regrouped
from shuro_tui.i18n import _

NOBODY = Group("", "")
"""Whoever it is."""

_LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"


def neutral(session: Session) -> dict[str, Group]:
    """Group id → what it is called while names are hidden, in the order of the new names.

    That order is by the groups' keys, which nobody else knows: it stays, and tells nothing.
    """

    def secret(group: Group) -> bytes:
        return sha256(f"{session.keys.get(group.id)} {group.id}".encode()).digest()

    return {group.id: _neutral(number) for number, group in enumerate(sorted(session.groups, key=secret))}


def nameless(session: Session, own: str = "") -> Session:
    """The session with neutral names and ids instead of the groups', but for the group `own`, in another order.

    Neither is said when a group wrote or handed in, for on the wall stands which group does just now.
    """
    groups = {group.id: group for group in session.groups}
    new = {group: groups[group] if group == own else named for group, named in neutral(session).items()}
    shuffled = replace(session, groups=tuple(groups[group] for group in new))
    hidden = regrouped(shuffled, new, tuple(new.values()), lambda _group, row: row)
    written = {place: sheet for place, sheet in hidden.sheets.items() if sheet.rows}
    return replace(
        hidden,
        sheets={place: _timeless(sheet) for place, sheet in written.items()},
        rundown=replace(hidden.rundown, display=_shown(session.rundown.display, new)),
    )


def _shown(display: Display, new: dict[str, Group]) -> Display:
    """What the projector shows. A row that is split off has a line that is called after its group."""
    groups = tuple(new[group].id for group in display.groups if group in new)
    group, row = display.line.removeprefix(OWN).partition("/")[::2]
    line = f"{OWN}{new[group].id}/{row}" if row and group in new else display.line
    return replace(display, groups=groups, line=line)


def _timeless(sheet: Sheet) -> Sheet:
    rows = tuple(replace(row, updated_at=Millis(0), revision="") for row in sheet.rows)
    return replace(sheet, rows=rows, submitted_at=None)


def _neutral(number: int) -> Group:
    letters, rest = "", number
    while rest >= 0:
        letters, rest = _LETTERS[rest % 26] + letters, rest // 26 - 1
    return Group(f"~{letters}", _("Group {letter}").format(letter=letters))
