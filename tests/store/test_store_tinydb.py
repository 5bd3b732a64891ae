"""The ordinary TinyDB API over a journal."""

from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tinydb import Query, TinyDB, where
from tinydb.operations import increment
from tinydb.storages import JSONStorage, MemoryStorage
from tinydb.table import Document

from shuro_tui.store import journal
from shuro_tui.store.storage import Database, JournalStorage, read

_documents = st.fixed_dictionaries(
    {"n": st.integers(0, 3), "text": st.text(st.characters(exclude_categories=["Cs"]), max_size=5)},
    optional={"more": st.lists(st.dictionaries(st.sampled_from("ab"), st.integers(), max_size=2), max_size=2)},
)
_n = st.integers(0, 3)
_ids = st.lists(st.integers(1, 6), max_size=3, unique=True)
_steps = st.one_of(
    st.tuples(st.just("insert"), _documents),
    st.tuples(st.just("insert_multiple"), st.lists(_documents, max_size=3)),
    st.tuples(st.just("insert"), st.builds(Document, _documents, st.integers(1, 9))),
    st.tuples(st.just("upsert"), _documents, _n.map(lambda n: where("n") == n)),
    st.tuples(st.just("upsert"), st.builds(Document, _documents, st.integers(1, 9))),
    st.tuples(st.just("update"), _documents, _n.map(lambda n: where("n") == n)),
    st.tuples(st.just("update"), st.just(increment("n")), st.none(), _ids),
    st.tuples(st.just("update"), st.just({"text": "全部"})),
    st.tuples(st.just("remove"), _n.map(lambda n: where("n") == n)),
    st.tuples(st.just("remove"), st.none(), _ids),
    st.tuples(st.just("search"), _n.map(lambda n: where("n") == n)),
    st.tuples(st.just("get"), _n.map(lambda n: Query().n == n)),
    st.tuples(st.just("count"), _n.map(lambda n: where("n") >= n)),
    st.tuples(st.just("truncate")),
    st.tuples(st.just("all")),
)


def kept(path: Path) -> dict[str, list[dict[str, Any]]]:
    """Table → documents on the disk."""
    tables = read(path).tables.items()
    return {name: [msgspec.json.decode(document) for document in table.values()] for name, table in tables}


def answered(database: TinyDB, step: tuple[Any, ...]) -> object:
    """What a table says to a call, or which error it raises."""
    name, *arguments = step
    try:
        return getattr(database.table("answers"), name)(*arguments)
    except ValueError as error:
        return str(error)


@settings(max_examples=150, deadline=None)
@given(st.lists(_steps, max_size=15), st.booleans())
def test_it_answers_as_stock_tinydb(steps: list[tuple[Any, ...]], own: bool) -> None:
    """Call for call, with our table and with the stock one; a kill leaves that, and stock TinyDB finds it."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "any.json"
        with (
            TinyDB(storage=MemoryStorage) as stock,
            Database(path) if own else TinyDB(path, storage=JournalStorage) as ours,
        ):
            for step in steps:
                assert answered(ours, step) == answered(stock, step)
                on_disk = kept(path).get("answers", [])
                assert sorted(map(str, on_disk)) == sorted(map(str, stock.table("answers")))
            documents = stock.table("answers").all()
        assert list(path.parent.iterdir()) == [path]
        with TinyDB(path, storage=JSONStorage, encoding="utf-8") as again:
            assert sorted(again.table("answers").all(), key=str) == sorted(documents, key=str)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """The file of a database with two documents."""
    with Database(tmp_path / "any.json") as database:
        database.table("answers").insert_multiple([{"row": "a", "fields": {"x": "1"}}, {"row": "b", "fields": {}}])
    return tmp_path / "any.json"


def test_a_change_writes_what_it_says(path: Path) -> None:
    """And no other document, whichever way it was found."""
    with Database(path) as database:
        database.table("answers").update({"row": "c"}, where("row") == "b")
        (_base, change) = journal.lines(journal.place(path).read_bytes()).payloads
        assert change == b'{"answers":{"2":{"row":"c","fields":{}}}}'
        database.table("answers").update({"row": "c"}, where("row") == "c")
        assert len(journal.lines(journal.place(path).read_bytes()).payloads) == 2


def test_what_changes_nothing_writes_nothing(path: Path) -> None:
    """In a table without documents neither."""
    with Database(path) as database:
        database.table("answers").remove(doc_ids=[1, 2])
        size = journal.lines(journal.place(path).read_bytes()).end
        database.table("answers").update({"row": "c"})
        database.table("answers").truncate()
        assert journal.lines(journal.place(path).read_bytes()).end == size


def test_what_is_read_is_a_copy(path: Path) -> None:
    """Whoever changes what a search gave has changed nothing that is kept."""
    with Database(path) as database:
        answers = database.table("answers")
        answers.search(where("row") == "a")[0]["fields"]["x"] = "2"
        given = {"row": "d", "fields": {"x": "4"}}
        number = answers.insert(given)
        given["fields"] = {}
        assert answers.get(where("row") == "a") == {"row": "a", "fields": {"x": "1"}}
        assert answers.get(doc_id=number) == {"row": "d", "fields": {"x": "4"}}


def test_what_json_cannot_hold_has_not_happened(path: Path) -> None:
    """Neither in memory nor on the disk, nor what was to be written with it."""
    with Database(path) as database:
        answers = database.table("answers")
        before = answers.all()
        with pytest.raises(TypeError):
            answers.insert_multiple([{"row": "e"}, {"row": object()}])
        assert answers.all() == before
        assert kept(path)["answers"] == before


def test_a_write_that_fails_changes_nothing(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """With the stock table too, which changes documents before it has them written."""

    def full(_file: int) -> None:
        raise OSError(28, "No space left on device")

    for database in (Database(path), TinyDB(path, storage=JournalStorage)):
        with database, monkeypatch.context() as patch:
            patch.setattr("os.fdatasync", full)
            patch.setattr("os.fsync", full)
            with pytest.raises(OSError, match="No space left"):
                database.table("answers").update({"row": "z"})
            assert [document["row"] for document in database.table("answers")] == ["a", "b"]
        assert [document["row"] for document in kept(path)["answers"]] == ["a", "b"]


def test_tables_can_be_dropped(path: Path) -> None:
    """One, or all."""
    with Database(path) as database:
        database.table("memo").insert({"text": "次回"})
        database.drop_table("answers")
        assert kept(path) == {"memo": [{"text": "次回"}]}
        database.drop_tables()
        assert kept(path) == {}
