"""A client's connection, opened anew as often as it breaks: frames to messages, silence, the hub's clock."""

import asyncio
from collections import deque
from collections.abc import AsyncIterator
from contextlib import suppress
from typing import NamedTuple

import msgspec

from shuro_tui.core.model import Millis
from shuro_tui.errors import Mend
from shuro_tui.hub.protocol import VERSION, NoEntry, Ping, Pong, ToClient, ToHub, Welcome
from shuro_tui.hub.silence import SILENCE_AT_MOST, Listening, monotonic
from shuro_tui.hub.whereabouts import Address
from shuro_tui.i18n import _
from shuro_tui.spared import spared

# websockets looks here for its version, where it is not a release, for proxies and for TLS. With the parsers of e-mail
# that they bring, that is half the time of its import. pyproject.toml has the major versions that do without.
with spared("importlib.metadata", "urllib.request", "ssl"):
    from websockets.asyncio.client import ClientConnection, connect
    from websockets.exceptions import ConnectionClosed, WebSocketException

PATIENCE = 5.0
"""Seconds for which the hub may take its time to let a connection in, and to answer before it is joined."""

_decoder: msgspec.json.Decoder[ToClient] = msgspec.json.Decoder(ToClient)


class NotReachable(Mend):
    """There is no hub at that address, or none that answers."""


class TurnedAway(Mend):
    """The hub will not have us; the message says why."""

    def __init__(self, reason: NoEntry, version: int = VERSION, wait: int = 0) -> None:
        super().__init__(_why_not(reason, version, wait))
        self.reason = reason


class Broken(Exception):  # noqa: N818 - it is what the other end did, and nobody's error
    """The connection has ended, or what came over it makes no sense."""


class _Reading(NamedTuple):
    """The hub's clock as it was told: `at` by ours, in the middle of a question and its answer, `hub` by the hub's."""

    round_trip: int
    at: int
    hub: int


class _Connection(Listening, ClientConnection):
    pass


class Wire:
    """One connection at a time. What is sent while there is none is Broken."""

    def __init__(self) -> None:
        self.address = ""
        self._connection: _Connection | None = None
        self._made_at = monotonic()
        self._readings: deque[_Reading] = deque(maxlen=8)
        self._same_hub = True
        self._speed = 1.0

    async def open(self, address: Address) -> None:
        """Connect; what was open before is cut, for it would keep our seat. Raises NotReachable."""
        self.cut()
        self._same_hub = False
        self.address = str(address)
        try:
            connection = await connect(
                f"ws://{address}/",
                create_connection=_Connection,
                open_timeout=PATIENCE,
                close_timeout=1,
                ping_interval=None,
                compression=None,
                max_size=None,
                proxy=None,
            )
        except (OSError, TimeoutError, WebSocketException, ValueError) as error:
            raise self.unanswered() from error
        assert isinstance(connection, _Connection)  # noqa: S101 - as it was asked for
        self._connection = connection

    @property
    def is_open(self) -> bool:
        """Whether there is a connection, as far as is known."""
        return self._connection is not None and self._connection.state.name == "OPEN"

    @property
    def silent(self) -> Millis:
        """How long ago the hub was heard last."""
        return Millis(monotonic() - self._made_at) if self._connection is None else self._connection.silent

    async def silence(self) -> None:
        """Wait until nothing has been heard for so long that nobody can be there any more."""
        while (left := SILENCE_AT_MOST - self.silent) > 0:  # noqa: ASYNC110 - the moment moves with every byte
            await asyncio.sleep(left / 1000)

    def now(self) -> Millis:
        """The hub's clock, by the answer that came back fastest of the last few."""
        ours = monotonic()
        if not self._readings:
            return ours
        best = min(reversed(self._readings), key=lambda reading: reading.round_trip)
        return Millis(best.hub + round((ours - best.at) * self._speed))

    def unanswered(self) -> NotReachable:
        """That the hub does not answer, in words."""
        return NotReachable(_("No hub answers at {address}.").format(address=self.address))

    async def send(self, message: ToHub) -> None:
        """Send. Raises Broken."""
        if self._connection is None:
            raise Broken
        try:
            await self._connection.send(msgspec.json.encode(message), text=True)
        except ConnectionClosed as error:
            raise Broken from error

    async def ping(self) -> None:
        """Ask whether the hub is there, and what time it is. Raises Broken."""
        await self.send(Ping(monotonic()))

    async def receive(self) -> ToClient:
        """The answer of a hub that has not let us in yet. Raises NotReachable, TurnedAway."""
        if self._connection is None:
            raise self.unanswered()
        try:
            async with asyncio.timeout(PATIENCE):
                return self._heard(_decoder.decode(await self._connection.recv()))
        except msgspec.DecodeError as error:
            raise TurnedAway("version", 0) from error
        except (ConnectionClosed, TimeoutError) as error:
            raise self.unanswered() from error

    async def messages(self) -> AsyncIterator[ToClient]:
        """Everything that comes, to the end of the connection. Raises Broken where it makes no sense."""
        if self._connection is None:
            return
        with suppress(ConnectionClosed):
            async for frame in self._connection:
                try:
                    yield self._heard(_decoder.decode(frame))
                except msgspec.DecodeError as error:
                    raise Broken from error

    def cut(self) -> None:
        """End it without a word."""
        if self._connection is not None:
            self._connection.transport.abort()

    async def close(self) -> None:
        """End it as one does."""
        if self._connection is not None:
            await self._connection.close()

    def _heard(self, message: ToClient) -> ToClient:
        if isinstance(message, Pong):
            self._read(message, monotonic())
        elif isinstance(message, Welcome):
            self._speed = message.speed
        return message

    def _read(self, pong: Pong, at: Millis) -> None:
        if not self._same_hub:  # a hub that began again may have another clock; until it tells, the last one's goes on
            self._readings.clear()
            self._same_hub = True
        self._readings.append(_Reading(at - pong.sent, (pong.sent + at) // 2, pong.now))


def _why_not(reason: NoEntry, version: int, wait: int) -> str:
    return {
        "version": _("The hub speaks version {theirs} of the protocol, this program version {ours}. Update the older."),
        "wrong-code": _("That is not the room's code. It stands on the projector."),
        "locked": _("Too many wrong codes came from this address. Try again in {seconds} s."),
        "facilitator-present": _("A facilitator is connected already; there can be only one."),
        "unknown-role": _("The hub does not know this role."),
        "no-such-group": _("There is no such group in this session."),
        "malformed": _("The hub did not understand this program. Are both of the same version?"),
        "not-joined": _("The hub did not understand this program. Are both of the same version?"),
    }[reason].format(theirs=version or "?", ours=VERSION, seconds=-(-wait // 1000))
