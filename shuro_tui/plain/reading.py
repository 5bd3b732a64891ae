"""What a person reads line by line: a case, rows, the time."""

import re
from collections.abc import Collection, Iterator

from shuro_tui.core.link import LinkState
from shuro_tui.core.model import Case, Millis, Resource
from shuro_tui.core.plaintext import countdown
from shuro_tui.core.sheet import Row, Sheet
from shuro_tui.core.typeset import lay_out
from shuro_tui.core.views import GroupView
from shuro_tui.i18n import _
from shuro_tui.plain.words import word

_WIDTH = 76
_DRAWN = re.compile("[\u2500-\u257f]+")  # frames, which would be read out line by line


def one_line(text: str) -> str:
    """A text of several lines in one."""
    return " / ".join(filter(None, map(str.strip, text.splitlines())))


def case_lines(case: Case) -> Iterator[str]:
    """The whole of a case."""
    yield case.title
    yield from (f"{fact.label}: {one_line(fact.value)}" for fact in case.profile)
    yield from case.story.strip().splitlines()
    yield _("Question: {text}").format(text=one_line(case.question))


def slide_lines(view: GroupView) -> Iterator[str]:
    """The slide that is shown, from top to bottom."""
    if view.shown is None:
        yield _("No slide is shown.")
    else:
        lines = ("".join(piece.text for piece in line) for line in lay_out(view.shown.slide, _WIDTH))
        yield from filter(None, (_DRAWN.sub(" ", line).rstrip() for line in lines))


def row_line(number: int, row: Row, case: Case) -> str:
    """A row with its number, field by field."""
    texts = (f"{column.title}: {one_line(row.fields.get(column.id, '')) or _('blank')}" for column in case.columns)
    return f"{number}. " + "; ".join(texts)


def sheet_lines(sheet: Sheet, case: Case, elsewhere: Collection[str], late: int) -> Iterator[str]:
    """Every row of a sheet. elsewhere: those that are being typed in at other terminals; late: how many came late."""
    yield _("{case}: {n} rows").format(case=case.title, n=len(sheet.rows))
    duplicates = sheet.duplicates
    for number, row in enumerate(sheet.rows, 1):
        yield row_line(number, row, case) + ("; " + _("duplicate") if row.id in duplicates else "")
    typed = numbers_of(sheet, elsewhere)
    if typed:
        yield _("being typed at another terminal: row {rows}").format(rows=typed)
    if late:
        yield late_line(case, late)
    if sheet.submitted_at is not None:
        yield _("It is submitted; '{word}' to go on writing.").format(word=word("take back"))


def late_line(case: Case, late: int) -> str:
    """How many rows came when the sheet was closed."""
    return _("{title} is closed; the facilitator has {n} late rows.").format(title=case.title, n=late)


def numbers_of(sheet: Sheet, rows: Collection[str]) -> str:
    """The numbers of the rows of those ids."""
    return _(", ").join(str(number) for number, row in enumerate(sheet.rows, 1) if row.id in rows)


def time_lines(view: GroupView, now: Millis) -> Iterator[str]:
    """What is left of the segment and of its step."""
    dial = view.dial
    if dial.phase == "waiting":
        yield _("The session has not started yet.")
        return
    if dial.phase == "finished":
        yield _("The session has ended.")
        return
    title = view.outline.segments[dial.segment]
    yield _("{title}: {time} left").format(title=title, time=countdown(dial.remaining(now)))
    left = dial.step_remaining(now)
    if dial.step is not None and left is not None:
        yield _("{title}: {time} left").format(title=dial.step.title, time=countdown(left))
    if dial.phase == "paused":
        yield _("The clock is paused.")
    if view.closing:
        left = Millis(max(min(view.closing.values()) - now, 0))
        yield _("sheets close in {time}").format(time=countdown(left))


def news_lines(view: GroupView) -> Iterator[str]:
    """What the facilitator has to say, the newest first."""
    if not view.messages:
        yield _("There is no message.")
    yield from (_("From the facilitator: {text}").format(text=one_line(message.text)) for message in view.messages)


def state_lines(link: LinkState) -> Iterator[str]:
    """Whether what was typed is safe."""
    yield _("Connected to the hub.") if link.connected else _("No connection to the hub.")
    if link.trouble:
        yield _("cannot write here: {why}").format(why=link.trouble)
    elif link.unsent:
        yield _("{n} kept here, not sent yet").format(n=link.unsent)
    else:
        yield _("Everything is saved.")


def resource_line(resource: Resource) -> str:
    """An organisation and what it does."""
    return f"{resource.name}: {one_line(resource.does)}"
