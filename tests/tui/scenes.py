"""What the screens look like through an afternoon: the bundled lecture with six groups, at moments worth a picture."""

import asyncio
import os
import time
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import lru_cache

from msgspec.structs import replace
from textual.pilot import Pilot
from textual.widgets import Input, TextArea

from shuro_tui import content
from shuro_tui.core import commands as ask
from shuro_tui.core import events as did
from shuro_tui.core.commands import Display, FacilitatorCommand, Reason, Shown
from shuro_tui.core.group import Group
from shuro_tui.core.link import LinkState
from shuro_tui.core.meaning import Meaning
from shuro_tui.core.model import MINUTE, Millis, Workshop
from shuro_tui.core.replan import plans
from shuro_tui.core.session import Session
from shuro_tui.i18n import _
from shuro_tui.tui.app import Enter, WorkshopApp
from shuro_tui.tui.dialogs import PickGroup
from shuro_tui.tui.refusals import why_not
from shuro_tui.tui.role import RoleScreen
from shuro_tui.tui.screens.facilitator import FacilitatorScreen
from shuro_tui.tui.screens.group import GroupScreen
from shuro_tui.tui.screens.projector import ProjectorScreen
from tests.tui.fake_link import FakeHub, FakeLink
from tests.tui.picture import text_of

START = Millis(int(datetime(2026, 5, 16, 4, 30, tzinfo=UTC).timestamp() * 1000))
"""Half past one in the afternoon, in Tokyo."""

CASES = 2
"""The segment in which the groups write."""

_STILL, _BREATH = 3, 0.005
"""A screen stands still when so many looks at it, so many seconds apart, are the same."""

_ZONE = "Asia/Tokyo"


@contextmanager
def in_tokyo() -> Iterator[None]:
    """Clocks show the time of Tokyo, wherever this runs."""
    before = os.environ.get("TZ")
    os.environ["TZ"] = _ZONE
    time.tzset()
    try:
        yield
    finally:
        if before is None:
            del os.environ["TZ"]
        else:
            os.environ["TZ"] = before
        time.tzset()


@lru_cache(maxsize=1)
def lecture() -> Workshop:
    """The bundled lecture, read once."""
    return content.load(content.bundled())


# The hub at moments of the afternoon.


def hub(groups: int = 6, workshop: Workshop | None = None) -> FakeHub:
    """Before the start: everybody is coming in."""
    names = tuple(Group(f"g{n}", _("Group {n}").format(n=n)) for n in range(1, groups + 1))
    return FakeHub(Session.new("session", workshop or lecture(), names, {}, START), START)


def later(place: FakeHub, minutes: float, *commands: FacilitatorCommand) -> FakeHub:
    """So many minutes later these commands are carried out."""
    place.clock = Millis(place.clock + round(minutes * MINUTE))
    for command in commands:
        place.command(command)
    return place


def at_slide() -> FakeHub:
    """The second segment at its map of organisations, a little ahead of the plan."""
    return later(later(later(hub(), 0, ask.Start()), 9.5, ask.GoTo(1, 0)), 2.25, ask.GoTo(1, 1))


def at_cases() -> FakeHub:
    """The groups begin to write; nothing is written yet."""
    place = later(later(hub(), 0, ask.Start()), 11, ask.GoTo(1, 0))
    return later(later(place, 10, ask.GoTo(CASES, 0)), 0.5, ask.GoTo(CASES, 1))


def writes(place: FakeHub, group: str, case: str, first: int, rows: int) -> None:
    """The group writes rows taken from the lecture's own rehearsal."""
    facts = lecture().case(case)
    assert facts is not None
    for number in range(rows):
        fields = facts.rehearsal[(first + 3 * number) % len(facts.rehearsal)]
        place.command(ask.WriteRow(case, f"{group}-{case}-{number}", dict(fields)), group)


def at_work() -> FakeHub:
    """Six groups in six states: gone on to the second case, submitted, writing, thinking, not begun, gone."""
    place = later(later(later(at_cases(), 1.5, ask.GoToStep(1)), 1.25, ask.GoToStep(2)), 0.25)
    writes(place, "g6", "case1", 6, 2)
    later(place, 1)
    writes(place, "g4", "case1", 10, 3)
    later(place, 2)
    writes(place, "g2", "case1", 1, 6)
    place.command(ask.Submit("case1"), "g2")
    writes(place, "g1", "case1", 0, 5)
    later(place, 1.5)
    writes(place, "g3", "case1", 2, 4)
    writes(place, "g1", "case2", 0, 2)
    place.around = replace(place.around, terminals={**place.around.terminals, "g6": 0}, screens=1)
    return later(place, 0.25)


