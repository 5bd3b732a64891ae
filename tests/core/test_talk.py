"""What the facilitator adds to a comparison: remarks beside rows, names that are hidden, the model answer."""

import msgspec
import pytest
from hypothesis import given
from msgspec.structs import replace

from shuro_tui.core import commands as ask
from shuro_tui.core.annotated import annotated
from shuro_tui.core.commands import Command, Display, Refused
from shuro_tui.core.comparison import compare
from shuro_tui.core.events import WorkshopChanged
from shuro_tui.core.lines import Comparison
from shuro_tui.core.meaning import Meaning, Only
from shuro_tui.core.model import Millis
from shuro_tui.core.nameless import neutral
from shuro_tui.core.remarks import Remark, beside
from shuro_tui.core.session import Session, apply, decide
from shuro_tui.core.together import anonymous, together
from shuro_tui.core.viewing import facilitator_view, group_view, screen_view
from shuro_tui.core.views import GroupView, Surroundings
from tests import workshops
from tests.workshops import MODEL, START, after, at_work, session, sessions_of, write

NOW = Millis(START + 900_000)
STAR = ask.MarkRow("a", "g1", "r0", starred=True)
PUT_UP = ask.PutUp(Display("comparison", "a"))
SHOWN: list[workshops.Step] = [(12, None, ask.Reveal("a")), (12, None, PUT_UP)]


def written(groups: int = 3) -> Session:
    """Groups that wrote a row for the first case, each of its own."""
    now = at_work(groups)
    for group in now.groups:
        now = write(now, group.id, (f"なかぽつ {group.id[1:]}号", "職業相談", "本人"))
    return now


def done(before: Session, *commands: Command) -> Session:
    """After what the facilitator did."""
    return after(before, [(13, None, command) for command in commands])


def view(now: Session, number: int = 0) -> GroupView:
    """The view of a group."""
    return group_view(now, now.groups[number])


def sent(seen: object) -> str:
    """What goes over the wire."""
    return msgspec.json.encode(seen).decode()


def wall(now: Session) -> Comparison:
    """The comparison on the projector."""
    comparison = screen_view(now, Surroundings()).comparison
    assert comparison is not None
    return comparison


def test_a_row_is_marked_and_commented_on_and_neither_again() -> None:
    """Each remark takes the place of the one before; a blank one takes it back, and so does an undo."""
    now = done(written(), STAR, replace(STAR, group="g2"), replace(STAR, comment=" よい\n視点 "))
    first = Remark("a", "g1", "r0", True, "よい 視点")
    assert now.rundown.remarks == (first, Remark("a", "g2", "r0", True))
    assert beside(now.rundown.remarks, "a", "g1", "r0") == first
    assert beside(now.rundown.remarks, "a", "g3", "r0").blank
    assert done(now, replace(STAR, starred=False)).rundown.remarks == (Remark("a", "g2", "r0", True),)
    assert done(now, ask.Undo()).rundown.remarks[0] == Remark("a", "g1", "r0", True)
    assert decide(now, replace(STAR, comment="よい 視点"), NOW) == ()


@pytest.mark.parametrize(
    ("command", "reason"),
    [
        (replace(STAR, case="x"), "no-such-case"),
        (replace(STAR, row="nowhere"), "no-such-row"),
        (replace(STAR, group="nobody"), "no-such-row"),
        (replace(STAR, comment="長" * (ask.COMMENT_AT_MOST + 1)), "too-long"),
        (ask.RevealModel("x"), "no-such-case"),
        (ask.RevealModel("a"), "not-revealed"),
    ],
)
def test_what_makes_no_sense_is_refused(command: Command, reason: str) -> None:
    """With the reason, and whoever is not the facilitator altogether."""
    with pytest.raises(Refused) as refused:
        decide(written(), command, NOW)
    assert refused.value.reason == reason
    with pytest.raises(Refused):
        decide(written(), command, NOW, "g1")


def test_what_is_noted_beside_a_row_that_is_gone_can_be_taken_back() -> None:
    """Though nothing more can be noted there."""
    now = after(done(written(), STAR), [(13, "g1", ask.DeleteRow("a", "r0"))])
    assert done(now, replace(STAR, starred=False)).rundown.remarks == ()
    with pytest.raises(Refused):
        done(now, replace(STAR, comment="惜しい"))


