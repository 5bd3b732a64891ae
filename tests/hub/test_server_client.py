"""A hub and its clients over real sockets, in one event loop."""

import asyncio
import contextlib
import socket
import time
from collections.abc import AsyncIterator
from pathlib import Path

import msgspec
import pytest
from msgspec.structs import replace
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed, InvalidStatus

from shuro_tui.core import commands as ask
from shuro_tui.core.commands import Refused
from shuro_tui.core.model import Millis
from shuro_tui.core.views import FacilitatorView, GroupView, ScreenView
from shuro_tui.errors import Mend
from shuro_tui.hub import client as client_module
from shuro_tui.hub import door as door_module
from shuro_tui.hub import server as server_module
from shuro_tui.hub import wire as wire_module
from shuro_tui.hub.client import Client, NotReachable, TurnedAway
from shuro_tui.hub.protocol import (
    BURST,
    LONGEST,
    RATE,
    VERSION,
    Change,
    Do,
    Done,
    Join,
    NotAdmitted,
    Picture,
    Ping,
    Pong,
    ToClient,
    Welcome,
)
from shuro_tui.hub.whereabouts import Address
from shuro_tui.store import load, pulse
from tests.hub import hubs
from tests.hub.hubs import CODE, KEY, NEXT_CODE, PATIENCE, Clients, Hub, eventually, laid, rows, seen
from tests.workshops import row

to_client = msgspec.json.Decoder(ToClient)


@pytest.fixture(autouse=True)
def _in_a_hurry(monkeypatch: pytest.MonkeyPatch) -> None:
    """The same timers, shorter."""
    monkeypatch.setattr(client_module, "_BEAT", 0.02)
    monkeypatch.setattr(client_module, "_BLINK", 0.2)
    monkeypatch.setattr(client_module, "_SOONEST", 0.01)
    monkeypatch.setattr(client_module, "_LATEST", 0.02)
    monkeypatch.setattr(server_module, "_TICK", 0.05)
    monkeypatch.setattr(door_module, "PAUSE", 0)


@pytest.fixture
async def hub(tmp_path: Path) -> AsyncIterator[Hub]:
    """A hub whose cases are open."""
    async with Hub(tmp_path / "sessions") as hub:
        yield hub


@pytest.fixture
async def clients(tmp_path: Path, hub: Hub) -> AsyncIterator[Clients]:
    """Clients of one machine; they leave before the hub ends."""
    assert hub.port
    clients = Clients(tmp_path / "terminals")
    yield clients
    await clients.close()


def plug(hub: Hub, **options: object) -> connect:
    """A connection that speaks for itself."""
    return connect(f"ws://127.0.0.1:{hub.port}/", compression=None, proxy=None, close_timeout=1, **options)  # type: ignore[arg-type]


async def say(wire: ClientConnection, message: msgspec.Struct) -> None:
    """Send a message."""
    await wire.send(msgspec.json.encode(message), text=True)


async def hear(wire: ClientConnection) -> ToClient:
    """Receive a message."""
    async with asyncio.timeout(PATIENCE):
        message: ToClient = to_client.decode(await wire.recv())
        return message


# Coming and going.


async def test_every_role_comes_in_and_sees(hub: Hub, clients: Clients) -> None:
    """Facilitator, screen and group, each its own view."""
    facilitator, screen, group = await clients.facilitator(hub), await clients.screen(hub), await clients.group(hub)
    assert (await seen(group, GroupView)).group.name == "1班"
    assert (await seen(screen, ScreenView)).room.code == CODE
    view = await seen(facilitator, FacilitatorView, lambda view: view.progress[0].terminals == 1)
    assert view.screens == 1
    assert all(client.state().connected and not client.state().ended for client in (facilitator, screen, group))


async def test_hidden_names_do_not_reach_the_screen(hub: Hub, clients: Clients) -> None:
    """In not a byte of what comes over its wire, whatever is put up and whoever writes."""
    facilitator, group = await clients.facilitator(hub), await clients.group(hub)
    await facilitator.do(ask.HideNames(hidden=True))
    async with plug(hub) as wire:
        await say(wire, Join(VERSION, "screen", CODE))
        heard = [await wire.recv(decode=False), await wire.recv(decode=False)]
        group.put(row("r1", "ハローワーク"))
        for command in (ask.PutUp(ask.Display("join")), ask.Reveal("a"), ask.PutUp(ask.Display("comparison", "a"))):
            await facilitator.do(command)
        await facilitator.do(ask.Announce("ここまで"))
        async with asyncio.timeout(PATIENCE):
            while "ここまで".encode() not in heard[-1]:
                heard.append(await wire.recv(decode=False))
    said = b"".join(heard).decode()
    assert "ハローワーク" in said
    assert not any(name in said for name in ("1班", "2班", "3班", '"g1"'))


async def test_a_group_is_asked_which_it_is(hub: Hub, clients: Clients) -> None:
    """When it names none; it may take its time, even until the connection has broken."""
    for broken in (False, True):
        async with laid(hub) as cable:
            client = clients.new("group", lambda cable=cable: cable.at(CODE))  # type: ignore[misc]
            lobby = await client.enter()
            assert lobby is not None
            assert [group.name for group in lobby.groups] == ["1班", "2班", "3班"]
            if broken:
                cable.cut()
                await eventually(lambda client=client: not client._wire.is_open)  # type: ignore[misc]
            await client.choose(lobby, "g3")
            assert (await seen(client, GroupView)).group.id == "g3"
            await client.close()