def oddly_named() -> FakeHub:
    """Names that may be one of several, that are in no catalogue, that are nearly each other; one was settled."""
    place = at_work()
    odd = (
        ("g1", "支援センター", "生活の相談"),
        ("g2", "支援センター", "見学"),
        ("g2", "ひだまりカフェ", "居場所"),
        ("g3", "ひだまり喫茶", "居場所づくり"),
        ("g3", "陽だまりカフェ", "ボランティア"),
        ("g4", "主治医", "服薬の確認"),
        ("g5", "町の電器屋さん", "職場体験"),
    )
    for number, (group_id, name, text) in enumerate(odd):
        fields = {"organisation": name, "content": text, "whom": ""}
        place.command(ask.WriteRow("case1", f"odd-{number}", fields), group_id)
    place.command(ask.SettleNames("case1", ("町の電器屋さん",), Meaning()))
    return place


def late() -> FakeHub:
    """The second segment runs four minutes late, in the middle of a question from the room."""
    place = later(later(hub(), 0, ask.Start()), 11, ask.GoTo(1, 0))
    later(place, 4, ask.GoTo(1, 5))
    return later(later(place, 6, ask.Interrupt("question")), 3.5)


def planned_anew() -> FakeHub:
    """The same, once slides are skipped to be on time."""
    place = late()
    ready = next(plan for plan in plans(place.session.timeline, lecture(), place.clock) if plan.kind == "skip")
    return later(place, 0, ask.EndInterruption(), ask.Replan("skip", ready.skip))


def announced() -> FakeHub:
    """At work, in the last minute, with a message to everybody and one to the third group."""
    place = later(at_work(), 4.2)
    later(place, 0, ask.Announce("事例2は、職場の側への支援も考えて書いてください"))
    return later(place, 0.05, ask.Announce("入力する人を交代しましょう", "g3"))


def beside_the_sheet() -> FakeHub:
    """The third group has a duplicate and a row deleted; the first case is closed, and a row came late."""
    place = at_work()
    for revision, text in (("1", "市の社協"), ("2", "県の社協")):
        fields = {"organisation": text, "content": "貸付の相談", "whom": "本人"}
        made_from = "" if revision == "1" else "0"
        place.command(ask.WriteRow("case1", "twice", fields, 1, revision, made_from), "g3")
    place.command(ask.DeleteRow("case1", "g3-case1-1"), "g3")
    later(place, 0.1, ask.CloseCase("case1"))
    place.command(ask.WriteRow("case1", "late", {"organisation": "年金事務所", "content": "障害年金の相談"}), "g3")
    return later(place, 0.1)


def cut_off() -> FakeHub:
    """The hub was away for a minute and twenty seconds."""
    place = later(at_slide(), 0.5)
    last = place.clock
    place.clock = Millis(place.clock + 80_000)
    place.happened(did.CutOff(place.clock, last))
    return place


def in_trouble() -> FakeHub:
    """The same with a clock that was set and a file that cannot be written."""
    place = at_work()
    place.around = replace(place.around, clock_drift=Millis(95_000), trouble=why_not("storage"))
    return place


def revealed() -> FakeHub:
    """The last segment: the first case is revealed and its comparison stands on the wall."""
    place = later(later(at_work(), 10, ask.GoTo(3, 0)), 9, ask.GoTo(4, 0))
    return later(place, 1, ask.Reveal("case1"), ask.PutUp(Display("comparison", "case1")))


def crowd(groups: int) -> FakeHub:
    """So many groups wrote for both cases; the first is revealed."""
    place = later(later(later(hub(groups), 0, ask.Start()), 11, ask.GoTo(1, 0)), 10, ask.GoTo(CASES, 0))
    for number in range(1, groups + 1):
        writes(place, f"g{number}", "case1", 2 * number, 3 + number % 5)
        writes(place, f"g{number}", "case2", number, 2 + number % 3)
    return later(place, 1, ask.Reveal("case1"))


def shown_of(groups: int, shown: Shown, *whose: str, line: str = "", first: int = 0) -> FakeHub:
    """The same, with one of the views on the wall."""
    return later(crowd(groups), 0, ask.PutUp(Display(shown, "case1", whose, line, first)))


def mapped(*groups: str) -> FakeHub:
    """The same, with the ecomap of these groups on the wall, or of all."""
    return later(revealed(), 0, ask.PutUp(Display("ecomap", "case1", groups)))


