"""The verb of a hub: hub."""

from pathlib import Path
from typing import Any

import click

from shuro_tui import settings
from shuro_tui.cli import options
from shuro_tui.i18n import _


@click.command(help=_("The hub alone, in the foreground; SIGTERM or Ctrl+C ends it."))
@options.workshop
@options.hosting
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

    options.end(host.serve(settings.data_folder(data), workshop, session, group_names(groups, names), **listening))
