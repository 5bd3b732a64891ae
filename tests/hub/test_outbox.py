"""What a terminal wrote and the hub has not acknowledged."""

import shutil
import stat
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from shuro_tui.core import commands as ask
from shuro_tui.core.commands import GroupCommand
from shuro_tui.core.session import Session, apply, decide
from shuro_tui.hub.outbox import Outbox, forget_session, knows
from shuro_tui.hub.protocol import Do
from tests.workshops import START, at_work, cases, positions, row, row_ids

ADDRESS = "127.0.0.1:8470"


@pytest.fixture
def outbox(tmp_path: Path) -> Iterator[Outbox]:
    """A terminal's place, let into its group."""
    outbox = Outbox.new(tmp_path / "outbox", ADDRESS, "evening", "g1")
    outbox.admitted("key-g1", 0)
    yield outbox
    outbox.close(leaving=False)


def on_disk(folder: Path) -> dict[str, Any]:
    """The only place's file."""
    (path,) = folder.glob("*.json")
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    kept = msgspec.json.decode(path.read_bytes())
    assert isinstance(kept, dict)
    return kept


def numbers(outbox: Outbox) -> list[int]:
    """The numbers of what is not acknowledged."""
    return [do.number for do in outbox.pending]


def texts(outbox: Outbox) -> list[str]:
    """The organisations of the rows that are not acknowledged."""
    return [do.command.fields["organisation"] for do in outbox.pending if isinstance(do.command, ask.WriteRow)]


def test_every_change_is_durable_before_anything_else(outbox: Outbox, tmp_path: Path) -> None:
    """The file holds it as soon as `add` is back; what is acknowledged is gone from it with the next change."""
    wanted: list[GroupCommand] = [row("r1", "職安"), ask.DeleteRow("a", "r1"), ask.Submit("a")]
    for number, command in enumerate(wanted, 1):
        outbox.add(command, 0)
        kept = on_disk(tmp_path / "outbox")
        assert msgspec.convert(kept["pending"], list[Do])[-1] == Do(number, command)
        assert kept["numbered"] == number
    outbox.done(2)
    outbox.add(ask.Submit("b"), 0)
    assert [do["number"] for do in on_disk(tmp_path / "outbox")["pending"]] == [1, 3, 4]


def test_it_outlives_its_process(outbox: Outbox, tmp_path: Path) -> None:
    """Another finds the place with all that was not acknowledged, and counts on."""
    outbox.add(row("r1", "職安"), 0)
    outbox.close(leaving=True)
    again = Outbox.take(tmp_path / "outbox", session="evening")
    assert again is not None
    assert (again.group, again.key, again.terminal) == ("g1", "key-g1", outbox.terminal)
    again.add(row("r2", "JC"), 0)
    assert numbers(again) == [1, 2]
    again.close(leaving=False)


def test_newer_text_takes_the_place_of_older(outbox: Outbox) -> None:
    """Under the same number, and the row stays where the older change put it."""
    outbox.add(replace(row("r1", "ハ"), position=3), 0)
    outbox.add(replace(row("r1", "ハロー"), position=9), 0)
    assert numbers(outbox) == [1]
    (do,) = outbox.pending
    assert do.command == replace(row("r1", "ハロー"), position=3)


def test_what_is_under_way_is_left_alone(outbox: Outbox) -> None:
    """The hub may have it already: newer text gets a number of its own, and may itself be superseded."""
    outbox.add(row("r1", "ハ"), 0)
    outbox.add(row("r1", "ハロー"), 1)
    outbox.add(row("r1", "ハローワーク"), 1)
    assert (numbers(outbox), texts(outbox)) == ([1, 2], ["ハ", "ハローワーク"])


def test_what_another_process_may_have_sent_is_left_alone(outbox: Outbox, tmp_path: Path) -> None:
    """It may have been killed in the middle of that, and the hub may hear it only now."""
    outbox.add(row("r1", "ハ"), 0)
    outbox.close(leaving=False)
    again = Outbox.take(tmp_path / "outbox")
    assert again is not None
    again.add(row("r1", "ハロー"), 0)
    again.add(row("r1", "ハローワーク"), 0)
    assert (numbers(again), texts(again)) == ([1, 2], ["ハ", "ハローワーク"])
    again.close(leaving=False)


def test_only_the_same_row_is_superseded(outbox: Outbox) -> None:
    """Not another row, not the same id in another case, not across another change."""
    outbox.add(row("r1", "一"), 0)
    outbox.add(row("r2", "二"), 0)
    outbox.add(row("r2", "三", case="b"), 0)
    outbox.add(ask.DeleteRow("a", "r1"), 0)
    outbox.add(row("r1", "四"), 0)
    assert numbers(outbox) == [1, 2, 3, 4, 5]


