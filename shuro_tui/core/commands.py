"""What a facilitator or a group may ask for, and the reasons for which the hub says no."""

from typing import Annotated, Literal

from msgspec import Meta, Struct
from msgspec.structs import replace

from shuro_tui.core.meaning import Meaning, Only
from shuro_tui.core.model import Millis

Shown = Literal["slide", "case", "comparison", "ecomap", "join", "black", "heat", "findings", "organisation", "group"]

OF_SHEETS: frozenset[Shown] = frozenset({"comparison", "heat", "findings", "organisation", "group", "ecomap"})
"""What shows what groups wrote: it has to be revealed."""

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
    "row-changed",
    "no-such-column",
    "no-such-name",
    "no-such-organisation",
    "not-a-choice",
    "case-not-open",
    "case-closed",
    "not-revealed",
    "too-many-rows",
    "too-long",
    "nothing-to-undo",
    "nothing-to-plan",
    "not-interrupted",
    "not-cut-off",
    "no-such-group",
    "answer-first",
    "storage",
    "no-model-answer",
    "not-of-names",
]

Identity = Annotated[str, Meta(max_length=64)]
"""What a terminal names a thing that it makes: nobody reads it, but everybody keeps it."""

Interruption = Literal["question", "equipment", "discussion"]
"""What time is taken by that the slides are not to blame for."""

PlanKind = Literal["share", "skip", "fewer"]
"""How to be on time again: share out what is left, skip optional slides, have fewer groups present."""

MESSAGE_AT_MOST = 120
"""Characters of a message to the screens: what a group reads at a glance."""

GRACE = Millis(30_000)
"""For how long a case takes what groups have still to write or to send, unless the facilitator ends it before."""

GRACE_AT_MOST = Millis(600_000)

COMMENT_AT_MOST = 200
"""Characters of a comment beside a row: what has room below it."""

BACKDATE_AT_MOST = Millis(3_600_000)
"""How far back a start that was forgotten can be dated."""


class Refused(Exception):  # noqa: N818 - a refusal is an answer, not an error
    """A command that is not carried out; nothing has changed."""

    def __init__(self, reason: Reason) -> None:
        super().__init__(reason)
        self.reason: Reason = reason


def refuse_if(condition: bool, reason: Reason) -> None:
    """Raise Refused when the condition holds."""
    if condition:
        raise Refused(reason)


class Display(Struct, frozen=True):
    """What the projector shows: the slide, how to join, a case, one of the views of its comparison, or nothing at all.

    groups: whose ecomap, the second's over the first's, () for that of all groups together; the one whose sheets are
    shown; the one in whose column the matrix is. line: the id of the organisation's line, "" for none; first: which of
    the parts of a long view stands on top, from 0; turned: how many pages the facilitator has gone on in it, less those
    back; a wall goes along by pages of its own.
    """

    shown: Shown = "slide"
    case: str | None = None
    groups: tuple[str, ...] = ()
    line: str = ""
    first: int = 0
    turned: int = 0

    def turned_since(self, before: "Display") -> int | None:
        """How many pages on from there; None where something else was up."""
        return self.turned - before.turned if replace(before, turned=self.turned) == self else None


class Start(Struct, frozen=True, tag="start", forbid_unknown_fields=True):
    """Begin with the first segment; `ago`: how long ago it really began, when the key was forgotten."""

    ago: Millis = Millis(0)


class GoTo(Struct, frozen=True, tag="go-to", forbid_unknown_fields=True):
    """Show a slide of a segment, up to one of its parts; all counted from 0."""

    segment: int
    slide: int = 0
    part: int = 0


class GoToStep(Struct, frozen=True, tag="go-to-step", forbid_unknown_fields=True):
    """Go to a step of the current segment, counted from 0."""

    step: int


class Pause(Struct, frozen=True, tag="pause", forbid_unknown_fields=True):
    """Stop the clock of the segment."""


class Resume(Struct, frozen=True, tag="resume", forbid_unknown_fields=True):
    """Let the clock of the segment run on."""


class AddTime(Struct, frozen=True, tag="add-time", forbid_unknown_fields=True):
    """Give the current segment more time, or less when negative."""

    amount: Millis


class MoveEnd(Struct, frozen=True, tag="move-end", forbid_unknown_fields=True):
    """Move the end of the session: later, or earlier when negative."""

    amount: Millis


class Replan(Struct, frozen=True, tag="replan", forbid_unknown_fields=True):
    """Accept a plan. What it leaves out is as the facilitator saw it; the lengths are worked out when it is accepted.

    skip: slides to leave out, as (segment, slide); presenting: segment → groups that still present.
    """

    kind: PlanKind
    skip: tuple[tuple[int, int], ...] = ()
    presenting: dict[int, int] = {}


class Interrupt(Struct, frozen=True, tag="interrupt", forbid_unknown_fields=True):
    """From now on the time goes to something that the slides are not to blame for."""

    kind: Interruption