def finished() -> FakeHub:
    """After the end."""
    return later(revealed(), 8.5, ask.PutUp(Display()), ask.Finish())


# Screens.


def facilitator(place: FakeHub) -> FacilitatorScreen:
    """The facilitator's screen."""
    return FacilitatorScreen(FakeLink(place, "facilitator"))


def projector(place: FakeHub) -> ProjectorScreen:
    """The projector."""
    return ProjectorScreen(FakeLink(place, "screen"))


def group(place: FakeHub, name: str = "g3") -> GroupScreen:
    """A group's terminal."""
    return GroupScreen(FakeLink(place, name))


def silent(screen: RoleScreen, unsent: int = 0) -> RoleScreen:
    """The hub has said nothing for seven seconds; so many changes wait here."""
    return _linked(screen, LinkState(connected=False, silent=Millis(7_000), unsent=unsent, saved_at=START))


def refused(screen: RoleScreen, reason: Reason) -> RoleScreen:
    """The hub did not take the last change."""
    return _linked(screen, LinkState(connected=True, silent=Millis(0), refused=reason))


def saved(screen: RoleScreen) -> RoleScreen:
    """Everything written is with the hub."""
    return _linked(screen, LinkState(connected=True, silent=Millis(0), saved_at=START))


def _linked(screen: RoleScreen, state: LinkState) -> RoleScreen:
    link_of(screen).status = state
    return screen


def entering(open_screen: Callable[[], RoleScreen]) -> Enter:
    """Comes in at once."""

    async def enter(_app: WorkshopApp) -> RoleScreen:
        return open_screen()

    return enter


async def connecting(_app: WorkshopApp) -> RoleScreen:
    """The hub never answers."""
    await asyncio.Event().wait()
    raise AssertionError


async def picking(app: WorkshopApp) -> RoleScreen:
    """Asks which group this is."""
    place = hub()
    chosen = await app.push_screen_wait(PickGroup(place.session.workshop.title, place.session.groups, _("quit")))
    return group(place, chosen)


# Driving an application.


@asynccontextmanager
async def running(enter: Enter, width: int = 120, height: int = 36) -> AsyncIterator[tuple[WorkshopApp, Pilot[str]]]:
    """The application, settled."""
    app = WorkshopApp(enter)
    async with app.run_test(size=(width, height), notifications=True) as pilot:
        await settle(pilot)
        yield app, pilot


def on_stage(
    screen: RoleScreen, width: int = 120, height: int = 36
) -> AbstractAsyncContextManager[tuple[WorkshopApp, Pilot[str]]]:
    """The application with that screen, settled."""
    return running(entering(lambda: screen), width, height)


def link_of(screen: RoleScreen) -> FakeLink:
    """The end of the hub that the test holds."""
    assert isinstance(screen.link, FakeLink)
    return screen.link


def told(app: WorkshopApp) -> str:
    """All that the person was told in passing, without the line breaks."""
    return "\n".join(notice.message.replace("\n", "") for notice in app._notifications)


async def settle(pilot: Pilot[str]) -> None:
    """Until everything that was set going has been shown; carets stand still."""
    shown, same = "", 0
    while same < _STILL:
        await pilot.pause(_BREATH)
        if pilot.app._batch_count:
            continue  # nothing is painted yet
        before, shown = shown, text_of(pilot.app)
        same = same + 1 if shown == before else 0
    for caret in pilot.app.screen.query("TextArea, Input"):
        assert isinstance(caret, TextArea | Input)
        caret.cursor_blink = False


async def press(pilot: Pilot[str], *keys: str) -> None:
    """Each key, and what comes of it."""
    for key in keys:
        await pilot.press(key)
        await settle(pilot)


async def wait_until(pilot: Pilot[str], holds: Callable[[], object]) -> None:
    """Until something holds; it has to within a few seconds."""
    async with asyncio.timeout(5):
        while not holds():
            await pilot.pause(_BREATH)
    await settle(pilot)


async def closes(app: WorkshopApp, code: int = 0) -> None:
    """The application ends by itself, with that code."""
    for _turn in range(1000):
        if app.return_code is not None:
            break
        await asyncio.sleep(_BREATH)
    assert app.return_code == code


# Scenes.

SMALL, LARGE, WIDE = EVERY = (80, 24), (120, 36), (200, 50)


