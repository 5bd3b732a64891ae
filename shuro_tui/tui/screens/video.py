"""The facilitator's video, in the system's own player."""

from pathlib import Path

from shuro_tui.core.sheet import clean
from shuro_tui.i18n import _
from shuro_tui.tui.role import Keyed


def show_video(screen: Keyed, video: str | None) -> None:
    """Open a file or a URL, and say what comes of it."""
    if not video:
        screen.say(_("No video was named: run --video FILE or URL. The slides of this segment do without."))
    elif "://" not in video and not Path(video).is_file():
        screen.say(_("There is no file {path}.").format(path=clean(video)))
    else:
        screen.run_worker(lambda: _open(video), thread=True)
        screen.say(_("Opening {video}").format(video=clean(video)))


def _open(video: str) -> None:
    import click  # noqa: PLC0415 - only the one who has a video needs it

    click.launch(video)
