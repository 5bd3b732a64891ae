"""Where things lie and which language is spoken: read once from the environment and handed in."""

import os
from collections.abc import Mapping
from itertools import zip_longest
from pathlib import Path

from shuro_tui.i18n import DEFAULT, LANGUAGES

DEFAULT_PORT = 8470
DATA_VARIABLE = "SHURO_TUI_DATA"
LANGUAGE_VARIABLE = "SHURO_TUI_LANG"
THEME_VARIABLE = "SHURO_TUI_THEME"
INTERFACES_VARIABLE = "SHURO_TUI_INTERFACES"
THEMES = ("dark", "light", "contrast")
"""Colours of the screens, the first by default."""


def data_folder(chosen: str | None, environment: Mapping[str, str] = os.environ) -> Path:
    """The data folder: as chosen, else from the environment, else where this system keeps such things."""
    named = chosen or environment.get(DATA_VARIABLE)
    if named:
        return Path(named).expanduser().absolute()
    from platformdirs import user_data_path

    return user_data_path("shuro-tui", appauthor=False)


def language(arguments: list[str], environment: Mapping[str, str] = os.environ) -> str:
    """The language that the command line asks for, else the environment; Japanese unless either says English.

    Read ahead of the command line's own parser, whose words depend on it.
    """
    named = environment.get(LANGUAGE_VARIABLE, DEFAULT)
    for argument, following in zip_longest(arguments, arguments[1:], fillvalue=""):
        if argument == "--lang":
            named = following
        elif argument.startswith("--lang="):
            named = argument.removeprefix("--lang=")
    return named if named in LANGUAGES else DEFAULT


def theme(chosen: str | None = None, environment: Mapping[str, str] = os.environ) -> str:
    """The theme of the screens: as chosen, else from the environment; dark where that names none of ours."""
    named = chosen or environment.get(THEME_VARIABLE)
    return named if named in THEMES else THEMES[0]


def interfaces(environment: Mapping[str, str] = os.environ) -> tuple[str, ...]:
    """Addresses of the network interfaces on which hubs are announced and looked for; none: on all there are."""
    return tuple(environment.get(INTERFACES_VARIABLE, "").split())


def coloured(environment: Mapping[str, str] = os.environ) -> bool:
    """Whether colours are wanted: not where NO_COLOR has any value (https://no-color.org)."""
    return not environment.get("NO_COLOR")
