"""The sessions in a folder."""

from contextlib import closing
from pathlib import Path

import pytest
from msgspec.structs import replace

from shuro_tui.core import commands as ask
from shuro_tui.core.model import Millis
from shuro_tui.core.session import decide
from shuro_tui.store import StorageError, Store, UnknownSession, delete, sessions
from tests.store.stored_session import START, at_work, new_session


def begun(folder: Path, session_id: str, created_at: Millis) -> Store:
    """A session at work, with a row that says something and one that does not."""
    store = Store.create(folder, replace(new_session(session_id), created_at=created_at))
    store.append(at_work(store.session))
    for row, name in (("r1", "ハローワーク"), ("r2", "")):
        command = ask.WriteRow("case-1", row, {"organisation": name})
        store.append(decide(store.session, command, START, "g1"))
    store.close()
    return store


def test_sessions_are_listed_newest_first(tmp_path: Path) -> None:
    """The last session is the first of the list, with what one needs to tell it from the others."""
    begun(tmp_path, "old", START)
    with closing(Store.open(begun(tmp_path, "new", Millis(START + 1)).path)) as newer:
        newer.append(decide(newer.session, ask.Finish(), START))
    listed = sessions(tmp_path)
    assert [(summary.id, summary.phase) for summary in listed] == [("new", "finished"), ("old", "running")]
    summary = listed[0]
    assert (summary.title, summary.groups, summary.rows, summary.path) == ("小さな講座", 2, 1, newer.path)
    assert not summary.damaged


def test_what_cannot_be_read_is_listed_as_damaged(tmp_path: Path) -> None:
    """A damaged file hides no other session; folders, drafts and files kept aside are none."""
    begun(tmp_path, "sound", START)
    (tmp_path / "torn.json").write_bytes(b"{")
    (tmp_path / ".sound.json.77.tmp").write_bytes(b"{")
    (tmp_path / "torn.json.damaged-1").write_bytes(b"{")
    (tmp_path / "folder.json").mkdir()
    assert {(summary.id, summary.damaged, summary.phase) for summary in sessions(tmp_path)} == {
        ("torn", True, None),
        ("sound", False, "running"),
    }


def test_no_folder_means_no_sessions(tmp_path: Path) -> None:
    """Before the first session there is nothing to list."""
    assert sessions(tmp_path / "none") == []


TRACES = (
    "{id}.json",
    "{id}.journal",
    "{id}.pulse",
    "{id}.json.damaged-1",
    "{id}.journal.damaged-12",
    ".{id}.json.77.tmp",
    ".{id}.journal.damaged-2.77.tmp",
)


def test_a_deleted_session_is_gone_with_every_trace(tmp_path: Path) -> None:
    """Neither file nor journal, nor what was damaged, nor what a killed writer left; other sessions stay whole."""
    for session_id in ("a", "a.json", "aa"):
        for trace in TRACES:
            (tmp_path / trace.format(id=session_id)).write_bytes(b"")
    delete(tmp_path, "a")
    left = {trace.format(id=session_id) for trace in TRACES for session_id in ("a.json", "aa")}
    assert {path.name for path in tmp_path.iterdir()} == left


def test_a_damaged_session_can_be_deleted(tmp_path: Path) -> None:
    """What the list shows can be deleted by the id that the list shows."""
    (tmp_path / "torn.json").write_bytes(b"{")
    delete(tmp_path, "torn")
    assert sessions(tmp_path) == []


def test_what_is_left_of_a_damaged_session_can_be_deleted(tmp_path: Path) -> None:
    """Though there is no file of it any more that could be listed."""
    (tmp_path / "torn.json.damaged-1").write_bytes(b"{")
    delete(tmp_path, "torn")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    "session_id", ["b", "", ".", "..", "*", "a/../a", "../outside/b", "/outside/b", "a\0", "A.JSON"]
)
def test_only_what_the_folder_lists_is_deleted(tmp_path: Path, session_id: str) -> None:
    """An id that no session has deletes nothing, wherever it points."""
    folder = tmp_path / "sessions"
    inside = begun(folder, "a", START).path
    outside = begun(tmp_path / "outside", "b", START).path
    with pytest.raises(UnknownSession):
        delete(folder, session_id)
    assert inside.exists()
    assert outside.exists()


def test_a_session_that_cannot_be_deleted_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The reason of the system is part of the message."""

    def fail(*_arguments: object, **_names: object) -> None:
        raise PermissionError(13, "Permission denied")

    path = begun(tmp_path, "a", START).path
    monkeypatch.setattr(Path, "unlink", fail)
    with pytest.raises(StorageError, match="Permission denied"):
        delete(tmp_path, "a")
    assert path.exists()