@dataclass(frozen=True)
class Scene:
    """A moment of a screen: how to come in, then what is pressed."""

    name: str
    enter: Enter
    keys: tuple[str, ...] = ()
    sizes: tuple[tuple[int, int], ...] = (SMALL, LARGE)

    @asynccontextmanager
    async def played(self, size: tuple[int, int]) -> AsyncIterator[WorkshopApp]:
        """The application at that moment."""
        async with running(self.enter, *size) as (app, pilot):
            await press(pilot, *self.keys)
            yield app


Build = Callable[[], RoleScreen]


def _scene(name: str, build: Build, *keys: str, sizes: tuple[tuple[int, int], ...] = (SMALL, LARGE)) -> Scene:
    return Scene(name, entering(build), keys, sizes)


def _put_up(place: FakeHub, display: Display) -> FakeHub:
    place.command(ask.PutUp(display))
    return place


CASE = Display("case", "case1")

SCENES: tuple[Scene, ...] = (
    Scene("opening", connecting),
    Scene("pick-group", picking),
    _scene("facilitator-before", lambda: facilitator(hub())),
    _scene("facilitator-slide", lambda: facilitator(at_slide())),
    _scene("facilitator-work", lambda: facilitator(at_work())),
    _scene("facilitator-trouble", lambda: silent(facilitator(in_trouble()))),
    _scene("facilitator-finished", lambda: facilitator(finished())),
    _scene("facilitator-pane-next", lambda: facilitator(at_work()), "tab", sizes=(SMALL,)),
    _scene("facilitator-pane-notes", lambda: facilitator(at_work()), "tab", "tab", sizes=(SMALL,)),
    _scene("facilitator-pane-rundown", lambda: facilitator(at_work()), "tab", "tab", "tab", sizes=(SMALL,)),
    _scene("facilitator-help", lambda: facilitator(at_slide()), "question_mark"),
    _scene("facilitator-palette", lambda: facilitator(at_slide()), "ctrl+p"),
    _scene("facilitator-ask", lambda: facilitator(at_work()), "e"),
    _scene("facilitator-choose", lambda: facilitator(at_work()), "s"),
    _scene("facilitator-late", lambda: facilitator(late())),
    _scene("facilitator-plans", lambda: facilitator(late()), "r", "down"),
    _scene("facilitator-planned", lambda: facilitator(planned_anew())),
    _scene("facilitator-half-time", lambda: facilitator(announced())),
    _scene("facilitator-away", lambda: facilitator(cut_off())),
    _scene("facilitator-interrupt", lambda: facilitator(at_slide()), "i"),
    _scene("facilitator-started-earlier", lambda: facilitator(hub()), "a"),
    _scene("facilitator-message", lambda: facilitator(at_work()), "m", "enter", "あ", "と", "5", "分"),
    _scene("facilitator-overview", lambda: facilitator(at_slide()), "g"),
    _scene("facilitator-found", lambda: facilitator(at_slide()), "g", "な", "か", "ぽ"),
    _scene("facilitator-times", lambda: facilitator(finished()), "t"),
    _scene("facilitator-refused", lambda: facilitator(hub()), "p"),
    _scene("facilitator-collecting", lambda: facilitator(later(at_work(), 0, ask.CloseCase("case1", ask.GRACE)))),
    _scene("sheets", lambda: facilitator(beside_the_sheet()), "y", "down"),
    _scene("comparison-hidden", lambda: facilitator(at_work()), "v", "down"),
    _scene("comparison-revealed", lambda: facilitator(revealed()), "v"),
    _scene("comparison-empty", lambda: facilitator(at_cases()), "v"),
    _scene("names-waiting", lambda: facilitator(oddly_named()), "v", "n", sizes=(SMALL, LARGE, WIDE)),
    _scene("names-alike", lambda: facilitator(oddly_named()), "v", "n", "down", "down", "m"),
    _scene("names-settled", lambda: facilitator(oddly_named()), "v", "n", "2", sizes=(SMALL, LARGE, WIDE)),
    _scene("names-all", lambda: facilitator(oddly_named()), "v", "n", "a", sizes=(SMALL, LARGE, WIDE)),
    _scene("names-none", lambda: facilitator(at_cases()), "v", "n"),
    _scene("names-organisation", lambda: facilitator(oddly_named()), "v", "n", "o", "は", "ろ"),
    _scene("matrix-3", lambda: facilitator(crowd(3)), "v", "right", "down"),
    _scene("matrix-12", lambda: facilitator(crowd(12)), "v", "right", "down", sizes=EVERY),
    _scene("matrix-50", lambda: facilitator(crowd(50)), "v", *["right"] * 20, *["down"] * 25, sizes=EVERY),
    _scene("matrix-found", lambda: facilitator(crowd(6)), "v", "slash", "支", "援"),
    _scene("matrix-not-found", lambda: facilitator(crowd(6)), "v", "slash", "q", "enter", sizes=(SMALL,)),
    _scene("matrix-sorted", lambda: facilitator(crowd(6)), "v", "s", sizes=(SMALL,)),
    _scene("matrix-field", lambda: facilitator(crowd(6)), "v", "f", sizes=(SMALL,)),
    _scene("heat-6", lambda: facilitator(crowd(6)), "v", "2"),
    _scene("heat-50", lambda: facilitator(crowd(50)), "v", "2", "right", sizes=EVERY),
    _scene("findings-6", lambda: facilitator(crowd(6)), "v", "3", sizes=EVERY),
    _scene("findings-none", lambda: facilitator(at_cases()), "v", "3", sizes=(SMALL,)),
    _scene("organisation-12", lambda: facilitator(crowd(12)), "v", "enter", sizes=EVERY),
    _scene("organisation-50", lambda: facilitator(crowd(50)), "v", "4", sizes=(SMALL, WIDE)),
    _scene("one-group", lambda: facilitator(crowd(6)), "v", "5", "right", sizes=EVERY),
    _scene("ecomap-hidden", lambda: facilitator(at_work()), "v", "6", sizes=(SMALL, LARGE, WIDE)),
    _scene("ecomap-one", lambda: facilitator(mapped("g2")), "v", "6", "right", "right"),
    _scene("ecomap-overlaid", lambda: facilitator(revealed()), "v", "6", "right", "o", "enter"),
    _scene("projector-join", lambda: projector(hub())),
    _scene("projector-slide", lambda: projector(at_slide())),
    _scene("projector-case", lambda: projector(_put_up(at_work(), CASE))),
    _scene("projector-overtime", lambda: projector(later(_put_up(at_work(), CASE), 14))),
    _scene("projector-told", lambda: projector(_put_up(announced(), CASE))),
    _scene("projector-too-small", lambda: projector(at_slide()), sizes=((36, 10),)),
    _scene("projector-comparison", lambda: projector(revealed())),
    _scene("projector-matrix-50", lambda: projector(shown_of(50, "comparison", "g30", line="nakapotsu"))),
    _scene("projector-heat", lambda: projector(shown_of(12, "heat"))),
    _scene("projector-findings", lambda: projector(shown_of(6, "findings", first=3))),
    _scene("projector-organisation", lambda: projector(shown_of(6, "organisation", line="nakapotsu"))),
    _scene("projector-group", lambda: projector(shown_of(6, "group", "g2"))),
    _scene("projector-ecomap", lambda: projector(mapped())),
    _scene("projector-finished", lambda: projector(finished())),
    _scene("group-waiting", lambda: group(hub())),
    _scene("group-slide", lambda: group(at_slide())),
    _scene("group-before", lambda: group(at_slide()), "left", "left"),
    _scene("group-blank", lambda: group(at_cases())),
    _scene("group-rows", lambda: saved(group(at_work()))),
    _scene("group-offered", lambda: group(at_work()), "な", "か", "down"),
    _scene("group-resources", lambda: group(at_work()), "f2", "は", "ろ"),
    _scene("group-nothing-found", lambda: group(at_work()), "f2", "q", "q"),
    _scene("group-others", lambda: group(revealed()), "f6", "down"),
    _scene("group-shown", lambda: group(shown_of(6, "organisation", line="nakapotsu")), "f6"),
    _scene("group-ecomap", lambda: group(revealed()), "f6", "6", "left"),
    _scene("group-submitted", lambda: group(at_work(), "g2")),
    _scene("group-closed", lambda: group(later(at_work(), 0, ask.CloseCase("case1")))),
    _scene("group-duplicate", lambda: group(beside_the_sheet())),
    _scene("group-collecting", lambda: group(later(at_work(), 0, ask.CloseCase("case1", ask.GRACE)))),
    _scene("group-unsent", lambda: silent(group(at_work()), unsent=2)),
    _scene("group-refused", lambda: refused(group(at_work()), "case-closed")),
    _scene("group-told", lambda: group(announced())),
    _scene("group-help", lambda: group(at_work()), "f1"),
)

PICTURES: dict[str, str] = {
    "facilitator": "facilitator-work",
    "group": "group-rows",
    "projector": "projector-case",
    "comparison": "comparison-revealed",
}
"""The README's pictures: file → scene."""


def scene(name: str) -> Scene:
    """The scene of that name."""
    return next(one for one in SCENES if one.name == name)
