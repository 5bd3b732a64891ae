"""The facilitator's screen: every key, what is refused, what is asked first."""

from collections.abc import Callable
from pathlib import Path

import click
import pytest
from msgspec.structs import replace

from shuro_tui.core import commands as ask
from shuro_tui.core.commands import Display, FacilitatorCommand
from shuro_tui.core.model import MINUTE, Millis
from shuro_tui.i18n import _
from shuro_tui.tui.refusals import why_not
from shuro_tui.tui.screens.facilitator import FacilitatorScreen
from tests.tui.fake_link import FakeHub, FakeLink
from tests.tui.picture import text_of
from tests.tui.scenes import (
    CASES,
    at_cases,
    at_slide,
    at_work,
    closes,
    facilitator,
    finished,
    hub,
    later,
    lecture,
    link_of,
    on_stage,
    press,
    revealed,
    settle,
    told,
    wait_until,
)


def paused() -> FakeHub:
    """A minute after a pause has begun."""
    return later(later(at_slide(), 1, ask.Pause()), 1)


def closed() -> FakeHub:
    """The first case takes no more changes."""
    return later(at_work(), 1, ask.CloseCase("case1"))


KEYS: list[tuple[Callable[[], FakeHub], str, FacilitatorCommand]] = [
    (hub, "space", ask.Start()),
    (at_slide, "space", ask.GoTo(1, 2)),
    (at_slide, "right", ask.GoTo(1, 2)),
    (at_slide, "pagedown", ask.GoTo(1, 2)),
    (at_slide, "backspace", ask.GoTo(1, 0)),
    (at_slide, "left", ask.GoTo(1, 0)),
    (at_slide, "pageup", ask.GoTo(1, 0)),
    (at_slide, "n", ask.GoTo(CASES, 0)),
    (at_slide, "b", ask.GoTo(0, 0)),
    (at_slide, "p", ask.Pause()),
    (paused, "p", ask.Resume()),
    (at_slide, "plus", ask.AddTime(MINUTE)),
    (at_slide, "minus", ask.AddTime(Millis(-MINUTE))),
    (at_slide, "u", ask.Undo()),
    (at_slide, "j", ask.PutUp(Display("join"))),
    (revealed, "d", ask.PutUp(Display("slide"))),
    (at_work, "c enter", ask.PutUp(Display("case", "case1"))),
    (at_work, "c down enter", ask.PutUp(Display("case", "case2"))),
    (at_work, "s enter", ask.CloseCase("case1")),
    (at_work, "s down enter", ask.CloseCase("case2")),
    (closed, "s enter", ask.ReopenCase("case1")),
    (at_work, "e y", ask.Finish()),
    (at_work, "e right enter", ask.Finish()),
]


@pytest.mark.parametrize(("place", "keys", "command"), KEYS, ids=[f"{p.__name__} {keys}" for p, keys, _c in KEYS])
async def test_a_key_is_one_command(place: Callable[[], FakeHub], keys: str, command: FacilitatorCommand) -> None:
    """Each key asks for its command once, and says nothing when it is carried out."""
    screen = facilitator(place())
    async with on_stage(screen) as (app, pilot):
        await press(pilot, *keys.split())
        assert link_of(screen).commands == [command]
        assert told(app) == ""


@pytest.mark.parametrize(
    "keys", ["z", "7", "f9", "c escape", "s escape", "e n", "e enter", "e escape", "x n", "x enter"]
)
async def test_these_keys_change_nothing(keys: str) -> None:
    """A key that means nothing, a list that is left, a question answered with no or with Enter alone: no command."""
    screen = facilitator(at_work())
    async with on_stage(screen) as (app, pilot):
        await press(pilot, *keys.split())
        assert link_of(screen).commands == []
        assert not link_of(screen).stopped
        assert app.return_code is None
        assert app.screen is screen


async def test_two_quick_presses_are_two_steps() -> None:
    """A key pressed again before its first command came back means the step after that one."""
    screen = facilitator(at_slide())
    async with on_stage(screen) as (_app, pilot):
        await pilot.press("space", "space")
        await settle(pilot)
        assert link_of(screen).commands == [ask.GoTo(1, 2), ask.GoTo(1, 3)]


