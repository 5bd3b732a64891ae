"""What a slide costs, each figure beside a floor of the same run: bare Textual with one Static.

    python -m benchmarks.slides

A terminal of 120×36 and the same 40 Japanese slides for all: the bundled deck, each slide with a number of its own in
its title. A turn is timed from the key to the bytes that show that number; the next key comes when the output has been
still for a moment. First turns without a hub, by the programs of `benchmarks.turning`; then those of a facilitator and
of a projector that follows it, through a real hub. They alternate, one turn of each at a time. Needs Linux's /proc.

Exit status 1 when a bar does not hold.
"""

import contextlib
import os
import re
import select
import signal
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from itertools import chain, cycle, islice
from pathlib import Path

from msgspec import Struct

from benchmarks.start import BARE, COMPILED
from benchmarks.turning import BETWEEN
from shuro_tui import content
from shuro_tui.rehearsal.stage import hub
from tests.terminal import PATIENCE, Terminal

SLIDES = 40
MARK = "第{:02}枚"
TURNS = 2 * (SLIDES - 1)
"""To the last slide and back to the first."""

ROUNDS = 2
STARTS = 61
STILL = 0.05
"""Seconds without a byte after which a turn is over."""

NEXT, BACK = " ", "\x7f"
WATCHED = 10.0
"""Seconds."""

WORKSHOP = """\
id: benchmark
title: 地域の就労支援機関と役割
language: ja
minutes: 60
segments:
  - {id: all, title: 全部, minutes: 60, at_least: 6, slides: deck.md}
"""


class Figure(Struct, frozen=True):
    """A line of the table. `holds` is None where there is no bar."""

    name: str
    measured: str
    floor: str
    bar: str = ""
    holds: bool | None = None


def times(name: str, measured: float, floor: float, bar: float, unit: str = "ms") -> Figure:
    """A figure that may be so many times its floor."""
    factor = measured / floor
    return Figure(name, f"{measured:.1f} {unit}", f"{floor:.1f} {unit}", f"{factor:.2f} of {bar} times", factor <= bar)


# The deck.


def deck(slides: int = SLIDES) -> str:
    """The bundled slides over and over, with a number before each title."""
    texts = [slide for file in sorted(content.bundled().parent.glob("slides/*.md")) for slide in _slides_of(file)]
    marked = (
        re.sub("^# ", f"# {MARK.format(number)} ", text, count=1, flags=re.MULTILINE)
        for number, text in enumerate(islice(cycle(texts), slides))
    )
    return BETWEEN.join(marked)


def _slides_of(file: Path) -> list[str]:
    _nothing, _front_matter, *slides = re.split(r"^---$", file.read_text(encoding="utf-8"), flags=re.MULTILINE)
    # A key is a turn: what stands behind a pause would take one of its own.
    return [slide.replace("<!-- pause -->\n\n", "").strip() for slide in slides]


# Turns.


class Turn(Struct, frozen=True):
    """How long it took to be visible, in ms, and how many bytes came in all."""

    millis: float
    size: int


class Raw(Terminal):
    """A terminal that is read without being drawn: drawing would take longer than what is measured."""

    def fileno(self) -> int:
        """What `select` waits for."""
        return self._master

    def take(self) -> bytes:
        """What has come."""
        return os.read(self._master, 65536)

    def shown(self, mark: str) -> None:
        """Read until the bytes of it come. What comes before is drawn, so that the program's questions are answered.

        Fails with the screen when they never come.
        """
        wanted, read, until = mark.encode(), b"", time.monotonic() + PATIENCE
        # A screen with a clock on it is never still: the patience is for all of it.
        while (left := until - time.monotonic()) > 0 and select.select([self], [], [], left)[0]:
            read += (came := self.take())
            if wanted in read:
                return
            self.draw(came)
        raise AssertionError((mark, self.text()))

    def drain(self) -> None:
        """Read to where the output is still."""
        while select.select([self], [], [], STILL)[0]:
            self.take()


def turn(presses: Raw, shows: Sequence[Raw], key: str, mark: str) -> list[Turn]:
    """One turn, wherever the slide is looked for; it is over when all of them show it and are still."""
    wanted, until = mark.encode(), time.monotonic() + PATIENCE
    read, came = dict.fromkeys(shows, b""), dict[Raw, float]()
    begun = time.perf_counter()
    presses.type(key)
    while ready := select.select(shows, [], [], STILL if len(came) == len(shows) else PATIENCE)[0]:
        for one in ready:
            read[one] += one.take()
            if one not in came and wanted in read[one]:
                came[one] = time.perf_counter()
        assert len(came) == len(shows) or time.monotonic() < until, (mark, read)
    assert len(came) == len(shows), (mark, read)
    if presses not in read:
        presses.drain()
    return [Turn((came[one] - begun) * 1000, len(read[one])) for one in shows]


