"""Time to the first frame of each full-screen verb, and of `--help`, beside a bare Textual app in the same run.

    python -m benchmarks.start [ROUNDS]

Each figure is the median of alternating rounds, from starting the process to the first text on its terminal, or to its
end for `--help`. `run` is measured twice: attaching to a hub that runs, and starting one, where its first frame stands
while the hub still comes up. Loading is what the bundled lecture takes of that, read and checked in this process.
"""

import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from shuro_tui import content
from shuro_tui.hub.whereabouts import running
from tests.terminal import Terminal

BARE = """
from textual.app import App, ComposeResult
from textual.widgets import Static

class Bare(App[None]):
    def compose(self) -> ComposeResult:
        yield Static("hello")

Bare().run()
"""
COMPILED = {"PYTHONDONTWRITEBYTECODE": ""}
"""As it is where it was installed: the first start leaves the byte code for the next."""
BAR = {"run": 1.3, "run, starting the hub": 1.3, "join": 1.3, "screen": 1.3, "--help": 0.5, "loading the lecture": 0.3}


def first_frame(command: list[str], environment: dict[str, str], program: tuple[str, ...] = ()) -> float:
    """Seconds until the terminal shows text."""
    begun = time.perf_counter()
    terminal = Terminal(command, environment, program=program)
    terminal.wait(lambda text: bool(text.strip()))
    seconds = time.perf_counter() - begun
    terminal.close()
    return seconds


def help_text(environment: dict[str, str]) -> float:
    """Seconds for `--help` from start to end."""
    begun = time.perf_counter()
    subprocess.run(
        [sys.executable, "-m", "shuro_tui", "--help"],
        check=True,
        stdout=subprocess.DEVNULL,
        env={**os.environ, **environment},
    )
    return time.perf_counter() - begun


def loading() -> float:
    """Seconds until the bundled lecture is read."""
    begun = time.perf_counter()
    content.load(content.bundled())
    return time.perf_counter() - begun


def hub(data: str) -> "subprocess.Popen[str]":
    """A hub of its own, ready."""
    process = subprocess.Popen(
        [sys.executable, "-m", "shuro_tui", "hub", "--port", "0", "--data", data], stdout=subprocess.PIPE, text=True
    )
    assert process.stdout is not None
    process.stdout.readline()
    return process


def stop_hub(data: str) -> None:
    """End the hub that `run` left behind."""
    where = running(Path(data))
    if where is not None:
        os.kill(where.pid, 15)
        while running(Path(data)) is not None:
            time.sleep(0.01)


def main(rounds: int) -> None:
    """Print a line a verb."""
    figures: dict[str, list[float]] = {name: [] for name in ("bare Textual", *BAR)}
    with tempfile.TemporaryDirectory() as folder:
        bare = Path(folder) / "bare.py"
        bare.write_text(BARE, encoding="utf-8")
        environment = {**COMPILED, "SHURO_TUI_DATA": f"{folder}/running"}
        owner = hub(f"{folder}/running")
        for number in range(rounds + 1):
            fresh = {**COMPILED, "SHURO_TUI_DATA": f"{folder}/fresh{number}"}
            taken = {
                "bare Textual": first_frame([], COMPILED, (str(bare),)),
                "run": first_frame(["run"], environment),
                "run, starting the hub": first_frame(["run", "--port", "0"], fresh),
                "join": first_frame(["join", "--group", "1班"], environment),
                "screen": first_frame(["screen"], environment),
                "--help": help_text(environment),
                "loading the lecture": loading(),
            }
            stop_hub(fresh["SHURO_TUI_DATA"])
            if number:  # the first round warms the disk's cache
                for name, seconds in taken.items():
                    figures[name].append(seconds)
        owner.terminate()
        owner.wait()
    floor = statistics.median(figures["bare Textual"])
    for name, values in figures.items():
        median = statistics.median(values)
        bar = f"bar {BAR[name]}" if name in BAR else "floor"
        print(f"{name:24} {median * 1000:6.0f} ms   {median / floor:5.2f} times   {bar}")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 9)
