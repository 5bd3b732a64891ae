"""What is wrong with a workshop's files, and where."""

from collections.abc import Iterable

from msgspec import Struct

from shuro_tui.core.sheet import clean
from shuro_tui.errors import Mend

Place = tuple[int, int]
"""Line and column, both from 1, the column in characters; (0, 0) is the file as a whole."""

NOWHERE: Place = (0, 0)
_SHOWN_AT_MOST = 60


class Problem(Struct, frozen=True):
    """One thing to mend. Lines and columns count from 1; 0 means that there is no such place."""

    file: str
    line: int = 0
    column: int = 0
    message: str = ""
    hint: str = ""

    def __str__(self) -> str:
        """The problem in one line: `file:line:column: message (hint)`."""
        place = "".join(f":{number}" for number in (self.line, self.column) if number)
        hint = f" ({self.hint})" if self.hint else ""
        return f"{clean(self.file)}{place}: {self.message}{hint}".replace("\n", " ")


class ContentError(Mend):
    """A workshop that cannot be used, with everything that is wrong with it, a line each."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(map(str, self.problems)))


def in_order(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """Each problem once: the files in the order in which they were read, each from top to bottom."""
    once = tuple(dict.fromkeys(problems))
    files = {name: number for number, name in enumerate(dict.fromkeys(problem.file for problem in once))}
    return tuple(sorted(once, key=lambda problem: (files[problem.file], problem.line, problem.column)))


def quoted(text: str) -> str:
    """Words out of a file, fit for one line of a message."""
    words = " ".join(clean(text).split())
    return words if len(words) <= _SHOWN_AT_MOST else words[:_SHOWN_AT_MOST] + "…"
