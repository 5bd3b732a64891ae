"""A terminal that comes back to a hub that has heard what it sent last."""

import asyncio
from pathlib import Path

from shuro_tui.core.views import GroupView
from tests.hub.hubs import Clients, Hub, eventually, laid, rows, seen
from tests.workshops import row


async def test_nothing_that_was_typed_is_ever_away(tmp_path: Path) -> None:
    """Between being let in and the picture a view has everything still, heard by the hub or not."""
    hub, clients = Hub(tmp_path / "sessions"), Clients(tmp_path)
    await hub.start()
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
    await hub.die()
