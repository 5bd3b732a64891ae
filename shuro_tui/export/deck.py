"""The slides as two HTML files that print: a slide a page, and slides with notes. No network, no script."""

from collections.abc import Iterator, Sequence
from functools import partial
from html import escape
from pathlib import Path

from shuro_tui import durable
from shuro_tui.core.blocks import Span
from shuro_tui.core.model import Segment, Slide, Step, Workshop
from shuro_tui.core.times import duration
from shuro_tui.export.deck_blocks import SlideWriter, numbered
from shuro_tui.export.deck_pictures import Pictures
from shuro_tui.export.deck_style import SLIDES, WITH_NOTES
from shuro_tui.export.deck_text import running, words
from shuro_tui.i18n import _

_POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src data:"
_ABOVE = 2
"""The level of a segment's heading; the workshop's is the first."""


def write(workshop: Workshop, root: Path, folder: Path) -> tuple[Path, ...]:
    """Write slides.html and slides-with-notes.html into the folder and return their paths.

    root: the workshop's folder, for its pictures. Every file is written whole or not at all; an earlier one is
    replaced. Raises OSError.
    """
    files = {
        "slides.html": render(workshop, root, notes=False),
        "slides-with-notes.html": render(workshop, root, notes=True),
    }
    folder.mkdir(parents=True, exist_ok=True)
    for name, data in files.items():
        durable.write(folder / name, data)
    return tuple(folder / name for name in files)


def render(workshop: Workshop, root: Path, *, notes: bool) -> bytes:
    """The bytes of one file: a slide a page across, or as many slides with their notes as a page upright holds."""
    parts = (
        "<!doctype html>",
        f'<html lang="{escape(workshop.language)}">',
        f'<head><meta charset="utf-8">\n<meta http-equiv="Content-Security-Policy" content="{_POLICY}">',
        '<meta name="viewport" content="width=device-width, initial-scale=1">',
        f"<title>{escape(workshop.title)}</title>",
        f"<style>\n{WITH_NOTES if notes else SLIDES}\n</style></head>",
        "<body>",
        f'<header class="cover"><h1>{words(workshop.title)}</h1>',
        f"<p>{words(workshop.course)}</p>" if workshop.course else "",
        "</header>",
        *_Deck(workshop, Pictures(root), notes).pages(),
        "</body>",
        "</html>",
    )
    return ("\n".join(part for part in parts if part) + "\n").encode()


class _Deck:
    """The pages of a workshop; slides are numbered throughout."""

    def __init__(self, workshop: Workshop, pictures: Pictures, notes: bool) -> None:
        self._segments = workshop.segments
        self._pictures = pictures
        self._notes = notes

    def pages(self) -> Iterator[str]:
        """Every slide; a segment that has steps, a video or no slides begins with a page of its own."""
        number = 0
        for place, segment in enumerate(self._segments, 1):
            title = words(f"{place} {segment.title}")
            opens = self._notes or segment.has_video or bool(segment.steps) or not segment.slides
            if opens:
                yield self._opening(segment, title)
            for slide in segment.slides:
                number += 1
                first = slide is segment.slides[0] and not opens
                yield self._slide(slide, f"<h2>{title}</h2>" if first else f"<p>{title}</p>", number)

    def _opening(self, segment: Segment, title: str) -> str:
        """The head of a segment: its title, steps and video, and with notes its minutes and notes."""
        about = _steps(segment.steps) + _video(segment)
        if not self._notes:
            return f'<section class="slide">\n<h2>{title}</h2>\n{about}\n</section>'
        head = f'<div class="opening"><h2>{title}</h2><p>{duration(segment.planned)}</p></div>'
        return f'<section class="segment">\n{head}\n{about}{_notes(segment.notes)}\n</section>'

    def _slide(self, slide: Slide, segment: str, number: int) -> str:
        total = sum(len(each.slides) for each in self._segments)
        picture = partial(self._pictures.data, file=slide.file)
        parts = (
            '<section class="slide">',
            f'<div class="head">{segment}<p>{_plan(slide) if self._notes else ""}{number}/{total}</p></div>',
            f'<div class="content">\n{SlideWriter(_ABOVE, picture).html(slide.blocks)}\n</div>',
            _notes(slide.notes) if self._notes else "",
            "</section>",
        )
        return "\n".join(part for part in parts if part)


def _plan(slide: Slide) -> str:
    """How long the slide is planned to be shown, and whether it may be left out."""
    told = (duration(slide.planned) if slide.planned else "", _("optional") if slide.optional else "")
    return "".join(f"{escape(part)} · " for part in told if part)


def _steps(steps: Sequence[Step]) -> str:
    """What is done in a segment one after the other, and how long."""
    if not steps:
        return ""
    rows = [f"{words(step.title)} · {duration(step.planned)}" for step in steps]
    return f"<h3>{escape(_('Steps of this segment'))}</h3>\n{numbered(rows)}\n"


def _video(segment: Segment) -> str:
    """The address of a video, or the name of its file: in which folder it lies is nobody's business."""
    if not segment.has_video:
        return ""
    video = segment.video or ""
    shown = Span(video, link=video) if "://" in video else Span(Path(video).name or _("brought on the day"))
    return f"<p>{running((Span(_('Video: ')), shown))}</p>\n"


def _notes(text: str) -> str:
    return f'<div class="notes"><p>{words(text)}</p></div>' if text else ""
