"""The journal beside a session file: torn, damaged, folded into the file."""

import shutil
from contextlib import closing
from pathlib import Path
from threading import Event, Thread

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tinydb import TinyDB

from shuro_tui import durable
from shuro_tui.core import commands as ask
from shuro_tui.core.session import Session, decide
from shuro_tui.store import DamagedSession, StorageError, Store, journal, load, storage
from shuro_tui.store.journal import Journal
from tests.store.stored_session import START, at_work, new_session

BIT = 0b100


def write(store: Store, number: int) -> Session:
    """A group writes a number into a row of its own; the session after that."""
    command = ask.WriteRow("case-1", f"row-{number}", {"organisation": "社協", "content": str(number)}, number)
    return store.append(decide(store.session, command, START, "g1"))


def copy_of(path: Path, folder: Path) -> Path:
    """A session's file and journal, as a kill at this moment would leave them, in a folder of their own."""
    folder.mkdir()
    shutil.copy(journal.place(path), journal.place(folder / path.name))
    return Path(shutil.copy(path, folder / path.name))


@pytest.fixture
def killed(tmp_path: Path) -> tuple[Path, list[Session]]:
    """File and journal of a hub that was killed, and the session after each append."""
    with closing(Store.create(tmp_path / "running", new_session())) as store:
        sessions = [store.session, store.append(at_work(store.session))]
        sessions += [write(store, number) for number in range(4)]
        return copy_of(store.path, tmp_path / "killed"), sessions


def written(path: Path) -> bytes:
    """What is written in the journal of a session, without the room that is left in it."""
    return journal.place(path).read_bytes().rstrip(b"\0")


def ends(data: bytes) -> list[int]:
    """Where each line of a journal ends."""
    return [place + 1 for place, byte in enumerate(data) if byte == ord("\n")]


def test_every_prefix_of_a_journal_opens(killed: tuple[Path, list[Session]]) -> None:
    """However it was torn, what stands on whole lines is there, and the hub goes on from there."""
    path, sessions = killed
    data = written(path)
    _base, *whole = ends(data)
    for length in range(len(data) + 1):
        for room in (b"", bytes(100)):
            journal.place(path).write_bytes(data[:length] + room)
            assert load(path) == sessions[sum(end <= length for end in whole)]
    for length in range(whole[-4], len(data)):  # each byte of the last three
        journal.place(path).write_bytes(data[:length])
        store = Store.open(path)
        assert store.damage == "" or length + 1 in whole
        session = write(store, 9)
        assert load(path) == session
        assert session.sheets != sessions[-1].sheets
        store._storage._journal.close()  # no clean end


_payloads = st.binary(max_size=20).map(lambda payload: payload.replace(b"\n", b"").replace(b"\0", b""))


@given(st.lists(_payloads, max_size=5), st.booleans(), st.data())
def test_a_flipped_byte_of_a_journal_is_found(payloads: list[bytes], room: bool, chosen: st.DataObject) -> None:
    """Wherever it is; the lines before it are read, and none from there on."""
    whole = b"".join(map(journal.line, payloads))
    assert journal.lines(whole) == (payloads, len(whole), False)
    if whole:
        place = chosen.draw(st.integers(0, len(whole) - 1))
        flipped = bytearray(whole)
        flipped[place] ^= chosen.draw(st.integers(1, 255))
        read = journal.lines(bytes(flipped) + bytes(room * 50))
        before = [end for end in ends(whole) if end <= place]
        assert read.damaged
        assert read.payloads == payloads[: len(before)]
        assert read.end == max(before, default=0)


def test_a_damaged_journal_is_kept_and_told(killed: tuple[Path, list[Session]], tmp_path: Path) -> None:
    """What was written before the damage is there, the damaged journal is kept, and the next append is sound."""
    path, sessions = killed
    data = written(path)
    _base, *whole = ends(data)
    for place in range(0, len(data), 7):
        here = copy_of(path, tmp_path / str(place))
        flipped = bytearray(data)
        flipped[place] ^= BIT
        journal.place(here).write_bytes(flipped)
        with closing(Store.open(here)) as store:
            assert store.session == sessions[sum(end <= place for end in whole)]
            aside = here.with_name("evening.journal.damaged-1")
            assert aside.read_bytes() == bytes(flipped)
            assert aside.stat().st_mode & 0o777 == 0o600
            assert str(aside) in store.damage
            session = store.append(() if store.session.opened() else at_work(store.session))
            session = write(store, 9)
        assert load(here) == session


