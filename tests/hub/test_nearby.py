"""Hubs that are found on a network, which is this machine's loopback."""

import asyncio
import contextlib
import inspect
import os
import shutil
import subprocess
import sys
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from shuro_tui.hub import nearby
from shuro_tui.hub.nearby import Found, find

LOOPBACK = ("127.0.0.1",)


@contextlib.asynccontextmanager
async def announced(title: str, port: int) -> AsyncIterator[None]:
    """A hub that says where it is."""
    announcing = asyncio.create_task(nearby.announce(title, port, LOOPBACK, LOOPBACK))
    try:
        yield
    finally:
        announcing.cancel()
        await asyncio.wait([announcing])


async def found(wanted: set[Found]) -> list[Found]:
    """What is found once these are among it."""
    async with asyncio.timeout(20):
        while not wanted <= set(hubs := await asyncio.to_thread(find, LOOPBACK)):
            pass
        return hubs


async def test_hubs_are_found_while_they_are_there() -> None:
    """Each with its title and place, a long title as far as there is room; one that has ended is not found."""
    one, long = Found("地域の就労支援機関", "127.0.0.1", 18470), Found("字" * 66, "127.0.0.1", 18471)
    async with announced(one.title, one.port):
        async with announced("字" * 300, long.port):
            assert set(await found({one, long})) >= {one, long}
        assert long not in await found({one})
    assert one not in await asyncio.to_thread(find, LOOPBACK)


def test_nothing_secret_is_said() -> None:
    """What is said is where, which workshop and which version: `announce` is told nothing else."""
    assert set(inspect.signature(nearby.announce).parameters) == {"title", "port", "addresses", "interfaces"}


async def test_a_title_is_text() -> None:
    """Somebody else on the network says it: nothing in it moves a cursor."""
    async with announced("\x1b[2J\x1b]0;x\x07赤\n\u202e青", 18472):
        assert await found({Found("赤 青", "127.0.0.1", 18472)})


NO_NETWORK = """
import asyncio, pathlib
from shuro_tui.errors import Mend
from shuro_tui.entrance import hub_at
from shuro_tui.hub import nearby
asyncio.run(nearby.announce("題", 1, ["127.0.0.1"]))
asyncio.run(nearby.announce("題", 1, ["no address"], ["127.0.0.1"]))
try:
    hub_at(None, pathlib.Path("nowhere"), None)
except Mend as told:
    print(told)
"""

JOIN = """
import pathlib
from shuro_tui.errors import Mend
from shuro_tui.entrance import hub_at
from shuro_tui.hub.whereabouts import last
print(last(pathlib.Path("there")).port)
for look in range(3):
    try:
        print(*hub_at(None, pathlib.Path("here"), "1234")())
        break
    except Mend:
        continue
else:
    print("none")
"""

A_NETWORK = """
ip link set lo up
mkfifo ready
"$0" -m shuro_tui hub "$@" --port 0 --groups 2 --data there > ready &
read line < ready
echo 1 | "$0" -c "$JOIN"
kill $!
wait $!
echo ended $?
"""

needs_namespaces = pytest.mark.skipif(
    subprocess.run(["unshare", "-rn", "true"], check=False, capture_output=True).returncode != 0
    if shutil.which("unshare")
    else True,
    reason="no network namespaces here",
)


def in_a_namespace(folder: Path, *command: str) -> str:
    """What a command says on a network of its own, which begins without any interface that is up."""
    done = subprocess.run(
        ["unshare", "-rn", *command],
        cwd=folder,
        env={**os.environ, "JOIN": JOIN},
        check=False,
        capture_output=True,
        encoding="utf-8",
        timeout=60,
    )
    assert done.returncode == 0, done.stderr
    assert "Traceback" not in done.stderr
    return done.stdout


@needs_namespaces
def test_a_network_on_which_nothing_can_be_said(tmp_path: Path) -> None:
    """Is no error for the hub; who looks for one is told what to do instead."""
    assert "HOST:PORT" in in_a_namespace(tmp_path, sys.executable, "-c", NO_NETWORK)


@needs_namespaces
@pytest.mark.parametrize("listens", [["--lan"], []], ids=["on the network", "on its machine"])
def test_whoever_joins_without_an_address_finds_the_hub(listens: list[str], tmp_path: Path) -> None:
    """One that listens on the network and no other; the hub ends as ever."""
    *_, port, found, ended = in_a_namespace(tmp_path, "sh", "-c", A_NETWORK, sys.executable, *listens).splitlines()
    assert found.endswith(f"127.0.0.1 {port} 1234" if listens else "none")
    assert ended == "ended 0"
