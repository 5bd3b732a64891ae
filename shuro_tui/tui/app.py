"""The application around a role's screen: it enters, follows the link and the clock, and hands both down."""

import asyncio
import gc
import os
from collections.abc import Awaitable, Callable, Coroutine, Iterable, Sequence
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

from rich.console import RenderableType
from textual._compositor import CompositorUpdate
from textual.app import ComposeResult, SystemCommand
from textual.filter import LineFilter
from textual.geometry import Offset
from textual.screen import Screen
from textual.widgets import Static

from shuro_tui import settings
from shuro_tui.i18n import _
from shuro_tui.tui import themes
from shuro_tui.tui.in_order import InOrder
from shuro_tui.tui.keys import PALETTE, key_name
from shuro_tui.tui.on_terminal import Difference, OnTerminal

if TYPE_CHECKING:  # the role's screen, and the core with it, are imported behind the first frame
    from shuro_tui.tui.role import Keyed, RoleScreen

Enter = Callable[["WorkshopApp"], Awaitable["RoleScreen"]]
"""Comes in, asking the person where that is needed, and returns the screen of the role. It may raise to end the app."""

_SECOND = 1_000
_COLLECT_AFTER = 700
"""Python's own number, which starting up has raised (`__main__`)."""

_TERMINAL_TICK = 2

_LATER = Path(__file__).with_name("later.tcss")
"""The part of the stylesheet that no first frame needs."""

_MOMENT = 0.1
"""Seconds for which nothing need be shown."""


