"""An ecomap in the cells of a terminal: nothing lost, nothing over anything else, and how it looks."""

import os
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shuro_tui import i18n
from shuro_tui.core.cells import cell_len
from shuro_tui.core.ecomap import Ecomap, Layer, ecomap
from shuro_tui.core.ecomap_drawing import draw
from shuro_tui.core.ecomap_legend import NARROWEST, kind_words, legend
from shuro_tui.core.linebreak import Line
from shuro_tui.core.lines import Comparison
from shuro_tui.i18n import _
from tests import ecomaps
from tests.ecomaps import bundled, case, compared, drawn_names, name, resources

GOLDENS = Path(__file__).parent / "goldens"
WRITE = os.environ.get("GOLDENS") == "write"
SIZES = (80, 120, 200)


def text_of(lines: tuple[Line, ...]) -> list[str]:
    """The lines without their styles."""
    return ["".join(piece.text for piece in line).rstrip() for line in lines]


def letters(texts: list[str]) -> Counter[str]:
    """How often each letter of names stands in the texts."""
    return Counter(letter for text in texts for letter in text if letter == "番" or "ア" <= letter <= "ン")


def whole(of: Ecomap, width: int) -> str:
    """The picture with its legend."""
    return "\n".join((*text_of(draw(of, width)), "", *text_of(legend(of, width)))) + "\n"


@given(ecomaps.ecomaps, st.sampled_from((*SIZES, NARROWEST, 20)))
def test_every_name_is_there_once_and_whole(drawing: tuple[Comparison, Ecomap], width: int) -> None:
    """At every width, up to 40 organisations and 50 groups: no letter of a name is lost, covered or doubled."""
    comparison, picture = drawing
    lines = draw(picture, width)
    assert letters(text_of(lines)) == letters(drawn_names(comparison, picture))
    labels = [piece.text.strip() for line in lines for piece in line if piece.style == "text"]
    for each in drawn_names(comparison, picture):
        assert sum(label.startswith(each[:3]) for label in labels) == 1
    assert max(cell_len(line) for line in text_of(lines)) <= max(width, NARROWEST)


@given(ecomaps.ecomaps, st.sampled_from(SIZES))
def test_every_tie_is_a_line_of_its_kind(drawing: tuple[Comparison, Ecomap], width: int) -> None:
    """As many thick, thin, dotted and zigzag lines as there are such ties."""
    picture = drawing[1]
    ties = [tie for each in picture.organisations for tie in each.ties]
    drawn = [piece.text.strip("<>")[:1] for line in draw(picture, width) for piece in line if piece.style == "number"]
    bodies = Counter({"strong": "━", "ordinary": "─", "weak": "┄", "stress": "╱"}[tie.kind] for tie in ties)
    assert Counter(body for body in drawn if body in "━─┄╱" and body) == bodies


@pytest.mark.parametrize("count", [1, 2, 9])
def test_ties_lead_from_label_to_box(count: int) -> None:
    """A line begins beside the label or its mark, and ends at the box; an arrow points where the support goes."""
    rows = [{"organisation": name(number), "way": "受ける", "tie": "強い"} for number in range(count)]
    lines = text_of(draw(ecomap(case(), compared(case(), resources(9), rows)), 80))
    (first,) = (line for line in lines if "00番" in line)
    assert "00番 ━━" in first
    assert "━>│" in first


def test_what_is_tied_to_both_stands_between_them() -> None:
    """One line to the person's box, one to the family's, each with its own weight."""
    one = [{"organisation": name(0), "whom": "本人"}, {"organisation": name(0), "whom": "家族", "tie": "強い"}]
    two = [{"organisation": name(0), "whom": "本人", "way": "受ける"}]
    lines = text_of(draw(ecomap(case(), compared(case(), resources(2), one, two)), 80))
    assert lines == [
        "                                  ┌──────────┐",
        "                                  │          │",
        "                                  │   本人   │",
        "                                  │          │",
        "                                  └─────┬────┘",
        "          ┌─────────────────────────────┘",
        "          │                           [山]                           │",
        "          │<─────────────────────── 2 00番 1 ━━━━━━━━━━━━━━━━━━━━━━━━┤",
        "                                        ┌────────────────────────────┘",
        "                                  ┌─────┴────┐",
        "                                  │          │",
        "                                  │   家族   │",
        "                                  │          │",
        "                                  └──────────┘",
    ]


@pytest.mark.parametrize("width", SIZES)
def test_the_legend_is_always_whole(width: int) -> None:
    """Every kind of line and the arrow, also of an ecomap in which nothing is drawn yet; marks where there are any."""
    of = case()
    blank = ecomap(of, compared(of, resources(3), []))
    for words in (*kind_words().values(), _("the way the support flows")):
        assert words in " ".join(text_of(legend(blank, width)))
    rows = [{"organisation": name(0)}, {"organisation": "", "whom": "本人"}]
    comparison = compared(of, resources(3), rows, rows)
    joint = " ".join(text_of(legend(ecomap(of, comparison), width)))
    assert _("number of groups") in joint
    assert _("not drawn: {n} rows without an organisation").format(n=2) in joint
    two = legend(ecomap(of, comparison, *((group,) for group in comparison.groups)), width)
    assert "A 1班   B 2班" in " ".join(text_of(two))


def test_a_name_that_is_far_too_long_is_cut_and_says_so() -> None:
    """It takes three lines, and what it is tied with stays in its place."""
    of = case()
    lines = draw(ecomap(of, compared(of, resources(1), [{"organisation": "長い名前の機関" * 280}])), 80)
    assert len([line for line in text_of(lines) if "長" in line]) == 3
    assert sum("…" in line for line in text_of(lines)) == 1
    assert max(map(cell_len, text_of(lines))) <= 80


@pytest.mark.parametrize("width", SIZES)
@pytest.mark.parametrize("count", [3, 6, 12, 50])
def test_an_ecomap_looks_as_it_did(count: int, width: int) -> None:
    """Of all groups, of one and of two; GOLDENS=write takes the drawings anew."""
    i18n.use("ja")
    of, comparison = bundled(count)
    first, last = comparison.groups[0], comparison.groups[-1]
    kinds: dict[str, tuple[Layer, ...]] = {"all": (), "one": ((first,),), "two": ((first,), (last,))}
    shown = "\n".join(f"{title}\n\n{whole(ecomap(of, comparison, *layers), width)}" for title, layers in kinds.items())
    golden = GOLDENS / f"ecomap-{count}-groups.{width}.txt"
    if WRITE:
        golden.write_text(shown, encoding="utf-8")
    assert shown == golden.read_text(encoding="utf-8")
