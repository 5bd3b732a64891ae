"""What several verbs have in common: their options, how they end, what they need."""

import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, NoReturn, TypeVar

import click

from shuro_tui import i18n, settings
from shuro_tui.errors import Mend
from shuro_tui.i18n import _

F = TypeVar("F", bound=Callable[..., Any])
FORMATS = ("xlsx", "html", "csv", "md", "json", "svg", "pdf")


def data(function: F) -> F:
    """Which data folder."""
    return click.option(
        "--data", metavar="DIR", help=_("Where sessions are kept (also {name})").format(name=settings.DATA_VARIABLE)
    )(function)


def lang(function: F) -> F:
    """Which language."""
    # Read ahead of the parser by settings.language(); declared here for help, completion and the check of its value.
    return click.option(
        "--lang", type=click.Choice(i18n.LANGUAGES), expose_value=False, help=_("Language of the interface")
    )(function)


def workshop(function: F) -> F:
    """Which workshop; the bundled one where none is named."""
    return click.argument(
        "workshop", required=False, type=click.Path(path_type=Path, readable=False), metavar="[WORKSHOP.yaml]"
    )(function)


def hosting(function: F) -> F:
    """How a hub is started."""
    declared = (
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
        data,
        lang,
    )
    for option in reversed(declared):
        function = option(function)
    return function


def formats(function: F) -> F:
    """Which exports; all of them where none is named."""
    return click.option(
        "--format", "formats", multiple=True, type=click.Choice(FORMATS), help=_("Only this format; may be given again")
    )(function)


def end(status: str | int | None) -> NoReturn:
    """Leave with a status, or with a message and status 2."""
    if status and isinstance(status, str):
        raise Mend(status)
    sys.exit(status or 0)


def need_terminal() -> None:
    """Raise Mend where there is none."""
    if sys.stdin.isatty() and sys.stdout.isatty():
        return
    raise Mend(
        _("This needs a terminal. Without one there are: {verbs}").format(
            verbs="hub, check, new, slides, sheets, import, rehearse, sessions, compare, times, plan, export"
        )
    )
