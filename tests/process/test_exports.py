"""Exports and comparisons while the hub runs, after it was killed, and of a session that was ended early."""

import asyncio
import csv
import json
import os
import signal
from pathlib import Path
from typing import Any

from shuro_tui.core import commands as ask
from shuro_tui.core.session import decide
from shuro_tui.rehearsal.stage import hub
from shuro_tui.store import Store, journal
from tests.process.killed_hub import Writer, begun
from tests.process.verbs import shuro_tui


def taken_home(data: Path, out: Path) -> tuple[list[str], dict[str, Any]]:
    """The content of each row in answers.csv, and session.json, of a full export."""
    done = shuro_tui("export", "evening", "--out", out, data=data)
    assert done.returncode == 0, done.stderr
    with (out / "answers.csv").open(encoding="utf-8-sig", newline="") as file:
        _head, *rows = csv.reader(file, strict=True)
    assert len({row[3] for row in rows}) == len(rows)
    document = json.loads((out / "session.json").read_text("utf-8"))
    assert sum(len(sheet["rows"]) for sheet in document["sheets"]) == len(rows)
    return [row[5] for row in rows], document


async def test_a_session_is_exported_whatever_became_of_its_hub(tmp_path: Path) -> None:
    """Every acknowledged row is there once, in every state; and a second room is compared with it."""
    path, writer = begun(tmp_path), Writer("g1", "ta")
    with hub(["--data", str(tmp_path), "--session", path.stem, "--port", "0"], tmp_path) as (where, process):
        writing = asyncio.create_task(writer.write(where))
        async with asyncio.timeout(20):
            await writer.told.wait()
        during, document = await asyncio.to_thread(taken_home, tmp_path, tmp_path / "during")
        assert (document["phase"], bool(during)) == ("running", True)
        os.kill(process.pid, signal.SIGKILL)
        await writing
    assert journal.place(path).exists()
    acknowledged = {f"ta {number}" for number in writer.acknowledged.values()}
    killed, document = taken_home(tmp_path, tmp_path / "killed")
    # The one that was on its way when the hub was killed may stand in the place of an older one.
    assert len(acknowledged - set(killed)) <= 1
    assert len(killed) >= len(acknowledged)
    assert document["phase"] == "running"
    kept = Store.open(path)
    kept.append(decide(kept.session, ask.Finish(), kept.latest()))
    kept.close()
    ended, document = taken_home(tmp_path, tmp_path / "ended")
    assert (ended, document["phase"]) == (killed, "finished")
    compared = shuro_tui("compare", tmp_path / "killed" / "session.json", path, "--apart", data=tmp_path)
    alone = shuro_tui("compare", path, "--room", "x", "--apart", data=tmp_path)
    assert (compared.returncode, alone.returncode) == (0, 0), compared.stderr
    assert len(compared.stdout.splitlines()) == len(alone.stdout.splitlines())
