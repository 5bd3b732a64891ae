"""The whole workshop with simulated groups, without a screen but through a real hub and real clients."""

import asyncio
import signal
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory, TemporaryFile
from time import monotonic
from types import FrameType

import click
import msgspec

from shuro_tui import archive, content, durable, export, i18n, store
from shuro_tui.core.model import Workshop
from shuro_tui.core.session import Session
from shuro_tui.errors import Mend
from shuro_tui.i18n import _
from shuro_tui.rehearsal.figures import Figures, latency, peak_memory_of_children, rows_stored
from shuro_tui.rehearsal.players import Broken, Player
from shuro_tui.rehearsal.progress import progress
from shuro_tui.rehearsal.stage import Evening, hub, play
from shuro_tui.rehearsal.typist import final_rows


def rehearse(
    workshop: Path | None,
    groups: int,
    speed: float,
    seed: int,
    out: Path | None,
    formats: Sequence[str],
    stats: Path | None,
) -> int:
    """Play a workshop, print the comparison, export and measure; 0 when every row came through, else 1.

    formats: of the exports, without any all but the PDF, which would take longer than the whole rehearsal.

    Raises Mend before anything is started, Broken when it could not go on.
    """
    began = monotonic()
    evening = Evening(_checked(workshop), groups, seed, speed)
    for folder in (out, None if stats is None else stats.absolute().parent):
        _need_room(folder)
    arguments = [
        *([] if workshop is None else [str(workshop.absolute())]),
        *("--port", "0", "--speed", str(speed), "--groups", str(groups), "--lang", i18n.language()),
    ]
    with _interruptible(), _folder() as data:
        with hub([*arguments, "--data", str(data)], data) as (where, process), progress(evening.workshop) as told:
            players, memory = asyncio.run(play(evening, where, process, data, told))
        session = _load(data / "sessions" / f"{where.session}.json")
    click.echo(archive.comparisons(session))
    if out is not None:
        _export(session, out, formats or [each for each in export.FORMATS if each != "pdf"])
    figures = _figures(session, players, memory or peak_memory_of_children(), monotonic() - began)
    if stats is not None:
        _write(stats, msgspec.json.format(msgspec.json.encode(figures)) + b"\n")
    return _verdict(figures)


def _checked(workshop: Path | None) -> Workshop:
    try:
        return content.load(workshop or content.bundled())
    except content.ContentError as error:
        raise Mend(str(error)) from error


def _need_room(folder: Path | None) -> None:
    if folder is None:
        return
    try:
        folder.mkdir(parents=True, exist_ok=True)
        TemporaryFile(dir=folder).close()
    except OSError as error:
        raise _not_written(folder, error) from error


@contextmanager
def _interruptible() -> Iterator[None]:
    """Whoever ends us, ends us as Ctrl+C does: the hub has a process group of its own and would stay behind."""
    before = {
        number: signal.signal(number, _interrupt)
        for name in ("SIGTERM", "SIGHUP")
        if (number := getattr(signal, name, None)) is not None and signal.getsignal(number) is not signal.SIG_IGN
    }
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def _interrupt(number: int, frame: FrameType | None) -> None:
    on_interrupt = signal.getsignal(signal.SIGINT)  # asyncio's, while it runs
    if not callable(on_interrupt):
        on_interrupt = signal.default_int_handler
    on_interrupt(number, frame)


@contextmanager
def _folder() -> Iterator[Path]:
    try:
        folder = TemporaryDirectory(prefix="shuro-tui-rehearsal-", ignore_cleanup_errors=True)
    except OSError as error:
        raise Mend(str(error)) from error
    with folder as path:
        yield Path(path)


def _load(path: Path) -> Session:
    try:
        return store.load(path)
    except (store.DamagedSession, store.StorageError) as error:
        raise Broken(str(error)) from error


def _export(session: Session, folder: Path, formats: Sequence[str]) -> None:
    try:
        written = export.write(session, folder, formats)
    except OSError as error:
        raise _not_written(Path(error.filename or folder), error) from error
    for path in written:
        click.echo(path)


def _write(path: Path, data: bytes) -> None:
    try:
        durable.write(path, data)
    except OSError as error:
        raise _not_written(path, error) from error


def _not_written(path: Path, error: OSError) -> Mend:
    return Mend(_("{path}: cannot be written: {why}").format(path=path, why=error.strerror))


def _figures(session: Session, players: list[Player], memory: float | None, seconds: float) -> Figures:
    typed = [(player, final_rows(player.typed)) for player in players]
    return Figures(
        groups=len(players),
        rows_sent=sum(len(rows) for player, rows in typed),
        rows_acknowledged=sum(len(player.acknowledged & rows.keys()) for player, rows in typed),
        rows_stored=rows_stored(session, [(player.group, rows) for player, rows in typed]),
        ack_ms=latency([waited for player in players for waited in player.waited]),
        hub_rss_mb=memory,
        wall_s=round(seconds, 2),
    )


def _verdict(figures: Figures) -> int:
    rows = _("Rows: {sent} typed, {acknowledged} acknowledged, {stored} in the file.").format(
        sent=figures.rows_sent, acknowledged=figures.rows_acknowledged, stored=figures.rows_stored
    )
    click.echo(rows, err=not figures.sound)
    if not figures.sound:
        click.echo(_("Not every row came through."), err=True)
    return 0 if figures.sound else 1
