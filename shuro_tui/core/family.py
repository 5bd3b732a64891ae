"""Whether a text, a row or a case is about the person's family."""

import re
from functools import lru_cache

from shuro_tui.core.model import Case

# Each begins with a letter of its own, so that the search goes fast past all others.
_WORDS = re.compile(
    r"家族|保護者|きょうだい|兄|弟|姉|妹|父|母(?![校体語国港])|親(?<![里懇]親)(?![切身睦密近和善指会しみ])"
    r"|(?:famil(?:y|ies)|mothers?|fathers?|parents?(?<!transparent)|siblings?|sisters?|brothers?)(?![a-z])"
)


@lru_cache(maxsize=65_536)
def speaks_of_family(text: str) -> bool:
    """Whether a word for somebody of a family stands in the text."""
    return _WORDS.search(text.lower()) is not None


class Family:
    """What the rows of a case say of the family.

    A choice does where the case marks it so (`ecomap: family`), or, in a column without marks, by its word; all else by
    a word for somebody of the family.
    """

    def __init__(self, case: Case) -> None:
        self._texts = tuple(column.id for column in case.columns if column.kind != "choice")
        choices = ((column.id, _choices(column.choices, column.ecomap)) for column in case.columns)
        self._choices = tuple((column, own) for column, own in choices if own)
        facts = (text for fact in case.profile for text in (fact.label, fact.value))
        told = any(map(speaks_of_family, (case.story, case.question, *facts)))
        self.asked = told or bool(self._choices)
        """Whether the case has a family that one could think of."""

    def in_row(self, fields: dict[str, str]) -> bool:
        """Whether a row is about the family."""
        # Loops, where any() would cost twice as much: a thousand groups write twenty thousand rows.
        for column, choices in self._choices:
            if fields.get(column) in choices:
                return True
        for column in self._texts:  # noqa: SIM110
            if speaks_of_family(fields.get(column, "")):
                return True
        return False


def _choices(choices: tuple[str, ...], drawn: tuple[str, ...]) -> frozenset[str]:
    if drawn:
        return frozenset(choice for choice, each in zip(choices, drawn, strict=False) if each == "family")
    return frozenset(filter(speaks_of_family, choices))
