"""A lecture of an hour with everything that takes time, and random ones: what the tests of the rundown build on."""

from collections.abc import Iterator, Sequence

from hypothesis import strategies as st
from msgspec import Struct

from shuro_tui.core import commands as ask
from shuro_tui.core import events as did
from shuro_tui.core.blocks import Heading, Span
from shuro_tui.core.commands import Command, Display, PlanKind, Refused, Shown
from shuro_tui.core.events import Event
from shuro_tui.core.group import Group
from shuro_tui.core.model import Millis, Round, Segment, Slide, Step, Workshop
from shuro_tui.core.replan import Plan, plans
from shuro_tui.core.session import Session, apply, decide
from tests.workshops import MINUTE, START, case, catalogue, note, row

RECKONED = 1_000
"""Examples of a property that counts time."""


def at(minute: float) -> Millis:
    """A moment, in minutes from the start."""
    return Millis(START + round(minute * MINUTE))


def minutes(number: float) -> Millis:
    """A duration."""
    return Millis(round(number * MINUTE))


def timed(title: str, seconds: int | None = None, optional: bool = False) -> Slide:
    """A slide that is planned to take so long."""
    planned = None if seconds is None else Millis(seconds * 1_000)
    return Slide(title, (Heading(1, (Span(title),)),), planned=planned, optional=optional)


def lecture() -> Workshop:
    """Five segments of 10, 10, 20, 10 and 10 minutes, the last three with floors of 20, 7 and 6.

    Slides with given and even shares, some of them optional; two cases in two steps; three groups that present.
    """
    return Workshop(
        id="hour",
        title="地域の就労支援機関と役割",
        language="ja",
        segments=(
            Segment("role", "役割", minutes(10), minutes(6), (timed("一"), timed("二", None, True), timed("三"))),
            Segment(
                "resources",
                "社会資源",
                minutes(10),
                minutes(7),
                (timed("四", 120), timed("五", 60, True), timed("六", 90, True), timed("七", 60), timed("八")),
            ),
            Segment(
                "work",
                "事例",
                minutes(20),
                minutes(20),
                (timed("九"),),
                cases=("a", "b"),
                steps=(Step("個人", minutes(5)), Step("グループ", minutes(15))),
            ),
            Segment("video", "動画", minutes(10), minutes(7), (timed("十", 60), timed("十一", 120, True)), video=""),
            Segment(
                "end",
                "まとめ",
                minutes(10),
                minutes(6),
                (timed("十二", 120), timed("十三", 60, True), timed("十四", 90)),
                round=Round(3, minutes(1), minutes(0.5)),
            ),
        ),
        cases=(case("a"), case("b")),
        catalogue=catalogue(),
    )


def session() -> Session:
    """A session of the lecture that has not begun, of three groups."""
    groups = tuple(Group(f"g{number}", f"{number}班") for number in range(1, 4))
    return Session.new("hour", lecture(), groups, {each.id: f"key-{each.id}" for each in groups}, START)


def after(before: Session, *deeds: tuple[float, Command]) -> Session:
    """The session after what the facilitator did: (minute, command). Raises Refused."""
    for minute, command in deeds:
        for event in decide(before, command, at(minute)):
            before = apply(before, event)
    return before


def begun(*deeds: tuple[float, Command]) -> Session:
    """The session that began at minute 0, after what the facilitator did."""
    return after(session(), (0, ask.Start()), *deeds)


def accepted(offer: Plan) -> ask.Replan:
    """What the facilitator asks for to accept a plan."""
    return ask.Replan(offer.kind, offer.skip, offer.presenting)


# Random lectures.


class Away(Struct, frozen=True):
    """The hub was away for so long, and is back."""

    time: Millis


class Accept(Struct, frozen=True):
    """The facilitator accepts one of the plans that are offered."""

    number: int


Deed = Command | Away | Accept
Lecture = Sequence[tuple[int, str | None, Deed]]
"""Milliseconds after the one before, who does it (None: the facilitator), what."""


class Moment(Struct, frozen=True):
    """A deed of a random lecture: when it was done, what it brought about, and the session before and after it."""

    now: Millis
    before: Session
    deed: Deed
    events: tuple[Event, ...]
    session: Session


# One draw from one table for each deed: with a strategy for each argument, these tests would spend their time drawing.

