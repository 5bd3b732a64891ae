"""From the sheets to an ecomap: who is tied to whom, and how."""

import pytest
from hypothesis import given

from shuro_tui.core.ecomap import Ecomap, Tie, ecomap, in_halves
from shuro_tui.core.group import Group
from shuro_tui.core.lines import Comparison
from shuro_tui.core.model import Case, Catalogue, Column, Resource, Unsettled
from shuro_tui.i18n import _
from tests import ecomaps
from tests.ecomaps import COLUMNS, TIE, WAY, WHOM, case, compared, drawn_names, kinds_of

CATALOGUE = Catalogue(
    (
        Resource("hw", "公共職業安定所", "", "就労", "", "", ("ハローワーク",)),
        Resource("pol", "障害者就業・生活支援センター", "", "就労", "", "", ("なかぽつ",)),
        Resource("hkk", "地域包括支援センター", "", "地域", "", "", ("包括",)),
    ),
    (Unsettled("支援センター", ("pol", "hkk")),),
)
G1, G2, G3 = ecomaps.groups_of(3)


def row(organisation: str, whom: str = "", tie: str = "", way: str = "") -> dict[str, str]:
    """A row of a sheet."""
    return {"organisation": organisation, "whom": whom, "tie": tie, "way": way}


def drawn(*written: list[dict[str, str]], layers: tuple[tuple[Group, ...], ...] = (), of: Case | None = None) -> Ecomap:
    """The ecomap of what the groups wrote."""
    of = of or case()
    return ecomap(of, compared(of, CATALOGUE, *written), *layers)


def test_organisations_stand_by_field_in_the_order_of_the_catalogue() -> None:
    """Those that somebody named, by their names in the catalogue; then what is in no catalogue or not settled."""
    picture = drawn([row("喫茶店"), row("支援センター"), row("包括")], [row("ハローワーク")])
    assert [(each.field, each.name, each.unsettled) for each in picture.organisations] == [
        ("就労", "公共職業安定所", False),
        ("地域", "地域包括支援センター", False),
        ("", "喫茶店", False),
        ("", "支援センター", True),
    ]


def test_its_weight_is_how_many_groups_named_it() -> None:
    """A group that names it twice counts once."""
    picture = drawn([row("ハローワーク"), row("公共職業安定所")], [row("ハローワーク"), row("包括")], [])
    assert {each.name: each.groups for each in picture.organisations} == {
        "公共職業安定所": ("g1", "g2"),
        "地域包括支援センター": ("g2",),
    }
    assert picture.joint


def test_one_group_is_drawn_alone() -> None:
    """What others wrote is not in it."""
    picture = drawn([row("ハローワーク", tie="強い")], [row("包括")], layers=((G1,),))
    assert [(each.name, each.ties) for each in picture.organisations] == [
        ("公共職業安定所", (Tie("person", 0, ("g1",), "strong"),))
    ]
    assert not picture.joint


def test_two_groups_overlaid_keep_their_own_ties() -> None:
    """What both named has a tie of each."""
    picture = drawn(
        [row("ハローワーク", tie="強い"), row("なかぽつ")],
        [row("包括")],
        [row("ハローワーク", tie="葛藤")],
        layers=((G1,), (G3,)),
    )
    assert [each.ties for each in picture.organisations] == [
        (Tie("person", 0, ("g1",), "strong"), Tie("person", 1, ("g3",), "stress")),
        (Tie("person", 0, ("g1",)),),
    ]


def test_person_and_family_are_two_centres_where_the_sheet_says_so() -> None:
    """With the sheet's words; who is neither stands with the person, and one organisation may be tied to both."""
    picture = drawn([row("包括", "家族"), row("包括", "本人"), row("ハローワーク", "事業所"), row("なかぽつ")])
    assert picture.centres == {"person": "本人", "family": "家族"}
    assert [each.centres for each in picture.organisations] == [("person",), ("person",), ("person", "family")]
    assert drawn([row("包括", "家族")], of=case(COLUMNS[:1])).centres == {"person": _("Person")}
    several = Column("whom", "", "choice", ("Mother", "Child", "Father"), ("family", "person", "family"))
    assert drawn([], of=case((several,))).centres == {"person": "Child", "family": "Mother / Father"}


