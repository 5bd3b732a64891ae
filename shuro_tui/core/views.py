"""What each role may see of a session. A role is never sent what is not in its view."""

from functools import lru_cache

from msgspec import Struct
from msgspec.structs import replace

from shuro_tui.core.commands import Display
from shuro_tui.core.comparison import Comparison, compare
from shuro_tui.core.dial import Dial, dial
from shuro_tui.core.model import Case, Catalogue, Millis, Slide, Workshop
from shuro_tui.core.rundown import Message
from shuro_tui.core.session import Group, Session
from shuro_tui.core.sheet import Sheet
from shuro_tui.core.timeline import Timeline


class Room(Struct, frozen=True):
    """How to get in: addresses as host:port, and the code."""

    addresses: tuple[str, ...] = ()
    code: str = ""


class Progress(Struct, frozen=True):
    """How far a group is, without a word of what it wrote. `rows` and `submitted` are by case id."""

    group: Group
    terminals: int
    rows: dict[str, int]
    submitted: tuple[str, ...]
    changed_at: Millis | None


class Outline(Struct, frozen=True):
    """What everybody may know of the workshop: its title and the titles of its segments."""

    title: str
    course: str
    segments: tuple[str, ...]


class Shown(Struct, frozen=True):
    """The slide everybody sees, as far as it is shown, without notes and what is planned for it.

    number: from 1 of `of` in its segment.
    """

    slide: Slide
    number: int
    of: int


class Seen(Struct, frozen=True):
    """A slide that was shown: `segment` and `number` from 0, as far as it was shown."""

    segment: int
    number: int
    slide: Slide


class FacilitatorView(Struct, frozen=True, tag="facilitator"):
    """Everything but the keys.

    messages: group id → the message to it, "" → the one to everybody; clock_drift: how far the machine's clock has
    moved against the session's; deck_trouble: why the workshop is not what its files hold, "" when it is.
    """

    workshop: Workshop
    session: str
    room: Room
    timeline: Timeline
    display: Display
    time_hidden: bool
    messages: dict[str, Message]
    progress: tuple[Progress, ...]
    sheets: tuple[Sheet, ...]
    closed: tuple[str, ...]
    revealed: tuple[str, ...]
    can_undo: bool
    screens: int
    clock_drift: Millis
    trouble: str
    deck_trouble: str


class ScreenView(Struct, frozen=True, tag="screen"):
    """What may stand on a wall.

    time_hidden: the time left is not to be shown; message: the one to everybody; comparison: only when revealed and
    put up.
    """

    outline: Outline
    room: Room
    dial: Dial
    message: Message | None
    display: Display
    time_hidden: bool
    shown: Shown | None
    case: Case | None
    progress: tuple[Progress, ...]
    comparison: Comparison | None


class GroupView(Struct, frozen=True, tag="group"):
    """What one group may see. `sheets`: its own; `others`: of revealed cases, the other groups'.

    `cases`: those opened by now; `writing`: the ids of those whose sheets take changes; `at_work`: the case ids of the
    current segment, empty when it has none; `messages`: those to everybody and to this group, the newest first; `seen`:
    the slides that were shown so far, in their order, the current one among them.
    """

    outline: Outline
    dial: Dial
    messages: tuple[Message, ...]
    display: Display
    group: Group
    groups: tuple[Group, ...]
    shown: Shown | None
    seen: tuple[Seen, ...]
    cases: tuple[Case, ...]
    at_work: tuple[str, ...]
    writing: tuple[str, ...]
    catalogue: Catalogue
    sheets: tuple[Sheet, ...]
    revealed: tuple[str, ...]
    others: tuple[Sheet, ...]
    comparison: Comparison | None


View = FacilitatorView | ScreenView | GroupView


class Surroundings(Struct, frozen=True):
    """What the hub knows beside the session. `terminals`: group id → how many are connected."""

    room: Room = Room()
    terminals: dict[str, int] = {}
    screens: int = 0
    clock_drift: Millis = Millis(0)
    trouble: str = ""
    deck_trouble: str = ""