def test_a_damaged_journal_is_kept_once(killed: tuple[Path, list[Session]]) -> None:
    """Though the hub that finds it is killed before anything is written."""
    path, _sessions = killed
    journal.place(path).write_bytes(written(path)[:-1] + b"!")
    assert Store.open(path).damage
    assert not Store.open(path).damage
    assert len(list(path.parent.glob("*.damaged-*"))) == 1


def test_a_flipped_byte_of_the_file_is_found(killed: tuple[Path, list[Session]], tmp_path: Path) -> None:
    """While a journal goes with it. Both are kept aside."""
    path, _sessions = killed
    data = path.read_bytes()
    for place in range(0, len(data), 31):
        here = copy_of(path, tmp_path / str(place))
        here.write_bytes(data[:place] + bytes([data[place] ^ BIT]) + data[place + 1 :])
        with pytest.raises(DamagedSession):
            Store.open(here)
        assert {left.name for left in here.parent.iterdir()} == {"evening.json.damaged-1", "evening.journal.damaged-1"}


def fail(*_arguments: object) -> None:
    """The disk takes nothing."""
    raise OSError(28, "No space left on device")


@pytest.mark.parametrize("step", ["append", "write", "clear"])
def test_folding_may_stop_anywhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, step: str) -> None:
    """Whether the file is new and the journal old, or both are old: nothing is lost or there twice, and it goes on."""
    with closing(Store.create(tmp_path / "running", new_session())) as store:
        store.append(at_work(store.session))
        session = write(store, 1)
        with monkeypatch.context() as patch:
            patch.setattr(durable if step == "write" else Journal, step, fail)
            store.close()
        killed = copy_of(store.path, tmp_path / "killed")
    assert load(killed) == session
    with closing(Store.open(killed)) as again:
        session = write(again, 2)
        assert load(killed) == session
    assert load(killed) == session
    assert list(killed.parent.iterdir()) == [killed]


def test_a_long_journal_is_folded_into_the_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Again and again while it is written, and whoever reads meanwhile always finds a session that there was."""
    monkeypatch.setattr(storage, "COMPACT_AT", 1_000)
    seen: list[int] = []
    done = Event()

    def look(path: Path) -> None:
        while not done.is_set():
            seen.append(len(load(path).sheet("case-1", "g1").rows))

    with closing(Store.create(tmp_path, new_session())) as store:
        store.append(at_work(store.session))
        reader = Thread(target=look, args=(store.path,))
        reader.start()
        sizes = [(write(store, number), len(written(store.path)))[1] for number in range(100)]
        done.set()
        reader.join()
        assert max(sizes) < 20_000
        assert sizes != sorted(sizes)
        assert load(store.path) == store.session
    assert seen == sorted(seen)


def test_no_room_to_fold_costs_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The append is kept and told so; it is folded later."""
    monkeypatch.setattr(storage, "COMPACT_AT", 1_000)
    with closing(Store.create(tmp_path, new_session())) as store:
        with monkeypatch.context() as patch:
            patch.setattr(durable, "write", fail)
            store.append(at_work(store.session))
            for number in range(20):
                write(store, number)
        assert load(store.path) == store.session
        before = store.path.stat().st_size
        for number in range(20, 40):
            write(store, number)
        assert store.path.stat().st_size > before
        assert load(store.path) == store.session


def test_many_events_cost_one_sync(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Which is what makes waiting together worth while."""
    synced: list[int] = []
    with closing(Store.create(tmp_path, new_session())) as store:
        monkeypatch.setattr("os.fdatasync", synced.append)
        store.append([*at_work(store.session), *at_work(store.session)[:0]])
        assert len(synced) == 1


def test_without_the_file_a_journal_is_nothing(killed: tuple[Path, list[Session]]) -> None:
    """It is told, and the journal left alone."""
    path, _sessions = killed
    path.unlink()
    with pytest.raises(StorageError, match="No such file"):
        Store.open(path)
    assert journal.place(path).exists()


def test_stock_tinydb_reads_the_file_beside_a_journal(killed: tuple[Path, list[Session]]) -> None:
    """Even before a clean end the file is a sound one, of an earlier moment."""
    with TinyDB(killed[0], encoding="utf-8") as database:
        assert len(database.table("groups")) == 2
