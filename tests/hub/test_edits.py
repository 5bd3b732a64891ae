"""From one view to the next."""

from itertools import pairwise

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from shuro_tui.core.commands import Command
from shuro_tui.core.model import Millis
from shuro_tui.core.sheet import Row, Sheet
from shuro_tui.core.viewing import facilitator_view, group_view, screen_view
from shuro_tui.core.views import FacilitatorView, Surroundings, View
from shuro_tui.hub.edits import Edit, edited, edits
from tests.workshops import at_work, evenings, session, sessions_of

_wire = msgspec.json.Decoder(tuple[Edit, ...])


def over_the_wire(changes: tuple[Edit, ...]) -> tuple[Edit, ...]:
    """As a client gets them."""
    return _wire.decode(msgspec.json.encode(changes))


@settings(max_examples=100, deadline=None)
@given(evenings)
def test_edits_make_the_new_view_of_the_old(steps: list[tuple[str | None, Command]]) -> None:
    """From each to the next, and from the first to each, whatever happened between them, for every role."""
    held = (session(), *sessions_of(session(), steps))
    roles: tuple[list[View], ...] = (
        [facilitator_view(each, Surroundings()) for each in held],
        [screen_view(each, Surroundings()) for each in held],
        [group_view(each, each.groups[0]) for each in held],
    )
    for views in roles:
        for old, new in [*pairwise(views), *((views[0], view) for view in views)]:
            assert edited(old, over_the_wire(edits(old, new))) == new


def view_of(*sheets: list[str]) -> FacilitatorView:
    """A facilitator's, of sheets with those texts."""
    view = facilitator_view(at_work(), Surroundings())
    rows = [tuple(Row(text[:2], {"whom": text}) for text in texts) for texts in sheets]
    written = tuple(Sheet("a", f"g{number}", each) for number, each in enumerate(rows))
    return msgspec.structs.replace(view, sheets=written)


texts = st.lists(st.text("abc", max_size=3), max_size=5)


@given(st.lists(texts, max_size=4), st.lists(texts, max_size=4))
def test_sheets_of_any_length(old: list[list[str]], new: list[list[str]]) -> None:
    """Whatever was put in, taken out, moved or typed over."""
    assert edited(view_of(*old), over_the_wire(edits(view_of(*old), view_of(*new)))) == view_of(*new)


def test_a_row_is_a_row() -> None:
    """Of a hundred rows in each of a hundred sheets one is sent, whole: it is what was written at one time."""
    texts = [f"{number:02}" for number in range(100)]
    old, new = [view_of(*([texts] * 99), [*texts[:50], last, *texts[51:]]) for last in ("50", "50なかぽつ")]
    row = msgspec.Raw(msgspec.json.encode(new.sheets[99].rows[50]))
    assert edits(old, new) == (Edit(("sheets", 99, "rows", 50), row),)
    longer = view_of(*([texts] * 99), [*texts[:50], "x", *texts[50:]])
    (put_in,) = edits(old, longer)
    assert (put_in.at, put_in.instead) == (("sheets", 99, "rows", 50), 0)
    assert len(put_in.value) < 100


@pytest.mark.parametrize(
    "edit",
    [
        Edit(("nothing",), msgspec.Raw(b"1")),
        Edit(("sheets", "rows"), msgspec.Raw(b"1")),
        Edit(("sheets", 7, "rows"), msgspec.Raw(b"[]")),
        Edit(("sheets", 0, "rows"), msgspec.Raw(b"7")),
        Edit((0,), msgspec.Raw(b"7")),
        Edit(("screens",), msgspec.Raw(b"x")),
    ],
)
def test_what_fits_nowhere(edit: Edit) -> None:
    """Is told by an error that a client expects."""
    with pytest.raises((LookupError, TypeError, msgspec.DecodeError)):
        edited(view_of(["a"]), (edit,))


def test_a_moment_is_no_edit() -> None:
    """Nothing has changed, nothing is sent."""
    view = view_of(["a"])
    assert edits(view, view) == ()
    assert edits(view, msgspec.structs.replace(view, clock_drift=Millis(0))) == ()
