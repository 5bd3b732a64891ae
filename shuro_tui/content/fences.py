"""Drawings in code fences of slides: ```map, ```flow and ```lanes."""

import re
from collections.abc import Callable

from shuro_tui.content.fields import Page
from shuro_tui.content.problem import quoted
from shuro_tui.core.blocks import Branch, Flow, Lanes, Map, Stage
from shuro_tui.core.sheet import clean
from shuro_tui.i18n import _

Drawing = Map | Flow | Lanes
Lines = list[tuple[int, str]]
"""Lines that are not blank, each with its number in the file."""

_BULLET = re.compile(r"(?:[-*+]|[0-9]+[.)])\s+")
# A colon parts a title from its text, unless it belongs to a time or an address.
_COLON = re.compile(r"\s*[:：](?!//|[0-9])\s*")
_COMMA = re.compile(r"\s*[、,，]\s*")


def drawing(language: str, text: str, line: int, page: Page) -> Drawing | None:
    """The drawing in a fence of that language whose text begins in that line; None for another language."""
    read = _READERS.get(language)
    if read is None:
        return None
    lines = [(line + number, clean(words).strip()) for number, words in enumerate(text.split("\n")) if words.strip()]
    if not lines:
        page.complain((line - 1, 1), _("this {what} is empty").format(what=language))
    return read(lines, page)


def _map(lines: Lines, page: Page) -> Map:
    centre = "" if not lines or _BULLET.match(lines[0][1]) else lines[0][1]
    if lines and not centre:
        page.complain((lines[0][0], 1), _("the first line of a map is its centre"))
    fields = []
    for number, text in lines[1:] if centre else lines:
        title, entries = _parted(text)
        split = tuple(entry for entry in _COMMA.split(entries) if entry)
        if not split or not title or not _BULLET.match(text):
            page.complain((number, 1), _("'{text}' is not a field of a map").format(text=quoted(text)), "- field: a, b")
        fields.append(Branch(title, split))
    return Map(centre, tuple(fields))


def _flow(lines: Lines, page: Page) -> Flow:
    stages = []
    for number, text in lines:
        title, words = _parted(text)
        if not title:
            page.complain((number, 1), _("this step has no title"), "- title: text")
        stages.append(Stage(title, words))
    return Flow(tuple(stages))


def _lanes(lines: Lines, page: Page) -> Lanes:
    lanes: list[tuple[str, list[str]]] = []
    for number, text in lines:
        bullet = _BULLET.match(text)
        if bullet is None:
            lanes.append((text, []))
        elif lanes:
            lanes[-1][1].append(text[bullet.end() :])
        else:
            page.complain((number, 1), _("a lane begins with a line for its title"))
    return Lanes(tuple(Branch(title, tuple(entries)) for title, entries in lanes))


def _parted(text: str) -> tuple[str, str]:
    """Title and text of `- title: text`; without a colon all of it is the title."""
    bullet = _BULLET.match(text)
    title, *rest = _COLON.split(text[bullet.end() :] if bullet else text, maxsplit=1)
    return title, rest[0] if rest else ""


_READERS: dict[str, Callable[[Lines, Page], Drawing]] = {"map": _map, "flow": _flow, "lanes": _lanes}
