"""The hub's process: a workshop, its session's file, the room and the server, put together."""

import asyncio
import contextlib
import gc
import os
import secrets
import signal
import socket
import sys
from collections.abc import Callable, Coroutine, Sequence
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

from msgspec.structs import replace

from shuro_tui import content, settings
from shuro_tui.content import watch
from shuro_tui.content.files import root_of, workshop_file
from shuro_tui.content.pictures import picture
from shuro_tui.core.events import Event
from shuro_tui.core.group import Group
from shuro_tui.core.model import Millis, Workshop
from shuro_tui.core.session import Session
from shuro_tui.core.views import Room as WayIn
from shuro_tui.core.views import Surroundings
from shuro_tui.errors import Mend
from shuro_tui.hub import whereabouts
from shuro_tui.hub.clock import Clock
from shuro_tui.hub.editing import Editing
from shuro_tui.hub.passcode import new_code
from shuro_tui.hub.protocol import VERSION
from shuro_tui.hub.room import Append, NotKept, Renew, Room
from shuro_tui.hub.server import HubServer
from shuro_tui.hub.whereabouts import Whereabouts
from shuro_tui.i18n import _
from shuro_tui.lock import Held
from shuro_tui.store import DamagedSession, StorageError, Store

_COLLECT_AFTER = 50_000
"""Objects, among many that stay: 700, as Python has it, would have it look through them all too often."""

_FOR_ANOTHER = 1.0
"""Seconds that a hub waits for the lock: one that ends just now, or somebody who looks whether one runs."""


def serve(
    data: Path,
    workshop: Path | None,
    session_id: str | None,
    names: tuple[str, ...],
    lan: bool,
    port: int | None,
    speed: float,
    new_clock: Callable[[float], Clock] = Clock,
) -> int:
    """Own a session until SIGTERM, Ctrl+C or the facilitator ends it. Raises Mend when it cannot begin.

    new_clock: a clock of that speed.
    """
    clock = new_clock(speed)
    files = None if session_id else workshop or content.bundled()
    saved = None if files is None else watch.stamp(files)
    fresh = None if files is None else _new_session(files, names, clock.now())
    with contextlib.ExitStack() as stack:
        _hold(data, stack)
        before = whereabouts.last(data)
        if before is not None and before.session != session_id:
            before = None
        if before is not None and before.workshop:
            files = Path(before.workshop)
        lan = lan or (before is not None and before.lan)
        listening = stack.enter_context(_listen("0.0.0.0" if lan else "127.0.0.1", port, before))  # noqa: S104 - asked for by --lan
        kept = stack.enter_context(contextlib.closing(_keep(data / "sessions", fresh, session_id)))
        where = Whereabouts(
            port=listening.getsockname()[1],
            pid=os.getpid(),
            key=before.key if before else secrets.token_urlsafe(24),
            code=before.code if before else new_code(),
            session=kept.session.id,
            version=VERSION,
            lan=lan,
            workshop=str(files.absolute()) if files else "",
        )
        addresses = tuple(f"{host}:{where.port}" for host in _addresses(lan))
        around = Surroundings(WayIn(addresses, where.code), damage=kept.damage)
        alive = _go_on(clock, kept)
        room = Room(kept.session, _appending(kept), _renewing(data, where), where.key, around, alive, speed)
        _say_where(data, where)
        ready = _("Hub ready at {address}, code {code}, session {session}").format(
            address=addresses[0], code=where.code, session=where.session
        )
        look = None if files is None else Editing(partial(watch.stamp, files), partial(_read, files), saved).look
        announce = _announcing(kept.session.workshop.title, where.port) if lan else None
        forget = partial(whereabouts.forget, data)
        server = HubServer(room, clock, kept.beat, look, partial(_fetch, files), forget)
        gc.set_threshold(_COLLECT_AFTER)
        asyncio.run(_serve(server, listening, ready, announce))
    return 0


async def _serve(
    server: HubServer, listening: socket.socket, ready: str, announce: Callable[[], Coroutine[None, None, None]] | None
) -> None:
    loop = asyncio.get_running_loop()
    for name in ("SIGTERM", "SIGINT", "SIGHUP"):
        if hasattr(signal, name):
            with contextlib.suppress(NotImplementedError):  # Windows has no such handlers: Ctrl+C interrupts there
                loop.add_signal_handler(getattr(signal, name), server.stop)
    serving = asyncio.create_task(server.run(listening))
    await server.ready.wait()
    sys.stdout.write(ready + "\n")
    sys.stdout.flush()
    announcing = None if announce is None else asyncio.create_task(announce())
    await serving
    if announcing is not None:
        announcing.cancel()
        await asyncio.wait([announcing])


