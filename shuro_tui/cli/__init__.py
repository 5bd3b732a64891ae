"""The verbs. Each imports what it needs where it needs it, so that `--help` and the first frame come at once."""

from importlib import import_module
from pathlib import Path

import click

from shuro_tui import __version__
from shuro_tui.i18n import N_, _

VERBS = {
    "run": "full_screen.run",
    "join": "full_screen.join",
    "screen": "full_screen.screen",
    "hub": "hosting.hub",
    "check": "workshops.check",
    "new": "workshops.new",
    "slides": "workshops.slides",
    "sheets": "workshops.sheets",
    "rehearse": "workshops.rehearse",
    "import": "kept.take_in",
    "sessions": "kept.sessions",
    "compare": "kept.compare",
    "times": "kept.times",
    "plan": "kept.plan",
    "export": "kept.export",
}
"""Where each is declared: a module of this package, and the function in it."""


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


class Verbs(click.Group):
    """`shuro-tui` without a verb, or with a workshop in its place, is `shuro-tui run`."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """All verbs."""
        return sorted(VERBS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The verb of that name; only then its module is imported."""
        if cmd_name not in VERBS:
            return None
        module, _dot, function = VERBS[cmd_name].partition(".")
        verb: click.Command = getattr(import_module(f"shuro_tui.cli.{module}"), function)
        return verb

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Put `run` in where no verb stands; a shell that completes a half-typed verb is not to get it."""
        if ctx.resilient_parsing:
            return super().parse_args(ctx, args)
        verb = next((argument for argument in args if not argument.startswith("-")), None)
        own = {"--help", "--version"} & set(args[:1])
        if verb not in VERBS and not own and not (verb is None and "--help" in args):
            path_like = verb is None or Path(verb).suffix in (".yaml", ".yml") or Path(verb).exists()
            if path_like or args[0].startswith("-"):
                args = ["run", *args]
        return super().parse_args(ctx, args)


@click.group(
    cls=Verbs,
    help=_("Run a workshop from a terminal. Without a verb: run, the facilitator's screen."),
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)
@click.version_option(__version__, prog_name="shuro-tui", message="%(prog)s %(version)s")
def shuro_tui() -> None:
    """Read what all verbs share."""
