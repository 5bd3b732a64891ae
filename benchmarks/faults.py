"""What goes wrong in a room, again and again, and what it costs: counts, which are to be 0.

    python -m benchmarks.faults [NAME...]

hub        300 hubs, killed with SIGKILL while sixteen terminals write as fast as they are answered; after each kill
           what is on the disk is compared with what was acknowledged, then a new hub goes on with it
terminals  100 terminals in pseudo-terminals, killed while somebody types Japanese at them
both       50 hubs and their two terminals, killed at nearly the same moment
cut        sixteen terminals that write, and a network through which nothing gets for 30 s
stop       the same, with a hub that stands still for 10 s
return     500 terminals that lose their connections at once

Exit status 1 when a row was lost or is there twice, a character that was typed 300 ms before a kill is missing, or a
terminal shows another sheet than the hub has.
"""

import asyncio
import sys
import tempfile
from collections.abc import Awaitable, Callable
from pathlib import Path

from tests.process import disturbed, killed_hub, killed_terminals

Counts = killed_hub.Counts | killed_terminals.Counts | disturbed.Counts

FAULTS: dict[str, Callable[[Path], Awaitable[Counts]]] = {
    "hub": lambda folder: killed_hub.kill_again_and_again(folder, 300),
    "terminals": lambda folder: killed_terminals.kill_terminals(folder, 100),
    "both": lambda folder: killed_terminals.kill_both(folder, 50),
    "cut": lambda folder: disturbed.network_cut(folder, 16, 30.0),
    "stop": lambda folder: disturbed.hub_stopped(folder, 16, 10.0),
    "return": lambda folder: disturbed.all_at_once(folder, 500),
}


async def counted(name: str) -> Counts:
    """What one of them comes to, on the disk; /tmp may be memory."""
    with tempfile.TemporaryDirectory(dir="/var/tmp") as folder:
        return await FAULTS[name](Path(folder))


def main(names: list[str]) -> bool:
    """Print the counts; whether they are what they should be."""
    if unknown := set(names) - set(FAULTS):
        raise SystemExit(f"{__doc__}\nunknown: {', '.join(sorted(unknown))}")
    faultless = True
    for name in names or FAULTS:
        counts = asyncio.run(counted(name))
        print(counts, flush=True)
        faultless = faultless and counts.faultless
    return faultless


if __name__ == "__main__":
    sys.exit(not main(sys.argv[1:]))