def _announcing(title: str, port: int) -> Callable[[], Coroutine[None, None, None]]:
    # A hub that does not listen on the network has no use for it.
    from shuro_tui.hub import nearby  # noqa: PLC0415

    interfaces = settings.interfaces()
    return partial(nearby.announce, title, port, interfaces or _addresses(lan=True), interfaces)


def _new_session(workshop_file: Path, names: tuple[str, ...], now: Millis) -> Session:
    try:
        workshop = content.load(workshop_file)
    except content.ContentError as error:
        raise Mend(str(error)) from error
    stamp = datetime.fromtimestamp(now / 1000, UTC).astimezone().strftime("%Y%m%d-%H%M%S")
    groups = tuple(Group(f"g{number}", name) for number, name in enumerate(names, 1))
    keys = {group.id: secrets.token_urlsafe(24) for group in groups}
    return Session.new(f"{stamp}-{secrets.token_hex(2)}", workshop, groups, keys, now)


def _read(files: Path) -> Workshop:
    """What the files hold now. Raises Mend with the first problem and how many more there are."""
    try:
        return content.load(files)
    except content.ContentError as error:
        first, *others = error.problems
        folder = files if files.is_dir() else root_of(files)
        told = (
            _("{problem}, and {n} more; the workshop goes on as it was")
            if others
            else _("{problem}; the workshop goes on as it was")
        )
        problem = str(first).removeprefix(f"{folder}{os.sep}")
        raise Mend(told.format(problem=problem, n=len(others))) from error


def _fetch(files: Path | None, name: str) -> bytes | None:
    """A picture of the workshop; None where it is gone, or where nobody knows any more where the files are."""
    try:
        return None if files is None else picture(root_of(workshop_file(files)), name)
    except content.ContentError:
        return None


def _hold(data: Path, stack: contextlib.ExitStack) -> None:
    try:
        data.mkdir(mode=0o700, parents=True, exist_ok=True)
        stack.enter_context(whereabouts.lock(data, _FOR_ANOTHER))
    except Held as error:
        raise Mend(_("A hub runs already for {path}.").format(path=data)) from error
    except OSError as error:
        raise Mend(_("{path}: cannot be written: {why}").format(path=data, why=error.strerror)) from error


def _say_where(data: Path, where: Whereabouts) -> None:
    try:
        whereabouts.leave(data, where)
    except OSError as error:
        raise Mend(_("{path}: cannot be written: {why}").format(path=data, why=error.strerror)) from error


def _listen(host: str, port: int | None, before: Whereabouts | None) -> socket.socket:
    """A socket that listens. Unless a port is asked for: where a hub that died had it, for there its clients look."""
    try:
        if before is not None and not port:
            with contextlib.suppress(OSError):
                return socket.create_server((host, before.port))
        port = settings.DEFAULT_PORT if port is None else port
        return socket.create_server((host, port))
    except OSError as error:
        raise Mend(
            _("Port {port} cannot be used: {why}. Choose another with --port, or 0 for any.").format(
                port=port, why=os.strerror(error.errno or 0)
            )
        ) from error


def _keep(folder: Path, fresh: Session | None, session_id: str | None) -> Store:
    try:
        if fresh is not None:
            return Store.create(folder, fresh)
        path = next((path for path in folder.glob("*.json") if path.stem == session_id), None)
        if path is None:
            raise Mend(_("There is no session '{id}'.").format(id=session_id))
        return Store.open(path)
    except (DamagedSession, StorageError) as error:
        raise Mend(str(error)) from error


def _go_on(clock: Clock, kept: Store) -> Millis:
    """Let the clock go on from where the session's was; returns the last sign of life that the hub gave."""
    latest, pulse = kept.latest(), kept.pulse()
    if pulse is not None:
        clock.go_on(pulse.at, pulse.wall)
    clock.reach(latest)
    return max(pulse.at, latest) if pulse is not None else latest


def _appending(kept: Store) -> Append:
    def append(events: Sequence[Event], session: Session) -> None:
        try:
            kept.append(events, session)
        except StorageError as error:
            raise NotKept(str(error)) from error

    return append


def _renewing(data: Path, where: Whereabouts) -> Renew:
    def renew() -> str:
        code = new_code()
        try:
            whereabouts.leave(data, replace(where, code=code))
        except OSError as error:
            raise NotKept(error.strerror or str(error)) from error
        return code

    return renew


def _addresses(lan: bool) -> tuple[str, ...]:
    """Where others find this machine: the address it would use to reach them."""
    if not lan:
        return ("127.0.0.1",)
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            probe.connect(("192.0.2.1", 9))  # for documentation (RFC 5737): nothing is sent
            return (probe.getsockname()[0],)
        except OSError:
            return (socket.gethostname(),)
