"""Why an entry stands where it stands, in words for the facilitator."""

from typing import assert_never

from shuro_tui.core.cells import cut
from shuro_tui.core.lines import Entry, Match
from shuro_tui.core.meaning import Meaning
from shuro_tui.core.sheet import clean
from shuro_tui.i18n import _

NAME_WIDTH = 40


def why(entry: Entry) -> str:
    """What the facilitator said of the name, or else by what it was recognised."""
    return _by_matching(entry.match) if entry.settled is None else _by_facilitator(entry.settled)


def _by_facilitator(meaning: Meaning) -> str:
    if meaning.organisation is not None:
        return _("settled by the facilitator")
    if meaning.into:
        return _("merged with '{name}' by the facilitator").format(name=_short(meaning.into))
    return _("split off by the facilitator")


def _by_matching(match: Match) -> str:
    known = _short(match.known)
    match match.how:
        case "name":
            return _("the name in the catalogue")
        case "alias":
            return _("another name in the catalogue")
        case "reading":
            return _("the reading in the catalogue")
        case "form":
            return _("'{name}', written differently").format(name=known)
        case "beside":
            return _("'{name}', with a place or a person beside it").format(name=known)
        case "brackets":
            return _("'{name}', with something in brackets").format(name=known)
        case "near":
            return _("like '{name}' ({percent}%)").format(name=known, percent=match.likeness)
        case "several":
            return _("'{name}' is said of several organisations").format(name=known)
        case "within":
            return _("names of organisations stand in it")
        case "unknown":
            return _("not in the catalogue")
        case _:
            assert_never(match.how)


def _short(name: str) -> str:
    return cut(" ".join(clean(name).split()), NAME_WIDTH)
