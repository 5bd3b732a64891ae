"""A workshop whose files are edited while the hub runs."""

import asyncio
from collections.abc import Callable
from pathlib import Path

import pytest
from msgspec.structs import replace

from shuro_tui.core import commands as ask
from shuro_tui.core.events import CutOff, WorkshopChanged
from shuro_tui.core.model import Millis, Workshop
from shuro_tui.core.views import FacilitatorView, ScreenView
from shuro_tui.errors import Mend
from shuro_tui.hub import server as server_module
from shuro_tui.hub.editing import Editing, News
from tests.hub.hubs import Clients, Hub, seen
from tests.hub.party import ROLES, Party
from tests.workshops import COLUMNS, MINUTE, at_work, case, row, slide, workshop

BROKEN = "agenda/slides.md:3:1: これでは読めません"


class Files:
    """Files that an author saves. held: what is in them: a workshop, or what is wrong."""

    def __init__(self) -> None:
        self.saved = 0
        self.held: Workshop | str = workshop()
        self.read = 0

    def stamp(self) -> object:
        """How often they were saved."""
        return self.saved

    def load(self) -> Workshop:
        """What they hold. Raises Mend."""
        self.read += 1
        if isinstance(self.held, str):
            raise Mend(self.held)
        return self.held

    def save(self, held: Workshop | str) -> None:
        """Save them."""
        self.saved += 1
        self.held = held


@pytest.fixture
def files() -> Files:
    """The files of the workshop, as they are when the session begins."""
    return Files()


@pytest.fixture
def editing(files: Files) -> Editing:
    """Looks at them."""
    return Editing(files.stamp, files.load, files.stamp())


def with_title(title: str) -> Workshop:
    """The workshop with another title."""
    return replace(workshop(), title=title)


def longer(title: str = "新") -> Workshop:
    """The workshop with a slide more in front of the second segment's."""
    before = workshop()
    talk, work, end = before.segments
    return replace(before, segments=(talk, replace(work, slides=(slide(title), *work.slides)), end))


def test_files_that_nobody_saves_are_not_read(files: Files, editing: Editing) -> None:
    """However often one looks."""
    assert [editing.look() for _look in range(5)] == [None] * 5
    assert files.read == 0


def test_a_save_is_read_once_when_it_has_stood_still(files: Files, editing: Editing) -> None:
    """An editor that writes in pieces is waited for."""
    looks: list[News] = []
    for held in (with_title("一"), with_title("二"), None, None, None):
        if held is not None:
            files.save(held)
        looks.append(editing.look())
    assert looks == [None, None, with_title("二"), None, None]
    assert files.read == 1


def test_what_is_wrong_is_told_until_it_is_mended(files: Files, editing: Editing) -> None:
    """Once each."""
    files.save(BROKEN)
    assert [editing.look() for _look in range(3)] == [None, BROKEN, None]
    files.save(with_title("直した"))
    assert [editing.look() for _look in range(3)] == [None, with_title("直した"), None]


def test_files_that_were_saved_while_no_hub_was_there_are_read(files: Files) -> None:
    """At the second look."""
    editing = Editing(files.stamp, files.load)
    assert [editing.look() for _look in range(3)] == [None, workshop(), None]


# What the room makes of it.


@pytest.fixture
def party() -> Party:
    """A room at work with one of each role in it."""
    party = Party(at_work())
    for peer, role in enumerate(ROLES):
        party.join(peer, role, group="g1")
    return party


def save(party: Party, held: Workshop | str) -> None:
    """The hub has read what somebody saved."""
    party.room.edited(held, party.now)
    party.show()


def test_a_save_is_kept_and_then_shown_to_all(party: Party) -> None:
    """Every role goes on with it, on the slide that it was on."""
    save(party, longer())
    assert party.disk.events == [WorkshopChanged(party.now, longer())]
    assert party.facilitator(0).workshop == longer()
    for shown in (party.screen(1).shown, party.group(2).shown):
        assert shown is not None
        assert (shown.slide.title, shown.number, shown.of) == ("三", 2, 2)


