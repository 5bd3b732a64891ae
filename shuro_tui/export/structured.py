"""The session as JSON for other programs, and for comparing it on another machine (`taken_in`).

Keys of groups and what tells terminals apart are left out.
"""

import json
from typing import Any

import msgspec
from msgspec.structs import replace

from shuro_tui.core.group import Group
from shuro_tui.core.model import Case, Millis
from shuro_tui.core.session import Session
from shuro_tui.core.sheet import Sheet
from shuro_tui.core.times import Took, times_of
from shuro_tui.export.tables import comparison_of, entries_of
from shuro_tui.export.time_tables import moment

FORMAT = 3
"""Raised with each change that a reader of the version before would stumble over."""


def render(session: Session, now: Millis) -> bytes:
    """The bytes of session.json; what still runs counts up to `now`.

    Durations are in seconds, moments ISO 8601, positions counted from 0.
    """
    workshop = session.workshop
    document = {
        "format": FORMAT,
        "session": session.id,
        "created_at": moment(session.created_at),
        "phase": session.timeline.phase,
        "workshop": {
            "id": workshop.id,
            "title": workshop.title,
            "course": workshop.course,
            "language": workshop.language,
        },
        "groups": [{"id": group.id, "name": group.name} for group in session.groups],
        "cases": [msgspec.to_builtins(replace(case, rehearsal=(), model=())) for case in workshop.cases],
        "catalogue": msgspec.to_builtins(workshop.catalogue),
        "settlements": msgspec.to_builtins(session.rundown.settlements),
        "sheets": [sheet for case in workshop.cases for sheet in _sheets(session, case)],
        "remarks": msgspec.to_builtins(session.rundown.remarks),
        "revealed": sorted(session.revealed),
        "timeline": _timeline(session, now),
    }
    return (json.dumps(document, ensure_ascii=False, indent=2) + "\n").encode()


def _sheets(session: Session, case: Case) -> list[dict[str, Any]]:
    entries = entries_of(comparison_of(session, case))
    names = {resource.id: resource.name for resource in session.workshop.catalogue.resources}

    def rows(sheet: Sheet, group: Group) -> list[dict[str, Any]]:
        found = []
        for position, row in enumerate(sheet.rows):
            named = entries.get((group.id, row.id), [])
            organisations = [entry.organisation for entry in named if entry.organisation is not None]
            found.append(
                {
                    "position": position,
                    "row": row.id,
                    "fields": row.fields,
                    "organisations": [{"id": each, "name": names[each]} for each in organisations],
                    "candidates": [candidate for entry in named for candidate in entry.candidates],
                    "updated_at": moment(row.updated_at),
                }
            )
        return found

    sheets = [(group, session.sheet(case.id, group.id)) for group in session.groups]
    return [
        {
            "case": case.id,
            "group": group.id,
            "submitted_at": _moment(sheet.submitted_at),
            "rows": rows(sheet, group),
        }
        for group, sheet in sheets
    ]


def _timeline(session: Session, now: Millis) -> dict[str, Any]:
    timeline, workshop = session.timeline, session.workshop
    times = times_of(timeline, workshop, now)
    return {
        "started_at": _moment(timeline.started_at),
        "finished_at": _moment(timeline.finished_at),
        **_times(times.whole),
        "end_moved": timeline.end_moved / 1000,
        "lateness": timeline.lateness(now) / 1000,
        "skipped": [
            {"segment": workshop.segments[number].id, "slide": slide} for number, slide in sorted(timeline.skipped)
        ],
        "presenting": [
            {"segment": workshop.segments[number].id, "groups": groups}
            for number, groups in sorted(timeline.presenting.items())
        ],
        "segments": [_segment(session, row) for row in times.segments],
    }


def _segment(session: Session, row: Took) -> dict[str, Any]:
    segment, timeline = session.workshop.segments[row.number - 1], session.timeline
    actual = timeline.actual[row.number - 1]
    return {
        "id": segment.id,
        "title": segment.title,
        **_times(row),
        "added": timeline.added[row.number - 1] / 1000,
        "overrun": row.overrun / 1000,
        "entered_at": _moment(actual.entered),
        "left_at": _moment(actual.left),
        "steps": [_part(part) for part in row.parts if part.kind == "step"],
        "slides": [_part(part) for part in row.parts if part.kind == "slide"],
    }


def _times(row: Took) -> dict[str, Any]:
    return {
        **_lengths(row),
        "paused": row.paused / 1000,
        "interrupted": {kind: time / 1000 for kind, time in row.interrupted.items()},
    }


def _part(row: Took) -> dict[str, Any]:
    return {"title": row.title, **_lengths(row)}


def _lengths(row: Took) -> dict[str, Any]:
    return {"planned": row.planned / 1000, "adapted": row.adapted / 1000, "spent": (row.actual or 0) / 1000}


def _moment(at: Millis | None) -> str | None:
    return None if at is None else moment(at)
