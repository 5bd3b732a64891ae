"""An exported session.json, read back to be compared."""

import json
from collections.abc import Callable, Sequence
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from shuro_tui.core.commands import Command
from shuro_tui.core.session import Session
from shuro_tui.core.together import together
from shuro_tui.export.tables import comparison_of
from shuro_tui.export.taken_in import Unreadable, read
from tests.export.exported import export
from tests.export.written_session import evening
from tests.workshops import at_work, evenings, sessions_of

Damage = Callable[[dict[str, Any]], object]


def taken_in(session: Session) -> Session:
    """What another machine makes of its export."""
    found = read(export(session, "json"))
    assert found is not None
    return found


@settings(max_examples=40, deadline=None)
@given(evenings)
def test_an_export_compares_like_its_session(steps: Sequence[tuple[str | None, Command]]) -> None:
    """Line by line and finding by finding, with all that was settled; and to the second it is the same session."""
    session = [at_work(2), *sessions_of(at_work(2), steps)][-1]
    found = taken_in(session)
    for case in session.workshop.cases:
        assert comparison_of(found, case) == comparison_of(session, case)
    assert export(taken_in(found), "csv") == export(found, "csv") == export(session, "csv")


def test_a_session_and_its_export_count_once() -> None:
    """Whichever is named first."""
    session = evening()
    for both in ([session, taken_in(session)], [taken_in(session), session]):
        one = together(both, ["午前", "午前"])
        assert [sheet.rows for sheet in one.sheets.values()] == [
            sheet.rows for sheet in together([session], ["午前"]).sheets.values()
        ]


@pytest.mark.parametrize("data", [b"", b"[]", b"\xff", b'{"workshop": {}}', b"[" * 100_000, b"PK\x03\x04"])
def test_what_is_no_export_is_none(data: bytes) -> None:
    """A session file, or anything else, is for others to read."""
    assert read(data) is None


@pytest.mark.parametrize(
    "damage",
    [
        lambda document: document.pop("catalogue"),
        lambda document: document["groups"].append(document["groups"][0]),
        lambda document: document["groups"].pop(0),
        lambda document: document["cases"].pop(0),
        lambda document: document["sheets"].append(document["sheets"][0]),
        lambda document: document["sheets"][0]["rows"].append(document["sheets"][0]["rows"][0]),
        lambda document: document["sheets"][0]["rows"][0]["fields"].update(other="x"),
        lambda document: document["sheets"][0]["rows"][0].update(updated_at="9999-12-31T23:59:59+00:00"),
        lambda document: document["sheets"][0].update(submitted_at="2024-01-01T00:00:00"),
        lambda document: document["timeline"].update(segments=[]),
        lambda document: document["timeline"]["segments"][0].update(planned=1e308),
        lambda document: document["settlements"].append(
            {"case": "a", "name": "x", "meaning": {}, "only": {"group": "nobody", "row": "r1"}}
        ),
        lambda document: document["remarks"].append({"case": "a", "group": "nobody", "row": "r1"}),
        lambda document: document.update(format=document["format"] + 1),
    ],
)
def test_what_no_session_exports_is_refused(damage: Damage) -> None:
    """In words, and not by a comparison that is none."""
    document = json.loads(export(evening(), "json"))
    damage(document)
    with pytest.raises(Unreadable):
        read(json.dumps(document).encode())


@given(st.binary(max_size=60))
def test_whatever_bytes_there_are_something_is_said_of_them(data: bytes) -> None:
    """Nothing else is raised."""
    assert read(data) is None


def test_escape_sequences_of_another_machine_are_not_taken_in() -> None:
    """What a terminal would obey stays outside, whoever wrote the file."""
    document = json.loads(export(evening(), "json"))
    document["sheets"][0]["rows"][0]["fields"]["content"] = "\x1b]0;title\x07red"
    found = read(json.dumps(document).encode())
    assert found is not None
    assert found.sheet("a", "g1").rows[0].fields["content"] == "red"
