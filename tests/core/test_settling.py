"""What the facilitator says of names: settled, merged, split, taken back; and no entry is ever lost by it."""

from collections.abc import Sequence
from typing import Any

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from shuro_tui.core import commands as ask
from shuro_tui.core import events as did
from shuro_tui.core.commands import Refused
from shuro_tui.core.comparison import Comparer, compare
from shuro_tui.core.findings import behind
from shuro_tui.core.lines import Comparison, Line
from shuro_tui.core.meaning import Meaning, Only, Settlement
from shuro_tui.core.model import Millis
from shuro_tui.core.session import Session, apply, decide
from shuro_tui.core.settling import ident, settled
from shuro_tui.core.sheet import CHARACTERS_AT_MOST, Row, Sheet
from shuro_tui.core.viewing import facilitator_view, group_view
from shuro_tui.core.views import Surroundings
from tests.workshops import START, after, at_work, case, catalogue, workshop, write

NOW = Millis(START + 900_000)
APART = Meaning()


def compared(session: Session) -> Comparison:
    """The comparison of case a."""
    sheets = tuple(session.sheet("a", group.id) for group in session.groups)
    settlements = session.rundown.settlements
    return compare(session.workshop.cases[0], session.workshop.catalogue, session.groups, sheets, settlements)


def written(*names: str) -> Session:
    """A session in which group 1, 2 … wrote one of the names each."""
    session = at_work(len(names))
    for number, name in enumerate(names, 1):
        session = write(session, f"g{number}", (name, "相談"))
    return session


def settle(session: Session, *names: str, to: Meaning | None, only: Only | None = None) -> Session:
    """The session after the facilitator said what names stand for."""
    return after(session, [(12, None, ask.SettleNames("a", names, to, only))])


def lines(session: Session) -> dict[str, list[str]]:
    """The lines that somebody is in: name → groups."""
    return {line.name: list(line.groups) for line in compared(session).lines if line.entries}


def test_a_name_is_settled_for_every_group() -> None:
    """However it is typed; the entries say so, and say what the name was taken for by itself."""
    session = settle(written("支援センター", "「支援センター」さん", "なかぽつ"), "支援センター", to=Meaning("pol"))
    (line,) = [line for line in compared(session).lines if line.entries]
    assert (line.organisation, line.groups) == ("pol", ("g1", "g2", "g3"))
    assert [entry.settled for entry in line.entries] == [Meaning("pol"), Meaning("pol"), None]
    assert line.entries[0].match.candidates == ("pol", "hokatsu")


def test_a_name_is_settled_in_one_row_only() -> None:
    """The same name of another group still waits; in that row it stays settled while another name does not."""
    session = settle(written("支援センター", "支援センター"), "支援センター", to=Meaning("pol"), only=Only("g1", "r0"))
    assert lines(session) == {"障害者就業・生活支援センター": ["g1"], "支援センター": ["g2"]}
    fields = {"organisation": "主治医", "content": "", "whom": ""}
    other = after(session, [(13, "g1", ask.WriteRow("a", "r0", fields))])
    assert lines(other) == {"主治医": ["g1"], "支援センター": ["g2"]}


def test_names_of_no_catalogue_are_merged() -> None:
    """Under the one that they go into, and along with it wherever that goes."""
    session = settle(written("喫茶店", "カフェ夢", "きっさ夢"), "カフェ夢", "きっさ夢", to=Meaning(into="喫茶店"))
    assert lines(session) == {"喫茶店": ["g1", "g2", "g3"]}
    settled = settle(session, "喫茶店", to=Meaning("jc"))
    assert lines(settled) == {"ジョブコーチ": ["g1", "g2", "g3"]}


def test_a_name_that_is_merged_with_a_known_one_is_known() -> None:
    """It stands for what the other does."""
    assert lines(settle(written("駅前の窓口"), "駅前の窓口", to=Meaning(into="ﾊﾛｰﾜｰｸ"))) == {"公共職業安定所": ["g1"]}


def test_names_that_are_merged_in_a_circle_stay_one() -> None:
    """Each into the next: the last has no further to go."""
    session = written("甲", "乙", "丙")
    for name, into in (("甲", "乙"), ("乙", "丙"), ("丙", "甲"), ("甲", "甲")):
        session = settle(session, name, to=Meaning(into=into))
    assert lines(session) == {"丙": ["g1", "g2", "g3"]}


