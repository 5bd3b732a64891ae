"""One row, asked for field by field; each answer is kept at once."""

from collections.abc import Callable, Iterator

from shuro_tui.core.matching import match
from shuro_tui.core.model import Case, Catalogue, Column, Resource
from shuro_tui.core.sheet import CHARACTERS_AT_MOST, clean
from shuro_tui.core.suggest import suggest
from shuro_tui.i18n import _
from shuro_tui.plain.reading import one_line, resource_line
from shuro_tui.plain.words import plain

BLANK = "-"
"""The answer that empties a field."""


class Entry:
    """The fields of a row, one after the other, until `column` is None. `keep` is given all of them at each answer."""

    def __init__(
        self, fields: dict[str, str], case: Case, catalogue: Catalogue, keep: Callable[[dict[str, str]], None]
    ) -> None:
        self._fields = {column.id: fields.get(column.id, "") for column in case.columns}
        self._columns = iter(case.columns)
        self._catalogue = catalogue
        self._keep = keep
        self._choosing: tuple[Resource, ...] = ()
        self.column: Column | None = next(self._columns, None)

    @property
    def prompt(self) -> str:
        """What is asked for."""
        if self.column is None:
            return ""
        if self._choosing:
            return _("Its number, or Enter for what you typed: ")
        before = one_line(self._fields[self.column.id])
        standing = _(" [{text}; Enter keeps it, {blank} empties it]").format(text=before, blank=BLANK) if before else ""
        return f"{self._title(self.column)}{standing}: "

    @staticmethod
    def _title(column: Column) -> str:
        numbered = (f"{number} {choice}" for number, choice in enumerate(column.choices, 1))
        return f"{column.title} ({', '.join(numbered)})" if column.choices else column.title

    def answer(self, line: str) -> Iterator[str]:
        """Take an answer; what there is to say to it."""
        if self.column is None:
            return
        if self._choosing:
            yield from self._chosen(plain(line))
        elif line.strip():
            yield from self._typed(clean(line).strip(), self.column)
        else:
            self._on()

    def _typed(self, text: str, column: Column) -> Iterator[str]:
        if text == BLANK:
            text = ""
        elif column.kind == "choice":
            choices = {str(number): choice for number, choice in enumerate(column.choices, 1)}
            named = choices.get(plain(text), text)
            if named not in column.choices:
                yield _("'{word}' is none of the choices: {choices}.").format(
                    word=text, choices=_(", ").join(column.choices)
                )
                return
            text = named
        if len(text) > CHARACTERS_AT_MOST:
            yield _("A field takes {n} characters; nothing was added.").format(n=CHARACTERS_AT_MOST)
            return
        self._write(column, text)
        if column.kind == "organisation" and text and match(text, self._catalogue).organisation is None:
            self._choosing = suggest(text, self._catalogue)
        if self._choosing:
            yield _("Which may be:")
            yield from (f"{number}. {resource_line(one)}" for number, one in enumerate(self._choosing, 1))
        else:
            self._on()

    def _chosen(self, said: str) -> Iterator[str]:
        if said and not (said.isdecimal() and 0 < int(said) <= len(self._choosing)):
            yield _("A number from 1 to {n}, or Enter.").format(n=len(self._choosing))
            return
        if said and self.column is not None:
            self._write(self.column, self._choosing[int(said) - 1].name)
        self._choosing = ()
        self._on()

    def _write(self, column: Column, text: str) -> None:
        if self._fields[column.id] != text:
            self._fields[column.id] = text
            self._keep(dict(self._fields))

    def _on(self) -> None:
        self.column = next(self._columns, None)