class EndInterruption(Struct, frozen=True, tag="end-interruption", forbid_unknown_fields=True):
    """Back to the slides."""


class Recover(Struct, frozen=True, tag="recover", forbid_unknown_fields=True):
    """Answer how to go on after the hub was away: `count` the time away, or go on from the cut."""

    count: bool


class Finish(Struct, frozen=True, tag="finish", forbid_unknown_fields=True):
    """End the session: the clock stops, sheets close, comparison and export go on."""


class Undo(Struct, frozen=True, tag="undo", forbid_unknown_fields=True):
    """Take back the last step of the facilitator that can be taken back; `of_names`: only where it was about names."""

    of_names: bool = False


class CloseCase(Struct, frozen=True, tag="close-case", forbid_unknown_fields=True):
    """Take no more changes to the sheets of a case; `grace`: for how long what is still on its way is taken."""

    case: str
    grace: Millis = Millis(0)


class ReopenCase(Struct, frozen=True, tag="reopen-case", forbid_unknown_fields=True):
    """Take changes to the sheets of a case again."""

    case: str


class Reveal(Struct, frozen=True, tag="reveal", forbid_unknown_fields=True):
    """Let every group see the sheets of all groups for a case. What was seen cannot be unseen: ask first."""

    case: str


class PutUp(Struct, frozen=True, tag="put-up", forbid_unknown_fields=True):
    """Choose what the projector shows. What shows what groups wrote has to be revealed first."""

    display: Display


class HideTime(Struct, frozen=True, tag="hide-time", forbid_unknown_fields=True):
    """Leave the time left off the projector, or show it again."""

    hidden: bool


class Announce(Struct, frozen=True, tag="announce", forbid_unknown_fields=True):
    """A message to every screen, or to one group; a blank one takes the last down."""

    text: str
    group: str | None = None


class SettleNames(Struct, frozen=True, tag="settle-names", forbid_unknown_fields=True):
    """Say what names stand for in the comparison of a case, wherever they read so, or only in one row.

    An organisation settles them, another name merges them into it, neither splits them off; None takes back what was
    said of them.
    """

    case: str
    names: tuple[str, ...]
    meaning: Meaning | None
    only: Only | None = None


class MarkRow(Struct, frozen=True, tag="mark-row", forbid_unknown_fields=True):
    """Note beside a row of a group's sheet that it is to be taken up with the room, and a comment; or neither."""

    case: str
    group: str
    row: str
    starred: bool = False
    comment: str = ""


class HideNames(Struct, frozen=True, tag="hide-names", forbid_unknown_fields=True):
    """Show what groups wrote under neutral names, on the projector and to the other groups; or by their names again."""

    hidden: bool


class RevealModel(Struct, frozen=True, tag="reveal-model", forbid_unknown_fields=True):
    """Show the model answer of a revealed case beside the groups'. What was seen cannot be unseen: ask first."""

    case: str


class NewCode(Struct, frozen=True, tag="new-code", forbid_unknown_fields=True):
    """Let newcomers in by another code from now on. It is the room's, not the session's: the hub itself sees to it."""


class BringBack(Struct, frozen=True, tag="bring-back", forbid_unknown_fields=True):
    """Put a row that a group deleted back on its sheet."""

    case: str
    group: str
    row: str


class TakeLate(Struct, frozen=True, tag="take-late", forbid_unknown_fields=True):
    """Write the rows that came after closing on the sheet of the group."""

    case: str
    group: str


class WriteRow(Struct, frozen=True, tag="write-row", forbid_unknown_fields=True):
    """Write a row of the group's own sheet; a new id makes a row at `position`.

    revision: a name for this text, made where it is typed; made_from: the revision of the row as it stood there, "" for
    a new row.
    """

    case: str
    row: Identity
    fields: dict[str, str]
    position: int = 1_000_000
    revision: str = ""
    made_from: str = ""


class DeleteRow(Struct, frozen=True, tag="delete-row", forbid_unknown_fields=True):
    """Delete a row as it stood at revision `made_from`; deleting what is not there changes nothing."""

    case: str
    row: str
    made_from: str = ""


class Settle(Struct, frozen=True, tag="settle", forbid_unknown_fields=True):
    """Of the texts that were written to one row at the same time, keep this one, or all as rows of their own."""

    case: str
    row: str
    keep: Literal["this", "all"]


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


TimeCommand = (
    Start
    | GoTo
    | GoToStep
    | Pause
    | Resume
    | AddTime
    | MoveEnd
    | Replan
    | Interrupt
    | EndInterruption
    | Recover
    | Finish
)
ShowCommand = CloseCase | ReopenCase | Reveal | PutUp | HideTime | Announce
TalkCommand = MarkRow | HideNames | RevealModel
SheetCommand = BringBack | TakeLate
FacilitatorCommand = TimeCommand | ShowCommand | SheetCommand | SettleNames | Undo | NewCode | TalkCommand
GroupCommand = WriteRow | DeleteRow | Settle | MoveRow | Submit | TakeBack
Command = FacilitatorCommand | GroupCommand
