"""The ecomap of a case: a person in the middle, the organisations around, and what kind of tie leads to each.

Lines by convention: https://en.wikipedia.org/wiki/Ecomap. Whose sheets are drawn is said in layers: those of one
layer are drawn as one sheet, so one group is one layer, all groups together are one, and two groups overlaid are two.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import get_args

from msgspec import Struct

from shuro_tui.core.group import Group
from shuro_tui.core.lines import Comparison, Entry, Line
from shuro_tui.core.model import Case, Centre, Direction, Drawn, TieKind
from shuro_tui.core.sheet import clean
from shuro_tui.i18n import _

Layer = tuple[Group, ...]

KINDS: tuple[TieKind, ...] = get_args(TieKind)
"""Where as many groups say one as another, the first of them is drawn: no conflict is covered up."""

_CENTRES: tuple[Centre, ...] = get_args(Centre)
_SPLIT = 2
"""Lines by which one half may be longer than the other before a field is taken apart."""


class Tie(Struct, frozen=True):
    """One line of the picture, from an organisation to a centre. `groups`: the ids of those of its layer who wrote it.

    layer: counted from 0.
    """

    centre: Centre
    layer: int
    groups: tuple[str, ...]
    kind: TieKind = "ordinary"
    direction: Direction = "none"


class Organisation(Struct, frozen=True):
    """One organisation with all its ties, by layer, then by centre. `unsettled`: which one was meant is not known.

    field: "" for a name that is in no field of the catalogue.
    """

    name: str
    field: str
    ties: tuple[Tie, ...]
    unsettled: bool = False

    @property
    def groups(self) -> tuple[str, ...]:
        """The groups that named it, each once: its weight."""
        return tuple(dict.fromkeys(group for tie in self.ties for group in tie.groups))

    @property
    def centres(self) -> tuple[Centre, ...]:
        """Whom it is tied to."""
        return tuple(centre for centre in _CENTRES if any(tie.centre == centre for tie in self.ties))


class Ecomap(Struct, frozen=True):
    """The picture of one case. `nameless`: the rows that name no organisation, and so are not in it.

    centres: whom it stands around, with the words of the sheet for them.
    """

    centres: dict[Centre, str]
    layers: tuple[Layer, ...]
    organisations: tuple[Organisation, ...]
    nameless: int = 0

    @property
    def joint(self) -> bool:
        """Whether a tie may be of several groups, so that it is said of how many."""
        return any(len(layer) > 1 for layer in self.layers)


def ecomap(case: Case, comparison: Comparison, *layers: Layer) -> Ecomap:
    """The ecomap of what the groups of the layers wrote, in the order of the comparison; without layers, of all."""
    layers = layers or (comparison.groups,)
    drawn = {group.id for layer in layers for group in layer}
    nameless = [entry for line in comparison.lines if not line.name.strip() for entry in line.entries]
    found = ((line, tuple(_ties(case, line.entries, layers))) for line in comparison.lines if line.name.strip())
    organisations = tuple(_organisation(line, ties) for line, ties in found if ties)
    return Ecomap(_centres(case), layers, organisations, sum(entry.group in drawn for entry in nameless))


def _organisation(line: Line, ties: tuple[Tie, ...]) -> Organisation:
    return Organisation(" ".join(clean(line.name).split()), line.field, ties, bool(line.candidates))


def _centres(case: Case) -> dict[Centre, str]:
    """The person always; the family where a choice of the sheet says so."""
    words: dict[Centre, list[str]] = {}
    for column in case.columns:
        for choice, drawn in zip(column.choices, column.ecomap, strict=False):
            if drawn == "person" or drawn == "family":  # noqa: PLR1714 - mypy narrows this, and not a membership
                words.setdefault(drawn, []).append(choice)
    words.setdefault("person", [_("Person")])
    return {centre: " / ".join(dict.fromkeys(words[centre])) for centre in _CENTRES if centre in words}


def _ties(case: Case, entries: Sequence[Entry], layers: Sequence[Layer]) -> Iterator[Tie]:
    for number, layer in enumerate(layers):
        ids = {group.id for group in layer}
        said = [(entry.group, tuple(_drawn(case, entry))) for entry in entries if entry.group in ids]
        for centre in _CENTRES:
            to_it = [(group, words) for group, words in said if _whom(words) == centre]
            if to_it:
                groups = tuple(dict.fromkeys(group for group, _words in to_it))
                yield Tie(centre, number, groups, _kind(to_it), _direction(to_it))


def _drawn(case: Case, entry: Entry) -> Iterator[Drawn]:
    """What the choices of a row draw."""
    for column in case.columns:
        chosen = dict(zip(column.choices, column.ecomap, strict=False)).get(entry.fields.get(column.id, ""))
        if chosen is not None:
            yield chosen


def _whom(words: Iterable[Drawn]) -> Centre:
    return "family" if "family" in words else "person"


def _kind(said: Sequence[tuple[str, tuple[Drawn, ...]]]) -> TieKind:
    """What most groups chose; who chose nothing is not counted."""
    chosen = {(group, kind) for group, words in said for kind in KINDS if kind in words}
    votes = Counter(kind for _group, kind in chosen)
    return max(KINDS, key=votes.__getitem__) if votes else "ordinary"


def _direction(said: Sequence[tuple[str, tuple[Drawn, ...]]]) -> Direction:
    """Every direction that somebody chose."""
    chosen = {word for _group, words in said for word in words}
    if "both" in chosen or {"in", "out"} <= chosen:
        return "both"
    return "in" if "in" in chosen else "out" if "out" in chosen else "none"


def in_halves(
    organisations: Sequence[Organisation], lines: Callable[[Organisation], int]
) -> tuple[Sequence[Organisation], Sequence[Organisation]]:
    """The organisations in two halves of about as many lines; a field is taken apart only where that is worth it."""
    fields = [each.field for each in organisations]
    heights = list(map(lines, organisations))

    def taller(place: int) -> int:
        left, right = (len(set(fields[half])) + sum(heights[half]) for half in (slice(place), slice(place, None)))
        apart = 0 < place < len(fields) and fields[place - 1] == fields[place]
        return max(left, right) + _SPLIT * apart

    place = min(range(len(fields), -1, -1), key=taller)
    return organisations[:place], organisations[place:]


def field_name(organisation: Organisation) -> str:
    """The head above it."""
    return clean(organisation.field) or _("Not in the catalogue")


def label_of(organisation: Organisation) -> str:
    """Its name, with a question mark while it is not settled which one was meant."""
    return organisation.name + " ?" * organisation.unsettled
