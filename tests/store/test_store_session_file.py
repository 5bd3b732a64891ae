"""A session and its file."""

import json
import os
import resource
import stat
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

import msgspec
import pytest
from hypothesis import given, settings
from msgspec.structs import replace
from tinydb import TinyDB

from shuro_tui.core import commands as ask
from shuro_tui.core.aside import Aside
from shuro_tui.core.events import Heard
from shuro_tui.core.model import Millis
from shuro_tui.core.session import Session, decide
from shuro_tui.store import SessionExists, StorageError, Store, journal, load
from shuro_tui.store.documents import FORMAT
from shuro_tui.store.storage import read
from tests.store.stored_session import (
    GROUPS,
    START,
    Asked,
    at_work,
    happened,
    new_session,
    steps,
    without_blank_sheets,
    workshop,
)


def write(store: Store, row: str, name: str, group: str = "g1", position: int = 100) -> None:
    """A group writes a row of the first case."""
    command = ask.WriteRow("case-1", row, {"organisation": name, "content": "相談"}, position)
    store.append(decide(store.session, command, START, group))


def documents(path: Path, table: str) -> list[dict[str, object]]:
    """What a table holds on the disk, in file and journal."""
    return [msgspec.json.decode(document) for document in read(path).tables[table].values()]


def stock(path: Path, table: str) -> list[dict[str, object]]:
    """What stock TinyDB finds in a table."""
    with TinyDB(path, encoding="utf-8") as database:
        return [dict(document) for document in database.table(table).all()]


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    """A session at work on its cases."""
    store = Store.create(tmp_path, new_session())
    store.append(at_work(store.session))
    yield store
    store.close()


@settings(max_examples=60, deadline=None)
@given(evening=steps)
def test_a_session_reads_back_as_it_was(evening: list[Asked | None]) -> None:
    """Whatever was asked for in whatever order, the session that is opened again equals the one that was stored."""
    with TemporaryDirectory() as folder:
        with closing(Store.create(Path(folder), new_session())) as store:
            for now, step in enumerate(evening, START):
                store.append(happened(store.session, step, Millis(now)))
            killed = load(store.path)
        with closing(Store.open(store.path)) as again:
            for opened in (killed, load(store.path), again.session):
                assert without_blank_sheets(opened) == without_blank_sheets(store.session)
                assert replace(opened, sheets={}) == replace(store.session, sheets={})


@settings(max_examples=40, deadline=None)
@given(evening=steps)
def test_answers_are_the_rows_one_for_one(evening: list[Asked | None]) -> None:
    """The table of answers holds each row of each sheet once, with its position from 0."""
    with TemporaryDirectory() as folder, closing(Store.create(Path(folder), new_session())) as store:
        store.append(at_work(store.session))
        for now, step in enumerate(evening, START):
            store.append(happened(store.session, step, Millis(now)))
        stored = {
            (document["case"], document["group"], document["position"]): (document["row"], document["fields"])
            for document in documents(store.path, "answers")
        }
        assert stored == {
            (*place, position): (row.id, row.fields)
            for place, sheet in store.session.sheets.items()
            for position, row in enumerate(sheet.rows)
        }


def test_what_is_not_on_a_sheet_is_kept_beside_it(store: Store) -> None:
    """Rows that were deleted, and those that came after closing: one document a sheet, and none without any."""
    write(store, "r1", "ハローワーク")
    assert documents(store.path, "aside") == []
    store.append(decide(store.session, ask.DeleteRow("case-1", "r1"), START, "g1"))
    store.append(decide(store.session, ask.CloseCase("case-1"), START))
    write(store, "r2", "近所の喫茶店")
    (document,) = documents(store.path, "aside")
    aside = msgspec.convert(document, Aside)
    assert [deleted.row.id for deleted in aside.deleted] == ["r1"]
    assert [late.row.id for late in aside.late] == ["r2"]
    assert load(store.path).aside == store.session.aside
    store.append(decide(store.session, ask.TakeLate("case-1", "g1"), START))
    store.append(decide(store.session, ask.BringBack("case-1", "g1", "r1"), START))
    assert load(store.path) == store.session
    assert [row.id for row in store.session.sheet("case-1", "g1").rows] == ["r1", "r2"]


def test_stock_tinydb_opens_the_file_after_the_end(store: Store) -> None:
    """The five tables are there for whoever opens the file with TinyDB and nothing of ours, and there is no journal."""
    write(store, "r1", "ハローワーク")
    write(store, "r2", "近所の喫茶店", position=0)
    store.close()
    assert list(store.path.parent.iterdir()) == [store.path]
    assert stock(store.path, "answers") == [
        {
            "case": "case-1",
            "group": "g1",
            "position": 1,
            "row": "r1",
            "fields": {"organisation": "ハローワーク", "content": "相談", "whom": ""},
            "organisation": "hw",
            "updated_at": START,
            "revision": "",
            "duplicate_of": "",
        },
        {
            "case": "case-1",
            "group": "g1",
            "position": 0,
            "row": "r2",
            "fields": {"organisation": "近所の喫茶店", "content": "相談", "whom": ""},
            "organisation": None,
            "updated_at": START,
            "revision": "",
            "duplicate_of": "",
        },
    ]
    assert [event["type"] for event in stock(store.path, "timeline")] == ["started", "moved"]
    (about,) = stock(store.path, "workshop")
    assert (about["id"], about["created_at"], about["version"]) == ("evening", START, FORMAT)
    assert [group["name"] for group in stock(store.path, "groups")] == ["1班", "2班"]


