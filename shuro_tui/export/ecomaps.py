"""The ecomaps of a session: of all groups together, of each that wrote something, of two overlaid where asked for."""

import re
from collections.abc import Iterator, Sequence

from msgspec import Struct

from shuro_tui.core.ecomap import Ecomap, Layer, ecomap
from shuro_tui.core.group import Group
from shuro_tui.core.lines import Comparison
from shuro_tui.core.model import Case
from shuro_tui.core.sheet import clean
from shuro_tui.i18n import _

Pair = tuple[Group, Group]

_UNSAFE = re.compile(r"[^A-Za-z0-9_-]")


class Picture(Struct, frozen=True):
    """One ecomap. `file`: the name of its file; `whose`: the groups whose it is, in words."""

    file: str
    title: str
    whose: str
    ecomap: Ecomap


def pictures(case: Case, comparison: Comparison, overlaid: Sequence[Pair] = ()) -> Iterator[Picture]:
    """The ecomaps of a case; a group that named nothing has none of its own."""
    yield _picture(case, comparison, _("All groups"))
    named = {group for line in comparison.lines if line.name.strip() for group in line.groups}
    for group in comparison.groups:
        if group.id in named:
            yield _picture(case, comparison, clean(group.name), (group,))
    for one, other in overlaid:
        both = _("{one} and {other}").format(one=clean(one.name), other=clean(other.name))
        yield _picture(case, comparison, both, (one,), (other,))


def _picture(case: Case, comparison: Comparison, whose: str, *layers: Layer) -> Picture:
    ids = (case.id, *(group.id for layer in layers for group in layer))
    name = ".".join(_UNSAFE.sub("_", each) for each in ids)
    title = _("Ecomap: {case}, {whose}").format(case=clean(case.title), whose=whose)
    return Picture(f"ecomap-{name}.svg", title, whose, ecomap(case, comparison, *layers))
