"""Next time's minutes: medians of what it took, whole minutes, the whole kept, no floor broken."""

from collections.abc import Sequence
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace
from rich.cells import cell_len

from shuro_tui import i18n
from shuro_tui.core import commands as ask
from shuro_tui.core.actual import Actual
from shuro_tui.core.model import Millis, Segment, Step, Workshop
from shuro_tui.core.proposal import Past, proposal, proposal_text, scaled_steps, whole_minutes
from shuro_tui.core.session import Session
from tests.lectures import at, begun, lecture, minutes
from tests.workshops import MINUTE


def held(*lengths: float) -> Past:
    """A past session of the lecture whose segments took so many minutes; those without a length were not come to."""
    ends = [sum(lengths[:number]) for number in range(1, len(lengths) + 1)]
    moves = [(end, ask.GoTo(number)) for number, end in enumerate(ends[:-1], 1)]
    return past(begun(*moves, (ends[-1], ask.Finish())))


def past(of: Session) -> Past:
    """A session as the past."""
    return Past(of.workshop, of.timeline)


def proposed(workshop: Workshop, *sessions: Past) -> list[float]:
    """The proposed minutes."""
    return [one.proposed / MINUTE for one in proposal(workshop, sessions)]


@st.composite
def workshops(draw: st.DrawFn) -> Workshop:
    """Segments of any length, with any floors and any number of steps."""
    segments = []
    for number in range(draw(st.integers(1, 8))):
        length = draw(st.integers(1, 60))
        floor = draw(st.integers(1, length))
        cuts = sorted(draw(st.sets(st.integers(1, length - 1), max_size=4))) if length > 1 else []
        bounds = [0, *cuts, length] if cuts else []
        steps = tuple(Step("", minutes(end - begin)) for begin, end in pairwise(bounds))
        segments.append(Segment(f"s{number}", "", minutes(length), minutes(floor), (), steps=steps))
    return Workshop("random", "", "ja", tuple(segments))


@st.composite
def pasts(draw: st.DrawFn, workshop: Workshop) -> Past:
    """What a session of it may have taken: from a moment to a day, some segments left out."""
    spent = draw(
        st.lists(
            st.none() | st.integers(0, 86_400_000), min_size=len(workshop.segments), max_size=len(workshop.segments)
        )
    )
    timeline = begun().timeline
    actual = tuple(Actual() if time is None else Actual(spent=Millis(time), entered=at(0)) for time in spent)
    return Past(workshop, replace(timeline, actual=actual))


@st.composite
def held_before(draw: st.DrawFn) -> tuple[Workshop, Sequence[Past]]:
    """A workshop and up to five sessions of it."""
    workshop = draw(workshops())
    return workshop, draw(st.lists(pasts(workshop), max_size=5))


@given(held_before())
def test_whatever_it_took_the_whole_stays_and_no_floor_is_broken(held: tuple[Workshop, Sequence[Past]]) -> None:
    """Whole minutes that add up to the workshop's; none below at_least, none too short for its steps."""
    workshop, sessions = held
    found = proposal(workshop, sessions)
    assert sum(one.proposed for one in found) == workshop.total
    for one, segment in zip(found, workshop.segments, strict=True):
        assert one.proposed % MINUTE == 0
        assert one.proposed >= segment.at_least
        steps = scaled_steps(segment, one.proposed)
        assert sum(steps) == (one.proposed if segment.steps else 0)
        assert all(step >= MINUTE and step % MINUTE == 0 for step in steps)


@given(st.lists(st.integers(1, 90), min_size=1, max_size=9))
def test_what_went_as_planned_stays_as_planned(lengths: list[int]) -> None:
    """Whole minutes that add up already are left alone, steps as well."""
    wanted = [minutes(length) for length in lengths]
    assert whole_minutes(wanted, [minutes(1)] * len(wanted), minutes(sum(lengths))) == tuple(wanted)
    segment = Segment("s", "", minutes(sum(lengths)), minutes(1), (), steps=tuple(Step("", each) for each in wanted))
    assert scaled_steps(segment, segment.planned) == tuple(wanted)


def test_what_rounding_leaves_goes_to_those_that_lost_most() -> None:
    """The largest remainders get a minute each, the first of equal ones."""
    wanted = [Millis(round(length * MINUTE)) for length in (2.5, 3.9, 1.3, 2.3)]
    assert whole_minutes(wanted, [minutes(1)] * 4, minutes(10)) == tuple(map(minutes, (3, 4, 1, 2)))
    assert whole_minutes([minutes(2.5)] * 2, [minutes(1)] * 2, minutes(5)) == (minutes(3), minutes(2))


def test_a_segment_gets_what_it_took() -> None:
    """One session that kept the whole: next time as this time."""
    assert proposed(lecture(), held(9, 8, 23, 12, 8)) == [9, 8, 23, 12, 8]


def test_the_median_does_not_follow_one_day_that_went_wrong() -> None:
    """Of three sessions the middle one counts, of two the mean of both."""
    assert [one.median for one in proposal(lecture(), [held(9, 10, 20), held(8, 10, 20), held(90, 10, 20)])][:1] == [
        minutes(9)
    ]
    assert proposal(lecture(), [held(9, 10), held(8, 10)])[0].median == minutes(8.5)


def test_interruptions_and_pauses_are_nobodys_fault() -> None:
    """Neither counts: not the three minutes of questions, and not the five of the pause."""
    deeds = (
        (2, ask.Interrupt("question")),
        (5, ask.EndInterruption()),
        (6, ask.Pause()),
        (11, ask.Resume()),
        (16, ask.GoTo(1)),
        (20, ask.Finish()),
    )
    first, second, third, *_rest = proposal(lecture(), [past(begun(*deeds))])
    assert (first.median, second.median, third.median) == (minutes(8), minutes(4), None)
    assert (first.sessions, third.sessions) == (1, 0)


def test_segments_are_known_by_their_id() -> None:
    """One that is new wants what is planned for it; one that is gone counts no more; their order does not matter."""
    old, now = held(12, 10, 20, 10, 10), lecture()
    role, resources, *others = now.segments
    changed = replace(now, segments=(resources, replace(role, id="new"), *others))
    assert [one.median for one in proposal(changed, [old])][:3] == [minutes(10), None, minutes(20)]
    assert proposed(changed, old) == [10, 10, 20, 10, 10]


def test_the_proposal_in_words() -> None:
    """A table of five figures a segment, and what the medians are of."""
    i18n.use("en")
    found = proposal(lecture(), [held(12, 9.5, 20.5, 10), held(13, 9, 20, 11)])
    assert proposal_text(found, 2) == (
        "                               Planned  Median  Proposed    Difference  Sessions\n"
        "1 役割                           10:00   12:30     12:00   2:00 longer         2\n"
        "2 社会資源                       10:00    9:15      9:00  1:00 shorter         2\n"
        "3 事例                           20:00   20:15     20:00    as planned         2\n"
        "4 動画                           10:00   10:30     10:00    as planned         2\n"
        "5 まとめ                         10:00       -      9:00  1:00 shorter         0\n"
        "Whole                            60:00             60:00\n"
        "\n"
        "Finished sessions: 2. The medians are of what each segment took, pauses and\n"
        "interruptions left out. The whole keeps its length, and no segment gets less\n"
        "than its at_least.\n"
    )
    assert max(cell_len(line) for line in proposal_text(found, 2, 50).split("\n")) <= 50