def test_a_name_that_was_taken_for_an_organisation_is_split_off() -> None:
    """All of it, or one entry of it, which then stands alone."""
    session = written("ハロワーク", "ハロワーク", "ハローワーク")
    assert lines(settle(session, "ハロワーク", to=APART)) == {"公共職業安定所": ["g3"], "ハロワーク": ["g1", "g2"]}
    one = settle(session, "ハロワーク", to=APART, only=Only("g2", "r0"))
    assert lines(one) == {"公共職業安定所": ["g1", "g3"], "ハロワーク": ["g2"]}
    both = settle(one, "ハロワーク", to=APART, only=Only("g1", "r0"))
    assert [line.groups for line in compared(both).lines if line.name == "ハロワーク"] == [("g1",), ("g2",)]


def test_an_entry_that_is_split_off_finds_its_way_back() -> None:
    """Merged with its own name, or taken back."""
    session = written("移行", "移行")
    apart = settle(session, "移行", to=APART, only=Only("g2", "r0"))
    assert settle(apart, "移行", to=Meaning(into="移行"), only=Only("g2", "r0")).rundown == session.rundown
    assert settle(apart, "移行", to=None, only=Only("g2", "r0")).rundown == session.rundown


def test_what_was_said_is_taken_back() -> None:
    """By its own command long after, or by an undo at once."""
    session = written("支援センター", "喫茶店")
    said = settle(session, "支援センター", to=Meaning("pol"))
    later = settle(said, "喫茶店", to=Meaning("jc"))
    assert lines(settle(later, "支援センター", to=None)) == {"支援センター": ["g1"], "ジョブコーチ": ["g2"]}
    assert after(later, [(13, None, ask.Undo())]).rundown == said.rundown
    assert after(later, [(13, None, ask.Undo()), (14, None, ask.Undo())]).rundown == session.rundown


def test_one_name_of_several_in_a_field_is_settled() -> None:
    """The others stay what they are."""
    session = settle(written("ハローワーク、支援センター"), "支援センター", to=Meaning("hokatsu"))
    assert lines(session) == {"公共職業安定所": ["g1"], "地域包括支援センター": ["g1"]}
    assert compared(session).rows == 1


def test_an_organisation_that_left_the_catalogue_settles_nothing() -> None:
    """The name stands for what it says by itself."""
    session = settle(written("支援センター"), "支援センター", to=Meaning("jc"))
    less = replace(catalogue(), resources=catalogue().resources[4:])
    edited = apply(session, did.WorkshopChanged(NOW, replace(workshop(), catalogue=less)))
    assert lines(edited) == {"支援センター": ["g1"]}


@pytest.mark.parametrize(
    ("command", "reason"),
    [
        (ask.SettleNames("x", ("移行",), APART), "no-such-case"),
        (ask.SettleNames("a", (), APART), "no-such-name"),
        (ask.SettleNames("a", ("移行", " "), APART), "no-such-name"),
        (ask.SettleNames("a", ("移行",) * 201, APART), "no-such-name"),
        (ask.SettleNames("a", ("あ" * (CHARACTERS_AT_MOST + 1),), APART), "too-long"),
        (ask.SettleNames("a", ("移行",), Meaning(into="あ" * (CHARACTERS_AT_MOST + 1))), "too-long"),
        (ask.SettleNames("a", ("移行",), Meaning("nobody")), "no-such-organisation"),
        (ask.SettleNames("a", ("移行",), APART, Only("g1", "nowhere")), "no-such-row"),
        (ask.SettleNames("a", ("移行",), APART, Only("nobody", "r0")), "no-such-row"),
    ],
)
def test_what_makes_no_sense_is_refused(command: ask.SettleNames, reason: str) -> None:
    """With the reason."""
    with pytest.raises(Refused) as caught:
        decide(written("移行"), command, NOW)
    assert caught.value.reason == reason


def test_saying_it_again_changes_nothing() -> None:
    """Nor does taking back what was not said; a group says nothing of names."""
    session = settle(written("移行"), "移行", to=Meaning("pol"))
    assert decide(session, ask.SettleNames("a", ("移行",), Meaning("pol")), NOW) == ()
    assert decide(session, ask.SettleNames("a", ("包括",), None), NOW) == ()
    with pytest.raises(Refused, match="not-allowed"):
        decide(session, ask.SettleNames("a", ("移行",), APART), NOW, "g1")


def test_who_hears_of_it() -> None:
    """The facilitator at once, the groups once the case is revealed: the names are what others typed."""
    session = settle(written("秘密の店", "移行"), "秘密の店", to=Meaning("jc"))
    said = (Settlement("a", "秘密の店", Meaning("jc")),)
    assert facilitator_view(session, Surroundings()).settlements == said
    hidden = group_view(session, session.groups[1])
    assert hidden.settlements == ()
    assert "秘密の店" not in msgspec.json.encode(hidden).decode()
    revealed = after(session, [(13, None, ask.Reveal("a"))])
    assert group_view(revealed, session.groups[1]).settlements == said