def test_remarks_are_seen_by_all_only_where_the_case_is_revealed() -> None:
    """The facilitator sees them always."""
    now = done(written(), STAR)
    assert facilitator_view(now, Surroundings()).remarks == (Remark("a", "g1", "r0", True),)
    assert view(now).remarks == ()
    up = after(now, SHOWN)
    assert view(up).remarks == wall(up).remarks == (Remark("a", "g1", "r0", True),)
    other = done(write(up, "g1", ("社協", "相談"), case="b"), replace(STAR, case="b"))
    assert view(other).remarks == wall(other).remarks == view(up).remarks
    entries = {entry.group: entry for line in wall(up).lines for entry in line.entries}
    assert [wall(up).remark(entries[group]).starred for group in ("g1", "g2")] == [True, False]
    assert [group for line in wall(up).lines for group in wall(up).starred(line)] == ["g1"]
    assert not any(map(wall(done(up, replace(STAR, starred=False, comment="よい"))).starred, wall(up).lines))


def test_hidden_names_are_sent_to_nobody_but_the_facilitator() -> None:
    """Neither on the projector nor to another group, in nothing about what was written; each knows its own."""
    now = after(done(written(), STAR, ask.HideNames(hidden=True)), SHOWN)
    now = done(now, ask.SettleNames("a", ("なかぽつ 2号",), Meaning("pol"), Only("g2", "r0")))
    assert sorted(group.name for group in wall(now).groups) == ["グループA", "グループB", "グループC"]
    assert not any(f'"g{n}"' in sent(wall(now)) for n in (1, 2, 3))
    seen = view(now, 0)
    assert {group.name for group in seen.groups} > {"1班"}
    of_others = (seen.others, seen.settlements, seen.groups, seen.comparison)
    assert not any(text in sent(of_others) for text in ('"g2"', '"g3"', "2班", "3班"))
    assert {sheet.group for sheet in seen.sheets} == {"g1"}
    assert [(row.updated_at, row.revision) for sheet in seen.others for row in sheet.rows] == [(0, ""), (0, "")]
    assert [remark.group for remark in seen.remarks] == ["g1"]
    assert [remark.group for remark in view(now, 1).remarks] == [neutral(now)["g1"].id]
    told = facilitator_view(now, Surroundings())
    assert told.neutral == {group: named.name for group, named in neutral(now).items()}
    assert [progress.group.name for progress in told.progress] == ["1班", "2班", "3班"]


def test_the_wall_tells_how_far_nobody_in_particular_is_while_names_are_hidden() -> None:
    """Nor when that changed; the furthest stand first, whatever the order of the groups."""
    up = after(written(), [(20, "g2", ask.Submit("a"))])
    around = Surroundings(terminals={"g2": 1})
    assert [each.group.name for each in screen_view(up, around).progress] == ["1班", "2班", "3班"]
    hidden = screen_view(done(up, ask.HideNames(hidden=True)), around)
    assert {(each.group.id, each.group.name, each.changed_at) for each in hidden.progress} == {("", "", None)}
    assert [(each.submitted, each.terminals) for each in hidden.progress] == [(("a",), 1), ((), 0), ((), 0)]
    assert not any(text in sent(hidden) for text in ("班", '"g1"', '"g2"'))


def test_the_ecomap_of_a_group_is_put_up_under_its_neutral_name() -> None:
    """On the wall and for the others; the group itself knows it."""
    now = after(done(written(), ask.HideNames(hidden=True)), SHOWN)
    now = done(now, ask.PutUp(Display("ecomap", "a", ("g2",))))
    hidden = neutral(now)["g2"].id
    assert screen_view(now, Surroundings()).display.groups == (hidden,)
    assert [view(now, number).display.groups for number in (0, 1)] == [(hidden,), ("g2",)]
    assert facilitator_view(now, Surroundings()).display.groups == ("g2",)
    gone = replace(now, rundown=replace(now.rundown, display=Display("ecomap", "a", ("g2", "nobody"))))
    assert screen_view(gone, Surroundings()).display.groups == (hidden,)


def test_names_come_back_with_an_undo_or_by_themselves() -> None:
    """And asking for what is so already changes nothing."""
    shown = after(written(), SHOWN)
    hidden = done(shown, ask.HideNames(hidden=True))
    assert wall(done(hidden, ask.Undo())) == wall(done(hidden, ask.HideNames(hidden=False))) == wall(shown)
    assert decide(hidden, ask.HideNames(hidden=True), NOW) == ()
    assert facilitator_view(shown, Surroundings()).neutral == {}


def test_neutral_names_stay_and_say_nothing_of_the_order() -> None:
    """They hang on the groups' keys alone; after Z comes AA."""
    many = session(40)
    assert neutral(many) == neutral(done(after(many, [(0, None, ask.Start())]), ask.GoTo(1)))
    names = [group.name for group in neutral(many).values()]
    assert names[24:28] == ["グループY", "グループZ", "グループAA", "グループAB"]
    assert list(neutral(many)) != [group.id for group in many.groups]
    other = replace(many, keys={group.id: f"other-{group.id}" for group in many.groups})
    assert list(neutral(many)) != list(neutral(other))


