"""Which rows are being typed in at which terminal."""

from shuro_tui.core.model import Millis
from shuro_tui.core.views import Typing
from shuro_tui.hub import protocol as said
from shuro_tui.hub.typed import TYPING
from tests.hub.party import Party, turned_away
from tests.workshops import at_work


def two_of_a_group() -> Party:
    """Two terminals of a group, one of another, and the facilitator."""
    party = Party(at_work())
    party.join(1, "group", group="g1")
    party.join(2, "group", group="g1")
    party.join(3, "group", group="g2")
    party.join(4, "facilitator")
    return party


def test_a_row_that_is_typed_in_is_told_to_its_group_alone() -> None:
    """Each terminal hears of it by its seat; nothing of it is kept, and nobody else hears a word."""
    party = two_of_a_group()
    heard = {peer: len(party.received[peer]) for peer in (3, 4)}
    party.send(1, said.Typing("a", "r1"))
    party.send(2, said.Typing("b", "r2"))
    party.send(2, said.Typing("a", "r2"))
    assert party.group(1).terminals == 2
    assert set(party.group(1).typing) == set(party.group(2).typing) == {Typing(1, "a", "r1"), Typing(2, "a", "r2")}
    assert {peer: len(party.received[peer]) for peer in (3, 4)} == heard
    assert party.disk.events == []


def test_it_is_over_after_some_seconds() -> None:
    """Unless it is said again."""
    party = two_of_a_group()
    party.send(1, said.Typing("a", "r1"))
    party.send(2, said.Typing("a", "r2"))
    party.now = Millis(party.now + TYPING)
    party.send(2, said.Typing("a", "r2"))
    party.now = Millis(party.now + 1)
    party.beat()
    assert party.group(1).typing == (Typing(2, "a", "r2"),)


def test_it_is_over_with_the_connection() -> None:
    """Whoever is gone types nothing."""
    party = two_of_a_group()
    party.send(1, said.Typing("a", "r1"))
    party.leave(1)
    assert party.group(2).typing == ()


def test_only_a_group_types() -> None:
    """A facilitator that says so is none of ours, and neither is who has not joined."""
    party = two_of_a_group()
    assert turned_away(party.send(4, said.Typing("a", "r1"))) == "malformed"
    assert turned_away(party.send(5, said.Typing("a", "r1"))) == "not-joined"