def steps() -> Iterator[tuple[str, str]]:
    """Key and mark: to the last slide, back to the first."""
    forth = ((NEXT, MARK.format(number)) for number in range(1, SLIDES))
    back = ((BACK, MARK.format(number)) for number in reversed(range(SLIDES - 1)))
    return chain(forth, back)


Turner = Callable[[str, str], list[Turn]]


def alternating(turners: Sequence[Turner], rounds: int = ROUNDS) -> list[list[Turn]]:
    """The turns of each, one of each at a time; the first round warms up and does not count."""
    rows = [[seen for one in turners for seen in one(key, mark)] for _ in range(rounds + 1) for key, mark in steps()]
    return [list(turns) for turns in zip(*rows[TURNS:], strict=True)]


def percentiles(turns: Sequence[Turn]) -> tuple[float, float]:
    """The median and what 95 of 100 turns stay below."""
    cuts = statistics.quantiles((one.millis for one in turns), n=20)
    return cuts[9], cuts[18]


def compared(name: str, turns: Sequence[Turn], floor: Sequence[Turn], bar: float) -> Iterator[Figure]:
    for percentile, ours, least in zip(("p50", "p95"), percentiles(turns), percentiles(floor), strict=True):
        yield times(f"{name}, {percentile}", ours, least, bar)


# Processes.


class Stage(Struct, frozen=True):
    """A folder with the deck, and the environment in which its hub is found."""

    folder: Path
    environment: dict[str, str]

    @contextlib.contextmanager
    def window(self, verb: str) -> Iterator[Raw]:
        """A verb at a terminal of its own."""
        with contextlib.closing(Raw([verb], self.environment)) as terminal:
            yield terminal

    @contextlib.contextmanager
    def turning(self, name: str) -> Iterator[Raw]:
        """One of the programs of `benchmarks.turning`, at its first slide."""
        program = ("-m", "benchmarks.turning", name, str(self.folder / "deck.md"))
        with contextlib.closing(Raw([], self.environment, program=program)) as terminal:
            terminal.wait(MARK.format(0))
            yield terminal


def resident(pid: int) -> int:
    """Bytes of memory that a process has taken."""
    return int(Path(f"/proc/{pid}/statm").read_text(encoding="utf-8").split()[1]) * os.sysconf("SC_PAGE_SIZE")


def processor(pid: int) -> float:
    """Seconds of processor time that a process has taken."""
    fields = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def idle(pid: int) -> float:
    """The part of a core that a process takes when it is left alone."""
    before = processor(pid)
    time.sleep(WATCHED)
    return (processor(pid) - before) / WATCHED


# Figures.


def turning(stage: Stage) -> Iterator[Figure]:
    """Turns without a hub; then those of real screens through a real hub."""
    with stage.turning("bare") as bare:
        with stage.turning("projector") as ours, stage.turning("markdown") as theirs:
            yield from locally(bare, ours, theirs)
        with stage.window("run") as own, stage.window("screen") as wall:
            own.wait("開始前")
            own.type(NEXT)
            wall.wait(MARK.format(0))
            own.wait(lambda text: "開始前" not in text)
            yield from following(bare, own, wall)


def locally(bare: Raw, ours: Raw, theirs: Raw) -> Iterator[Figure]:
    """The projector's screen beside the floor, and Textual's own Markdown beside the projector's screen."""
    floor, turns, slow = alternating([partial(turn, one, [one]) for one in (bare, ours, theirs)])
    yield from compared("turn, projector's screen", turns, floor, 1.5)
    (most, _), (least, _) = percentiles(slow), percentiles(turns)
    factor = most / least
    name, bar = "turn, Textual's Markdown.update", f"{factor:.1f} times ours, 8 at least"
    yield Figure(name, f"{most:.1f} ms", f"{least:.1f} ms", bar, factor >= 8)
    size, least = (statistics.median(one.size for one in seen) for seen in (turns, floor))
    yield times("bytes a turn, projector's screen", size, least, 1.5, "B")


