"""Which events a session file is followed through."""

from datetime import UTC, datetime
from typing import get_args

from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from shuro_tui.core import events as did
from shuro_tui.core.commands import Display, Shown
from shuro_tui.core.comparison import compare
from shuro_tui.core.dial import dial
from shuro_tui.core.events import RundownEvent
from shuro_tui.core.forecast import advice
from shuro_tui.core.meaning import Meaning, Only
from shuro_tui.core.model import Millis, Segment
from shuro_tui.core.pace import pace
from shuro_tui.core.remarks import Remark
from shuro_tui.core.replan import plans
from shuro_tui.core.session import Session, apply
from shuro_tui.core.viewing import facilitator_view, group_view, screen_view
from shuro_tui.core.views import Surroundings
from shuro_tui.store.possible import LATEST, possible
from tests.store.stored_session import START, new_session, workshop

moments = st.sampled_from((-1, 0, START, START + 1_000, START + 10**7, LATEST, LATEST + 1, 10**18)).map(Millis)
lengths = st.sampled_from((-(10**18), -(10**12), -60_000, -1, 0, 1, 60_000, 10**12, 10**18)).map(Millis)
places = st.sampled_from((-1, 0, 1, 2, 10**9))
cases = st.sampled_from(("case-1", "case-2", "case-9", ""))
groups = st.sampled_from(("g1", "g2", "g9", ""))

_TALK, _WORK = workshop().segments
_PARTS: tuple[Segment, ...] = (
    _TALK,
    _WORK,
    replace(_TALK, planned=Millis(60_000), at_least=Millis(0), slides=_TALK.slides[1:]),
    replace(_WORK, planned=Millis(10**12), slides=(), steps=_WORK.steps[:1], round=None),
    replace(_WORK, cases=(), steps=(), planned=Millis(1), at_least=Millis(0)),
    replace(_TALK, id="more"),
    replace(_TALK, planned=Millis(-1)),
    replace(_WORK, at_least=Millis(10**15)),
)
_CASES = workshop().cases
workshops = st.builds(
    lambda segments, cases: replace(workshop(), segments=tuple(segments), cases=cases),
    st.lists(st.sampled_from(_PARTS), max_size=4),
    st.sampled_from((_CASES, _CASES, _CASES[:1], (replace(_CASES[0], columns=_CASES[0].columns[1:]), _CASES[1]))),
)

events: st.SearchStrategy[RundownEvent] = st.one_of(
    st.builds(did.WorkshopChanged, moments, workshops),
    st.builds(did.WorkshopChanged, moments, workshops),
    st.builds(did.Started, moments, st.just(Millis(0)) | lengths),
    st.builds(did.Started, moments),
    st.builds(did.Moved, moments, places, places),
    st.builds(did.StepTaken, moments, places),
    st.builds(did.Paused, moments),
    st.builds(did.Resumed, moments),
    st.builds(did.TimeAdded, moments, places, lengths),
    st.builds(did.EndMoved, moments, lengths),
    st.builds(
        did.Replanned,
        moments,
        st.lists(lengths, min_size=1, max_size=3).map(tuple),
        st.lists(st.tuples(places, places), max_size=2).map(tuple),
        st.dictionaries(places, st.integers(-1, 4), max_size=2),
    ),
    st.builds(did.Interrupted, moments, st.sampled_from(("question", "equipment"))),
    st.builds(did.InterruptionEnded, moments),
    st.builds(did.CutOff, moments, moments),
    st.builds(did.Recovered, moments, st.booleans()),
    st.builds(did.Finished, moments),
    st.builds(did.Undone, moments),
    st.builds(did.CaseClosing, moments, cases, moments),
    st.builds(did.GraceEnded, moments, cases),
    st.builds(did.CaseClosed, moments, cases),
    st.builds(did.CaseReopened, moments, cases),
    st.builds(did.Revealed, moments, cases),
    st.builds(
        did.NamesSettled,
        moments,
        cases,
        st.sampled_from(((), ("移行",), ("喫茶店", "移行", ""))),
        st.none()
        | st.builds(Meaning, st.sampled_from((None, "hw", "nobody")), st.sampled_from(("", "移行", "喫茶店"))),
        st.none() | st.builds(Only, groups, st.just("r1")),
    ),
    st.builds(
        did.Displayed,
        moments,
        st.builds(
            Display, st.sampled_from(get_args(Shown)), st.none() | cases, st.just(("g1",)), first=st.integers(0, 9)
        ),
    ),
    st.builds(did.Announced, moments, st.sampled_from(("", "あと少し", "長" * 121)), st.none() | groups),
    st.builds(
        did.RowMarked,
        moments,
        st.builds(Remark, cases, groups, st.just("r1"), st.booleans(), st.sampled_from(("", "良い", "長" * 201))),
    ),
    st.builds(did.NamesHidden, moments, st.booleans()),
    st.builds(did.ModelRevealed, moments, cases),
    st.builds(did.SheetSubmitted, moments, cases, groups),
    st.builds(did.SheetTakenBack, moments, cases, groups),
)


def look_at(session: Session, now: Millis) -> None:
    """See all that anybody may see of a session, and tell each moment as a calendar does."""
    timeline, workshop = session.timeline, session.workshop
    seen = facilitator_view(session, Surroundings())
    screen_view(session, Surroundings())
    for case in workshop.cases:
        compare(case, workshop.catalogue, session.groups, seen.sheets, seen.settlements)
    for group in session.groups:
        group_view(session, group)
    dial(timeline, workshop).step_remaining(now)
    plans(timeline, workshop, now)
    pace(timeline, workshop, now)
    advice(timeline, workshop, seen.progress, now)
    assert (timeline.cut is None) or timeline.phase == "paused"
    for moment in (timeline.projected_end(now), timeline.ends_at(), timeline.leave_by(timeline.segment)):
        datetime.fromtimestamp((moment or 0) / 1000, UTC)


@settings(max_examples=400, deadline=None)
@given(st.sampled_from(((), (did.Started(START),))), st.lists(events, max_size=30), moments)
def test_what_is_possible_can_be_followed_and_seen(
    begun: tuple[RundownEvent, ...], happened: list[RundownEvent], now: Millis
) -> None:
    """Whatever stands in a file in whatever order: what is not refused makes a session that every screen can show."""
    session = new_session()
    for event in (*begun, *happened):
        if possible(session, event):
            session = apply(session, event)
            look_at(session, Millis(min(max(now, 0), LATEST)))