_AMOUNTS = [Millis(round(number * MINUTE)) for number in (0, 0.5, 1, 2, 5, 13, 60, 1440, 2880)]
_EITHER_WAY = [Millis(sign * amount) for amount in _AMOUNTS for sign in (1, -1)]
_SKIPS = [(), ((0, 1),), ((1, 1),), ((1, 2), (3, 1)), ((4, 1), (4, 1)), ((1, 0),), ((5, 0),), ((-1, 1), (1, -1))]
_ROUNDS: list[dict[int, int]] = [{}, {4: 1}, {4: 2}, {4: 3}, {4: 0}, {4: 4}, {0: 1}, {4: 2, 5: 1}, {-1: 3}]
_PLANS: tuple[PlanKind, ...] = ("share", "skip", "fewer")
_SHOWN: tuple[Shown, ...] = ("slide", "case", "comparison", "ecomap", "join")
_AWAY = [Away(amount) for amount in _AMOUNTS]
_TEXTS = ("\x1b[31m", "長" * (ask.MESSAGE_AT_MOST + 1))
_ALONE: list[list[Deed]] = [
    [ask.GoTo(segment, slide) for slide in (0, 1, 2, 4, -1) for segment in (1, 2, 3, 4, 5, 0, -1)],
    [ask.GoToStep(step) for step in range(-1, 3)],
    [ask.AddTime(amount) for amount in _EITHER_WAY],
    [ask.MoveEnd(amount) for amount in _EITHER_WAY],
    [Accept(number) for number in range(3)],
    [ask.Replan(kind, skip, groups) for kind in _PLANS for skip in _SKIPS for groups in _ROUNDS],
    [ask.Interrupt("question"), ask.Interrupt("equipment"), ask.Interrupt("discussion"), ask.EndInterruption()],
    [ask.Start(Millis(ago)) for ago in (0, 90_000, 3_600_000, 3_600_001, -1)],
    [ask.Pause(), ask.Resume(), ask.Finish(), ask.Recover(count=True), *_AWAY[:3]],
    [ask.HideTime(hidden=True), ask.Undo(), ask.HideTime(hidden=False)],
    [make(case) for case in ("a", "b", "x") for make in (ask.CloseCase, ask.ReopenCase, ask.Reveal)],
    [ask.PutUp(Display(shown, case)) for shown in _SHOWN for case in ("a", "b", None)],
    [ask.Announce(text, to) for to in (None, "g1", "g2", "g9") for text in (note(to), note(to), *_TEXTS)],
]
_TOGETHER: list[list[tuple[Deed, Deed]]] = [
    [(ask.Pause(), ask.Resume()), (ask.Finish(), ask.Undo()), (ask.CloseCase("a"), ask.ReopenCase("a"))],
    [(ask.GoTo(2), ask.GoToStep(1)), (ask.Interrupt("question"), ask.EndInterruption())],
    [(away, ask.Recover(count)) for away in _AWAY for count in (True, False)],
    [(ask.GoTo(2), row("r1", text)) for text in ("社協", "ハローワーク", " ")],
    [(ask.GoTo(2), command) for command in (ask.Submit("b"), ask.TakeBack("b"), ask.DeleteRow("a", "r1"))],
]
_KINDS: list[Sequence[tuple[Deed, ...]]] = [*([(deed,) for deed in deeds] for deeds in _ALONE), *_TOGETHER]
# Kind by kind in turn: what stands in front is drawn more often.
_DEEDS = [deeds[number % len(deeds)] for number in range(max(map(len, _KINDS))) for deeds in _KINDS]


def _who(deed: Deed) -> str | None:
    return "g1" if isinstance(deed, ask.GroupCommand) else None


_LONGEST = 144
"""The cube root of 50 minutes in milliseconds: cubed, short times are drawn more often."""

_CHOICES = len(_DEEDS) * _LONGEST


def _lecture(begun: bool, drawn: list[int]) -> Lecture:
    """Each number says what is done and how long after the one before."""
    steps: list[tuple[int, str | None, Deed]] = [(0, None, ask.Start())] if begun else []
    for number in drawn:
        # Small numbers are drawn more often: multiplied by a large prime, they do not all mean the same few deeds.
        time, which = divmod(number * 2_147_483_647 % _CHOICES, len(_DEEDS))
        steps += [(time**3, _who(deed), deed) for deed in _DEEDS[which]]
    return steps


_numbers = st.lists(st.integers(0, _CHOICES - 1), min_size=8, max_size=20)
lectures: st.SearchStrategy[Lecture] = st.tuples(st.sampled_from((True, True, True, False)), _numbers).map(
    lambda drawn: _lecture(*drawn)
)


def moments(steps: Lecture) -> Iterator[Moment]:
    """What a random lecture comes to, deed by deed; what is refused changes nothing."""
    before, now = session(), START
    for time, group, deed in steps:
        now = Millis(now + time)
        events = _events(before, deed, now, group)
        then = before
        for event in events:
            then = apply(then, event)
        yield Moment(now, before, deed, events, then)
        before = then


def _events(before: Session, deed: Deed, now: Millis, group: str | None) -> tuple[Event, ...]:
    try:
        match deed:
            case Away(time=time):
                running = before.timeline.phase == "running"
                return (did.CutOff(now, Millis(now - time)),) if running else ()
            case Accept(number=number):
                there = plans(before.timeline, before.workshop, now)
                return decide(before, accepted(there[number % len(there)]), now) if there else ()
            case _:
                return decide(before, deed, now, group)
    except Refused:
        return ()
