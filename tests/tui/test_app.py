"""The application around a screen: coming in, going away, what it shows literally."""

import asyncio
import os
import subprocess
import sys
import unicodedata
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from msgspec.structs import replace

from shuro_tui.core import commands as ask
from shuro_tui.core.blocks import Heading, Span
from shuro_tui.core.commands import Display
from shuro_tui.core.group import Group
from shuro_tui.core.model import Fact, Slide, Workshop
from shuro_tui.core.session import Session
from shuro_tui.core.views import View
from shuro_tui.errors import Mend
from shuro_tui.tui.app import WorkshopApp
from shuro_tui.tui.role import RoleScreen
from shuro_tui.tui.screens.projector import ProjectorScreen
from tests.terminal import PATIENCE, Terminal
from tests.tui.fake_link import FakeHub, FakeLink
from tests.tui.picture import text_of
from tests.tui.scenes import (
    CASE,
    CASES,
    START,
    at_slide,
    closes,
    connecting,
    entering,
    facilitator,
    group,
    later,
    lecture,
    on_stage,
    press,
    projector,
    running,
    settle,
    shown_of,
    wait_until,
)


async def test_a_refusal_at_the_door_is_the_result() -> None:
    """What `enter` says cannot be done ends the application with these words."""

    async def enter(_app: WorkshopApp) -> RoleScreen:
        raise Mend("番号が違います")

    app = WorkshopApp(enter, (Mend,))
    async with app.run_test() as pilot:
        for _turn in range(100):
            if app.return_code is not None:
                break
            await pilot.pause(0.01)
        assert app.return_code == 2
        assert app.return_value == "番号が違います"


async def test_who_waits_at_the_door_can_leave() -> None:
    """Ctrl+Q ends the application while the hub has not answered."""
    async with running(connecting) as (app, pilot):
        await pilot.press("ctrl+q")
        await closes(app)


async def test_who_comes_at_once_is_the_first_frame() -> None:
    """Nothing stands there before a role whose hub answers in a moment."""
    app = WorkshopApp(entering(lambda: projector(at_slide())), at_once=True)
    async with app.run_test() as pilot:
        assert isinstance(app.screen_stack[0], ProjectorScreen)
        await settle(pilot)
        assert app.screen_stack == [app.screen]
        assert "五つの分野の地図" in text_of(app)


async def test_a_hub_that_takes_its_time_is_waited_for_behind_the_first_frame() -> None:
    """The opening stands there meanwhile."""
    answers = asyncio.Event()

    async def enter(_app: WorkshopApp) -> RoleScreen:
        await answers.wait()
        return projector(at_slide())

    app = WorkshopApp(enter, at_once=True)
    async with app.run_test() as pilot:
        await settle(pilot)
        assert app.query("#opening")
        answers.set()
        await wait_until(pilot, lambda: isinstance(app.screen, ProjectorScreen))
        await settle(pilot)
        assert "五つの分野の地図" in text_of(app)


async def test_a_refusal_before_the_first_frame_is_the_result(monkeypatch: pytest.MonkeyPatch) -> None:
    """No frame is painted for it."""
    painted: list[WorkshopApp] = []

    async def enter(_app: WorkshopApp) -> RoleScreen:
        raise Mend("番号が違います")

    monkeypatch.setattr(WorkshopApp, "post_display_hook", painted.append)
    app = WorkshopApp(enter, (Mend,), at_once=True)
    assert await asyncio.wait_for(app.run_async(headless=True), PATIENCE) == "番号が違います"
    assert (app.return_code, painted) == (2, [])


async def test_what_is_put_up_before_the_first_frame_looks_as_ever() -> None:
    """The part of the stylesheet that comes behind it holds for what stands there already."""
    shown = []
    for at_once in (True, False):
        app = WorkshopApp(entering(lambda: projector(shown_of(6, "comparison"))), at_once=at_once)
        async with app.run_test(size=(120, 36)) as pilot:
            await settle(pilot)
            shown.append(text_of(app))
    assert shown[0] == shown[1]


PROGRAM = """
from shuro_tui.tui.app import WorkshopApp
from tests.tui.scenes import connecting
print("left:", WorkshopApp(connecting).run(), flush=True)
"""


def test_a_closed_window_ends_the_program() -> None:
    """When the terminal goes away without a signal the program ends, instead of reading its end for ever."""
    terminal = Terminal((), {}, program=("-c", PROGRAM), folder=Path(__file__).parents[2])
    try:
        terminal.wait("Connecting…")
        os.close(terminal._master)
        assert terminal.process.wait(timeout=PATIENCE) is not None
    finally:
        terminal.kill()