def test_a_save_that_changes_nothing_is_nothing(party: Party) -> None:
    """Nobody hears of it."""
    before = {peer: len(messages) for peer, messages in party.received.items()}
    save(party, workshop())
    assert party.disk.events == []
    assert {peer: len(messages) for peer, messages in party.received.items()} == before


def test_only_the_facilitator_hears_what_is_wrong(party: Party) -> None:
    """The deck stays, until it is mended; then nobody is told any more."""
    before = len(party.received[1]), len(party.received[2])
    save(party, BROKEN)
    assert (party.facilitator(0).deck_trouble, party.facilitator(0).workshop) == (BROKEN, workshop())
    assert (len(party.received[1]), len(party.received[2])) == before
    save(party, longer())
    assert (party.facilitator(0).deck_trouble, party.facilitator(0).workshop) == ("", longer())


@pytest.mark.parametrize(
    ("edit", "told"),
    [
        (lambda deck: replace(deck, segments=deck.segments[1:]), "講義"),
        (lambda deck: replace(deck, cases=(case("a"),)), "事例 b"),
        (lambda deck: replace(deck, cases=(case("a", COLUMNS[1:]), case("b"))), "連携機関名"),
    ],
    ids=["segment", "case", "column"],
)
def test_what_the_session_cannot_lose_is_told(edit: Callable[[Workshop], Workshop], told: str, party: Party) -> None:
    """The deck stays as it was, and so does everything written."""
    assert party.do(2, 1, row("r1", "ハローワーク"))
    save(party, edit(workshop()))
    assert told in party.facilitator(0).deck_trouble
    assert party.facilitator(0).workshop == workshop()
    save(party, workshop())
    assert party.facilitator(0).deck_trouble == ""
    assert not any(isinstance(event, WorkshopChanged) for event in party.disk.events)


def test_what_could_not_be_kept_is_taken_up_later(party: Party) -> None:
    """As soon as there is room on the disk; the facilitator sees why not before."""
    party.disk.full = "No space left on device"
    save(party, longer())
    assert (party.facilitator(0).trouble, party.facilitator(0).workshop) == (party.disk.full, workshop())
    party.disk.full = ""
    party.room.beat(party.now)
    party.show()
    assert (party.facilitator(0).trouble, party.facilitator(0).workshop) == ("", longer())


def test_what_was_saved_after_the_end_is_not_taken_up(party: Party) -> None:
    """The session was held with the workshop that it has; an end that is taken back goes on with the new one."""
    party.do(0, 1, ask.Finish())
    save(party, longer())
    assert (party.facilitator(0).deck_trouble, party.facilitator(0).workshop) == ("", workshop())
    party.do(0, 2, ask.Undo())
    party.room.beat(party.now)
    party.show()
    assert party.facilitator(0).workshop == longer()


def test_a_hub_that_was_away_asks_before_it_takes_up_a_save(party: Party) -> None:
    """What is counted is counted for the slide that was shown."""
    last, party.now = party.now, Millis(party.now + 60 * MINUTE)
    save(party, longer())
    assert party.disk.events == [CutOff(party.now, last), WorkshopChanged(party.now, longer())]


# Over the network.


async def test_a_running_hub_looks_at_its_files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Facilitator and projector see what is saved; looking stops with the hub."""
    monkeypatch.setattr(server_module, "_TICK", 0.02)
    files, clients = Files(), Clients(tmp_path)
    hub = Hub(tmp_path / "sessions", Editing(files.stamp, files.load, files.stamp()).look)
    async with hub:
        facilitator, screen = await clients.facilitator(hub), await clients.screen(hub)
        files.save(longer())
        there = await seen(screen, ScreenView, lambda view: view.shown is not None and view.shown.of == 2)
        assert there.shown is not None
        assert there.shown.slide.title == "三"
        files.save(BROKEN)
        await seen(facilitator, FacilitatorView, lambda view: view.deck_trouble == BROKEN)
        await clients.close()
        hub.server.stop()
        assert hub.running is not None
        await hub.running
        assert len(asyncio.all_tasks()) == 1
