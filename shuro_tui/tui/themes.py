"""How the screens are coloured: dark, light, high contrast; and without any colour where NO_COLOR asks for that.

Every text stands out from what is below it by 4.5 : 1 at least, by 7 : 1 in high contrast, lines by 3 : 1
(WCAG 2.2, 1.4.3, 1.4.6 and 1.4.11). `tests/tui/test_themes.py` computes it.
"""

from collections.abc import Callable
from functools import lru_cache

from rich.segment import Segment
from rich.style import Style
from textual.app import App
from textual.color import Color
from textual.filter import LineFilter, Monochrome
from textual.theme import Theme

from shuro_tui.i18n import N_

DARK = Theme(
    name="shuro-dark",
    primary="#4ba3f5",
    secondary="#82b8ea",
    accent="#ffa62b",
    warning="#ffa62b",
    error="#e8607f",
    success="#4ebf71",
    foreground="#e0e0e0",
    background="#121212",
    surface="#1e1e1e",
    panel="#242f38",
    variables={
        "foreground-muted": "#b0b0b0",
        "text-muted": "auto 75%",
        "text-disabled": "auto 65%",
        "border-blurred": "#737373",
        "block-cursor-foreground": "#000000",
        "block-cursor-blurred-background": "#4ba3f533",
        "block-cursor-blurred-text-style": "bold",
        "scrollbar": "#5a7a99",
    },
)

LIGHT = Theme(
    name="shuro-light",
    primary="#004a94",
    secondary="#2b4c7e",
    accent="#8a3d00",
    warning="#8a5200",
    error="#a8123a",
    success="#16612e",
    foreground="#1a1a1a",
    background="#fafafa",
    surface="#f0f0f0",
    panel="#dfe6ee",
    dark=False,
    variables={
        "foreground-muted": "#454545",
        "text-muted": "auto 75%",
        "text-disabled": "auto 65%",
        "border-blurred": "#767676",
        "block-cursor-foreground": "#ffffff",
        "block-cursor-blurred-background": "#004a9433",
        "block-cursor-blurred-text-style": "bold",
        "button-color-foreground": "#ffffff",
        "scrollbar": "#5a7a9a",
    },
)

CONTRAST = Theme(
    name="shuro-contrast",
    primary="#66c2ff",
    secondary="#8fd3ff",
    accent="#ffdd33",
    warning="#ffdd33",
    error="#ff9db0",
    success="#7df09d",
    foreground="#ffffff",
    background="#000000",
    surface="#000000",
    panel="#1a1a1a",
    variables={
        "foreground-muted": "#e6e6e6",
        "text": "auto 100%",
        "text-muted": "auto 90%",
        "text-disabled": "auto 80%",
        "border-blurred": "#b3b3b3",
        "block-cursor-foreground": "#000000",
        "block-cursor-blurred-background": "#66c2ff33",
        "block-cursor-blurred-text-style": "bold",
        "scrollbar": "#99d6ff",
    },
)

THEMES: dict[str, Theme] = {"dark": DARK, "light": LIGHT, "contrast": CONTRAST}
"""By the name that a person chooses."""

_CLEARLY = 0.3
"""Difference in brightness, of 1, from which text does not stand the other way round by a shade only."""

LABELS = {"dark": N_("dark background"), "light": N_("light background"), "contrast": N_("high contrast")}


class Attributes(LineFilter):
    """Bold, underline, italic and reverse stay; colours go, shades of grey among them.

    What stands dark on light in a dark theme, or light on dark in a light one, is reversed: Textual marks what is
    chosen so.
    """

    def __init__(self, dark: Callable[[], bool]) -> None:
        super().__init__()
        self._dark = dark

    def apply(self, segments: list[Segment], background: Color) -> list[Segment]:
        """The same text without colours."""
        dark = self._dark()
        return [Segment(text, style and _colourless(style, dark), control) for text, style, control in segments]


@lru_cache(1024)
def _colourless(style: Style, dark: bool) -> Style:
    return style.without_color + Style(reverse=bool(style.reverse) != _turned(style, dark))


def _turned(style: Style, dark: bool) -> bool:
    if style.color is None or style.bgcolor is None:
        return False
    text, below = (Color.from_rich_color(color).brightness for color in (style.color, style.bgcolor))
    return (below - text if dark else text - below) > _CLEARLY


def dress(app: App[str], name: str, colours: bool) -> None:
    """Put that theme on an application that has not started; without colours, only attributes are written.

    Nothing moves by itself: what changes is there at once.
    """
    app.animation_level = "none"
    for theme in THEMES.values():
        app.register_theme(theme)
    app.set_reactive(App.theme, THEMES[name].name)
    app.stylesheet.set_variables(app.get_css_variables())
    app.no_color = not colours
    app._filters = [one for one in app._filters if not isinstance(one, Monochrome)]  # it writes greys
    if not colours:
        app._filters.append(Attributes(lambda: app.current_theme.dark))


def following(name: str) -> str:
    """The choice after a theme's, given by the theme's own name; after the last, the first."""
    choices = list(THEMES)
    return choices[([THEMES[choice].name for choice in choices].index(name) + 1) % len(choices)]