def last_slide(place: FakeHub, segment: int) -> FakeHub:
    """At the last slide of a segment."""
    slides = lecture().segments[segment].slides
    return later(place, 0, ask.GoTo(segment, len(slides) - 1))


SAID: list[tuple[Callable[[], FakeHub], str, str]] = [
    (lambda: last_slide(at_slide(), 1), "space", "N goes on to the next segment."),
    (lambda: last_slide(revealed(), 4), "space", "That was the last slide. E ends the session."),
    (revealed, "n", "There is no segment further on. E ends the session."),
    (lambda: later(hub(), 0, ask.Start()), "b", "This is the first."),
    (lambda: later(hub(), 0, ask.Start()), "left", "This is the first."),
    (at_cases, "left left", "B goes back to the segment before."),
]


@pytest.mark.parametrize(("place", "keys", "words"), SAID)
async def test_an_end_says_how_to_go_on(place: Callable[[], FakeHub], keys: str, words: str) -> None:
    """Where a key has nowhere to go, the person is told which key has."""
    screen = facilitator(place())
    async with on_stage(screen) as (app, pilot):
        await press(pilot, *keys.split())
        assert told(app) == _(words)
        assert len(link_of(screen).commands) == len(keys.split()) - 1


REFUSED: list[tuple[Callable[[], FakeHub], str, ask.Reason]] = [
    (hub, "p", "not-running"),
    (hub, "plus", "not-started"),
    (hub, "u", "nothing-to-undo"),
    (finished, "plus", "finished"),
    (hub, "e y", "not-started"),
]


@pytest.mark.parametrize(("place", "keys", "reason"), REFUSED)
async def test_a_refusal_is_told(place: Callable[[], FakeHub], keys: str, reason: ask.Reason) -> None:
    """What the hub does not carry out is told with its reason."""
    async with on_stage(facilitator(place())) as (app, pilot):
        await press(pilot, *keys.split())
        assert told(app) == why_not(reason)


async def test_a_command_without_a_hub_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    """With no connection the person learns that nothing was changed, and the screen goes on."""

    async def nobody(_link: FakeLink, *_command: object) -> None:
        raise ConnectionError

    monkeypatch.setattr(FakeLink, "do", nobody)
    monkeypatch.setattr(FakeLink, "stop", nobody)
    screen = facilitator(at_slide())
    async with on_stage(screen) as (app, pilot):
        await press(pilot, "space")
        assert told(app) == _("No connection to the hub; nothing was changed.")
        await press(pilot, "x", "y")
        assert told(app).count(_("No connection to the hub; nothing was changed.")) == 2
        assert app.return_code is None


async def test_stop_asks_then_sends_everybody_home() -> None:
    """X and yes stop the hub, and this screen closes."""
    screen = facilitator(at_slide())
    async with on_stage(screen) as (app, pilot):
        await press(pilot, "x")
        assert not link_of(screen).stopped
        await pilot.press("y")
        await closes(app)
        assert link_of(screen).stopped


@pytest.mark.parametrize("key", ["q", "ctrl+q"])
async def test_quit_closes_the_window_alone(key: str) -> None:
    """Q leaves; the hub is not asked for anything."""
    screen = facilitator(at_slide())
    async with on_stage(screen) as (app, pilot):
        await pilot.press(key)
        await closes(app)
        assert (link_of(screen).commands, link_of(screen).stopped) == ([], False)


async def play(monkeypatch: pytest.MonkeyPatch, video: str | None, opens: int) -> tuple[list[str], str]:
    """What is opened when O is pressed, and what the person is told."""
    opened: list[str] = []
    monkeypatch.setattr(click, "launch", opened.append)
    async with on_stage(FacilitatorScreen(FakeLink(at_slide(), "facilitator"), video)) as (app, pilot):
        await press(pilot, "o")
        await wait_until(pilot, lambda: len(opened) == opens)
        return opened, told(app)


