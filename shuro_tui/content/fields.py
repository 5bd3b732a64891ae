"""A typed reader over nodes: it takes what is right, and notes everything that is wrong with its place."""

import difflib
import re
import unicodedata
from collections.abc import Iterable, Mapping
from typing import TypeVar

from shuro_tui.content.problem import Place, Problem, quoted
from shuro_tui.content.tree import Node
from shuro_tui.core.sheet import clean
from shuro_tui.i18n import _

MINUTES_AT_MOST = 24 * 60
SECONDS_AT_MOST = 60 * MINUTES_AT_MOST
NEAR = 0.75  # so that two letters swapped are a slip, and another word is not

_WHOLE_NUMBER = re.compile(r"[+-]?[0-9]{1,9}")
_ID = re.compile(r"[A-Za-z0-9_-]{1,64}")

Word = TypeVar("Word", bound=str)


class Page:
    """One file while it is read. Its problems go to a list that all files of a workshop share."""

    def __init__(self, file: str, problems: list[Problem]) -> None:
        self.file = file
        self._problems = problems

    def complain(self, place: Place, message: str, hint: str = "") -> None:
        """Note a problem at that place."""
        self._problems.append(Problem(self.file, *place, message=message, hint=hint))

    def text(self, node: Node, what: str, *, blank: bool = False) -> str:
        """Text of a scalar of any look, as it was written; "" after a complaint."""
        if node.kind != "text":
            self.complain(node.place, _("{what} must be text").format(what=what))
            return ""
        text = clean(node.text).strip()
        if not text and not blank:
            self.complain(node.place, _("{what} is blank").format(what=what))
        return text

    def whole_number(self, node: Node, what: str, least: int = 1, most: int = MINUTES_AT_MOST) -> int:
        """A whole number within bounds, in digits of any width; 0 after a complaint."""
        text = unicodedata.normalize("NFKC", node.text).strip()
        if node.kind != "text" or not _WHOLE_NUMBER.fullmatch(text):
            message = _("{what} must be a whole number").format(what=what)
            self.complain(node.place, message, f"{what}: 10")
            return 0
        if least <= int(text) <= most:
            return int(text)
        self.complain(node.place, _("{what} must be from {least} to {most}").format(what=what, least=least, most=most))
        return 0

    def items(self, node: Node, what: str) -> tuple[Node, ...]:
        """The items of a list; nothing written is an empty list."""
        if node.kind != "list" and not node.blank:
            self.complain(node.place, _("{what} must be a list").format(what=what), "[…]")
        return node.items

    def unique(self, named: Iterable[tuple[str, Place]], what: str) -> None:
        """Complain about each name that has stood before."""
        lines: dict[str, int] = {}
        for name, place in named:
            if name in lines:
                message = _("{what} '{name}' stands in line {n} already")
                self.complain(place, message.format(what=what, name=quoted(name), n=lines[name]))
            elif name:
                lines[name] = place[0]


class Fields:
    """The fields of one mapping. Unknown and doubled keys are noted at once, missing ones when they are asked for."""

    def __init__(self, page: Page, node: Node, keys: Mapping[str, str]) -> None:
        self.page = page
        self.place = node.place
        self._keys = keys
        self._nodes: dict[str, Node] = {}
        # Keys that are there under a name with a slip in it; to call them missing too would be noise.
        self._meant: set[str] = set()
        self._usable = node.kind == "mapping"
        if not self._usable:
            page.complain(node.place, _("fields must be here, such as {example}").format(example=_first(keys)))
        for key, value in node.entries:
            self._take(key, value)

    def _take(self, key: Node, value: Node) -> None:
        if key.kind != "text":
            self.page.complain(
                key.place, _("fields must be here, such as {example}").format(example=_first(self._keys))
            )
        elif key.text in self._nodes:
            self.page.complain(key.place, _("'{key}' stands here a second time").format(key=key.text))
        elif key.text in self._keys:
            # Where nothing is written, the parser's place is that of whatever comes next.
            self._nodes[key.text] = Node("text", key.place, blank=True) if value.blank else value
        else:
            near = difflib.get_close_matches(key.text, self._keys, 1, NEAR)
            self._meant.update(near)
            hint = _("did you mean {key}?").format(key=near[0]) if near else ", ".join(self._keys)
            self.page.complain(key.place, _("'{key}' is not known here").format(key=quoted(key.text)), hint)

    def node(self, key: str, *, required: bool = False) -> Node | None:
        """The value of a key as it was written."""
        if required and self._usable and key not in self._nodes and key not in self._meant:
            hint = _("e.g. {example}").format(example=self._keys[key])
            self.page.complain(self.place, _("'{key}' is missing").format(key=key), hint)
        return self._nodes.get(key)

    def text(self, key: str) -> str:
        """Text that must be there."""
        node = self.node(key, required=True)
        return "" if node is None else self.page.text(node, key)

    def optional(self, key: str) -> str:
        """Text that may be missing or blank."""
        node = self.node(key)
        return "" if node is None else self.page.text(node, key, blank=True)

    def identifier(self) -> tuple[str, Place]:
        """The id, with its place."""
        node = self.node("id", required=True)
        if node is None:
            return "", self.place
        text = self.page.text(node, "id")
        if text and not _ID.fullmatch(text):
            message = _("an id has letters a to z, digits, - and _, 64 at most")
            self.page.complain(node.place, message, self._keys["id"])
        return text, node.place

    def number(self, key: str, least: int = 1, most: int = MINUTES_AT_MOST, default: int | None = None) -> int:
        """A whole number, which must be there when it has no default; 0 after a complaint."""
        node = self.node(key, required=default is None)
        return default or 0 if node is None else self.page.whole_number(node, key, least, most)

    def word(self, key: str, among: tuple[Word, ...], default: Word | None = None) -> Word:
        """One of a few words."""
        node = self.node(key, required=default is None)
        text = "" if node is None or node.kind != "text" else node.text.strip()
        found = next((word for word in among if word == text), None)
        if found is None and node is not None:
            self.page.complain(node.place, _("{what} must be one of: {words}").format(what=key, words=", ".join(among)))
        return found or default or among[0]

    def items(self, key: str, *, required: bool = False) -> tuple[Node, ...]:
        """The items of a list; one that is required must not be empty."""
        node = self.node(key, required=required)
        if node is None:
            return ()
        found = self.page.items(node, key)
        if required and not found and (node.kind == "list" or node.blank):
            hint = _("e.g. {example}").format(example=self._keys[key])
            self.page.complain(node.place, _("{what} is empty").format(what=key), hint)
        return found

    def texts(self, key: str, *, required: bool = False) -> tuple[tuple[str, Place], ...]:
        """A list of texts, each with its place."""
        return tuple((self.page.text(node, key), node.place) for node in self.items(key, required=required))


def _first(keys: Mapping[str, str]) -> str:
    return next(iter(keys.values()))
