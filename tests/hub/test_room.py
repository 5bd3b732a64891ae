"""Who may enter, what each may ask, and who hears what of it."""

from typing import get_args

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from shuro_tui.core import commands as ask
from shuro_tui.core.commands import Command, Display
from shuro_tui.core.events import GraceEnded, Heard, RowWritten
from shuro_tui.core.group import Group
from shuro_tui.core.model import Millis
from shuro_tui.core.viewing import facilitator_view, group_view, screen_view
from shuro_tui.core.views import Surroundings, View
from shuro_tui.hub.audience import Peer
from shuro_tui.hub.door import TRIES
from shuro_tui.hub.passcode import new_code, plain_code
from shuro_tui.hub.protocol import (
    VERSION,
    Change,
    Close,
    Do,
    Done,
    Goodbye,
    Join,
    Lobby,
    NoEntry,
    Picture,
    Pong,
    Welcome,
)
from tests.hub.party import CODE, KEY, PING, ROLES, WAY_IN, Party, fields, kinds, refusal, turned_away
from tests.workshops import (
    NOTES,
    REHEARSAL,
    at_work,
    evenings,
    facilitator_steps,
    group_steps,
    mark,
    note,
    row,
    session,
)


@pytest.fixture
def party() -> Party:
    """A room whose cases are open and in which nobody is yet."""
    return Party(at_work())


# Coming in.


def test_a_facilitator_comes_in_with_the_key(party: Party) -> None:
    """And sees everything."""
    welcome, picture = party.join(1, "facilitator")
    assert welcome == Welcome("evening")
    assert isinstance(picture, Picture)
    assert party.facilitator(1).workshop == party.room.session.workshop


def test_a_second_facilitator_is_refused(party: Party) -> None:
    """The first goes on; once it has left, another may come."""
    party.join(1, "facilitator")
    assert turned_away(party.join(2, "facilitator")) == "facilitator-present"
    assert party.closed == {2}
    assert refusal(party.do(1, 1, ask.Pause())) is None
    party.leave(1)
    assert kinds(party.join(3, "facilitator")) == [Welcome, Picture]


def test_a_screen_comes_in_with_the_code(party: Party) -> None:
    """Any number of them, and the facilitator sees how many."""
    party.join(1, "facilitator")
    for peer in (2, 3):
        assert kinds(party.join(peer, "screen")) == [Welcome, Picture]
    assert party.facilitator(1).screens == 2
    party.leave(2)
    assert party.facilitator(1).screens == 1


def test_only_who_was_let_in_is_counted(party: Party) -> None:
    """Connections that say nothing, or the wrong code, make nobody wait longer for what is new."""
    for peer in range(5, 50):
        party.room.arrive(peer, "192.0.2.66")
    party.join(5, "screen", "0000-0000")
    assert party.room.joined == 0
    party.join(1, "screen")
    assert party.room.joined == 1
    party.room.leave(1)
    assert party.room.joined == 0


def test_a_group_chooses_in_the_lobby(party: Party) -> None:
    """With the code alone it is told of the groups; on naming one it is in."""
    assert party.join(1, "group") == [Lobby("evening", party.room.session.workshop.title, party.room.session.groups)]
    welcome, picture = party.join(1, "group", group="g2")
    assert welcome == Welcome("evening", group="g2", key="key-g2", seat=1)
    assert isinstance(picture, Picture)
    assert party.group(1).group == Group("g2", "2班")
    assert not party.closed


def test_a_groups_key_lets_it_in_without_the_code(party: Party) -> None:
    """Into that group and no other."""
    assert kinds(party.join(1, "group", "key-g1", "g1")) == [Welcome, Picture]
    assert turned_away(party.join(2, "group", "key-g1", "g2")) == "wrong-code"
    assert turned_away(party.join(3, "group", "key-g1")) == "wrong-code"
    assert turned_away(party.join(4, "screen", "key-g1")) == "wrong-code"


@pytest.mark.parametrize(
    "typed",
    [
        "1234-5678",
        "12345678",
        "１２３４－５６７８",
        "１２３４５６７８",
        "１２３４ー５６７８",
        " 1234 5678 ",
        "1234−5678",
    ],
)
def test_a_code_is_what_its_digits_are(typed: str, party: Party) -> None:
    """In whatever width they are typed, with whatever hyphen or none."""
    assert kinds(party.join(1, "screen", typed)) == [Welcome, Picture]


