"""A process that appends to a session until it is killed, and prints each number once it is acknowledged.

python -m tests.store.endless_writer FILE BYTES: the journal is folded into the file whenever it is that long.
"""

import sys
from itertools import count
from pathlib import Path

from shuro_tui.core import commands as ask
from shuro_tui.core.events import Heard
from shuro_tui.core.session import decide
from shuro_tui.store import Store, storage
from tests.store.stored_session import START

ROWS = 20


def write_for_ever(path: Path) -> None:
    """Write the numbers, each into its row, from the one after the last that the file has."""
    store = Store.open(path)
    for number in count(store.session.heard.get("terminal", 0) + 1):
        command = ask.WriteRow(
            "case-1", f"row-{number % ROWS}", {"organisation": "ハローワーク", "content": str(number)}
        )
        store.append([*decide(store.session, command, START, "g1"), Heard(START, "terminal", number)])
        print(number, flush=True)  # noqa: T201 - the acknowledgement


if __name__ == "__main__":
    storage.COMPACT_AT = int(sys.argv[2])
    write_for_ever(Path(sys.argv[1]))
