"""Every text can be read in every theme, as it is defined and as it is painted; nothing is told by colour alone."""

import re
from collections.abc import Callable, Iterator
from itertools import product
from pathlib import Path

import pyte
import pytest
from rich.color_triplet import ColorTriplet
from rich.segment import Segment
from textual.color import Color
from textual.theme import Theme

import shuro_tui.tui
from shuro_tui import i18n, settings
from shuro_tui.tui import themes
from shuro_tui.tui.app import WorkshopApp
from shuro_tui.tui.widgets.cells import ChoiceCell
from tests.terminal import Terminal
from tests.tui import scenes

SOURCES = Path(shuro_tui.tui.__file__).parent
HERE = Path(__file__).parents[2]

TEXT = 4.5
LARGE_CONTRAST = 7.0
LINE = 3.0

TEXTS = (
    "foreground",
    "foreground-muted",
    "text",
    "text-muted",
    "text-primary",
    "text-success",
    "text-warning",
    "text-error",
    "accent",
    "primary",
    "secondary",
    "success",
)
BELOW = ("background", "surface", "panel")
FOCUSED = "primary 30%"

PAIRS = (
    *product(TEXTS, BELOW),
    *product(("foreground", "foreground-muted", "text"), (FOCUSED,)),
    ("foreground", "panel-lighten-1"),  # what passes
    ("text-disabled", "surface"),  # what stands in an empty field
    ("block-cursor-foreground", "block-cursor-background"),
    ("block-cursor-blurred-foreground", "block-cursor-blurred-background"),
    ("input-cursor-foreground", "input-cursor-background"),
    ("input-selection-foreground", "input-selection-background"),
    ("button-color-foreground", "warning"),
)
"""Text and what is below it; reversed, the same two stand the other way round."""

LINES = (
    *product(("primary 60%", "accent", "border"), ("background", "surface")),
    ("border-blurred", "background"),
    ("scrollbar", "scrollbar-background"),
)
"""Borders and scrollbars, and what is beside them."""

PLAYED = (
    "pick-group",
    "facilitator-work",
    "facilitator-trouble",
    "facilitator-ask",
    "facilitator-plans",
    "facilitator-refused",
    "comparison-hidden",
    "projector-join",
    "projector-slide",
    "projector-overtime",
    "group-offered",
    "group-resources",
    "group-closed",
    "group-unsent",
)

CHOICES = pytest.mark.parametrize("choice", settings.THEMES)


def luminance(color: ColorTriplet) -> float:
    """Relative luminance by WCAG 2.2: 0 is black, 1 is white."""

    def linear(value: int) -> float:
        share = value / 255
        return share / 12.92 if share <= 0.04045 else ((share + 0.055) / 1.055) ** 2.4

    return 0.2126 * linear(color.red) + 0.7152 * linear(color.green) + 0.0722 * linear(color.blue)


def contrast(one: ColorTriplet, other: ColorTriplet) -> float:
    """Contrast ratio by WCAG 2.2, from 1 to 21."""
    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def painted(theme: Theme, name: str, below: Color) -> Color:
    """The colour of a variable, with a share in per cent behind it or not, over what is below."""
    variables = theme.to_color_system().generate() | theme.variables
    name, _space, share = name.partition(" ")
    value = variables[name]
    if value.startswith("auto "):
        return below + below.get_contrast_text(float(value.removeprefix("auto ").rstrip("%")) / 100)
    color = Color.parse(value)
    return below + (color.multiply_alpha(float(share.rstrip("%")) / 100) if share else color)


def between(theme: Theme, upper: str, lower: str) -> float:
    """The contrast of two variables; what lets something through lies on the surface."""
    below = painted(theme, lower, painted(theme, "surface", Color(0, 0, 0)))
    return contrast(painted(theme, upper, below).rich_color.get_truecolor(), below.rich_color.get_truecolor())


def wanted(choice: str) -> float:
    """The contrast of text that a theme promises."""
    return LARGE_CONTRAST if choice == "contrast" else TEXT


@pytest.mark.parametrize(
    ("one", "other", "ratio"),
    [("#000000", "#ffffff", 21), ("#777777", "#ffffff", 4.48), ("#ff0000", "#ffffff", 4.0), ("#123456", "#123456", 1)],
)
def test_contrast_is_computed_as_wcag_does(one: str, other: str, ratio: float) -> None:
    """Known ratios come out, whichever colour is named first."""
    first, second = (Color.parse(color).rich_color.get_truecolor() for color in (one, other))
    assert contrast(first, second) == pytest.approx(ratio, abs=0.005)
    assert contrast(second, first) == contrast(first, second)


