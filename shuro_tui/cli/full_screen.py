"""The verbs that fill a terminal: run, join, screen. What they need is imported inside, as late as can be."""

from typing import Any

import click

from shuro_tui import settings
from shuro_tui.cli import options
from shuro_tui.i18n import _
from shuro_tui.spared import without_openssl


@click.command(help=_("The facilitator's screen; starts the hub, or finds the one that runs."))
@options.workshop
@options.hosting
@click.option("--video", metavar="PATH", help=_("The video to open in its segment: a file or a URL"))
@click.option("--continue/--new", "go_on", default=None, help=_("Go on with the unfinished session, or begin anew"))
@click.option("--bell/--no-bell", default=True, help=_("Ring at the signals (L switches it), or not"))
def run(data: str | None, video: str | None, go_on: bool | None, bell: bool, **hosting: Any) -> None:
    """Find the hub of this data folder or start one, then attach."""
    _fill_terminal()
    folder = settings.data_folder(data)
    from shuro_tui.entrance import own_hub

    where = own_hub(folder, go_on, **hosting)
    from shuro_tui.attach import facilitate

    options.end(facilitate(where, video, bell))


@click.command(help=_("A group's terminal. Without HOST: the hub of this machine, or one of this network."))
@click.argument("host", required=False, metavar="[HOST[:PORT]]")
@click.option("--group", metavar="NAME", help=_("The group; asked for when it is not given"))
@click.option("--code", metavar="CODE", help=_("The room's code, as on the projector"))
@click.option("--plain", is_flag=True, help=_("Line by line, for screen readers and plain terminals; also in a pipe"))
@options.data
@options.lang
def join(host: str | None, group: str | None, code: str | None, plain: bool, data: str | None) -> None:
    """Join a hub as a group."""
    if not plain:
        _fill_terminal()
    from shuro_tui.entrance import hub_at, with_code

    folder = settings.data_folder(data)
    if plain:
        from shuro_tui.plain.terminal import Lines, converse

        lines = Lines()
        where = with_code(hub_at(host, folder, code), folder / "terminals", lines.ask)
        options.end(converse(folder / "terminals", where, group, lines))
    where = with_code(hub_at(host, folder, code), folder / "terminals")
    from shuro_tui.attach import join_group

    options.end(join_group(folder / "terminals", where, group))


@click.command(help=_("The projector's screen. Without HOST: the hub of this machine, or one of this network."))
@click.argument("host", required=False, metavar="[HOST[:PORT]]")
@click.option("--code", metavar="CODE", help=_("The room's code, as on the projector"))
@options.data
@options.lang
def screen(host: str | None, code: str | None, data: str | None) -> None:
    """Show what the projector shows."""
    _fill_terminal()
    from shuro_tui.entrance import hub_at, with_code

    where = with_code(hub_at(host, settings.data_folder(data), code))
    from shuro_tui.attach import project

    options.end(project(where))


def _fill_terminal() -> None:
    options.need_terminal()
    without_openssl()
