"""Slides that are too long for the usual terminals."""

from collections.abc import Iterator
from pathlib import Path

from shuro_tui.content.problem import Problem, quoted
from shuro_tui.core.model import Slide, Workshop
from shuro_tui.i18n import _

SIZES = ((80, 24), (100, 30), (120, 36))
"""Terminals that slides are checked for: cells and lines."""

_BESIDE, _ABOVE_AND_BELOW = 6, 5
"""Cells and lines of the wall that are not the slide's: padding, the line on top, one of news, that of the keys."""

_WIDEST = 110
"""Cells that a slide takes on the widest of walls."""


def too_long(workshop: Workshop, root: Path) -> Iterator[Problem]:
    """A problem for each slide that does not fit, where it is shown first. `root`: the folder of the workshop."""
    told: set[Slide] = set()
    for segment in workshop.segments:
        for number, slide in enumerate(segment.slides, 1):
            over = "" if slide in told else _over(slide)
            if over:
                told.add(slide)
                message = _("slide {n} of '{segment}', '{title}', has too many lines: {over}")
                said = message.format(n=number, segment=quoted(segment.title), title=quoted(slide.title), over=over)
                hint = _("part it in two with a line of ---")
                yield Problem(str(root / slide.file), slide.line, 1, said, hint)


def _over(slide: Slide) -> str:
    """By how many lines a slide is too long for which terminals, in words; "" when it fits all of them."""
    from shuro_tui.core.typeset import lay_out  # noqa: PLC0415 - only `check` measures slides; the hub starts without it

    found = []
    for width, height in SIZES:
        room = height - _ABOVE_AND_BELOW
        lines = len(lay_out(slide, min(width - _BESIDE, _WIDEST), room)) - room
        if lines > 0:
            found.append(_("{n} at {width}×{height}").format(n=lines, width=width, height=height))
    return _(", ").join(found)
