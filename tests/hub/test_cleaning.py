"""Whatever somebody types or sends: no terminal obeys it."""

import unicodedata

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from shuro_tui.core import commands as ask
from shuro_tui.core.commands import Command, Display
from shuro_tui.core.sheet import clean
from shuro_tui.hub.cleaning import cleaned
from shuro_tui.hub.protocol import Do, Join, ToHub
from tests.hub.party import CODE, Party, refusal
from tests.hub.requests import ESCAPES, commands, messages, nasty, texts_in, values
from tests.workshops import at_work

DIRECTION = "\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u061c"


def harmless(text: str) -> bool:
    """Whether a terminal shows it and does nothing else."""
    return not any(
        (unicodedata.category(letter) in ("Cc", "Cs", "Zl", "Zp") and letter not in "\n\t") or letter in DIRECTION
        for letter in text
    )


# On a busy machine the first message takes long: what messages there can be is found out then.
@settings(max_examples=400, suppress_health_check=[HealthCheck.too_slow])
@given(messages)
def test_no_text_of_any_message_does_anything(message: ToHub) -> None:
    """Names, notes, ids, keys of a row's fields, secrets: every text of every message and command."""
    assert all(harmless(text) for text in texts_in(msgspec.to_builtins(cleaned(message))))


@settings(max_examples=200)
@given(values(ToHub, st.text("aあ1-\n\t", max_size=9)))
def test_what_is_harmless_stays_as_it_is(message: ToHub) -> None:
    """To the last letter."""
    assert cleaned(message) == message


at_hand = st.one_of(
    commands,
    st.builds(ask.WriteRow, st.just("a"), nasty, st.fixed_dictionaries({"organisation": nasty, "content": nasty})),
    st.builds(ask.Announce, nasty, st.sampled_from((None, "g1"))),
    st.builds(ask.PutUp, st.builds(Display, st.sampled_from(("slide", "join")), nasty)),
)


@settings(max_examples=200, deadline=None)
@given(st.lists(st.tuples(st.sampled_from((1, 2, 3)), at_hand), max_size=12), nasty)
def test_nothing_of_it_is_stored_or_shown(asked: list[tuple[int, Command]], terminal: str) -> None:
    """Whoever asks for it: neither what the disk gets nor what anybody is sent has a trace."""
    party = Party(at_work())
    party.join(1, "facilitator")
    party.join(2, "group", group="g1", terminal=terminal + "t")
    party.join(3, "screen")
    for number, (peer, command) in enumerate(asked, 1):
        party.do(peer, number, command)
    seen = [view for _peer, view in sorted(party.views.items())]
    for kept in (*party.disk.events, *seen):
        assert all(harmless(text) for text in texts_in(msgspec.to_builtins(kept)))


@pytest.mark.parametrize("text", ESCAPES)
def test_a_text_is_kept_without_it(text: str) -> None:
    """What was around it stays."""
    assert harmless(clean(f"前{text}後"))
    party = Party(at_work())
    party.join(1, "facilitator")
    assert refusal(party.do(1, 1, ask.Announce(f"前{text}後"))) is None
    assert harmless(party.facilitator(1).messages[""].text)
    assert party.facilitator(1).messages[""].text[0] == "前"


def test_a_case_that_is_put_up_is_one_of_the_workshops() -> None:
    """Even where it is not what is shown: what is kept is known."""
    party = Party(at_work())
    party.join(1, "facilitator")
    assert refusal(party.do(1, 1, ask.PutUp(Display("slide", "x" * 1000)))) == "no-such-case"
    assert refusal(party.do(1, 2, ask.PutUp(Display("slide", "a")))) is None


@pytest.mark.parametrize(
    "message",
    [
        Join(1, "group", CODE, "g1", "t" * 65),
        Do(1, ask.WriteRow("a", "r" * 65, {})),
        Do(-1, ask.Pause()),
        Do(2**53 + 1, ask.Pause()),
    ],
    ids=["terminal", "row", "negative", "number"],
)
def test_an_id_that_is_none_is_no_message(message: ToHub) -> None:
    """Nobody reads them and everybody keeps them: they have a length, and numbers an end."""
    with pytest.raises(msgspec.ValidationError):
        msgspec.json.decode(msgspec.json.encode(message), type=ToHub)
