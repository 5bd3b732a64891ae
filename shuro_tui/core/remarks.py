"""What the facilitator notes beside a row that a group wrote, for the talk about it."""

from msgspec import Struct


class Remark(Struct, frozen=True):
    """Beside a row of a group's sheet. starred: to be taken up with the room; comment: what there is to say of it."""

    case: str
    group: str
    row: str
    starred: bool = False
    comment: str = ""

    @property
    def place(self) -> tuple[str, str, str]:
        """The row that it stands beside."""
        return self.case, self.group, self.row

    @property
    def blank(self) -> bool:
        """Whether it says nothing."""
        return not self.starred and not self.comment


def remarked(remarks: tuple[Remark, ...], new: Remark) -> tuple[Remark, ...]:
    """With what is noted beside a row now; a blank remark takes back what was."""
    if new.blank:
        return tuple(each for each in remarks if each.place != new.place)
    there = any(each.place == new.place for each in remarks)
    return tuple(new if each.place == new.place else each for each in remarks) + (() if there else (new,))


def beside(remarks: tuple[Remark, ...], case: str, group: str, row: str) -> Remark:
    """What is noted beside a row; blank when nothing is."""
    new = Remark(case, group, row)
    return next((each for each in remarks if each.place == new.place), new)
