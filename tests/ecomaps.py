"""Sheets to draw ecomaps of: the bundled case with two columns more, and whatever groups may write."""

from collections.abc import Sequence

from hypothesis import strategies as st
from msgspec.structs import replace

from shuro_tui import content
from shuro_tui.core.comparison import compare
from shuro_tui.core.ecomap import Ecomap, Layer, ecomap
from shuro_tui.core.group import Group
from shuro_tui.core.lines import Comparison
from shuro_tui.core.model import Case, Catalogue, Column, Resource, TieKind
from shuro_tui.core.sheet import Row, Sheet

TIE = Column(
    "tie",
    "つながり",
    "choice",
    ("強い", "ふつう", "弱い・予定", "葛藤"),
    ("strong", "ordinary", "weak", "stress"),
)
WAY = Column("way", "向き", "choice", ("受ける", "届ける", "両方"), ("in", "out", "both"))
WHOM = Column("whom", "誰へ", "choice", ("本人", "家族", "事業所"), ("person", "family", "none"))
COLUMNS = (Column("organisation", "連携機関名", "organisation"), WHOM, TIE, WAY)

Wrote = Sequence[dict[str, str]]


def case(columns: Sequence[Column] = COLUMNS) -> Case:
    """A case with such a sheet."""
    return Case("a", "事例", (), "…", "どう連携しますか。", tuple(columns))


def groups_of(count: int) -> tuple[Group, ...]:
    """Groups g1, g2, …"""
    return tuple(Group(f"g{number}", f"{number}班") for number in range(1, count + 1))


def compared(of: Case, catalogue: Catalogue, *written: Wrote) -> Comparison:
    """The comparison of what so many groups wrote."""
    groups = groups_of(len(written))
    sheets = tuple(
        Sheet(of.id, group.id, tuple(Row(f"{group.id}.{number}", fields) for number, fields in enumerate(rows)))
        for group, rows in zip(groups, written, strict=True)
    )
    return compare(of, catalogue, groups, sheets)


def bundled(count: int) -> tuple[Case, Comparison]:
    """The bundled first case with columns for kind and direction, as so many groups fill it in."""
    workshop = content.load(content.bundled())
    of = replace(workshop.cases[0], columns=(*workshop.cases[0].columns, TIE, WAY))
    written = [
        [_row(workshop.catalogue, 5 * group + 3 * row, group + row) for row in range(7)] for group in range(count)
    ]
    return of, compared(of, workshop.catalogue, *written)


def _row(catalogue: Catalogue, place: int, chosen: int) -> dict[str, str]:
    """Names that stand in the catalogue, one that is not settled, and one that nobody else knows."""
    resource = catalogue.resources[7 * place % len(catalogue.resources)]
    typed = {0: "支援センター", 5: "近所のカフェのマスター"}.get(place % 11, resource.name)
    family = resource.field == "家族" or chosen % 5 == 0
    choices = {"whom": "家族" if family else "本人", "tie": ("", *TIE.choices)[chosen % 5]}
    return {"organisation": typed, **choices, "way": ("", *WAY.choices)[place % 4]}


# Whatever groups may write: names and fields are told apart by their letters, and each name by its number.

_FIELDS = "山川森海空"
_NAME_LETTERS = "アイウエオカキク"


def resources(count: int) -> Catalogue:
    """So many organisations, in five fields."""
    return Catalogue(
        tuple(
            Resource(f"r{number}", name(number), "", _FIELDS[number * len(_FIELDS) // count], "", "")
            for number in range(count)
        )
    )


def name(number: int) -> str:
    """A name of some length that no other organisation has."""
    return f"{number:02d}番" + "".join(_NAME_LETTERS[(number + step) % 8] for step in range(number % 11))


def _rows(count: int) -> st.SearchStrategy[list[dict[str, str]]]:
    choices = [st.sampled_from(("", *column.choices)) for column in (WHOM, TIE, WAY)]
    row = st.builds(
        lambda place, whom, tie, way: {"organisation": name(place), "whom": whom, "tie": tie, "way": way},
        st.integers(0, count - 1),
        *choices,
    )
    return st.lists(row, max_size=8)


@st.composite
def _written(draw: st.DrawFn) -> tuple[Case, Comparison]:
    """Up to 40 organisations and 50 groups; some of the organisations stand in no catalogue."""
    count, known = draw(st.integers(1, 40)), draw(st.integers(1, 40))
    kinds = draw(st.lists(_rows(count), min_size=1, max_size=6))
    many = draw(st.integers(1, 50))
    of = case(draw(st.sampled_from((COLUMNS, COLUMNS[:1], (*COLUMNS[:1], TIE)))))
    return of, compared(of, resources(known), *(kinds[group % len(kinds)] for group in range(many)))


@st.composite
def _layered(draw: st.DrawFn) -> tuple[Comparison, Ecomap]:
    of, comparison = draw(_written())
    some = st.sampled_from(comparison.groups).map(lambda group: (group,))
    layers: list[Layer] = draw(st.lists(some, max_size=2))
    return comparison, ecomap(of, comparison, *layers)


ecomaps = _layered()
"""A comparison, and an ecomap of it: of all groups, of one, or of two."""


def drawn_names(comparison: Comparison, of: Ecomap) -> list[str]:
    """The organisations that the groups of the layers name."""
    ids = {group.id for layer in of.layers for group in layer}
    return [line.name for line in comparison.lines if line.name and ids & set(line.groups)]


def kinds_of(of: Ecomap) -> dict[str, list[TieKind]]:
    """Name → the kinds of its ties."""
    return {each.name: [tie.kind for tie in each.ties] for each in of.organisations}
