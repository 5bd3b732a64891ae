"""A hub that is killed while groups write. `python -m benchmarks.faults` does it 300 times."""

from pathlib import Path

from shuro_tui.core.views import FacilitatorView
from shuro_tui.hub.client import Client
from shuro_tui.hub.whereabouts import Address
from shuro_tui.rehearsal.stage import hub
from shuro_tui.store import journal
from tests.hub.hubs import seen
from tests.process.killed_hub import begun, kill_again_and_again


async def test_a_killed_hub_loses_nothing_it_acknowledged(tmp_path: Path) -> None:
    """Nor has it anything twice, however often, and at whatever moment."""
    counts = await kill_again_and_again(tmp_path, 4, seed=5)
    assert (counts.kills, counts.missing, counts.duplicated) == (4, 0, 0)
    assert counts.kept > 0


async def test_a_damaged_journal_is_told_on_the_facilitators_screen(tmp_path: Path) -> None:
    """The hub goes on with what was written before the damage, and says where the rest is."""
    path = begun(tmp_path)
    journal.place(path).write_bytes(b"12345678 something else\n")
    with hub(["--data", str(tmp_path), "--session", path.stem, "--port", "0"], tmp_path) as (where, _process):
        facilitator = Client("facilitator", lambda: Address("127.0.0.1", where.port, where.key))
        await facilitator.enter()
        view = await seen(facilitator, FacilitatorView)
        await facilitator.close()
    assert str(path.with_name("evening.journal.damaged-1")) in view.damage
    assert view.timeline.segment == 1
