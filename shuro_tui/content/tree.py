"""YAML text → a tree of nodes that know their place. Anchors, aliases and tags are refused, not expanded."""

from typing import Literal, NoReturn, Protocol

import yaml
from msgspec import Struct
from yaml.error import MarkedYAMLError
from yaml.events import (
    AliasEvent,
    CollectionEndEvent,
    CollectionStartEvent,
    DocumentStartEvent,
    Event,
    MappingStartEvent,
    NodeEvent,
    ScalarEvent,
)

from shuro_tui.content.problem import NOWHERE, ContentError, Place, Problem
from shuro_tui.i18n import N_, _

DEPTH_AT_MOST = 20

_OWN_TAGS = "tag:yaml.org,2002:"

# The scanner in C is ten times as fast; not every machine has it.
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

# YAML's own words about the two slips that people make most, and what to do about them.
_QUOTE = N_('put the text in "quotes"')
_HINTS = (
    ("mapping values are not allowed", _QUOTE),
    ("cannot start any token", _QUOTE),
)


class _Mark(Protocol):
    """A place as either parser gives it: counted from 0."""

    line: int
    column: int


class Node(Struct, frozen=True):
    """One value as it was written. `text` is that of a scalar; `blank` is one with nothing written at all."""

    kind: Literal["text", "list", "mapping"]
    place: Place
    text: str = ""
    blank: bool = False
    items: tuple["Node", ...] = ()
    entries: tuple[tuple["Node", "Node"], ...] = ()


class _Open:
    """A list or a mapping whose end has not come yet."""

    def __init__(self, start: CollectionStartEvent) -> None:
        self.start = start
        self.nodes: list[Node] = []

    def close(self) -> Node:
        place = _place(self.start.start_mark)
        if isinstance(self.start, MappingStartEvent):
            pairs = zip(self.nodes[::2], self.nodes[1::2], strict=True)
            return Node("mapping", place, entries=tuple(pairs))
        return Node("list", place, items=tuple(self.nodes))


def tree(text: str, file: str) -> Node | None:
    """The one document of a YAML file; None when it is empty. Raises ContentError at the first slip of syntax."""
    try:
        return _build(text, file)
    except MarkedYAMLError as error:
        raise ContentError([_slip(error, text, file)]) from error
    except (yaml.YAMLError, ValueError, OverflowError) as error:
        raise ContentError([Problem(file, message=_("this is not YAML: {why}").format(why=error))]) from error


def _build(text: str, file: str) -> Node | None:
    root: Node | None = None
    stack: list[_Open] = []
    documents = 0
    for event in yaml.parse(text, Loader=_LOADER):
        if isinstance(event, DocumentStartEvent):
            documents += 1
            if documents > 1:
                _refuse(file, event, _("a second document begins here; a file holds one"))
        _check(event, file, len(stack))
        if isinstance(event, CollectionStartEvent):
            stack.append(_Open(event))
            continue
        if isinstance(event, ScalarEvent):
            node = _scalar(event)
        elif isinstance(event, CollectionEndEvent):
            node = stack.pop().close()
        else:
            continue
        if stack:
            stack[-1].nodes.append(node)
        else:
            root = node
    return None if root is None or root.blank else root


def _scalar(event: ScalarEvent) -> Node:
    plain = event.style is None or event.style == ""
    blank = plain and event.value in ("", "~", "null")
    return Node("text", _place(event.start_mark), text="" if blank else event.value, blank=blank)


def _check(event: Event, file: str, depth: int) -> None:
    if isinstance(event, AliasEvent):
        _refuse(file, event, _("aliases (*{name}) are not used here; write the value again").format(name=event.anchor))
    if not isinstance(event, NodeEvent):
        return
    if event.anchor is not None:
        _refuse(file, event, _("anchors (&{name}) are not used here").format(name=event.anchor))
    tag = getattr(event, "tag", None)
    if tag is not None:
        _refuse(file, event, _("tags ({name}) are not used here").format(name=tag.replace(_OWN_TAGS, "!!")))
    if depth > DEPTH_AT_MOST:
        _refuse(file, event, _("this is nested more than {n} levels deep").format(n=DEPTH_AT_MOST))


def _refuse(file: str, event: Event, message: str) -> NoReturn:
    raise ContentError([Problem(file, *_place(event.start_mark), message=message)])


def _slip(error: MarkedYAMLError, text: str, file: str) -> Problem:
    line, column = _place(error.problem_mark or error.context_mark)
    lines = text.split("\n")
    written = lines[line - 1] if 0 < line <= len(lines) else ""
    indent = written[: len(written) - len(written.lstrip())]
    if "\t" in indent:
        return Problem(file, line, indent.index("\t") + 1, _("a tab stands where spaces must be"))
    why = error.problem or str(error)
    hint = next((_(advice) for words, advice in _HINTS if words in why), "")
    began = _place(error.context_mark)[0]
    if not hint and began not in (0, line):
        hint = _("it began in line {n}").format(n=began)
    return Problem(file, line, column, _("this is not YAML: {why}").format(why=why), hint)


def _place(mark: _Mark | None) -> Place:
    return NOWHERE if mark is None else (mark.line + 1, mark.column + 1)
