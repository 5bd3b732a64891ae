"""The facilitator's screen: every key, what is refused, what is asked first."""

import asyncio
from collections.abc import Callable
from pathlib import Path
from typing import get_args

import click
import pytest
from msgspec.structs import replace

from shuro_tui.core import commands as ask
from shuro_tui.core import events as did
from shuro_tui.core.blocks import Pause
from shuro_tui.core.commands import Display, FacilitatorCommand, Shown
from shuro_tui.core.forecast import rule
from shuro_tui.core.model import MINUTE, Millis
from shuro_tui.core.replan import Plan, plans
from shuro_tui.i18n import _
from shuro_tui.tui.refusals import why_not
from shuro_tui.tui.screens.away import Away
from shuro_tui.tui.screens.facilitator import FacilitatorScreen
from shuro_tui.tui.screens.plans import Plans
from shuro_tui.tui.widgets.groups_pane import GROUP_LINES, GroupsPane
from shuro_tui.tui.widgets.rundown import shown_words
from tests.tui.fake_link import FakeHub, FakeLink
from tests.tui.picture import text_of
from tests.tui.scenes import (
    CASE,
    CASES,
    START,
    announced,
    at_cases,
    at_slide,
    at_work,
    closes,
    cut_off,
    facilitator,
    finished,
    hub,
    late,
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


def dark() -> FakeHub:
    """Nothing on the projector."""
    return later(at_slide(), 1, ask.PutUp(Display("black")))


def time_hidden() -> FakeHub:
    """The projector leaves the time off."""
    return later(at_slide(), 1, ask.HideTime(hidden=True))


def collecting() -> FakeHub:
    """At work, while the first case is being collected."""
    return later(at_work(), 0, ask.CloseCase("case1", ask.GRACE))


def came_late() -> FakeHub:
    """A row of the fourth group came when the first case was closed."""
    place = later(at_work(), 0, ask.CloseCase("case1"))
    place.command(ask.WriteRow("case1", "late", {"organisation": "遅れた社協"}), "g4")
    return place


def deleted() -> FakeHub:
    """The third group has deleted its second row."""
    place = at_work()
    place.command(ask.DeleteRow("case1", "g3-case1-1"), "g3")
    return place


def closed() -> FakeHub:
    """The first case takes no more changes."""
    return later(at_work(), 1, ask.CloseCase("case1"))


def ready(place: FakeHub) -> Plan:
    """The plan that skips slides."""
    return next(plan for plan in plans(place.session.timeline, lecture(), place.clock) if plan.kind == "skip")


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
    (at_work, "s enter", ask.CloseCase("case1", ask.GRACE)),
    (at_work, "s down enter", ask.CloseCase("case2", ask.GRACE)),
    (collecting, "s enter", ask.CloseCase("case1")),
    (came_late, "y a", ask.TakeLate("case1", "g4")),
    (deleted, "y right right end enter", ask.BringBack("case1", "g3", "g3-case1-1")),
    (closed, "s enter", ask.ReopenCase("case1")),
    (at_slide, "g 3 minus 1 enter", ask.GoTo(CASES, 0)),
    (at_slide, "g 1 0 enter", ask.GoTo(1, 1)),
    (at_slide, "g B さ ん enter", ask.GoTo(CASES, 4)),
    (at_slide, "g down down enter", ask.GoTo(1, 3)),
    (at_slide, "g pagedown pageup up enter", ask.GoTo(1, 0)),
    (at_slide, "z", ask.PutUp(Display("black"))),
    (dark, "z", ask.PutUp(Display("slide"))),
    (at_slide, "h", ask.HideTime(hidden=True)),
    (time_hidden, "h", ask.HideTime(hidden=False)),
    (at_cases, "k", ask.GoToStep(1)),
    (hub, "a down down enter", ask.Start(Millis(90_000))),
    (at_slide, "i down enter", ask.Interrupt("equipment")),
    (late, "i", ask.EndInterruption()),
    (at_slide, "f down enter", ask.MoveEnd(Millis(5 * MINUTE))),
    (at_slide, "f up enter", ask.MoveEnd(Millis(-10 * MINUTE))),
    (late, "r enter", ask.Replan("share")),
    (late, "r down enter", ask.Replan("skip", ready(late()).skip)),
    (late, "r down down enter", ask.Replan("fewer", (), {4: 1})),
    (at_slide, "m enter あ と enter", ask.Announce("あと")),
    (at_slide, "m down down enter あ enter", ask.Announce("あ", "g2")),
    (announced, "m enter ctrl+u enter", ask.Announce("")),
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


NO_COMMAND = (
    *("7", "f9", "c escape", "s escape", "e n", "e enter", "e escape", "x n", "x enter", "l", "t escape", "t q"),
    "y escape",
    *("r escape", "r pagedown pageup q", "i escape", "m escape", "m enter escape", "g escape", "f escape"),
    "g q q q enter escape",
)


@pytest.mark.parametrize("keys", NO_COMMAND)
async def test_these_keys_change_nothing(keys: str) -> None:
    """A key that means nothing, a list that is left, a question answered with no or with Enter alone: no command."""
    screen = facilitator(at_work())
    async with on_stage(screen) as (app, pilot):
        await press(pilot, *keys.split())
        assert link_of(screen).commands == []
        assert not link_of(screen).stopped
        assert app.return_code is None
        assert app.screen is screen


async def test_after_the_dark_stands_what_stood_before() -> None:
    """A case as well as the slide; meanwhile the screen says that the wall is dark, and which key lights it."""
    place = at_work()
    place.command(ask.PutUp(CASE))
    words = _("The projector is dark; Z shows again what stood there")
    async with on_stage(facilitator(place), 80, 24) as (app, pilot):
        await press(pilot, "z")
        assert place.session.rundown.display == Display("black")
        assert words in text_of(app)
        await press(pilot, "z")
        assert place.session.rundown.display == CASE
        assert words not in text_of(app)


async def test_a_hidden_time_is_not_forgotten() -> None:
    """The screen says that the wall leaves it off, and which key shows it."""
    async with on_stage(facilitator(time_hidden()), 80, 24) as (app, _pilot):
        assert _("H: show the time") in text_of(app)


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
    (at_slide, "k", "This segment has no steps."),
    (at_slide, "w", "There was no jump to come back from."),
    (lambda: later(at_cases(), 0, ask.GoToStep(5)), "k", "That was the last step. N goes on to the next segment."),
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
    (at_slide, "a enter", "already-started"),
    (hub, "f enter", "not-started"),
    (hub, "i enter", "not-started"),
]


