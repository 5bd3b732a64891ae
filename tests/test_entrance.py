"""The way to a hub, and what is asked before."""

import pytest

from shuro_tui.entrance import group_names
from shuro_tui.errors import Mend


def test_groups_have_names_or_numbers() -> None:
    """As they are given, else so many, else six."""
    assert group_names(None, ("赤", "青")) == ("赤", "青")
    assert group_names(2, ()) == ("1班", "2班")
    assert len(group_names(None, ())) == 6


def test_a_groups_name_is_text() -> None:
    """Nothing in it moves a cursor or turns a line around, and it is one line."""
    assert group_names(None, ("\x1b[31m赤\x1b[0m  組\n", "\u202e青")) == ("赤 組", "青")


@pytest.mark.parametrize("names", [("赤", "赤"), ("赤", "赤\x00"), ("赤", "\x1b[0m"), ("",)])
def test_names_that_are_not_told_apart(names: tuple[str, ...]) -> None:
    """Are to be mended, also where they differ only in what nobody sees."""
    with pytest.raises(Mend):
        group_names(None, names)


def test_a_number_or_names() -> None:
    """Both together are a slip."""
    with pytest.raises(Mend):
        group_names(2, ("赤",))