@CHOICES
@pytest.mark.parametrize(("text", "below"), PAIRS)
def test_a_text_stands_out_from_what_is_below_it(choice: str, text: str, below: str) -> None:
    """4.5 : 1 for every text, 7 : 1 in high contrast."""
    assert between(themes.THEMES[choice], text, below) >= wanted(choice)


@CHOICES
@pytest.mark.parametrize(("line", "beside"), LINES)
def test_a_line_stands_out(choice: str, line: str, beside: str) -> None:
    """3 : 1 for borders and scrollbars."""
    assert between(themes.THEMES[choice], line, beside) >= LINE


def test_every_colour_that_the_screens_name_is_among_the_pairs() -> None:
    """A new colour in stylesheet or widgets comes with its contrast."""
    known = {name.partition(" ")[0] for pair in (*PAIRS, *LINES) for name in pair}
    sources = [*SOURCES.rglob("*.py"), *SOURCES.glob("*.tcss")]
    named = {name for path in sources for name in re.findall(r"\$([a-z][a-z0-9-]*)", path.read_text("utf-8"))}
    assert named <= known


def test_every_choice_is_a_theme_with_a_name_in_words() -> None:
    """What the settings offer is what the screens can put on."""
    assert tuple(themes.THEMES) == tuple(themes.LABELS) == settings.THEMES


def pieces(app: WorkshopApp) -> Iterator[Segment]:
    """What is painted and can be seen."""
    for strip in app.screen._compositor.render_strips():
        yield from (segment for segment in strip if segment.text.strip())


def unreadable(app: WorkshopApp, least: float) -> list[str]:
    """Text that does not stand out; lines are judged by their variables."""
    found = []
    for piece in pieces(app):
        if all(letter.isspace() or "\u2500" <= letter <= "\u259f" for letter in piece.text):
            continue
        style = piece.style
        assert style is not None
        assert style.color is not None
        assert style.bgcolor is not None
        assert not style.dim
        if contrast(style.color.get_truecolor(), style.bgcolor.get_truecolor()) < least:
            found.append(f"{piece.text!r} {style}")
    return found


@pytest.mark.parametrize("name", PLAYED)
async def test_a_painted_screen_can_be_read_in_every_theme(name: str) -> None:
    """As it is painted, dimmed and blended: every text in every theme, while it is switched."""
    scene = scenes.scene(name)
    async with scenes.running(scene.enter, *scene.sizes[-1]) as (app, pilot):
        await scenes.press(pilot, *scene.keys)
        for choice in settings.THEMES:
            assert app.theme == themes.THEMES[choice].name
            assert not unreadable(app, wanted(choice))
            app.action_next_theme()
            await scenes.settle(pilot)


