"""What a facilitator or a group may ask for, and the reasons for which the hub says no."""

from typing import Literal

from msgspec import Struct

from shuro_tui.core.model import Millis

Shown = Literal["slide", "case", "comparison", "join"]

Reason = Literal[
    "not-allowed",
    "not-started",
    "already-started",
    "finished",
    "not-running",
    "not-paused",
    "no-such-place",
    "no-such-case",
    "no-such-row",
    "no-such-column",
    "not-a-choice",
    "case-not-open",
    "case-closed",
    "not-revealed",
    "too-many-rows",
    "too-long",
    "nothing-to-undo",
    "storage",
]


class Refused(Exception):  # noqa: N818 - a refusal is an answer, not an error
    """A command that is not carried out; nothing has changed."""

    def __init__(self, reason: Reason) -> None:
        super().__init__(reason)
        self.reason: Reason = reason


class Display(Struct, frozen=True):
    """What the projector shows: the slide, how to join, a case, or the comparison of a case."""

    shown: Shown = "slide"
    case: str | None = None


class Start(Struct, frozen=True, tag="start", forbid_unknown_fields=True):
    """Begin with the first segment."""


class GoTo(Struct, frozen=True, tag="go-to", forbid_unknown_fields=True):
    """Show a slide of a segment, counted from 0."""

    segment: int
    slide: int = 0


class Pause(Struct, frozen=True, tag="pause", forbid_unknown_fields=True):
    """Stop the clock of the segment."""


class Resume(Struct, frozen=True, tag="resume", forbid_unknown_fields=True):
    """Let the clock of the segment run on."""


class AddTime(Struct, frozen=True, tag="add-time", forbid_unknown_fields=True):
    """Give the current segment more time, or less when negative."""

    amount: Millis


class Finish(Struct, frozen=True, tag="finish", forbid_unknown_fields=True):
    """End the session: the clock stops, sheets close, comparison and export go on."""


class Undo(Struct, frozen=True, tag="undo", forbid_unknown_fields=True):
    """Take back the last step of the facilitator that can be taken back."""


class CloseCase(Struct, frozen=True, tag="close-case", forbid_unknown_fields=True):
    """Take no more changes to the sheets of a case."""

    case: str


class ReopenCase(Struct, frozen=True, tag="reopen-case", forbid_unknown_fields=True):
    """Take changes to the sheets of a case again."""

    case: str


class Reveal(Struct, frozen=True, tag="reveal", forbid_unknown_fields=True):
    """Let every group see the sheets of all groups for a case. What was seen cannot be unseen: ask first."""

    case: str


class PutUp(Struct, frozen=True, tag="put-up", forbid_unknown_fields=True):
    """Choose what the projector shows. A comparison has to be revealed first."""

    display: Display


class WriteRow(Struct, frozen=True, tag="write-row", forbid_unknown_fields=True):
    """Write a row of the group's own sheet; a new id makes a row at `position`."""

    case: str
    row: str
    fields: dict[str, str]
    position: int = 1_000_000


class DeleteRow(Struct, frozen=True, tag="delete-row", forbid_unknown_fields=True):
    """Delete a row; deleting what is not there changes nothing."""

    case: str
    row: str


class MoveRow(Struct, frozen=True, tag="move-row", forbid_unknown_fields=True):
    """Move a row to another position in its sheet."""

    case: str
    row: str
    position: int


class Submit(Struct, frozen=True, tag="submit", forbid_unknown_fields=True):
    """Say that the sheet is done. It can be taken back until the case is closed."""

    case: str


class TakeBack(Struct, frozen=True, tag="take-back", forbid_unknown_fields=True):
    """Go on writing a sheet that was submitted."""

    case: str


FacilitatorCommand = Start | GoTo | Pause | Resume | AddTime | Finish | Undo | CloseCase | ReopenCase | Reveal | PutUp
GroupCommand = WriteRow | DeleteRow | MoveRow | Submit | TakeBack
Command = FacilitatorCommand | GroupCommand