@pytest.mark.parametrize(("place", "keys", "reason"), REFUSED)
async def test_a_refusal_is_told(place: Callable[[], FakeHub], keys: str, reason: ask.Reason) -> None:
    """What the hub does not carry out is told with its reason."""
    async with on_stage(facilitator(place())) as (app, pilot):
        await press(pilot, *keys.split())
        assert told(app) == why_not(reason)


async def test_what_a_slide_has_still_to_show_comes_first() -> None:
    """Next shows the next part, and back hides it; from the slide after, back comes to all of the slide."""
    slide = lecture().segments[1].slides[1]
    paused_there = replace(slide, blocks=(slide.blocks[0], Pause(), *slide.blocks[1:]))
    slides = lecture().segments[1].slides
    segment = replace(lecture().segments[1], slides=(slides[0], paused_there, *slides[2:]))
    segments = (lecture().segments[0], segment, *lecture().segments[2:])
    place = later(hub(workshop=replace(lecture(), segments=segments)), 0, ask.Start(), ask.GoTo(1, 1))
    screen = facilitator(place)
    async with on_stage(screen) as (app, pilot):
        assert _("Next on this slide") in text_of(app)
        await press(pilot, "space", "left", "space", "space", "left")
        places = [(1, 1, 1), (1, 1, 0), (1, 1, 1), (1, 2, 0), (1, 1, 1)]
        assert link_of(screen).commands == [ask.GoTo(*place) for place in places]


async def test_a_jump_can_be_come_back_from() -> None:
    """W goes to where the jump came from, and W again to where it went."""
    screen = facilitator(at_slide())
    async with on_stage(screen) as (_app, pilot):
        await press(pilot, "g", "1", "enter", "space", "w", "w")
        places = [(0, 0), (0, 1), (1, 1), (0, 1)]
        assert link_of(screen).commands == [ask.GoTo(*place) for place in places]


async def test_a_slide_that_a_plan_skips_is_passed_over() -> None:
    """Next and back go on to the nearest slide that is still to be shown, and the pane of the next shows that one."""
    place = later(late(), 0, ask.EndInterruption(), ask.Replan("skip", ready(late()).skip))
    screen = facilitator(place)
    skipped = {slide for segment, slide in place.session.timeline.skipped if segment == 1}
    following = next(slide for slide in range(6, 18) if slide not in skipped)
    assert 6 in skipped
    async with on_stage(screen) as (app, pilot):
        assert lecture().segments[1].slides[following].title in text_of(app)
        await press(pilot, "space")
        assert link_of(screen).commands[-1] == ask.GoTo(1, following)
        await press(pilot, "left")
        assert link_of(screen).commands[-1] == ask.GoTo(1, 5)


