"""The workshop file with all files that it names → Workshop."""

from itertools import accumulate
from pathlib import Path
from typing import cast

from shuro_tui.content import keys
from shuro_tui.content.cases import read_case
from shuro_tui.content.catalogue import read_catalogue
from shuro_tui.content.fields import SECONDS_AT_MOST, Fields, Page
from shuro_tui.content.files import fault, read_text, root_of, workshop_file
from shuro_tui.content.fit import too_long
from shuro_tui.content.pictures import Pictures
from shuro_tui.content.problem import ContentError, Place, Problem, in_order, quoted
from shuro_tui.content.slides import read_slides
from shuro_tui.content.tree import Node, tree
from shuro_tui.core.model import MINUTE, SECOND, Case, Catalogue, Millis, Round, Segment, Slide, Step, Workshop
from shuro_tui.i18n import LANGUAGES, _

_GROUPS_AT_MOST = 99  # as many as a session can have


def load(path: Path) -> Workshop:
    """The workshop of that file or folder. Raises ContentError with everything that is wrong with it."""
    reading = _Reading(workshop_file(path))
    workshop = reading.workshop()
    if reading.problems or workshop is None:
        raise ContentError(in_order(reading.problems))
    return workshop


def check(path: Path) -> tuple[Problem, ...]:
    """Every problem of a workshop's files, and each slide that is too long for one of the usual terminals."""
    try:
        reading = _Reading(workshop_file(path))
        workshop = reading.workshop()
    except ContentError as error:
        return error.problems
    for pictures in reading.pictures:
        pictures.find_broken()
    long = () if workshop is None else too_long(workshop, reading.root)
    return in_order((*reading.problems, *reading.flaws, *long))


