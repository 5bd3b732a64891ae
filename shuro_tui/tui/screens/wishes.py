"""What the facilitator's keys mean, by the session as it stands when their turn comes."""

from collections.abc import Callable

from shuro_tui.core import commands as ask
from shuro_tui.core.commands import FacilitatorCommand
from shuro_tui.core.model import MINUTE, Slide
from shuro_tui.core.views import FacilitatorView
from shuro_tui.i18n import _
from shuro_tui.tui.widgets.prose import Passage

Wish = Callable[[FacilitatorView], FacilitatorCommand | str | None]
"""The command, or why there is none to ask for, or None where the key means nothing."""


def next_slide(view: FacilitatorView) -> FacilitatorCommand | str:
    """Start; then the next slide of the segment."""
    timeline = view.timeline
    if timeline.phase == "waiting":
        return ask.Start()
    if timeline.slide + 1 < len(view.workshop.segments[timeline.segment].slides):
        return ask.GoTo(timeline.segment, timeline.slide + 1)
    last = timeline.segment + 1 == len(view.workshop.segments)
    return _("That was the last slide. E ends the session.") if last else _("N goes on to the next segment.")


def slide_before(view: FacilitatorView) -> FacilitatorCommand | str:
    """The slide before, in the same segment."""
    timeline = view.timeline
    if timeline.slide:
        return ask.GoTo(timeline.segment, timeline.slide - 1)
    return _("B goes back to the segment before.") if timeline.segment else _("This is the first.")


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
    slides = segments[timeline.segment].slides
    if timeline.phase == "waiting":
        return (slides[0] if slides else None), _("First slide")
    if timeline.slide + 1 < len(slides):
        return slides[timeline.slide + 1], _("Next")
    if timeline.segment + 1 < len(segments):
        following = segments[timeline.segment + 1]
        return (following.slides[0] if following.slides else None), _("Next (N): {title}").format(title=following.title)
    return None, _("Next: the end")


def notes_of(view: FacilitatorView) -> tuple[Passage, ...]:
    """The notes of the slide, the steps of the segment, its notes."""
    segment = view.workshop.segments[view.timeline.segment]
    notes = segment.slides[view.timeline.slide].notes if segment.slides else ""
    passages = [Passage(notes)] if notes else []
    if segment.steps:
        passages += [Passage(""), Passage(_("Steps of this segment"), "bold")]
        minutes = _("{n:>3} min")
        passages += [Passage(step.title, label=minutes.format(n=step.planned // MINUTE)) for step in segment.steps]
    if segment.notes:
        passages += [Passage(""), Passage(_("Notes for the segment"), "bold"), Passage(segment.notes.strip())]
    return tuple(passages) or (Passage(_("No notes for this slide."), "$foreground-muted"),)