# Whatever is said, of whatever was written.

NAMES = ("ハローワーク", "ハロワーク", "支援センター", "なかぽつ、移行", "喫茶店", "カフェ夢", "夢", "", "・")
GROUPS = ("g1", "g2", "g3")
names = st.sampled_from(NAMES)
texts = st.one_of(names, names, st.text(max_size=4))
onlys = st.none() | st.builds(Only, st.sampled_from(GROUPS), st.sampled_from(("r0", "r1", "r2")))
said_meanings = st.none() | st.builds(
    Meaning, st.sampled_from((None, None, "hw", "pol", "nobody")), st.sampled_from(("", "", *NAMES))
)
sayings = st.lists(st.tuples(st.lists(texts, min_size=1, max_size=3).map(tuple), said_meanings, onlys), max_size=6)
sheets = st.lists(
    st.tuples(st.sampled_from(GROUPS), st.lists(st.tuples(texts, texts), max_size=3)), unique_by=lambda each: each[0]
)


def sheet(group: str, rows: Sequence[tuple[str, str]]) -> Sheet:
    """A sheet of rows: organisation, content."""
    fields = ({"organisation": name, "content": content, "whom": ""} for name, content in rows)
    return Sheet("a", group, tuple(Row(f"r{number}", each) for number, each in enumerate(fields)))


def said(steps: Sequence[tuple[tuple[str, ...], Meaning | None, Only | None]]) -> list[tuple[Settlement, ...]]:
    """What stands after each step."""
    stood: list[tuple[Settlement, ...]] = [()]
    for each, meaning, only in steps:
        stood.append(settled(stood[-1], "a", each, meaning, only))
    return stood


def entries(found: Sequence[Line]) -> list[Any]:
    """(group, row, part) of every entry."""
    return sorted((entry.group, entry.row, entry.part) for line in found for entry in line.entries)


@settings(deadline=None)
@given(sheets, sayings)
def test_every_entry_stands_in_one_line_whatever_was_said(
    written: list[tuple[str, list[tuple[str, str]]]], steps: list[tuple[tuple[str, ...], Meaning | None, Only | None]]
) -> None:
    """Each row in as many as it has names, each once, and none without a row; and again as before when it is undone."""
    own = [sheet(*each) for each in written]
    groups = at_work(3).groups
    rows = {(each.group, row.id) for each in own for row in each.rows if not row.blank}
    parts: list[Any] | None = None
    for stand in (*said(steps), ()):
        found = compare(case(), catalogue(), groups, own, stand)
        stood = entries(found.lines)
        assert parts is None or stood == parts
        parts = stood
        assert len(set(stood)) == len(stood)
        assert {(group, row) for group, row, _ in stood} == rows
        assert [part for _, _, part in stood if part == 0] == [0] * len(rows)
        assert found.rows == len(rows)
        assert len({line.id for line in found.lines}) == len(found.lines)
        counted = sum(sum(counts.values()) for counts in found.coverage.values())
        assert counted == sum(len(line.entries) for line in found.lines if line.organisation is not None)
        for finding in found.findings:
            assert set(finding.lines) <= {line.id for line in found.lines}
            assert {entry.group for entry in behind(finding, found, case())} == set(finding.groups)


@settings(deadline=None)
@given(st.lists(st.tuples(sheets, sayings.map(lambda steps: said(steps)[-1])), min_size=1, max_size=5))
def test_a_comparison_that_follows_is_the_one_made_anew(
    stages: list[tuple[list[tuple[str, list[tuple[str, str]]]], tuple[Settlement, ...]]],
) -> None:
    """Whatever was written, taken away or said in between; and what it made before is as it was."""
    comparer, groups = Comparer(case(), catalogue()), at_work(2).groups
    before: list[tuple[Comparison, bytes]] = []
    for written, stand in stages:
        own = [sheet(*each) for each in written]
        found = comparer.compare(groups, own, stand)
        assert found == compare(case(), catalogue(), groups, own, stand)
        before.append((found, msgspec.json.encode(found)))
        assert all(msgspec.json.encode(made) == stood for made, stood in before)


@settings(deadline=None)
@given(sayings)
def test_what_was_said_names_a_name_once(
    steps: list[tuple[tuple[str, ...], Meaning | None, Only | None]],
) -> None:
    """The last word counts."""
    for stand in said(steps):
        subjects = [(ident(each.name), each.only) for each in stand]
        assert len(set(subjects)) == len(subjects)
