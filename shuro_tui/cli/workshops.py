"""The verbs for whoever writes a workshop: check, new, slides, sheets, rehearse."""

from pathlib import Path
from typing import Any

import click

from shuro_tui import i18n
from shuro_tui.cli import options
from shuro_tui.errors import Mend
from shuro_tui.i18n import _


@click.command(help=_("Check a workshop with all its files; every error is printed."))
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path, readable=False), metavar="[PATH]...")
@options.lang
def check(paths: tuple[Path, ...]) -> None:
    """Exit status 0 when there is nothing to mend, else 2."""
    from shuro_tui import content

    problems = [problem for path in paths or (content.bundled(),) for problem in content.check(path)]
    for problem in problems:
        click.echo(str(problem), err=True)
    if problems:
        options.end(_("{n} to mend").format(n=len(problems)))
    click.echo(_("Nothing to mend."))


@click.command(help=_("Write a small workshop of your own into DIR."))
@click.argument("folder", type=click.Path(path_type=Path, readable=False), metavar="DIR")
@options.lang
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


@click.command(help=_("Write the slides as HTML to print: a slide a page, and slides with their notes."))
@options.workshop
@click.option(
    "--out",
    default=Path(),
    type=click.Path(path_type=Path, file_okay=False),
    metavar="DIR",
    help=_("Where the files go; without it the folder you are in"),
)
@options.lang
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


@click.command(help=_("Write blank sheets to print, a page a case, for a room without power."))
@options.workshop
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
@options.lang
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


@click.command(help=_("Run the whole workshop with simulated groups, without a screen."))
@options.workshop
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
@options.formats
@click.option(
    "--stats", type=click.Path(path_type=Path, dir_okay=False), metavar="FILE", help=_("Where the figures go, as JSON")
)
@options.lang
def rehearse(workshop: Path | None, **how: Any) -> None:
    """Rehearse."""
    from shuro_tui import rehearsal

    options.end(rehearsal.rehearse(workshop, **how))
