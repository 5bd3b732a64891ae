"""The verbs. Each imports what it needs where it needs it, so that `--help` and the first frame come at once."""

import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn, TypeVar

import click

from shuro_tui import __version__, i18n, settings
from shuro_tui.errors import Mend
from shuro_tui.i18n import N_, _

if TYPE_CHECKING:
    from collections.abc import Sequence

    from shuro_tui.core.group import Group
    from shuro_tui.core.model import Millis
    from shuro_tui.core.session import Session

F = TypeVar("F", bound=Callable[..., Any])
FORMATS = ("xlsx", "html", "csv", "md", "json", "svg", "pdf")

# The words of click itself that people of ours meet; they are translated with ours.
CLICK = (
    N_("Usage:"),
    N_("Options"),
    N_("Commands"),
    N_("Aborted!"),
    N_("Error: {message}"),
    N_("Invalid value for {param_hint}: {message}"),
    N_("Missing command."),
    N_("Missing argument"),
    N_("Missing option"),
    N_("No such command {name!r}."),
    N_("No such option {name!r}."),
    N_("Show the version and exit."),
    N_("Show this message and exit."),
    N_("Try '{command} {option}' for help."),
    N_("default: {default}"),
    N_("required"),
    N_("{value!r} is not a valid {number_type}."),
    N_("{value} is not in the range {range}."),
)


def _data(function: F) -> F:
    return click.option(
        "--data", metavar="DIR", help=_("Where sessions are kept (also {name})").format(name=settings.DATA_VARIABLE)
    )(function)


def _lang(function: F) -> F:
    # Read ahead of the parser by settings.language(); declared here for help, completion and the check of its value.
    return click.option(
        "--lang", type=click.Choice(i18n.LANGUAGES), expose_value=False, help=_("Language of the interface")
    )(function)


def _workshop(function: F) -> F:
    return click.argument(
        "workshop", required=False, type=click.Path(path_type=Path, readable=False), metavar="[WORKSHOP.yaml]"
    )(function)


def _hosting(function: F) -> F:
    options = (
        click.option("--lan", is_flag=True, help=_("Let terminals of the local network join")),
        click.option(
            "--port",
            type=click.IntRange(0, 65535),
            metavar="PORT",
            help=_("Port of the hub ({port} by default); 0 takes a free one").format(port=settings.DEFAULT_PORT),
        ),
        click.option("--groups", type=click.IntRange(1, 99), metavar="N", help=_("Number of groups (6 by default)")),
        click.option("--group", "names", multiple=True, metavar="NAME", help=_("A group by name; once for each")),
        click.option(
            "--speed",
            type=click.FloatRange(1, 3600),
            default=1.0,
            metavar="X",
            help=_("How many times as fast as the clock, to try a rundown out (1 by default)"),
        ),
        _data,
        _lang,
    )
    for option in reversed(options):
        function = option(function)
    return function


class WithRun(click.Group):
    """`shuro-tui` without a verb, or with a workshop in its place, is `shuro-tui run`."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Put `run` in where no verb stands; a shell that completes a half-typed verb is not to get it."""
        if ctx.resilient_parsing:
            return super().parse_args(ctx, args)
        verb = next((argument for argument in args if not argument.startswith("-")), None)
        own = {"--help", "--version"} & set(args[:1])
        if verb not in self.commands and not own and not (verb is None and "--help" in args):
            path_like = verb is None or Path(verb).suffix in (".yaml", ".yml") or Path(verb).exists()
            if path_like or args[0].startswith("-"):
                args = ["run", *args]
        return super().parse_args(ctx, args)


@click.group(
    cls=WithRun,
    help=_("Run a workshop from a terminal. Without a verb: run, the facilitator's screen."),
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)
@click.version_option(__version__, prog_name="shuro-tui", message="%(prog)s %(version)s")
def shuro_tui() -> None:
    """Read what all verbs share."""


@shuro_tui.command(help=_("The facilitator's screen; starts the hub, or finds the one that runs."))
@_workshop
@_hosting
@click.option("--video", metavar="PATH", help=_("The video to open in its segment: a file or a URL"))
@click.option("--continue/--new", "go_on", default=None, help=_("Go on with the unfinished session, or begin anew"))
@click.option("--bell/--no-bell", default=True, help=_("Ring at the signals (L switches it), or not"))
def run(data: str | None, video: str | None, go_on: bool | None, bell: bool, **hosting: Any) -> None:
    """Find the hub of this data folder or start one, then attach."""
    _need_terminal()
    folder = settings.data_folder(data)
    from shuro_tui.entrance import own_hub

    where = own_hub(folder, go_on, **hosting)
    from shuro_tui.attach import facilitate

    _end(facilitate(where, video, bell))