@given(st.text())
def test_a_code_can_be_compared_whatever_it_is(typed: str) -> None:
    """What remains of it is the same when it is typed again."""
    assert plain_code(plain_code(typed)) == plain_code(typed)


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("secret", ["", "1234-5679", "1234", CODE * 2, "key-g9", "\U0001f600", "\x00"])
def test_a_wrong_secret_opens_nothing(role: str, secret: str, party: Party) -> None:
    """Neither role nor group makes up for it."""
    assert turned_away(party.join(1, role, secret, "g1")) == "wrong-code"
    assert party.closed == {1}


def test_codes_differ_and_can_be_read_aloud() -> None:
    """Eight digits in two halves, from the system's own randomness."""
    codes = {new_code() for _ in range(200)}
    assert len(codes) > 190
    assert all(code[:4].isdecimal() and code[4] == "-" and code[5:].isdecimal() and len(code) == 9 for code in codes)


def test_only_the_facilitator_changes_the_code(party: Party) -> None:
    """And where it cannot be kept, it has not changed: a hub that begins again would not know it."""
    for peer, role in enumerate(ROLES):
        party.join(peer, role, group="g1")
    assert party.do(1, 1, ask.NewCode()) == [Done(1, "not-allowed")]
    assert party.do(2, 2, ask.NewCode()) == [Done(2, "not-allowed")]
    party.disk.full = "No space left on device"
    assert refusal(party.do(0, 3, ask.NewCode())) == "storage"
    assert (party.facilitator(0).room.code, party.facilitator(0).trouble) == (CODE, party.disk.full)
    party.disk.full = ""
    assert refusal(party.do(0, 4, ask.NewCode())) is None
    assert party.facilitator(0).room.code == party.screen(1).room.code == "0001-0000"
    assert turned_away(party.join(7, "screen")) == "wrong-code"
    assert kinds(party.join(8, "screen", "0001-0000")) == [Welcome, Picture]
    assert kinds(party.join(9, "group", "key-g1", "g1")) == [Welcome, Picture]


def test_the_code_makes_no_facilitator(party: Party) -> None:
    """Nor does the facilitator's key open the room to others."""
    assert turned_away(party.join(1, "facilitator", CODE)) == "wrong-code"
    assert turned_away(party.join(2, "screen", KEY)) == "wrong-code"
    (welcome, _picture) = party.join(3, "screen")
    assert isinstance(welcome, Welcome)
    assert turned_away(party.join(4, "facilitator", welcome.key)) == "wrong-code"
    assert turned_away(party.join(5, "group", welcome.key, "g1")) == "wrong-code"
    assert kinds(party.join(6, "screen", welcome.key)) == [Welcome, Picture]


def test_every_reason_to_turn_somebody_away() -> None:
    """Each is given for what it says."""
    party = Party(at_work())
    party.join(1, "facilitator")
    party.join(2, "screen")
    given_reasons = {
        turned_away(party.send(11, Join(VERSION + 1, "screen", CODE))),
        turned_away(party.join(12, "screen", "0")),
        turned_away(party.join(13, "facilitator")),
        turned_away(party.join(14, "director")),
        turned_away(party.join(15, "group", group="g9")),
        turned_away(party.join(16, "group", group="g1", terminal="")),
        turned_away(party.send(17, Do(1, ask.Start()))),
        turned_away(party.send(18, Close())),
        turned_away(party.join(2, "screen")),
    }
    party.deliver(party.room.malformed(19))
    assert turned_away(party.received[19]) == "malformed"
    for peer in range(20, 20 + TRIES):
        party.join(peer, "screen", "0")
    given_reasons.add(turned_away(party.received[peer]))
    assert given_reasons == set(get_args(NoEntry))
    assert party.closed == {2, *range(11, 20 + TRIES)}


def test_who_is_turned_away_has_had_its_guess(party: Party) -> None:
    """Whatever it sends before the connection is closed is not even looked at."""
    party.join(1, "facilitator")
    assert turned_away(party.join(2, "group", "0", "g1")) == "wrong-code"
    assert party.join(2, "group", CODE, "g1") == []
    assert party.do(2, 1, row("r1", "ハローワーク")) == []
    assert party.send(2, PING) == []
    party.deliver(party.room.malformed(2))
    assert len(party.received[2]) == 1
    assert party.facilitator(1).progress[0].terminals == 0
    assert party.facilitator(1).sheets == ()


def test_anybody_may_ask_whether_the_hub_is_there(party: Party) -> None:
    """Before joining as after it; the answer carries the hub's clock."""
    assert party.send(1, PING) == [Pong(PING.sent, party.now)]
    party.join(1, "screen")
    assert party.send(1, PING) == [Pong(PING.sent, party.now)]


