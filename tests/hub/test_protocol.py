"""The messages, as they stand on the wire."""

import msgspec
import pytest
from hypothesis import given, settings

from shuro_tui.core import commands as ask
from shuro_tui.core.commands import Command
from shuro_tui.core.model import Millis
from shuro_tui.core.sheet import CHARACTERS_AT_MOST
from shuro_tui.core.viewing import facilitator_view, group_view, screen_view
from shuro_tui.core.views import Surroundings
from shuro_tui.hub import protocol as said
from shuro_tui.hub.edits import Edit
from shuro_tui.hub.protocol import LONGEST, ToClient, ToHub
from tests.hub.requests import messages
from tests.workshops import COLUMNS, evenings, session, sessions_of

to_hub = msgspec.json.Decoder(ToHub)
to_client = msgspec.json.Decoder(ToClient)


@settings(max_examples=300)
@given(messages)
def test_every_request_comes_through(message: ToHub) -> None:
    """Whatever is in it."""
    assert to_hub.decode(msgspec.json.encode(message)) == message


@pytest.mark.parametrize(
    "message",
    [
        said.Welcome("evening", 20.0, "g1", "key", 3, 7),
        said.Lobby("evening", "題", session().groups),
        said.Done(1),
        said.Done(2, "storage"),
        said.Pong(Millis(1), Millis(2)),
        said.NotAdmitted("version"),
        said.Goodbye(),
        said.Change(3, 4, (Edit(("screens",), msgspec.Raw(b"3")), Edit(("sheets", 0), msgspec.Raw(b"[]"), 1))),
    ],
    ids=lambda message: type(message).__name__,
)
def test_every_answer_comes_through(message: ToClient) -> None:
    """Each as it was sent."""
    assert to_client.decode(msgspec.json.encode(message)) == message


@settings(max_examples=40, deadline=None)
@given(evenings)
def test_every_picture_comes_through(steps: list[tuple[str | None, Command]]) -> None:
    """Of each role, on any evening."""
    (*_, last) = (session(), *sessions_of(session(), steps))
    for view in (
        facilitator_view(last, Surroundings()),
        screen_view(last, Surroundings()),
        group_view(last, last.groups[0]),
    ):
        picture = said.Picture(1, view)
        assert to_client.decode(msgspec.json.encode(picture)) == picture


@pytest.mark.parametrize(
    "frame",
    [
        b"",
        b"[]",
        b"{}",
        b"null",
        b'{"type":"jump"}',
        b'{"type":"ping"}',
        b'{"type":"ping","sent":1,"more":2}',
        b'{"type":"ping","sent":"1"}',
        b'{"type":"do","number":1,"command":{"type":"start","now":true}}',
        b'{"type":"do","number":1,"command":{"type":"heard"}}',
        b'{"type":"join","version":1,"role":"screen","secret":"\\ud800"}',
        b'{"type":"welcome","session":"evening"}',
    ],
)
def test_what_is_not_in_the_set_is_no_message(frame: bytes) -> None:
    """Unknown kinds, unknown fields, wrong types, and text that is none."""
    with pytest.raises(msgspec.DecodeError):
        to_hub.decode(frame)


@pytest.mark.parametrize("letter", ["字", '"', "\\", "\n", "\U00020bb7"])
def test_a_full_row_is_no_longer_than_the_longest_message(letter: str) -> None:
    """Whatever it is full of, in a sheet of twice as many columns as the lecture's."""
    fields = {f"{column.id}-{twice}": letter * CHARACTERS_AT_MOST for column in COLUMNS for twice in range(2)}
    row = ask.WriteRow("case", "row", fields)
    assert len(msgspec.json.encode(said.Do(10**9, row))) < LONGEST
