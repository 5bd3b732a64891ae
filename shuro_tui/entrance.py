"""The way to a hub: the one that runs, one to start, or one somewhere else."""

from collections.abc import Callable
from pathlib import Path

import click

from shuro_tui import i18n, settings
from shuro_tui.errors import Mend
from shuro_tui.hub.whereabouts import Address, Whereabouts, running
from shuro_tui.i18n import _

DEFAULT_GROUPS = 6
LOOPBACK = "127.0.0.1"

Where = Callable[[], Address]
"""Says where the hub is, each time a client needs to know. Raises Mend."""


def group_names(groups: int | None, names: tuple[str, ...]) -> tuple[str, ...]:
    """The names of the groups, as given or by number. Raises Mend when they are not unique or not to be seen."""
    from shuro_tui.core.sheet import clean

    if groups and names:
        raise Mend(_("Either --groups or --group, not both."))
    names = tuple(" ".join(clean(name).split()) for name in names)
    if len(set(names)) < len(names) or "" in names:
        raise Mend(_("Each group needs a name of its own."))
    return names or tuple(_("Group {n}").format(n=number) for number in range(1, (groups or DEFAULT_GROUPS) + 1))


def own_hub(
    folder: Path,
    go_on: bool | None,
    workshop: Path | None,
    groups: int | None,
    names: tuple[str, ...],
    lan: bool,
    port: int | None,
    speed: float,
) -> Where:
    """The hub of a data folder: the one that runs, else one that is started; started again when it has died.

    What there is to ask is asked here, before any screen; the hub is found or started when the result is called.
    Both raise Mend.
    """
    here = running(folder)
    if here is not None and workshop is not None:
        click.echo(_("A hub is running already; its workshop goes on."), err=True)
    listening = (
        *(["--lan"] if lan else []),
        *(["--port", str(port)] if port is not None else []),
        *("--speed", str(speed), "--data", str(folder), "--lang", i18n.language()),
    )
    asked = (
        *([] if workshop is None else [str(workshop.absolute())]),
        *(part for name in group_names(groups, names) for part in ("--group", name)),
    )
    session = here.session if here is not None else _session_to_continue(folder / "sessions", go_on)

    def where() -> Address:
        nonlocal session
        hub = running(folder) or _start([*listening, *(("--session", session) if session else asked)], folder)
        session = hub.session
        return Address(LOOPBACK, hub.port, hub.key)

    return where


def _start(arguments: list[str], folder: Path) -> Whereabouts:
    from shuro_tui.hub.launch import LOG, HubFailed, launch

    try:
        return launch(arguments, folder)[0]
    except HubFailed as failed:
        told = str(failed).removeprefix(_("Error: {message}").format(message=""))
        raise Mend(told or _("The hub did not start; see {path}.").format(path=folder / LOG)) from failed


def _session_to_continue(sessions_folder: Path, go_on: bool | None) -> str:
    """The unfinished session to go on with, after asking; "" for a new one."""
    if go_on is False or not sessions_folder.is_dir():
        return ""
    from shuro_tui import archive

    left = archive.unfinished(sessions_folder)
    if left is None:
        if go_on:
            raise Mend(_("There is no unfinished session to go on with."))
        return ""
    question = _("There is an unfinished session: {title}, {when}, {rows} rows. Go on with it?").format(
        title=left.title, when=archive.when(left.created_at), rows=left.rows
    )
    return left.id if go_on or click.confirm(question, default=True) else ""


def hub_at(host: str | None, folder: Path, code: str | None) -> Where:
    """The hub to join: at that address, else the one of this machine, else one of this network that is chosen.

    Raises Mend, at once or when called.
    """
    if host is None and running(folder) is not None:
        return lambda: _local(folder, code)
    if host is None:
        nearby = _one_nearby()
        return lambda: Address(*nearby, code or "")
    name, colon, port = host.rpartition(":")
    if not colon or name.endswith(":") or host.endswith("]"):
        name, port = host, str(settings.DEFAULT_PORT)
    if not (port.isascii() and port.isdecimal()) or not 0 < int(port) < 65536:  # noqa: PLR2004 - the ports there are
        raise Mend(_("'{host}' is no address; HOST or HOST:PORT, such as 192.168.1.5:8470").format(host=host))
    address = Address(name.strip("[]"), int(port), code or "")
    return lambda: address


def _one_nearby() -> tuple[str, int]:
    """A hub on this network, chosen from those that answer. Raises Mend."""
    from shuro_tui.hub import nearby

    click.echo(_("No hub runs on this machine. Looking for hubs on this network…"), err=True)
    by_hand = _("Name the hub's address, which stands on the projector: shuro-tui join HOST:PORT")
    try:
        found = nearby.find(settings.interfaces())
    except nearby.NotHeard as error:
        raise Mend(_("There is no network here on which hubs could be looked for.") + " " + by_hand) from error
    if not found:
        raise Mend(_("No hub was found.") + " " + by_hand)
    for number, hub in enumerate(found, 1):
        click.echo(f"{number:>3}  {hub.host}:{hub.port}  {hub.title}", err=True)
    chosen = click.prompt(_("Which one?"), type=click.IntRange(1, len(found)), default=1, err=True)
    return found[chosen - 1].host, found[chosen - 1].port


def with_code(where: Where, folder: Path | None = None, ask: Callable[[str], str] = click.prompt) -> Where:
    """The same, after asking for the room's code where it is needed; a place kept in `folder` does without."""
    address = where()
    if address.secret or (folder is not None and _known(folder, address)):
        return where
    known = address._replace(secret=ask(_("The room's code")))
    return lambda: known


def _known(folder: Path, address: Address) -> bool:
    from shuro_tui.hub.outbox import knows

    return knows(folder, str(address))


def _local(folder: Path, code: str | None) -> Address:
    here = running(folder)
    if here is None:
        raise Mend(_("No hub runs on this machine. Name one: shuro-tui join HOST[:PORT]"))
    return Address(LOOPBACK, here.port, code or here.code)
