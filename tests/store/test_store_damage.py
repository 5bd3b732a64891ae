"""Files that are no session."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from shuro_tui.core import commands as ask
from shuro_tui.core.events import CutOff, Heard
from shuro_tui.core.model import Millis
from shuro_tui.core.session import decide
from shuro_tui.store import DamagedSession, StorageError, Store, documents, load
from tests.store.stored_session import START, at_work, new_session

Spoil = Callable[[dict[str, Any]], object]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """The file of a session with an event of each kind that names something."""
    store = Store.create(tmp_path, new_session())
    store.append(at_work(store.session))
    for group, command in (
        (None, ask.AddTime(START)),
        (None, ask.MoveEnd(Millis(60_000))),
        (None, ask.GoToStep(1)),
        (None, ask.Replan("fewer", ((1, 1),), {1: 2})),
        (None, ask.Interrupt("question")),
        (None, ask.EndInterruption()),
        (None, ask.Announce("あと少し", "g1")),
        (None, ask.CloseCase("case-2", Millis(1_000))),
        (None, ask.CloseCase("case-2")),
        (None, ask.ReopenCase("case-2")),
        (None, ask.Reveal("case-1")),
        (None, ask.PutUp(ask.Display("case", "case-1"))),
        (None, ask.Undo()),
        ("g1", ask.WriteRow("case-1", "r1", {"organisation": "ハローワーク"})),
        ("g1", ask.WriteRow("case-1", "r2", {"organisation": "社協"})),
        ("g1", ask.WriteRow("case-1", "r3", {"organisation": "病院"})),
        ("g1", ask.DeleteRow("case-1", "r3")),
        ("g1", ask.Submit("case-1")),
        ("g1", ask.TakeBack("case-1")),
    ):
        store.append(decide(store.session, command, START, group))
    store.append([Heard(START, "pc", 3), CutOff(START, START)])
    store.append(decide(store.session, ask.Recover(count=True), START))
    store.close()
    return store.path


def kept_aside(path: Path, number: int = 1) -> Path:
    """Where a damaged file goes."""
    return path.with_name(f"{path.name}.damaged-{number}")


def spoiled(path: Path, spoil: Spoil) -> bytes:
    """Change what the file says, as somebody with an editor would, and return its bytes."""
    tables = json.loads(path.read_bytes())
    spoil(tables)
    path.write_text(json.dumps(tables), encoding="utf-8")
    return path.read_bytes()


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"{}",
        b"null",
        b"[]",
        b"\x00" * 4096,
        "整理シート".encode("shift_jis"),
        b'{"workshop": {"1": {"version": 1}}',
        b'{"workshop": {}, "groups": {}, "answers": {}, "timeline": {}}',
        b"[" * 100_000,
    ],
)
def test_a_file_that_is_no_session_is_kept_aside(path: Path, data: bytes) -> None:
    """Opened, it is moved beside where it was, byte for byte, and the message says where."""
    path.write_bytes(data)
    with pytest.raises(DamagedSession) as told:
        Store.open(path)
    assert str(kept_aside(path)) in str(told.value)
    assert kept_aside(path).read_bytes() == data
    assert not path.exists()


def test_any_cut_of_a_file_is_noticed(path: Path) -> None:
    """However short it was cut, the rest is no session."""
    whole = path.read_bytes()
    for length in range(0, len(whole), 97):
        path.write_bytes(whole[:length])
        with pytest.raises(DamagedSession):
            load(path)


def first(table: dict[str, Any], kind: str) -> dict[str, Any]:
    """The first event of a kind."""
    event: dict[str, Any] = next(event for event in table.values() if event["type"] == kind)
    return event


SPOILERS: dict[str, Spoil] = {
    "a table is missing": lambda tables: tables.pop("answers"),
    "a document has no number": lambda tables: tables["answers"].update(x=tables["answers"]["1"]),
    "a position is text": lambda tables: tables["answers"]["1"].update(position="0"),
    "a position is negative": lambda tables: tables["answers"]["1"].update(position=-1),
    "a moment is no number": lambda tables: tables["answers"]["1"].update(updated_at=float("nan")),
    "a moment is beyond the calendar": lambda tables: tables["workshop"]["1"].update(created_at=10**18),
    "an event is beyond the calendar": lambda tables: tables["timeline"]["1"].update(at=10**18),
    "a field is a number": lambda tables: tables["answers"]["1"]["fields"].update(content=1),
    "a field is of no column": lambda tables: tables["answers"]["1"]["fields"].update(colour="赤"),
    "a row is of no case": lambda tables: tables["answers"]["1"].update(case="case-9"),
    "a row is of no group": lambda tables: tables["answers"]["1"].update(group="g9"),
    "a row is there twice": lambda tables: tables["answers"].update({"9": tables["answers"]["1"]}),
    "a key is missing": lambda tables: tables["groups"]["1"].pop("key"),
    "heard is a list": lambda tables: tables["terminals"]["1"].update(heard=[]),
    "a terminal twice": lambda tables: tables["terminals"].update({"99": tables["terminals"]["1"]}),
    "there are two workshops": lambda tables: tables["workshop"].update({"2": tables["workshop"]["1"]}),
    "a workshop has no segments": lambda tables: tables["workshop"]["1"]["workshop"].update(segments=[]),
    "an event is unknown": lambda tables: tables["timeline"]["1"].update(type="exploded"),
    "a move leads nowhere": lambda tables: first(tables["timeline"], "moved").update(segment=9),
    "a move leads to no slide": lambda tables: first(tables["timeline"], "moved").update(slide=-1),
    "time is added to no segment": lambda tables: first(tables["timeline"], "time-added").update(segment=-1),
    "an undo undoes nothing": lambda tables: first(tables["timeline"], "started").update(type="undone"),
    "no such case is closed": lambda tables: first(tables["timeline"], "case-closed").update(case="case-9"),
    "no such case is revealed": lambda tables: first(tables["timeline"], "revealed").update(case="case-9"),
    "no such case is shown": lambda tables: first(tables["timeline"], "displayed")["display"].update(case="case-9"),
    "a message is for no group": lambda tables: first(tables["timeline"], "announced").update(group="g9"),
    "a message is longer than any": lambda tables: first(tables["timeline"], "announced").update(text="長" * 121),
    "a step is taken that is not there": lambda tables: first(tables["timeline"], "step-taken").update(step=2),
    "a length is beyond all": lambda tables: first(tables["timeline"], "time-added").update(amount=10**18),
    "an end is beyond all": lambda tables: first(tables["timeline"], "end-moved").update(amount=-(10**18)),
    "a plan has too few lengths": lambda tables: first(tables["timeline"], "replanned").update(lengths=[1]),
    "a plan has a length below zero": lambda tables: first(tables["timeline"], "replanned").update(lengths=[1, -1]),
    "a plan skips what is not there": lambda tables: first(tables["timeline"], "replanned").update(skipped=[[0, 2]]),
    "groups present where none do": lambda tables: first(tables["timeline"], "replanned").update(presenting={"0": 1}),
    "more groups present than there are": lambda tables: first(tables["timeline"], "replanned").update(
        presenting={"1": 9}
    ),
    "an interruption ends twice": lambda tables: first(tables["timeline"], "interrupted").update(
        type="interruption-ended"
    ),
    "a start is long before itself": lambda tables: first(tables["timeline"], "started").update(ago=10**9),
    "it starts twice": lambda tables: first(tables["timeline"], "moved").update(type="started"),
    "it is cut off before it was found": lambda tables: first(tables["timeline"], "cut-off").update(last=START + 1),
    "it is cut off twice": lambda tables: first(tables["timeline"], "recovered").update(type="cut-off", last=START),
    "it goes on though nobody has said how": lambda tables: first(tables["timeline"], "recovered").update(
        type="resumed"
    ),
    "it recovers from nothing": lambda tables: first(tables["timeline"], "cut-off").update(
        type="recovered", count=True
    ),
    "a workshop takes no time": lambda tables: tables["workshop"]["1"]["workshop"]["segments"][0].update(planned=0),
    "a step takes no time": lambda tables: tables["workshop"]["1"]["workshop"]["segments"][1]["steps"][0].update(
        planned=0
    ),
    "no such case is collected": lambda tables: first(tables["timeline"], "case-closing").update(case="case-9"),
    "a case is collected for ever": lambda tables: first(tables["timeline"], "case-closing").update(until=10**18),
    "a grace ends that never was": lambda tables: first(tables["timeline"], "case-closing").update(type="grace-ended"),
    "rows are kept of no case": lambda tables: tables["aside"]["1"].update(case="case-9"),
    "rows are kept of no group": lambda tables: tables["aside"]["1"].update(group="g9"),
    "rows are kept in two places": lambda tables: tables["aside"].update({"9": tables["aside"]["1"]}),
    "a deleted row has no such column": lambda tables: tables["aside"]["1"]["deleted"][0]["row"]["fields"].update(
        colour="赤"
    ),
    "a row was deleted beyond the calendar": lambda tables: tables["aside"]["1"]["deleted"][0].update(at=10**18),
    "a row was deleted from nowhere": lambda tables: tables["aside"]["1"]["deleted"][0].update(position=-1),
    "no such group submits": lambda tables: first(tables["timeline"], "sheet-submitted").update(group="g9"),
}


@pytest.mark.parametrize("spoil", SPOILERS.values(), ids=SPOILERS.keys())
def test_what_cannot_have_come_from_a_session_is_damage(path: Path, spoil: Spoil) -> None:
    """Wrong types and references that lead nowhere are told without a traceback; the bytes are kept."""
    data = spoiled(path, spoil)
    with pytest.raises(DamagedSession):
        Store.open(path)
    assert kept_aside(path).read_bytes() == data


def test_reading_a_damaged_file_leaves_it_where_it_is(path: Path) -> None:
    """Who only compares or exports moves nothing."""
    path.write_bytes(b"x")
    with pytest.raises(DamagedSession, match="evening"):
        load(path)
    assert list(path.parent.iterdir()) == [path]
    assert path.read_bytes() == b"x"


def test_no_damaged_file_is_overwritten_by_the_next(path: Path) -> None:
    """Each gets a number of its own."""
    for data in (b"x", b"y"):
        path.write_bytes(data)
        with pytest.raises(DamagedSession):
            Store.open(path)
    assert [kept_aside(path, number).read_bytes() for number in (1, 2)] == [b"x", b"y"]


def test_a_file_of_a_newer_version_is_no_damage(path: Path) -> None:
    """It is told as what it is, and stays where it is, whatever else is in it."""
    data = spoiled(
        path, lambda tables: (tables["workshop"]["1"].update(version=documents.FORMAT + 1), tables.pop("groups"))
    )
    with pytest.raises(StorageError):
        Store.open(path)
    assert path.read_bytes() == data


def test_a_file_that_is_not_there_is_told(tmp_path: Path) -> None:
    """A missing file is no damage."""
    with pytest.raises(StorageError, match="No such file"):
        Store.open(tmp_path / "none.json")


def test_a_damaged_file_that_cannot_be_moved_is_told(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the folder cannot be written, the file stays as it was."""

    def fail(*_arguments: object) -> None:
        raise PermissionError(13, "Permission denied")

    path.write_bytes(b"x")
    monkeypatch.setattr(Path, "rename", fail)
    with pytest.raises(StorageError, match="Permission denied"):
        Store.open(path)
    assert path.read_bytes() == b"x"
