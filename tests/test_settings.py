"""Where things lie and which language is spoken."""

from pathlib import Path

import pytest

from shuro_tui import settings


@pytest.mark.parametrize(
    ("arguments", "environment", "spoken"),
    [
        ([], {}, "ja"),
        ([], {"SHURO_TUI_LANG": "en"}, "en"),
        ([], {"SHURO_TUI_LANG": "fr"}, "ja"),
        (["run", "--lang", "en"], {}, "en"),
        (["--lang=en", "check"], {"SHURO_TUI_LANG": "ja"}, "en"),
        (["--lang"], {}, "ja"),
        ([], {"LANG": "en_US.UTF-8"}, "ja"),
    ],
)
def test_language(arguments: list[str], environment: dict[str, str], spoken: str) -> None:
    """The command line, else the environment's own variable, else Japanese, whatever LANG says."""
    assert settings.language(arguments, environment) == spoken


def test_data_folder(tmp_path: Path) -> None:
    """The option, else the variable, else the system's own place; `~` is the home."""
    assert settings.data_folder(str(tmp_path), {"SHURO_TUI_DATA": "/elsewhere"}) == tmp_path
    assert settings.data_folder(None, {"SHURO_TUI_DATA": str(tmp_path)}) == tmp_path
    assert settings.data_folder("~/x", {}) == Path.home() / "x"
    assert settings.data_folder(None, {}).is_absolute()


@pytest.mark.parametrize(
    ("chosen", "environment", "worn"),
    [
        (None, {}, "dark"),
        (None, {"SHURO_TUI_THEME": "light"}, "light"),
        (None, {"SHURO_TUI_THEME": "pink"}, "dark"),
        (None, {"SHURO_TUI_THEME": ""}, "dark"),
        ("contrast", {"SHURO_TUI_THEME": "light"}, "contrast"),
    ],
)
def test_theme(chosen: str | None, environment: dict[str, str], worn: str) -> None:
    """The option, else the variable; dark where neither names a theme."""
    assert settings.theme(chosen, environment) == worn


@pytest.mark.parametrize(
    ("environment", "coloured"), [({}, True), ({"NO_COLOR": ""}, True), ({"NO_COLOR": "1"}, False)]
)
def test_no_color(environment: dict[str, str], coloured: bool) -> None:
    """Any value of NO_COLOR but the empty one takes the colours away."""
    assert settings.coloured(environment) is coloured


def test_interfaces() -> None:
    """All there are, or those that are named."""
    assert settings.interfaces({}) == ()
    assert settings.interfaces({"SHURO_TUI_INTERFACES": "127.0.0.1 192.168.1.5"}) == ("127.0.0.1", "192.168.1.5")
