"""The table of keys is what the screens, the key bar, the help and the palette say."""

from collections.abc import Callable
from pathlib import Path

import pytest
from rich.cells import cell_len
from textual.screen import Screen

from shuro_tui import i18n
from shuro_tui.core import commands as ask
from shuro_tui.i18n import _
from shuro_tui.tui import keys
from shuro_tui.tui.dialogs import AllKeys
from shuro_tui.tui.keys import PALETTE, Action, bindings, key_name
from shuro_tui.tui.role import Keyed, RoleScreen
from shuro_tui.tui.screens.compare import ComparisonScreen
from shuro_tui.tui.screens.facilitator import FacilitatorScreen
from shuro_tui.tui.screens.group import GroupScreen
from shuro_tui.tui.screens.projector import ProjectorScreen
from tests.tui.fake_link import FakeHub
from tests.tui.picture import text_of
from tests.tui.scenes import at_slide, at_work, facilitator, group, link_of, on_stage, press, projector, settle

SCREENS: list[type[Keyed]] = [FacilitatorScreen, ComparisonScreen, GroupScreen, ProjectorScreen]
ROLES: dict[str, Callable[[FakeHub], RoleScreen]] = {"facilitator": facilitator, "group": group, "projector": projector}
EVERY = [
    pytest.param(screen, action, id=f"{screen.__name__}.{action.id}") for screen in SCREENS for action in screen.ACTIONS
]


def test_every_screen_has_its_table() -> None:
    """The tables that the README shows are those of the screens."""
    assert [screen.ACTIONS for screen in SCREENS] == [
        keys.SCREENS[name] for name in ("Facilitator", "Comparison", "Group", "Projector")
    ]


@pytest.mark.parametrize(("screen", "action"), EVERY)
def test_every_key_does_something(screen: type[Screen[None]], action: Action) -> None:
    """For each line of a table the screen, or for the palette the application, has the action."""
    assert action is PALETTE or callable(getattr(screen, f"action_{action.does.partition('(')[0]}"))


@pytest.mark.parametrize("screen", SCREENS)
def test_ids_and_keys_are_unique(screen: type[Keyed]) -> None:
    """In one screen no two lines share an id, and no key means two things."""
    ids = [action.id for action in screen.ACTIONS]
    pressed = [key for action in screen.ACTIONS for key in action.keys]
    assert len(set(ids)) == len(ids)
    assert len(set(pressed)) == len(pressed)


@pytest.mark.parametrize("screen", SCREENS)
def test_labels_tell_the_keys_of_a_bar_apart(screen: type[Keyed]) -> None:
    """No two keys in the bar have the same label or the same rank, and help is the first to be shown."""
    bar = sorted((action for action in screen.ACTIONS if action.bar), key=lambda action: action.bar)
    assert len({action.bar for action in bar}) == len(bar)
    assert bar[0].id == "help"
    assert len({_(action.label) for action in bar}) == len(bar)


@pytest.mark.parametrize(("screen", "action"), EVERY)
def test_labels_and_helps_are_there_in_both_languages(screen: type[Keyed], action: Action) -> None:
    """Japanese is Japanese, and no label is longer than a key bar can bear."""
    for text in (action.label, action.help):
        assert _(text) != text
    i18n.use("en")
    assert _(action.label) == action.label
    assert cell_len(action.label) <= 16


def test_bindings_are_made_from_the_table() -> None:
    """Every key of an action is bound to it; the palette's is the application's own."""
    made = {binding.id: binding for binding in bindings(keys.GROUP)}
    assert made["row-up"].key == "f7,alt+up"
    assert made["row-up"].action == "row_up"
    assert "palette" not in made


async def test_keys_are_taken_though_caps_lock_is_on() -> None:
    """The key bar shows capitals; a question is answered with one, too."""
    screen = facilitator(at_work())
    async with on_stage(screen) as (_app, pilot):
        await press(pilot, "P", "E", "Y")
        assert [type(command) for command in link_of(screen).commands] == [ask.Pause, ask.Finish]


@pytest.mark.parametrize(
    ("key", "name"),
    [
        ("f1", "F1"),
        ("n", "N"),
        ("plus", "+"),
        ("ctrl+p", "Ctrl+P"),
        ("alt+up", "Alt+↑"),
        ("pagedown", "PgDn"),
        ("question_mark", "?"),
    ],
)
def test_a_key_is_named_as_it_is_printed(key: str, name: str) -> None:
    """What is read is what stands on the keyboard."""
    assert key_name(key) == name


@pytest.mark.parametrize("language", i18n.LANGUAGES)
@pytest.mark.parametrize("width", [40, 80, 120])
async def test_the_bar_names_the_help_and_fits(width: int, language: str) -> None:
    """However narrow the terminal is, the way to all keys stands at the bottom, and no label is cut."""
    i18n.use(language)
    for screen in (facilitator(at_slide()), group(at_work()), projector(at_slide())):
        async with on_stage(screen, width, 24) as (app, _pilot):
            bar = text_of(app).splitlines()[-1]
            assert _("All keys") in bar
            shown = [part for part in bar.split("  ") if part.strip()]
            names = [f"{key_name(action.keys[0])} {_(action.label)}" for action in screen.ACTIONS]
            assert [part.strip() for part in shown if part.strip() not in names] == []


@pytest.mark.parametrize(
    ("screen", "key"), [("facilitator", "question_mark"), ("facilitator", "f1"), ("group", "f1"), ("projector", "f1")]
)
async def test_help_names_every_key(screen: str, key: str) -> None:
    """The help of a screen lists each key of its table with what it does; Escape closes it."""
    shown = ROLES[screen](at_slide())
    async with on_stage(shown, 120, 60) as (app, pilot):
        await press(pilot, key)
        assert isinstance(app.screen, AllKeys)
        text = text_of(app)
        for action in shown.ACTIONS:
            assert key_name(action.keys[0]) in text
            assert _(action.help)[:20] in text
        await press(pilot, "escape")
        assert not isinstance(app.screen, AllKeys)


async def test_the_palette_finds_and_runs_a_command() -> None:
    """A word of a label finds the command, Enter runs it."""
    screen = facilitator(at_slide())
    async with on_stage(screen) as (app, pilot):
        await press(pilot, "ctrl+p", *_("Pause"))
        await settle(pilot)
        assert _("Pause") + "  (P)" in text_of(app)
        await press(pilot, "enter", "enter")
        assert [type(command).__name__ for command in link_of(screen).commands] == ["Pause"]


async def test_the_palette_belongs_to_the_screens() -> None:
    """Over a question there is no palette, which would answer for somebody."""
    screen = facilitator(at_slide())
    async with on_stage(screen) as (app, pilot):
        await press(pilot, "e", "ctrl+p")
        assert type(app.screen).__name__ == "Confirm"


def test_nothing_else_names_a_key() -> None:
    """Key names in sentences belong to the table: each of those that are named is one of its keys."""
    sources = Path(keys.__file__).parent.rglob("*.py")
    named = {
        name for source in sources for name in ("F2", "F5", "F6") if f"{name} " in source.read_text(encoding="utf-8")
    }
    assert named <= {key_name(key) for action in keys.GROUP for key in action.keys}
