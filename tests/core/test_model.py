"""The workshop as it was written."""

from shuro_tui.core.link import LinkState
from shuro_tui.core.model import Catalogue, Column, Millis
from tests.workshops import MINUTE, case, catalogue, workshop


def test_the_whole_is_as_long_as_its_segments() -> None:
    """The planned length is the sum of the segments."""
    assert workshop().total == 35 * MINUTE


def test_a_case_is_found_by_its_id() -> None:
    """An id that no case has finds none."""
    assert workshop().case("b") == case("b")
    assert workshop().case("nowhere") is None


def test_the_first_column_of_a_kind_is_found() -> None:
    """A sheet without a column of that kind has none."""
    assert case().column_of("text") == Column("content", "連携内容", "text")
    assert case(columns=()).column_of("text") is None


def test_fields_stand_in_the_order_of_the_catalogue() -> None:
    """Each field once, where it first appears."""
    assert catalogue().fields == ("就労", "地域", "医療", "生活")
    assert Catalogue().fields == ()


def test_a_link_begins_with_everything_sent() -> None:
    """Nothing waits to be sent, and nothing was saved yet."""
    state = LinkState(connected=True, silent=Millis(0))
    assert (state.unsent, state.saved_at, state.ended) == (0, None, "")
