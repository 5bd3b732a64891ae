"""What organisations are asked for, told apart by what it says: where a group gives one role to two of them."""

from functools import lru_cache

from shuro_tui.core.model import Column
from shuro_tui.core.names import gist

LETTERS_AT_LEAST = 5
"""A role of fewer letters, 「相談」 or 「情報共有」, is one that many organisations have."""

_NONE: frozenset[frozenset[str]] = frozenset()


@lru_cache(maxsize=65_536)
def _role(content: str) -> str:
    role = gist(content)
    return role if len(role) >= LETTERS_AT_LEAST else ""


class Roles:
    """The roles that one group gives; `text`: the column in which they stand."""

    def __init__(self, text: Column | None) -> None:
        self._text = "" if text is None else text.id
        self._first: dict[str, str] = {}
        self._shared: dict[str, set[str]] = {}

    def of(self, fields: dict[str, str]) -> str:
        """The role that a row gives; "" when it says too little to be one."""
        return _role(fields.get(self._text, ""))

    def give(self, role: str, line: str) -> None:
        """An organisation is asked for that."""
        first = self._first.setdefault(role, line)
        if first != line:
            self._shared.setdefault(role, {first}).add(line)

    def shared(self) -> frozenset[frozenset[str]]:
        """The sets of lines that have a role in common."""
        return frozenset(map(frozenset, self._shared.values())) if self._shared else _NONE
