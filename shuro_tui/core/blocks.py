"""What stands on a slide: headings, text, lists, tables, drawings. Frozen, and free of how it looks."""

from collections.abc import Iterable, Iterator
from itertools import chain
from typing import Literal

from msgspec import Struct

Kind = Literal["text", "keyword", "name", "string", "number", "comment"]
"""What a run of code is; `text` is all that is none of the others."""


class Span(Struct, frozen=True, omit_defaults=True):
    """A run of text in one style."""

    text: str
    bold: bool = False
    italic: bool = False
    code: bool = False
    link: str = ""


Spans = tuple[Span, ...]


class Heading(Struct, frozen=True, tag="heading"):
    """A heading; level 1 is the title of a slide."""

    level: int
    spans: Spans


class Paragraph(Struct, frozen=True, tag="paragraph"):
    """Running text; a line break in the source is a Span of one newline."""

    spans: Spans


class Item(Struct, frozen=True, omit_defaults=True):
    """One item of a list, with the list nested below it, if any."""

    spans: Spans
    below: "Items | None" = None


class Items(Struct, frozen=True, tag="items", omit_defaults=True):
    """A list; numbered from `first` when ordered."""

    items: tuple[Item, ...]
    ordered: bool = False
    first: int = 1


class Quote(Struct, frozen=True, tag="quote"):
    """Quoted paragraphs."""

    paragraphs: tuple[Spans, ...]


class Run(Struct, frozen=True, omit_defaults=True):
    """A run of code of one kind."""

    text: str
    kind: Kind = "text"


class Code(Struct, frozen=True, tag="code", omit_defaults=True):
    """Preformatted text."""

    runs: tuple[Run, ...]
    language: str = ""


Align = Literal["left", "center", "right"]


class Table(Struct, frozen=True, tag="table", omit_defaults=True):
    """A table: one head row, any number of rows of the same length. `align`: of each column; () when all are left."""

    head: tuple[Spans, ...]
    rows: tuple[tuple[Spans, ...], ...]
    align: tuple[Align, ...] = ()


class Picture(Struct, frozen=True):
    """A picture in a file of the workshop's folder, named from there. `width` and `height` in pixels.

    digest: another one when the file was drawn anew.
    """

    file: str
    width: int
    height: int
    digest: str


class Image(Struct, frozen=True, tag="image", omit_defaults=True):
    """A picture, and the words that stand for it where it cannot be shown. `source`: as it is written."""

    alt: str
    source: str
    picture: Picture | None = None


class Branch(Struct, frozen=True):
    """One titled list: a field of a map, or a lane."""

    title: str
    entries: tuple[str, ...]


class Map(Struct, frozen=True, tag="map"):
    """A centre and the fields around it."""

    centre: str
    fields: tuple[Branch, ...]


class Stage(Struct, frozen=True):
    """One step of a flow."""

    title: str
    text: str = ""


class Flow(Struct, frozen=True, tag="flow"):
    """Steps in order."""

    stages: tuple[Stage, ...]


class Lanes(Struct, frozen=True, tag="lanes"):
    """Columns side by side."""

    lanes: tuple[Branch, ...]


class Columns(Struct, frozen=True, tag="columns"):
    """Blocks side by side, in columns of the same width."""

    columns: "tuple[tuple[Block, ...], ...]"


class Pause(Struct, frozen=True, tag="pause"):
    """What stands below it is shown with the next key. Between the blocks of a slide, nowhere else."""


Block = Heading | Paragraph | Items | Quote | Code | Table | Image | Map | Flow | Lanes | Columns | Pause


def images(blocks: Iterable[Block]) -> Iterator[Image]:
    """The images of a slide, in columns too."""
    for block in blocks:
        if isinstance(block, Image):
            yield block
        elif isinstance(block, Columns):
            yield from images(chain.from_iterable(block.columns))
