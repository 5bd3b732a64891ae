"""Start a hub as a process of its own, which outlives whoever started it."""

import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

from shuro_tui.hub.whereabouts import Whereabouts, running
from shuro_tui.i18n import _

LOG = "hub.log"
if sys.platform == "win32":
    _DETACHED = subprocess.CREATE_NEW_PROCESS_GROUP | subprocess.CREATE_NO_WINDOW
else:
    _DETACHED = 0


class HubFailed(Exception):  # noqa: N818 - what happened, told to a person
    """The hub did not start. `told`: what it said; `status`: how it ended."""

    def __init__(self, told: str, status: int) -> None:
        super().__init__(told)
        self.told = told
        self.status = status


def launch(arguments: Sequence[str], data: Path) -> tuple[Whereabouts, "subprocess.Popen[bytes]"]:
    """Run `shuro-tui hub` with these arguments and wait until it is ready. Raises HubFailed.

    It has a session and a process group of its own: closing the window that started it does not touch it.
    """
    try:
        data.mkdir(mode=0o700, parents=True, exist_ok=True)
        log = (data / LOG).open("w+b")
    except OSError as error:
        told = _("{path}: cannot be written: {why}").format(path=data, why=error.strerror)
        raise HubFailed(told, 2) from error
    with log:
        process = subprocess.Popen(  # noqa: S603 - our own interpreter, our own module
            [sys.executable, "-m", "shuro_tui", "hub", *arguments],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=log,
            start_new_session=True,
            creationflags=_DETACHED,
        )
        assert process.stdout is not None  # noqa: S101 - it is a pipe
        with process.stdout as ready:
            try:
                line = ready.readline()
            except BaseException:  # Ctrl+C: nobody knows yet of the hub that would stay behind
                process.kill()
                process.wait()
                raise
        where = running(data) if line else None
        if where is None:
            process.kill() if line else None
            status = process.wait()
            log.seek(0)
            raise HubFailed(log.read().decode("utf-8", "replace").strip(), status or 2)
        return where, process
