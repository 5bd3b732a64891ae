"""Sessions of several rooms as one, and sessions without names."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from shuro_tui.core.aside import Aside, Deleted
from shuro_tui.core.comparison import compare
from shuro_tui.core.group import Group
from shuro_tui.core.meaning import Meaning, Only, Settlement
from shuro_tui.core.model import Case, Column, Millis
from shuro_tui.core.session import Session
from shuro_tui.core.sheet import Row, Sheet
from shuro_tui.core.timeline import Timeline
from shuro_tui.core.together import Unlike, anonymous, together
from tests.workshops import START, case, workshop

CASE = case()

GROUPS = (Group("g1", "みどり"), Group("g2", "あお"))
NAMES = st.sampled_from(["ハローワーク", "社協", "なかぽつ", "支援センター", "喫茶店"])
rows = st.lists(NAMES, max_size=3)
"""The names on a sheet."""

Written = dict[tuple[str, str], list[str]]


def session(number: int, written: Written, settlements: tuple[Settlement, ...] = ()) -> Session:
    """One of a day: (case, group) → names."""
    new = Session.new(f"s{number}", workshop(), GROUPS, {"g1": "key"}, Millis(START + number))
    sheets = {
        (case, group): Sheet(
            case,
            group,
            tuple(Row(f"r{place}", {"organisation": name}, Millis(place)) for place, name in enumerate(names)),
        )
        for (case, group), names in written.items()
    }
    return replace(new, sheets=sheets, rundown=replace(new.rundown, settlements=settlements))


evenings = st.dictionaries(st.sampled_from([(CASE.id, "g1"), (CASE.id, "g2")]), rows)


def with_cases(of: Session, *cases: Case) -> Session:
    """The session of a workshop with other cases."""
    return replace(of, workshop=replace(of.workshop, cases=cases))


def ended_at(of: Session, moment: int) -> Timeline:
    """Begun and ended at once."""
    return of.timeline.start(Millis(moment)).finish(Millis(moment))


def names(of: Session) -> list[str]:
    """Every name on every sheet."""
    return [row.fields["organisation"] for sheet in of.sheets.values() for row in sheet.rows]


def lines(of: Session) -> dict[str, int]:
    """Line of the comparison → entries."""
    sheets = tuple(sheet for sheet in of.sheets.values() if sheet.case == CASE.id)
    compared = compare(CASE, of.workshop.catalogue, of.groups, sheets, of.rundown.settlements)
    return {line.name: len(line.entries) for line in compared.lines if line.entries}


@given(st.lists(evenings, min_size=1, max_size=4), st.booleans())
def test_every_row_is_there_once(written: list[Written], apart: bool) -> None:
    """Of every group of every session, once however often a session is given, and rows never share an id."""
    held = [session(number, each) for number, each in enumerate(written)]
    rooms = [f"部屋{number}" for number in range(len(held))]
    one = together(held, rooms, apart)
    assert sorted(names(one)) == sorted(name for each in held for name in names(each))
    assert together([*held, *held], rooms * 2, apart) == one
    assert together(held[::-1], rooms[::-1], apart) == one
    for sheet in one.sheets.values():
        assert len({row.id for row in sheet.rows}) == len(sheet.rows)
    assert sum(lines(one).values()) == len(names(one))


def test_rooms_are_groups_or_their_groups_stay_apart() -> None:
    """Named after the room, or after room and group."""
    held = [session(1, {(CASE.id, "g1"): ["社協"], (CASE.id, "g2"): ["役場"]}), session(2, {(CASE.id, "g1"): ["寺"]})]
    as_rooms, apart = together(held, ["午前", "午後"]), together(held, ["午前", "午後"], apart=True)
    assert [group.name for group in as_rooms.groups] == ["午前", "午後"]
    assert [len(as_rooms.sheet(CASE.id, group.id).rows) for group in as_rooms.groups] == [2, 1]
    assert [group.name for group in apart.groups] == ["午前 みどり", "午前 あお", "午後 みどり", "午後 あお"]
    assert [len(apart.sheet(CASE.id, group.id).rows) for group in apart.groups] == [1, 1, 1, 0]


def test_of_two_copies_of_a_session_the_later_one_counts() -> None:
    """A copy that was taken before the end is not what was written in the end."""
    early, late = session(1, {(CASE.id, "g1"): ["社協"]}), session(1, {(CASE.id, "g1"): ["社協", "役場"]})
    for order in ([early, late], [late, early]):
        assert names(together(order, ["午前", "午前"])) == ["社協", "役場"]


def test_a_row_that_was_deleted_since_stays_deleted() -> None:
    """Less is on the later copy; that it is later is told by the deletion, or by the session's end."""
    early = session(1, {(CASE.id, "g1"): ["社協", "役場"]})
    (sheet,) = early.sheets.values()
    gone = Aside(CASE.id, "g1", deleted=(Deleted(sheet.rows[1], 1, Millis(9)),))
    late = replace(session(1, {(CASE.id, "g1"): ["社協"]}), aside={(CASE.id, "g1"): gone})
    ended = replace(late, aside={}, rundown=replace(late.rundown, timeline=ended_at(late, 9)))
    for order in ([early, late], [late, early], [early, ended], [ended, early]):
        assert names(together(order, ["午前", "午前"])) == ["社協"]


