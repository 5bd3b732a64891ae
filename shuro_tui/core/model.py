"""The workshop as it was written: segments, slides, cases and the catalogue of organisations.

Everything here is frozen and free of I/O. The same structs go over the wire and into the session file.
"""

from typing import Literal, NewType, get_args

from msgspec import Struct
from msgspec.structs import replace

from shuro_tui.core.blocks import Block, Heading, Pause, Span

Millis = NewType("Millis", int)
"""Milliseconds: a duration, or a moment counted from the Unix epoch (UTC)."""

SECOND = Millis(1_000)
MINUTE = Millis(60_000)

Origin = Literal["source", "addition"]
ColumnKind = Literal["organisation", "text", "choice"]
Centre = Literal["person", "family"]
"""Whom an ecomap stands around."""

TieKind = Literal["stress", "strong", "weak", "ordinary"]
Direction = Literal["in", "out", "both", "none"]
"""Which way the support flows: to the centre, away from it, both ways, or nothing is said about it."""

Drawn = Centre | TieKind | Direction


class Slide(Struct, frozen=True, omit_defaults=True):
    """One slide. `file` and `line` say where it was written, for messages about it.

    planned: how long it is meant to be shown, None for an even share of its segment; optional: what may be left out
    when it is late.
    """

    title: str
    blocks: tuple[Block, ...]
    notes: str = ""
    file: str = ""
    line: int = 0
    planned: Millis | None = None
    optional: bool = False

    @property
    def parts(self) -> int:
        """How many parts it is shown in, one after the other."""
        return 1 + sum(isinstance(block, Pause) for block in self.blocks)

    def up_to(self, part: int) -> "Slide":
        """The slide as it is when that part, from 0, is shown: without what is still to come."""
        pauses = [place for place, block in enumerate(self.blocks) if isinstance(block, Pause)]
        end = pauses[part] if part < len(pauses) else len(self.blocks)
        return replace(self, blocks=tuple(block for block in self.blocks[:end] if not isinstance(block, Pause)))


class Step(Struct, frozen=True):
    """A part of a segment with a length of its own, such as individual work before group work."""

    title: str
    planned: Millis


class Round(Struct, frozen=True):
    """A round of presentations: so many groups, each with time to talk and time for comments on it."""

    groups: int
    talk: Millis
    comment: Millis

    @property
    def each(self) -> Millis:
        """What one group takes."""
        return Millis(self.talk + self.comment)


class Segment(Struct, frozen=True, omit_defaults=True):
    """One item of the rundown."""

    id: str
    title: str
    planned: Millis
    at_least: Millis
    slides: tuple[Slide, ...]
    cases: tuple[str, ...] = ()
    steps: tuple[Step, ...] = ()
    video: str | None = None
    has_video: bool = False
    notes: str = ""
    round: Round | None = None

    @property
    def shown(self) -> tuple[Slide, ...]:
        """What everybody sees of it, one at least: its slides, or its title."""
        return self.slides or (Slide(self.title, (Heading(1, (Span(self.title),)),)),)


class Column(Struct, frozen=True, omit_defaults=True):
    """One column of a sheet. `ecomap`: what each of its choices draws in an ecomap; nothing, or one for each."""

    id: str
    title: str
    kind: ColumnKind
    choices: tuple[str, ...] = ()
    ecomap: tuple[Drawn, ...] = ()


class Fact(Struct, frozen=True):
    """One line of a person's profile."""

    label: str
    value: str


class Case(Struct, frozen=True, omit_defaults=True):
    """One case with the columns of the sheet that the groups fill in for it.

    expected_rows: how many rows a sheet is expected to have when it is done; forecasts count with it; model: the rows
    of an answer to compare with, for nobody to see until the facilitator reveals it.
    """

    id: str
    title: str
    profile: tuple[Fact, ...]
    story: str
    question: str
    columns: tuple[Column, ...]
    rehearsal: tuple[dict[str, str], ...] = ()
    expected_rows: int = 5
    model: tuple[dict[str, str], ...] = ()

    def column_of(self, kind: ColumnKind) -> Column | None:
        """The first column of that kind, if the sheet has one."""
        return next((column for column in self.columns if column.kind == kind), None)

    @property
    def whom(self) -> Column | None:
        """The column of whom the support is for: the choices that draw person or family, else the first choices."""
        drawn = (column for column in self.columns if {*column.ecomap} & {*get_args(Centre)})
        return next(drawn, self.column_of("choice"))


class Resource(Struct, frozen=True, omit_defaults=True):
    """One organisation, service or person that a group may name."""

    id: str
    name: str
    reading: str
    field: str
    does: str
    ask: str
    aliases: tuple[str, ...] = ()
    origin: Origin = "source"


class Unsettled(Struct, frozen=True):
    """A name that people type for several organisations: never settled without a person saying so."""

    name: str
    candidates: tuple[str, ...]


class Catalogue(Struct, frozen=True, cache_hash=True):
    """The organisations a sheet may name. Fields stand in the order in which they first appear."""

    resources: tuple[Resource, ...] = ()
    unsettled: tuple[Unsettled, ...] = ()

    @property
    def fields(self) -> tuple[str, ...]:
        """The fields, each once, in the order of the catalogue."""
        return tuple(dict.fromkeys(resource.field for resource in self.resources))


class Workshop(Struct, frozen=True, omit_defaults=True):
    """A whole workshop, checked: minutes add up, ids are unique, what is named exists."""

    id: str
    title: str
    language: str
    segments: tuple[Segment, ...]
    cases: tuple[Case, ...] = ()
    catalogue: Catalogue = Catalogue()
    course: str = ""

    @property
    def total(self) -> Millis:
        """The planned length of the whole."""
        return Millis(sum(segment.planned for segment in self.segments))

    def has(self, segment: int, slide: int, part: int = 0) -> bool:
        """Whether there is such a place in the rundown; a segment without slides has one."""
        if not 0 <= segment < len(self.segments):
            return False
        slides = self.segments[segment].shown
        return 0 <= slide < len(slides) and 0 <= part < slides[slide].parts

    def case(self, case_id: str) -> Case | None:
        """The case of that id."""
        return next((case for case in self.cases if case.id == case_id), None)
