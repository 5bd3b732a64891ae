"""What a simulated group does with its sheets: the same seed, the same rows."""

import random
from collections.abc import Iterable, Iterator

from shuro_tui.core.commands import DeleteRow, GroupCommand, MoveRow, Submit, WriteRow
from shuro_tui.core.model import Case
from shuro_tui.core.sheet import CHARACTERS_AT_MOST, ROWS_AT_MOST, clean

RowPlace = tuple[str, str]
"""A row by its case and its own id."""

Texts = dict[str, str]
"""Column id → text."""

# How often, of the rows of a sheet, a group does more than to write one down.
_TAKEN_TOO = 0.4  # takes an entry that another group is sure to take
_CORRECTED = 0.3
_MOVED = 0.2
_LEFT_BLANK = 0.08
_THOUGHT_BETTER_OF = 0.08
_ENTRIES_AT_MOST = ROWS_AT_MOST // 2  # each may bring a blank row, and one that is deleted again


def writing(cases: Iterable[Case], group: int, groups: int, seed: int) -> dict[str, tuple[GroupCommand, ...]]:
    """Case id → what group number `group` (from 0) of so many does, in order, the last being to submit.

    Every entry that a case has for rehearsals is typed by at least one of the groups, just as it stands there.
    """
    choosing = random.Random(seed + group)  # noqa: S311 - the same choices again is what a rehearsal wants
    return {case.id: tuple(_sheet(case, _entries(case, group, groups, choosing), choosing)) for case in cases}


def final_rows(commands: Iterable[GroupCommand]) -> dict[RowPlace, Texts]:
    """The rows that these changes leave, with what was typed last."""
    rows: dict[RowPlace, Texts] = {}
    for command in commands:
        if isinstance(command, WriteRow):
            rows[command.case, command.row] = command.fields
        elif isinstance(command, DeleteRow):
            rows.pop((command.case, command.row), None)
    return rows


def _entries(case: Case, group: int, groups: int, choosing: random.Random) -> list[Texts]:
    """A share of the entries, as a group thinks of some of what there is; together the groups think of all."""
    every = [_typed(case, entry) for entry in case.rehearsal]
    own = [
        entry
        for number, entry in enumerate(every)
        if number % groups == group % groups or choosing.random() < _TAKEN_TOO
    ]
    chosen = own or every[:1]
    choosing.shuffle(chosen)
    return chosen[:_ENTRIES_AT_MOST]


def _typed(case: Case, entry: Texts) -> Texts:
    return {column.id: clean(entry.get(column.id, ""))[:CHARACTERS_AT_MOST] for column in case.columns}


def _sheet(case: Case, entries: list[Texts], choosing: random.Random) -> Iterator[GroupCommand]:
    for number, entry in enumerate(entries):
        row = f"row-{number}"
        if choosing.random() < _CORRECTED:
            yield WriteRow(case.id, row, _slip(case, entry, choosing))
        yield WriteRow(case.id, row, entry)
        if number and choosing.random() < _MOVED:
            yield MoveRow(case.id, row, choosing.randrange(number))
        if choosing.random() < _LEFT_BLANK:
            yield WriteRow(case.id, f"blank-{number}", dict.fromkeys(entry, ""))
        if choosing.random() < _THOUGHT_BETTER_OF:
            yield WriteRow(case.id, f"deleted-{number}", choosing.choice(entries))
            yield DeleteRow(case.id, f"deleted-{number}")
    yield Submit(case.id)


def _slip(case: Case, entry: Texts, choosing: random.Random) -> Texts:
    """The entry as it was left at first: a word not finished or with two letters changed over, the rest not there."""
    filled = [column.id for column in case.columns if column.kind != "choice" and entry[column.id]]
    if not filled:
        return dict.fromkeys(entry, "")
    text = entry[filled[0]]
    at = choosing.randrange(len(text))
    wrong = text[:at] if choosing.random() < 0.5 else text[:at] + text[at : at + 2][::-1] + text[at + 2 :]  # noqa: PLR2004 - one or the other, and two letters
    return dict.fromkeys(entry, "") | {filled[0]: wrong}