@shuro_tui.command(help=_("A group's terminal. Without HOST: the hub of this machine, or one of this network."))
@click.argument("host", required=False, metavar="[HOST[:PORT]]")
@click.option("--group", metavar="NAME", help=_("The group; asked for when it is not given"))
@click.option("--code", metavar="CODE", help=_("The room's code, as on the projector"))
@click.option("--plain", is_flag=True, help=_("Line by line, for screen readers and plain terminals; also in a pipe"))
@_data
@_lang
def join(host: str | None, group: str | None, code: str | None, plain: bool, data: str | None) -> None:
    """Join a hub as a group."""
    if not plain:
        _need_terminal()
    from shuro_tui.entrance import hub_at, with_code

    folder = settings.data_folder(data)
    if plain:
        from shuro_tui.plain.terminal import Lines, converse

        lines = Lines()
        where = with_code(hub_at(host, folder, code), folder / "terminals", lines.ask)
        _end(converse(folder / "terminals", where, group, lines))
    where = with_code(hub_at(host, folder, code), folder / "terminals")
    from shuro_tui.attach import join_group

    _end(join_group(folder / "terminals", where, group))


@shuro_tui.command(help=_("The projector's screen. Without HOST: the hub of this machine, or one of this network."))
@click.argument("host", required=False, metavar="[HOST[:PORT]]")
@click.option("--code", metavar="CODE", help=_("The room's code, as on the projector"))
@_data
@_lang
def screen(host: str | None, code: str | None, data: str | None) -> None:
    """Show what the projector shows."""
    _need_terminal()
    from shuro_tui.entrance import hub_at, with_code

    where = with_code(hub_at(host, settings.data_folder(data), code))
    from shuro_tui.attach import project

    _end(project(where))


@shuro_tui.command(help=_("The hub alone, in the foreground; SIGTERM or Ctrl+C ends it."))
@_workshop
@_hosting
@click.option("--session", metavar="ID", help=_("Go on with this session"))
def hub(
    workshop: Path | None,
    data: str | None,
    groups: int | None,
    names: tuple[str, ...],
    session: str | None,
    **listening: Any,
) -> None:
    """Own a session until the end."""
    from shuro_tui import host
    from shuro_tui.entrance import group_names

    _end(host.serve(settings.data_folder(data), workshop, session, group_names(groups, names), **listening))


@shuro_tui.command(help=_("Check a workshop with all its files; every error is printed."))
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path, readable=False), metavar="[PATH]...")
@_lang
def check(paths: tuple[Path, ...]) -> None:
    """Exit status 0 when there is nothing to mend, else 2."""
    from shuro_tui import content

    problems = [problem for path in paths or (content.bundled(),) for problem in content.check(path)]
    for problem in problems:
        click.echo(str(problem), err=True)
    if problems:
        _end(_("{n} to mend").format(n=len(problems)))
    click.echo(_("Nothing to mend."))


@shuro_tui.command(help=_("Write a small workshop of your own into DIR."))
@click.argument("folder", type=click.Path(path_type=Path, readable=False), metavar="DIR")
@_lang
@click.pass_context
def new(ctx: click.Context, folder: Path) -> None:
    """Begin a workshop of one's own."""
    from shuro_tui import content

    try:
        written = content.write_new(folder, i18n.language())
    except (content.ContentError, OSError) as error:
        raise Mend(str(error)) from error
    for path in written:
        click.echo(path)
    click.echo(_("Next: shuro-tui check {folder}, then shuro-tui run {folder}").format(folder=folder))
    ctx.exit()


@shuro_tui.command(help=_("Write the slides as HTML to print: a slide a page, and slides with their notes."))
@_workshop
@click.option(
    "--out",
    default=Path(),
    type=click.Path(path_type=Path, file_okay=False),
    metavar="DIR",
    help=_("Where the files go; without it the folder you are in"),
)
@_lang
def slides(workshop: Path | None, out: Path) -> None:
    """Write the deck and name its files."""
    from shuro_tui import content
    from shuro_tui.content.files import root_of, workshop_file
    from shuro_tui.export import deck

    path = workshop_file(workshop or content.bundled())
    loaded = content.load(path)
    try:
        written = deck.write(loaded, root_of(path), out)
    except OSError as error:
        raise Mend(_("{path}: cannot be written: {why}").format(path=error.filename, why=error.strerror)) from error
    for file in written:
        click.echo(file)


