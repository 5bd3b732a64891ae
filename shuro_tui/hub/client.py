"""A client's end: it enters, stays, and comes back by itself for as long as the hub will have it."""

import asyncio
import random
from collections.abc import AsyncIterator, Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

import msgspec
from msgspec.structs import replace

from shuro_tui.core.commands import FacilitatorCommand, GroupCommand, Reason, Refused
from shuro_tui.core.link import LinkState
from shuro_tui.core.model import Millis
from shuro_tui.core.unsent import with_unsent
from shuro_tui.core.views import GroupView, View
from shuro_tui.errors import Mend
from shuro_tui.hub.edits import edited
from shuro_tui.hub.outbox import Outbox
from shuro_tui.hub.protocol import (
    LONGEST,
    VERSION,
    Change,
    Close,
    Do,
    Done,
    Fetch,
    Fetched,
    Goodbye,
    Join,
    Lobby,
    NoEntry,
    NotAdmitted,
    Picture,
    Pong,
    Role,
    ToClient,
    Typing,
    Welcome,
)
from shuro_tui.hub.whereabouts import Address
from shuro_tui.hub.wire import Broken, NotReachable, TurnedAway, Wire
from shuro_tui.i18n import _

__all__ = ["Client", "NotReachable", "TurnedAway"]

_BEAT = 1.0
_BLINK = 3.0
"""Seconds for which a request waits for a connection that is just coming back; then a screen says it is stale."""