async def test_a_video_is_opened(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """A file that is there, or a URL, goes to the system's player."""
    film = tmp_path / "動画.mp4"
    film.touch()
    assert await play(monkeypatch, str(film), 1) == ([str(film)], _("Opening {video}").format(video=film))
    url = "https://example.org/v"
    assert await play(monkeypatch, url, 1) == ([url], _("Opening {video}").format(video=url))


async def test_a_video_that_is_missing_is_told(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """No file of that name, or no video at all: said, and nothing is opened."""
    gone = str(tmp_path / "gone.mp4")
    assert await play(monkeypatch, gone, 0) == ([], _("There is no file {path}.").format(path=gone))
    opened, words = await play(monkeypatch, None, 0)
    assert opened == []
    assert words.startswith(_("No video was named: run --video FILE or URL. The slides of this segment do without."))


@pytest.mark.parametrize("key", ["c", "s", "v"])
async def test_a_workshop_without_cases_says_so(key: str) -> None:
    """The keys about cases have nothing to choose from."""
    segments = tuple(replace(segment, cases=()) for segment in lecture().segments)
    screen = facilitator(hub(workshop=replace(lecture(), cases=(), segments=segments)))
    async with on_stage(screen) as (app, pilot):
        await press(pilot, key)
        assert told(app) == _("This workshop has no case.")
        assert app.screen is screen


@pytest.mark.parametrize(("width", "height", "pane"), [(120, 36, "#notes"), (80, 16, "#now")])
async def test_up_and_down_scroll(width: int, height: int, pane: str) -> None:
    """Beside each other the notes scroll; one at a time the pane that is shown."""
    screen = facilitator(at_slide() if width < 110 else later(at_cases(), 0, ask.GoTo(CASES, 0)))
    async with on_stage(screen, width, height) as (_app, pilot):
        await press(pilot, "down")
        assert screen.query_one(pane).scroll_y > 0
        await press(pilot, "up")
        assert screen.query_one(pane).scroll_y == 0


async def test_tab_shows_one_pane_after_the_other() -> None:
    """On a small terminal four Tabs come back to the slide."""
    screen = facilitator(at_slide())
    async with on_stage(screen, 80, 24) as (_app, pilot):
        seen = []
        for _turn in range(4):
            seen.append(
                [pane for pane in ("rundown", "now", "after", "notes") if screen.query_one(f"#{pane}").size.height]
            )
            await press(pilot, "tab")
        assert seen == [["now"], ["after"], ["notes"], ["rundown"]]


async def test_a_wider_terminal_shows_all_panes() -> None:
    """Resizing goes from one pane to all of them and back."""
    screen = facilitator(at_slide())
    async with on_stage(screen, 80, 24) as (app, pilot):
        notes = screen.query_one("#notes").border_title or ""
        assert f"─ {notes} ─" not in text_of(app)
        await pilot.resize_terminal(120, 36)
        await settle(pilot)
        assert f"─ {notes} ─" in text_of(app)


@pytest.mark.parametrize(("groups", "width"), [(12, 80), (24, 120)])
async def test_every_group_is_to_be_seen(groups: int, width: int) -> None:
    """However many groups there are, each stands in the pane below."""
    async with on_stage(facilitator(hub(groups)), width, 24) as (app, _pilot):
        shown = text_of(app).splitlines()[-8:]
        assert all(any(f" {n}班 " in line for line in shown) for n in range(1, groups + 1))


async def test_the_clock_goes_on_without_the_hub() -> None:
    """Between two views the time left counts down, and silence is told."""
    place = at_slide()
    screen = facilitator(place)
    async with on_stage(screen) as (app, pilot):
        assert "7:45" in text_of(app)
        place.clock = Millis(place.clock + 10_000)
        link_of(screen).status = replace(link_of(screen).status, silent=Millis(10_000))
        screen.tick()
        await settle(pilot)
        assert "7:35" in text_of(app)
        assert _("no update for {n} s").format(n=10) in text_of(app)
        link_of(screen).status = replace(link_of(screen).status, silent=Millis(2_000))
        screen.tick()
        await settle(pilot)
        assert _("no update for {n} s").format(n=2) not in text_of(app)