async def test_a_plan_shows_what_is_seen_before_it_is_accepted() -> None:
    """Nothing is asked of the hub until Enter; then the session is on time, and U takes it back."""
    place = late()
    screen = facilitator(place)
    async with on_stage(screen) as (app, pilot):
        await press(pilot, "r")
        assert _("Shorten what is ahead, none below its floor") in text_of(app)
        assert link_of(screen).commands == []
        await press(pilot, "enter")
        assert place.session.timeline.lateness(place.clock) == 0
        await press(pilot, "u")
        assert place.session.timeline.lateness(place.clock) == 4 * MINUTE + 30_000


async def test_with_nothing_running_there_is_no_plan() -> None:
    """Before the start the dialog says why it is empty, and Enter does nothing."""
    screen = facilitator(hub())
    async with on_stage(screen) as (app, pilot):
        await press(pilot, "r", "enter")
        assert _("There is nothing to plan: the session does not run.") in text_of(app)
        await press(pilot, "escape")
        assert link_of(screen).commands == []


async def test_plans_are_kept_true_while_they_are_looked_at() -> None:
    """A minute later the preview counts that minute, and the plan under the bar stays under it."""
    place = late()
    screen = facilitator(place)
    async with on_stage(screen) as (app, pilot):
        await press(pilot, "r", "down")
        plans_shown = app.screen
        assert isinstance(plans_shown, Plans)
        before = text_of(app)
        place.clock = Millis(place.clock + MINUTE)
        plans_shown.again()
        await settle(pilot)
        assert text_of(app) != before
        wanted = ask.Replan("skip", ready(place).skip)
        await press(pilot, "enter")
        assert link_of(screen).commands == [wanted]


async def tick(place: FakeHub, screen: FacilitatorScreen, milliseconds: int) -> None:
    """So much later the clock is looked at again."""
    place.clock = Millis(place.clock + milliseconds)
    screen.tick()
    await asyncio.sleep(0)


async def test_the_bell_rings_when_a_signal_comes(monkeypatch: pytest.MonkeyPatch) -> None:
    """Five minutes and one minute before the end, at the end, and each minute over: one ring each."""
    place, rung = later(hub(), 0, ask.Start()), []
    screen = facilitator(place)
    async with on_stage(screen) as (app, _pilot):
        monkeypatch.setattr(app, "bell", lambda: rung.append(place.clock - START))
        for _second in range(13 * 60):
            await tick(place, screen, 1000)
        assert rung == [minute * MINUTE for minute in (5, 9, 10, 11, 12, 13)]


async def test_the_bell_can_be_switched_off(monkeypatch: pytest.MonkeyPatch) -> None:
    """L silences it, and L again lets it ring."""
    place, rung = later(later(hub(), 0, ask.Start()), 4.99), []
    screen = facilitator(place)
    async with on_stage(screen) as (app, pilot):
        monkeypatch.setattr(app, "bell", lambda: rung.append(place.clock))
        await press(pilot, "l")
        await tick(place, screen, 1000)
        assert rung == []
        await press(pilot, "l")
        for _second in range(4 * 60):
            await tick(place, screen, 1000)
        assert len(rung) == 1


async def test_what_nobody_sat_through_does_not_ring(monkeypatch: pytest.MonkeyPatch) -> None:
    """A clock that is ten minutes further at the next look rings for nothing of it, nor does a change of the length."""
    place, rung = later(later(hub(), 0, ask.Start()), 2), []
    screen = facilitator(place)
    async with on_stage(screen) as (app, pilot):
        monkeypatch.setattr(app, "bell", lambda: rung.append(place.clock))
        await tick(place, screen, 7 * MINUTE + 30_000)
        place.command(ask.AddTime(Millis(-MINUTE)))
        await settle(pilot)
        await tick(place, screen, 1000)
        assert rung == []


async def test_a_screen_that_stands_still_does_not_ring(monkeypatch: pytest.MonkeyPatch) -> None:
    """While the hub is silent nobody knows whether the time counts."""
    place, rung = later(later(hub(), 0, ask.Start()), 4.99), []
    screen = facilitator(place)
    async with on_stage(screen) as (app, _pilot):
        monkeypatch.setattr(app, "bell", lambda: rung.append(place.clock))
        link_of(screen).status = replace(link_of(screen).status, silent=Millis(4_000))
        await tick(place, screen, 1000)
        assert rung == []


