"""Where the hub of a data folder is, and its lock: two files beside the sessions, for this user's eyes alone."""

import os
import sys
from pathlib import Path
from typing import NamedTuple

import msgspec
from msgspec import Struct

from shuro_tui import durable
from shuro_tui.lock import Held, Lock

FILE = "hub.json"
LOCK = "hub.lock"


class Address(NamedTuple):
    """Where a hub is, and what lets a client in: the facilitator's key, or the room's code ("" when not known)."""

    host: str
    port: int
    secret: str

    def __str__(self) -> str:
        """Host and port, as a person types them."""
        return f"{self.host}:{self.port}"


class Whereabouts(Struct, frozen=True):
    """key: the facilitator's secret; code: what groups and screens come in with; version: of the messages.

    workshop: where its files are, "" when it is not known.
    """

    port: int
    pid: int
    key: str
    code: str
    session: str
    version: int
    lan: bool = False
    workshop: str = ""


def lock(data: Path, patience: float = 0) -> Lock:
    """Hold what the hub of a data folder holds as long as it lives. `patience`: seconds. Raises Held, OSError."""
    return Lock.take(data / LOCK, patience)


def leave(data: Path, where: Whereabouts) -> None:
    """Say where the hub is. Raises OSError."""
    durable.write(data / FILE, msgspec.json.encode(where))


def forget(data: Path) -> None:
    """Say that there is none, at a clean end."""
    (data / FILE).unlink(missing_ok=True)


def last(data: Path) -> Whereabouts | None:
    """What the last hub said of itself, unless it ended cleanly; it may be dead."""
    try:
        return msgspec.json.decode((data / FILE).read_bytes(), type=Whereabouts)
    except (OSError, ValueError):
        return None


def running(data: Path) -> Whereabouts | None:
    """The hub of a data folder, if it lives."""
    where = last(data)
    if where is None or not _may_live(where.pid):
        return None
    try:
        with lock(data):
            return None
    except Held:
        return where
    except OSError:
        return None


def _may_live(pid: int) -> bool:
    if sys.platform == "win32":
        return True
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True