class WorkshopApp(InOrder[str]):
    """One role's screen. Its result is a message for the person when it could not go on, else None.

    refusals: the exceptions of `enter` that are such messages; leave: what is to be done at the end;
    theme: one of `themes.THEMES`, None for what the environment asks for; line_filters: what lines go through on their
    way to the terminal; at_once: come in before the first frame, for a role whose screen is imported in no time.
    """

    CSS_PATH = "first.tcss"
    ENABLE_COMMAND_PALETTE = True
    COMMAND_PALETTE_BINDING = PALETTE.keys[0]

    def __init__(
        self,
        enter: Enter,
        refusals: tuple[type[Exception], ...] = (),
        leave: Callable[[], Awaitable[None]] | None = None,
        theme: str | None = None,
        line_filters: tuple[LineFilter, ...] = (),
        at_once: bool = False,
    ) -> None:
        super().__init__()
        themes.dress(self, theme or settings.theme(), settings.coloured())
        self._leave = leave
        self._come_in = enter
        self._refusals = refusals
        self._role: RoleScreen | None = None
        self._filters_of_terminal = line_filters
        self._at_once = at_once
        self._here = asyncio.Event()
        self._shown = asyncio.Event()
        self._on_terminal = OnTerminal()
        self._displayed: Screen[Any] | None = None

    def get_line_filters(self) -> Sequence[LineFilter]:
        """Textual's, and what this terminal needs."""
        return (*super().get_line_filters(), *self._filters_of_terminal)

    @property
    def cursor_position(self) -> Offset:
        """Where the terminal's cursor goes after each paint, and with it the window of an input method.

        Asked for at each paint: however lines have moved, it is where the caret is.
        """
        caret: Offset | None = getattr(self.focused, "cursor_screen_offset", None)
        return self._cursor_at if caret is None else caret

    @cursor_position.setter
    def cursor_position(self, position: Offset) -> None:
        self._cursor_at = position

    def _display(self, screen: Screen[Any], renderable: RenderableType | None) -> None:
        if screen is not self._displayed:  # what somebody else has written over the last one goes with it
            self._displayed = screen
            self._on_terminal.forget()
        if isinstance(renderable, CompositorUpdate):
            renderable = Difference(renderable, self._on_terminal)
        super()._display(screen, renderable)

    def on_resize(self) -> None:
        """Whatever has become of what stood there, it is written anew: this comes after a suspension too."""
        self._on_terminal.forget()

    async def on_load(self) -> None:
        """Come in, where that is wanted before the first frame; what takes longer than a moment comes behind it."""
        if self._at_once:
            self._run_role(self._enter())
            with suppress(TimeoutError):
                await asyncio.wait_for(self._here.wait(), _MOMENT)

    def get_default_screen(self) -> Screen[Any]:
        """The role's, when it is here already."""
        return self._role or super().get_default_screen()

    def compose(self) -> ComposeResult:
        """What stands there until the hub has answered."""
        if self._role is None:
            yield Static(_("Connecting…"), id="opening")

    def on_mount(self) -> None:
        """Look after the terminal."""
        if not self.is_headless:
            self.set_interval(_TERMINAL_TICK, self._leave_with_the_terminal)

    def post_display_hook(self) -> None:
        """Come in, behind the first frame: what that needs is imported then, and starting a hub takes its time."""
        if not self._shown.is_set():
            self._shown.set()
            if not self._at_once:
                self._run_role(self._enter())

    def _run_role(self, role: Coroutine[None, None, None]) -> None:
        self.run_worker(role, group="role", exclusive=True)

    async def _enter(self) -> None:
        if self._shown.is_set():
            self._read_later()
        try:
            role = await self._come_in(self)
        except self._refusals as no:
            self.exit(str(no), return_code=2)
            self._here.set()
            return
        await self._follow(role)

    def show_instead(self, role: "RoleScreen") -> None:
        """Another role's screen in the place of this one, which is followed no more."""
        self._run_role(self._follow(role))

    async def _follow(self, role: "RoleScreen") -> None:
        views = aiter(role.link.views())
        role.first = await anext(views, None)
        self._role = role
        if self.screen_stack:
            await (self.switch_screen(role) if len(self.screen_stack) > 1 else self.push_screen(role))
        else:
            self._here.set()
            await self._shown.wait()
        self._read_later()
        self._tick_from(role)
        self.call_after_refresh(_stand)
        async for view in views:
            role.take(view)
        role.tick()

    def _read_later(self) -> None:
        if not self.stylesheet.has_source(str(_LATER)):
            self.stylesheet.read(_LATER)
            self.stylesheet.parse()
            for screen in self.screen_stack:
                self.stylesheet.update(screen)

    def _tick_from(self, role: "RoleScreen") -> None:
        """Once a second, as the hub's clock comes to the next: every screen changes at the same moment."""

        def tick() -> None:
            if role is self._role:
                role.tick()
                self._tick_from(role)

        self.set_timer((_SECOND - role.link.now() % _SECOND) / _SECOND, tick)

    async def _leave_with_the_terminal(self) -> None:
        # A window that was closed without a signal reads as an endless end of file: Textual would spin on it for ever.
        if os.isatty(0):
            return
        if self._driver is not None:
            # Its thread that writes has died with the terminal: once the queue is full, who writes waits for ever.
            self._driver.write = lambda data: None  # type: ignore[method-assign]
        await self.action_quit()

    async def on_unmount(self) -> None:
        """Say goodbye to the hub."""
        if self._leave is not None:
            await self._leave()

    def action_next_theme(self) -> None:
        """Put on the next theme, and say which: without colours nothing else would tell."""
        following = themes.following(self.theme)
        self.theme = themes.THEMES[following].name
        self.clear_notifications()
        self.notify(_("Theme: {name}").format(name=_(themes.LABELS[following])), timeout=3, markup=False)

    async def action_quit(self) -> None:
        """Leave as the screen would."""
        if self._role is None:
            self.exit()
        else:
            self._role.action_leave()

    def get_system_commands(self, screen: Screen[object]) -> Iterable[SystemCommand]:
        """The commands of the screen that is shown, from its table of keys."""
        from shuro_tui.tui.role import Keyed

        if not isinstance(screen, Keyed):
            return
        for action in screen.ACTIONS:
            if action is PALETTE:
                continue
            label = _(action.label) + f"  ({key_name(action.keys[0])})"  # brackets would be markup
            yield SystemCommand(label, _(action.help), lambda does=action.does: self._run(screen, does))

    async def _run(self, screen: "Keyed", does: str) -> None:
        await self.run_action(does, screen)

    def action_command_palette(self) -> None:
        """Find a command by a word."""
        from textual.command import CommandPalette

        from shuro_tui.tui.role import Keyed

        if isinstance(self.screen, Keyed):
            self.push_screen(CommandPalette(placeholder=_("Search commands")))


def _stand() -> None:
    """What stands by now stays, without the garbage of the start: no use in looking through it again."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(_COLLECT_AFTER)
