"""A hub's store on a disk of its own that fills up, and gets room again. Runs in a mount namespace of its own.

python -m tests.store.full_disk FOLDER
"""

import subprocess
import sys
from contextlib import closing, suppress
from pathlib import Path

from shuro_tui.core import commands as ask
from shuro_tui.core.session import decide
from shuro_tui.store import StorageError, Store, load
from tests.store.stored_session import START, at_work, new_session

SIZE = 8 << 20
WRITES = 100
"""Between two changes of the disk; more than the journal has room for."""


def fill(path: Path) -> None:
    """Leave no byte."""
    with suppress(OSError), path.open("wb", buffering=0) as file:
        while True:
            file.write(bytes(4096))


def there(path: Path) -> dict[str, str]:
    """Row → what is on the disk."""
    return {row.id: row.fields["content"] for row in load(path).sheet("case-1", "g1").rows}


def main(folder: Path) -> None:
    """Write until the disk is full, make room, write on; what was told kept is there each time."""
    subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={SIZE}", "tmpfs", folder], check=True)
    kept: dict[str, str] = {}
    refused = 0
    with closing(Store.create(folder, new_session())) as store:
        store.append(at_work(store.session))
        for turn in range(6):
            if turn % 2:
                fill(folder / "film.mp4")
            else:
                (folder / "film.mp4").unlink(missing_ok=True)
            for number in range(turn * WRITES, (turn + 1) * WRITES):
                row, text = f"row-{number % 50}", f"{number} " + "長" * 1_900
                command = ask.WriteRow("case-1", row, {"organisation": "", "content": text})
                try:
                    store.append(decide(store.session, command, START, "g1"))
                    kept[row] = text
                except StorageError:
                    refused += 1
            assert there(store.path) == kept, "what was acknowledged and what is on the disk"
            assert turn % 2 or kept[row] == text, "it goes on by itself"
    assert there(store.path) == kept, "after the end, on a full disk"
    print(f"rows acknowledged {len(kept)}, missing 0; refused for want of room {refused}")  # noqa: T201
    assert refused


if __name__ == "__main__":
    main(Path(sys.argv[1]))
