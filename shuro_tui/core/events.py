"""What happened in a session. `at` is the hub's clock. Applied in order, events make the session again."""

from msgspec import Struct

from shuro_tui.core.commands import Display
from shuro_tui.core.model import Millis
from shuro_tui.core.sheet import Row


class Happened(Struct, frozen=True, tag=True):
    """What every event carries."""

    at: Millis


class Started(Happened, frozen=True, tag="started"):
    """The session began."""


class Moved(Happened, frozen=True, tag="moved"):
    """A slide of a segment is shown."""

    segment: int
    slide: int


class Paused(Happened, frozen=True, tag="paused"):
    """The clock of the segment stands."""


class Resumed(Happened, frozen=True, tag="resumed"):
    """The clock of the segment runs on."""


class TimeAdded(Happened, frozen=True, tag="time-added"):
    """A segment was given time, or lost it when negative."""

    segment: int
    amount: Millis


class Finished(Happened, frozen=True, tag="finished"):
    """The session ended."""


class Undone(Happened, frozen=True, tag="undone"):
    """The facilitator's last step was taken back."""


class CaseClosed(Happened, frozen=True, tag="case-closed"):
    """The sheets of a case take no more changes."""

    case: str


class CaseReopened(Happened, frozen=True, tag="case-reopened"):
    """The sheets of a case take changes again."""

    case: str


class Revealed(Happened, frozen=True, tag="revealed"):
    """Every group may see the sheets of all for a case."""

    case: str


class Displayed(Happened, frozen=True, tag="displayed"):
    """The projector shows something else."""

    display: Display


class SheetSubmitted(Happened, frozen=True, tag="sheet-submitted"):
    """A group says that its sheet is done."""

    case: str
    group: str


class SheetTakenBack(Happened, frozen=True, tag="sheet-taken-back"):
    """A group goes on writing."""

    case: str
    group: str


class RowWritten(Happened, frozen=True, tag="row-written"):
    """A group wrote a row; a new one stands at `position`."""

    case: str
    group: str
    row: Row
    position: int


class RowDeleted(Happened, frozen=True, tag="row-deleted"):
    """A group deleted a row."""

    case: str
    group: str
    row: str


class RowMoved(Happened, frozen=True, tag="row-moved"):
    """A group moved a row."""

    case: str
    group: str
    row: str
    position: int


class Heard(Happened, frozen=True, tag="heard"):
    """The changes of a terminal up to `number` are taken: sent again, they have no effect."""

    group: str
    terminal: str
    number: int


Undoable = Moved | Paused | Resumed | TimeAdded | CaseClosed | CaseReopened | Displayed | Finished
RundownEvent = Started | Undoable | Undone | Revealed | SheetSubmitted | SheetTakenBack
SheetEvent = RowWritten | RowDeleted | RowMoved | Heard
Event = RundownEvent | SheetEvent
