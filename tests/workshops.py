"""A small workshop, sessions of it, and random evenings: what many tests build on."""

from collections.abc import Iterator, Sequence
from typing import get_args

from hypothesis import strategies as st
from msgspec.structs import replace

from shuro_tui.core import commands as ask
from shuro_tui.core.blocks import Heading, Span
from shuro_tui.core.commands import Command, Display, Refused, Shown
from shuro_tui.core.group import Group
from shuro_tui.core.meaning import Meaning, Only
from shuro_tui.core.model import Case, Catalogue, Column, Fact, Millis, Resource, Segment, Slide, Unsettled, Workshop
from shuro_tui.core.session import Session, apply, decide

START = Millis(1_700_000_000_000)
MINUTE = 60_000
NOTES = "ノートは講師だけが読む"
REHEARSAL = "リハーサルの書き込み"
MODEL = "講師の考えた連携"

COLUMNS = (
    Column("organisation", "連携機関名", "organisation"),
    Column("content", "連携内容", "text"),
    Column("whom", "誰への支援か", "choice", ("本人", "家族", "事業所")),
)

Step = tuple[int, str | None, Command]
"""Minute after START, who asks (None: the facilitator), what for."""


def catalogue() -> Catalogue:
    """Eight organisations of four fields, two of them additions, and two names that are never settled."""
    return Catalogue(
        (
            Resource(
                "hw", "公共職業安定所", "こうきょうしょくぎょうあんていじょ", "就労", "", "", ("ハローワーク", "HW")
            ),
            Resource(
                "center",
                "地域障害者職業センター",
                "ちいきしょうがいしゃしょくぎょうセンター",
                "就労",
                "",
                "",
                ("職セン",),
            ),
            Resource(
                "pol",
                "障害者就業・生活支援センター",
                "しょうがいしゃしゅうぎょう",
                "就労",
                "",
                "",
                ("なかぽつ", "中ポツ"),
            ),
            Resource("jc", "ジョブコーチ", "ジョブコーチ", "就労", "", "", ("JC",), origin="addition"),
            Resource("hokatsu", "地域包括支援センター", "ちいきほうかつしえんセンター", "地域", "", "", ("包括",)),
            Resource("byoin", "精神科病院", "せいしんかびょういん", "医療", "", "", ("PSW",)),
            Resource("clinic", "精神科クリニック", "せいしんかクリニック", "医療", "", "", ("クリニック",)),
            Resource("nenkin", "年金事務所", "ねんきんじむしょ", "生活", "", "", ("年金機構",), origin="addition"),
        ),
        (
            Unsettled("支援センター", ("pol", "hokatsu")),
            Unsettled("主治医", ("byoin", "clinic")),
            Unsettled("センター", ("center", "pol", "hokatsu", "byoin", "clinic")),
            Unsettled("移行", ("pol",)),
        ),
    )


def slide(title: str) -> Slide:
    """A slide with notes."""
    return Slide(title, (Heading(1, (Span(title),)),), notes=NOTES)


def case(case_id: str = "a", columns: tuple[Column, ...] = COLUMNS) -> Case:
    """A case with what a rehearsal types into it."""
    rehearsal = ({"organisation": "ハローワーク", "content": REHEARSAL, "whom": "本人"},)
    model = ({"organisation": "なかぽつ、社協", "content": MODEL, "whom": "本人"}, {"organisation": "HW"})
    facts = (Fact("年齢", "48歳"),)
    return Case(case_id, f"事例 {case_id}", facts, "物語", "どう連携しますか。", columns, rehearsal, model=model)


def workshop() -> Workshop:
    """A lecture of 10 minutes, two cases in 20, a summary without slides in 5; each can live with half of it."""
    return Workshop(
        id="small",
        title="地域の就労支援機関と役割",
        language="ja",
        course="基礎研修",
        segments=(
            Segment("talk", "講義", Millis(10 * MINUTE), Millis(5 * MINUTE), (slide("一"), slide("二")), notes=NOTES),
            Segment("work", "事例", Millis(20 * MINUTE), Millis(10 * MINUTE), (slide("三"),), cases=("a", "b")),
            Segment("end", "まとめ", Millis(5 * MINUTE), Millis(2 * MINUTE), ()),
        ),
        cases=(case("a"), case("b")),
        catalogue=catalogue(),
    )


def session(groups: int = 3) -> Session:
    """A session that has not begun, of groups g1, g2, …"""
    taking_part = tuple(Group(f"g{number}", f"{number}班") for number in range(1, groups + 1))
    return Session.new("evening", workshop(), taking_part, {each.id: f"key-{each.id}" for each in taking_part}, START)


def after(before: Session, steps: Sequence[Step]) -> Session:
    """The session after the steps. Raises Refused."""
    for minute, group, command in steps:
        for event in decide(before, command, Millis(START + minute * MINUTE), group):
            before = apply(before, event)
    return before


def at_work(groups: int = 3) -> Session:
    """A session whose cases are open since its tenth minute."""
    return after(session(groups), [(0, None, ask.Start()), (10, None, ask.GoTo(1))])


def row(row_id: str, *texts: str, case: str = "a", revision: str = "", made_from: str = "") -> ask.WriteRow:
    """Write a row at the end: organisation, content, whom."""
    fields = dict(zip(("organisation", "content", "whom"), texts, strict=False))
    return ask.WriteRow(case, row_id, fields, revision=revision, made_from=made_from)


def write(before: Session, group: str, *rows: Sequence[str], case: str = "a") -> Session:
    """The session after a group wrote rows at the end of its sheet, in the eleventh minute."""
    count = len(before.sheet(case, group).rows)
    commands = [row(f"r{count + number}", *texts, case=case) for number, texts in enumerate(rows)]
    return after(before, [(11, group, command) for command in commands])


