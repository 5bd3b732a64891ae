"""A hub that is killed while groups write. `python -m benchmarks.faults` does it 300 times."""

from pathlib import Path

from tests.process.killed_hub import kill_again_and_again


async def test_a_killed_hub_loses_nothing_it_acknowledged(tmp_path: Path) -> None:
    """Nor has it anything twice, however often, and at whatever moment."""
    counts = await kill_again_and_again(tmp_path, 4, seed=5)
    assert (counts.kills, counts.missing, counts.duplicated) == (4, 0, 0)
    assert counts.kept > 0
