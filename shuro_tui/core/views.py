"""What each role may see of a session. A role is never sent what is not in its view."""

from functools import cached_property

from msgspec import Struct

from shuro_tui.core.aside import Aside
from shuro_tui.core.commands import Display
from shuro_tui.core.dial import Dial
from shuro_tui.core.group import Group, Message
from shuro_tui.core.lines import Comparison
from shuro_tui.core.meaning import Settlement
from shuro_tui.core.model import Case, Catalogue, Millis, Slide, Workshop
from shuro_tui.core.progress import Progress, counted
from shuro_tui.core.remarks import Remark
from shuro_tui.core.sheet import Sheet
from shuro_tui.core.timeline import Timeline


class Room(Struct, frozen=True):
    """How to get in: addresses as host:port, and the code."""

    addresses: tuple[str, ...] = ()
    code: str = ""


class Typing(Struct, frozen=True):
    """A row that is being typed in. seat: the hub's number for the terminal's connection."""

    seat: int
    case: str
    row: str


class Outline(Struct, frozen=True):
    """What everybody may know of the workshop: its title and the titles of its segments."""

    title: str
    course: str
    segments: tuple[str, ...]


class Shown(Struct, frozen=True):
    """The slide everybody sees, as far as it is shown, without notes and what is planned for it.

    number: from 1 of `of` in its segment.
    """

    slide: Slide
    number: int
    of: int


class Seen(Struct, frozen=True):
    """A slide that was shown: `segment` and `number` from 0, as far as it was shown."""

    segment: int
    number: int
    slide: Slide


class FacilitatorView(Struct, frozen=True, dict=True, tag="facilitator"):
    """Everything but the keys.

    terminals: how many of each group's are connected, in the order of `groups`;
    aside: what is kept beside the sheets; closing: case id → until when its sheets still take what is on its way;
    messages: group id → the message to it, "" → the one to everybody; clock_drift: how far the machine's clock has
    moved against the session's; deck_trouble: why the workshop is not what its files hold, "" when it is;
    damage: what of the session was found damaged and is kept aside, or ""; models: the cases whose model answer is
    revealed; neutral: group id → what the others see instead of its name, empty while they see that.
    """

    workshop: Workshop
    session: str
    room: Room
    timeline: Timeline
    display: Display
    time_hidden: bool
    messages: dict[str, Message]
    groups: tuple[Group, ...]
    terminals: tuple[int, ...]
    sheets: tuple[Sheet, ...]
    settlements: tuple[Settlement, ...]
    aside: tuple[Aside, ...]
    closing: dict[str, Millis]
    closed: tuple[str, ...]
    revealed: tuple[str, ...]
    can_undo: bool
    screens: int
    clock_drift: Millis
    trouble: str
    deck_trouble: str
    damage: str = ""
    remarks: tuple[Remark, ...] = ()
    models: tuple[str, ...] = ()
    neutral: dict[str, str] = {}

    @cached_property
    def progress(self) -> tuple[Progress, ...]:
        """How far each group is. It is in the sheets, so it does not travel beside them."""
        return counted(self.groups, self.terminals, self.sheets)


class ScreenView(Struct, frozen=True, tag="screen"):
    """What may stand on a wall.

    time_hidden: the time left is not to be shown; message: the one to everybody; progress: of no group by name while
    names are hidden; comparison: only when revealed, and put up in one of its views; cases, sheets: only when those of
    one group are put up, the revealed ones.
    """

    outline: Outline
    room: Room
    dial: Dial
    message: Message | None
    display: Display
    time_hidden: bool
    shown: Shown | None
    case: Case | None
    progress: tuple[Progress, ...]
    comparison: Comparison | None
    cases: tuple[Case, ...] = ()
    sheets: tuple[Sheet, ...] = ()


class GroupView(Struct, frozen=True, tag="group"):
    """What one group may see. `sheets`: its own; `others`: of revealed cases, the other groups'.

    `settlements`: what the facilitator said of names in revealed cases; `remarks`: what is noted beside rows in them.
    While names are hidden, the other groups stand under neutral names and ids in all of these.

    `terminals`: how many of the group's are connected; `typing`: the rows that are being typed in at the others.

    `cases`: those opened by now; `writing`: the ids of those whose sheets take changes, `closing`: until when, where
    that is about to end; `late`: case id → how many rows came when its sheet was closed; `at_work`: the case ids of the
    current segment, empty when it has none; `messages`: those to everybody and to this group, the newest first; `seen`:
    the slides that were shown so far, in their order, the current one among them.

    `puts`: how many changes had been made at the terminal when this was shown there; the hub does not count them.
    """

    outline: Outline
    dial: Dial
    messages: tuple[Message, ...]
    display: Display
    group: Group
    groups: tuple[Group, ...]
    terminals: int
    typing: tuple[Typing, ...]
    shown: Shown | None
    seen: tuple[Seen, ...]
    cases: tuple[Case, ...]
    at_work: tuple[str, ...]
    writing: tuple[str, ...]
    closing: dict[str, Millis]
    late: dict[str, int]
    catalogue: Catalogue
    sheets: tuple[Sheet, ...]
    revealed: tuple[str, ...]
    others: tuple[Sheet, ...]
    settlements: tuple[Settlement, ...]
    comparison: Comparison | None
    remarks: tuple[Remark, ...] = ()
    puts: int = 0

    def sheet(self, case: str) -> Sheet:
        """The group's own for that case."""
        return next((sheet for sheet in self.sheets if sheet.case == case), Sheet(case, self.group.id))


View = FacilitatorView | ScreenView | GroupView


class Surroundings(Struct, frozen=True):
    """What the hub knows beside the session.

    terminals: group id → how many are connected; typing: group id → the rows that they are typing in.
    """

    room: Room = Room()
    terminals: dict[str, int] = {}
    screens: int = 0
    clock_drift: Millis = Millis(0)
    trouble: str = ""
    deck_trouble: str = ""
    damage: str = ""
    typing: dict[str, tuple[Typing, ...]] = {}
