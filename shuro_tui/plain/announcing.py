"""What has happened, in lines: between two views, and between two looks at the clock and the connection."""

from collections.abc import Iterator

from shuro_tui.core.dial import Signal
from shuro_tui.core.link import LinkState
from shuro_tui.core.model import Case
from shuro_tui.core.plaintext import signal_words
from shuro_tui.core.views import GroupView
from shuro_tui.i18n import _
from shuro_tui.plain.reading import late_line, numbers_of, one_line
from shuro_tui.plain.words import word
from shuro_tui.tui.refusals import why_not

STALE_AFTER = 3_000
"""Milliseconds without a word from the hub after which it is told."""


def between(old: GroupView, new: GroupView) -> Iterator[str]:
    """What the room has to know of a new view."""
    if (old.dial.segment, old.dial.phase) != (new.dial.segment, new.dial.phase):
        yield _now(old, new)
    known = {case.id for case in old.cases}
    for number, case in enumerate(new.cases, 1):
        if case.id not in known:
            told = _("A case is open: {title}. '{word} {n}' reads it, '{add}' writes a row.")
            yield told.format(title=case.title, word=word("case"), n=number, add=word("add"))
        else:
            yield from _of_case(case, old, new)
        if case.id in new.revealed and case.id not in old.revealed:
            told = _("The sheets of {title} are revealed; '{word}' reads the other groups' rows.")
            yield told.format(title=case.title, word=word("others"))
            yield _("'{word}' reads what the comparison found.").format(word=word("findings"))
        elif case.model and any(case.id == each.id and not each.model for each in old.cases):
            told = _("The model answer of {title} is revealed; '{word}' reads it after the other groups' rows.")
            yield told.format(title=case.title, word=word("others"))
    for message in new.messages:
        if message not in old.messages:
            yield _("From the facilitator: {text}").format(text=one_line(message.text))


def _of_case(case: Case, old: GroupView, new: GroupView) -> Iterator[str]:
    """What has become of a sheet."""
    if case.id in old.writing and case.id not in new.writing:
        yield _("The sheets of {title} are closed.").format(title=case.title)
    elif case.id in new.writing and case.id not in old.writing:
        yield _("The sheets of {title} are open again.").format(title=case.title)
    if case.id in new.closing and case.id not in old.closing:
        told = _("The sheets of {title} are being collected: finish your row. '{word}' submits.")
        yield told.format(title=case.title, word=word("submit"))
    late = new.late.get(case.id, 0)
    if late > old.late.get(case.id, 0):
        yield late_line(case, late)
    sheet = new.sheet(case.id)
    twice = sheet.duplicates - old.sheet(case.id).duplicates
    if twice:
        told = _(
            "Two terminals wrote to one row of {title} at the same time; both texts stand there now, as rows {rows}. "
            "'{keep} N' keeps row N alone, '{all} N' keeps both."
        )
        yield told.format(title=case.title, rows=numbers_of(sheet, twice), keep=word("keep"), all=word("keep all"))


def _now(old: GroupView, new: GroupView) -> str:
    match new.dial.phase:
        case "paused":
            return _("The clock is paused.")
        case "finished":
            return _("The session has ended.")
        case _ if old.dial.segment == new.dial.segment and old.dial.phase == "paused":
            return _("The clock runs again.")
        case _:
            return _("Now: {title}").format(title=new.outline.segments[new.dial.segment])


class Watch:
    """Tells each signal and each change of the connection once."""

    def __init__(self) -> None:
        self._signal: Signal | None = None
        self._away = False
        self._link = LinkState(connected=True, silent=0)  # type: ignore[arg-type]

    def look(self, signal: Signal | None, writing: bool, link: LinkState) -> Iterator[str]:
        """What is to be told at this look."""
        if signal is not None and signal != self._signal:
            yield signal_words(signal, writing)
        self._signal = signal
        away = not link.connected or link.silent >= STALE_AFTER
        if away != self._away:
            yield (
                _("No connection to the hub. Go on writing: everything is kept here.")
                if away
                else _("Connected to the hub again.")
            )
        self._away = away
        if link.refused is not None and link.refused != self._link.refused:
            yield why_not(link.refused)
        if link.trouble and link.trouble != self._link.trouble:
            yield _("cannot write here: {why}").format(why=link.trouble)
        self._link = link
