"""Which lines of a comparison are looked at: none is lost or doubled, and what is looked for is found."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shuro_tui.core.narrowing import ORDERS, Narrowing
from tests import ecomaps, workshops

CATALOGUE = workshops.catalogue()
READINGS = {resource.id: resource.reading for resource in CATALOGUE.resources}
COMPARED = ecomaps.compared(
    ecomaps.case(),
    CATALOGUE,
    [{"organisation": "ハロワーク"}, {"organisation": "喫茶店"}],
    [{"organisation": "ＨＷ"}, {"organisation": "", "whom": "家族"}],
    [{"organisation": "HW"}],
)


def names(narrowing: Narrowing) -> list[str]:
    """The names of the lines that are chosen."""
    return [line.name for line in narrowing.lines(COMPARED.lines, READINGS)]


def test_by_itself_it_leaves_everything_as_it_stands() -> None:
    """Lines and findings alike."""
    assert Narrowing().lines(COMPARED.lines, READINGS) == COMPARED.lines
    assert Narrowing().findings(COMPARED.findings, ()) == COMPARED.findings
    assert Narrowing(find="・").all


@given(st.sampled_from(ORDERS))
def test_no_order_loses_or_doubles_a_line(order: str) -> None:
    """The same lines in another order."""
    lines = Narrowing(order=order).lines(COMPARED.lines, READINGS)  # type: ignore[arg-type]
    assert sorted(line.id for line in lines) == sorted(line.id for line in COMPARED.lines)


def test_the_orders() -> None:
    """The most named first; by reading, rows without a name last."""
    assert names(Narrowing(order="groups"))[0] == "公共職業安定所"
    by_name = names(Narrowing(order="name"))
    assert by_name[-1] == ""
    assert by_name.index("喫茶店") >= 0
    assert by_name.index("公共職業安定所") < by_name.index("地域障害者職業センター")


@pytest.mark.parametrize("find", ["ハロワ", "はろわ", "hw", "職業安定", "こうきょう"])
def test_a_part_of_any_name_finds_it(find: str) -> None:
    """As it was typed, in the catalogue, and as it reads; width, case and kind of kana do not matter."""
    assert "公共職業安定所" in names(Narrowing(find=find))
    assert "喫茶店" not in names(Narrowing(find=find))


def test_only_a_field_or_a_group() -> None:
    """A field by its name, what is in no catalogue by ""; a group by what it named."""
    assert set(names(Narrowing(field=""))) == {"喫茶店", ""}
    assert all(line.field == "就労" for line in Narrowing(field="就労").lines(COMPARED.lines, READINGS))
    assert set(names(Narrowing(group="g1"))) == {"公共職業安定所", "喫茶店"}
    assert names(Narrowing(group="g1", field="")) == ["喫茶店"]


def test_findings_are_those_about_the_lines() -> None:
    """What is about none of the chosen lines is left out."""
    chosen = Narrowing(find="喫茶店")
    findings = chosen.findings(COMPARED.findings, chosen.lines(COMPARED.lines, READINGS))
    assert 0 < len(findings) < len(COMPARED.findings)
    assert all("喫茶店" in finding.names for finding in findings)