def facilitator_view(session: Session, around: Surroundings) -> FacilitatorView:
    """The facilitator's view."""
    return FacilitatorView(
        workshop=session.workshop,
        session=session.id,
        room=around.room,
        timeline=session.timeline,
        display=session.rundown.display,
        time_hidden=session.rundown.time_hidden,
        messages=session.rundown.messages,
        progress=_progress(session, around),
        sheets=tuple(session.sheets.values()),
        closed=tuple(sorted(session.rundown.closed)),
        revealed=tuple(sorted(session.revealed)),
        can_undo=bool(session.before),
        screens=around.screens,
        clock_drift=around.clock_drift,
        trouble=around.trouble,
        deck_trouble=around.deck_trouble,
    )


def screen_view(session: Session, around: Surroundings) -> ScreenView:
    """The projector's view."""
    display = session.rundown.display
    case = session.workshop.case(display.case) if display.case else None
    return ScreenView(
        outline=_outline(session.workshop),
        room=around.room,
        dial=dial(session.timeline, session.workshop),
        message=session.rundown.messages.get(""),
        display=display,
        time_hidden=session.rundown.time_hidden,
        shown=_shown(session),
        case=None if case is None else _without_rehearsal(case),
        progress=_progress(session, around),
        comparison=_comparison(session),
    )


def group_view(session: Session, group: Group) -> GroupView:
    """The view of one group."""
    opened = session.opened()
    segment = session.workshop.segments[session.timeline.segment]
    return GroupView(
        outline=_outline(session.workshop),
        dial=dial(session.timeline, session.workshop),
        messages=_messages(session, group),
        display=session.rundown.display,
        group=group,
        groups=session.groups,
        shown=_shown(session),
        seen=_seen(session),
        cases=tuple(_without_rehearsal(case) for case in opened),
        at_work=segment.cases if session.timeline.phase in ("running", "paused") else (),
        writing=tuple(case.id for case in opened if session.writable(case.id)),
        catalogue=session.workshop.catalogue,
        sheets=tuple(session.sheet(case.id, group.id) for case in opened),
        revealed=tuple(sorted(session.revealed)),
        others=tuple(
            sheet for sheet in session.sheets.values() if sheet.case in session.revealed and sheet.group != group.id
        ),
        comparison=_comparison(session),
    )


def _messages(session: Session, group: Group) -> tuple[Message, ...]:
    messages = session.rundown.messages
    own = [messages[to] for to in ("", group.id) if to in messages]
    return tuple(sorted(own, key=lambda message: message.at, reverse=True))


def _outline(workshop: Workshop) -> Outline:
    return Outline(workshop.title, workshop.course, tuple(segment.title for segment in workshop.segments))


def _without_rehearsal(case: Case) -> Case:
    return replace(case, rehearsal=())


def _shown(session: Session) -> Shown | None:
    timeline = session.timeline
    slides = session.workshop.segments[timeline.segment].slides
    if timeline.phase == "waiting" or not slides:
        return None
    slide = _for_groups(slides[timeline.slide], timeline.part)
    return Shown(slide, timeline.slide + 1, len(slides))


def _seen(session: Session) -> tuple[Seen, ...]:
    segments = session.workshop.segments
    return tuple(
        Seen(segment, number, _for_groups(segments[segment].slides[number], part))
        for (segment, number), part in sorted(session.shown_slides.items())
        if segments[segment].slides
    )


@lru_cache(maxsize=512)
def _for_groups(slide: Slide, part: int) -> Slide:
    """A slide as far as it was shown, without what is for the facilitator alone. The same object for the same slide."""
    return replace(slide.up_to(part), notes="", planned=None, optional=False)


def _progress(session: Session, around: Surroundings) -> tuple[Progress, ...]:
    result = []
    for group in session.groups:
        sheets = [sheet for sheet in session.sheets.values() if sheet.group == group.id]
        moments = [row.updated_at for sheet in sheets for row in sheet.rows]
        result.append(
            Progress(
                group=group,
                terminals=around.terminals.get(group.id, 0),
                rows={sheet.case: sum(not row.blank for row in sheet.rows) for sheet in sheets},
                submitted=tuple(sheet.case for sheet in sheets if sheet.submitted_at is not None),
                changed_at=max(moments, default=None),
            )
        )
    return tuple(result)


def _comparison(session: Session) -> Comparison | None:
    display = session.rundown.display
    case = session.workshop.case(display.case) if display.case else None
    if case is None or display.shown != "comparison" or case.id not in session.revealed:
        return None
    sheets = tuple(sheet for sheet in session.sheets.values() if sheet.case == case.id)
    return compare(case, session.workshop.catalogue, session.groups, sheets)
