"""A terminal that comes back to a hub that has heard what it sent last."""

import asyncio
import gc
from pathlib import Path

import pytest

from shuro_tui.core.views import GroupView
from shuro_tui.hub.protocol import Do, ToHub
from tests.hub.hubs import Clients, Hub, eventually, laid, rows, seen
from tests.workshops import row


async def test_nothing_that_was_typed_is_ever_away(tmp_path: Path) -> None:
    """Between being let in and the picture a view has everything still, heard by the hub or not."""
    hub, clients = Hub(tmp_path / "sessions"), Clients(tmp_path)
    async with hub:
        async with laid(hub) as cable:
            terminal = await clients.group(cable)
            await seen(terminal, GroupView)
            cable.hold()
            terminal.put(row("r1", "社協"))
            await eventually(lambda: bool(hub.store.session.sheets))
            shown: list[list[str]] = []

            async def watch() -> None:
                async for view in terminal.views():
                    assert isinstance(view, GroupView)
                    shown.append(rows(view))

            watching = asyncio.create_task(watch())
            cable.cut()
            cable.release()
            await eventually(lambda: not terminal.state().connected)
            while not terminal.state().connected:
                terminal._news.set()  # whatever makes the screen look again
                await asyncio.sleep(0)
            await eventually(lambda: not terminal.state().unsent)
            watching.cancel()
            assert [kept for kept in shown if kept != ["r1"]] == []
        await clients.close()


async def break_in_the_middle_of_sending(folder: Path) -> None:
    """A change is on its way into the socket when the connection goes; it arrives with the next."""
    hub, clients = Hub(folder / "sessions"), Clients(folder)
    async with hub:
        async with laid(hub) as cable:
            terminal = await clients.group(cable)
            await seen(terminal, GroupView)
            send, sending = terminal._wire.send, asyncio.Event()

            async def hang(message: ToHub) -> None:
                if isinstance(message, Do):
                    sending.set()
                    await asyncio.Event().wait()
                await send(message)

            with pytest.MonkeyPatch.context() as patched:
                patched.setattr(terminal._wire, "send", hang)
                terminal.put(row("r1", "社協"))
                await sending.wait()
                cable.cut()
                await eventually(lambda: not terminal.state().connected)
            await eventually(lambda: not terminal.state().unsent)
        await clients.close()


async def test_a_break_in_the_middle_of_sending(tmp_path: Path) -> None:
    """Nobody waits for an answer yet: nothing is complained about, which would stand across the screen."""
    complaints: list[str] = []
    asyncio.get_running_loop().set_exception_handler(lambda _loop, context: complaints.append(context["message"]))
    await break_in_the_middle_of_sending(tmp_path)
    gc.collect()
    assert complaints == []