def test_newer_text_passes_what_is_about_other_rows(outbox: Outbox) -> None:
    """But not the settling of duplicates, which may be about any row."""
    outbox.add(row("r1", "ハ", revision="1"), 0)
    outbox.add(row("r2", "包括", revision="2"), 0)
    outbox.add(ask.Submit("a"), 0)
    outbox.add(row("r1", "ハロー", revision="3", made_from="1"), 0)
    assert (numbers(outbox), texts(outbox)) == ([1, 2, 3], ["ハロー", "包括"])
    outbox.add(ask.Settle("a", "r9", "this"), 0)
    outbox.add(row("r1", "ハローワーク", revision="4", made_from="3"), 0)
    assert (numbers(outbox), texts(outbox)) == ([1, 2, 3, 4, 5], ["ハロー", "包括", "ハローワーク"])


def test_newer_text_was_made_from_what_the_older_was(outbox: Outbox) -> None:
    """What the hub never heard of is nothing to be made from; a text made from another's is a change of its own."""
    outbox.add(row("r1", "ハ", revision="1", made_from="0"), 0)
    outbox.add(row("r1", "ハロー", revision="2", made_from="1"), 0)
    assert [do.command for do in outbox.pending] == [row("r1", "ハロー", revision="2", made_from="0")]
    outbox.add(row("r1", "職安", revision="3", made_from="another's"), 0)
    assert numbers(outbox) == [1, 2]


def test_what_was_made_from_a_refused_text(outbox: Outbox) -> None:
    """Is as if it had been made from what that was made from; all else stays as it is."""
    outbox.add(row("r1", "ハ", revision="1", made_from="0"), 0)
    outbox.add(row("r1", "ハロー", revision="2", made_from="1"), 1)
    outbox.add(ask.DeleteRow("a", "r1", "2"), 1)
    outbox.add(ask.Submit("a"), 1)
    kept = outbox.pending
    outbox.done(1, refused=True)
    assert [do.command for do in outbox.pending] == [
        row("r1", "ハロー", revision="2", made_from="0"),
        *(do.command for do in kept[2:]),
    ]


def test_being_let_in_drops_what_the_hub_has_heard(outbox: Outbox, tmp_path: Path) -> None:
    """And counting goes on after it, even where this machine knew less."""
    for number in range(3):
        outbox.add(row(f"r{number}", "一"), 0)
    outbox.admitted("another key", 2)
    assert (numbers(outbox), outbox.key) == ([3], "another key")
    outbox.admitted("another key", 7)
    outbox.add(row("r8", "一"), 0)
    assert numbers(outbox) == [8]
    assert on_disk(tmp_path / "outbox")["key"] == "another key"


def test_two_never_speak_as_one(outbox: Outbox, tmp_path: Path) -> None:
    """While one holds a place, it is not there for another, in this process or in another."""
    outbox.add(row("r1", "一"), 0)
    assert Outbox.take(tmp_path / "outbox", session="evening") is None
    look = (
        "import sys; from pathlib import Path; from shuro_tui.hub.outbox import Outbox;"
        "print(Outbox.take(Path(sys.argv[1]), session='evening'))"
    )
    command = [sys.executable, "-c", look, str(tmp_path / "outbox")]
    assert subprocess.run(command, capture_output=True, text=True, check=True).stdout == "None\n"


def test_each_terminal_has_a_place_of_its_own(outbox: Outbox, tmp_path: Path) -> None:
    """Two terminals of one machine do not mix, and each finds what it asks for."""
    other = Outbox.new(tmp_path / "outbox", "10.0.0.1:1", "morning", "g2")
    other.admitted("", 0)
    assert other.terminal != outbox.terminal
    other.close(leaving=False)
    outbox.close(leaving=False)
    for wanted in ({"address": "10.0.0.1:1"}, {"session": "morning"}, {"group": "g2"}):
        found = Outbox.take(tmp_path / "outbox", **wanted)
        assert found is not None
        assert found.group == "g2"
        found.close(leaving=False)
    assert Outbox.take(tmp_path / "outbox", session="morning", group="g1") is None


def test_a_place_is_known_by_its_address(outbox: Outbox, tmp_path: Path) -> None:
    """Even while somebody is at it."""
    assert outbox.group
    assert knows(tmp_path / "outbox", ADDRESS)
    assert not knows(tmp_path / "outbox", "10.0.0.1:1")
    assert not knows(tmp_path / "nowhere", ADDRESS)


