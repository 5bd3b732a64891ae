"""Two terminals on one sheet: the real room, the real outbox and what is laid over it, cut and killed at random.

`SHEETS_RUNS` says how many runs; each makes up to fifty steps.
"""

import itertools
import os
import tempfile
from pathlib import Path
from typing import Literal

import msgspec
import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, precondition, rule, run_state_machine_as_test

from shuro_tui.core import commands as ask
from shuro_tui.core.aside import Aside
from shuro_tui.core.commands import FacilitatorCommand, GroupCommand
from shuro_tui.core.model import Millis
from shuro_tui.core.sheet import Row, Sheet
from shuro_tui.core.unsent import with_unsent
from shuro_tui.core.views import GroupView
from shuro_tui.hub.edits import edited
from shuro_tui.hub.outbox import Outbox
from shuro_tui.hub.protocol import Change, Do, Done, Picture, ToClient, Welcome
from tests.hub.party import Party
from tests.workshops import at_work

RUNS = int(os.environ.get("SHEETS_RUNS", "80"))
GROUP, CASE = "g1", "a"
FACILITATOR = 1

_to_client = msgspec.json.Decoder(ToClient)
_peers = itertools.count(10)
_names = itertools.count(1)
_in_memory = Path("/dev/shm")  # noqa: S108 - a thousand runs need not wait for a disk


class Terminal:
    """A group's terminal without its screen and its sockets.

    screen, open: the rows, and whether they could be typed in, when somebody looked last, with what was typed since;
    arriving: what the hub has sent
    and has not come through yet; under_way: the number that was sent and not answered.
    """

    def __init__(self, party: Party, folder: Path) -> None:
        self.party = party
        self.folder = folder
        self.outbox = Outbox.new(folder, "here", "evening", GROUP)
        self.peer = 0
        self.under_way = 0
        self.sent_on = 0
        self.heard = 0
        self.view: GroupView | None = None
        self.screen: tuple[Row, ...] = ()
        self.open = False

    # The connection.

    def connect(self) -> None:
        """Come in, or come back."""
        self.peer = next(_peers)
        self.heard = 0
        self.party.join(self.peer, "group", group=GROUP, terminal=self.outbox.terminal)
        self.receive(2)

    def cut(self) -> None:
        """Whatever has not come through is lost."""
        self.party.leave(self.peer)
        self.peer = 0

    def send(self) -> None:
        """The next change, unless one is under way."""
        if not self.under_way_here and self.outbox.pending:
            do = self.outbox.pending[0]
            self.under_way = do.number
            self.sent_on = self.peer
            self.party.do(self.peer, do.number, do.command)

    @property
    def under_way_here(self) -> bool:
        """Whether a change was sent on this connection and not answered."""
        return bool(self.under_way) and self.sent_on == self.peer

    @property
    def arriving(self) -> int:
        """How many messages are on their way."""
        return len(self.party.raw.get(self.peer, ())) - self.heard

    def receive(self, messages: int) -> None:
        """So many of what the hub has sent come through."""
        for raw in self.party.raw.get(self.peer, [])[self.heard : self.heard + messages]:
            self.heard += 1
            self._take(_to_client.decode(raw))

    def _take(self, message: ToClient) -> None:
        match message:
            case Welcome(key=key, heard=heard):
                self.outbox.admitted(key, heard)
            case Picture(view=view):
                assert isinstance(view, GroupView)
                self.view = view
            case Change(edits=edits):
                assert self.view is not None
                view = edited(self.view, edits)
                assert isinstance(view, GroupView)
                self.view = view
            case Done(number=number, refused=refused):
                assert refused in (None, "row-changed", "no-such-row", "case-closed"), refused
                self.outbox.done(number, refused is not None)
                self.under_way = 0

    def kill(self) -> None:
        """The process ends in the middle of things; another takes its place, and comes in."""
        if self.peer:
            self.cut()
        self.outbox.close(leaving=False)
        outbox = Outbox.take(self.folder, session="evening", group=GROUP)
        assert outbox is not None
        self.outbox = outbox
        self.under_way = 0
        self.connect()
        self.look()

    # The screen.

    @property
    def sheet(self) -> Sheet:
        """As it would be shown now."""
        assert self.view is not None
        commands: list[GroupCommand] = [do.command for do in self.outbox.pending]  # type: ignore[misc]
        return with_unsent(self.view, commands).sheets[0]

    def look(self) -> None:
        """The screen shows what has come."""
        self.screen = self.sheet.rows
        self.open = self.view is not None and CASE in self.view.writing

    def go_on(self, then: str) -> None:
        """Send the next change; receive what has come of it; look at it: as far as it goes."""
        if then and self.peer:
            self.send()
            self.receive(self.arriving if then in ("receive", "look") else 0)
        if then == "look":
            self.look()

    def put(self, command: GroupCommand) -> None:
        """As the screen puts a change."""
        self.outbox.add(command, self.under_way)