# Seeing.


def test_a_late_joiner_gets_the_whole_picture(party: Party) -> None:
    """What was written before it came, and at the same revision as those who watched."""
    party.join(1, "group", group="g1")
    party.do(1, 1, row("r1", "ハローワーク"))
    party.do(1, 2, row("r2", "なかぽつ"))
    party.join(2, "group", group="g1")
    assert [each.id for each in party.group(2).sheets[0].rows] == ["r1", "r2"]
    party.do(2, 1, row("r3", "JC"))
    assert party.views[1] == party.views[2]


def test_who_asked_sees_it_before_hearing_that_it_is_done(party: Party) -> None:
    """So that nothing flickers back."""
    party.join(1, "group", group="g1")
    change, done = party.do(1, 1, row("r1", "ハローワーク"))
    assert fields(change) == {"sheets"}
    assert done == Done(1)


def test_only_what_changed_is_sent(party: Party) -> None:
    """Who sees nothing new hears nothing."""
    party.join(1, "facilitator")
    party.join(2, "group", group="g2")
    party.join(3, "group", group="g1")
    before = len(party.received[2])
    party.do(3, 1, row("r1", "ハローワーク"))
    assert len(party.received[2]) == before
    assert fields(party.received[1][-1]) == {"sheets"}


def test_who_could_not_be_shown_for_long_is_shown_it_at_once(party: Party) -> None:
    """However much has happened: one change, up to how things stand."""
    party.join(1, "facilitator")
    party.join(2, "group", group="g1")
    before = party.views[1]
    for number in range(1, 50):
        party.room.receive(2, Do(number, row(f"r{number}", "ハローワーク")), party.now)
    party.show((1,))
    assert party.views[1] != before
    assert kinds(party.received[1]) == [Welcome, Picture, Change, Change]
    assert [len(sheet.rows) for sheet in party.facilitator(1).sheets] == [49]
    assert party.room.news(1) is None


def test_who_sees_nothing_new_is_not_even_asked(party: Party) -> None:
    """A keystroke of one group costs the others nothing, until the sheets are revealed."""
    party.join(1, "facilitator")
    for peer in range(2, 5):
        party.join(peer, "group", group=f"g{peer - 1}")
    party.room.receive(2, Do(1, row("r1", "ハローワーク")), party.now)
    assert set(party.room.stirred()) == {1, 2}
    assert party.room.stirred() == []
    party.do(1, 1, ask.Reveal("a"))
    party.room.receive(2, Do(2, row("r2", "なかぽつ")), party.now)
    assert set(party.room.stirred()) == {1, 2, 3, 4}


def test_the_facilitator_hears_of_a_clock_that_was_set(party: Party) -> None:
    """Once for each change."""
    party.join(1, "facilitator")
    for _look in range(2):
        party.room.drifted(Millis(3_000))
        party.show()
    assert party.facilitator(1).clock_drift == 3_000
    assert kinds(party.received[1]) == [Welcome, Picture, Change]


def test_a_farewell_reaches_everybody_who_is_in(party: Party) -> None:
    """And is the last they hear."""
    for peer, role in enumerate(ROLES):
        party.join(peer, role, group="g1")
    party.send(9, PING)
    party.deliver(party.room.farewell())
    assert all(party.received[peer][-1] == Goodbye() for peer in range(3))
    assert party.closed == {0, 1, 2}


# Doing.


def test_the_same_change_sent_twice_has_one_effect(party: Party) -> None:
    """And is acknowledged twice, after a new connection as well."""
    party.join(1, "group", group="g1", terminal="t")
    assert party.do(1, 1, row("r1", "ハローワーク"))[-1] == Done(1)
    assert party.do(1, 2, ask.DeleteRow("a", "r1"))[-1] == Done(2)
    assert party.do(1, 1, row("r1", "ハローワーク")) == [Done(1)]
    party.leave(1)
    welcome, _picture = party.join(2, "group", group="g1", terminal="t")
    assert welcome == Welcome("evening", group="g1", key="key-g1", heard=2, seat=2)
    assert party.do(2, 1, row("r1", "ハローワーク")) == [Done(1)]
    assert party.room.session.sheet("a", "g1").rows == ()
    assert [type(event) for event in party.disk.events].count(RowWritten) == 1


