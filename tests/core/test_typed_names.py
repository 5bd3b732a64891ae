"""The names that were typed: which of them wait, and which are nearly another."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shuro_tui.core import commands as ask
from shuro_tui.core.commands import Refused
from shuro_tui.core.comparison import compare
from shuro_tui.core.lines import Comparison, Entry
from shuro_tui.core.meaning import Meaning, Only
from shuro_tui.core.model import Millis
from shuro_tui.core.session import Session, decide
from shuro_tui.core.typed_names import alike, moved, rows_in, typed_names
from tests.workshops import Evening, after, at_work, evenings, sessions_of, write


def compared(session: Session, case: str = "a") -> Comparison:
    """The comparison of a case."""
    of = session.workshop.case(case)
    assert of is not None
    sheets = tuple(sheet for sheet in session.sheets.values() if sheet.case == case)
    return compare(of, session.workshop.catalogue, session.groups, sheets, session.rundown.settlements)


def shown(session: Session) -> list[tuple[str, bool, int]]:
    """Each name, whether it waits, in how many rows it stands."""
    return [(name.name, name.waits, len(name.rows)) for name in typed_names(compared(session))]


def test_what_may_be_several_waits_first_then_what_is_in_no_catalogue() -> None:
    """Then all that is recognised; a name that reads the same is there once, and a row without a name is none."""
    session = write(at_work(), "g1", ("ハローワーク",), ("喫茶店",), ("支援センター",), ("", "相談"))
    session = write(session, "g2", ("支援 センター",), ("ハローワーク、喫茶店",))
    assert shown(session) == [("支援センター", True, 2), ("喫茶店", True, 2), ("ハローワーク", False, 2)]


def test_what_was_settled_waits_no_more() -> None:
    """As an organisation, as a name of its own, in one row alone; taken back it waits again."""
    session = write(at_work(), "g1", ("支援センター",), ("支援センター",), ("喫茶店",))
    row = session.sheet("a", "g1").rows[0].id
    for meaning, only, waits in (
        (Meaning("pol"), None, {"喫茶店": True, "支援センター": False}),
        (Meaning(), None, {"喫茶店": True, "支援センター": False}),
        (None, None, {"喫茶店": True, "支援センター": True}),
    ):
        session = after(session, [(12, None, ask.SettleNames("a", ("支援センター",), meaning, only))])
        assert {name.name: name.waits for name in typed_names(compared(session))} == waits
    session = after(session, [(12, None, ask.SettleNames("a", ("支援センター",), Meaning(), Only("g1", row)))])
    assert [waits for name, waits, _rows in shown(session) if name == "支援センター"] == [True, False]


@given(evenings)
def test_each_entry_with_a_name_is_behind_one_typed_name(evening: Evening) -> None:
    """Whatever is written and settled; and no two are told apart by the same id."""
    session = [at_work(2), *sessions_of(at_work(2), evening)][-1]
    for case in ("a", "b"):
        of = compared(session, case)
        names = typed_names(of)
        entries = [entry for line in of.lines for entry in line.entries if entry.typed.strip()]
        behind = [entry for name in names for entry in name.entries]
        assert sorted(map(repr, behind)) == sorted(map(repr, entries))
        assert len({name.id for name in names}) == len(names)


def test_names_that_sound_alike_are_offered() -> None:
    """The likeliest first; short names that differ in a letter are other names."""
    others = ["ひだまりかふぇ", "ヒダマリカフェー", "駅前の本屋"]
    assert list(alike("ひだまりカフェ", others)) == ["ひだまりかふぇ", "ヒダマリカフェー"]
    assert alike("寺", ["茶", "寺"]) == {}


@given(st.text(max_size=12), st.lists(st.text(max_size=12), max_size=4))
def test_a_likeness_is_between_the_bar_and_all(name: str, others: list[str]) -> None:
    """Of the others alone, in falling order."""
    near = alike(name, others)
    assert set(near) <= set(others)
    assert list(near.values()) == sorted(near.values(), reverse=True)
    assert all(0 < each <= 100 for each in near.values())


def test_what_became_of_a_name_is_known() -> None:
    """The names about which something else is said, whether to one row or to all; what is typed meanwhile is none."""
    before = write(at_work(), "g1", ("支援センター",), ("喫茶店",), ("茶店",))
    other = write(before, "g2", ("ハローワーク",))
    for names, meaning, became in (
        (("支援センター",), Meaning("pol"), [("支援センター", False)]),
        (("支援センター",), Meaning(), [("支援センター", True)]),
        (("喫茶店",), Meaning(into="茶店"), [("喫茶店", False)]),
        (("ハローワーク",), Meaning(), []),
    ):
        after_it = after(other, [(12, None, ask.SettleNames("a", names, meaning))])
        changed = moved(typed_names(compared(before)), typed_names(compared(after_it)))
        assert [(name.name, name.itself) for name in changed] == became


def test_rows_are_counted_once() -> None:
    """However many names of a row stand for the same."""
    entries = [Entry("g1", row, "喫茶店", {}, part=part) for row, part in (("r1", 0), ("r1", 1), ("r0", 0))]
    assert [entry.row for entry in rows_in(tuple(entries))] == ["r1", "r0"]


def test_undo_of_names_takes_nothing_else_back() -> None:
    """What was said of names, step by step; the step before that was about time, and stays."""
    session = write(at_work(), "g1", ("支援センター",))
    paused = after(session, [(12, None, ask.Pause())])
    said = after(
        paused, [(12, None, ask.SettleNames("a", ("支援センター",), meaning)) for meaning in (Meaning(), None)]
    )
    taken_back = after(said, [(13, None, ask.Undo(of_names=True)), (13, None, ask.Undo(of_names=True))])
    assert taken_back.rundown == paused.rundown
    with pytest.raises(Refused) as no:
        decide(taken_back, ask.Undo(of_names=True), Millis(0))
    assert no.value.reason == "not-of-names"
    assert after(taken_back, [(14, None, ask.Undo())]).rundown == session.rundown
