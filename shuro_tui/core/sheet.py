"""A group's sheet for one case: rows in the order in which the group put them."""

import re
from collections import Counter

from msgspec import Struct
from msgspec.structs import replace

from shuro_tui.core.model import Millis

ROWS_AT_MOST = 200
CHARACTERS_AT_MOST = 2_000

# ECMA-48 control sequences, then the strings (OSC, DCS, …) that run to their terminator.
_ESCAPES = r"(?s)\x1b\[[0-?]*[ -/]*[@-~]|\x1b[\]PX^_].*?(?:\x07|\x1b\\|$)|\x1b.?"
# Unicode's Cc, Cs, Zl and Zp; marks that turn the direction of what follows, so that text could look like something
# else (Unicode TR36).
_CONTROL = "[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\u2028\u2029\u200e\u200f\u202a-\u202e\u2066-\u2069\u061c]"


def clean(text: str) -> str:
    """Text without escape sequences, control characters and direction marks; a line break and a tab stay."""
    if text.isprintable():
        return text
    # Compiled here, where hardly any text comes: a start does not wait for it.
    return re.sub(_CONTROL, "", re.sub(_ESCAPES, "", text.replace("\r\n", "\n").replace("\r", "\n")))


class Row(Struct, frozen=True):
    """One row: column id → the text as it was typed. `updated_at` is when the hub took it.

    revision: the name that the terminal gave to this text of the row; duplicate_of: the row to which another text was
    written at the same time, "" where there is none.
    """

    id: str
    fields: dict[str, str]
    updated_at: Millis = Millis(0)
    revision: str = ""
    duplicate_of: str = ""

    @property
    def blank(self) -> bool:
        """Whether nothing is written in it."""
        return not any(text.strip() for text in self.fields.values())


class Sheet(Struct, frozen=True):
    """What one group wrote for one case."""

    case: str
    group: str
    rows: tuple[Row, ...] = ()
    submitted_at: Millis | None = None

    def row(self, row_id: str) -> Row | None:
        """The row of that id."""
        return next((row for row in self.rows if row.id == row_id), None)

    def revised(self, revision: str) -> Row | None:
        """The row in which the text of that name stands; none for "", which names no text."""
        return next((row for row in self.rows if revision and row.revision == revision), None)

    def place(self, row_id: str) -> int:
        """Where that row stands, from 0; behind the last when there is none."""
        return next((number for number, row in enumerate(self.rows) if row.id == row_id), len(self.rows))

    def merge(self, row: Row, made_from: str, position: int) -> tuple[Row, int] | None:
        """As which row, and where, a text is to be written that was made from that revision; None: it stands there.

        It takes the place of what it was made from. Where somebody has written something else meanwhile, both texts
        stay: this one becomes a row below, by a name that is the same each time.
        """
        old = self.revised(made_from) or self.row(row.id)
        if old is None:
            return row, min(max(position, 0), len(self.rows))
        if old.revision == made_from:
            row = replace(row, id=old.id, duplicate_of=old.duplicate_of)
        elif old.fields == row.fields:
            return None
        else:
            row = replace(row, id=f"{row.id}~{row.revision}", duplicate_of=old.duplicate_of or old.id)
        there = self.row(row.id)
        if there is not None and (there.fields, there.revision) == (row.fields, row.revision):
            return None
        return row, self.place(old.id) + 1

    def versions(self, row_id: str) -> tuple[Row, ...]:
        """The rows that are texts of the same row, that one among them; one alone is no duplicate."""
        row = self.row(row_id)
        first = row_id if row is None else row.duplicate_of or row.id
        return tuple(row for row in self.rows if first in (row.id, row.duplicate_of))

    @property
    def duplicates(self) -> frozenset[str]:
        """The ids of the rows that are one of several texts of a row."""
        texts = Counter(row.duplicate_of or row.id for row in self.rows)
        return frozenset(row.id for row in self.rows if texts[row.duplicate_of or row.id] > 1)

    def write(self, row: Row, position: int) -> "Sheet":
        """Replace the row of that id where it stands, or put a new one in at `position`, a negative one being 0."""
        if self.row(row.id) is not None:
            return replace(self, rows=tuple(row if other.id == row.id else other for other in self.rows))
        place = max(position, 0)
        return replace(self, rows=(*self.rows[:place], row, *self.rows[place:]))

    def delete(self, row_id: str) -> "Sheet":
        """Without that row."""
        return replace(self, rows=tuple(row for row in self.rows if row.id != row_id))

    def keep(self, row_id: str) -> "Sheet":
        """With that row as one of its own, not as another text of some row."""
        row = self.row(row_id)
        return self if row is None else self.write(replace(row, duplicate_of=""), 0)

    def move(self, row_id: str, position: int) -> "Sheet":
        """With that row at `position` among the others."""
        row = self.row(row_id)
        return self if row is None else self.delete(row_id).write(row, position)
