"""A client's end: it enters, stays, and comes back by itself for as long as the hub will have it."""

import asyncio
import time
from collections import deque
from collections.abc import AsyncIterator, Callable
from contextlib import suppress
from functools import cache
from pathlib import Path
from typing import get_type_hints

import msgspec
from msgspec.structs import replace
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed, WebSocketException

from shuro_tui.core.commands import FacilitatorCommand, GroupCommand, Reason, Refused
from shuro_tui.core.link import LinkState
from shuro_tui.core.model import Millis
from shuro_tui.core.views import GroupView, View, with_unsent
from shuro_tui.errors import Mend
from shuro_tui.hub.outbox import Outbox
from shuro_tui.hub.protocol import (
    LONGEST,
    VERSION,
    Change,
    Close,
    Do,
    Done,
    Goodbye,
    Join,
    Lobby,
    NoEntry,
    NotAdmitted,
    Picture,
    Ping,
    Pong,
    Role,
    ToClient,
    ToHub,
    Welcome,
)
from shuro_tui.hub.whereabouts import Address
from shuro_tui.i18n import _

_BEAT = 1.0
_SILENCE_AT_MOST = 5_000
"""Milliseconds without a word after which a connection counts as broken."""

_BLINK = 3.0
"""Seconds for which a request waits for a connection that is just coming back; then a screen says it is stale."""

_PATIENCE = 5.0
_PAUSES = (0.1, 0.2, 0.5, 1.0, 2.0)
_decoder: msgspec.json.Decoder[ToClient] = msgspec.json.Decoder(ToClient)


class NotReachable(Mend):
    """There is no hub at that address, or none that answers."""


class TurnedAway(Mend):
    """The hub will not have us; the message says why."""

    def __init__(self, reason: NoEntry, version: int = VERSION) -> None:
        super().__init__(_why_not(reason, version))
        self.reason = reason


