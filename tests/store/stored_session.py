"""A small workshop, and random evenings with it."""

from hypothesis import strategies as st

from shuro_tui.core import commands as ask
from shuro_tui.core.commands import Command, Refused
from shuro_tui.core.events import CutOff, Event, Heard
from shuro_tui.core.group import Group
from shuro_tui.core.meaning import Meaning, Only
from shuro_tui.core.model import Case, Catalogue, Column, Fact, Millis, Resource, Round, Segment, Slide, Step, Workshop
from shuro_tui.core.session import Session, advanced, decide
from tests import workshops

START = Millis(1_700_000_000_000)
CASES = ("case-1", "case-2")
GROUPS = (Group("g1", "1班"), Group("g2", "2班"))


def workshop() -> Workshop:
    """Two segments, one with steps and a round, an optional slide in each; two cases, one organisation."""
    slides = (Slide("一", ()), Slide("二", (), optional=True))
    steps = (Step("個人", Millis(240_000)), Step("班", Millis(360_000)))
    presentations = Round(3, Millis(60_000), Millis(30_000))
    columns = (
        Column("organisation", "連携機関名", "organisation"),
        Column("content", "連携内容", "text"),
        Column("whom", "誰への支援か", "choice", ("本人", "家族")),
    )
    return Workshop(
        id="small",
        title="小さな講座",
        language="ja",
        segments=(
            Segment("talk", "講義", Millis(600_000), Millis(300_000), slides),
            Segment("work", "事例", Millis(600_000), Millis(300_000), slides, CASES, steps, round=presentations),
        ),
        cases=tuple(
            Case(case, f"事例 {case}", (Fact("年齢", "48歳"),), "", "", columns, model=MODEL) for case in CASES
        ),
        catalogue=Catalogue(
            (Resource("hw", "公共職業安定所", "こうきょうしょくぎょうあんていじょ", "就労", "", "", ("ハローワーク",)),)
        ),
    )


MODEL = ({"organisation": "ハローワーク", "content": "職業相談"},)


def new_session(session_id: str = "evening") -> Session:
    """A session that has not begun."""
    keys = {group.id: f"secret-{group.id}" for group in GROUPS}
    return Session.new(session_id, workshop(), GROUPS, keys, START)


def without_blank_sheets(session: Session) -> dict[tuple[str, str], object]:
    """Sheets that hold something: one that was emptied again is as good as none."""
    return {place: sheet for place, sheet in session.sheets.items() if sheet.rows or sheet.submitted_at is not None}


Asked = tuple[str | None, Command]

_cases = st.sampled_from(CASES)
_rows = st.sampled_from(("a", "b", "c", "d"))
_revisions = st.sampled_from(("", "", "v1", "v2", "v3"))
_texts = st.one_of(st.text(max_size=20), st.sampled_from(("ハローワーク", "=1+1", "\x1b[31m赤", "")))
_fields = st.fixed_dictionaries({"organisation": _texts, "content": _texts, "whom": st.sampled_from(("", "本人"))})
_facilitator = st.one_of(
    st.builds(ask.GoTo, st.integers(0, 1), st.integers(0, 1)),
    st.sampled_from((ask.Start(), ask.Pause(), ask.Resume(), ask.Undo(), ask.Undo())),
    st.builds(ask.GoToStep, st.integers(0, 1)),
    st.builds(ask.AddTime, st.integers(-100_000, 100_000).map(Millis)),
    st.builds(ask.MoveEnd, st.integers(-100_000, 100_000).map(Millis)),
    st.sampled_from((ask.Replan("share"), ask.Replan("skip", ((1, 1),)), ask.Replan("fewer", (), {1: 1}))),
    st.sampled_from((ask.Interrupt("question"), ask.EndInterruption(), ask.Recover(True), ask.Recover(False))),
    st.builds(ask.Announce, st.sampled_from(("あと5分です", "")), st.sampled_from((None, "g1", "g2"))),
    st.builds(ask.CloseCase, _cases, st.sampled_from((0, 2_000)).map(Millis)),
    st.builds(ask.BringBack, _cases, st.sampled_from(("g1", "g2")), _rows),
    st.builds(ask.TakeLate, _cases, st.sampled_from(("g1", "g2"))),
    st.builds(ask.ReopenCase, _cases),
    st.builds(ask.Reveal, _cases),
    st.builds(
        ask.SettleNames,
        _cases,
        st.sampled_from((("ハロワーク",), ("喫茶店", "社協"))),
        st.none() | st.builds(Meaning, st.sampled_from((None, "hw")), st.sampled_from(("", "喫茶店"))),
        st.none() | st.builds(Only, st.sampled_from(("g1", "g2")), _rows),
    ),
    st.builds(ask.PutUp, workshops.displays(_cases)),
    st.builds(ask.MarkRow, _cases, st.sampled_from(("g1", "g2")), _rows, st.booleans(), st.sampled_from(("", "良い"))),
    st.builds(ask.HideNames, st.booleans()),
    st.builds(ask.RevealModel, _cases),
    st.just(ask.Finish()),
)
_group = st.one_of(
    st.builds(ask.WriteRow, _cases, _rows, _fields, st.integers(0, 5), _revisions, _revisions),
    st.builds(ask.WriteRow, _cases, _rows, _fields, st.integers(0, 5), _revisions, _revisions),
    st.builds(ask.DeleteRow, _cases, _rows, _revisions),
    st.builds(ask.Settle, _cases, _rows, st.sampled_from(("this", "all"))),
    st.builds(ask.MoveRow, _cases, _rows, st.integers(0, 5)),
    st.builds(ask.Submit, _cases),
    st.builds(ask.TakeBack, _cases),
)
steps: st.SearchStrategy[list[Asked | None]] = st.lists(
    st.one_of(
        st.none(),
        st.tuples(st.none(), _facilitator),
        st.tuples(st.sampled_from(("g1", "g2")), _group),
        st.tuples(st.sampled_from(("g1", "g2")), _group),
    ),
    max_size=40,
)


def happened(session: Session, step: Asked | None, now: Millis) -> tuple[Event, ...]:
    """The events of a step as a hub makes them; none when it is refused. None: the hub was away."""
    if step is None:
        return (CutOff(now, Millis(now - 1)),) if session.timeline.phase == "running" else ()
    group, command = step
    try:
        events = decide(session, command, now, group)
    except Refused:
        return ()
    return events if group is None else (*events, Heard(now, f"terminal of {now % 3}", now))


def at_work(session: Session) -> tuple[Event, ...]:
    """What brings a new session to its cases."""
    started = decide(session, ask.Start(), START)
    return (*started, *decide(advanced(session, started), ask.GoTo(1), START))