class _Reading:
    """One workshop while it is read: its folder, what was found in it, what is wrong with it."""

    def __init__(self, file: Path) -> None:
        self.problems: list[Problem] = []
        self.flaws: list[Problem] = []
        """What is wrong with pictures; the workshop can be held without them."""
        self.pictures: list[Pictures] = []
        self._file = file
        self.root = root_of(file)
        self._cases: dict[Path, tuple[Case, str, Place]] = {}
        self._slides: dict[Path, tuple[Slide, ...]] = {}

    def workshop(self) -> Workshop | None:
        """The workshop as far as it can be read; it may be used only when there are no problems."""
        opened = self._open(self._file)
        if opened is None:
            return None
        page, node = opened
        fields = Fields(page, node, keys.WORKSHOP)
        workshop_id, _place = fields.identifier()
        title = fields.text("title")
        course = fields.optional("course")
        language = fields.word("language", LANGUAGES, "ja")
        minutes = fields.number("minutes")
        catalogue = self._catalogue(fields)
        segments = self._segments(page, fields.items("segments", required=True))
        _add_up(fields, "minutes", minutes, [segment.planned for segment in segments])
        self._case_ids()
        cases = tuple(case for case, _file, _place in self._cases.values())
        return Workshop(workshop_id, title, language, segments, cases, catalogue, course)

    def _open(self, path: Path) -> tuple[Page, Node] | None:
        """A YAML file as a page and its tree."""
        page = Page(str(path), self.problems)
        try:
            node = tree(read_text(path), page.file)
        except ContentError as error:
            self.problems.extend(error.problems)
            return None
        if node is None:
            page.complain((0, 0), _("this file is empty"))
            return None
        return page, node

    def _path(self, page: Page, node: Node, what: str) -> Path | None:
        """A path that a file names, when it is a file within the workshop's folder."""
        written = page.text(node, what)
        if not written:
            return None
        if wrong := fault(self.root, written):
            page.complain(node.place, f"{written}: {wrong}")
            return None
        return self.root / written

    def _named(self, fields: Fields, key: str) -> Path | None:
        node = fields.node(key)
        return None if node is None else self._path(fields.page, node, key)

    def _catalogue(self, fields: Fields) -> Catalogue:
        path = self._named(fields, "resources")
        opened = None if path is None else self._open(path)
        return Catalogue() if opened is None else read_catalogue(*opened)

    def _segments(self, page: Page, nodes: tuple[Node, ...]) -> tuple[Segment, ...]:
        ids: list[tuple[str, Place]] = []
        segments = []
        for node in nodes:
            fields = Fields(page, node, keys.SEGMENT)
            ids.append(fields.identifier())
            segments.append(self._segment(fields, ids[-1][0]))
        page.unique(ids, _("the id"))
        return tuple(segments)

    def _segment(self, fields: Fields, segment_id: str) -> Segment:
        title = fields.text("title")
        minutes = fields.number("minutes")
        steps = tuple(_step(fields.page, node) for node in fields.items("steps"))
        if steps:
            _add_up(fields, "steps", minutes, [step.planned for step in steps])
        cases = tuple(self._case(fields.page, node) for node in fields.items("cases"))
        slides = self._slides_of(self._named(fields, "slides"))
        self._slides_fit(title, minutes, slides)
        return Segment(
            id=segment_id,
            title=title,
            planned=Millis(minutes * MINUTE),
            at_least=Millis(_at_least(fields, minutes) * MINUTE),
            slides=slides,
            cases=tuple(case for case in cases if case),
            steps=steps,
            video=self._video(fields),
            has_video=fields.node("video") is not None,
            notes=fields.optional("notes"),
            round=_round(fields, minutes),
        )

    def _video(self, fields: Fields) -> str | None:
        """An address, or a file as a full path: who opens it does not know the workshop's folder."""
        written = fields.optional("video")
        if not written or written.startswith(("http://", "https://")):
            return written or None
        path = self._named(fields, "video")
        return None if path is None else str(path.resolve())

    def _slides_of(self, path: Path | None) -> tuple[Slide, ...]:
        if path is None:
            return ()
        if path not in self._slides:
            relative = path.relative_to(self.root).as_posix()
            try:
                text = read_text(path)
            except ContentError as error:
                self.problems.extend(error.problems)
                return ()
            pictures = Pictures(self.root, path.parent, Page(str(path), self.flaws))
            self._slides[path] = read_slides(text, relative, Page(str(path), self.problems), pictures)
            self.pictures.append(pictures)
        return self._slides[path]

    def _slides_fit(self, segment: str, minutes: int, slides: tuple[Slide, ...]) -> None:
        """Complain at the first slide with which a segment's slides take longer than the segment."""
        sums = [*accumulate((slide.planned or 0) // SECOND for slide in slides)]
        over = next((slide for slide, taken in zip(slides, sums, strict=True) if taken > minutes * 60), None)
        if minutes and over:
            message = _("the slides of '{segment}' add up to {total} seconds, the segment has {most}")
            told = message.format(segment=quoted(segment), total=sums[-1], most=minutes * 60)
            Page(str(self.root / over.file), self.problems).complain((over.line, 1), told)

    def _case(self, page: Page, node: Node) -> str:
        """The id of the case in the file that a segment names."""
        path = self._path(page, node, "cases")
        if path is None:
            return ""
        if path not in self._cases:
            opened = self._open(path)
            if opened is None:
                return ""
            case, place = read_case(*opened)
            self._cases[path] = (case, opened[0].file, place)
        return self._cases[path][0].id

    def _case_ids(self) -> None:
        """Complain about an id that two files of cases share."""
        first: dict[str, str] = {}
        for case, file, place in self._cases.values():
            if case.id and case.id in first:
                message = _("the id '{id}' is taken; {file} has it too").format(id=case.id, file=first[case.id])
                Page(file, self.problems).complain(place, message)
            first.setdefault(case.id, file)


def _step(page: Page, node: Node) -> Step:
    fields = Fields(page, node, keys.STEP)
    return Step(fields.text("title"), Millis(fields.number("minutes") * MINUTE))


def _round(fields: Fields, minutes: int) -> Round | None:
    """A round of presentations, which must not take longer than its segment."""
    node = fields.node("round")
    if node is None:
        return None
    inside = Fields(fields.page, node, keys.ROUND)
    groups = inside.number("groups", most=_GROUPS_AT_MOST)
    talk = inside.number("talk_seconds", most=SECONDS_AT_MOST)
    comment = inside.number("comment_seconds", least=0, most=SECONDS_AT_MOST)
    total = groups * (talk + comment)
    if minutes and total > minutes * 60:
        message = _("the round takes {total} seconds, the segment has {most}")
        fields.page.complain(node.place, message.format(total=total, most=minutes * 60))
    return Round(groups, Millis(talk * SECOND), Millis(comment * SECOND))


def _at_least(fields: Fields, minutes: int) -> int:
    """The fewest minutes; without a word about it, all of them."""
    node = fields.node("at_least")
    if node is None:
        return minutes
    fewest = fields.page.whole_number(node, "at_least")
    if minutes and fewest > minutes:
        fields.page.complain(node.place, _("at_least is more than the segment's {n} minutes").format(n=minutes))
    return fewest


def _add_up(fields: Fields, key: str, minutes: int, parts: list[Millis]) -> None:
    """Complain when the parts are not as long as the whole. A part that could not be read has been told already."""
    total = sum(parts) // MINUTE
    if minutes and parts and all(parts) and total != minutes:
        message = _("the parts add up to {total} minutes, the whole has {minutes}")
        place = cast(Node, fields.node(key)).place
        fields.page.complain(place, message.format(total=total, minutes=minutes))
