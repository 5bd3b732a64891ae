"""`shuro-tui` and `python -m shuro_tui`: choose the language, then read the command line in it."""

import gc
import sys

from shuro_tui import i18n, settings


def main() -> None:
    """Run the verb that the command line names."""
    # Starting makes many objects and hardly any garbage: looking for some takes a tenth of the time. Whoever stays
    # takes another number when all stands.
    gc.set_threshold(200_000)
    i18n.use(settings.language(sys.argv[1:]))
    # What another encoding cannot show is written as an escape; that beats a traceback in front of a room.
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(errors="backslashreplace")  # type: ignore[union-attr]
    from shuro_tui.cli import shuro_tui

    shuro_tui(prog_name="shuro-tui")


if __name__ == "__main__":
    main()