class TwoTerminals(RuleBasedStateMachine):
    """Whatever happens: in the end every terminal shows the same sheet, and no text is lost."""

    runs = 0

    def __init__(self) -> None:
        super().__init__()
        TwoTerminals.runs += 1
        self.folder = tempfile.TemporaryDirectory(dir=_in_memory if _in_memory.is_dir() else None)
        self.party = Party(at_work())
        self.party.join(FACILITATOR, "facilitator")
        self.terminals = [Terminal(self.party, Path(self.folder.name) / name) for name in ("one", "two")]
        self.written: dict[str, tuple[str, str]] = {}
        self.deleted: set[str] = set()
        self.alone = self.settled = self.brought_back = False

    @initialize(alone=st.booleans())
    def begin(self, alone: bool) -> None:
        """Both are there, with a row to quarrel about; or one only watches."""
        self.alone = alone
        for terminal in self.terminals:
            terminal.connect()
            terminal.look()
        for _row in range(2):
            self.append(0, "look")
        self.settle_all()

    which = st.integers(0, 1)
    place = st.integers(0, 2)
    then = st.sampled_from(("", "", "send", "receive", "look"))

    # Typing.

    def typist(self, which: int) -> Terminal | None:
        """The terminal that types, unless its screen shows the sheet as closed."""
        terminal = self.terminals[0 if self.alone else which]
        return terminal if terminal.open else None

    def write(self, terminal: Terminal, row: Row, position: int) -> None:
        """A text of its own, made from what the screen shows of the row."""
        name = f"v{next(_names)}"
        self.written[name] = (f"text {name}", row.revision)
        fields = {"organisation": f"text {name}", "content": "", "whom": ""}
        terminal.put(ask.WriteRow(CASE, row.id, fields, position, name, row.revision))
        typed = Row(row.id, fields, Millis(0), name, row.duplicate_of)
        if row in terminal.screen:
            terminal.screen = tuple(typed if other is row else other for other in terminal.screen)
        else:
            terminal.screen = (*terminal.screen, typed)
        assert f"text {name}" in [each.fields["organisation"] for each in terminal.sheet.rows]

    @rule(which=which, then=then)
    def append(self, which: int, then: str) -> None:
        """A new row at the end."""
        terminal = self.typist(which)
        if terminal is not None:
            self.write(terminal, Row(f"r{next(_names)}", {}), len(terminal.screen))
            terminal.go_on(then)

    @rule(which=which, place=place, then=then)
    def edit(self, which: int, place: int, then: str) -> None:
        """Another text for a row."""
        terminal = self.typist(which)
        if terminal is not None and terminal.screen:
            self.write(terminal, terminal.screen[place % len(terminal.screen)], 0)
            terminal.go_on(then)

    @rule(place=place, thens=st.tuples(then, then))
    def edit_both(self, place: int, thens: tuple[str, str]) -> None:
        """Both write to the same row, each from what it has seen last."""
        for which, go_on in enumerate(thens):
            self.edit(which, place, go_on)

    @rule(which=which, place=place, to=place, then=then)
    def move(self, which: int, place: int, to: int, then: str) -> None:
        """A row goes elsewhere."""
        terminal = self.typist(which)
        if terminal is not None and terminal.screen:
            terminal.put(ask.MoveRow(CASE, terminal.screen[place % len(terminal.screen)].id, to))
            terminal.go_on(then)

    @rule(which=which, place=place, then=then)
    def delete(self, which: int, place: int, then: str) -> None:
        """A row is deleted."""
        terminal = self.typist(which)
        if terminal is not None and terminal.screen:
            row = terminal.screen[place % len(terminal.screen)]
            terminal.put(ask.DeleteRow(CASE, row.id, row.revision))
            self.deleted.add(row.fields["organisation"])
            terminal.screen = tuple(other for other in terminal.screen if other is not row)
            terminal.go_on(then)

    @rule(which=which, keep=st.sampled_from(("this", "all")), then=then)
    def settle(self, which: int, keep: Literal["this", "all"], then: str) -> None:
        """One of the duplicates is kept, or all."""
        terminal = self.typist(which)
        twice = [row for row in terminal.screen if row.duplicate_of] if terminal is not None else []
        if terminal is not None and twice:
            self.settled = True
            terminal.put(ask.Settle(CASE, twice[0].id, keep))
            terminal.go_on(then)

    @rule(which=which)
    def look(self, which: int) -> None:
        """A screen shows what has come."""
        self.terminals[which].look()

    # The way to the hub and back.

    @rule(which=which, then=st.sampled_from(("send", "receive", "look")))
    def go_on(self, which: int, then: str) -> None:
        """A change reaches the hub, its answer comes through, the screen shows it; or not all of that."""
        self.terminals[which].go_on(then)

    @rule(which=which)
    def lose(self, which: int) -> None:
        """A change is sent, and the connection breaks before it is there."""
        terminal = self.terminals[which]
        if terminal.peer and terminal.outbox.pending and not terminal.under_way_here:
            terminal.under_way = terminal.outbox.pending[0].number
            terminal.cut()

    @rule(which=which, messages=st.integers(1, 4))
    def receive(self, which: int, messages: int) -> None:
        """Some of what the hub has sent comes through."""
        if self.terminals[which].peer:
            self.terminals[which].receive(messages)

    @rule(which=which)
    def cut(self, which: int) -> None:
        """A connection breaks, or is made again."""
        terminal = self.terminals[which]
        if terminal.peer:
            terminal.cut()
        else:
            terminal.connect()

    @rule(which=which)
    def kill(self, which: int) -> None:
        """A terminal is killed, and started again."""
        self.terminals[which].kill()

    @rule(which=which, number=st.integers(0, 3))
    def send_again(self, which: int, number: int) -> None:
        """Something that the hub has heard is sent once more."""
        terminal = self.terminals[which]
        heard = self.party.room.session.heard.get(terminal.outbox.terminal, 0)
        if terminal.peer and heard > number:
            before = self.party.room.session
            fields = {"organisation": "sent again", "content": "", "whom": ""}
            self.party.room.receive(
                terminal.peer, Do(heard - number, ask.WriteRow(CASE, "again", fields)), self.party.now
            )
            assert self.party.room.session == before

    # The facilitator.

    def want(self, command: FacilitatorCommand) -> None:
        """The facilitator wants something."""
        self.party.do(FACILITATOR, next(_names), command)

    collecting = st.sampled_from(
        (ask.CloseCase(CASE), ask.CloseCase(CASE, Millis(2_000)), ask.TakeLate(CASE, GROUP), ask.ReopenCase(CASE))
    )

    @rule(commands=st.lists(collecting, min_size=1, max_size=3))
    def collect(self, commands: list[FacilitatorCommand]) -> None:
        """The case is closed, at once or soon, opened again, what came late is taken."""
        for command in commands:
            self.want(command)

    @precondition(lambda self: self.aside.deleted)
    @rule(number=st.integers(0, 9))
    def bring_back(self, number: int) -> None:
        """A deleted row is put back."""
        deleted = self.aside.deleted
        self.brought_back = True
        self.want(ask.BringBack(CASE, GROUP, deleted[number % len(deleted)].row.id))

    @rule()
    def wait(self) -> None:
        """A second passes."""
        self.party.now = Millis(self.party.now + 1_000)
        self.party.beat()

    # In the end.

    @property
    def aside(self) -> Aside:
        """What is kept beside the sheet."""
        return self.party.room.session.kept_aside(CASE, GROUP)

    def settle_all(self) -> None:
        """All come back, all is sent, all comes through."""
        for terminal in self.terminals:
            if not terminal.peer:
                terminal.connect()
        for terminal in self.terminals:
            while terminal.outbox.pending:
                terminal.send()
                terminal.receive(terminal.arriving)
        for terminal in self.terminals:
            terminal.receive(terminal.arriving)
            terminal.look()

    def check(self) -> None:
        """The same sheet everywhere, in the same order; each text that nobody took the place of is there once."""
        session = self.party.room.session
        sheet = session.sheet(CASE, GROUP)
        for terminal in self.terminals:
            assert terminal.outbox.pending == ()
            assert terminal.sheet == sheet
        shown = [row.fields["organisation"] for row in sheet.rows]
        late = [late.row.fields["organisation"] for late in self.aside.late]
        deleted = [deleted.row.fields["organisation"] for deleted in self.aside.deleted]
        assert len(shown + late) == len(set(shown + late))
        replaced = {made_from for _text, made_from in self.written.values()}
        wanted = {text for name, (text, _made_from) in self.written.items() if name not in replaced}
        assert wanted <= {*shown, *late, *deleted}
        assert self.settled or wanted & {*deleted} <= self.deleted, "nobody deletes what he has not read"
        assert not self.alone or self.brought_back or not any(row.duplicate_of for row in sheet.rows)

    def teardown(self) -> None:
        """Whatever happened, it ends well."""
        try:
            self.settle_all()
            self.check()
        finally:
            for terminal in self.terminals:
                terminal.outbox.close(leaving=False)
            self.folder.cleanup()


def test_two_terminals_converge_and_lose_nothing(capsys: pytest.CaptureFixture[str]) -> None:
    """Typing, cuts, kills, resends, closing and reopening in any order."""
    run_state_machine_as_test(
        TwoTerminals,
        settings=settings(
            max_examples=RUNS, stateful_step_count=50, deadline=None, suppress_health_check=list(HealthCheck)
        ),
    )
    with capsys.disabled():
        print(f"\ntwo terminals on one sheet: {TwoTerminals.runs} runs")  # noqa: T201 - a count to be seen
    assert TwoTerminals.runs >= RUNS