def test_numbers_are_each_terminals_own(party: Party) -> None:
    """Two terminals of a group count for themselves; the facilitator's numbers only name the answer."""
    party.join(1, "group", group="g1")
    party.join(2, "group", group="g1")
    party.join(3, "facilitator")
    assert refusal(party.do(1, 1, row("r1", "ハローワーク"))) is None
    assert refusal(party.do(2, 1, row("r2", "なかぽつ"))) is None
    assert refusal(party.do(3, 7, ask.Pause())) is None
    assert refusal(party.do(3, 7, ask.Resume())) is None
    assert [each.id for each in party.room.session.sheet("a", "g1").rows] == ["r1", "r2"]
    assert party.room.session.timeline.phase == "running"
    assert not any(isinstance(event, Heard) and not event.terminal for event in party.disk.events)


def test_what_is_refused_is_answered(party: Party) -> None:
    """With the reason, to who asked, and nobody else hears of it."""
    for peer, role in enumerate(ROLES):
        party.join(peer, role, group="g1")
    before = party.room.session
    assert party.do(0, 1, ask.Resume()) == [Done(1, "not-paused")]
    assert party.do(0, 2, row("r1", "ハローワーク")) == [Done(2, "not-allowed")]
    assert party.do(1, 3, ask.Pause()) == [Done(3, "not-allowed")]
    assert party.do(1, 4, row("r1", "ハローワーク")) == [Done(4, "not-allowed")]
    assert party.do(2, 5, ask.Pause()) == [Done(5, "not-allowed")]
    assert party.do(2, 6, ask.Submit("z")) == [Done(6, "no-such-case")]
    assert party.room.session == before
    assert not party.disk.events


def test_what_cannot_be_kept_has_not_happened(party: Party) -> None:
    """Who asked is told so, the facilitator why; once the disk takes it, the trouble is over."""
    party.join(1, "facilitator")
    party.join(2, "group", group="g1")
    party.disk.full = "No space left on device"
    before = party.room.session
    seen = party.group(2)
    assert party.do(2, 1, row("r1", "ハローワーク")) == [Done(1, "storage")]
    assert party.room.session == before
    assert party.group(2) == seen
    assert party.facilitator(1).trouble == "No space left on device"
    party.disk.full = ""
    assert refusal(party.do(2, 1, row("r1", "ハローワーク"))) is None
    assert party.facilitator(1).trouble == ""
    assert [each.id for each in party.facilitator(1).sheets[0].rows] == ["r1"]


def test_only_the_facilitator_stops_the_hub(party: Party) -> None:
    """Anybody else who asks is sent away."""
    for peer, role in enumerate(ROLES):
        party.join(peer, role, group="g1")
    for peer in (1, 2):
        assert turned_away(party.send(peer, Close())) == "malformed"
    assert not party.room.closing
    assert party.send(0, Close()) == []
    assert party.room.closing


def test_a_case_is_collected_and_then_closed_by_itself(party: Party) -> None:
    """What still comes is taken; when the time is over, everybody sees that it is closed, and it is kept."""
    party.join(1, "facilitator")
    party.join(2, "group", group="g1")
    party.do(1, 1, ask.CloseCase("a", Millis(3_000)))
    party.now = Millis(party.now + 2_999)
    assert refusal(party.do(2, 1, row("r1", "ハローワーク"))) is None
    assert party.group(2).writing == ("a", "b")
    party.now = Millis(party.now + 1)
    party.beat()
    assert (party.group(2).writing, party.facilitator(1).closed) == (("b",), ("a",))
    assert party.disk.events[-1] == GraceEnded(party.now, "a")
    assert party.do(2, 2, row("r2", "なかぽつ"))[-1] == Done(2)
    assert [len(aside.late) for aside in party.facilitator(1).aside] == [1]
    assert party.group(2).late == {"a": 1}


# On any evening.

joins = st.tuples(
    st.sampled_from(("join", "leave")), st.sampled_from(("facilitator", "screen", "g1", "g2")), st.integers(0, 1)
)
happenings = st.lists(st.one_of(facilitator_steps, group_steps, group_steps, joins), max_size=40)