async def test_a_group_that_is_not_there(hub: Hub, clients: Clients) -> None:
    """Is told so."""
    client = clients.new("group", lambda: hub.at(CODE))
    with pytest.raises(TurnedAway, match="グループ") as away:
        await client.enter("9班")
    assert away.value.reason == "no-such-group"


async def test_a_terminal_comes_back_to_its_group_without_the_code(hub: Hub, clients: Clients) -> None:
    """After a new start of its program; a second terminal of the machine gets a place of its own."""
    first = await clients.group(hub, "2班")
    other = clients.new("group", lambda: hub.at(""))
    with pytest.raises(TurnedAway):
        await other.enter()  # the place is taken
    await first.close(leaving=False)
    again = clients.new("group", lambda: hub.at(""))
    assert await again.enter() is None
    assert (await seen(again, GroupView)).group.name == "2班"


@pytest.mark.parametrize("role", ["facilitator", "screen", "group"])
async def test_a_wrong_code_is_told(role: str, hub: Hub, clients: Clients) -> None:
    """To whoever typed it."""
    client = clients.new(role, lambda: hub.at("0000-0000"))  # type: ignore[arg-type]
    with pytest.raises(TurnedAway, match="コード") as away:
        await client.enter()
    assert away.value.reason == "wrong-code"


async def test_a_second_facilitator_is_told(hub: Hub, clients: Clients) -> None:
    """And the first goes on."""
    first = await clients.facilitator(hub)
    with pytest.raises(TurnedAway):
        await clients.new("facilitator", lambda: hub.at(KEY)).enter()
    await first.do(ask.Pause())
    assert (await seen(first, FacilitatorView, lambda view: view.timeline.phase == "paused")).session == "evening"


async def test_no_hub(hub: Hub, clients: Clients) -> None:
    """Neither where nobody listens, nor where somebody else does, nor at what is no address."""
    with socket.create_server(("127.0.0.1", 0)) as other:
        other.close()
    await hub.die()
    for address in (hub.at(KEY), Address("256.0.0.1", 1, KEY), Address("a b", 1, KEY)):
        with pytest.raises(NotReachable, match=str(address.port)):
            await clients.new("facilitator", lambda address=address: address).enter()  # type: ignore[misc]


