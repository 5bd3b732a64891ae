"""The dialogue at a terminal, or a pipe: lines are read and written, and nothing else."""

import asyncio
import codecs
import contextlib
import os
import signal
import sys
import threading
from collections.abc import Callable, Iterable
from pathlib import Path

from shuro_tui.core.views import GroupView
from shuro_tui.errors import Mend
from shuro_tui.hub.client import Client
from shuro_tui.hub.protocol import Lobby
from shuro_tui.hub.whereabouts import Address
from shuro_tui.i18n import _
from shuro_tui.plain.announcing import Watch, between
from shuro_tui.plain.dialogue import Dialogue
from shuro_tui.plain.words import plain, word

_SECOND = 1.0
_DRAINING = 5.0
_LINE_OF_A_TERMINAL = 4_095
"""Bytes: a longer line is cut by the terminal before it comes here."""


class Lines:
    """Lines as they come in. A last one without its end counts."""

    def __init__(self, source: int = 0) -> None:
        encoding = codecs.lookup(sys.stdin.encoding or "utf-8").name
        self._decode = codecs.getincrementaldecoder("utf-8" if encoding == "ascii" else encoding)("replace").decode
        self._source = source
        self._text = ""
        self._ended = False

    def read(self) -> str | None:
        """The next line; None at the end."""
        while "\n" not in self._text and not self._ended:
            try:
                data = os.read(self._source, 65_536)
            except OSError:  # the terminal is gone
                data = b""
            self._text += self._decode(data, not data)
            self._ended = not data
        line, end, self._text = self._text.partition("\n")
        return line if line or end else None

    def ask(self, question: str) -> str:
        """The answer to a question before the dialogue begins. Raises Mend at the end."""
        sys.stdout.write(question + ": ")
        sys.stdout.flush()
        answer = self.read()
        if answer is None:
            raise Mend("")
        return answer.strip()


class Paper:
    """What is written. News comes between two prompts; while a field is asked for, it waits for the answer."""

    def __init__(self) -> None:
        self._prompt: str | None = None
        self._waiting: list[str] = []
        self.gone = False

    def say(self, lines: Iterable[str], prompt: str) -> None:
        """The answer to a line, what has waited, and the next prompt."""
        self._write([*lines, *self._waiting], prompt)
        self._waiting = []

    def tell(self, lines: Iterable[str], wait: bool) -> None:
        """News."""
        told = list(lines)
        if wait or self._prompt is None:
            self._waiting += told
        elif told:
            self._write(["", *told], self._prompt)

    def _write(self, lines: list[str], prompt: str) -> None:
        self._prompt = prompt
        with contextlib.suppress(OSError):
            sys.stdout.write("".join(f"{line}\n" for line in lines) + prompt)
            sys.stdout.flush()
            return
        self.gone = True
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # what Python still has to write goes nowhere


def converse(folder: Path, where: Callable[[], Address], group: str | None, lines: Lines) -> str | int | None:
    """Join and talk until the person leaves; the message that ended it, None after a proper end. Raises Mend."""
    return asyncio.run(_Talk(Client("group", where, folder), lines).run(group))


class _Talk:
    def __init__(self, client: Client, lines: Lines) -> None:
        self._client = client
        self._lines = lines
        self._heard: asyncio.Queue[str | None] = asyncio.Queue()
        self._paper = Paper()
        self._moved = asyncio.Event()
        self._echo = os.isatty(0)

    async def run(self, group: str | None) -> str | None:
        loop = asyncio.get_running_loop()
        for name in ("SIGINT", "SIGTERM", "SIGHUP"):
            if hasattr(signal, name):
                with contextlib.suppress(NotImplementedError):
                    loop.add_signal_handler(getattr(signal, name), self._heard.put_nowait, None)
        threading.Thread(target=self._read, args=(loop,), daemon=True).start()
        try:
            lobby = await self._client.enter(group)
            chosen = await self._choose(lobby) if lobby is not None else ""
            if lobby is not None and chosen is None:
                return None
            if lobby is not None and chosen:
                await self._client.choose(lobby, chosen)
            return await self._talk()
        finally:
            await self._client.close()

    def _read(self, loop: asyncio.AbstractEventLoop) -> None:
        line: str | None = ""
        while line is not None:
            line = self._lines.read()
            with contextlib.suppress(RuntimeError):  # the loop has ended
                loop.call_soon_threadsafe(self._heard.put_nowait, line)

    async def _choose(self, lobby: Lobby) -> str | None:
        names = [f"{number}. {group.name}" for number, group in enumerate(lobby.groups, 1)]
        question = _("Which group are you?") + " "
        self._paper.say([lobby.title, *names], question)
        while (line := await self._heard.get()) is not None:
            said = plain(line)
            for number, group in enumerate(lobby.groups, 1):
                if said in (str(number), plain(group.name)):
                    return group.id
            self._paper.say(self._after(names), question)
        return None

    async def _talk(self) -> str | None:
        views = self._client.views()
        first = await anext(views)
        assert isinstance(first, GroupView)  # noqa: S101 - groups alone join
        dialogue = Dialogue(first, self._client)
        watch = Watch()
        greeting = _("{group}, {title}. '{word}' lists the commands.")
        told = greeting.format(group=first.group.name, title=first.outline.title, word=word("help"))
        opened = [] if not first.cases else [_("Open: {titles}").format(titles=", ".join(c.title for c in first.cases))]
        self._paper.say(self._after([told, *opened]), dialogue.prompt)

        async def follow() -> None:
            async for view in views:
                assert isinstance(view, GroupView)  # noqa: S101
                told = list(between(dialogue.view, view))
                dialogue.follow(view)
                self._paper.tell(told, dialogue.asking)
                self._moved.set()
            self._heard.put_nowait(None)

        async def tick() -> None:
            while True:
                signal_now = dialogue.view.dial.signal(self._client.now())
                told = list(watch.look(signal_now, bool(dialogue.view.at_work), self._client.state()))
                self._paper.tell(told, dialogue.asking)
                await asyncio.sleep(_SECOND)

        tasks = [asyncio.create_task(follow()), asyncio.create_task(tick())]
        try:
            await self._listen(dialogue)
            return await self._leave()
        finally:
            for task in tasks:
                task.cancel()

    async def _listen(self, dialogue: Dialogue) -> None:
        while not dialogue.left and not self._paper.gone:
            line = await self._heard.get()
            if line is None:
                return
            told = dialogue.hear(line, self._client.now(), self._client.state())
            if self._echo and len(line.encode()) >= _LINE_OF_A_TERMINAL - 1:
                told.append(_("The line may have been cut by the terminal; read the row once more."))
            self._paper.say(self._after(told), "" if dialogue.left else dialogue.prompt)

    def _after(self, lines: list[str]) -> list[str]:
        """Where nothing echoes what was typed, its line end is missing."""
        return lines if self._echo else ["", *lines]

    async def _leave(self) -> str | None:
        """Give the hub a moment for what it does not have yet."""
        state = self._client.state()
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(_DRAINING if state.connected else 0):
                while self._client.state().unsent:
                    self._moved.clear()
                    await self._moved.wait()
        state = self._client.state()
        left = (
            _("{n} changes are kept on this machine and are sent when you join again.").format(n=state.unsent)
            if state.unsent
            else _("Everything is saved.")
        )
        self._paper.say([left], "")
        return state.ended or None
