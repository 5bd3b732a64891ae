"""The READMEs say what the program does: the parts on verbs and keys are made from it."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from shuro_tui import i18n
from shuro_tui.i18n import _
from shuro_tui.tui import keys

ROOT = Path(__file__).parent.parent
READMES = {"en": ROOT / "README.md", "ja": ROOT / "README.ja.md"}
HEADS = {"en": ("Key", "Command", "What it does"), "ja": ("キー", "操作", "働き")}
VERBS = (
    "run",
    "join",
    "screen",
    "hub",
    "check",
    "new",
    "slides",
    "sheets",
    "import",
    "rehearse",
    "sessions",
    "compare",
    "times",
    "plan",
    "export",
)


def verbs_section(language: str) -> str:
    """What `--help` says of every verb."""
    texts = []
    for verb in VERBS:
        done = subprocess.run(
            [sys.executable, "-m", "shuro_tui", verb, "--help"],
            check=True,
            capture_output=True,
            encoding="utf-8",
            env={**os.environ, "SHURO_TUI_LANG": language, "COLUMNS": "100"},
        )
        texts.append(done.stdout.rstrip())
    return "```text\n" + "\n\n".join(texts) + "\n```"


def keys_section(language: str) -> str:
    """A table a screen, from the table of keys."""
    parts = []
    for title, actions in keys.SCREENS.items():
        rows = [
            f"| {' / '.join(keys.key_name(key) for key in action.keys)} | {_(action.label)} | {_(action.help)} |"
            for action in actions
        ]
        head = f"| {' | '.join(HEADS[language])} |"
        parts.append("\n".join((f"**{_(title)}**", "", head, "| --- | --- | --- |", *rows)))
    return "\n\n".join(parts)


def written(text: str, name: str, section: str) -> str:
    """The README with that section in its place."""
    return re.sub(
        rf"(<!-- {name} -->\n).*(<!-- /{name} -->)", lambda m: f"{m[1]}{section}\n{m[2]}", text, flags=re.DOTALL
    )


@pytest.mark.parametrize("language", READMES)
def test_readme_is_made_from_the_program(language: str) -> None:
    """Every verb, option and key of the program stands in the README as it is; GOLDENS=write brings it up to date."""
    i18n.use(language)
    path = READMES[language]
    text = path.read_text(encoding="utf-8")
    expected = written(written(text, "verbs", verbs_section(language)), "keys", keys_section(language))
    if os.environ.get("GOLDENS") == "write":
        path.write_text(expected, encoding="utf-8")
        text = expected
    assert text == expected


def test_both_readmes_open_with_the_same_two_commands() -> None:
    """Whoever reads either README types the same commands."""
    commands = [
        re.findall(r"^python3 -m venv .*$", path.read_text(encoding="utf-8"), re.MULTILINE) for path in READMES.values()
    ]
    assert commands[0] == commands[1]
    assert len(commands[0]) == 2


def test_pictures_of_the_readme_are_there() -> None:
    """No README shows a picture that the project does not hold."""
    for path in READMES.values():
        for picture in re.findall(r"!\[.*?\]\((.*?)\)", path.read_text(encoding="utf-8")):
            assert (ROOT / picture).is_file(), picture