async def test_a_hub_that_says_nothing(clients: Clients, monkeypatch: pytest.MonkeyPatch) -> None:
    """Counts as none, whether it never answers or hangs up."""
    monkeypatch.setattr(wire_module, "PATIENCE", 0.05)

    async def hang_up(_reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.close()

    async def say_nothing(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.read()
        writer.close()

    for answer in (hang_up, say_nothing):
        async with await asyncio.start_server(answer, "127.0.0.1", 0) as server:
            address = Address("127.0.0.1", server.sockets[0].getsockname()[1], KEY)
            with pytest.raises(NotReachable):
                await clients.new("facilitator", lambda address=address: address).enter()  # type: ignore[misc]


async def test_a_hub_that_falls_silent_while_we_come_in(
    hub: Hub, clients: Clients, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Is not waited for, and does not keep our seat."""
    async with laid(hub) as cable:
        monkeypatch.setattr(wire_module, "PATIENCE", 0.1)
        client = clients.new("facilitator", lambda: cable.at(KEY))
        cable.hold(after=1)  # the answer to the handshake
        with pytest.raises(NotReachable):
            await client.enter()
        monkeypatch.setattr(wire_module, "PATIENCE", PATIENCE)
        await eventually(lambda: len(hub.server._lines) == 1)
        cable.release()
        async with asyncio.timeout(PATIENCE):
            while not client.state().connected:
                with contextlib.suppress(TurnedAway):  # as long as the hub has not noticed
                    await client.enter()


async def test_why_there_is_no_hub(clients: Clients) -> None:
    """Whoever looks for one may know better; it is told as it said it."""

    def where() -> Address:
        raise Mend("no hub on this machine")

    with pytest.raises(NotReachable, match="no hub on this machine"):
        await clients.new("facilitator", where).enter()


async def test_another_version_is_told(hub: Hub, clients: Clients, monkeypatch: pytest.MonkeyPatch) -> None:
    """With both versions, so that one knows which is the older."""
    for module in (client_module, wire_module):
        monkeypatch.setattr(module, "VERSION", VERSION + 1)
    with pytest.raises(TurnedAway, match=f"{VERSION}.*{VERSION + 1}") as away:
        await clients.new("screen", lambda: hub.at(CODE)).enter()
    assert away.value.reason == "version"


async def test_a_hub_of_another_language(clients: Clients) -> None:
    """What cannot be understood is another version's."""
    from websockets.asyncio.server import ServerConnection, serve  # noqa: PLC0415 - this test alone is a server

    async def greet(connection: ServerConnection) -> None:
        await connection.send('{"type":"bonjour"}')
        await connection.wait_closed()

    async with serve(greet, "127.0.0.1", 0) as server:
        address = Address("127.0.0.1", next(iter(server.sockets)).getsockname()[1], KEY)
        client = clients.new("screen", lambda: address)
        with pytest.raises(TurnedAway, match=r"\?"):
            await client.enter()
        await client.close()


# Doing.


async def test_the_facilitator_does(hub: Hub, clients: Clients) -> None:
    """What is done is durable when `do` is back, and everybody sees it; what is refused is raised."""
    facilitator, screen = await clients.facilitator(hub), await clients.screen(hub)
    await facilitator.do(ask.GoTo(2))
    assert load(hub.path).timeline.segment == 2
    shown = (await seen(screen, ScreenView, lambda view: view.dial.segment == 2)).shown
    assert shown is not None
    assert shown.slide.title == "まとめ"
    with pytest.raises(Refused) as refused:
        await facilitator.do(ask.Resume())
    assert refused.value.reason == "not-paused"


async def test_a_group_puts(hub: Hub, clients: Clients) -> None:
    """It sees its change at once, as unsent; then it is saved, and the facilitator sees it."""
    facilitator, group = await clients.facilitator(hub), await clients.group(hub)
    group.put(row("r1", "ハローワーク"))
    assert group.state().unsent == 1
    assert rows(await seen(group, GroupView)) == ["r1"]
    await eventually(lambda: group.state().unsent == 0)
    saved_at = group.state().saved_at
    assert saved_at is not None
    assert abs(saved_at - time.time() * 1000) < 5000
    assert rows(await seen(facilitator, FacilitatorView, lambda view: rows(view) == ["r1"])) == ["r1"]
    assert load(hub.path).sheet("a", "g1").rows[0].fields["organisation"] == "ハローワーク"


async def test_a_refused_change_is_told_and_dropped(hub: Hub, clients: Clients) -> None:
    """The next one is taken all the same."""
    group = await clients.group(hub)
    group.put(ask.WriteRow("a", "r1", {"whom": "ねこ"}))
    await eventually(lambda: group.state().refused == "not-a-choice")
    assert group.state().unsent == 0
    assert rows(await seen(group, GroupView)) == []
    group.put(row("r2", "ハローワーク"))
    assert group.state().refused is None
    await eventually(lambda: group.state().saved_at is not None)


async def test_a_change_too_long_for_the_hub_blocks_nothing(hub: Hub, clients: Clients) -> None:
    """It is refused here: the hub would hang up on it each time."""
    group = await clients.group(hub)
    group.put(row("r1", "字" * LONGEST))
    group.put(row("r2", "ハローワーク"))
    await eventually(lambda: group.state().unsent == 0)
    assert [each.id for each in load(hub.path).sheet("a", "g1").rows] == ["r2"]


async def test_what_the_hub_cannot_write_waits(hub: Hub, clients: Clients) -> None:
    """And is saved once it can."""
    facilitator, group = await clients.facilitator(hub), await clients.group(hub)
    hub.full = True
    group.put(row("r1", "ハローワーク"))
    trouble = await seen(facilitator, FacilitatorView, lambda view: bool(view.trouble))
    assert trouble.trouble == "No space left on device"
    assert (group.state().unsent, group.state().refused) == (1, None)
    hub.full = False
    await eventually(lambda: group.state().unsent == 0)
    assert await seen(facilitator, FacilitatorView, lambda view: not view.trouble and rows(view) == ["r1"])


async def test_the_hubs_clock(hub: Hub, clients: Clients) -> None:
    """A client tells the hub's time."""
    group = await clients.group(hub)
    assert abs(group.now() - time.time() * 1000) < 1000


# Breaking and coming back.


async def test_a_hub_that_died_is_found_again(hub: Hub, clients: Clients) -> None:
    """What was acknowledged is there, what was not arrives, once; everybody goes on without a hand."""
    facilitator, screen, group = await clients.facilitator(hub), await clients.screen(hub), await clients.group(hub)
    group.put(row("r1", "ハローワーク"))
    await eventually(lambda: group.state().unsent == 0)
    await hub.die()
    await eventually(lambda: not group.state().connected)
    for number in range(2, 7):
        group.put(row(f"r{number}", "なかぽつ"))
    assert group.state().unsent == 5
    with pytest.raises(ConnectionError):
        await facilitator.do(ask.Pause())
    with pytest.raises(ConnectionError):
        await facilitator.stop()
    await hub.start()
    await eventually(lambda: group.state().unsent == 0)
    wanted = [f"r{number}" for number in range(1, 7)]
    assert rows(await seen(facilitator, FacilitatorView, lambda view: rows(view) == wanted)) == wanted
    assert [each.id for each in load(hub.path).sheet("a", "g1").rows] == wanted
    await facilitator.do(ask.Pause())
    assert await seen(screen, ScreenView, lambda view: view.dial.phase == "paused")


async def test_a_request_waits_for_the_way_back(hub: Hub, clients: Clients, monkeypatch: pytest.MonkeyPatch) -> None:
    """A break that is over at once costs the facilitator nothing."""
    monkeypatch.setattr(client_module, "_BLINK", PATIENCE)
    facilitator = await clients.facilitator(hub)
    await hub.die()
    await eventually(lambda: not facilitator.state().connected)
    doing = asyncio.create_task(facilitator.do(ask.Pause()))
    await hub.start()
    await doing
    assert load(hub.path).timeline.phase == "paused"


async def test_a_cable_that_is_cut_again_and_again(hub: Hub, clients: Clients) -> None:
    """In the middle of everything: each change arrives once, in order."""
    async with laid(hub) as cable:
        group = await clients.group(cable)
        for number in range(30):
            group.put(row(f"r{number:02}", "ハローワーク", f"{number}"))
            if number % 3 == 0:
                cable.cut()
            await asyncio.sleep(0.002)
        await eventually(lambda: group.state().unsent == 0)
        assert [each.id for each in load(hub.path).sheet("a", "g1").rows] == [f"r{number:02}" for number in range(30)]
        assert cable.plugs > 1
        await group.close()


@contextlib.asynccontextmanager
async def unanswered(hub: Hub, clients: Clients) -> AsyncIterator[Client]:
    """A terminal whose first row the hub has taken; the answer is lost, and in the end it has come back."""
    async with laid(hub) as cable:
        group = await clients.group(cable)
        await seen(group, GroupView)
        cable.hold()
        group.put(row("r1", "ハローワーク"))
        await eventually(lambda: bool(load(hub.path).sheet("a", "g1").rows))
        yield group
        cable.cut()
        cable.release()
        await eventually(lambda: group.state().unsent == 0)
        await group.close()


async def test_an_answer_that_is_lost_is_given_again(hub: Hub, clients: Clients) -> None:
    """The hub took the change and the connection broke: sent again, it has no second effect."""
    async with unanswered(hub, clients) as group:
        assert group.state().unsent == 1
        group.put(ask.DeleteRow("a", "r1"))
    assert load(hub.path).sheet("a", "g1").rows == ()


async def test_what_the_hub_has_taken_is_saved_though_its_answer_was_lost(hub: Hub, clients: Clients) -> None:
    """Coming back, the terminal hears that the hub has it, and says so."""
    async with unanswered(hub, clients) as group:
        assert group.state().saved_at is None
    assert group.state().saved_at is not None


async def test_text_goes_on_while_older_text_is_under_way(hub: Hub, clients: Clients) -> None:
    """The hub may have taken the older and its answer be lost: the newest text arrives all the same."""
    async with laid(hub) as cable:
        group = await clients.group(cable)
        cable.hold()
        group.put(row("r1", "ハ"))
        await eventually(lambda: bool(load(hub.path).sheet("a", "g1").rows))
        group.put(row("r1", "ハロー"))
        cable.cut()
        await eventually(lambda: not group.state().connected)
        group.put(row("r1", "ハローワーク"))
        assert group.state().unsent == 2
        cable.release()
        await eventually(lambda: group.state().unsent == 0)
        (written,) = load(hub.path).sheet("a", "g1").rows
        assert written.fields["organisation"] == "ハローワーク"
        await group.close()


async def test_a_command_under_way_when_the_hub_dies(hub: Hub, clients: Clients) -> None:
    """Is answered by an error, and the facilitator comes back."""
    async with laid(hub) as cable:
        facilitator = await clients.facilitator(cable)
        cable.hold()
        doing = asyncio.create_task(facilitator.do(ask.Pause()))
        await eventually(lambda: load(hub.path).timeline.phase == "paused")
        cable.cut()
        with pytest.raises(ConnectionError):
            await doing
        cable.release()
        await eventually(lambda: facilitator.state().connected)
        assert await seen(facilitator, FacilitatorView, lambda view: view.timeline.phase == "paused")
        await facilitator.close()


async def test_the_outbox_outlives_its_client(hub: Hub, clients: Clients) -> None:
    """A terminal's process that died: the next one sends what it had not."""
    async with laid(hub) as cable:
        first = await clients.group(cable)
        cable.hold()
        first.put(row("r1", "ハローワーク"))
        first.put(row("r2", "なかぽつ"))
        await eventually(lambda: bool(load(hub.path).sheet("a", "g1").rows))
        cable.cut()
        await hub.die()
        await first.close(leaving=False)  # what a kill leaves: the file, and the lock free
        assert first.state().unsent == 2
    await hub.start()
    again = clients.new("group", lambda: hub.at(CODE))
    assert await again.enter() is None
    await eventually(lambda: again.state().unsent == 0)
    assert [each.id for each in load(hub.path).sheet("a", "g1").rows] == ["r1", "r2"]


async def test_another_terminal_takes_a_group_over(hub: Hub, clients: Clients, tmp_path: Path) -> None:
    """One terminal is cut off while its group goes on at another; when it is back, nothing of either is lost."""
    async with laid(hub) as cable:
        first = await clients.group(cable)
        first.put(row("r1", "社協", revision="1"))
        await eventually(lambda: first.state().unsent == 0)
        cable.cut()
        cable.hold()
        first.put(row("r1", "市の社協", revision="2", made_from="1"))
        first.put(row("r2", "包括", revision="3"))
        elsewhere = Clients(tmp_path / "another machine")
        second = await elsewhere.group(hub)
        second.put(row("r1", "県の社協", revision="4", made_from="1"))
        second.put(row("r3", "病院", revision="5"))
        await eventually(lambda: second.state().unsent == 0)
        cable.release()
        await eventually(lambda: first.state().unsent == 0)
        wanted = ["r1", "r1~2", "r2", "r3"]
        for terminal in (first, second):
            view = await seen(terminal, GroupView, lambda view: sorted(rows(view)) == wanted)
            assert [each.fields["organisation"] for each in view.sheets[0].versions("r1")] == ["県の社協", "市の社協"]
        await elsewhere.close()
        await first.close()


async def test_what_is_typed_in_is_told_to_the_other_terminal(hub: Hub, clients: Clients, tmp_path: Path) -> None:
    """Not to oneself; and while there is no other, it is not even said."""
    first = await clients.group(hub)
    first.typing("a", "alone")
    elsewhere = Clients(tmp_path / "another machine")
    second = await elsewhere.group(hub)
    await seen(first, GroupView, lambda view: view.terminals == 2)
    first.typing("a", "r1")
    view = await seen(second, GroupView, lambda view: bool(view.typing))
    assert [typing.row for typing in view.typing] == ["r1"]
    second.typing("a", "r2")
    view = await seen(first, GroupView, lambda view: bool(view.typing))
    assert [typing.row for typing in view.typing] == ["r2"]
    await elsewhere.close()


async def test_silence_is_measured(hub: Hub, clients: Clients, monkeypatch: pytest.MonkeyPatch) -> None:
    """Since the hub's last byte; after too much of it the connection is given up and made anew."""
    monkeypatch.setattr(wire_module, "SILENCE_AT_MOST", 600)
    async with laid(hub) as cable:
        screen = await clients.screen(cable)
        cable.hold()
        await eventually(lambda: screen.state().silent > 100)
        assert screen.state().connected
        cable.release()
        await eventually(lambda: screen.state().silent < 50)
        assert cable.plugs == 1
        cable.hold()
        await eventually(lambda: cable.plugs > 1)
        cable.release()
        await eventually(lambda: screen.state().connected and screen.state().silent < 50)
        await screen.close()


async def test_packets_that_stop_are_missed_at_both_ends(hub: Hub, clients: Clients) -> None:
    """Within three seconds, though neither end is told that the other has gone."""
    facilitator = await clients.facilitator(hub)
    async with laid(hub) as cable:
        group = await clients.group(cable)
        await seen(facilitator, FacilitatorView, lambda view: view.progress[0].terminals == 1)
        cable.freeze()
        frozen = time.monotonic()
        await eventually(lambda: not group.state().connected)
        await seen(facilitator, FacilitatorView, lambda view: view.progress[0].terminals == 0)
        assert time.monotonic() - frozen < 3.0
        cable.release()
        await eventually(lambda: group.state().connected)
        assert facilitator.state().connected
        await group.close()


async def test_a_long_message_on_a_slow_network_is_no_silence(
    hub: Hub, clients: Clients, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As long as there are bytes, there is somebody at the other end."""
    monkeypatch.setattr(wire_module, "SILENCE_AT_MOST", 200)
    async with laid(hub) as cable:
        screen = await clients.screen(cable)
        line = list(hub.server._lines.values())[-1]
        long = msgspec.json.encode(Pong(Millis(0), Millis(0))).replace(b"{", b"{" + b" " * 400_000, 1)
        cable.slow(8_192, pause=0.02)
        await line.connection.send(long, text=True)
        await eventually(lambda: cable.carried > len(long))
        assert cable.plugs == 1
        assert screen.state().connected
        await screen.close()


async def test_a_change_that_is_missing_brings_a_whole_picture(hub: Hub, clients: Clients) -> None:
    """A client that lost count begins anew."""
    facilitator = await clients.facilitator(hub)
    async with laid(hub) as cable:
        screen = await clients.screen(cable)
        line = list(hub.server._lines.values())[-1]
        await line.connection.send(msgspec.json.encode(Change(998, 999, ())), text=True)
        await eventually(lambda: cable.plugs == 2)
        await facilitator.do(ask.Pause())
        assert await seen(screen, ScreenView, lambda view: view.dial.phase == "paused")
        await screen.close()


async def test_who_may_not_come_back_is_told(hub: Hub, clients: Clients, monkeypatch: pytest.MonkeyPatch) -> None:
    """The views end, and the state says why: the hub that is there now knows neither key nor code."""
    screen = await clients.screen(hub)
    await hub.die()
    monkeypatch.setattr(hubs, "KEY", "another hub's")
    monkeypatch.setattr(hubs, "CODE", "0")
    screen._where = lambda: hub.at("1")
    await hub.start()
    async with asyncio.timeout(PATIENCE):
        async for view in screen.views():
            assert isinstance(view, ScreenView)
    assert "コード" in screen.state().ended
    assert not screen.state().connected


async def test_a_screen_goes_on_with_another_hub_whose_code_it_knows(
    hub: Hub, clients: Clients, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The key was the other one's; the code is read anew where the hub is this machine's."""
    screen = await clients.screen(hub)
    await hub.die()
    monkeypatch.setattr(hubs, "KEY", "another hub's")
    await hub.start()
    await eventually(lambda: screen.state().connected)


async def test_a_new_code_lets_newcomers_in_and_keeps_everybody(hub: Hub, clients: Clients) -> None:
    """It stands on the wall and with the facilitator; the old one opens nothing; who was in comes back by its key."""
    facilitator, screen, group = await clients.facilitator(hub), await clients.screen(hub), await clients.group(hub)
    await facilitator.do(ask.NewCode())
    assert (await seen(screen, ScreenView, lambda view: view.room.code == NEXT_CODE)).room.addresses
    assert (await seen(facilitator, FacilitatorView)).room.code == NEXT_CODE
    with pytest.raises(TurnedAway):
        await clients.new("screen", lambda: hub.at(CODE)).enter()
    assert await clients.new("screen", lambda: hub.at(NEXT_CODE)).enter() is None
    for line in list(hub.server._lines.values()):
        line.connection.transport.abort()
    await eventually(lambda: not any(client.state().connected for client in (screen, group)))
    await eventually(lambda: all(client.state().connected for client in (facilitator, screen, group)))


async def test_guessing_locks_the_address_and_says_for_how_long(
    hub: Hub, clients: Clients, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whoever has a key comes in meanwhile, and whoever knows the code once its turn has come."""
    monkeypatch.setattr(door_module, "LOOK", 300)
    facilitator, group = await clients.facilitator(hub), await clients.group(hub)
    for _guess in range(door_module.TRIES - 1):
        with pytest.raises(TurnedAway, match="画面") as wrong:
            await clients.new("screen", lambda: hub.at("0")).enter()
        assert wrong.value.reason == "wrong-code"
    with pytest.raises(TurnedAway, match="60") as locked:
        await clients.new("screen", lambda: hub.at("0")).enter()
    assert locked.value.reason == "locked"
    with pytest.raises(TurnedAway):
        await clients.new("screen", lambda: hub.at(CODE)).enter()
    for line in list(hub.server._lines.values()):
        line.connection.transport.abort()
    await eventually(lambda: not facilitator.state().connected and not group.state().connected)
    await eventually(lambda: facilitator.state().connected and group.state().connected)
    await asyncio.sleep(0.3)
    await clients.screen(hub)


async def test_a_facilitator_waits_for_its_seat(hub: Hub, clients: Clients) -> None:
    """The hub may not have missed the old connection yet, and say that there is a facilitator: it tries on."""
    way = asyncio.Event()

    def where() -> Address:
        if not way.is_set():
            raise NotReachable("not now")
        return cable.at(KEY)

    async with laid(hub) as cable, plug(hub) as other:
        way.set()
        facilitator = clients.new("facilitator", where)
        await facilitator.enter()
        way.clear()
        cable.cut()
        await eventually(lambda: len(hub.server._lines) == 1)
        await say(other, Join(VERSION, "facilitator", KEY))
        assert isinstance(await hear(other), Welcome)
        way.set()
        await eventually(lambda: cable.plugs > 3)
        assert not facilitator.state().connected
        assert not facilitator.state().ended
        await other.close()
        await eventually(lambda: facilitator.state().connected)
        await facilitator.close()


# Ending.


async def test_the_facilitator_stops_the_hub(hub: Hub, clients: Clients) -> None:
    """Everybody hears of it; whoever stopped it does not come back, the others do when there is one again."""
    facilitator, group = await clients.facilitator(hub), await clients.group(hub)
    group.put(row("r1", "ハローワーク"))
    await eventually(lambda: not group.state().unsent)
    async with asyncio.timeout(PATIENCE):
        await facilitator.stop()
        assert hub.running is not None
        await hub.running
    assert facilitator.state().ended
    await eventually(lambda: bool(group.state().ended))
    async with asyncio.timeout(PATIENCE):
        async for view in facilitator.views():
            assert isinstance(view, FacilitatorView)
    await hub.start()
    await eventually(lambda: group.state().connected)
    assert group.state().ended == ""
    assert not facilitator.state().connected


async def test_a_hub_that_dies_while_it_is_stopped(hub: Hub, clients: Clients) -> None:
    """Nobody is told that it was stopped, and the facilitator comes back."""
    async with laid(hub) as cable:
        facilitator = await clients.facilitator(cable)
        cable.hold()
        stopping = asyncio.create_task(facilitator.stop())
        await asyncio.sleep(0)
        cable.cut()
        with pytest.raises(ConnectionError):
            await stopping
        await facilitator.close()


async def test_somebody_who_is_choosing_does_not_keep_the_hub(hub: Hub, clients: Clients) -> None:
    """Nor somebody who does not listen: the hub ends."""
    lobby = await clients.new("group", lambda: hub.at(CODE)).enter()
    assert lobby is not None
    async with laid(hub) as cable:
        await clients.screen(cable)
        cable.hold()
        hub.server.stop()
        assert hub.running is not None
        async with asyncio.timeout(PATIENCE):
            await hub.running


async def test_views_end_when_the_client_leaves(hub: Hub, clients: Clients) -> None:
    """Whoever waits for the next one does not wait for ever."""
    facilitator = await clients.facilitator(hub)
    watched: list[str] = []

    async def watch() -> None:
        async for view in facilitator.views():
            assert isinstance(view, FacilitatorView)
            watched.append(view.timeline.phase)

    watching = asyncio.create_task(watch())
    await facilitator.do(ask.Pause())
    await eventually(lambda: "paused" in watched)
    await facilitator.close()
    async with asyncio.timeout(PATIENCE):
        await watching


# What others may send.


async def test_a_page_in_a_browser_is_kept_out(hub: Hub) -> None:
    """Browsers say where a page is from; our clients come from nowhere."""
    with pytest.raises(InvalidStatus) as refused:
        await plug(hub, origin="http://example.com")
    assert refused.value.response.status_code == 403


@pytest.mark.parametrize(
    ("frame", "code"),
    [
        ("hello", 1008),
        ("[" * 50_000, 1008),
        ('{"type":"ping","sent":' + "[" * 30_000 + "]" * 30_000 + "}", 1008),
        ('{"type":"do","number":1,"command":' + '{"type":"announce","text":' * 2_000 + "1" + "}" * 2_001, 1008),
        ('{"type":"jump"}', 1008),
        (msgspec.json.encode(Ping(Millis(1))), 1008),
        (b"\xff\xfe", 1008),
        ("x" * (LONGEST + 1), 1009),
    ],
    ids=["no JSON", "open", "nested", "nested commands", "unknown", "binary JSON", "binary", "oversized"],
)
@pytest.mark.parametrize("joined", [True, False], ids=["joined", "not joined"])
async def test_whoever_sends_nonsense_is_sent_away(
    joined: bool, frame: str | bytes, code: int, hub: Hub, clients: Clients
) -> None:
    """And the others go on."""
    facilitator = await clients.facilitator(hub)
    async with plug(hub) as wire:
        if joined:
            await say(wire, Join(VERSION, "screen", CODE))
            assert isinstance(await hear(wire), Welcome)
            assert isinstance(await hear(wire), Picture)
        await wire.send(frame)
        async with asyncio.timeout(PATIENCE):
            heard = [to_client.decode(each) async for each in _until_closed(wire)]
    assert wire.close_code == code
    assert wire.close_reason == ("malformed" if code == 1008 else "frame with 65537 bytes exceeds limit of 65536 bytes")
    assert heard == ([NotAdmitted("malformed")] if code == 1008 else [])
    await facilitator.do(ask.Pause())
    assert await seen(facilitator, FacilitatorView, lambda view: view.screens == 0)


async def _until_closed(wire: ClientConnection) -> AsyncIterator[str | bytes]:
    try:
        while True:
            yield await wire.recv()
    except ConnectionClosed:
        return


async def test_guesses_after_the_first_are_not_heard(hub: Hub, clients: Clients) -> None:
    """A connection has one, however many it sends at once."""
    facilitator = await clients.facilitator(hub)
    async with plug(hub) as wire:
        for guess in ("0", "1", CODE):
            await say(wire, Join(VERSION, "group", guess, "g1", "terminal"))
        await say(wire, Do(1, row("r1", "ハローワーク")))
        async with asyncio.timeout(PATIENCE):
            heard = [to_client.decode(each) async for each in _until_closed(wire)]
    assert heard == [NotAdmitted("wrong-code")]
    assert (await seen(facilitator, FacilitatorView)).sheets == ()


async def test_a_slow_reader_slows_nobody_and_is_shown_where_things_stand(
    hub: Hub, clients: Clients, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What it missed comes as one change, and next to nothing waits for it meanwhile."""
    for module in (wire_module, server_module):
        monkeypatch.setattr(module, "SILENCE_AT_MOST", 60_000)
    facilitator = await clients.facilitator(hub)
    async with laid(hub) as cable:
        cable.slow(512, 0.0)
        slow = await clients.screen(cable)
        await seen(slow, ScreenView)
        cable.hold()
        for number in range(400):
            await facilitator.do(ask.Announce(f"{number}" + "字" * 100))
        line = list(hub.server._lines.values())[-1]
        assert line.waiting.qsize() <= server_module._ANSWERS_AT_MOST
        assert line.connection.transport.get_write_buffer_size() < 70_000
        assert slow.state().connected
        cable.release()
        await seen(slow, ScreenView, lambda view: view.message is not None and view.message.text[:3] == "399")
        await slow.close()


async def test_a_wall_is_told_before_the_answer(hub: Hub, clients: Clients, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever asked goes to work on the answer, and all eyes are on the wall."""
    facilitator, screen = await clients.facilitator(hub), await clients.screen(hub)
    await seen(facilitator, FacilitatorView, lambda view: view.screens == 1)
    told: list[tuple[int, object]] = []
    send = server_module._Connection.send

    async def noted(connection: server_module._Connection, frame: str, text: bool) -> None:
        told.append((id(connection), to_client.decode(frame)))
        await send(connection, frame, text=text)

    monkeypatch.setattr(server_module, "_PACE", 0.0)
    monkeypatch.setattr(server_module._Connection, "send", noted)
    await facilitator.do(ask.PutUp(ask.Display("join")))
    await seen(screen, ScreenView, lambda view: view.display.shown == "join")
    answered = next(index for index, (_whom, message) in enumerate(told) if isinstance(message, Done))
    asker = told[answered][0]
    assert any(whom != asker and isinstance(message, Change) for whom, message in told[:answered])


async def test_the_more_there_are_the_less_often_they_are_shown_what_is_new(
    hub: Hub, clients: Clients, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What is acknowledged meanwhile is shown together; the acknowledgements do not wait for it."""
    monkeypatch.setattr(server_module, "_PACE_EACH", 0.5)
    monkeypatch.setattr(client_module, "_BEAT", 1.0)  # whoever asks is answered, and shown first what is new
    facilitator, group = await clients.facilitator(hub), await clients.group(hub)
    before, begun = facilitator._revision, time.monotonic()
    for number in range(60):
        group.put(row(f"r{number}", "ハローワーク"))
        await eventually(lambda: not group.state().unsent)
    await seen(facilitator, FacilitatorView, lambda view: len(view.sheets[0].rows) == 60 if view.sheets else False)
    shown = facilitator._revision - before
    assert shown <= 2 * (time.monotonic() - begun) + 2


async def test_whoever_asks_without_listening_is_not_listened_to(hub: Hub, clients: Clients) -> None:
    """Until it counts as gone: its answers are no burden, and the others go on."""
    facilitator = await clients.facilitator(hub)
    narrow = socket.socket()
    narrow.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
    narrow.setblocking(False)
    await asyncio.get_running_loop().sock_connect(narrow, ("127.0.0.1", hub.port))
    async with plug(hub, sock=narrow, max_queue=1) as deaf:
        await say(deaf, Join(VERSION, "screen", CODE))
        await seen(facilitator, FacilitatorView, lambda view: view.screens == 1)
        with pytest.raises(ConnectionClosed):
            await _ask_without_listening(deaf)
    await seen(facilitator, FacilitatorView, lambda view: view.screens == 0)
    await facilitator.do(ask.Pause())


async def _ask_without_listening(wire: ClientConnection) -> None:
    async with asyncio.timeout(2 * PATIENCE):
        while True:
            for _ping in range(100):
                await say(wire, Ping(Millis(0)))
            await asyncio.sleep(0)  # the hub shares this loop: kept from it for long, it would count as away


async def test_a_flood_is_listened_to_no_faster_than_it_may_be(hub: Hub, clients: Clients) -> None:
    """It waits on its own connection; nobody else's keys wait for it."""
    facilitator = await clients.facilitator(hub)
    async with plug(hub) as flood:
        began = time.monotonic()
        sending = asyncio.create_task(_ping_often(flood, BURST + RATE // 2))
        answered = asyncio.create_task(_hear_often(flood, BURST + RATE // 2))
        await facilitator.do(ask.Pause())
        assert not answered.done()
        answers = await answered
        assert time.monotonic() - began > 0.4
        await sending
    assert {type(answer) for answer in answers} == {Pong}


async def _hear_often(wire: ClientConnection, times: int) -> list[object]:
    return [await hear(wire) for _ in range(times)]


async def _ping_often(wire: ClientConnection, times: int) -> None:
    for number in range(times):
        await say(wire, Ping(Millis(number)))


async def test_the_hub_answers_who_has_not_joined(hub: Hub) -> None:
    """Whether it is there, and nothing else."""
    async with plug(hub) as wire:
        await say(wire, Ping(Millis(7)))
        answer = await hear(wire)
        assert isinstance(answer, Pong)
        assert answer.sent == 7


async def test_a_clock_that_is_set_is_told(hub: Hub, clients: Clients, monkeypatch: pytest.MonkeyPatch) -> None:
    """Within a tick, to the facilitator."""
    facilitator = await clients.facilitator(hub)
    wall = time.time_ns
    monkeypatch.setattr(hub.server._clock, "_wall", lambda: wall() + 90_000_000_000)
    view = await seen(facilitator, FacilitatorView, lambda view: view.clock_drift > 0)
    assert view.clock_drift == 90_000


async def test_a_hub_that_woke_up_asks(hub: Hub, clients: Clients, monkeypatch: pytest.MonkeyPatch) -> None:
    """Within a tick, without anybody's asking; the answer lets the clock run on where it was."""
    facilitator, screen = await clients.facilitator(hub), await clients.screen(hub)
    monotonic = hub.clock._monotonic
    monkeypatch.setattr(hub.clock, "_monotonic", lambda: monotonic() + 3_600_000_000_000)
    cut = (await seen(facilitator, FacilitatorView, lambda view: view.timeline.cut is not None)).timeline.cut
    assert cut is not None
    assert abs(cut.found - cut.at - 3_600_000) < 5_000
    standing = (await seen(screen, ScreenView, lambda view: view.dial.phase == "paused")).dial
    await facilitator.do(ask.Recover(count=False))
    running = (await seen(screen, ScreenView, lambda view: view.dial.phase == "running")).dial
    assert running.left == standing.left


async def test_the_hub_gives_signs_of_life(hub: Hub, clients: Clients, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each tick, unless it was away and that could not be kept: then the last one before it stands."""
    facilitator = await clients.facilitator(hub)
    await eventually(lambda: pulse.read(hub.path) is not None)
    hub.full = True
    monotonic = hub.clock._monotonic
    monkeypatch.setattr(hub.clock, "_monotonic", lambda: monotonic() + 3_600_000_000_000)
    await seen(facilitator, FacilitatorView, lambda view: bool(view.trouble))
    before = pulse.read(hub.path)
    assert before is not None
    assert hub.clock.now() - before.at > 3_590_000
    hub.full = False
    cut = (await seen(facilitator, FacilitatorView, lambda view: view.timeline.cut is not None)).timeline.cut
    assert cut is not None
    assert before.at <= cut.at < before.at + 5_000
    await eventually(lambda: pulse.read(hub.path) != before)


def test_nobody_puts_without_a_group(tmp_path: Path) -> None:
    """A client that has not entered says that it is not connected."""
    client = Client("group", lambda: Address("127.0.0.1", 1, ""), tmp_path)
    state = replace(client.state(), silent=Millis(0))
    assert (state.connected, state.unsent, state.trouble, state.ended) == (False, 0, "", "")


async def test_the_whole_picture_comes_before_anything_new(hub: Hub, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever happens between the moment somebody comes in and the moment that is told."""
    monkeypatch.setattr(hub.server._room, "news", lambda _peer: Change(0, 1, ()))
    async with connect(f"ws://127.0.0.1:{hub.port}/", proxy=None) as wire:
        await say(wire, Join(VERSION, "screen", CODE))
        assert [type(await hear(wire)) for _message in range(2)] == [Welcome, Picture]
        await say(wire, Ping(Millis(1)))
        assert [type(await hear(wire)) for _message in range(2)] == [Change, Pong]
