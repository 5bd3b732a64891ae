"""A slide shown in parts: what is still to come is nowhere yet."""

import pytest
from msgspec.structs import replace

from shuro_tui.core import commands as ask
from shuro_tui.core.blocks import Heading, Paragraph, Pause, Span
from shuro_tui.core.commands import Refused
from shuro_tui.core.model import Slide
from shuro_tui.core.session import Session
from shuro_tui.core.typeset import lay_out
from shuro_tui.core.viewing import group_view, screen_view
from shuro_tui.core.views import Surroundings
from tests.workshops import after, session

SLIDE = Slide(
    "問い",
    (
        Heading(1, (Span("問い"),)),
        Pause(),
        Paragraph((Span("手がかり"),)),
        Pause(),
        Paragraph((Span("答え"),)),
    ),
)


def in_parts() -> Session:
    """A session whose first slide is shown in three parts."""
    plain = session()
    first = replace(plain.workshop.segments[0], slides=(SLIDE, *plain.workshop.segments[0].slides))
    workshop = replace(plain.workshop, segments=(first, *plain.workshop.segments[1:]))
    new = Session.new(plain.id, workshop, plain.groups, plain.keys, plain.created_at)
    return after(new, [(0, None, ask.Start())])


def shown(place: Session) -> list[str]:
    """What the projector and every group are sent of the slide."""
    sent = [screen_view(place, Surroundings()).shown, *(group_view(place, group).shown for group in place.groups)]
    slides = {one.slide for one in sent if one is not None}
    assert len(slides) == 1
    return ["".join(piece.text for piece in line) for line in lay_out(slides.pop(), 40) if line]


def test_a_slide_is_shown_part_by_part() -> None:
    """Each part adds what stands above the next pause; nobody is sent the rest."""
    place = in_parts()
    texts = []
    for part in range(3):
        place = after(place, [(1, None, ask.GoTo(0, 0, part))])
        texts.append(shown(place))
    assert [len(text) for text in texts] == [2, 3, 4]
    assert texts[2][2:] == ["手がかり", "答え"]
    assert all(text == texts[2][: len(text)] for text in texts)


def test_a_part_that_is_not_there_is_refused() -> None:
    """Parts are counted like slides; another slide begins with its first."""
    place = in_parts()
    for command in (ask.GoTo(0, 0, 3), ask.GoTo(0, 0, -1), ask.GoTo(0, 1, 1), ask.GoTo(2, 0, 1), ask.GoTo(9)):
        with pytest.raises(Refused, match="no-such-place"):
            after(place, [(1, None, command)])
    assert after(place, [(1, None, ask.GoTo(0, 0, 2)), (2, None, ask.GoTo(0, 1))]).timeline.part == 0


def test_a_part_is_taken_back_like_any_step() -> None:
    """Undo hides it again."""
    place = after(in_parts(), [(1, None, ask.GoTo(0, 0, 1)), (1, None, ask.Undo())])
    assert place.timeline.part == 0
    assert len(shown(place)) == 2