def following(bare: Raw, own: Raw, wall: Raw) -> Iterator[Figure]:
    """A projector that follows the facilitator, and the facilitator's own screen."""
    for terminal in (bare, own, wall):
        terminal.drain()
    floor, turns, theirs = alternating([partial(turn, bare, [bare]), partial(turn, own, [wall, own])])
    yield from compared("turn, projector through the hub", turns, floor, 3)
    for percentile, millis, least in zip(("p50", "p95"), percentiles(theirs), percentiles(floor), strict=True):
        factor = f"{millis / least:.2f} times, no bar"
        yield Figure(f"turn, facilitator's own, {percentile}", f"{millis:.1f} ms", f"{least:.1f} ms", factor)
    yield from memory(own, wall)
    turn(own, [wall], "p", "一時停止")
    part = idle(wall.process.pid)
    yield Figure("idle projector, paused, of a core", f"{part:.2%}", "", "under 1 %", part < 0.01)


def memory(own: Raw, wall: Raw) -> Iterator[Figure]:
    """Whether turning slides takes ever more memory."""
    keys = list(islice(cycle(steps()), 400))
    for key, mark in keys[:4]:
        turn(own, [wall], key, mark)
    few = resident(wall.process.pid)
    for key, mark in keys[4:]:
        turn(own, [wall], key, mark)
    grown = resident(wall.process.pid) - few
    for key, mark in islice(cycle(steps()), 400, 5 * TURNS):  # back to the first
        turn(own, [wall], key, mark)
    name, mega = "memory after 400 turns, more than after 4", 1_000_000
    yield Figure(name, f"{grown / mega:+.2f} MB", f"{few / mega:.1f} MB", "under 2 MB", grown < 2 * mega)


def starting(stage: Stage) -> Iterator[Figure]:
    """How long it takes from starting `screen` to its first slide; the session runs."""

    def hello() -> float:
        begun = time.perf_counter()
        with contextlib.closing(Raw([], COMPILED, program=("-c", BARE))) as terminal:
            terminal.shown("hello")
            return (time.perf_counter() - begun) * 1000

    def screen() -> float:
        begun = time.perf_counter()
        with stage.window("screen") as terminal:
            terminal.shown(MARK.split("{", maxsplit=1)[0])
            return (time.perf_counter() - begun) * 1000

    rounds = [(screen(), hello()) for _ in range(STARTS + 1)][1:]
    ours, floor = map(statistics.median, zip(*rounds, strict=True))
    yield times("cold start of `screen` to its first slide", ours, floor, 1.3)


COMPILING = """
import sys, time
from pathlib import Path
from benchmarks.turning import WIDTH, lay_out, slides_of

text = Path(sys.argv[1]).read_text(encoding="utf-8")
begun = time.perf_counter()
slides = slides_of(text)
compiled = time.perf_counter()
lay_out(slides[0], WIDTH)
first = time.perf_counter()
for slide in slides:
    lay_out(slide, WIDTH)
print(time.perf_counter() - begun, first - compiled)
"""


def compiling(folder: Path) -> Iterator[Figure]:
    """400 slides in a process that has laid nothing out before."""
    file = folder / "long.md"
    file.write_text(deck(400), encoding="utf-8")
    told = [
        subprocess.run(
            [sys.executable, "-c", COMPILING, str(file)], check=True, capture_output=True, text=True
        ).stdout.split()
        for _ in range(3)
    ]
    whole, first = (statistics.median(float(words[place]) for words in told) for place in (0, 1))
    yield Figure("compiling and laying out 400 slides", f"{whole:.2f} s", "", "under 1 s", whole < 1)
    yield Figure("the first of them, laid out alone", f"{first * 1000:.1f} ms", "", "under 50 ms", first < 0.05)


def figures(folder: Path) -> Iterator[Figure]:
    """All of them."""
    (folder / "deck.md").write_text(deck(), encoding="utf-8")
    workshop = folder / "workshop.yaml"
    workshop.write_text(WORKSHOP, encoding="utf-8")
    data = folder / "data"
    stage = Stage(folder, {**COMPILED, "SHURO_TUI_DATA": str(data), "SHURO_TUI_LANG": "ja"})
    with hub([str(workshop), "--port", "0", "--data", str(data)], data):
        yield from turning(stage)
        yield from starting(stage)
    yield from compiling(folder)


def main() -> int:
    """Print a line a figure; 1 when a bar does not hold."""
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))  # whoever stops it leaves no process behind
    words = {True: "holds", False: "DOES NOT HOLD", None: ""}
    print(f"{'figure':44} {'measured':>11}   {'floor':>11}   bar")
    held = True
    with tempfile.TemporaryDirectory() as folder:
        for figure in figures(Path(folder)):
            told = f"{figure.bar:24} {words[figure.holds]}".strip()
            print(f"{figure.name:44} {figure.measured:>11}   {figure.floor:>11}   {told}".rstrip(), flush=True)
            held = held and figure.holds is not False
    return int(not held)


if __name__ == "__main__":
    sys.exit(main())
