"""Commands that come together share one append, and nobody is answered before it."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import msgspec
import pytest
from websockets.asyncio.client import connect

from shuro_tui.core import commands as ask
from shuro_tui.hub.protocol import VERSION, Do, Done, Join, NotAdmitted, ToClient, Welcome
from shuro_tui.store import load
from tests.hub.hubs import CODE, Hub
from tests.hub.party import Party, kinds
from tests.workshops import row, session

_decoder = msgspec.json.Decoder(ToClient)


@pytest.fixture
def party() -> Party:
    """A facilitator and three terminals, two of them of one group, at work on their cases."""
    party = Party(session())
    party.join(0, "facilitator")
    party.do(0, 1, ask.Start())
    party.do(0, 2, ask.GoTo(1))
    for peer, group in ((1, "g1"), (2, "g1"), (3, "g2")):
        party.join(peer, "group", group=group)
    return party


def together(party: Party, *asked: tuple[int, Do]) -> dict[int, Done]:
    """What each is answered last."""
    before = {peer: len(messages) for peer, messages in party.received.items()}
    party.together(asked)
    answers = {peer: party.received[peer][before[peer] :] for peer, _do in asked}
    assert all(kinds(messages).count(Done) == 1 for messages in answers.values())
    return {peer: messages[-1] for peer, messages in answers.items() if isinstance(messages[-1], Done)}


def written(party: Party) -> dict[str, list[str]]:
    """Group → its rows."""
    return {sheet.group: [each.id for each in sheet.rows] for sheet in party.facilitator(0).sheets}


def test_what_comes_together_is_kept_with_one_append(party: Party) -> None:
    """Each on top of the one before; everybody sees all of it, and is then told that it is done."""
    appended = len(party.disk.appends)
    asked = [(1, Do(1, row("r1", "ハローワーク"))), (2, Do(1, row("r2", "社協"))), (3, Do(1, row("r1", "保健所")))]
    assert together(party, *asked) == {1: Done(1), 2: Done(1), 3: Done(1)}
    assert len(party.disk.appends) == appended + 1
    assert written(party) == {"g1": ["r1", "r2"], "g2": ["r1"]}
    assert party.group(1) == party.group(2)


def test_a_refusal_is_for_whoever_asked(party: Party) -> None:
    """The others' changes are kept; a row that came just before is known, and one that comes just too late is late."""
    asked = [
        (1, Do(1, row("r1", "ハローワーク"))),
        (2, Do(1, ask.MoveRow("a", "r9", 0))),
        (0, Do(3, ask.CloseCase("a"))),
        (3, Do(1, row("r1", "保健所"))),
    ]
    answers = {1: Done(1), 2: Done(1, "no-such-row"), 0: Done(3), 3: Done(1)}
    assert together(party, *asked) == answers
    assert written(party) == {"g1": ["r1"]}
    assert [late.row.id for aside in party.facilitator(0).aside for late in aside.late] == ["r1"]


def test_a_full_disk_takes_nothing_of_it(party: Party) -> None:
    """Everybody is told so, whatever else would have been answered, and tries again with the same numbers."""
    before, seen = party.room.session, party.group(1)
    party.disk.full = "No space left on device"
    asked = [
        (1, Do(1, row("r1", "ハローワーク"))),
        (2, Do(1, ask.MoveRow("a", "r1", 0))),
        (3, Do(1, row("r1", "保健所"))),
    ]
    assert together(party, *asked) == {peer: Done(1, "storage") for peer in (1, 2, 3)}
    assert party.room.session is before
    assert party.group(1) == seen
    assert party.facilitator(0).trouble == party.disk.full
    party.disk.full = ""
    assert together(party, *asked) == {peer: Done(1) for peer in (1, 2, 3)}
    assert party.facilitator(0).trouble == ""


def test_a_refusal_says_nothing_about_the_disk(party: Party) -> None:
    """Trouble is over when something could be kept, and not before."""
    party.disk.full = "No space left on device"
    together(party, (1, Do(1, row("r1", "ハローワーク"))))
    party.disk.full = ""
    together(party, (2, Do(1, ask.MoveRow("a", "r9", 0))))
    assert party.facilitator(0).trouble == "No space left on device"


def test_a_change_that_comes_twice_at_once_is_there_once(party: Party) -> None:
    """From one terminal over two connections, the old one not yet known to be dead."""
    party.join(4, "group", group="g1", terminal="terminal-1")
    change = Do(1, row("r1", "ハローワーク"))
    assert together(party, (1, change), (4, change)) == {1: Done(1), 4: Done(1)}
    assert [type(event).__name__ for event in party.disk.appends[-1]] == ["RowWritten", "Heard"]


def test_who_is_not_in_is_turned_away(party: Party) -> None:
    """The others' changes are kept."""
    party.received[9] = []
    party.together([(9, Do(1, row("r9", "x"))), (1, Do(1, row("r1", "ハローワーク")))])
    assert kinds(party.received[9]) == [NotAdmitted]
    assert written(party) == {"g1": ["r1"]}


@pytest.fixture
async def hub(tmp_path: Path) -> AsyncIterator[Hub]:
    """A hub whose cases are open."""
    async with Hub(tmp_path / "sessions") as hub:
        yield hub


TERMINALS = 20


async def test_changes_of_one_moment_share_a_sync(hub: Hub, monkeypatch: pytest.MonkeyPatch) -> None:
    """Over real sockets: what came while the hub was at work is one append, and is on the disk once it is answered."""
    appends: list[int] = []
    append = hub.store.append

    def counted(events: list[object], after: object) -> object:
        appends.append(len(events))
        return append(events, after)  # type: ignore[arg-type]

    monkeypatch.setattr(hub.store, "append", counted)
    wires = [await connect(f"ws://127.0.0.1:{hub.port}/", compression=None, proxy=None) for _n in range(TERMINALS)]
    try:
        for number, wire in enumerate(wires):
            await wire.send(msgspec.json.encode(Join(VERSION, "group", CODE, "g1", f"t{number}")), text=True)
            assert isinstance(_decoder.decode(await wire.recv()), Welcome)
        for number, wire in enumerate(wires):
            frame = msgspec.json.encode(Do(1, row(f"r{number}", "社協")))
            await wire.send(frame, text=True)  # the hub, in this loop, has no turn in between
        for number, wire in enumerate(wires):
            while not isinstance(_decoder.decode(await wire.recv()), Done):
                pass
            assert load(hub.path).sheet("a", "g1").row(f"r{number}") is not None
    finally:
        await asyncio.gather(*(wire.close() for wire in wires))
    assert sum(appends) == 2 * TERMINALS
    assert len(appends) < TERMINALS / 2
