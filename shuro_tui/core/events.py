"""What happened in a session. `at` is the hub's clock. Applied in order, events make the session again."""

from msgspec import Struct

from shuro_tui.core.aside import Late
from shuro_tui.core.commands import Display, Interruption
from shuro_tui.core.meaning import Meaning, Only
from shuro_tui.core.model import Millis, Workshop
from shuro_tui.core.remarks import Remark
from shuro_tui.core.sheet import Row


class Happened(Struct, frozen=True, tag=True):
    """What every event carries."""

    at: Millis


class Started(Happened, frozen=True, tag="started"):
    """The session began; `ago`: that long before it was told."""

    ago: Millis = Millis(0)


class Moved(Happened, frozen=True, tag="moved"):
    """A slide of a segment is shown, up to one of its parts."""

    segment: int
    slide: int
    part: int = 0


class StepTaken(Happened, frozen=True, tag="step-taken"):
    """The segment goes on with another of its steps."""

    step: int


class Paused(Happened, frozen=True, tag="paused"):
    """The clock of the segment stands."""


class Resumed(Happened, frozen=True, tag="resumed"):
    """The clock of the segment runs on."""


class TimeAdded(Happened, frozen=True, tag="time-added"):
    """A segment was given time, or lost it when negative."""

    segment: int
    amount: Millis


class EndMoved(Happened, frozen=True, tag="end-moved"):
    """The session has to end later, or earlier when negative."""

    amount: Millis


class Replanned(Happened, frozen=True, tag="replanned"):
    """A plan was accepted: the length of each segment, the slides left out, segment → groups that still present."""

    lengths: tuple[Millis, ...]
    skipped: tuple[tuple[int, int], ...]
    presenting: dict[int, int]


class Interrupted(Happened, frozen=True, tag="interrupted"):
    """The time goes to something else from now on."""

    kind: Interruption


class InterruptionEnded(Happened, frozen=True, tag="interruption-ended"):
    """The time goes to the slides again."""


class CutOff(Happened, frozen=True, tag="cut-off"):
    """The hub was away: it knows of nothing between `last` and now."""

    last: Millis


class Recovered(Happened, frozen=True, tag="recovered"):
    """The session goes on: the time away counts, or it goes on from the cut."""

    count: bool


class Finished(Happened, frozen=True, tag="finished"):
    """The session ended."""


class Undone(Happened, frozen=True, tag="undone"):
    """The facilitator's last step was taken back."""


class WorkshopChanged(Happened, frozen=True, tag="workshop-changed"):
    """The workshop's files were edited: the session goes on with what they hold now."""

    workshop: Workshop


class CaseClosing(Happened, frozen=True, tag="case-closing"):
    """The sheets of a case take what is still on its way, until then."""

    case: str
    until: Millis


class GraceEnded(Happened, frozen=True, tag="grace-ended"):
    """The time was over: the sheets of a case take no more changes."""

    case: str


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


class TimeHidden(Happened, frozen=True, tag="time-hidden"):
    """The projector leaves the time left off, or shows it again."""

    hidden: bool


class Announced(Happened, frozen=True, tag="announced"):
    """A message to every screen, or to one group; a blank one takes the last down."""

    text: str
    group: str | None


class NamesSettled(Happened, frozen=True, tag="names-settled"):
    """The facilitator said what names stand for, everywhere in a case or only in one row; None: took it back."""

    case: str
    names: tuple[str, ...]
    meaning: Meaning | None
    only: Only | None


class RowMarked(Happened, frozen=True, tag="row-marked"):
    """The facilitator noted something beside a row; a blank remark takes back what stood there."""

    remark: Remark


class NamesHidden(Happened, frozen=True, tag="names-hidden"):
    """What groups wrote is shown under neutral names, or by their names again."""

    hidden: bool


class ModelRevealed(Happened, frozen=True, tag="model-revealed"):
    """Every group may see the model answer of a case."""

    case: str


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


class RowKept(Happened, frozen=True, tag="row-kept"):
    """A group keeps a duplicate as a row of its own."""

    case: str
    group: str
    row: str


class RowBroughtBack(Happened, frozen=True, tag="row-brought-back"):
    """A row that was deleted is not kept aside any more."""

    case: str
    group: str
    row: str


class CameLate(Happened, frozen=True, tag="came-late"):
    """A group's row came when its sheet was closed; it is kept aside."""

    case: str
    group: str
    late: Late


class LateTaken(Happened, frozen=True, tag="late-taken"):
    """What came late is not kept aside any more."""

    case: str
    group: str


class RowMoved(Happened, frozen=True, tag="row-moved"):
    """A group moved a row."""

    case: str
    group: str
    row: str
    position: int


class Heard(Happened, frozen=True, tag="heard"):
    """The changes of a terminal up to `number` are taken: sent again, they have no effect."""

    terminal: str
    number: int


TimeEvent = (
    Started
    | Moved
    | StepTaken
    | Paused
    | Resumed
    | TimeAdded
    | EndMoved
    | Replanned
    | Interrupted
    | InterruptionEnded
    | Recovered
    | Finished
)
Shown = CaseClosing | CaseClosed | CaseReopened | Displayed | TimeHidden | Announced
Undoable = TimeEvent | Shown | NamesSettled | RowMarked | NamesHidden
RundownEvent = (
    Undoable
    | GraceEnded
    | CutOff
    | Undone
    | WorkshopChanged
    | Revealed
    | SheetSubmitted
    | SheetTakenBack
    | ModelRevealed
)
SheetEvent = RowWritten | RowDeleted | RowBroughtBack | RowKept | RowMoved | CameLate | LateTaken | Heard
Event = RundownEvent | SheetEvent
