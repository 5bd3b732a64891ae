"""The keys of every mapping in a workshop's files, each with a line that shows how it is written."""

from collections.abc import Mapping

WORKSHOP: Mapping[str, str] = {
    "id": "id: my-workshop",
    "title": "title: Working together",
    "course": "course: Basic course 2026, lecture 3",
    "language": "language: ja",
    "minutes": "minutes: 60",
    "resources": "resources: agenda/resources.yaml",
    "segments": "segments: [{id: opening, title: Opening, minutes: 60}]",
}
SEGMENT: Mapping[str, str] = {
    "id": "id: opening",
    "title": "title: Opening",
    "minutes": "minutes: 10",
    "at_least": "at_least: 6",
    "slides": "slides: agenda/slides.md",
    "cases": "cases: [cases/case1.yaml]",
    "steps": "steps: [{title: Alone, minutes: 3}, {title: In groups, minutes: 7}]",
    "video": "video: https://example.org/video.mp4",
    "notes": "notes: What the facilitator should think of",
    "round": "round: {groups: 3, talk_seconds: 60, comment_seconds: 30}",
}
STEP: Mapping[str, str] = {"title": "title: In groups", "minutes": "minutes: 7"}
ROUND: Mapping[str, str] = {
    "groups": "groups: 3",
    "talk_seconds": "talk_seconds: 60",
    "comment_seconds": "comment_seconds: 30",
}
SLIDE: Mapping[str, str] = {"seconds": "seconds: 90", "optional": "optional: true"}
CASE: Mapping[str, str] = {
    "id": "id: case1",
    "title": "title: Case 1",
    "profile": "profile: {Age: 48}",
    "story": "story: What has happened so far",
    "question": "question: Whom do you work with, and how?",
    "columns": "columns: [{id: organisation, title: Organisation, kind: organisation}]",
    "rows": "rows: 6",
    "rehearsal": "rehearsal: [{organisation: Job centre}]",
    "model": "model: [{organisation: Job centre}]",
}
COLUMN: Mapping[str, str] = {
    "id": "id: organisation",
    "title": "title: Organisation",
    "kind": "kind: text",
    "choices": "choices: [Person, Family]",
    "ecomap": "ecomap: [person, family]",
}
CATALOGUE: Mapping[str, str] = {
    "resources": "resources: [{id: job-centre, name: Job centre, field: Work}]",
    "unsettled": "unsettled: [{name: Centre, candidates: [job-centre]}]",
}
RESOURCE: Mapping[str, str] = {
    "id": "id: job-centre",
    "name": "name: Job centre",
    "reading": "reading: ジョブセンター",
    "aliases": "aliases: [JC]",
    "field": "field: Work",
    "does": "does: Finds work for people",
    "ask": "ask: For vacancies that suit the person",
    "origin": "origin: source",
}
UNSETTLED: Mapping[str, str] = {"name": "name: Centre", "candidates": "candidates: [job-centre]"}

ALL = (WORKSHOP, SEGMENT, STEP, ROUND, SLIDE, CASE, COLUMN, CATALOGUE, RESOURCE, UNSETTLED)