def test_leaving_for_good_leaves_nothing(outbox: Outbox, tmp_path: Path) -> None:
    """Unless something is not acknowledged."""
    outbox.add(row("r1", "一"), 0)
    outbox.close(leaving=True)
    assert on_disk(tmp_path / "outbox")["pending"]
    again = Outbox.take(tmp_path / "outbox")
    assert again is not None
    again.done(1)
    again.close(leaving=True)
    assert list((tmp_path / "outbox").iterdir()) == []


def test_a_session_is_forgotten(outbox: Outbox, tmp_path: Path) -> None:
    """With what is not acknowledged; other sessions and places in use stay."""
    folder = tmp_path / "outbox"
    for session in ("morning", "evening", "evening"):
        other = Outbox.new(folder, ADDRESS, session, "g2")
        other.admitted("", 0)
        other.add(row("r1", "一"), 0)
        other.close(leaving=False)
    forget_session(folder, "evening")
    left = sorted(msgspec.json.decode(path.read_bytes())["session"] for path in folder.glob("*.json"))
    assert left == ["evening", "morning"]
    outbox.close(leaving=False)
    forget_session(folder, "evening")
    assert on_disk(folder)["session"] == "morning"
    forget_session(tmp_path / "nowhere", "evening")


def test_what_cannot_be_written_is_still_sent(outbox: Outbox, tmp_path: Path) -> None:
    """The trouble is told, the change waits in memory; once there is a folder again, all is written."""
    shutil.rmtree(tmp_path / "outbox")
    outbox.add(row("r1", "一"), 0)
    assert outbox.trouble == "No such file or directory"
    assert numbers(outbox) == [1]
    (tmp_path / "outbox").mkdir()
    outbox.add(row("r2", "二"), 0)
    assert outbox.trouble == ""
    assert [do["number"] for do in on_disk(tmp_path / "outbox")["pending"]] == [1, 2]


@pytest.mark.parametrize("damaged", [b"", b"{", b"[]", b'{"address":1}', b"\xff\xfe", b"\x00" * 100])
def test_a_damaged_place_is_passed_over(damaged: bytes, tmp_path: Path) -> None:
    """It keeps nobody from coming in, and is not taken for another."""
    (tmp_path / "0.json").write_bytes(damaged)
    assert Outbox.take(tmp_path) is None
    outbox = Outbox.new(tmp_path, ADDRESS, "evening", "g1")
    outbox.admitted("", 0)
    outbox.close(leaving=False)
    found = Outbox.take(tmp_path)
    assert found is not None
    assert found.terminal == outbox.terminal
    found.close(leaving=False)


def test_a_folder_that_cannot_be_used(tmp_path: Path) -> None:
    """There is nothing to take, and a new place cannot be made."""
    (tmp_path / "file").write_bytes(b"")
    assert Outbox.take(tmp_path / "file") is None
    with pytest.raises(OSError, match="exists"):
        Outbox.new(tmp_path / "file", ADDRESS, "evening", "g1")
    (tmp_path / "0.json").write_bytes(b"{}")
    (tmp_path / "0.lock").mkdir()
    assert Outbox.take(tmp_path) is None


commands: st.SearchStrategy[GroupCommand] = st.one_of(
    st.builds(
        ask.WriteRow, cases, row_ids, st.builds(lambda text: {"organisation": text}, st.text(max_size=2)), positions
    ),
    st.builds(ask.DeleteRow, cases, row_ids),
    st.builds(ask.Submit, cases),
)
changes = st.lists(st.tuples(commands, st.booleans()), max_size=20)


@settings(max_examples=50, deadline=None)
@given(changes)
def test_superseding_loses_nothing(tmp_path_factory: pytest.TempPathFactory, changed: list[tuple[Any, bool]]) -> None:
    """However changes were merged, and whichever were under way, the sheet becomes what it would have without."""
    outbox = Outbox.new(tmp_path_factory.mktemp("outbox"), ADDRESS, "evening", "g1")
    straight = merged = at_work()
    under_way = 0
    for command, sent in changed:
        outbox.add(command, under_way)
        straight = _taken(straight, command)
        if sent:
            under_way = outbox.pending[0].number
            merged = _taken(merged, outbox.pending[0].command)
            outbox.done(under_way)
    for do in outbox.pending:
        merged = _taken(merged, do.command)
    outbox.forget()
    assert {each: sheet for each, sheet in merged.sheets.items() if sheet.rows} == {
        each: sheet for each, sheet in straight.sheets.items() if sheet.rows
    }


def _taken(session: Session, command: Any) -> Session:
    for event in decide(session, command, START, "g1"):
        session = apply(session, event)
    return session
