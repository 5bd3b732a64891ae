"""Terminals that write while something fails. `python -m benchmarks.faults` does it longer, and with more of them."""

from pathlib import Path

from tests.process.disturbed import all_at_once, hub_stopped, network_cut


async def test_a_network_that_is_cut(tmp_path: Path) -> None:
    """Whatever was written meanwhile is there in the end, once, and everybody shows the same."""
    counts = await network_cut(tmp_path, 16, 4.0)
    assert counts.rows >= 16
    assert counts.faultless, counts


async def test_a_hub_that_stands_still(tmp_path: Path) -> None:
    """It goes on where it was."""
    counts = await hub_stopped(tmp_path, 16, 4.0)
    assert counts.rows >= 16
    assert counts.faultless, counts


async def test_all_come_back_at_once(tmp_path: Path) -> None:
    """A router that begins anew takes every connection with it."""
    counts = await all_at_once(tmp_path, 64)
    assert counts.rows >= 64
    assert counts.faultless, counts