@pytest.mark.parametrize(
    ("chosen", "kind"),
    [
        (["", "", ""], "ordinary"),
        (["強い", "", ""], "strong"),
        (["弱い・予定", "ふつう", "ふつう"], "ordinary"),
        (["強い", "強い", "葛藤"], "strong"),
        (["強い", "葛藤", ""], "stress"),
        (["ふつう", "弱い・予定", ""], "weak"),
    ],
)
def test_together_the_kind_is_what_most_chose(chosen: list[str], kind: str) -> None:
    """Who chose nothing is not counted; among as many, no conflict is covered up."""
    (organisation,) = drawn(*([row("ハローワーク", tie=tie)] for tie in chosen)).organisations
    assert [tie.kind for tie in organisation.ties] == [kind]


@pytest.mark.parametrize(
    ("chosen", "direction"),
    [
        (["", ""], "none"),
        (["受ける", ""], "in"),
        (["届ける", "届ける"], "out"),
        (["受ける", "届ける"], "both"),
        (["両方", "受ける"], "both"),
    ],
)
def test_together_the_support_flows_every_way_that_somebody_chose(chosen: list[str], direction: str) -> None:
    """One arrow or two."""
    (organisation,) = drawn(*([row("ハローワーク", way=way)] for way in chosen)).organisations
    assert [tie.direction for tie in organisation.ties] == [direction]


def test_a_sheet_without_such_columns_draws_ordinary_ties() -> None:
    """Whatever stands in its choices."""
    plain = case((COLUMNS[0], Column("tie", "", "choice", TIE.choices), Column("whom", "", "choice", WHOM.choices)))
    assert kinds_of(drawn([row("ハローワーク", "家族", "強い")], of=plain)) == {"公共職業安定所": ["ordinary"]}


def test_rows_without_an_organisation_are_counted() -> None:
    """They cannot be drawn, and are not passed over in silence; those of groups that are not drawn do not count."""
    rows = [row("", "家族"), row("・", "", "強い"), row("ハローワーク")]
    assert drawn(rows, [row("", "本人")]).nameless == 2
    assert drawn(rows, [row("", "本人")], layers=((G2,),)).nameless == 1


def test_a_case_without_organisations_is_drawn_by_its_first_column() -> None:
    """Its names are in no catalogue."""
    first = Column("help", "支え", "text")
    picture = drawn([{"help": "声かけ", "way": "受ける"}], of=case((first, WAY)))
    assert [(each.name, each.field, each.ties[0].direction) for each in picture.organisations] == [("声かけ", "", "in")]


def test_halves_are_about_as_high_and_keep_fields_together() -> None:
    """A field is only taken apart where one half would be much higher than the other."""
    both = drawn([row("ハローワーク"), row("なかぽつ"), row("包括")]).organisations
    left, right = in_halves(both, lambda _each: 1)
    assert ([each.field for each in left], [each.field for each in right]) == (["就労", "就労"], ["地域"])
    many = drawn([row(f"店{number}") for number in range(20)]).organisations
    left, right = in_halves(many, lambda _each: 1)
    assert (len(left), len(right)) == (10, 10)


@given(ecomaps.ecomaps)
def test_every_organisation_is_drawn_exactly_once(drawing: tuple[Comparison, Ecomap]) -> None:
    """Whatever groups wrote, and whosever ecomap it is: the organisations they named, each with every group's tie."""
    comparison, picture = drawing
    assert [each.name for each in picture.organisations] == drawn_names(comparison, picture)
    lines = {line.name: line for line in comparison.lines}
    for organisation in picture.organisations:
        ids = {group.id for layer in picture.layers for group in layer}
        assert set(organisation.groups) == ids & set(lines[organisation.name].groups)
        assert len({(tie.layer, tie.centre) for tie in organisation.ties}) == len(organisation.ties)
        assert set(organisation.centres) <= picture.centres.keys()