def test_what_facilitators_settled_goes_along() -> None:
    """For all rows or for one; where two rooms differ, the later one holds."""
    hw, ss = (resource.id for resource in workshop().catalogue.resources[:2])
    every = Settlement(CASE.id, "喫茶店", Meaning(hw))
    one_row = Settlement(CASE.id, "謎", Meaning(ss), Only("g2", "r0"))
    first = session(1, {(CASE.id, "g1"): ["喫茶店"], (CASE.id, "g2"): ["謎"]}, (every, one_row))
    second = session(2, {(CASE.id, "g1"): ["喫茶店", "謎"]}, (Settlement(CASE.id, "喫茶 店", Meaning(ss)),))
    for apart in (False, True):
        found = lines(together([first, second], ["午前", "午後"], apart))
        known = {resource.id: resource.name for resource in workshop().catalogue.resources}
        assert found == {known[ss]: 3, "謎": 1}


def test_other_cases_are_not_compared() -> None:
    """Named with the sessions that differ; other texts of the same case are no difference."""
    one, other = session(1, {}), session(2, {})
    changed = replace(CASE, columns=(*CASE.columns, Column("more", "More", "text")))
    with pytest.raises(Unlike) as caught:
        together([one, with_cases(other, changed, *other.workshop.cases[1:])], ["a", "b"])
    assert (caught.value.one.id, caught.value.other.id, caught.value.case) == ("s1", "s2", CASE.id)
    assert not caught.value.missing
    less = with_cases(other, *other.workshop.cases[1:])
    for held, has in (([one, less], "s1"), ([replace(less, id="s0", created_at=START), one], "s1")):
        with pytest.raises(Unlike) as caught:
            together(held, ["a", "b"])
        assert (caught.value.one.id, caught.value.case, caught.value.missing) == (has, CASE.id, True)
    with pytest.raises(Unlike) as caught:
        together([one, replace(other, workshop=replace(other.workshop, id="another"))], ["a", "b"])
    assert caught.value.case == ""
    told = (replace(CASE, story="Another story", title="Another title"), *other.workshop.cases[1:])
    after = replace(other, workshop=replace(other.workshop, cases=told))
    assert together([one, after], ["a", "b"]).workshop.cases == told


def test_duplicates_stay_duplicates() -> None:
    """A row says which other text it was written beside, by the id that this has now."""
    held = session(1, {})
    doubled = Sheet(
        CASE.id, "g1", (Row("r", {"organisation": "社協"}), Row("s", {"organisation": "役場"}, duplicate_of="r"))
    )
    (sheet,) = (
        each
        for each in together([replace(held, sheets={(CASE.id, "g1"): doubled})], ["午前"]).sheets.values()
        if each.rows
    )
    assert sheet.rows[1].duplicate_of == sheet.rows[0].id


@given(evenings)
def test_without_names_nothing_tells_a_group(written: Written) -> None:
    """Names and keys are gone; rows, and what was settled of them, are all there."""
    only = Settlement(CASE.id, "社協", Meaning(), Only("g2", "r0"))
    held = session(1, written, (only, Settlement(CASE.id, "社協", Meaning())))
    of = anonymous(replace(held, heard={"t": 1}), "Group {}".format)
    assert [(group.id, group.name) for group in of.groups] == [("g1", "Group 1"), ("g2", "Group 2")]
    assert [of.keys, of.heard, of.aside, of.before] == [{}, {}, {}, ()]
    assert sorted(names(of)) == sorted(names(held))
    assert lines(of) == lines(held)
