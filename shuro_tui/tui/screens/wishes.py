"""What the facilitator's keys mean, by the session as it stands when their turn comes."""

from collections.abc import Callable

from shuro_tui.core import commands as ask
from shuro_tui.core.commands import FacilitatorCommand
from shuro_tui.core.dial import signal
from shuro_tui.core.model import MINUTE, Millis, Slide
from shuro_tui.core.pace import pace
from shuro_tui.core.timeline import Timeline
from shuro_tui.core.views import FacilitatorView
from shuro_tui.i18n import _
from shuro_tui.tui.widgets.clock_words import pace_words
from shuro_tui.tui.widgets.prose import Passage

_SAT_THROUGH = 3_000
"""Milliseconds between two looks at the clock; a longer gap means that nobody was there, and nothing is fired late."""

Wish = Callable[[FacilitatorView], FacilitatorCommand | str | None]
"""The command, or why there is none to ask for, or None where the key means nothing."""


def next_slide(view: FacilitatorView) -> FacilitatorCommand | str:
    """Start; then what is still to come of the slide; then the next slide of the segment that no plan leaves out."""
    timeline = view.timeline
    if timeline.phase == "waiting":
        return ask.Start()
    if timeline.part + 1 < _parts(view, timeline.slide):
        return ask.GoTo(timeline.segment, timeline.slide, timeline.part + 1)
    slide = _slide_on(view, 1)
    if slide is not None:
        return ask.GoTo(timeline.segment, slide)
    last = timeline.segment + 1 == len(view.workshop.segments)
    return _("That was the last slide. E ends the session.") if last else _("N goes on to the next segment.")


def slide_before(view: FacilitatorView) -> FacilitatorCommand | str:
    """What the slide showed before, else the slide before in the same segment, all of it."""
    timeline = view.timeline
    if timeline.part:
        return ask.GoTo(timeline.segment, timeline.slide, timeline.part - 1)
    slide = _slide_on(view, -1)
    if slide is not None:
        return ask.GoTo(timeline.segment, slide, _parts(view, slide) - 1)
    return _("B goes back to the segment before.") if view.timeline.segment else _("This is the first.")


def _parts(view: FacilitatorView, slide: int) -> int:
    """The parts in which a slide of this segment is shown."""
    return view.workshop.segments[view.timeline.segment].shown[slide].parts


def _slide_on(view: FacilitatorView, step: int) -> int | None:
    """The nearest slide of the segment in that direction that no plan leaves out."""
    timeline = view.timeline
    slides = len(view.workshop.segments[timeline.segment].shown)
    way = range(timeline.slide + step, slides if step > 0 else -1, step)
    return next((slide for slide in way if (timeline.segment, slide) not in timeline.skipped), None)


def next_step(view: FacilitatorView) -> FacilitatorCommand | str:
    """The step after this one."""
    timeline = view.timeline
    steps = timeline.steps[timeline.segment]
    if not steps:
        return _("This segment has no steps.")
    if timeline.step + 1 < len(steps):
        return ask.GoToStep(timeline.step + 1)
    return _("That was the last step. N goes on to the next segment.")


def segment_on(step: int) -> Wish:
    """The first slide of the segment so many further on."""

    def wish(view: FacilitatorView) -> FacilitatorCommand | str:
        segment = view.timeline.segment + step
        if 0 <= segment < len(view.workshop.segments):
            return ask.GoTo(segment, 0)
        return _("There is no segment further on. E ends the session.") if step > 0 else _("This is the first.")

    return wish


def pause(view: FacilitatorView) -> FacilitatorCommand:
    """Pause, or run on."""
    return ask.Resume() if view.timeline.phase == "paused" else ask.Pause()


# What the panes show of where it stands.


def following_slide(view: FacilitatorView) -> tuple[Slide | None, str]:
    """The slide after this one, and a title for it; at the end of a segment the first slide of the next."""
    timeline, segments = view.timeline, view.workshop.segments
    slides = segments[timeline.segment].shown
    if timeline.phase == "waiting":
        return slides[0], _("First slide")
    if timeline.part + 1 < slides[timeline.slide].parts:
        return slides[timeline.slide].up_to(timeline.part + 1), _("Next on this slide")
    after = _slide_on(view, 1)
    if after is not None:
        return slides[after], _("Next")
    if timeline.segment + 1 < len(segments):
        following = segments[timeline.segment + 1]
        return following.shown[0], _("Next (N): {title}").format(title=following.title)
    return None, _("Next: the end")


def slide_title(view: FacilitatorView, now: Millis) -> str:
    """Which slide of how many, whether the slides keep up, whether this one may be left out."""
    timeline = view.timeline
    slides = view.workshop.segments[timeline.segment].slides
    if not slides:
        return _("No slide")
    kept = pace(timeline, view.workshop, now)
    parts = [_("Slide {n} of {all}").format(n=timeline.slide + 1, all=len(slides))]
    revealed = slides[timeline.slide].parts
    parts += [_("part {n} of {all}").format(n=timeline.part + 1, all=revealed)] if revealed > 1 else []
    parts += [pace_words(kept)] if kept is not None else []
    parts += [_("optional")] if slides[timeline.slide].optional else []
    return " · ".join(parts)


def rings(timeline: Timeline, before: Millis, now: Millis) -> bool:
    """Whether a signal has come between two moments that somebody has sat through."""
    if timeline.phase != "running" or not 0 < now - before <= _SAT_THROUGH:
        return False
    length = timeline.adapted[timeline.segment]
    earlier, later = (signal(timeline.remaining(moment), length) for moment in (before, now))
    return later is not None and later != earlier


def notes_of(view: FacilitatorView) -> tuple[Passage, ...]:
    """The notes of the slide, the steps of the segment, its notes."""
    segment = view.workshop.segments[view.timeline.segment]
    notes = segment.slides[view.timeline.slide].notes if segment.slides else ""
    parts = [[Passage(notes)]] if notes else []
    if segment.steps:
        minutes = _("{n:>3} min")
        steps = [Passage(step.title, label=minutes.format(n=step.planned // MINUTE)) for step in segment.steps]
        parts.append([Passage(_("Steps of this segment"), "bold"), *steps])
    if segment.notes:
        parts.append([Passage(_("Notes for the segment"), "bold"), Passage(segment.notes.strip())])
    if not parts:
        return (Passage(_("No notes for this slide."), "$foreground-muted"),)
    return (*parts[0], *(passage for part in parts[1:] for passage in (Passage(""), *part)))