@given(workshops.evenings)
def test_on_any_evening_hidden_names_stay_hidden(steps: workshops.Evening) -> None:
    """Every group named in what others wrote is a neutral one, or the group itself; no row is lost or made up."""
    now = done(at_work(2), ask.HideNames(hidden=True), ask.Reveal("a"))
    for now in sessions_of(now, steps):  # noqa: B020 - each is the evening as it goes on
        if not now.rundown.names_hidden:
            continue
        known = {named.id for named in neutral(now).values()}
        for number, own in enumerate(("g1", "g2")):
            seen = view(now, number)
            named = {group.id for group in seen.groups} | {remark.group for remark in seen.remarks}
            named |= {sheet.group for sheet in seen.others} | {*seen.display.groups}
            named |= {each.only.group for each in seen.settlements if each.only}
            assert named <= known - {neutral(now)[own].id} | {own}
            theirs = [sheet for sheet in now.sheets.values() if sheet.group != own and sheet.case in now.revealed]
            assert sum(len(sheet.rows) for sheet in seen.others) == sum(len(sheet.rows) for sheet in theirs)
        comparison = screen_view(now, Surroundings()).comparison
        if comparison is not None:
            assert {entry.group for line in comparison.lines for entry in line.entries} <= known


def test_a_model_answer_is_seen_by_nobody_until_it_is_revealed() -> None:
    """Then by all, and it stays, whatever is undone."""
    up = after(written(), SHOWN)
    assert MODEL not in sent(view(up)) + sent(screen_view(up, Surroundings()))
    assert wall(up).model == {}
    now = done(up, ask.RevealModel("a"))
    assert MODEL in sent(view(now))
    assert MODEL in sent(screen_view(now, Surroundings()))
    assert facilitator_view(now, Surroundings()).models == ("a",)
    assert done(now, ask.Undo()).models == {"a"}
    assert decide(now, ask.RevealModel("a"), NOW) == ()


def test_a_case_without_a_model_answer_has_none_to_reveal() -> None:
    """And says so."""
    up = after(written(), SHOWN)
    cases = tuple(replace(case, model=()) for case in up.workshop.cases)
    with pytest.raises(Refused) as refused:
        decide(replace(up, workshop=replace(up.workshop, cases=cases)), ask.RevealModel("a"), NOW)
    assert refused.value.reason == "no-model-answer"


def test_a_model_answer_stands_beside_the_groups_and_is_none_of_them() -> None:
    """By the same lines; what it alone names comes last. Findings, groups, coverage and rows are as without it."""
    now = written()
    case, catalogue = now.workshop.cases[0], now.workshop.catalogue
    plain = compare(case, catalogue, now.groups, tuple(now.sheets.values()))
    with_model = annotated(plain, case, catalogue, model=True)
    assert [(line, [entry.typed for entry in own]) for line, own in with_model.model.items()] == [
        ("hw", ["HW"]),
        ("pol", ["なかぽつ"]),
        ("=社協", ["社協"]),
    ]
    assert [(line.name, line.entries) for line in with_model.lines[len(plain.lines) :]] == [("社協", ())]
    assert replace(with_model, lines=plain.lines, model={}) == plain
    assert annotated(plain, replace(case, model=()), catalogue, model=True) == plain


def test_a_workshop_that_is_edited_takes_its_model_answer_with_it() -> None:
    """Another one where the case is still there; none where it is gone."""
    now = done(after(written(), SHOWN), ask.RevealModel("a"))
    first, second = now.workshop.cases
    other = replace(first, model=({"organisation": "フードバンク"},))
    changed = apply(now, WorkshopChanged(NOW, replace(now.workshop, cases=(other, second))))
    assert wall(changed).model.keys() == {"=ふーどばんく"}
    segments = tuple(replace(segment, cases=()) for segment in now.workshop.segments)
    gone = apply(now, WorkshopChanged(NOW, replace(now.workshop, segments=segments, cases=(second,))))
    assert gone.models == frozenset()


def test_remarks_go_with_their_rows_into_other_sessions() -> None:
    """Those of several rooms together, and of one without names."""
    one = done(written(2), STAR)
    other = replace(done(written(2), replace(STAR, group="g2")), id="other")
    both = together((one, other), ("東", "西")).rundown.remarks
    assert {(remark.group, remark.row) for remark in both} == {("evening", "g1.r0"), ("other", "g2.r0")}
    assert anonymous(one, str).rundown.remarks == one.rundown.remarks
