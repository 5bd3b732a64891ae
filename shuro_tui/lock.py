"""A file that one process holds at a time. The system lets go of it when that process ends, however it ends.

Every start of a terminal looks whether a hub holds one, so this imports nothing that is not there anyway.
"""

import os
import sys
import time
from pathlib import Path

_BETWEEN = 0.02
"""Seconds from one try to the next."""

if sys.platform == "win32":
    import msvcrt

    def _try(descriptor: int) -> None:
        msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)

else:
    import fcntl

    def _try(descriptor: int) -> None:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)


class Held(Exception):  # noqa: N818 - what is so, and nobody's error
    """Somebody else holds it."""


class Lock:
    """Held from `take` to `release`, to the end of a `with`, or for as long as somebody has this object."""

    def __init__(self, path: Path, descriptor: int) -> None:
        self.path = path
        self._descriptor: int | None = descriptor

    @classmethod
    def take(cls, path: Path, patience: float = 0) -> "Lock":
        """Hold the file, which is made for this user alone. `patience`: seconds to wait. Raises Held, OSError."""
        lock = cls(path, os.open(path, os.O_RDWR | os.O_CREAT, 0o600))
        until = time.monotonic() + patience
        while not lock._holds():
            if time.monotonic() >= until:
                raise Held
            time.sleep(_BETWEEN)
        return lock

    def _holds(self) -> bool:
        assert self._descriptor is not None  # noqa: S101 - it was just opened
        try:
            _try(self._descriptor)
        except (BlockingIOError, PermissionError):  # as Linux and as Windows say that somebody does
            return False
        return True

    def release(self) -> None:
        """Let go of it; the file stays."""
        if self._descriptor is not None:
            os.close(self._descriptor)
            self._descriptor = None

    def __del__(self) -> None:
        """Let go of what nobody has any more."""
        self.release()

    def __enter__(self) -> "Lock":
        """It is held already."""
        return self

    def __exit__(self, *_raised: object) -> None:
        """Let go of it."""
        self.release()
