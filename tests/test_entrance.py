"""The way to a hub, and what is asked before."""

from pathlib import Path

import click
import pytest
from click.testing import CliRunner, Result

from shuro_tui.entrance import group_names, hub_at
from shuro_tui.errors import Mend
from shuro_tui.hub import nearby
from shuro_tui.hub.nearby import Found, NotHeard


def test_groups_have_names_or_numbers() -> None:
    """As they are given, else so many, else six."""
    assert group_names(None, ("赤", "青")) == ("赤", "青")
    assert group_names(2, ()) == ("1班", "2班")
    assert len(group_names(None, ())) == 6


def test_a_groups_name_is_text() -> None:
    """Nothing in it moves a cursor or turns a line around, and it is one line."""
    assert group_names(None, ("\x1b[31m赤\x1b[0m  組\n", "\u202e青")) == ("赤 組", "青")


@pytest.mark.parametrize("names", [("赤", "赤"), ("赤", "赤\x00"), ("赤", "\x1b[0m"), ("",)])
def test_names_that_are_not_told_apart(names: tuple[str, ...]) -> None:
    """Are to be mended, also where they differ only in what nobody sees."""
    with pytest.raises(Mend):
        group_names(None, names)


def test_a_number_or_names() -> None:
    """Both together are a slip."""
    with pytest.raises(Mend):
        group_names(2, ("赤",))


HUBS = [Found("午前の回", "192.168.1.5", 8470), Found("午後の回", "192.168.1.6", 8471)]


def looked(folder: Path, typed: str, code: str | None = None) -> Result:
    """What is told to whoever joins without an address, and the address in the end."""

    @click.command()
    def join() -> None:
        click.echo(repr(tuple(hub_at(None, folder, code)())))

    return CliRunner().invoke(join, input=typed, standalone_mode=False)


def test_hubs_of_the_network_are_listed_to_choose_from(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """By title and place; the first by default, and only what is on the list."""
    monkeypatch.setattr(nearby, "find", lambda _interfaces: HUBS)
    listed = looked(tmp_path, "2\n", "1234")
    assert listed.stdout.splitlines()[-1] == "('192.168.1.6', 8471, '1234')"
    for hub in HUBS:
        assert f"{hub.host}:{hub.port}  {hub.title}" in listed.stderr
    assert "('192.168.1.5', 8470, '')" in looked(tmp_path, "\n").stdout
    assert "('192.168.1.6', 8471, '')" in looked(tmp_path, "3\n0\n2\n").stdout
    assert isinstance(looked(tmp_path, "").exception, click.Abort)


def test_what_to_do_where_no_hub_is_found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Or where none can be looked for: name it by hand."""
    monkeypatch.setattr(nearby, "find", lambda _interfaces: [])
    nothing = looked(tmp_path, "")
    assert isinstance(nothing.exception, Mend)

    def deaf(_interfaces: tuple[str, ...]) -> list[Found]:
        raise NotHeard

    monkeypatch.setattr(nearby, "find", deaf)
    unheard = looked(tmp_path, "")
    assert isinstance(unheard.exception, Mend)
    assert unheard.exception.message != nothing.exception.message
    for told in (nothing, unheard):
        assert "HOST:PORT" in str(told.exception)


def test_a_typed_address_is_not_looked_for(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It is taken as it is."""
    monkeypatch.setattr(nearby, "find", None)
    assert tuple(hub_at("192.168.1.5", tmp_path, "1")()) == ("192.168.1.5", 8470, "1")