def test_a_row_keeps_its_document_when_it_moves(store: Store) -> None:
    """A change of position changes the document of the row in its place."""
    write(store, "r1", "ハローワーク")
    write(store, "r2", "社協")
    store.append(decide(store.session, ask.MoveRow("case-1", "r2", 0), START, "g1"))
    assert [(document["row"], document["position"]) for document in documents(store.path, "answers")] == [
        ("r1", 1),
        ("r2", 0),
    ]


def test_what_terminals_sent_last_is_kept_by_terminal(store: Store) -> None:
    """One document for each terminal, which later ones replace; after opening again too."""
    store.append([Heard(START, "tablet", 7), Heard(START, "pc", 3)])
    store.append([Heard(START, "tablet", 2)])
    store.close()
    with closing(Store.open(store.path)) as again:
        again.append([Heard(START, "pc", 4), Heard(START, "phone", 1)])
    kept = [{"id": "tablet", "heard": 2}, {"id": "pc", "heard": 4}, {"id": "phone", "heard": 1}]
    assert documents(store.path, "terminals") == kept
    assert load(store.path).heard == {"tablet": 2, "pc": 4, "phone": 1}


def test_nothing_happened_writes_nothing(store: Store) -> None:
    """An append of no events leaves the journal alone."""
    before = journal.place(store.path).read_bytes()
    assert store.append(()) == store.session
    assert journal.place(store.path).read_bytes() == before


def test_the_file_is_for_its_user_alone(store: Store) -> None:
    """Names of groups and what they wrote are nobody else's to read."""
    write(store, "r1", "ハローワーク")
    for path in (store.path, journal.place(store.path)):
        assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_the_folder_is_made_when_there_is_none(tmp_path: Path) -> None:
    """A new data directory is made for this user alone."""
    Store.create(tmp_path / "a" / "b", new_session()).close()
    assert stat.S_IMODE((tmp_path / "a" / "b").stat().st_mode) == 0o700


def test_a_session_that_exists_is_never_written_over(store: Store) -> None:
    """An id is given once."""
    before = store.path.read_bytes()
    with pytest.raises(SessionExists):
        Store.create(store.path.parent, new_session())
    assert store.path.read_bytes() == before


@pytest.mark.parametrize("session_id", ["", ".", "..", "../evening", "/etc/passwd", "a\\b", "a\0b", "a\nb", "x" * 200])
def test_an_id_that_is_no_file_name_is_refused(tmp_path: Path, session_id: str) -> None:
    """No id leads out of the folder."""
    with pytest.raises(StorageError):
        Store.create(tmp_path / "sessions", new_session(session_id))
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_cannot_be_made_is_told(tmp_path: Path) -> None:
    """Where a file stands in the way of the folder, a message says so."""
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(StorageError, match="file"):
        Store.create(tmp_path / "file", new_session())


@contextmanager
def no_room(at_most: int) -> Iterator[None]:
    """No file may grow beyond that: the system refuses the write half-way."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (at_most, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


def test_a_full_disk_changes_nothing(store: Store) -> None:
    """A write that fails is told; session, file and folder stay as they were, and the next one works again."""
    write(store, "r1", "ハローワーク")
    session, data = store.session, journal.place(store.path).read_bytes().rstrip(b"\0")
    with no_room(len(data) + 100), pytest.raises(StorageError):
        write(store, "r2", "社協")
    assert store.session is session
    assert journal.place(store.path).read_bytes() == data
    write(store, "r3", "保健所")
    assert [row.id for row in load(store.path).sheet("case-1", "g1").rows] == ["r1", "r3"]


@pytest.mark.parametrize("call", ["fdatasync", "open"])
def test_each_step_of_a_write_may_fail(store: Store, monkeypatch: pytest.MonkeyPatch, call: str) -> None:
    """Whichever call to the system fails, the next append has everything but what was refused."""
    store.close()
    store = Store.open(store.path)

    def fail(*_arguments: object) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(os, call, fail)
        with pytest.raises(StorageError, match="No space left"):
            write(store, "r1", "ハローワーク")
    write(store, "r2", "社協")
    assert load(store.path).sheets == store.session.sheets
    assert [row.id for row in store.session.sheet("case-1", "g1").rows] == ["r2"]
    store.close()


def test_what_json_cannot_hold_is_refused_whole(store: Store) -> None:
    """Text that is no Unicode raises before anything is written, and the store works on."""
    with pytest.raises(UnicodeEncodeError):
        write(store, "\ud800", "ハローワーク")
    write(store, "r1", "ハローワーク")
    assert load(store.path).sheets == store.session.sheets


def test_tables_of_others_are_left_alone(store: Store) -> None:
    """What somebody else put into the file with TinyDB is still there after an append."""
    store.close()
    with TinyDB(store.path, encoding="utf-8") as database:
        database.table("memo").insert({"text": "次回"})
    with closing(Store.open(store.path)) as again:
        write(again, "r1", "ハローワーク")
    assert stock(store.path, "memo") == [{"text": "次回"}]


def test_a_group_without_a_key_has_none_afterwards(tmp_path: Path) -> None:
    """Keys come back as they were given, none included."""
    session = Session.new("keyless", workshop(), GROUPS, {"g2": "secret"}, START)
    assert load(Store.create(tmp_path, session).path) == session


def test_the_file_is_plain_json(store: Store) -> None:
    """Any JSON reader can read it as UTF-8."""
    assert json.loads(store.path.read_text(encoding="utf-8"))["groups"]["1"]["name"] == "1班"