_SOONEST, _LATEST = 0.2, 5.0
"""Seconds between two attempts to come back: more with each, and never the same for two terminals of a room."""


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
        self._key = ""
        self._outbox: Outbox | None = None
        self._wire = Wire()
        self._staying: asyncio.Task[None] | None = None
        self._view: View | None = None
        self._revision = 0
        self._news = asyncio.Event()
        self._wake = asyncio.Event()
        self._gone = asyncio.Event()
        self._seat = 0
        self._typing = Typing("", "")
        self._typed = asyncio.Event()
        self._number = 0
        self._answers: dict[int, asyncio.Future[Reason | None]] = {}
        self._fetching: dict[str, asyncio.Future[bytes | None]] = {}
        self._inside = asyncio.Event()
        self._puts = 0
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
            self._outbox = Outbox.take(self._folder, address=self._wire.address)
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

    @property
    def group(self) -> str:
        """The id of the group that it has joined as, or ""."""
        return self._outbox.group if self._outbox is not None else ""

    async def choose(self, lobby: Lobby, group: str) -> None:
        """Join as that group. Raises NotReachable, TurnedAway, OSError where nothing can be kept."""
        if not self._wire.is_open:
            await self._connect()
        await self._as_group(lobby.session, group)

    async def enter_beside(self, other: "Client", group: str, code: str = "") -> None:
        """Connect and join as another group of the terminal at which `other` is; with a code where none is known.

        Raises NotReachable, TurnedAway, OSError where nothing can be kept.
        """
        assert other._outbox is not None  # noqa: S101 - it has joined as a group
        await self._connect()
        self._secret = code or self._secret or other._secret
        session = other._outbox.session
        self._outbox = Outbox.take(self._folder, session=session, group=group)
        await self._as_group(session, group)

    async def _as_group(self, session: str, group: str | None) -> None:
        if self._outbox is None:
            self._outbox = Outbox.new(self._folder, self._wire.address, session, group or "")
        await self._introduce()
        self._stay()

    async def _connect(self) -> None:
        try:
            address = await asyncio.to_thread(self._where)
        except Mend as no:
            raise NotReachable(no.message) from no
        self._secret = address.secret
        await self._wire.open(address)

    async def _introduce(self) -> Lobby | None:
        """Say who we are; the groups to choose from when the hub wants to know which we are."""
        outbox = self._outbox
        join = Join(
            version=VERSION,
            role=self._role,
            secret=(outbox.key if outbox else self._key) or self._secret,
            group=outbox.group if outbox else "",
            terminal=outbox.terminal if outbox else "",
        )
        with suppress(Broken):  # why it was closed is still to be received
            await self._wire.ping()
            await self._wire.send(join)
        welcome = Welcome("")
        while True:
            match await self._wire.receive():
                case Lobby() as lobby:
                    return lobby
                case NotAdmitted(reason=reason, version=version, wait=wait):
                    raise TurnedAway(reason, version, wait)
                case Welcome() as welcome:
                    self._key, self._seat = welcome.key, welcome.seat
                case Picture() as picture:
                    # Not before: what the hub has heard is in no older picture.
                    if outbox is not None and outbox.admitted(welcome.key, welcome.heard):
                        self._saved_at = self.now()
                    self._take(picture)
                    self._ended = ""
                    self._inside.set()
                    return None
                case Pong():
                    pass
                case _:
                    raise NotReachable(_("The hub stopped while we came in."))

    # Staying.

    def _stay(self) -> None:
        self._staying = asyncio.create_task(self._stay_on())

    async def _stay_on(self) -> None:
        while True:
            with suppress(Broken):
                await self._talk()
            self._inside.clear()
            self._gone.set()
            waiting: list[asyncio.Future[Any]] = [*self._answers.values(), *self._fetching.values()]
            for answer in waiting:
                if not answer.done():
                    answer.set_exception(ConnectionError())
            self._fetching.clear()
            self._wire.cut()
            # A hub that was stopped on purpose is not started again by whoever could start it.
            if (self._ended and self._role == "facilitator") or not await self._come_back():
                self._news.set()
                return

    async def _come_back(self) -> bool:
        attempt = 0
        while True:
            attempt += 1
            await asyncio.sleep(_pause(attempt))
            try:
                await self._connect()
                if await self._introduce() is None:
                    return True
            except NotReachable:
                continue
            except TurnedAway as away:
                if not self._tries_again(away.reason):
                    self._ended = str(away)
                    return False

    def _tries_again(self, reason: NoEntry) -> bool:
        if reason == "wrong-code" and self._role == "screen" and self._key:  # another hub by now; the code may be right
            self._key = ""
            return True
        # A facilitator who is there may be ourselves, before the break was noticed.
        return reason in ("facilitator-present", "locked")

    async def _talk(self) -> None:
        tasks = (self._beat(), self._listen(), self._deliver(), self._tell())
        meanwhile = [asyncio.create_task(task) for task in tasks]
        try:
            async for message in self._wire.messages():
                self._take(message)
        finally:
            for task in meanwhile:
                task.cancel()
            await asyncio.wait(meanwhile)  # an answer that nobody waits for any more is not to be failed

    async def _beat(self) -> None:
        with suppress(Broken):
            while True:
                await asyncio.sleep(_BEAT)
                await self._wire.ping()

    async def _listen(self) -> None:
        await self._wire.silence()
        self._wire.cut()

    async def _deliver(self) -> None:
        """Send what the outbox holds, one change at a time: the next only when the hub has answered the last."""
        outbox = self._outbox
        if outbox is None:
            return
        with suppress(Broken, ConnectionError):
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
                outbox.done(pending[0].number, refused is not None)
                self._news.set()

    async def _tell(self) -> None:
        """Say which row is being typed in, once a second at most."""
        with suppress(Broken):
            while True:
                await self._typed.wait()
                self._typed.clear()
                await self._wire.send(self._typing)
                await asyncio.sleep(_BEAT)

    async def _ask(self, do: Do) -> Reason | None:
        if len(msgspec.json.encode(do)) > LONGEST:  # the hub would hang up, each time anew
            return "too-long"
        answer: asyncio.Future[Reason | None] = asyncio.get_running_loop().create_future()
        self._answers[do.number] = answer
        try:
            await self._wire.send(do)
            return await answer
        finally:
            self._answers.pop(do.number, None)

    def _take(self, message: ToClient) -> None:
        match message:
            case Picture(revision=revision, view=view):
                self._revision, self._view = revision, view
                self._news.set()
            case Change():
                self._change(message)
                self._news.set()
            case Done(number=number, refused=refused, news=change):
                if change is not None:
                    self._change(change)
                    self._news.set()
                answer = self._answers.get(number)
                if answer is not None and not answer.done():
                    answer.set_result(refused)
            case Fetched(file=file, data=data):
                waiting = self._fetching.pop(file, None)
                if waiting is not None and not waiting.done():
                    waiting.set_result(data)
            case Goodbye():
                self._ended = _("The hub has been stopped.")
                self._news.set()
            case _:
                pass

    def _change(self, change: Change) -> None:
        if self._view is None or change.since != self._revision:
            raise Broken  # a change is missing: come back to a whole picture
        try:
            self._view = edited(self._view, change.edits)
        except (LookupError, TypeError, msgspec.ValidationError) as error:
            raise Broken from error
        self._revision = change.revision

    # The Link.

    async def views(self) -> AsyncIterator[View]:
        """Each view as it comes; the newest, when several came meanwhile. Ends when the hub will not have us back."""
        while True:
            if self._view is not None:
                yield self._as_here(self._view)
            if self._staying is not None and self._staying.done():
                return
            await self._news.wait()
            self._news.clear()

    def _as_here(self, view: View) -> View:
        """With what the hub was not told yet; what is typed in here is no news."""
        if not isinstance(view, GroupView):
            return view
        unsent = [do.command for do in self._outbox.pending] if self._outbox else []
        others = tuple(typing for typing in view.typing if typing.seat != self._seat)
        return with_unsent(replace(view, typing=others, puts=self._puts), unsent)  # type: ignore[arg-type]

    async def do(self, command: FacilitatorCommand) -> None:
        """Ask for a command. Raises Refused, or ConnectionError when there is no hub, or it went before it answered."""
        try:
            async with asyncio.timeout(_BLINK):
                await self._inside.wait()
            self._number += 1
            refused = await self._ask(Do(self._number, command))
        except (Broken, TimeoutError) as error:
            raise ConnectionError from error
        if refused is not None:
            raise Refused(refused)

    def put(self, command: GroupCommand) -> int:
        """Keep a change and see to it that the hub gets it."""
        assert self._outbox is not None  # noqa: S101 - groups alone put
        self._refused = None
        self._outbox.add(command, self._number)
        self._puts += 1
        self._wake.set()
        self._news.set()
        return self._puts

    async def fetch(self, file: str) -> bytes | None:
        """A picture on a slide that is shown here; None where there is none. Raises ConnectionError."""
        waiting = self._fetching.get(file)
        if waiting is None:
            waiting = self._fetching[file] = asyncio.get_running_loop().create_future()
            try:
                await self._wire.send(Fetch(file))
            except Broken as error:
                self._fetching.pop(file)
                waiting.cancel()
                raise ConnectionError from error
        return await asyncio.shield(waiting)

    def typing(self, case: str, row: str) -> None:
        """Tell the group's other terminals, if there are any."""
        if isinstance(self._view, GroupView) and self._view.terminals > 1:
            self._typing = Typing(case, row)
            self._typed.set()

    def now(self) -> Millis:
        """The hub's clock."""
        return self._wire.now()

    def state(self) -> LinkState:
        """How the connection stands."""
        return LinkState(
            connected=self._inside.is_set(),
            silent=self._wire.silent,
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
        with suppress(Broken):
            await self._wire.send(Close())
            await self._gone.wait()
        if not self._ended:
            raise ConnectionError

    async def close(self, leaving: bool = True) -> None:
        """Leave; `views` ends. What is not acknowledged stays on this machine."""
        if self._staying is not None:
            self._staying.cancel()
            await asyncio.wait([self._staying])
            self._news.set()
        await self._wire.close()
        if self._outbox is not None:
            self._outbox.close(leaving)


def _pause(attempt: int) -> float:
    """Seconds before an attempt, the first being 1."""
    return random.uniform(_SOONEST, min(_LATEST, _SOONEST * 2 ** min(attempt, 10)))  # noqa: S311 - only to spread them