class Evening:
    """A party at which two terminals of each group, two screens and a facilitator come and go."""

    FACILITATOR = 1
    GROUPS = ("g1", "g2")

    def __init__(self) -> None:
        self.party = Party(at_work())
        self.here: dict[Peer, str] = {}
        self._numbers = 0
        for who in ("facilitator", "screen", *self.GROUPS):
            self.come(who, 0)

    def _peer(self, who: str, which: int) -> Peer:
        return 1 if who == "facilitator" else 10 * ("screen", "g1", "g2").index(who) + which + 10

    def come(self, who: str, which: int) -> None:
        """Somebody joins, unless it is there."""
        peer = self._peer(who, which)
        if peer not in self.here:
            role, group = ("group", who) if who in self.GROUPS else (who, "")
            assert kinds(self.party.join(peer, role, group=group)) == [Welcome, Picture]
            self.here[peer] = who

    def go(self, who: str, which: int) -> None:
        """Somebody leaves, if it is there."""
        peer = self._peer(who, which)
        if self.here.pop(peer, None) is not None:
            self.party.leave(peer)

    def do(self, who: str, command: Command) -> None:
        """Somebody who is there asks for something."""
        peer = next((peer for peer, other in self.here.items() if other == who), None)
        if peer is not None:
            self._numbers += 1
            messages = self.party.do(peer, self._numbers, command)
            assert kinds(messages) in ([Done], [Change, Done], [Change, Change, Done])  # first, that a grace is over
        self.party.now = Millis(self.party.now + 1000)

    def happen(self, happening: tuple[object, ...]) -> None:
        """One step of any kind."""
        match happening:
            case ("join", str(who), int(which)):
                self.come(who, which)
            case ("leave", str(who), int(which)):
                self.go(who, which)
            case (str() | None as group, command):
                self.do(group or "facilitator", command)  # type: ignore[arg-type]

    def afresh(self, who: str) -> View:
        """The view as it would be made for somebody who has seen nothing yet."""
        around = Surroundings(
            WAY_IN,
            {group.id: list(self.here.values()).count(group.id) for group in self.party.room.session.groups},
            list(self.here.values()).count("screen"),
        )
        now = self.party.disk.session
        if who == "facilitator":
            return facilitator_view(now, around)
        if who == "screen":
            return screen_view(now, around)
        return group_view(now, next(group for group in now.groups if group.id == who), around)


@settings(max_examples=120, deadline=None)
@given(happenings)
def test_the_changes_make_the_view(happened: list[tuple[object, ...]]) -> None:
    """Whatever happened and whoever came and went: each sees what a fresh view of the session shows."""
    evening = Evening()
    for happening in happened:
        evening.happen(happening)
        for peer, who in evening.here.items():
            assert evening.party.views[peer] == evening.afresh(who)


@settings(max_examples=120, deadline=None)
@given(evenings, st.sampled_from(("a", "b")))
def test_nobody_is_sent_what_is_not_revealed(steps: list[tuple[str | None, Command]], kept: str) -> None:
    """No word of another group's sheet goes to a group or a screen before that case is revealed.

    Nor keys, nor notes, nor what was said to another group alone.
    """
    evening = Evening()
    for group, command in steps:
        if command != ask.Reveal(kept):
            evening.do(group or "facilitator", command)
    for peer, who in evening.here.items():
        if who == "facilitator":
            continue
        sent = b"".join(evening.party.raw[peer]).decode()
        for other in ("g1", "g2"):
            assert other == who or mark(other, kept) not in sent
            assert other == who or note(other) not in sent
            assert other == who or f"key-{other}" not in sent
        assert KEY not in sent
        assert NOTES not in sent
        assert REHEARSAL not in sent


def test_what_is_revealed_is_sent() -> None:
    """To the groups at once, to the screen when it is put up."""
    party = Party(at_work())
    for peer, role in enumerate(ROLES):
        party.join(peer, role, group="g1")
    party.join(3, "group", group="g2")
    party.do(3, 1, row("r1", "ハローワーク", mark("g2", "a")))
    assert not party.group(2).others
    party.do(0, 1, ask.Reveal("a"))
    assert [sheet.group for sheet in party.group(2).others] == ["g2"]
    assert party.screen(1).comparison is None
    party.do(0, 2, ask.PutUp(Display("comparison", "a")))
    comparison = party.screen(1).comparison
    assert comparison is not None
    assert any(line.groups == ("g2",) for line in comparison.lines)
    party.do(0, 3, ask.PutUp(Display("ecomap", "a", ("g2",))))
    assert party.screen(1).comparison == comparison


def test_a_group_without_a_key_needs_the_code() -> None:
    """An empty secret is no key."""
    party = Party(replace(session(), keys={}))
    assert turned_away(party.join(1, "group", "", "g1")) == "wrong-code"
    welcome, _picture = party.join(2, "group", group="g1")
    assert welcome == Welcome("evening", group="g1", seat=2)
