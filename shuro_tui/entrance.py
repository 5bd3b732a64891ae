"""The way to a hub: the one that runs, one to start, or one somewhere else."""

from pathlib import Path

import click

from shuro_tui import i18n, settings
from shuro_tui.errors import Mend
from shuro_tui.hub.launch import HubFailed, launch
from shuro_tui.hub.whereabouts import Address, Whereabouts, running
from shuro_tui.i18n import _

DEFAULT_GROUPS = 6


def group_names(groups: int | None, names: tuple[str, ...]) -> tuple[str, ...]:
    """The names of the groups, as given or by number. Raises Mend when they are not unique."""
    if groups and names:
        raise Mend(_("Either --groups or --group, not both."))
    if len(set(names)) < len(names):
        raise Mend(_("Each group needs a name of its own."))
    return names or tuple(_("Group {n}").format(n=number) for number in range(1, (groups or DEFAULT_GROUPS) + 1))


def find_or_start(
    folder: Path,
    go_on: bool | None,
    workshop: Path | None,
    groups: int | None,
    names: tuple[str, ...],
    lan: bool,
    port: int,
    speed: float,
) -> Whereabouts:
    """The hub of a data folder: the one that runs, else one that is started. Raises Mend."""
    where = running(folder)
    if where is not None:
        if workshop is not None:
            click.echo(_("A hub is running already; its workshop goes on."), err=True)
        return where
    arguments = [
        *([] if workshop is None else [str(workshop.absolute())]),
        *(["--lan"] if lan else []),
        *("--port", str(port), "--speed", str(speed), "--data", str(folder), "--lang", i18n.language()),
        *(part for name in group_names(groups, names) for part in ("--group", name)),
        *_session_to_continue(folder / "sessions", go_on),
    ]
    try:
        return launch(arguments, folder)[0]
    except HubFailed as failed:
        raise Mend(str(failed)) from failed


def _session_to_continue(sessions_folder: Path, go_on: bool | None) -> tuple[str, ...]:
    """What the hub is told of an unfinished session, after asking whoever starts it."""
    if go_on is False or not sessions_folder.is_dir():
        return ()
    from shuro_tui import archive

    left = archive.unfinished(sessions_folder)
    if left is None:
        if go_on:
            raise Mend(_("There is no unfinished session to go on with."))
        return ()
    question = _("There is an unfinished session: {title}, {when}, {rows} rows. Go on with it?").format(
        title=left.title, when=archive.when(left.created_at), rows=left.rows
    )
    return ("--session", left.id) if go_on or click.confirm(question, default=True) else ()


def address(host: str | None, folder: Path, code: str | None) -> Address:
    """Host, port and secret of the hub to join. Raises Mend."""
    here = running(folder)
    if host is None:
        if here is None:
            raise Mend(_("No hub runs on this machine. Name one: shuro-tui join HOST[:PORT]"))
        return Address("127.0.0.1", here.port, code or here.code)
    name, colon, port = host.rpartition(":")
    if not colon or name.endswith(":") or host.endswith("]"):
        name, port = host, str(settings.DEFAULT_PORT)
    if not port.isdecimal() or not 0 < int(port) < 65536:  # noqa: PLR2004 - the ports there are
        raise Mend(_("'{host}' is no address; HOST or HOST:PORT, such as 192.168.1.5:8470").format(host=host))
    return Address(name.strip("[]"), int(port), code or "")
