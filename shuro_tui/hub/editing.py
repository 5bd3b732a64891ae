"""A workshop's files while somebody edits them, and why a session cannot always go on with what they hold."""

from collections.abc import Callable

from shuro_tui.core.model import Workshop
from shuro_tui.core.refit import Torn
from shuro_tui.errors import Mend
from shuro_tui.i18n import _

News = Workshop | str | None
"""What the files hold since they were saved: a workshop, or what is wrong with it; None while nothing is new."""


class Editing:
    """Looks whether the files were saved, and reads them when they were.

    stamp: what changes when one of them is saved; load: reads them, raises Mend; read: the stamp of what is known.
    """

    def __init__(self, stamp: Callable[[], object], load: Callable[[], Workshop], read: object = None) -> None:
        self._stamp = stamp
        self._load = load
        self._seen = self._read = read

    def look(self) -> News:
        """What is new since the last look."""
        before, self._seen = self._seen, self._stamp()
        # Some editors write in pieces: what was saved has to stand still from one look to the next.
        if self._seen == self._read or self._seen != before:
            return None
        self._read = self._seen
        try:
            return self._load()
        except Mend as wrong:
            return str(wrong)


def told(torn: Torn) -> str:
    """Why the session goes on with the workshop that it has, in words."""
    return {
        "segment": _(
            "the item '{title}', which has begun, is not in the files any more; the workshop goes on as it was"
        ),
        "case": _(
            "the case '{title}', which groups have, is not in the files any more; the workshop goes on as it was"
        ),
        "column": _("the sheets that groups have need the column '{title}' as it was; the workshop goes on as it was"),
    }[torn.kind].format(title=torn.title)