@CHOICES
async def test_the_list_of_commands_can_be_read(choice: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Textual's own palette too."""
    monkeypatch.setenv(settings.THEME_VARIABLE, choice)
    async with scenes.scene("facilitator-palette").played(scenes.LARGE) as app:
        assert app.theme == themes.THEMES[choice].name
        assert not unreadable(app, wanted(choice))


async def test_the_theme_is_switched_and_named() -> None:
    """One key goes round the themes; each time words say which it is."""
    i18n.use("en")
    async with scenes.running(scenes.connecting) as (app, pilot):
        for words in ("light background", "high contrast", "dark background"):
            app.action_next_theme()
            await scenes.settle(pilot)
            assert words in scenes.told(app)


async def test_a_theme_may_be_handed_in() -> None:
    """The command line's choice goes before the environment's."""
    app = WorkshopApp(scenes.connecting, theme="contrast")
    assert app.theme == "shuro-contrast"
    assert app.get_css_variables()["background"] == "#000000"


async def test_nothing_moves_by_itself() -> None:
    """What would be animated is there at once."""
    async with scenes.running(scenes.connecting) as (app, pilot):
        words = app.screen.query_one("#opening")
        words.styles.animate("opacity", 0.5, duration=600)
        await scenes.wait_until(pilot, lambda: words.styles.opacity == 0.5)


async def test_the_cell_with_the_focus_is_seen_without_colour() -> None:
    """Bold where one types, bold and underlined where one chooses."""
    async with scenes.on_stage(scenes.group(scenes.at_work())) as (app, pilot):
        await scenes.press(pilot, *"なか")
        assert any("なか" in piece.text and piece.style and piece.style.bold for piece in pieces(app))
        await scenes.press(pilot, "enter", "enter", "right")
        cell = app.focused
        assert isinstance(cell, ChoiceCell)
        chosen = [piece.style for piece in pieces(app) if piece.text.strip() == cell.value]
        assert any(style and style.bold and style.underline for style in chosen)


# Without colours, at a real terminal.

SHOW = "import sys; from tests.tui import scenes; scenes.WorkshopApp(scenes.scene(sys.argv[1]).enter).run()"
COLOUR = re.compile(r"\x1b\[(?:[\d:]*;)*(?:3[0-8]|4[0-8]|9\d|10[0-7])[\d;:]*m")


class Recording(pyte.Stream):
    """Keeps what came."""

    written = ""

    def feed(self, data: str) -> None:
        """As it comes."""
        self.written += data
        super().feed(data)


class Colourless(Terminal):
    """A scene where NO_COLOR asks for no colours."""

    def __init__(self, scene: str, no_color: str = "1") -> None:
        environment = {"NO_COLOR": no_color, "COLORTERM": "truecolor"}
        super().__init__([scene], environment, folder=HERE, program=("-c", SHOW))
        self._stream = self._recording = Recording(self.screen)

    @property
    def colours(self) -> list[str]:
        """The colours that were asked for, grey among them."""
        return COLOUR.findall(self._recording.written)

    def reversed(self, line: str) -> str:
        """What is reversed in the line of the screen that holds these words."""
        shown = self.text().splitlines()
        rows = [self.screen.buffer[number] for number, text in enumerate(shown) if line in text]
        cells = [row[column] for row in rows for column in range(self.screen.columns)]
        return "".join(cell.data for cell in cells if cell.reverse)

    def wait_reversed(self, words: str, line: str) -> None:
        """Read until these words are reversed in that line."""
        self.wait(lambda _shown: words in self.reversed(line))


@pytest.fixture
def colourless() -> Iterator[Callable[..., Colourless]]:
    """Terminals that are closed in the end."""
    opened: list[Colourless] = []

    def show(*arguments: str) -> Colourless:
        opened.append(Colourless(*arguments))
        return opened[-1]

    yield show
    for terminal in opened:
        terminal.close()


def test_a_group_writes_without_colours(colourless: Callable[..., Colourless]) -> None:
    """Not one colour is written, no grey either; caret, offered name and choice are reversed."""
    terminal = colourless("group-rows")
    terminal.wait_reversed("連", "+")  # the caret has come to the blank row
    terminal.type("なか")
    terminal.wait("Down: choose")
    terminal.wait_reversed(" ", "+ なか")
    terminal.type("\x1b[B")
    terminal.wait_reversed("> 障害者就業", "> 障害者就業")
    assert not terminal.colours


def test_the_facilitator_works_without_colours(colourless: Callable[..., Colourless]) -> None:
    """What is chosen is reversed in a list, among buttons and among the commands found."""
    terminal = colourless("facilitator-work")
    terminal.wait("All keys")
    terminal.type("s")
    terminal.wait_reversed("open: close it", "事例1 Aさん  open")
    assert not terminal.reversed("事例2 Bさん  open").strip()
    terminal.type("\x1b[B")
    terminal.wait_reversed("open: close it", "事例2 Bさん  open")
    terminal.type("\x1b")
    terminal.wait(lambda shown: "Enter: choose" not in shown)
    terminal.type("e")
    terminal.wait_reversed("No (N)", "No (N)")
    assert "End it" not in terminal.reversed("No (N)")
    terminal.type("\x1b[C")
    terminal.wait_reversed("End it", "No (N)")
    assert "No" not in terminal.reversed("No (N)")
    terminal.type("n\x10")
    terminal.wait_reversed("Add a minute  (+)", "Add a minute  (+)")
    assert not terminal.colours


def test_an_empty_no_color_takes_no_colour_away(colourless: Callable[..., Colourless]) -> None:
    """As no-color.org has it: only a value that is not empty counts."""
    terminal = colourless("facilitator-work", "")
    terminal.wait("Rundown")
    assert terminal.colours
