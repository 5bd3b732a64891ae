"""Why an entry stands where it stands, in words."""

from typing import get_args

import pytest

from shuro_tui import i18n
from shuro_tui.core.lines import Entry, How, Match
from shuro_tui.core.meaning import Meaning
from shuro_tui.core.reasons import why


@pytest.fixture(autouse=True)
def _english() -> None:
    i18n.use("en")


@pytest.mark.parametrize("how", get_args(How))
def test_each_way_to_recognise_a_name_has_its_words(how: How) -> None:
    """With the name that it was recognised by, where there is one."""
    said = why(Entry("g1", "r0", "ACM", {}, match=Match("acme", (), how, "ACME", 87)))
    assert said
    assert ("ACME" in said) == (how in ("form", "beside", "brackets", "near", "several"))
    assert ("87%" in said) == (how == "near")


def test_the_ways_are_told_apart() -> None:
    """No two in the same words."""
    assert len({why(Entry("g1", "r0", "", {}, match=Match(how=how))) for how in get_args(How)}) == len(get_args(How))


@pytest.mark.parametrize(
    ("meaning", "words"),
    [
        (Meaning("acme"), "settled by the facilitator"),
        (Meaning(into="\x1b[31mACME\n" + "x" * 90), "merged with 'ACME " + "x" * 34 + "…' by the facilitator"),
        (Meaning(), "split off by the facilitator"),
    ],
)
def test_what_the_facilitator_said_comes_first(meaning: Meaning, words: str) -> None:
    """Whatever the name says by itself; on one line, and short."""
    assert why(Entry("g1", "r0", "ACM", {}, match=Match("acme", how="name"), settled=meaning)) == words
