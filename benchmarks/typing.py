"""What a key costs in a sheet, and whether each arrives; every figure beside a floor of the same run.

    python -m benchmarks.typing

A key is timed from the moment it is typed to the byte that shows it, in the blank row at the end of a sheet of 200 rows
with a hub in the same process, and in a bare Textual Input; the two alternate. Then a whole sheet is typed at 15
characters a second in a real terminal, through a real hub, while 20 other groups type; what the hub has is compared
with what was typed. Memory is that of a group's terminal with that sheet. Needs Linux's /proc.

Exit status 1 when a bar does not hold.
"""

import contextlib
import os
import select
import signal
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from pathlib import Path

from benchmarks.slides import Figure, Raw, resident, times
from benchmarks.start import BARE
from shuro_tui.rehearsal.stage import hub
from tests.terminal import Terminal

KEYS = "見守家計生活相談訪問同行求人開拓支援"
ROWS = 200
ROUNDS = 8
RATE = 15
"""Characters a second."""

OTHERS = 20
LINES = 12
BAR = 16.0
"""Milliseconds: a frame."""


def key(terminal: Raw, letter: str) -> float:
    """Milliseconds from the key to the byte that shows it."""
    wanted, read = letter.encode(), b""
    begun = time.perf_counter()
    terminal.type(letter)
    while wanted not in read:
        read += terminal.take()
    taken = time.perf_counter() - begun
    terminal.drain()
    return taken * 1000


def program(name: str, environment: dict[str, str]) -> Raw:
    return Raw([], environment, program=("-m", "benchmarks.sheets", name, str(ROWS)))


def to_paint(environment: dict[str, str]) -> Iterator[Figure]:
    """Key to paint beside a bare Input, letter by letter by turns."""
    with (
        contextlib.closing(program("input", environment)) as bare,
        contextlib.closing(program("sheet", environment)) as ours,
    ):
        bare.wait("▊")
        ours.wait("連携内容")
        for terminal in (bare, ours):
            terminal.drain()
        ours.type("\r")  # on to the text
        ours.drain()
        pairs = []
        for number in range(ROUNDS):
            for letter in KEYS:
                pairs += [(key(ours, letter), key(bare, letter))]
            for terminal in (bare, ours):
                terminal.type("\x7f" * len(KEYS))
                terminal.drain()
            if not number:
                pairs = []  # the first round warms up
    mine, floor = (statistics.quantiles(values, n=20) for values in zip(*pairs, strict=True))
    for name, place in (("p50", 9), ("p95", 18)):
        bar = f"at most {BAR:.0f} ms" if name == "p95" else ""
        holds = mine[18] <= BAR if name == "p95" else None
        yield Figure(
            f"key to paint, {ROWS} rows, {name}", f"{mine[place]:.1f} ms", f"{floor[place]:.1f} ms", bar, holds
        )


class Typist(threading.Thread):
    """A group that types, without a screen, line by line."""

    def __init__(self, group: str, environment: dict[str, str], ended: threading.Event) -> None:
        super().__init__(daemon=True)
        self._ended = ended
        self._process = subprocess.Popen(
            [sys.executable, "-m", "shuro_tui", "join", "--plain", "--group", group],
            stdin=subprocess.PIPE,
            stdout=subprocess.DEVNULL,
            env={**os.environ, **environment},
            encoding="utf-8",
        )

    def run(self) -> None:
        assert self._process.stdin is not None
        with contextlib.suppress(OSError):
            while not self._ended.wait(0.5):
                self._process.stdin.write("add\n喫茶店\n\n見守りを頼む\n1\n")
                self._process.stdin.flush()
            self._process.stdin.close()
        self._process.wait()


def sheet_typed() -> list[tuple[str, str]]:
    """The rows that are typed: no two letters alike in sequence, so that a swap shows."""
    letters = "あいうえおかきくけこさしすせそたちつてとなにぬねのはひふへほまみむめもやゆよらりるれろわをん"
    return [
        (f"機関{number}{letters[number : number + 6]}", f"{number}番{letters[number : number + 20]}")
        for number in range(LINES)
    ]


def typed(folder: Path) -> Iterator[Figure]:
    """A sheet, letter by letter at a steady rate, while others type; then what arrived."""
    data = folder / "typed"
    environment = {"SHURO_TUI_DATA": str(data), "SHURO_TUI_LANG": "ja"}
    groups = [f"g{number}" for number in range(OTHERS + 1)]
    asked = ["--port", "0", "--data", str(data), *(part for name in groups for part in ("--group", name))]
    with hub(asked, data), contextlib.closing(Terminal(["run"], environment)) as own:
        own.wait("開始前")
        own.type(" ")
        own.wait(lambda text: "開始前" not in text)
        for place in ("2/5", "3/5"):
            own.type("n")
            own.wait(place)
        with contextlib.closing(Raw(["join", "--group", "g0"], environment)) as ours:
            ours.wait("連携内容")
            ended = threading.Event()
            others = [Typist(name, environment, ended) for name in groups[1:]]
            for one in others:
                one.start()
            own.wait(f"{OTHERS + 1}/{OTHERS + 1}")
            keys = "".join(f"{name}\r{content}\r1\r" for name, content in sheet_typed())
            at = time.monotonic()
            for letter in keys:
                at += 1 / RATE
                while (left := at - time.monotonic()) > 0:
                    if select.select([ours], [], [], left)[0]:
                        ours.take()
                ours.type(letter)
            ours.drain()
            time.sleep(1)
            yield from memory(ours.process.pid)
            ended.set()
            for one in others:
                one.join()
    told = subprocess.run(
        [sys.executable, "-m", "shuro_tui", "export", "--format", "csv", "--out", str(folder / "out")],
        check=True, capture_output=True, text=True, env={**os.environ, **environment},
    )  # fmt: skip
    exported = "".join(Path(line).read_text(encoding="utf-8-sig") for line in told.stdout.splitlines())
    wrong = sum(f"{name}" not in exported or content not in exported for name, content in sheet_typed())
    letters = sum(len(name) + len(content) for name, content in sheet_typed())
    name = f"{letters} characters at {RATE}/s, {OTHERS} groups typing"
    yield Figure(name, f"{wrong} rows amiss", f"of {LINES}", "none", not wrong)


def memory(pid: int) -> Iterator[Figure]:
    """A group's terminal beside a bare Textual application."""
    with contextlib.closing(Raw([], {}, program=("-c", BARE))) as bare:
        bare.wait("hello")
        bare.drain()
        mega = 1_000_000
        yield times("memory of a group's terminal", resident(pid) / mega, resident(bare.process.pid) / mega, 1.6, "MB")


def figures(folder: Path) -> Iterator[Figure]:
    environment = {"SHURO_TUI_DATA": str(folder / "none"), "SHURO_TUI_LANG": "ja"}
    yield from to_paint(environment)
    yield from typed(folder)


def main() -> int:
    """Print a line a figure; 1 when a bar does not hold."""
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))
    words = {True: "holds", False: "DOES NOT HOLD", None: ""}
    held = True
    print(f"{'figure':44} {'measured':>12}   {'floor':>10}   bar")
    with tempfile.TemporaryDirectory() as folder:
        for figure in figures(Path(folder)):
            told = f"{figure.bar:24} {words[figure.holds]}".strip()
            print(f"{figure.name:44} {figure.measured:>12}   {figure.floor:>10}   {told}".rstrip(), flush=True)
            held = held and figure.holds is not False
    return int(not held)


if __name__ == "__main__":
    sys.exit(main())
