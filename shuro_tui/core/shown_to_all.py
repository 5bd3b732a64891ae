"""What a session shows to all alike, whoever looks and whatever was written."""

from functools import lru_cache
from operator import is_not

from msgspec import Struct
from msgspec.structs import replace

from shuro_tui.core.dial import Dial, dial
from shuro_tui.core.model import Case, Slide
from shuro_tui.core.session import Session
from shuro_tui.core.views import Outline, Seen, Shown


class ShownToAll(Struct, frozen=True):
    """Parts of the views, as `GroupView` and `ScreenView` name them."""

    outline: Outline
    dial: Dial
    shown: Shown | None
    seen: tuple[Seen, ...]
    cases: tuple[Case, ...]
    at_work: tuple[str, ...]
    writing: tuple[str, ...]
    revealed: tuple[str, ...]


_known: list[tuple[tuple[object, ...], ShownToAll]] = []


def shown_to_all(session: Session) -> ShownToAll:
    """It, and the very same while nothing but sheets is another: what a thousand groups see is made once."""
    made_of = (
        session.workshop,
        session.rundown,
        session.opened_cases,
        session.shown_slides,
        session.revealed,
        session.models,
    )
    if not _known or any(map(is_not, _known[0][0], made_of)):
        _known[:] = [(made_of, _made(session))]
    return _known[0][1]


def _made(session: Session) -> ShownToAll:
    workshop, timeline, opened = session.workshop, session.timeline, session.opened()
    return ShownToAll(
        outline=Outline(workshop.title, workshop.course, tuple(segment.title for segment in workshop.segments)),
        dial=dial(timeline, workshop),
        shown=_shown(session),
        seen=_seen(session),
        cases=tuple(for_all(session, case) for case in opened),
        at_work=workshop.segments[timeline.segment].cases if timeline.phase in ("running", "paused") else (),
        writing=tuple(case.id for case in opened if session.writable(case.id)),
        revealed=tuple(sorted(session.revealed)),
    )


def for_all(session: Session, case: Case) -> Case:
    """A case without what a rehearsal types and, until it is revealed, without the model answer."""
    return replace(case, rehearsal=(), model=case.model if case.id in session.models else ())


def _shown(session: Session) -> Shown | None:
    timeline = session.timeline
    if timeline.phase == "waiting":
        return None
    slides = session.workshop.segments[timeline.segment].shown
    slide = _for_groups(slides[timeline.slide], timeline.part)
    return Shown(slide, timeline.slide + 1, len(slides))


def _seen(session: Session) -> tuple[Seen, ...]:
    segments = session.workshop.segments
    return tuple(
        Seen(segment, number, _for_groups(segments[segment].shown[number], part))
        for (segment, number), part in sorted(session.shown_slides.items())
    )


@lru_cache(maxsize=512)
def _for_groups(slide: Slide, part: int) -> Slide:
    """A slide as far as it was shown, without what is for the facilitator alone. The same object for the same slide."""
    return replace(slide.up_to(part), notes="", planned=None, optional=False)
