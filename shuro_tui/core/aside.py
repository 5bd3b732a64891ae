"""What was written for a sheet and does not stand on it: rows that were deleted, rows that came too late."""

from msgspec import Struct
from msgspec.structs import replace

from shuro_tui.core.model import Millis
from shuro_tui.core.sheet import ROWS_AT_MOST, Row


class Deleted(Struct, frozen=True):
    """A row that was deleted, where it stood, and when it was deleted."""

    row: Row
    position: int
    at: Millis


class Late(Struct, frozen=True):
    """A row that came when its sheet was closed: where it was to stand, and the revision that it was made from."""

    row: Row
    position: int
    made_from: str


class Aside(Struct, frozen=True):
    """What is kept beside a group's sheet for a case, the newest last. Of the deleted rows, the last 200."""

    case: str
    group: str
    deleted: tuple[Deleted, ...] = ()
    late: tuple[Late, ...] = ()

    def delete(self, row: Row, position: int, at: Millis) -> "Aside":
        """With a row that was deleted; nobody wants a blank one back."""
        if row.blank:
            return self
        return replace(self, deleted=(*self.deleted, Deleted(row, position, at))[-ROWS_AT_MOST:])

    def newest(self, row_id: str) -> Deleted | None:
        """The row of that id that was deleted last."""
        return next((deleted for deleted in reversed(self.deleted) if deleted.row.id == row_id), None)

    def bring_back(self, row_id: str) -> "Aside":
        """Without the row of that id that was deleted last."""
        newest = self.newest(row_id)
        return replace(self, deleted=tuple(deleted for deleted in self.deleted if deleted is not newest))

    def has_late(self, row: Row) -> bool:
        """Whether that text of the row has come by now."""
        texts = [(late.row.id, late.row.revision, late.row.fields) for late in self.late]
        return (row.id, row.revision, row.fields) in texts

    def come_late(self, late: Late) -> "Aside":
        """With a row that came too late, in place of the text that it was made from if that was late as well."""
        for place, other in enumerate(self.late):
            if (other.row.id, other.row.revision) == (late.row.id, late.made_from):
                newer = replace(other, row=late.row)
                return replace(self, late=(*self.late[:place], newer, *self.late[place + 1 :]))
        return replace(self, late=(*self.late, late))
