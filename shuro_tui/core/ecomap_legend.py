"""What the lines and marks of an ecomap mean, in words and in the cells of a terminal."""

from collections.abc import Iterator, Sequence
from string import ascii_uppercase

from shuro_tui.core.cells import cell_len, cut
from shuro_tui.core.ecomap import Ecomap, Tie
from shuro_tui.core.linebreak import Line, Piece
from shuro_tui.core.model import TieKind
from shuro_tui.core.sheet import clean
from shuro_tui.i18n import _

NARROWEST = 60
"""Cells below which no ecomap is drawn: a narrower place gets lines of this width."""

BODIES: dict[TieKind, str] = {"strong": "━━", "ordinary": "──", "weak": "┄┄", "stress": "╱╲"}
"""A line of each kind, two cells of it."""

_SAMPLE = 2
_BETWEEN = 3


def legend(ecomap: Ecomap, width: int) -> tuple[Line, ...]:
    """What the lines and marks mean."""
    words = kind_words()
    entries = [f"{body * _SAMPLE} {words[kind]}" for kind, body in BODIES.items()]
    entries.append("─> " + _("the way the support flows"))
    entries += [f"{mark} {name}" for mark, name in layer_marks(ecomap).items()]
    if ecomap.joint:
        entries.append("3 " + _("number of groups"))
    entries += remarks(ecomap)
    return tuple((Piece(line, "dim"),) for line in _filled(entries, max(width, NARROWEST)))


def kind_words() -> dict[TieKind, str]:
    """What each kind of line means."""
    return {
        "strong": _("strong"),
        "ordinary": _("ordinary"),
        "weak": _("weak or planned"),
        "stress": _("stress, conflict"),
    }


def layer_marks(ecomap: Ecomap) -> dict[str, str]:
    """A letter for each layer, and whose it is; none where there is one layer only."""
    if len(ecomap.layers) == 1:
        return {}
    names = (_(", ").join(clean(group.name) for group in layer) for layer in ecomap.layers)
    return dict(zip(ascii_uppercase, names, strict=False))


def mark_of(ecomap: Ecomap, tie: Tie) -> str:
    """What stands at a tie: whose it is, how many groups wrote it, or nothing where it can only be one group's."""
    letter = ascii_uppercase[tie.layer] if len(ecomap.layers) > 1 else ""
    return letter + (str(len(tie.groups)) if ecomap.joint else "")


def remarks(ecomap: Ecomap) -> tuple[str, ...]:
    """What else has to be said below the picture."""
    unsettled = any(each.unsettled for each in ecomap.organisations)
    nameless = _("not drawn: {n} rows without an organisation").format(n=ecomap.nameless)
    return (*[_("? not settled which one")] * unsettled, *[nameless] * (ecomap.nameless > 0))


def _filled(entries: Sequence[str], width: int) -> Iterator[str]:
    line = ""
    for entry in (cut(entry, width) for entry in entries):
        if line and cell_len(line) + _BETWEEN + cell_len(entry) > width:
            yield line
            line = ""
        line += (" " * _BETWEEN if line else "") + entry
    yield line
