"""What a group's terminal wrote and the hub has not acknowledged: a file of its own, so that a kill loses nothing."""

import secrets
from pathlib import Path

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from shuro_tui import durable
from shuro_tui.core.commands import Command, DeleteRow, GroupCommand, MoveRow, Settle, WriteRow
from shuro_tui.hub.protocol import Do
from shuro_tui.lock import Held, Lock

_ANY = ("", "")
"""A row that may be any."""


class _Kept(Struct):
    """What the file holds. `numbered`: the last number given to a change."""

    address: str
    session: str
    group: str
    terminal: str
    key: str = ""
    numbered: int = 0
    pending: list[Do] = []


class Outbox:
    """One terminal's place in a session: its group and key, and its changes until they are acknowledged.

    A lock beside the file keeps two processes from speaking as the same terminal. `trouble`: why the last change could
    not be written down here; it is still sent.
    """

    def __init__(self, path: Path, kept: _Kept, lock: Lock) -> None:
        self.trouble = ""
        self._path = path
        self._kept = kept
        self._lock = lock
        self._maybe_sent = kept.numbered  # by a process that was killed: the hub may hear it only now

    @classmethod
    def take(
        cls, folder: Path, *, address: str | None = None, session: str | None = None, group: str | None = None
    ) -> "Outbox | None":
        """The place that a terminal of this machine left at that address, in that session, in that group."""
        for path in sorted(folder.glob("*.json")):
            try:
                lock = Lock.take(path.with_suffix(".lock"))
            except (Held, OSError):
                continue
            kept = _read(path)
            if (
                kept is not None
                and address in (None, kept.address)
                and session in (None, kept.session)
                and group in (None, kept.group)
            ):
                return cls(path, kept, lock)
            lock.release()
        return None

    @classmethod
    def new(cls, folder: Path, address: str, session: str, group: str) -> "Outbox":
        """A place for a terminal that was not there yet. Raises OSError."""
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        terminal = secrets.token_hex(12)
        path = folder / f"{terminal}.json"
        lock = Lock.take(path.with_suffix(".lock"))
        return cls(path, _Kept(address, session, group, terminal), lock)

    @property
    def session(self) -> str:
        """The id of the session."""
        return self._kept.session

    @property
    def group(self) -> str:
        """The id of the group."""
        return self._kept.group

    @property
    def terminal(self) -> str:
        """This terminal's own name, which nobody else knows."""
        return self._kept.terminal

    @property
    def key(self) -> str:
        """The group's secret, or ""."""
        return self._kept.key

    @property
    def pending(self) -> tuple[Do, ...]:
        """The changes that are not acknowledged, in order."""
        return tuple(self._kept.pending)

    def admitted(self, key: str, heard: int) -> bool:
        """The hub has let us in: remember how to come back, drop what it has heard and count on from there.

        Whether there was something that it has heard.
        """
        waiting = [do for do in self._kept.pending if do.number > heard]
        news = len(waiting) < len(self._kept.pending)
        self._kept.key = key
        self._kept.pending = waiting
        self._kept.numbered = max(self._kept.numbered, heard)
        self._write()
        return news

    def add(self, command: GroupCommand, under_way: int) -> None:
        """Keep a change. A row's newer text takes the place of the one before, unless `under_way` already."""
        pending = self._kept.pending
        older = next((do for do in reversed(pending) if _about(do.command) in (_about(command), _ANY)), None)
        sent = older is None or older.number <= self._maybe_sent or older.number == under_way
        newer = None if older is None or sent else _superseding(command, older.command)
        if older is not None and newer is not None:
            pending[pending.index(older)] = Do(older.number, newer)
        else:
            self._kept.numbered += 1
            pending.append(Do(self._kept.numbered, command))
        self._write()

    def done(self, number: int, refused: bool = False) -> None:
        """The hub has taken, or refused, the change of that number; what was made from a refused text has it no more.

        Not written down: after a kill the hub says itself what it has heard, and the disk is spared half its work.
        """
        gone = next((do.command for do in self._kept.pending if do.number == number), None)
        self._kept.pending = [
            Do(do.number, _without(gone, do.command)) if refused else do
            for do in self._kept.pending
            if do.number != number
        ]

    def close(self, leaving: bool) -> None:
        """Let go of the place; on leaving for good, with nothing unsent, nothing of it remains."""
        if leaving and not self._kept.pending:
            self._path.unlink(missing_ok=True)
        self._lock.release()
        if not self._path.exists():
            self._lock.path.unlink(missing_ok=True)

    def forget(self) -> None:
        """Let go of the place with all that is in it."""
        self._kept.pending = []
        self.close(leaving=True)

    def _write(self) -> None:
        try:
            durable.write(self._path, msgspec.json.encode(self._kept))
            self.trouble = ""
        except OSError as error:
            self.trouble = error.strerror or str(error)


def knows(folder: Path, address: str) -> bool:
    """Whether a terminal of this machine left a place at that address, to which it may come back without a code."""
    return any(kept is not None and kept.address == address for kept in map(_read, folder.glob("*.json")))


def forget_session(folder: Path, session: str) -> None:
    """Delete what terminals of this machine kept of a session. Raises OSError."""
    while (outbox := Outbox.take(folder, session=session)) is not None:
        outbox.forget()


def _about(command: Command) -> tuple[str, str] | None:
    """The row that a change is about, by its case and its id; settling is about several."""
    if isinstance(command, Settle):
        return _ANY
    return (command.case, command.row) if isinstance(command, WriteRow | DeleteRow | MoveRow) else None


def _superseding(command: GroupCommand, older: Command) -> GroupCommand | None:
    """The one change that does what both do, if there is one; a new row stays where the older change put it."""
    if isinstance(command, WriteRow) and isinstance(older, WriteRow) and command.made_from == older.revision:
        return replace(command, position=older.position, made_from=older.made_from)
    return None


def _without(refused: Command | None, command: Command) -> Command:
    """The change as it is when the text that it was made from was never taken."""
    if not isinstance(refused, WriteRow) or not isinstance(command, WriteRow | DeleteRow):
        return command
    return replace(command, made_from=refused.made_from) if command.made_from == refused.revision else command


def _read(path: Path) -> _Kept | None:
    try:
        return msgspec.json.decode(path.read_bytes(), type=_Kept)
    except (OSError, ValueError):
        return None
