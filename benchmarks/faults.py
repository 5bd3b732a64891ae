"""What a kill costs: counts, over many kills at random moments under load.

    python -m benchmarks.faults [KILLS]

Real hubs, each killed with SIGKILL while sixteen terminals of eight groups write as fast as they are answered. After
each kill what is on the disk is compared with what was acknowledged; then a new hub goes on with it.

Exit status 1 when a row was lost or is there twice.
"""

import asyncio
import sys
import tempfile
from pathlib import Path

from tests.process.killed_hub import kill_again_and_again

KILLS = 300


def main(kills: int) -> bool:
    """Print the counts; whether they are what they should be."""
    with tempfile.TemporaryDirectory(dir="/var/tmp") as folder:  # /tmp may be memory
        counts = asyncio.run(kill_again_and_again(Path(folder), kills))
    print(counts)
    return not counts.missing and not counts.duplicated


if __name__ == "__main__":
    sys.exit(not main(int(sys.argv[1]) if len(sys.argv) > 1 else KILLS))
