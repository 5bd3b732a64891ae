"""Every word for a person is there in Japanese and in English."""

import ast
import string
from collections.abc import Iterator
from pathlib import Path

import pytest
from babel.messages import pofile
from babel.messages.catalog import Catalog

import shuro_tui
from shuro_tui import i18n

PACKAGE = Path(shuro_tui.__file__).parent
JAPANESE = PACKAGE / "locale" / "ja" / "LC_MESSAGES" / "shuro_tui.po"


def calls(path: Path) -> Iterator[ast.Call]:
    """The marked messages of a module."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in ("_", "N_"):
            yield node


@pytest.fixture(scope="module")
def messages() -> set[str]:
    """Every message that the code marks."""
    marked = [call.args[0] for path in PACKAGE.rglob("*.py") for call in calls(path)]
    return {text.value for text in marked if isinstance(text, ast.Constant) and isinstance(text.value, str)}


@pytest.fixture(scope="module")
def catalog() -> Catalog:
    """The Japanese translations."""
    with JAPANESE.open("rb") as file:
        return pofile.read_po(file, locale="ja")


def test_everything_is_translated(catalog: Catalog, messages: set[str]) -> None:
    """No message of the code is without its Japanese."""
    assert sorted(message for message in messages if message not in catalog or not catalog[message].string) == []


def test_nothing_is_translated_in_vain(catalog: Catalog, messages: set[str]) -> None:
    """No translation is left of a message that the code no longer has."""
    assert sorted(str(message.id) for message in catalog if message.id and message.id not in messages) == []


def test_what_runs_is_what_was_written(catalog: Catalog) -> None:
    """The compiled catalogue that the program reads says what the text file says."""
    i18n.use("ja")
    for message in catalog:
        if message.id:
            assert i18n._(str(message.id)) == message.string


def names(text: str) -> set[str]:
    """The places that a message leaves open."""
    return {name.split("!")[0] for _text, name, _spec, _conversion in string.Formatter().parse(text) if name}


def test_translations_have_the_same_places(catalog: Catalog) -> None:
    """What a message fills in, its translation fills in as well."""
    for message in catalog:
        if message.id:
            assert names(str(message.id)) == names(str(message.string)), message.id


def test_no_message_is_filled_in_before_it_is_translated() -> None:
    """A formatted string cannot be looked up: `_(f"…")` would never be translated."""
    formatted = [
        f"{path.name}:{call.lineno}"
        for path in PACKAGE.rglob("*.py")
        for call in calls(path)
        if isinstance(call.args[0], ast.JoinedStr | ast.BinOp)
    ]
    assert formatted == []
