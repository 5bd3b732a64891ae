"""The views of a session: what each role is shown of it as it stands."""

from collections.abc import Iterator
from itertools import chain

from msgspec.structs import replace

from shuro_tui.core.annotated import annotated
from shuro_tui.core.blocks import images
from shuro_tui.core.commands import OF_SHEETS
from shuro_tui.core.comparison import compare
from shuro_tui.core.group import Group, Message
from shuro_tui.core.lines import Comparison
from shuro_tui.core.model import Case, Slide
from shuro_tui.core.nameless import NOBODY, nameless, neutral
from shuro_tui.core.progress import Progress, counted
from shuro_tui.core.remarks import Remark
from shuro_tui.core.session import Session
from shuro_tui.core.sheet import Sheet
from shuro_tui.core.shown_to_all import for_all, shown_to_all
from shuro_tui.core.views import (
    FacilitatorView,
    GroupView,
    ScreenView,
    Surroundings,
    View,
)

_NOBODY = Surroundings()


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
        groups=session.groups,
        terminals=_terminals(session, around),
        sheets=tuple(session.sheets.values()),
        settlements=session.rundown.settlements,
        aside=tuple(session.aside.values()),
        closing=session.rundown.closing,
        closed=tuple(sorted(session.rundown.closed)),
        revealed=tuple(sorted(session.revealed)),
        can_undo=bool(session.before),
        screens=around.screens,
        clock_drift=around.clock_drift,
        trouble=around.trouble,
        deck_trouble=around.deck_trouble,
        damage=around.damage,
        remarks=session.rundown.remarks,
        models=tuple(sorted(session.models)),
        neutral=_neutral(session),
    )


def _neutral(session: Session) -> dict[str, str]:
    return {group: named.name for group, named in neutral(session).items()} if session.rundown.names_hidden else {}


def screen_view(session: Session, around: Surroundings) -> ScreenView:
    """The projector's view."""
    seen, alike = _as_shown(session), shown_to_all(session)
    display = seen.rundown.display
    case = session.workshop.case(display.case) if display.case else None
    return ScreenView(
        outline=alike.outline,
        room=around.room,
        dial=alike.dial,
        message=session.rundown.messages.get(""),
        display=display,
        time_hidden=session.rundown.time_hidden,
        shown=alike.shown,
        case=None if case is None else for_all(session, case),
        progress=_progress_for_all(session, around),
        comparison=_comparison(seen),
        cases=_side_by_side(seen),
        sheets=_sheets_side_by_side(seen),
    )


def _side_by_side(session: Session) -> tuple[Case, ...]:
    """The cases whose sheets of one group are put up: those that are revealed."""
    if session.rundown.display.shown != "group":
        return ()
    return tuple(for_all(session, case) for case in session.workshop.cases if case.id in session.revealed)


def _sheets_side_by_side(session: Session) -> tuple[Sheet, ...]:
    cases, groups = _side_by_side(session), session.rundown.display.groups[:1]
    return tuple(session.sheet(case.id, group) for case in cases for group in groups)


def group_view(session: Session, group: Group, around: Surroundings = _NOBODY) -> GroupView:
    """The view of one group; which of its rows is typed in at which terminal, each leaves its own out."""
    seen, alike = _as_shown(session, group.id), shown_to_all(session)
    beside = [session.kept_aside(case.id, group.id) for case in alike.cases] if session.aside else []
    return GroupView(
        outline=alike.outline,
        dial=alike.dial,
        messages=_messages(session, group),
        display=replace(seen.rundown.display, turned=0),  # groups turn their own pages
        group=group,
        groups=seen.groups,
        terminals=around.terminals.get(group.id, 0),
        typing=around.typing.get(group.id, ()),
        shown=alike.shown,
        seen=alike.seen,
        cases=alike.cases,
        at_work=alike.at_work,
        writing=alike.writing,
        closing=session.rundown.closing,
        late={aside.case: len(aside.late) for aside in beside if aside.late},
        catalogue=session.workshop.catalogue,
        sheets=tuple(session.sheet(case.id, group.id) for case in alike.cases),
        revealed=alike.revealed,
        others=_others(seen, group),
        settlements=tuple(each for each in seen.rundown.settlements if each.case in session.revealed),
        comparison=_comparison(seen),
        remarks=_remarks(seen),
    )


def _as_shown(session: Session, own: str = "") -> Session:
    """The session with what may be known of who wrote what: by everybody, or by the group `own`."""
    return nameless(session, own) if session.rundown.names_hidden else session


def _others(session: Session, group: Group) -> tuple[Sheet, ...]:
    if not session.revealed:
        return ()
    return tuple(
        sheet for sheet in session.sheets.values() if sheet.case in session.revealed and sheet.group != group.id
    )


def _messages(session: Session, group: Group) -> tuple[Message, ...]:
    messages = session.rundown.messages
    own = [messages[to] for to in ("", group.id) if to in messages]
    return tuple(sorted(own, key=lambda message: message.at, reverse=True))


def _terminals(session: Session, around: Surroundings) -> tuple[int, ...]:
    return tuple(around.terminals.get(group.id, 0) for group in session.groups)


def _progress_for_all(session: Session, around: Surroundings) -> tuple[Progress, ...]:
    """While names are hidden, how far nobody in particular is: even a neutral name would tell who is called so."""
    every = counted(session.groups, _terminals(session, around), session.sheets.values())
    if not session.rundown.names_hidden:
        return every
    unnamed = (replace(each, group=NOBODY, changed_at=None) for each in every)
    return tuple(sorted(unnamed, key=lambda each: (len(each.submitted), sum(each.rows.values())), reverse=True))


def _comparison(session: Session) -> Comparison | None:
    display = session.rundown.display
    case = session.workshop.case(display.case) if display.case else None
    if case is None or display.shown not in OF_SHEETS or case.id not in session.revealed:
        return None
    sheets = tuple(sheet for sheet in session.sheets.values() if sheet.case == case.id)
    catalogue, settlements = session.workshop.catalogue, session.rundown.settlements
    compared = compare(case, catalogue, session.groups, sheets, settlements)
    return annotated(compared, case, catalogue, settlements, _remarks(session), case.id in session.models)


def _remarks(session: Session) -> tuple[Remark, ...]:
    """Those on sheets that everybody may see."""
    return tuple(each for each in session.rundown.remarks if each.case in session.revealed)


def pictures_in(view: View) -> frozenset[str]:
    """The files of the pictures on the slides that a role is shown."""
    found = chain.from_iterable(images(slide.blocks) for slide in _slides_in(view))
    return frozenset(image.picture.file for image in found if image.picture)


def _slides_in(view: View) -> Iterator[Slide]:
    if isinstance(view, FacilitatorView):
        yield from chain.from_iterable(segment.slides for segment in view.workshop.segments)
    elif isinstance(view, GroupView):
        yield from (seen.slide for seen in view.seen)
    else:
        yield from () if view.shown is None else (view.shown.slide,)
