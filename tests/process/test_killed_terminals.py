"""Terminals that are killed while somebody types at them. `python -m benchmarks.faults` does it 150 times."""

from pathlib import Path

from tests.process.killed_terminals import kill_both, kill_terminals


async def test_a_killed_terminal_brings_back_what_was_typed(tmp_path: Path) -> None:
    """Every row that was acknowledged, once, and every character that was typed 300 ms before."""
    counts = await kill_terminals(tmp_path, 4, seed=3)
    assert counts.terminals == 4
    assert counts.characters > 0
    assert counts.faultless, counts


async def test_hub_and_terminals_killed_together_lose_nothing(tmp_path: Path) -> None:
    """Whichever of them dies first."""
    counts = await kill_both(tmp_path, 2, seed=3)
    assert (counts.hubs, counts.terminals) == (2, 4)
    assert counts.characters > 0
    assert counts.faultless, counts
