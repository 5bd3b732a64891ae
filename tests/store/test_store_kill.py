"""A writer that is killed."""

import random
import subprocess
import sys
import time
from pathlib import Path

import pytest

from shuro_tui.store import Store, load, storage
from tests.store.endless_writer import ROWS
from tests.store.stored_session import at_work, new_session

KILLS = 12
ROOT = Path(__file__).parents[2]


def killed_writer(path: Path, fold_at: int, chance: random.Random) -> int:
    """Let a process write, kill it at some moment, and return the last number it acknowledged."""
    command = [sys.executable, "-m", "tests.store.endless_writer", str(path), str(fold_at)]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as writer:
        assert writer.stdout is not None
        acknowledged = [writer.stdout.readline() for _number in range(chance.randint(1, 5))]
        time.sleep(chance.uniform(0, 0.01))  # any moment of a write is as likely as another
        writer.kill()
        acknowledged += writer.stdout.read().splitlines(keepends=True)
    return int([line for line in acknowledged if line.endswith("\n")][-1])


@pytest.mark.parametrize("fold_at", [storage.COMPACT_AT, 1])
def test_a_killed_writer_loses_nothing_it_acknowledged(tmp_path: Path, fold_at: int) -> None:
    """However often it is killed, appending or folding, file and journal stand after a whole append.

    After a clean end the file alone does.
    """
    chance = random.Random(20)  # noqa: S311 - a moment to kill, no secret
    store = Store.create(tmp_path, new_session())
    store.append(at_work(store.session))
    store.close()
    for _kill in range(KILLS):
        last = killed_writer(store.path, fold_at, chance)
        session = load(store.path)
        answers = {row.id: row.fields["content"] for row in session.sheet("case-1", "g1").rows}
        heard = session.heard["terminal"]
        assert heard in (last, last + 1)
        assert answers == {f"row-{number % ROWS}": str(number) for number in range(max(1, heard - ROWS + 1), heard + 1)}
    Store.open(store.path).close()
    assert list(tmp_path.iterdir()) == [store.path]
