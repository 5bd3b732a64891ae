"""The session file of a session whose workshop was edited while it ran."""

import os
from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest
from msgspec.structs import replace

from shuro_tui.core import commands as ask
from shuro_tui.core.events import WorkshopChanged
from shuro_tui.core.model import Catalogue, Column, Resource, Segment, Workshop
from shuro_tui.core.session import decide
from shuro_tui.store import StorageError, Store, load
from shuro_tui.store.possible import possible
from shuro_tui.store.storage import read
from tests.store.stored_session import START, at_work, new_session, workshop


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    """A session at work on its cases, with a row that names 社協."""
    store = Store.create(tmp_path, new_session())
    store.append(at_work(store.session))
    store.append(decide(store.session, ask.WriteRow("case-1", "r1", {"organisation": "社協"}), START, "g1"))
    yield store
    store.close()


def edited() -> Workshop:
    """The workshop with a segment in front, a column more, and another catalogue."""
    before = workshop()
    talk, work = before.segments
    first = Segment("first", "はじめに", talk.planned, talk.at_least, talk.slides)
    case, other = before.cases
    columns = (*case.columns, Column("when", "いつ", "text"))
    catalogue = Catalogue((Resource("shakyo", "社会福祉協議会", "", "地域", "", "", ("社協",)),))
    return replace(
        before, segments=(first, talk, work), cases=(replace(case, columns=columns), other), catalogue=catalogue
    )


def organisations(path: Path) -> list[str | None]:
    """Which organisations the rows name, by what stands in the file."""
    return [msgspec.json.decode(document)["organisation"] for document in read(path).tables["answers"].values()]


def test_a_session_goes_on_with_its_edited_workshop(store: Store) -> None:
    """Where it was, with all that was written, whenever the file is opened again."""
    store.append((WorkshopChanged(START, edited()),))
    store.append(decide(store.session, ask.WriteRow("case-1", "r2", {"when": "明日"}), START, "g2"))
    killed = load(store.path)
    store.close()
    for opened in (killed, load(store.path)):
        assert opened == store.session
        assert (opened.workshop, opened.timeline.segment) == (edited(), 2)
        assert opened.sheet("case-1", "g1").rows[0].fields["organisation"] == "社協"


def test_names_mean_what_they_mean_in_the_new_catalogue(store: Store) -> None:
    """Those of rows that were there already too."""
    assert organisations(store.path) == [None]
    store.append((WorkshopChanged(START, edited()),))
    assert organisations(store.path) == ["shakyo"]
    store.append(decide(store.session, ask.WriteRow("case-2", "r1", {"organisation": "社協"}), START, "g1"))
    assert organisations(store.path) == ["shakyo", "shakyo"]


def test_a_change_that_cannot_be_kept_has_not_happened(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    """Names mean what they meant, too."""
    before = store.session

    def full(_file: int) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(os, "fdatasync", full)
        with pytest.raises(StorageError, match="No space left"):
            store.append((WorkshopChanged(START, edited()),))
    assert store.session is before
    store.append(decide(store.session, ask.WriteRow("case-1", "r2", {"organisation": "社協"}), START, "g1"))
    assert organisations(store.path) == [None, None]
    assert load(store.path) == store.session


def test_a_file_in_which_a_segment_is_lost_that_was_held_is_damaged(store: Store) -> None:
    """As are a workshop that cannot be held, and one that came after the end."""
    before, now = workshop(), store.session
    for lost in (
        replace(before, segments=before.segments[:1]),
        replace(before, cases=before.cases[1:]),
        replace(before, segments=()),
        replace(before, segments=(before.segments[0], replace(before.segments[1], at_least=before.total))),
    ):
        assert not possible(now, WorkshopChanged(START, lost))
    assert possible(now, WorkshopChanged(START, edited()))
    store.append(decide(now, ask.Finish(), START))
    assert not possible(store.session, WorkshopChanged(START, edited()))
