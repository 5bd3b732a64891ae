"""All slides of a workshop in a row, and those that a few typed letters mean."""

import unicodedata

from msgspec import Struct

from shuro_tui.core.model import Workshop
from shuro_tui.core.names import key


class Entry(Struct, frozen=True):
    """A place in the rundown: `number` counts all slides from 1; a segment without slides has one place."""

    number: int
    segment: int
    slide: int
    title: str
    optional: bool = False

    @property
    def place(self) -> str:
        """Segment and slide, each from 1."""
        return f"{self.segment + 1}-{self.slide + 1}"


def overview(workshop: Workshop) -> tuple[Entry, ...]:
    """Every place, in the order of the rundown."""
    places = (
        (number, slide, *titled)
        for number, segment in enumerate(workshop.segments)
        for slide, titled in enumerate([(one.title or segment.title, one.optional) for one in segment.shown])
    )
    return tuple(Entry(number, *place) for number, place in enumerate(places, 1))


def found(entries: tuple[Entry, ...], typed: str) -> tuple[Entry, ...]:
    """The entries that are meant: by number, by segment-slide, or by a part of the title; all when nothing is typed."""
    number, words = unicodedata.normalize("NFKC", typed).strip(), key(typed)
    by_number = [entry for entry in entries if number in (str(entry.number), entry.place)]
    by_title = [entry for entry in entries if entry not in by_number and words in key(entry.title)]
    return (*by_number, *by_title)
