"""How far a rehearsal is: a bar on a terminal, else a line when a segment begins."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import accumulate

import click
from rich.progress import BarColumn, Progress, TextColumn

from shuro_tui.core.model import Workshop
from shuro_tui.rehearsal.players import Told


@contextmanager
def progress(workshop: Workshop) -> Iterator[Told]:
    """What is to be told of each slide that is shown."""
    names = [
        f"{number}/{len(workshop.segments)} {segment.title}" for number, segment in enumerate(workshop.segments, 1)
    ]
    if not sys.stdout.isatty():
        yield lambda segment, slide: None if slide else click.echo(names[segment])
        return
    before = [0, *accumulate(len(segment.shown) for segment in workshop.segments)]
    with Progress(TextColumn("{task.description}", markup=False), BarColumn(), transient=True) as bar:
        task = bar.add_task("", total=before[-1])
        yield lambda segment, slide: bar.update(task, description=names[segment], completed=before[segment] + slide)
