"""The tables that all formats share. Pure, but for the time zone of this machine.

Every text is one of a person's, or a translated one of ours; both are free of control characters and nothing else is
done to them: what would take effect in a format is that format's to disarm.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence

from msgspec import Struct

from shuro_tui.core.comparison import compare
from shuro_tui.core.lines import Comparison, Entry
from shuro_tui.core.model import Case, Millis
from shuro_tui.core.remarks import Remark, beside
from shuro_tui.core.session import Session
from shuro_tui.core.sheet import clean
from shuro_tui.core.times import Times, times_of
from shuro_tui.export.case_tables import STAR, CaseReport, case_report
from shuro_tui.export.ecomaps import Pair
from shuro_tui.export.table import Cells, Table, cleaned
from shuro_tui.export.time_tables import from_to, interruptions, local, moment, rundown
from shuro_tui.i18n import _


class Report(Struct, frozen=True):
    """Everything about a session.

    held: when it began; day: the day of that, "" before; hours: the times of day when it began and ended, "" where it
    did not; groups: their names; entries: each row of each sheet once; rundown: planned and actual times of segments,
    steps and slides; interruptions: of each segment, by kind; times: what both were made of; notes: what was told to
    whom, and remarks on rows.
    """

    title: str
    course: str
    language: str
    held: str
    day: str
    hours: tuple[str, str]
    groups: Cells
    cases: tuple[CaseReport, ...]
    entries: Table
    rundown: Table
    interruptions: Table
    times: Times
    notes: Table


def report(session: Session, now: Millis, overlaid: Sequence[Pair] = ()) -> Report:
    """The tables of a session, wherever it stands, up to `now`; ecomaps of groups `overlaid` come on top."""
    workshop = session.workshop
    comparisons = {case.id: comparison_of(session, case) for case in workshop.cases}
    started = session.timeline.started_at
    times = times_of(session.timeline, workshop, now)
    return Report(
        title=clean(workshop.title),
        course=clean(workshop.course),
        language=workshop.language,
        held=_("not started") if started is None else moment(started),
        day="" if started is None else local(started).date().isoformat(),
        hours=from_to(session.timeline, times.whole),
        groups=cleaned(group.name for group in session.groups),
        cases=tuple(case_report(session, case, comparisons[case.id], overlaid) for case in workshop.cases),
        entries=_entries(session, comparisons),
        rundown=rundown(session.timeline, times),
        interruptions=interruptions(times),
        times=times,
        notes=_notes(session),
    )


def comparison_of(session: Session, case: Case) -> Comparison:
    """The comparison of a case, whether or not it was revealed."""
    sheets = tuple(session.sheet(case.id, group.id) for group in session.groups)
    return compare(case, session.workshop.catalogue, session.groups, sheets, session.rundown.settlements)


def entries_of(comparison: Comparison) -> dict[tuple[str, str], list[Entry]]:
    """(group, row) → its entries in the comparison, one for each organisation that it names."""
    found = defaultdict[tuple[str, str], list[Entry]](list)
    for entry in (entry for line in comparison.lines for entry in line.entries):
        found[entry.group, entry.row].append(entry)
    return found


def _entries(session: Session, comparisons: dict[str, Comparison]) -> Table:
    workshop = session.workshop
    # Cases may differ in their columns: those of the same id and title share one.
    columns = tuple(dict.fromkeys((column.id, column.title) for case in workshop.cases for column in case.columns))
    names = {resource.id: resource.name for resource in workshop.catalogue.resources}

    def rows(case: Case) -> Iterator[Cells]:
        settled = entries_of(comparisons[case.id])
        own = {(column.id, column.title) for column in case.columns}
        for group in session.groups:
            for position, row in enumerate(session.sheet(case.id, group.id).rows, 1):
                entries = settled.get((group.id, row.id), [])
                typed = (row.fields.get(column[0], "") if column in own else "" for column in columns)
                name = " / ".join(names[entry.organisation] for entry in entries if entry.organisation is not None)
                remark = beside(session.rundown.remarks, case.id, group.id, row.id)
                said = (moment(row.updated_at), "★" if remark.starred else "", remark.comment)
                yield cleaned((group.name, case.title, str(position), row.id, *typed, name, *said))

    head = (_("Group"), _("Case"), _("No."), _("Row"), *cleaned(title for _id, title in columns))
    return Table(
        (*head, _("Organisation in the catalogue"), _("Updated"), _("Marked"), _("Comment")),
        tuple(row for case in workshop.cases for row in rows(case)),
    )


def _notes(session: Session) -> Table:
    """The messages that stand, to everybody and to groups; then the rows that were marked or commented on."""
    names = {group.id: group.name for group in session.groups} | {"": _("Everybody")}
    standing = session.rundown.messages.items()
    told = [(names.get(to, to), message.text) for to, message in standing]
    remarks = session.rundown.remarks
    told += [(_beside(session, remark), f"{STAR if remark.starred else ''} {remark.comment}") for remark in remarks]
    return Table((_("About"), _("Note")), tuple(cleaned((about, note.strip())) for about, note in told))


def _beside(session: Session, remark: Remark) -> str:
    """The row that a remark stands beside: whose it is, of which case, and what was written first in it."""
    groups = {group.id: group.name for group in session.groups}
    case = session.workshop.case(remark.case)
    row = session.sheet(remark.case, remark.group).row(remark.row)
    first = row.fields.get(case.columns[0].id, "").strip() if case and row else ""
    return " · ".join(filter(None, (groups.get(remark.group, ""), case.title if case else "", first)))
