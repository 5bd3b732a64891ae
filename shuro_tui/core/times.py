"""What a session took beside what was planned: each segment with its steps and slides, and the whole."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Literal

from msgspec import Struct

from shuro_tui.core.actual import NOTHING
from shuro_tui.core.commands import Interruption
from shuro_tui.core.model import Millis, Segment, Workshop
from shuro_tui.core.pace import shares
from shuro_tui.core.plaintext import lateness_words
from shuro_tui.core.replan import share_out
from shuro_tui.core.sheet import clean
from shuro_tui.core.timeline import Timeline
from shuro_tui.i18n import N_, _

Kind = Literal["segment", "step", "slide", "whole"]

KINDS: dict[Kind, str] = {
    "segment": N_("Segment"),
    "step": N_("Step"),
    "slide": N_("Slide"),
    "whole": N_("Whole"),
}
INTERRUPTIONS: dict[Interruption, str] = {
    "question": N_("Questions"),
    "equipment": N_("Equipment"),
    "discussion": N_("Discussion"),
}


class Took(Struct, frozen=True):
    """What a segment, a step, a slide or the whole took.

    number: within what it is a part of, from 1; planned: as written; adapted: the length it has come to have; actual:
    while the clock ran, None where it was not come to; over: it takes no more; paused, interrupted: kept for segments
    and the whole alone, `interrupted` a part of `actual`; note: what a plan changed, in words; parts: steps, then
    slides.
    """

    kind: Kind
    number: int
    title: str
    planned: Millis
    adapted: Millis
    actual: Millis | None
    over: bool
    paused: Millis = NOTHING
    interrupted: dict[Interruption, Millis] = {}
    note: str = ""
    parts: tuple["Took", ...] = ()

    @property
    def difference(self) -> Millis | None:
        """How much longer than planned it took, in full seconds of both; negative when shorter; None until it is over.

        What is shown of the three adds up.
        """
        if self.actual is None or not self.over:
            return None
        return Millis((self.actual // 1000 - self.planned // 1000) * 1000)

    @property
    def overrun(self) -> Millis:
        """What it took beyond its adapted length."""
        return Millis(max((self.actual or 0) - self.adapted, 0))


class Times(Struct, frozen=True):
    """The times of a session up to a moment. `ended`: nothing of it will change any more."""

    segments: tuple[Took, ...]
    whole: Took
    ended: bool

    @property
    def rows(self) -> Iterator[Took]:
        """Each segment with its parts below it, then the whole."""
        for segment in self.segments:
            yield segment
            yield from segment.parts
        yield self.whole


def times_of(timeline: Timeline, workshop: Workshop, now: Millis) -> Times:
    """The times as they are now."""
    # Where the clock stops, everything is counted up to that moment, the pause that goes on included.
    counted = timeline.pause(now)
    segments = tuple(
        _segment(counted, number, segment, _over(timeline, number)) for number, segment in enumerate(workshop.segments)
    )
    return Times(segments, _whole(timeline, segments, now), timeline.phase == "finished")


def last_told(timeline: Timeline) -> Millis:
    """The last moment that a timeline tells of; that of the start of all counting when it has not begun."""
    return timeline.since or NOTHING


def duration(length: Millis) -> str:
    """Minutes and seconds, rounded down: 10:05."""
    return f"{length // 60_000}:{length // 1000 % 60:02}"


def difference_words(difference: Millis | None) -> str:
    """How far from planned, in words; "" for None."""
    if difference is None:
        return ""
    if not difference:
        return _("as planned")
    words = _("{time} longer") if difference > 0 else _("{time} shorter")
    return words.format(time=duration(Millis(abs(difference))))


def interrupted_words(interrupted: dict[Interruption, Millis]) -> str:
    """Each kind of interruption with its time; "" for none."""
    return _(", ").join(
        f"{_(name)} {duration(interrupted[kind])}" for kind, name in INTERRUPTIONS.items() if interrupted.get(kind)
    )


def together(amounts: Iterable[dict[Interruption, Millis]]) -> dict[Interruption, Millis]:
    """The interruptions of several segments, by kind."""
    every = list(amounts)
    sums = {kind: Millis(sum(one.get(kind, 0) for one in every)) for kind in INTERRUPTIONS}
    return {kind: time for kind, time in sums.items() if time}


def _over(timeline: Timeline, segment: int) -> bool:
    return timeline.phase == "finished" or segment != timeline.segment


def _segment(counted: Timeline, number: int, segment: Segment, over: bool) -> Took:
    actual = counted.actual[number]
    entered = actual.entered is not None
    return Took(
        kind="segment",
        number=number + 1,
        title=_one_line(segment.title),
        planned=counted.planned[number],
        adapted=counted.adapted[number],
        actual=actual.spent if entered else None,
        over=over,
        paused=actual.paused,
        interrupted=together([actual.interrupted]),
        note=_fewer_groups(counted, number, segment),
        parts=(*_steps(counted, number, segment, over), *_slides(counted, number, segment, over)),
    )


def _steps(counted: Timeline, number: int, segment: Segment, over: bool) -> Iterator[Took]:
    planned = [step.planned for step in segment.steps]
    adapted = _scaled(planned, segment.planned, counted.adapted[number])
    spent = _shown(counted.actual[number].steps)
    for place, step in enumerate(segment.steps):
        title = _one_line(step.title)
        yield Took("step", place + 1, title, step.planned, adapted[place], spent[place], over or place != counted.step)


def _slides(counted: Timeline, number: int, segment: Segment, over: bool) -> Iterator[Took]:
    planned = shares(segment)
    kept = [0 if (number, place) in counted.skipped else share for place, share in enumerate(planned)]
    adapted = _scaled(kept, segment.planned - (sum(planned) - sum(kept)), counted.adapted[number])
    spent = _shown(counted.actual[number].slides)
    for place, slide in enumerate(segment.slides):
        yield Took(
            kind="slide",
            number=place + 1,
            title=_one_line(slide.title),
            planned=planned[place],
            adapted=adapted[place],
            actual=spent[place],
            over=over or place != counted.slide,
            note=_("skipped by a plan") if (number, place) in counted.skipped else "",
        )


def _scaled(parts: Sequence[int], whole: int, length: Millis) -> tuple[Millis, ...]:
    """The parts of a whole, as long as they are now that it has another length. They need not fill it."""
    rest = max(whole - sum(parts), 0)
    return tuple(map(Millis, share_out((*parts, rest), (0,) * (len(parts) + 1), length)[:-1]))


def _shown(spent: Sequence[Millis]) -> list[Millis | None]:
    return [time or None for time in spent]


def _fewer_groups(timeline: Timeline, number: int, segment: Segment) -> str:
    groups = timeline.presenting.get(number)
    if segment.round is None or groups is None:
        return ""
    return _("{n} of {all} groups present").format(n=groups, all=segment.round.groups)


def _whole(timeline: Timeline, segments: Sequence[Took], now: Millis) -> Took:
    begun = timeline.started_at is not None
    actual = Millis(sum(segment.actual or 0 for segment in segments))
    paused = Millis(sum(segment.paused for segment in segments))
    return Took(
        kind="whole",
        number=0,
        title=_(KINDS["whole"]),
        planned=Millis(sum(segment.planned for segment in segments)),
        adapted=Millis(sum(segment.adapted for segment in segments)),
        actual=actual if begun else None,
        over=timeline.phase == "finished",
        paused=paused,
        interrupted=together(segment.interrupted for segment in segments),
        note=_(", ").join(_about_the_end(timeline, Millis(actual + paused), now)) if begun else "",
    )


def _about_the_end(timeline: Timeline, length: Millis, now: Millis) -> Iterator[str]:
    words = _("{time} from start to end") if timeline.phase == "finished" else _("{time} since the start")
    yield words.format(time=duration(length))
    if timeline.end_moved:
        words = _("end moved {time} later") if timeline.end_moved > 0 else _("end moved {time} earlier")
        yield words.format(time=duration(Millis(abs(timeline.end_moved))))
    yield lateness_words(timeline.lateness(now))


def _one_line(text: str) -> str:
    return " ".join(clean(text).split())