TOO_LATE = """
from shuro_tui.tui.app import WorkshopApp
from tests.tui.scenes import connecting
print("here", flush=True)
try:
    input()
except (EOFError, OSError):
    WorkshopApp(connecting).run()
"""


def test_a_window_that_is_closed_before_the_first_frame_ends_the_program() -> None:
    """What the application has to write at its end is written nowhere, and nobody waits for it to be read."""
    terminal = Terminal((), {}, program=("-c", TOO_LATE), folder=Path(__file__).parents[2])
    try:
        terminal.wait("here")
        os.close(terminal._master)
        assert terminal.process.wait(timeout=PATIENCE) is not None
    finally:
        terminal.kill()


async def test_goodbye_is_said_once() -> None:
    """At the end the client is closed, however the person left."""
    said: list[str] = []

    async def leave() -> None:
        said.append("goodbye")

    app = WorkshopApp(entering(lambda: facilitator(at_slide())), leave=leave)
    async with app.run_test() as pilot:
        await settle(pilot)
        await pilot.press("q")
        await closes(app)
    assert said == ["goodbye"]


async def test_a_link_that_ends_leaves_its_last_view(monkeypatch: pytest.MonkeyPatch) -> None:
    """When no view comes any more, the last one stays and says why."""

    async def one(link: FakeLink) -> AsyncIterator[View]:
        yield link.view()
        link.status = replace(link.status, ended="もう終わりました")

    monkeypatch.setattr(FakeLink, "views", one)
    async with on_stage(facilitator(at_slide())) as (app, _pilot):
        assert "もう終わりました" in text_of(app)
        assert "五つの分野の地図" in text_of(app)


async def test_what_matters_less_is_dimmer() -> None:
    """The label of a fact, in the colour of what is muted, is darker than the fact, and still to be read."""
    async with on_stage(group(later(at_slide(), 1, ask.GoTo(CASES, 0)))) as (app, _pilot):
        strips = app.screen._compositor.render_strips()
        colours = {segment.text.strip(): segment.style for strip in strips for segment in strip if segment.style}

        def light(text: str) -> int:
            style = colours[text]
            assert style.color is not None
            return sum(style.color.get_truecolor())

        assert 3 * 110 < light("年齢") < light("48歳") - 3 * 40


# Text that would be something else if it were not shown as it is.

MARKUP = "[bold]x[/] [@click=app.quit]y[/] $primary"
ESCAPES = "\x1b[31m赤\x1b]0;title\x07\x9b2J\u202etxt\u2066.\u200f\x00\b"
LONG = "あ" * 1000


def hostile_workshop() -> Workshop:
    """The lecture with markup in every title, and a slide of it."""
    plain = lecture()
    slide = Slide(MARKUP, (Heading(1, (Span(MARKUP),)), Heading(2, (Span(LONG),))), notes=MARKUP)
    segments = tuple(
        replace(segment, title=MARKUP, notes=MARKUP, slides=(slide, *segment.slides)) for segment in plain.segments
    )
    columns = tuple(replace(column, title=MARKUP) for column in plain.cases[0].columns)
    case = replace(
        plain.cases[0], title=MARKUP, question=MARKUP, story=LONG, profile=(Fact(MARKUP, MARKUP),), columns=columns
    )
    resources = (
        replace(plain.catalogue.resources[0], name=MARKUP, does=MARKUP, reading=MARKUP, aliases=(MARKUP,)),
        *plain.catalogue.resources[1:],
    )
    catalogue = replace(plain.catalogue, resources=resources)
    return replace(plain, title=MARKUP, segments=segments, cases=(case, *plain.cases[1:]), catalogue=catalogue)


def hostile_hub() -> FakeHub:
    """Groups with names and rows that nobody should be able to hurt a screen with."""
    names = (MARKUP, "b" + ESCAPES, LONG)
    groups = tuple(Group(f"g{n}", name) for n, name in enumerate(names, 1))
    place = FakeHub(Session.new("s", hostile_workshop(), groups, {}, START), START)
    place.around = replace(place.around, trouble=MARKUP)
    later(place, 0, ask.Start(), ask.GoTo(CASES, 0))
    for group_id in ("g1", "g2", "g3"):
        for number, text in enumerate((MARKUP, ESCAPES + "z", LONG)):
            row = ask.WriteRow("case1", f"{group_id}{number}", {"organisation": text, "content": text})
            place.command(row, group_id)
    return place


def screens(place: FakeHub) -> dict[str, RoleScreen]:
    """One of each role."""
    return {
        "facilitator": facilitator(place),
        "projector": projector(place),
        **{g: group(place, g) for g in ("g1", "g2", "g3")},
    }


