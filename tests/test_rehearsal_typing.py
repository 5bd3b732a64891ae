"""What simulated groups type, and what is made of it in figures."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from shuro_tui import content
from shuro_tui.core import commands as ask
from shuro_tui.core.model import Case, Column
from shuro_tui.core.session import Session
from shuro_tui.core.sheet import ROWS_AT_MOST
from shuro_tui.rehearsal.figures import Figures, Latency, latency, peak_memory, rows_stored
from shuro_tui.rehearsal.typist import RowPlace, Texts, final_rows, writing
from tests.workshops import after, at_work, case

BUNDLED = content.load(content.bundled()).cases
seeds = st.integers(-(10**6), 10**6)
numbers = st.integers(1, 12)


def everything(cases: tuple[Case, ...], groups: int, seed: int) -> list[tuple[ask.GroupCommand, ...]]:
    """What all groups do, case by case."""
    return [commands for group in range(groups) for commands in writing(cases, group, groups, seed).values()]


def typed(cases: tuple[Case, ...], groups: int, seed: int) -> list[Texts]:
    """Every row that is there in the end."""
    return [texts for commands in everything(cases, groups, seed) for texts in final_rows(commands).values()]


def text(fields: Texts) -> str:
    """The row in one text, so that rows can be put into a set."""
    return "\t".join(fields.values())


@given(seeds, numbers)
def test_the_same_seed_types_the_same(seed: int, groups: int) -> None:
    """To the last correction."""
    assert everything(BUNDLED, groups, seed) == everything(BUNDLED, groups, seed)


def test_another_seed_or_group_types_something_else() -> None:
    """Groups are not copies of each other."""
    assert everything(BUNDLED, 2, 1) != everything(BUNDLED, 2, 5)
    one, other = everything(BUNDLED[:1], 2, 1)
    assert one != other


@given(seeds, numbers)
def test_every_entry_is_typed_as_it_stands(seed: int, groups: int) -> None:
    """With its nicknames, slips and empty fields, by at least one of the groups."""
    rows = {text(fields) for fields in typed(BUNDLED, groups, seed)}
    assert {text(entry) for case in BUNDLED for entry in case.rehearsal} <= rows


@given(seeds, numbers)
def test_nothing_is_left_that_no_group_meant(seed: int, groups: int) -> None:
    """What was mistyped is corrected and what was deleted is gone; only blank rows come on top."""
    entries = {text(entry) for case in BUNDLED for entry in case.rehearsal}
    assert {text(fields) for fields in typed(BUNDLED, groups, seed) if any(fields.values())} <= entries


def test_groups_do_more_than_to_write_rows_down() -> None:
    """They correct, move, delete and leave a row blank, and submit once they are done."""
    sheets = everything(BUNDLED, 6, 0)
    flat = [command for commands in sheets for command in commands]
    rows = [command for command in flat if isinstance(command, ask.WriteRow)]
    assert len(rows) > sum(len(final_rows(commands)) for commands in sheets)
    assert any(isinstance(command, ask.MoveRow) for command in flat)
    assert any(isinstance(command, ask.DeleteRow) for command in flat)
    assert any(not any(row.fields.values()) for row in rows)
    assert all(isinstance(commands[-1], ask.Submit) for commands in sheets)
    assert sum(isinstance(command, ask.Submit) for command in flat) == len(sheets)


@pytest.mark.parametrize("seed", range(3))
def test_a_case_takes_all_that_is_typed(seed: int) -> None:
    """No change is refused, however many entries there are, and what is left is what was to be left."""
    entries = tuple({"organisation": f"機関{number}\x1b[31m", "content": "長" * 3000} for number in range(ROWS_AT_MOST))
    crowded = replace(case(), rehearsal=entries)
    now = at_work()
    commands = writing((crowded,), 0, 1, seed)[crowded.id]
    now = after(now, [(12, "g1", command) for command in commands])
    assert stored(now) == final_rows(commands)
    assert now.sheet("a", "g1").submitted_at is not None


def stored(now: Session) -> dict[RowPlace, Texts]:
    """The rows of the first group."""
    return {("a", row.id): row.fields for row in now.sheet("a", "g1").rows}


@pytest.mark.parametrize("entries", [(), ({},), ({"whom": "本人"},), ({"content": "あ"},)])
def test_little_to_type_is_typed_too(entries: tuple[Texts, ...]) -> None:
    """A case may have no entries at all, or empty ones, or one letter."""
    poor = replace(case(), rehearsal=entries)
    for seed in range(30):
        commands = writing((poor,), 3, 7, seed)["a"]
        assert commands[-1] == ask.Submit("a")
        assert bool(final_rows(commands)) == bool(entries)


def test_a_sheet_of_choices_alone_is_left_empty_first() -> None:
    """There is nothing to mistype in it."""
    choices = Case("c", "C", (), "", "?", (Column("whom", "W", "choice", ("a",)),), ({"whom": "a"},))
    all_typed = [writing((choices,), 0, 1, seed)["c"] for seed in range(30)]
    assert ask.WriteRow("c", "row-0", {"whom": ""}) in [commands[0] for commands in all_typed]
    assert all({"whom": "a"} in final_rows(commands).values() for commands in all_typed)


def test_percentiles_by_nearest_rank() -> None:
    """In milliseconds; none of them without anything to rank."""
    assert latency([number / 1000 for number in range(100, 0, -1)]) == Latency(50.0, 99.0, 100.0)
    assert latency([0.25]) == Latency(250.0, 250.0, 250.0)
    assert latency([]) == Latency(None, None, None)


def test_a_row_counts_as_stored_with_the_very_text_alone() -> None:
    """Not with another one, and not when it is missing."""
    fields = {"organisation": "職安", "content": "", "whom": "本人"}
    now = after(at_work(), [(12, "g1", ask.WriteRow("a", "r", fields))])
    assert rows_stored(now, [("g1", {("a", "r"): fields})]) == 1
    assert rows_stored(now, [("g1", {("a", "r"): fields | {"organisation": "職安 "}})]) == 0
    assert rows_stored(now, [("g2", {("a", "r"): fields}), ("g1", {("a", "other"): fields})]) == 0


@pytest.mark.parametrize("counts", [(2, 1, 1), (1, 2, 1), (1, 1, 0)])
def test_a_rehearsal_is_sound_when_every_row_came_through(counts: tuple[int, int, int]) -> None:
    """Typed, acknowledged and stored are the same number."""
    assert not Figures(1, *counts, latency([]), None, 0).sound
    assert Figures(1, 3, 3, 3, latency([]), None, 0).sound


def test_memory_of_no_process_is_not_known() -> None:
    """The process may have ended, or the system may not say."""
    assert not Path("/proc/0").exists()
    assert peak_memory(0) is None
