"""A hundred thousand messages that nobody means, sent to a real hub: it lives, and its session is what it was.

    python -m benchmarks.fuzz [--messages 100000] [--seed 1]

Random bytes and mutated real messages, as text and as binary frames, before joining and after, from many addresses.
The hub is a process of its own, which refuses without its pause, so that it does not take all day. Prints what became
of the messages. Exit status 1 when the hub has died or the session is another.
"""

import argparse
import asyncio
import secrets
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from shuro_tui.core import commands as ask
from shuro_tui.core.commands import WriteRow
from shuro_tui.core.model import Case
from shuro_tui.core.views import FacilitatorView
from shuro_tui.hub.client import Client
from shuro_tui.hub.whereabouts import Address, Whereabouts, last
from shuro_tui.store import load
from tests.hub.fuzz import Fuzzer
from tests.hub.hubs import eventually

MESSAGES = 100_000
HUB = """
from shuro_tui.hub import door
from shuro_tui.__main__ import main

door.PAUSE = 0
main()
"""


async def fuzz(where: Whereabouts, data: Path, messages: int, seed: int) -> tuple[Fuzzer, list[str]]:
    """What was sent, and what is not as it was in the session; its facilitator and group are served to the end."""
    facilitator = Client("facilitator", lambda: Address("127.0.0.1", where.port, where.key))
    group = Client("group", lambda: Address("127.0.0.1", where.port, where.code), data / "terminals")
    await facilitator.enter()
    await group.enter("1班")
    case = await _at_work(facilitator)
    group.put(WriteRow(case.id, secrets.token_hex(8), {column.id: "" for column in case.columns}))
    await eventually(lambda: not group.state().unsent)
    path = data / "sessions" / f"{where.session}.json"
    before = load(path)
    fuzzer = Fuzzer("127.0.0.1", where.port, where.code, "g2", seed)
    await fuzzer.send(messages)
    after = load(path)
    changed = [field for field in before.__struct_fields__ if getattr(before, field) != getattr(after, field)]
    await eventually(lambda: facilitator.state().connected and group.state().connected)
    await facilitator.do(ask.Pause())
    await group.close()
    await facilitator.stop()
    await facilitator.close()
    return fuzzer, changed


async def _at_work(facilitator: Client) -> Case:
    async for view in facilitator.views():
        assert isinstance(view, FacilitatorView)
        segments = view.workshop.segments
        await facilitator.do(ask.Start())
        await facilitator.do(ask.GoTo(next(number for number, segment in enumerate(segments) if segment.cases)))
        return view.workshop.cases[0]
    raise AssertionError("no view")


def main() -> int:
    """Start a hub, send, look, and say what became of it."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--messages", type=int, default=MESSAGES)
    parser.add_argument("--seed", type=int, default=1)
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        data = Path(folder)
        arguments = ("hub", "--port", "0", "--groups", "3", "--data", folder, "--lang", "ja")
        with subprocess.Popen([sys.executable, "-c", HUB, *arguments], stdout=subprocess.PIPE) as hub:
            assert hub.stdout is not None
            hub.stdout.readline()
            where = last(data)
            assert where is not None
            began = time.monotonic()
            try:
                fuzzer, changed = asyncio.run(fuzz(where, data, chosen.messages, chosen.seed))
                ended = hub.wait(10)
            finally:
                hub.kill()
    print(f"{sum(fuzzer.outcomes.values()):,} messages, seed {chosen.seed}, {time.monotonic() - began:.0f} s")
    for outcome, count in fuzzer.outcomes.most_common():
        print(f"  {count:>8,}  {outcome}")
    print(f"session unchanged, everybody served: {f'NOT HELD: {changed}' if changed else 'held'}")
    print(f"hub alive to its proper end: {'held' if ended == 0 else 'NOT HELD'}")
    return 0 if not changed and ended == 0 else 1


if __name__ == "__main__":
    sys.exit(main())