SHOWN: list[tuple[str, str, Display]] = [
    *(("facilitator", keys, Display()) for keys in ("", "v", "v down down", "v r", "c", "s", "question_mark")),
    *(("projector", "", display) for display in (Display(), Display("join"), CASE, Display("comparison", "case1"))),
    *((who, keys, Display()) for who in ("g1", "g2", "g3") for keys in ("", "f6 down down")),
    *(("g1", keys, Display()) for keys in ("f2", "f3")),
]


@pytest.mark.parametrize(
    ("who", "keys", "display"), SHOWN, ids=[f"{who} {keys} {display.shown}" for who, keys, display in SHOWN]
)
async def test_nobody_can_write_into_a_screen(who: str, keys: str, display: Display) -> None:
    """Markup stays letters; escape sequences, control letters and marks of direction reach no terminal."""
    place = hostile_hub()
    later(place, 1, ask.Reveal("case1"), ask.PutUp(display))
    async with on_stage(screens(place)[who]) as (app, pilot):
        await press(pilot, *keys.split())
        text = text_of(app)
        assert "[bold]x[/]" in text
        strange = {letter for letter in text if unicodedata.category(letter) in ("Cc", "Cf") and letter != "\n"}
        assert strange == set()
        assert app.return_code is None


def test_the_first_frame_waits_for_nothing_that_it_does_not_need() -> None:
    """The way to a hub and the application around a screen come without the core, the roles and the client."""
    code = "import sys, shuro_tui.cli.full_screen, shuro_tui.entrance, shuro_tui.attach; print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True)
    later = ("shuro_tui.core", "shuro_tui.tui.role", "shuro_tui.hub.client", "websockets", "tinydb", "yaml", "budoux")
    assert [name for name in later if name in done.stdout.split()] == []


def test_the_client_comes_without_what_websockets_needs_elsewhere() -> None:
    """Half the time of its import went into parsers of e-mail; whoever wants them afterwards gets the real ones."""
    code = """
import sys, shuro_tui.hub.client
print(*sys.modules)
import importlib.metadata, urllib.request
assert importlib.metadata.version("websockets") and urllib.request.getproxies
"""
    done = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True)
    spared = ("importlib.metadata", "urllib.request", "email", "http.client")
    assert [name for name in spared if name in done.stdout.split()] == []


def test_a_terminal_does_without_widgets_that_it_never_shows() -> None:
    """Textual imports them for the type of an annotation; whoever wants them afterwards gets the real ones."""
    code = """
import sys, shuro_tui.attach, shuro_tui.tui.screens.projector, shuro_tui.tui.screens.group
print(*sys.modules)
from textual.types import IgnoreReturnCallbackType, SelectType
from textual.widgets import Select, Tree
"""
    done = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True)
    spared = ("textual.types", "textual.widgets._tree", "textual.widgets._select", "textual.widgets._placeholder")
    assert [name for name in spared if name in done.stdout.split()] == []


def test_the_projector_comes_without_what_compares_names() -> None:
    """Commands and views say what a name stands for; how names are read and compared is for those who compare."""
    code = "import sys, shuro_tui.tui.screens.projector, shuro_tui.hub.client; print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True)
    compares = ("shuro_tui.core.names", "shuro_tui.core.settling", "shuro_tui.core.comparison")
    assert [name for name in compares if name in done.stdout.split()] == []


def test_a_textual_that_looks_for_more_is_imported_whole() -> None:
    """A stand-in in which a name is missing is in nobody's way: the application comes all the same."""
    code = """
import sys
from contextlib import suppress
from shuro_tui.spared import spared
with suppress(ImportError), spared("textual.types"):
    import textual.app
    print("not looked for")
from shuro_tui.tui.app import WorkshopApp
print(*sys.modules)
"""
    done = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True)
    assert "not looked for" not in done.stdout
    assert {"textual.types", "textual.widgets._tree"} <= set(done.stdout.split())


def test_a_terminal_does_without_openssl() -> None:
    """Nothing it says is encrypted; its client comes without, and digests are made all the same."""
    code = """
import sys
from shuro_tui.spared import without_openssl
without_openssl()
import hashlib, shuro_tui.hub.client
assert hashlib.sha1(b"").hexdigest() == "da39a3ee5e6b4b0d3255bfef95601890afd80709"
print(*(name for name, module in sys.modules.items() if module))
"""
    bare = {name: value for name, value in os.environ.items() if not name.startswith("COVERAGE")}  # it imports hashlib
    done = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True, env=bare)
    assert [name for name in ("ssl", "_ssl", "_hashlib") if name in done.stdout.split()] == []