def without_organisations(before: Session) -> Session:
    """The session with cases whose sheets have a text and a choice only."""
    cases = tuple(replace(each, columns=COLUMNS[1:]) for each in before.workshop.cases)
    return replace(before, workshop=replace(before.workshop, cases=cases))


# Random evenings.

cases = st.sampled_from(("a", "b"))
row_ids = st.sampled_from(("r1", "r2", "r3", "r4"))
positions = st.integers(-1, 6)
revisions = st.sampled_from(("", "", "v1", "v2", "v3"))
_names = st.sampled_from(("ハローワーク", "職安", "なかぽつ", "支援センター", "ハロワーク", "喫茶店", "", " "))
_choices = st.sampled_from(("", "本人", "家族"))


def displays(cases: st.SearchStrategy[str]) -> st.SearchStrategy[Display]:
    """Whatever may be put up, of one group where it is of any."""
    groups = st.sampled_from(((), ("g1",), ("g2",)))
    return st.builds(Display, st.sampled_from(get_args(Shown)), cases, groups)


def mark(group: str, case_id: str) -> str:
    """What stands in everything that a group writes for a case on a random evening."""
    return f"<{group} {case_id}>"


def note(group: str | None) -> str:
    """What a message on a random evening says; None: to everybody."""
    return f"<to {group or 'all'}>"


@st.composite
def _writing(draw: st.DrawFn) -> tuple[str, Command]:
    group, case_id = draw(st.sampled_from(("g1", "g2"))), draw(cases)
    fields = {
        "organisation": draw(_names) + draw(st.sampled_from(("", mark(group, case_id)))),
        "content": mark(group, case_id) + draw(st.text(max_size=3)),
        "whom": draw(_choices),
    }
    return group, ask.WriteRow(case_id, draw(row_ids), fields, draw(positions), draw(revisions), draw(revisions))


@st.composite
def _settling(draw: st.DrawFn) -> ask.SettleNames:
    """What a facilitator says of names that a group wrote for a case, or may have."""
    case_id = draw(cases)
    typed = st.builds(
        lambda name, group: name + mark(group, case_id), _names, st.sampled_from(("g1", "g2"))
    ) | st.sampled_from(("支援センター", "喫茶店"))
    meaning = st.none() | st.builds(Meaning, st.sampled_from((None, "hw", "pol")), st.just("") | typed)
    only = st.none() | st.builds(Only, st.sampled_from(("g1", "g2")), row_ids)
    return ask.SettleNames(case_id, tuple(draw(st.lists(typed, min_size=1, max_size=2))), draw(meaning), draw(only))


@st.composite
def _marking(draw: st.DrawFn) -> ask.MarkRow:
    """What a facilitator notes beside a row that a group wrote, or may have."""
    case_id, group = draw(cases), draw(st.sampled_from(("g1", "g2")))
    comment = draw(st.sampled_from(("", mark(group, case_id))))
    return ask.MarkRow(case_id, group, draw(row_ids), draw(st.booleans()), comment)


group_steps: st.SearchStrategy[tuple[str | None, Command]] = st.one_of(
    _writing(),
    _writing(),
    st.tuples(
        st.sampled_from(("g1", "g2")),
        st.one_of(
            st.builds(ask.DeleteRow, cases, row_ids, revisions),
            st.builds(ask.Settle, cases, row_ids, st.sampled_from(("this", "all"))),
            st.builds(ask.MoveRow, cases, row_ids, positions),
            st.builds(ask.Submit, cases),
            st.builds(ask.TakeBack, cases),
        ),
    ),
)
facilitator_steps: st.SearchStrategy[tuple[str | None, Command]] = st.tuples(
    st.none(),
    st.one_of(
        st.builds(ask.GoTo, st.integers(0, 2), st.integers(0, 1)),
        st.sampled_from((ask.Start(), ask.Pause(), ask.Resume(), ask.Undo(), ask.Undo(), ask.Finish())),
        st.builds(ask.AddTime, st.integers(-1_000_000, 1_000_000).map(Millis)),
        _marking(),
        st.builds(ask.HideNames, st.booleans()),
        st.builds(ask.RevealModel, cases),
        st.builds(ask.MoveEnd, st.integers(-1_000_000, 1_000_000).map(Millis)),
        st.sampled_from((ask.Replan("share"), ask.Interrupt("question"), ask.EndInterruption())),
        st.sampled_from((None, "g1", "g2")).map(lambda group: ask.Announce(note(group), group)),
        st.builds(ask.CloseCase, cases, st.sampled_from((0, 2_000, 9_000)).map(Millis)),
        st.builds(ask.BringBack, cases, st.sampled_from(("g1", "g2")), row_ids),
        st.builds(ask.TakeLate, cases, st.sampled_from(("g1", "g2"))),
        st.builds(ask.ReopenCase, cases),
        st.builds(ask.Reveal, cases),
        _settling(),
        st.builds(ask.PutUp, displays(cases)),
    ),
)
Evening = list[tuple[str | None, Command]]
evenings: st.SearchStrategy[Evening] = st.lists(st.one_of(facilitator_steps, group_steps), max_size=25)


def sessions_of(before: Session, steps: Sequence[tuple[str | None, Command]]) -> Iterator[Session]:
    """The session after each step; what is refused changes nothing."""
    for number, (group, command) in enumerate(steps):
        try:
            events = decide(before, command, Millis(START + 11 * MINUTE + number * 1000), group)
        except Refused:
            continue
        for event in events:
            before = apply(before, event)
        yield before
