"""A group's side of the workshop as a dialogue: lines in, lines out. It reads no clock and writes to no terminal."""

import secrets
from collections.abc import Iterable, Iterator

from msgspec.structs import replace

from shuro_tui.core.commands import DeleteRow, GroupCommand, MoveRow, Settle, Submit, TakeBack, WriteRow
from shuro_tui.core.link import Link, LinkState
from shuro_tui.core.model import Case, Millis
from shuro_tui.core.sheet import ROWS_AT_MOST, Row
from shuro_tui.core.suggest import suggest
from shuro_tui.core.unsent import with_unsent
from shuro_tui.core.views import GroupView
from shuro_tui.i18n import _
from shuro_tui.plain import comparing, reading
from shuro_tui.plain.entry import Entry
from shuro_tui.plain.words import help_lines, understood, word


class Dialogue:
    """What is said to each line. `left` is set when the person has had enough."""

    def __init__(self, view: GroupView, link: Link) -> None:
        self.view = view
        self.left = False
        self._link = link
        self._case = ""
        self._entry: Entry | None = None
        self._undo: list[GroupCommand] = []
        self._revisions: dict[str, str] = {}  # of the rows that were written here, as they were written last
        self.follow(view)

    @property
    def prompt(self) -> str:
        """What stands before what is typed next."""
        return self._entry.prompt if self._entry is not None else "> "

    @property
    def asking(self) -> bool:
        """Whether a field is being asked for, so that somebody is probably typing."""
        return self._entry is not None

    @property
    def case(self) -> Case | None:
        """The case that commands are about."""
        return next((case for case in self.view.cases if case.id == self._case), None)

    def follow(self, view: GroupView) -> None:
        """The view is another one now."""
        moved = view.at_work != self.view.at_work or not self._case
        if moved and view.at_work and self._case not in view.at_work and not self.asking:
            self._case = view.at_work[0]
        self.view = view
        if self.case is None and view.cases:
            self._case = view.cases[0].id

    def hear(self, line: str, now: Millis, link: LinkState) -> list[str]:
        """What is said to a line."""
        if self._entry is not None:
            return list(self._answered(self._entry, line))
        if not line.strip():
            return []
        command, rest = understood(line)
        match command:
            case "help":
                return help_lines()
            case "quit":
                self.left = True
                return []
            case "slide":
                return list(reading.slide_lines(self.view))
            case "time":
                return list(reading.time_lines(self.view, now))
            case "others" | "findings" | "organisations":
                return list(self._compare(command, rest))
            case "news":
                return list(reading.news_lines(self.view))
            case "state":
                return list(reading.state_lines(link))
            case "find":
                return list(self._find(rest))
            case "":
                told = _("'{line}' is not understood. '{word}' lists the commands.")
                return [told.format(line=rest, word=word("help"))]
            case _:
                return list(self._about_the_sheet(command, rest))

    def _find(self, typed: str) -> Iterable[str]:
        found = suggest(typed, self.view.catalogue, at_most=9)
        return map(reading.resource_line, found) if found else (_("Nothing found."),)

    def _compare(self, command: str, rest: str) -> Iterable[str]:
        if command == "others":
            return comparing.others_lines(self.view, self.case)
        if self.case is None or self.case.id not in self.view.revealed:
            return (_("The sheets have not been revealed yet."),)
        if command == "findings":
            return comparing.finding_lines(self.view, self.case)
        return comparing.organisation_lines(self.view, self.case, rest)

    # The sheet.

    def _about_the_sheet(self, command: str, rest: str) -> Iterator[str]:
        case = self.case
        if case is None:
            yield _("There is no sheet to write yet.")
        elif command == "case":
            yield from self._read(rest)
        elif command == "list":
            elsewhere = [typing.row for typing in self.view.typing if typing.case == case.id]
            late = self.view.late.get(case.id, 0)
            yield from reading.sheet_lines(self.view.sheet(case.id), case, elsewhere, late)
        elif case.id not in self.view.writing:
            yield _("The sheets of this case are closed.")
        elif command == "take back":
            self._put(TakeBack(case.id), Submit(case.id))
            yield _("You can go on writing.")
        elif command == "undo":
            yield self._undone()
        elif self.view.sheet(case.id).submitted_at is not None:
            yield _("It is submitted; '{word}' to go on writing.").format(word=word("take back"))
        elif command == "submit":
            self._put(Submit(case.id), TakeBack(case.id))
            yield _("Submitted. '{word}' to go on writing.").format(word=word("take back"))
        elif command == "add":
            yield from self._add(case)
        else:
            yield from self._about_a_row(command, rest.split(), case)

    def _about_a_row(self, command: str, numbers: list[str], case: Case) -> Iterator[str]:
        rows = self.view.sheet(case.id).rows
        wanted = 2 if command == "move" else 1
        if len(numbers) != wanted or not all(each.isdecimal() and 0 < int(each) <= len(rows) for each in numbers):
            example = " ".join(("1", "2")[:wanted])
            told = _("'{word}' needs a row's number, such as: {word} {example}. There are {n} rows.")
            yield told.format(word=word(command), example=example, n=len(rows))
            return
        number = int(numbers[0])
        row = rows[number - 1]
        if command == "change":
            self._undo.append(WriteRow(case.id, row.id, row.fields, number - 1))
            self._ask(row, number - 1, case)
            yield reading.row_line(number, row, case)
        elif command == "delete":
            self._revisions.pop(row.id, None)
            self._put(DeleteRow(case.id, row.id, row.revision), WriteRow(case.id, row.id, row.fields, number - 1))
            yield _("Row {n} is deleted; '{word}' brings it back.").format(n=number, word=word("undo"))
        elif command in ("keep", "keep all"):
            yield self._settled(case, row, number, command)
        else:
            self._put(MoveRow(case.id, row.id, int(numbers[1]) - 1), MoveRow(case.id, row.id, number - 1))
            yield _("Row {n} is row {place} now.").format(n=number, place=int(numbers[1]))

    def _settled(self, case: Case, row: Row, number: int, command: str) -> str:
        if row.id not in self.view.sheet(case.id).duplicates:
            return _("Row {n} is no duplicate.").format(n=number)
        self._put(Settle(case.id, row.id, "this" if command == "keep" else "all"))
        self._undo.clear()  # what was settled is not taken back, nor what was done before it
        return _("It is settled; '{word}' reads all rows.").format(word=word("list"))

    def _add(self, case: Case) -> Iterator[str]:
        rows = self.view.sheet(case.id).rows
        if len(rows) >= ROWS_AT_MOST:
            yield _("The sheet is full: {n} rows.").format(n=ROWS_AT_MOST)
            return
        row = Row(secrets.token_hex(8), {})
        self._undo.append(DeleteRow(case.id, row.id))
        self._ask(row, len(rows), case)
        yield _("Row {n}. Enter alone leaves a field blank.").format(n=len(rows) + 1)

    def _ask(self, row: Row, position: int, case: Case) -> None:
        self._revisions[row.id] = row.revision

        def keep(fields: dict[str, str]) -> None:
            self._put(WriteRow(case.id, row.id, fields, position))
            self._link.typing(case.id, row.id)

        self._entry = Entry(row.fields, case, self.view.catalogue, keep)
        self._link.typing(case.id, row.id)

    def _answered(self, entry: Entry, line: str) -> Iterator[str]:
        yield from entry.answer(line)
        if entry.column is None:
            self._entry = None
            yield _("The row is kept. '{word}' reads all rows.").format(word=word("list"))

    def _undone(self) -> str:
        if not self._undo:
            return _("There is nothing to take back.")
        command = self._undo.pop()
        if isinstance(command, DeleteRow):
            if self.view.sheet(command.case).row(command.row) is None:
                return _("There is nothing to take back.")
            command = replace(command, made_from=self._revisions.get(command.row, ""))
        self._put(command)
        return _("Taken back.")

    def _read(self, rest: str) -> Iterator[str]:
        cases = self.view.cases
        if rest.isdecimal() and 0 < int(rest) <= len(cases):
            self._case = cases[int(rest) - 1].id
        elif rest:
            yield _("There are the cases 1 to {n}.").format(n=len(cases))
            return
        if self.case is not None:
            yield from reading.case_lines(self.case)

    def _put(self, command: GroupCommand, undo: GroupCommand | None = None) -> None:
        if isinstance(command, WriteRow):
            made_from, revision = self._revisions.get(command.row, ""), secrets.token_hex(8)
            command = replace(command, revision=revision, made_from=made_from)
            self._revisions[command.row] = revision
        self._link.put(command)
        # What the next command is about is what the person has just done, sent or not.
        self.view = with_unsent(self.view, (command,))
        if undo is not None:
            self._undo.append(undo)