class Client:
    """A connection that lasts. One role; a group's with an outbox in `folder`.

    where: the hub's address, asked for anew at each connection, in a thread, for it may take its time: it may start a
    hub that has died. It raises Mend.
    """

    def __init__(self, role: Role, where: Callable[[], Address], folder: Path = Path()) -> None:
        self._role = role
        self._where = where
        self._folder = folder
        self._secret = ""
        self._address = ""
        self._outbox: Outbox | None = None
        self._wire: ClientConnection | None = None
        self._staying: asyncio.Task[None] | None = None
        self._view: View | None = None
        self._revision = 0
        self._news = asyncio.Event()
        self._wake = asyncio.Event()
        self._gone = asyncio.Event()
        self._number = 0
        self._answers: dict[int, asyncio.Future[Reason | None]] = {}
        self._heard_at = 0
        self._offsets: deque[tuple[int, int]] = deque(maxlen=8)
        self._inside = asyncio.Event()
        self._saved_at: Millis | None = None
        self._refused: Reason | None = None
        self._ended = ""

    # Entering.

    async def enter(self, wanted: str | None = None) -> Lobby | None:
        """Connect and join; a group is asked for by its name. Raises NotReachable, TurnedAway.

        Returns the groups to choose from when a group's terminal has to choose; `choose` then goes on.
        """
        await self._connect()
        if self._role == "group" and not self._secret:
            self._outbox = Outbox.take(self._folder, address=self._address)
        lobby = await self._introduce()
        if lobby is None:
            self._stay()
            return None
        named = next((group.id for group in lobby.groups if group.name == wanted), None)
        if wanted is not None and named is None:
            raise TurnedAway("no-such-group")
        self._outbox = Outbox.take(self._folder, session=lobby.session, group=named)
        if self._outbox is None and named is None:
            return lobby
        await self._as_group(lobby.session, named)
        return None

    async def choose(self, lobby: Lobby, group: str) -> None:
        """Join as that group. Raises NotReachable, TurnedAway, OSError where nothing can be kept."""
        if self._wire is None or self._wire.state.name != "OPEN":
            await self._connect()
        await self._as_group(lobby.session, group)

    async def _as_group(self, session: str, group: str | None) -> None:
        if self._outbox is None:
            self._outbox = Outbox.new(self._folder, self._address, session, group or "")
        await self._introduce()
        self._stay()

    async def _connect(self) -> None:
        try:
            address = await asyncio.to_thread(self._where)
        except Mend as no:
            raise NotReachable(no.message) from no
        self._secret, self._address = address.secret, str(address)
        if self._wire is not None:
            self._wire.transport.abort()  # one that is left open would keep our seat
            self._wire = None
        try:
            self._wire = await connect(
                f"ws://{address.host}:{address.port}/",
                open_timeout=_PATIENCE,
                close_timeout=1,
                ping_interval=None,
                compression=None,
                max_size=None,
                proxy=None,
            )
        except (OSError, TimeoutError, WebSocketException, ValueError) as error:
            raise NotReachable(_("No hub answers at {address}.").format(address=address)) from error

    async def _introduce(self) -> Lobby | None:
        """Say who we are; the groups to choose from when the hub wants to know which we are."""
        outbox = self._outbox
        join = Join(
            version=VERSION,
            role=self._role,
            secret=(outbox.key if outbox else "") or self._secret,
            group=outbox.group if outbox else "",
            terminal=outbox.terminal if outbox else "",
        )
        with suppress(ConnectionClosed):  # why it was closed is still to be received
            await self._send(Ping(_monotonic()))
            await self._send(join)
        while True:
            match await self._receive():
                case Lobby() as lobby:
                    return lobby
                case NotAdmitted(reason=reason, version=version):
                    raise TurnedAway(reason, version)
                case Welcome(key=key, heard=heard):
                    if outbox is not None:
                        outbox.admitted(key, heard)
                case Picture() as picture:
                    self._take(picture)
                    self._ended = ""
                    self._inside.set()
                    return None
                case Pong() as pong:
                    self._take(pong)
                case _:
                    raise NotReachable(_("The hub stopped while we came in."))

    async def _receive(self) -> ToClient:
        assert self._wire is not None  # noqa: S101 - every caller has connected
        try:
            async with asyncio.timeout(_PATIENCE):
                return _decoder.decode(await self._wire.recv())
        except msgspec.DecodeError as error:
            raise TurnedAway("version", 0) from error
        except (ConnectionClosed, TimeoutError) as error:
            raise NotReachable(_("No hub answers at {address}.").format(address=self._address)) from error

    # Staying.

    def _stay(self) -> None:
        self._staying = asyncio.create_task(self._stay_on())

    async def _stay_on(self) -> None:
        while True:
            with suppress(ConnectionClosed, msgspec.DecodeError):
                await self._talk()
            self._inside.clear()
            self._gone.set()
            for answer in self._answers.values():
                if not answer.done():
                    answer.set_exception(ConnectionError())
            if self._wire is not None:
                self._wire.transport.abort()
            # A hub that was stopped on purpose is not started again by whoever could start it.
            if (self._ended and self._role == "facilitator") or not await self._come_back():
                self._news.set()
                return

    async def _come_back(self) -> bool:
        attempt = 0
        while True:
            await asyncio.sleep(_PAUSES[min(attempt, len(_PAUSES) - 1)])
            attempt += 1
            try:
                await self._connect()
                if await self._introduce() is None:
                    return True
            except NotReachable:
                continue
            except TurnedAway as away:
                if away.reason != "facilitator-present":  # it may be ourselves, before the break was noticed
                    self._ended = str(away)
                    return False

    async def _talk(self) -> None:
        beating = asyncio.create_task(self._beat())
        delivering = asyncio.create_task(self._deliver())
        try:
            assert self._wire is not None  # noqa: S101 - we have been let in over it
            async for frame in self._wire:
                self._take(_decoder.decode(frame))
        finally:
            beating.cancel()
            delivering.cancel()

    async def _beat(self) -> None:
        with suppress(ConnectionClosed):
            while True:
                await asyncio.sleep(_BEAT)
                if _monotonic() - self._heard_at > _SILENCE_AT_MOST and self._wire is not None:
                    self._wire.transport.abort()
                await self._send(Ping(_monotonic()))

    async def _deliver(self) -> None:
        """Send what the outbox holds, one change at a time: the next only when the hub has answered the last."""
        outbox = self._outbox
        if outbox is None:
            return
        with suppress(ConnectionClosed, ConnectionError):
            while True:
                self._wake.clear()
                pending = outbox.pending
                if not pending:
                    await self._wake.wait()
                    continue
                self._number = pending[0].number
                refused = await self._ask(pending[0])
                self._number = 0
                if refused == "storage":  # the hub cannot write just now; the change waits here meanwhile
                    await asyncio.sleep(_BEAT)
                    continue
                self._saved_at = self.now() if refused is None else self._saved_at
                self._refused = refused
                outbox.done(pending[0].number)
                self._news.set()

    async def _ask(self, do: Do) -> Reason | None:
        if len(msgspec.json.encode(do)) > LONGEST:  # the hub would hang up, each time anew
            return "too-long"
        answer: asyncio.Future[Reason | None] = asyncio.get_running_loop().create_future()
        self._answers[do.number] = answer
        try:
            await self._send(do)
            return await answer
        finally:
            self._answers.pop(do.number, None)

    async def _send(self, message: ToHub) -> None:
        assert self._wire is not None  # noqa: S101 - every caller has connected
        await self._wire.send(msgspec.json.encode(message), text=True)

    def _take(self, message: ToClient) -> None:
        self._heard_at = _monotonic()
        match message:
            case Picture(revision=revision, view=view):
                self._revision, self._view = revision, view
                self._news.set()
            case Change(revision=revision, parts=parts):
                if self._view is None or revision != self._revision + 1:
                    raise msgspec.DecodeError("a change is missing")  # come back to a whole picture
                self._revision = revision
                self._view = _changed(self._view, parts)
                self._news.set()
            case Done(number=number, refused=refused):
                answer = self._answers.get(number)
                if answer is not None and not answer.done():
                    answer.set_result(refused)
            case Pong(sent=sent, now=now):
                self._offsets.append((self._heard_at - sent, now - (sent + self._heard_at) // 2))
            case Goodbye():
                self._ended = _("The hub has been stopped.")
                self._news.set()
            case _:
                pass

    # The Link.

    async def views(self) -> AsyncIterator[View]:
        """Each view as it comes; the newest, when several came meanwhile. Ends when the hub will not have us back."""
        while True:
            if self._view is not None:
                unsent = [do.command for do in self._outbox.pending] if self._outbox else []
                view = self._view
                yield with_unsent(view, unsent) if isinstance(view, GroupView) else view  # type: ignore[arg-type]
            if self._staying is not None and self._staying.done():
                return
            await self._news.wait()
            self._news.clear()

    async def do(self, command: FacilitatorCommand) -> None:
        """Ask for a command. Raises Refused, or ConnectionError when there is no hub, or it went before it answered."""
        try:
            async with asyncio.timeout(_BLINK):
                await self._inside.wait()
            self._number += 1
            refused = await self._ask(Do(self._number, command))
        except (ConnectionClosed, TimeoutError) as error:
            raise ConnectionError from error
        if refused is not None:
            raise Refused(refused)

    def put(self, command: GroupCommand) -> None:
        """Keep a change and see to it that the hub gets it."""
        assert self._outbox is not None  # noqa: S101 - groups alone put
        self._refused = None
        self._outbox.add(command, self._number)
        self._wake.set()
        self._news.set()

    def now(self) -> Millis:
        """The hub's clock, by the answer that came back fastest of the last few."""
        return Millis(_monotonic() + (min(self._offsets)[1] if self._offsets else 0))

    def state(self) -> LinkState:
        """How the connection stands."""
        return LinkState(
            connected=self._inside.is_set(),
            silent=Millis(_monotonic() - self._heard_at),
            unsent=len(self._outbox.pending) if self._outbox else 0,
            saved_at=self._saved_at,
            refused=self._refused,
            trouble=self._outbox.trouble if self._outbox else "",
            ended=self._ended,
        )

    # The end.

    async def stop(self) -> None:
        """Ask the hub to stop; a facilitator's request. Raises ConnectionError without a hub."""
        if not self._inside.is_set():
            raise ConnectionError
        self._gone.clear()
        with suppress(ConnectionClosed):
            await self._send(Close())
            await self._gone.wait()
        if not self._ended:
            raise ConnectionError

    async def close(self, leaving: bool = True) -> None:
        """Leave; `views` ends. What is not acknowledged stays on this machine."""
        if self._staying is not None:
            self._staying.cancel()
            await asyncio.wait([self._staying])
            self._news.set()
        if self._wire is not None:
            await self._wire.close()
        if self._outbox is not None:
            self._outbox.close(leaving)


def _monotonic() -> Millis:
    return Millis(time.monotonic_ns() // 1_000_000)


@cache
def _fields(kind: type[View]) -> dict[str, msgspec.json.Decoder[object]]:
    return {field: msgspec.json.Decoder(hint) for field, hint in get_type_hints(kind).items()}


def _changed(view: View, parts: dict[str, msgspec.Raw]) -> View:
    decoders = _fields(type(view))
    return replace(view, **{field: decoders[field].decode(raw) for field, raw in parts.items()})


def _why_not(reason: NoEntry, version: int) -> str:
    return {
        "version": _("The hub speaks version {theirs} of the protocol, this program version {ours}. Update the older."),
        "wrong-code": _("That is not the room's code. It stands on the projector."),
        "facilitator-present": _("A facilitator is connected already; there can be only one."),
        "unknown-role": _("The hub does not know this role."),
        "no-such-group": _("There is no such group in this session."),
        "malformed": _("The hub did not understand this program. Are both of the same version?"),
        "not-joined": _("The hub did not understand this program. Are both of the same version?"),
    }[reason].format(theirs=version or "?", ours=VERSION)