@pytest.mark.parametrize(("keys", "count"), [("c", True), ("g", False), ("enter", True), ("down enter", False)])
async def test_after_a_cut_the_person_is_asked_how_to_go_on(keys: str, count: bool) -> None:
    """What was found stands there with what comes of each answer, and cannot be put away unanswered."""
    place = cut_off()
    screen = facilitator(place)
    async with on_stage(screen) as (app, pilot):
        assert "1:20" in text_of(app)
        await press(pilot, "escape")
        assert link_of(screen).commands == []
        await press(pilot, *keys.split())
        assert link_of(screen).commands == [ask.Recover(count)]
        assert app.screen is screen
        assert place.session.timeline.used(1, place.clock) == (165 + (80 if count else 0)) * 1000


async def test_a_cut_that_comes_while_it_is_looked_at_is_asked_once() -> None:
    """A view more does not ask again; undoing the answer does; an answer from elsewhere closes the question."""
    place = later(at_slide(), 0.5)
    screen = facilitator(place)
    async with on_stage(screen) as (app, pilot):
        place.clock = Millis(place.clock + 80_000)
        place.happened(did.CutOff(place.clock, Millis(place.clock - 80_000)))
        await wait_until(pilot, lambda: isinstance(app.screen, Away))
        place.command(ask.AddTime(MINUTE))
        await settle(pilot)
        assert sum(isinstance(shown, Away) for shown in app.screen_stack) == 1
        await press(pilot, "g", "u")
        assert isinstance(app.screen, Away)
        place.command(ask.Recover(count=True))
        await wait_until(pilot, lambda: app.screen is screen)


async def test_the_help_explains_the_forecast() -> None:
    """The one sentence that is the rule stands below the keys."""
    async with on_stage(facilitator(at_work()), 120, 60) as (app, pilot):
        await press(pilot, "question_mark")
        shown = "".join(line.strip(" │") for line in text_of(app).splitlines())
        assert rule()[:20] in shown


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


async def test_a_new_code_is_asked_for() -> None:
    """F2 and yes; without yes the code stays."""
    screen = facilitator(at_slide())
    async with on_stage(screen) as (_app, pilot):
        await press(pilot, "f2", "escape")
        assert link_of(screen).commands == []
        await press(pilot, "f2", "y")
        assert link_of(screen).commands == [ask.NewCode()]


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


def write_a_letter(place: FakeHub, row: str = "g3-case1-0") -> None:
    """The third group goes on with a row that it has."""
    place.command(ask.WriteRow("case1", row, {"organisation": "ハローワーク"}), "g3")


async def test_whoever_reads_on_in_the_notes_stays_there_while_groups_write() -> None:
    """The notes begin anew only when they are others."""
    place = at_work()
    screen = facilitator(place)
    async with on_stage(screen, 120, 24) as (_app, pilot):
        await press(pilot, "down")
        there = screen.query_one("#notes").scroll_y
        assert there > 0
        write_a_letter(place, "new")
        await wait_until(pilot, lambda: "5+0" in text_of(pilot.app))
        assert screen.query_one("#notes").scroll_y == there
        later(place, 0, ask.GoTo(CASES, 0))
        await wait_until(pilot, lambda: screen.query_one("#notes").scroll_y == 0)


async def test_a_letter_of_a_group_costs_the_screen_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is new to the facilitator's terminal and nothing to its screen is neither laid out nor painted."""
    place = at_work()
    screen = facilitator(place)
    async with on_stage(screen, 120, 36) as (_app, pilot):
        write_a_letter(place)  # the group is writing from now on
        await settle(pilot)
        cost: list[str] = []
        for name in ("_refresh_layout", "_compositor_refresh"):
            monkeypatch.setattr(screen, name, lambda *_, name=name, **_more: cost.append(name))
        seen = screen.view
        place.command(ask.WriteRow("case1", "g3-case1-0", {"organisation": "ハローワーク大宮"}), "g3")
        await wait_until(pilot, lambda: screen.view is not seen)
        assert not cost


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


async def test_groups_that_have_no_room_are_not_painted() -> None:
    """A thousand of them are not put into words each time somebody writes; the title says how many there are."""
    async with on_stage(facilitator(hub(300)), 120, 36) as (app, _pilot):
        shown = text_of(app).splitlines()
        assert app.screen.query_one(GroupsPane).render().plain.count("\n") == GROUP_LINES - 1
        assert any(" 1班 " in line for line in shown)
        assert any("300" in line for line in shown)


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


@pytest.mark.parametrize("shown", get_args(Shown))
async def test_whatever_is_put_up_the_rundown_says_so(shown: Shown) -> None:
    """In words of its own for each, and the screen goes on."""
    place = revealed()
    place.command(ask.PutUp(Display(shown, None if shown in ("slide", "join", "black") else "case1", ("g1",))))
    async with on_stage(facilitator(place), 200, 50) as (app, pilot):
        await settle(pilot)
        assert shown_words(place.session.workshop, place.session.rundown.display) in text_of(app)
