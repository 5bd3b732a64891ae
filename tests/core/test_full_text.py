"""Texts side by side and in full: within their width, and not a word of them lost."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shuro_tui.core.abreast import Block, abreast, across
from shuro_tui.core.comparers import Comparers
from shuro_tui.core.comparison import compare
from shuro_tui.core.full_text import at_cursor, of_findings, of_group, of_organisation
from shuro_tui.core.linebreak import Piece, width_of
from shuro_tui.core.sheet import Row, Sheet
from shuro_tui.i18n import _
from tests import ecomaps, workshops

CASE, CATALOGUE = ecomaps.case(), workshops.catalogue()
GROUPS = ecomaps.groups_of(3)
COMPARED = ecomaps.compared(
    CASE,
    CATALOGUE,
    [{"organisation": "ハロワーク", "whom": "本人"}, {"organisation": "喫茶店"}],
    [{"organisation": "ＨＷ"}, {"organisation": "", "whom": "家族"}],
    [{"organisation": "社協"}],
)


def text(blocks: list[Block]) -> str:
    """All that is written, without line breaks."""
    return "".join(piece.text for block in blocks for line in block for piece in line)


@given(st.lists(st.text("あいう漢字ab ", min_size=1, max_size=60), max_size=9), st.integers(2, 200))
def test_texts_abreast_keep_to_their_width_and_lose_nothing(texts: list[str], width: int) -> None:
    """However many they are and however wide the place is."""
    blocks = list(abreast([[(Piece(each),)] for each in texts], width))
    assert all(width_of(line) <= width for block in blocks for line in block)
    written = text(blocks)
    assert all(written.count(letter) == "".join(texts).count(letter) for letter in "あいう漢字ab")


@pytest.mark.parametrize(("texts", "width", "columns"), [(2, 80, 2), (3, 80, 3), (4, 80, 2), (5, 40, 1), (0, 80, 1)])
def test_columns_are_as_many_as_can_be_read(texts: int, width: int, columns: int) -> None:
    """And alike in each row of them: four where three fit are two and two."""
    assert across(texts, width) == columns


@pytest.mark.parametrize("width", [30, 80, 200])
def test_every_entry_stands_in_the_text_about_its_organisation(width: int) -> None:
    """With who did not name it; where nobody did, that; what is not settled says what it may be."""
    for line in COMPARED.lines:
        written = text(list(of_organisation(CASE, COMPARED, line, width)))
        assert all(entry.typed.strip() in written for entry in line.entries)
        assert (_("No group named it.") in written) == (not line.entries)
        assert (_("Not named by: ").strip() in written) == bool(0 < len(line.groups) < len(GROUPS))
        assert ("地域" in written) >= bool(line.candidates)


def test_at_the_cursor_the_group_comes_first() -> None:
    """Its entries before those of the others; without a group, and where nobody named it, there is something too."""
    line = next(line for line in COMPARED.lines if line.name == "公共職業安定所")
    written = text(list(at_cursor(CASE, COMPARED, line, "g2", 80)))
    assert written.index("ＨＷ") < written.index("ハロワーク")
    assert _("{group}: {n} entries").format(group="2班", n=1) in written
    nobody = next(line for line in COMPARED.lines if not line.entries)
    assert _("No group named it.") in text(list(at_cursor(CASE, COMPARED, nobody, "", 80)))


def test_findings_have_all_names_and_what_is_behind_them() -> None:
    """The names that the sentence has no room for stand below it."""
    written = text(list(of_findings(CASE, COMPARED, COMPARED.findings, 80)))
    assert all(name in written.replace(" ", "") for finding in COMPARED.findings for name in finding.names)
    assert "1班  喫茶店" in written


@pytest.mark.parametrize("width", [30, 80])
def test_a_group_is_read_for_all_cases(width: int) -> None:
    """Side by side, or one after the other; a blank sheet says so."""
    session = workshops.write(workshops.at_work(), "g1", ("ハロワ", "相談"), ("", "名前なし"))
    cases = session.workshop.cases
    written = text(list(of_group("1班", cases, [session.sheet(case.id, "g1") for case in cases], width)))
    assert all(word in written for word in ("ハロワ", "相談", "名前なし", _("Nothing written yet"), "1班"))


def test_comparers_compare_as_if_from_nothing() -> None:
    """For each case, again, and when the catalogue is another one."""
    comparers, groups = Comparers(), GROUPS
    sheets = [Sheet(CASE.id, group.id, (Row("r", {"organisation": "HW"}),)) for group in groups]
    for catalogue in (CATALOGUE, CATALOGUE, type(CATALOGUE)(CATALOGUE.resources[1:])):
        assert comparers.compare(CASE, catalogue, groups, sheets, ()) == compare(CASE, catalogue, groups, sheets)


def test_names_that_a_sentence_leaves_out_stand_below_it() -> None:
    """Of ten organisations that nobody named, the sentence tells five."""
    catalogue = ecomaps.resources(10)
    compared = ecomaps.compared(CASE, catalogue, [{"organisation": "喫茶店"}])
    [finding] = [finding for finding in compared.findings if finding.kind == "named-by-none"]
    written = text(list(of_findings(CASE, compared, [finding], 80))).replace(" ", "")
    assert len(finding.names) == 10
    assert all(name.replace(" ", "") in written for name in finding.names)


def test_what_all_named_is_not_named_by_nobody() -> None:
    """No list of those who did not."""
    compared = ecomaps.compared(CASE, CATALOGUE, [{"organisation": "HW"}], [{"organisation": "ハロワーク"}])
    line = next(line for line in compared.lines if line.entries)
    assert _("Not named by: ").strip() not in text(list(of_organisation(CASE, compared, line, 80)))
