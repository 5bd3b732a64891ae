"""Messages that nobody means: random bytes, and real messages that something happened to; and whoever sends them."""

import asyncio
import random
import re
from collections import Counter
from collections.abc import Iterator, Sequence

import msgspec
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed

from shuro_tui.core import commands as ask
from shuro_tui.core.commands import Command, Display
from shuro_tui.core.model import Millis
from shuro_tui.hub import protocol as said
from shuro_tui.hub.protocol import LONGEST, VERSION, Do, Join, Ping, ToHub

Frame = tuple[bytes, bool]
"""What is sent, and whether it says of itself that it is text."""

_to_hub = msgspec.json.Decoder(ToHub)
_HUGE = (
    b"1e999",
    b"-1",
    b"9" * 400,
    b"1.5",
    b"NaN",
    b"null",
    b"true",
    b'""',
    b"{}",
    b"[]",
    b"0x10",
    b"18446744073709551616",
)
_TEXTS = (b"\x1b[2J", b"\\u0000", b"\\ud800", b"\xff\xfe", b"\xc0\x80", "\u202e".encode(), b"A" * 3_000, b"\\")
_ANSWERS_WITHIN = 20.0


def real(code: str, group: str) -> list[bytes]:
    """Messages as clients send them, and a few that only the hub sends."""
    commands: tuple[Command, ...] = (
        *(ask.Start(), ask.GoTo(1), ask.Pause(), ask.AddTime(Millis(60_000)), ask.Undo(), ask.Finish(), ask.NewCode()),
        *(ask.Reveal("a"), ask.PutUp(Display("case", "a")), ask.Announce("あと5分", group), ask.CloseCase("a")),
        *(ask.WriteRow("a", "r1", {"organisation": "ハローワーク", "content": "相談"}), ask.DeleteRow("a", "r1")),
        *(ask.MoveRow("a", "r1", 0), ask.Submit("a"), ask.Replan("share", ((0, 1),), {1: 2})),
    )
    messages = (
        *(Join(VERSION, role, code, group, "fuzz") for role in ("facilitator", "screen", "group", "director")),
        *(Do(number, command) for number, command in enumerate(commands, 1)),
        *(Ping(Millis(7)), said.Close(), said.Goodbye(), said.Done(1), said.Welcome("evening"), said.Change(1, 2, ())),
    )
    return [msgspec.json.encode(message) for message in messages]


def frame(chance: random.Random, messages: Sequence[bytes]) -> Frame:
    """Random bytes, or a message to which something happened, once or a few times."""
    if chance.random() < 0.2:
        return chance.randbytes(chance.choice((0, 1, 7, 100, 5_000))), chance.random() < 0.5
    message = chance.choice(messages)
    for _time in range(chance.choice((1, 1, 2, 5))):
        message = chance.choice(_MISHAPS)(chance, message)
    return message[: 2 * LONGEST], chance.random() < 0.85


def _flip(chance: random.Random, message: bytes) -> bytes:
    place = chance.randrange(len(message) + 1)
    return message[:place] + chance.randbytes(1) + message[place + 1 :]


def _cut(chance: random.Random, message: bytes) -> bytes:
    start, end = sorted(chance.randrange(len(message) + 1) for _ in range(2))
    return chance.choice((message[:start], message[:start] + message[end:], message[:end] + message[start:]))


def _number(chance: random.Random, message: bytes) -> bytes:
    return re.sub(rb"(?<=:)\d+", lambda _found: chance.choice(_HUGE), message, count=chance.randint(1, 3))


def _text(chance: random.Random, message: bytes) -> bytes:
    return re.sub(rb'"[^"]*"', lambda found: chance.choice((found[0], b'"' + chance.choice(_TEXTS) + b'"')), message)


def _nest(chance: random.Random, message: bytes) -> bytes:
    deep = chance.choice((3, 100, 1_500, 20_000))
    opened, closed = chance.choice(((b"[", b"]"), (b'{"command":', b"}"), (b'{"type":"do","command":', b"}")))
    return opened * deep + message + chance.choice((b"", closed * deep))


def _join(chance: random.Random, message: bytes) -> bytes:
    return chance.choice((message + message, b"\xef\xbb\xbf" + message, message + b"\n", b" " * LONGEST + message))


_MISHAPS = (_flip, _flip, _cut, _cut, _number, _text, _text, _nest, _join)


class Fuzzer:
    """Sends such messages to a hub, before joining and after; `outcomes` counts what became of them."""

    def __init__(self, host: str, port: int, code: str, group: str, seed: int) -> None:
        self.outcomes: Counter[str] = Counter()
        self._url = f"ws://{host}:{port}/"
        self._code = code
        self._group = group
        self._chance = random.Random(seed)  # noqa: S311 - the same each time
        self._messages = real(code, group)
        self._connections = 0

    async def send(self, count: int, at_once: int = 20) -> None:
        """Send so many, over so many connections at once."""
        left = iter(range(count))
        await asyncio.gather(*(self._keep_sending(left) for _ in range(at_once)))

    async def _keep_sending(self, left: Iterator[int]) -> None:
        number = next(left, None)
        while number is not None:
            self._connections += 1
            # From many addresses, or it would be the lock on guessing that is tried out.
            place = f"127.1.{self._connections // 250 % 250}.{self._connections % 250 + 1}"
            role = ("", "screen", "group")[self._connections % 3]
            async with connect(
                self._url, local_addr=(place, 0), compression=None, proxy=None, ping_interval=None
            ) as wire:
                if not await self._comes_in(wire, role):
                    continue
                while number is not None and await self._tolerated(wire, role):
                    number = next(left, None)
                wire.transport.abort()
            number = next(left, None)

    async def _comes_in(self, wire: ClientConnection, role: str) -> bool:
        """Whether the hub still listens; on a busy machine we may have been silent for too long."""
        join = Join(VERSION, role, self._code, self._group, f"fuzz-{self._connections}")
        try:
            if role:
                await wire.send(msgspec.json.encode(join), text=True)
        except ConnectionClosed:
            return False
        return True

    async def _tolerated(self, wire: ClientConnection, role: str) -> bool:
        """Send one, and ask whether anybody is there."""
        sent, text = self._frame(role)
        try:
            async with asyncio.timeout(_ANSWERS_WITHIN):
                await wire.send(sent, text=text)
                await wire.send(msgspec.json.encode(Ping(Millis(0))), text=True)
                while b'"pong"' not in (heard := await wire.recv(decode=False)):
                    if b'"not-admitted"' in heard:
                        self.outcomes[msgspec.json.decode(heard)["reason"]] += 1
                        return False
        except ConnectionClosed as closed:
            self.outcomes[f"closed {closed.rcvd.code if closed.rcvd else ''}"] += 1
            return False
        self.outcomes["nothing"] += 1
        return True

    def _frame(self, role: str) -> Frame:
        """A frame that may not really be meant: what a group may do does change the session."""
        while True:
            sent, text = frame(self._chance, self._messages)
            if not text or not _is_meant(sent, role):
                return sent, text


def _is_meant(sent: bytes, role: str) -> bool:
    try:
        message = _to_hub.decode(sent)
    except (msgspec.DecodeError, RecursionError, UnicodeDecodeError):
        return False
    if role == "group":
        return isinstance(message, Do)
    return not role and isinstance(message, Join) and message.role == "group"
