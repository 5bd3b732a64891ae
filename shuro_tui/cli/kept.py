"""The verbs for what is kept of sessions: import, sessions, compare, times, plan, export."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from shuro_tui import settings
from shuro_tui.cli import options
from shuro_tui.errors import Mend
from shuro_tui.i18n import _

if TYPE_CHECKING:
    from collections.abc import Sequence

    from shuro_tui.core.group import Group
    from shuro_tui.core.model import Millis
    from shuro_tui.core.session import Session


@click.command("import", help=_("Take filled-in sheets (sheets.xlsx) in; all of them or, on any error, none."))
@click.argument(
    "files", nargs=-1, required=True, type=click.Path(path_type=Path, readable=False), metavar="SHEETS.xlsx..."
)
@click.option(
    "--workshop",
    type=click.Path(path_type=Path, readable=False),
    metavar="WORKSHOP.yaml",
    help=_("What the sheets are of, when it is not the bundled lecture"),
)
@click.option("--session", metavar="ID", help=_("Into this session; without it into one of their own"))
@options.data
@options.lang
def take_in(files: tuple[Path, ...], workshop: Path | None, session: str | None, data: str | None) -> None:
    """Write the rows into a session and count them."""
    from shuro_tui import paper

    if workshop is not None and session is not None:
        raise Mend(_("Either --workshop or --session: a session has its workshop."))
    taken = paper.take_in(settings.data_folder(data), files, workshop, session)
    click.echo(
        _("Session {id}: {sheets} sheets, {rows} rows read, {new} new, {old} there already.").format(
            id=taken.session, sheets=taken.sheets, rows=taken.rows, new=taken.new, old=taken.rows - taken.new
        )
    )


@click.group(invoke_without_command=True, help=_("The sessions kept on this machine."))
@options.data
@options.lang
@click.pass_context
def sessions(ctx: click.Context, data: str | None) -> None:
    """List them, unless another verb is named."""
    ctx.obj = settings.data_folder(data)
    if ctx.invoked_subcommand is None:
        ctx.invoke(list_sessions)


@sessions.command("list", help=_("List the sessions, the newest first."))
@click.pass_obj
def list_sessions(folder: Path) -> None:
    """One line a session."""
    from shuro_tui.archive import session_lines

    for line in session_lines(folder / "sessions"):
        click.echo(line)


@sessions.command("delete", help=_("Delete a session and what terminals here kept of it."))
@click.argument("session", metavar="ID")
@click.option("--yes", is_flag=True, help=_("Do not ask"))
@click.pass_obj
def delete_session(folder: Path, session: str, yes: bool) -> None:
    """Delete, after asking."""
    from shuro_tui import archive

    if not yes:
        click.confirm(_("Delete session {id} for good?").format(id=session), abort=True)
    archive.delete(folder, session)


_anonymous = click.option("--anonymous", is_flag=True, help=_("Without the groups' names"))


@click.command(
    help=_(
        "Compare the groups' sheets in plain text; the last session by default."
        " Several sessions of the same workshop, ids or session files, are compared as rooms."
    )
)
@click.argument("named", nargs=-1, metavar="[SESSION]...")
@click.option("--room", "rooms", multiple=True, metavar="NAME", help=_("What a session is called; once for each"))
@click.option("--apart", is_flag=True, help=_("The groups of each room apart, not the room as one"))
@_anonymous
@click.option(
    "--out",
    type=click.Path(path_type=Path, file_okay=False),
    metavar="DIR",
    help=_("Write the exports of the comparison there"),
)
@options.formats
@options.data
@options.lang
def compare(
    named: tuple[str, ...],
    rooms: tuple[str, ...],
    apart: bool,
    anonymous: bool,
    out: Path | None,
    formats: tuple[str, ...],
    data: str | None,
) -> None:
    """Print the comparison of every case, or write its files."""
    from shuro_tui import archive

    folder = settings.data_folder(data) / "sessions"
    chosen = archive.to_compare(folder, named, rooms, apart, anonymous)
    if out is None:
        click.echo(archive.comparisons(chosen))
    else:
        _export(chosen, out, formats, archive.counted_to(folder, chosen))


@click.command(help=_("Planned against actual times in plain text; the last session by default."))
@click.argument("session", required=False, metavar="[SESSION]")
@options.data
@options.lang
def times(session: str | None, data: str | None) -> None:
    """Print the times of each segment, step and slide."""
    from shuro_tui import archive

    folder = settings.data_folder(data) / "sessions"
    click.echo(archive.times(folder, archive.choose(folder, session)), nl=False)


@click.command(help=_("Propose next time's minutes from the medians of past sessions of the same workshop."))
@options.workshop
@click.option(
    "--write",
    "target",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help=_("Write a new workshop file with these minutes beside the old one; without it nothing is written"),
)
@options.data
@options.lang
def plan(workshop: Path | None, target: Path | None, data: str | None) -> None:
    """Print the proposal, and write it when asked to."""
    from shuro_tui import next_time

    if target is not None and workshop is None:
        own = _("--write needs a WORKSHOP.yaml of your own: the bundled lecture is part of the program. See {new}")
        raise Mend(own.format(new="shuro-tui new DIR"))
    proposed = next_time.propose(settings.data_folder(data) / "sessions", workshop)
    for message in proposed.left_out:
        click.echo(message, err=True)
    click.echo(str(proposed), nl=False)
    if target is not None and workshop is not None:
        next_time.write(proposed, workshop, target)
        click.echo(_("Written: {path}").format(path=target))


@click.command(help=_("Export the sheets; the last session by default."))
@click.argument("session", required=False, metavar="[SESSION]")
@click.option(
    "--out",
    required=True,
    type=click.Path(path_type=Path, file_okay=False),
    metavar="DIR",
    help=_("Where the files go"),
)
@options.formats
@click.option(
    "--overlay",
    "overlaid",
    nargs=2,
    multiple=True,
    metavar="GROUP GROUP",
    help=_("Ecomaps of these two groups over each other, too; may be given again"),
)
@_anonymous
@options.data
@options.lang
def export(
    session: str | None,
    out: Path,
    formats: tuple[str, ...],
    overlaid: tuple[tuple[str, str], ...],
    anonymous: bool,
    data: str | None,
) -> None:
    """Write the files and name them."""
    from shuro_tui import archive

    folder = settings.data_folder(data) / "sessions"
    chosen = archive.choose(folder, session)
    pairs = [(archive.group(chosen, one), archive.group(chosen, other)) for one, other in overlaid]
    until = archive.counted_to(folder, chosen)
    if anonymous:
        places = {group.id: place for place, group in enumerate(chosen.groups)}
        chosen = archive.nameless(chosen)
        pairs = [(chosen.groups[places[one.id]], chosen.groups[places[other.id]]) for one, other in pairs]
    _export(chosen, out, formats, until, pairs)


def _export(
    session: "Session",
    out: Path,
    formats: tuple[str, ...],
    until: "Millis",
    overlaid: "Sequence[tuple[Group, Group]]" = (),
) -> None:
    """Write the files and name them; what takes long or cannot be made comes last, and keeps nothing else from that."""
    from shuro_tui.export import makeable, write

    def make(some: list[str]) -> None:
        try:
            written = write(session, out, some, until, overlaid)
        except OSError as error:
            raise Mend(_("{path}: cannot be written: {why}").format(path=error.filename, why=error.strerror)) from error
        for path in written:
            click.echo(path)

    make([each for each in formats or options.FORMATS if each != "pdf"])
    if "pdf" in (formats or options.FORMATS):
        able = "pdf" in makeable()
        if able:
            click.echo(_("report.pdf is being made: with many groups that takes half a minute."), err=True)
        if able or formats:
            make(["pdf"])