@shuro_tui.command(help=_("Write blank sheets to print, a page a case, for a room without power."))
@_workshop
@click.option("--groups", type=click.IntRange(1, 99), metavar="N", help=_("Sheets for so many groups, numbered"))
@click.option("--group", "names", multiple=True, metavar="NAME", help=_("A group by name; once for each"))
@click.option(
    "--out",
    default=Path("blank-sheets.xlsx"),
    show_default=True,
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="FILE",
    help=_("The workbook to write"),
)
@_lang
def sheets(workshop: Path | None, groups: int | None, names: tuple[str, ...], out: Path) -> None:
    """Write them and name the file."""
    from shuro_tui import paper
    from shuro_tui.entrance import group_names

    named = group_names(groups, names) if groups or names else ()
    try:
        paper.write_blank(workshop, named, out)
    except OSError as error:
        raise Mend(_("{path}: cannot be written: {why}").format(path=out, why=error.strerror)) from error
    click.echo(out)


@shuro_tui.command("import", help=_("Take filled-in sheets (sheets.xlsx) in; all of them or, on any error, none."))
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
@_data
@_lang
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


_formats = click.option(
    "--format", "formats", multiple=True, type=click.Choice(FORMATS), help=_("Only this format; may be given again")
)


@shuro_tui.command(help=_("Run the whole workshop with simulated groups, without a screen."))
@_workshop
@click.option(
    "--groups", type=click.IntRange(1, 99), default=6, show_default=True, metavar="N", help=_("Number of groups")
)
@click.option(
    "--speed",
    type=click.FloatRange(1, 3600),
    default=60,
    show_default=True,
    metavar="X",
    help=_("How many times as fast as the clock"),
)
@click.option("--seed", type=int, default=0, show_default=True, metavar="N", help=_("The same number types the same"))
@click.option("--out", type=click.Path(path_type=Path, file_okay=False), metavar="DIR", help=_("Where the exports go"))
@_formats
@click.option(
    "--stats", type=click.Path(path_type=Path, dir_okay=False), metavar="FILE", help=_("Where the figures go, as JSON")
)
@_lang
def rehearse(workshop: Path | None, **options: Any) -> None:
    """Rehearse."""
    from shuro_tui import rehearsal

    _end(rehearsal.rehearse(workshop, **options))


@shuro_tui.group(invoke_without_command=True, help=_("The sessions kept on this machine."))
@_data
@_lang
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


@shuro_tui.command(
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
@_formats
@_data
@_lang
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


@shuro_tui.command(help=_("Planned against actual times in plain text; the last session by default."))
@click.argument("session", required=False, metavar="[SESSION]")
@_data
@_lang
def times(session: str | None, data: str | None) -> None:
    """Print the times of each segment, step and slide."""
    from shuro_tui import archive

    folder = settings.data_folder(data) / "sessions"
    click.echo(archive.times(folder, archive.choose(folder, session)), nl=False)


@shuro_tui.command(help=_("Propose next time's minutes from the medians of past sessions of the same workshop."))
@_workshop
@click.option(
    "--write",
    "target",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help=_("Write a new workshop file with these minutes beside the old one; without it nothing is written"),
)
@_data
@_lang
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


@shuro_tui.command(help=_("Export the sheets; the last session by default."))
@click.argument("session", required=False, metavar="[SESSION]")
@click.option(
    "--out",
    required=True,
    type=click.Path(path_type=Path, file_okay=False),
    metavar="DIR",
    help=_("Where the files go"),
)
@_formats
@click.option(
    "--overlay",
    "overlaid",
    nargs=2,
    multiple=True,
    metavar="GROUP GROUP",
    help=_("Ecomaps of these two groups over each other, too; may be given again"),
)
@_anonymous
@_data
@_lang
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

    make([each for each in formats or FORMATS if each != "pdf"])
    if "pdf" in (formats or FORMATS):
        able = "pdf" in makeable()
        if able:
            click.echo(_("report.pdf is being made: with many groups that takes half a minute."), err=True)
        if able or formats:
            make(["pdf"])


def _end(status: str | int | None) -> NoReturn:
    """Leave with a status, or with a message and status 2."""
    if status and isinstance(status, str):
        raise Mend(status)
    sys.exit(status or 0)


def _need_terminal() -> None:
    if sys.stdin.isatty() and sys.stdout.isatty():
        return
    raise Mend(
        _("This needs a terminal. Without one there are: {verbs}").format(
            verbs="hub, check, new, slides, sheets, import, rehearse, sessions, compare, times, plan, export"
        )
    )
