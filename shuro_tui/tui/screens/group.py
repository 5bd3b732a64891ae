"""A group's screen: the slide, the case beside the sheet, the resources, everybody's sheets once they are revealed."""

import asyncio
from collections.abc import Awaitable, Callable, Iterator
from typing import TYPE_CHECKING, ClassVar, cast

from textual import work
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal
from textual.widgets import ContentSwitcher

from shuro_tui.core.link import Link
from shuro_tui.core.model import Case
from shuro_tui.core.refit import followed
from shuro_tui.core.views import GroupView, Seen, View
from shuro_tui.errors import Mend
from shuro_tui.i18n import _
from shuro_tui.tui.keys import GROUP, bindings
from shuro_tui.tui.refusals import why_not
from shuro_tui.tui.role import Moment
from shuro_tui.tui.screens.comparing_keys import ComparingKeys
from shuro_tui.tui.widgets.compared import Compared
from shuro_tui.tui.widgets.group_top import GroupTop
from shuro_tui.tui.widgets.key_bar import KeyBar
from shuro_tui.tui.widgets.news import News
from shuro_tui.tui.widgets.next_step import NextStep, Place
from shuro_tui.tui.widgets.reading import Reading
from shuro_tui.tui.widgets.resources import ResourceBrowser
from shuro_tui.tui.widgets.sheet_editor import SheetEditor
from shuro_tui.tui.widgets.sheets import Sheets

if TYPE_CHECKING:
    from shuro_tui.tui.app import WorkshopApp

Another = Callable[[GroupView], Awaitable["GroupScreen | None"]]
"""Comes in as another group of this terminal, asking which; None when the person stays. Raises Mend."""


class GroupScreen(ComparingKeys):
    """Follows the facilitator from slide to case; the group may look elsewhere until the rundown moves on."""

    ACTIONS = GROUP
    BINDINGS: ClassVar[list[BindingType]] = [*bindings(GROUP)]

    another: Another | None = None

    def __init__(self, link: Link) -> None:
        super().__init__(link)
        self._writing = False
        self._looking_up = False
        self._typed = False  # since the clock was looked at last
        self._back_at: Seen | None = None
        self._seen: tuple[Seen, ...] = ()  # among which that is
        self._shown = asyncio.Lock()

    def compose(self) -> ComposeResult:
        """One line on top, what is read to the left, the sheet to the right; or everybody's sheets."""
        yield GroupTop(id="group-top").of_moment()
        yield News(id="news").of_moment()
        with ContentSwitcher(initial="own", id="group"):
            with Horizontal(id="own"):
                yield Reading(self.gallery)
                yield Sheets(self.link)
            yield Compared(id="others")
        yield NextStep()
        yield KeyBar(GROUP)

    @property
    def editor(self) -> SheetEditor | None:
        """The sheet that is shown, if one is."""
        return self.query_one(Sheets).editor(self._case) if self._writing else None

    async def watch_view(self, old: View | None, new: View | None) -> None:
        """Follow the facilitator where the rundown has moved; show what has changed."""
        if not isinstance(new, GroupView):
            return
        before = old if isinstance(old, GroupView) else None
        if before is None or (before.dial.segment, before.at_work) != (new.dial.segment, new.at_work):
            self._follow(new)
        elif before.display != new.display and new.display.shown == "case" and new.display.case in new.at_work:
            self._case = new.display.case or self._case
        if before is not None and set(new.revealed) - set(before.revealed):
            self.say(_("The sheets of all groups are revealed. F6 shows them."))
        if before is not None and set(new.closing) - set(before.closing):
            self.say(_("The sheets are being collected: finish your row. F5 submits."))
        await self._again()
        if before is not None and before.display != new.display:
            self._follow_wall()

    def watch_moment(self, old: Moment | None, new: Moment | None) -> None:
        """Say once why a change was not taken; see whether somebody still types."""
        self.query_one(GroupTop).typing, self._typed = self._typed, False
        refused = new.link.refused if new is not None else None
        if refused is not None and (old is None or old.link.refused != refused):
            self.say(why_not(refused))

    def _follow(self, view: GroupView) -> None:
        self._writing = bool(view.at_work)
        self._looking_up = False
        self._back_at = None
        if view.at_work and self._case not in view.at_work:
            self._case = view.at_work[0]
        self.query_one("#group", ContentSwitcher).current = "own"

    async def _show(self, view: GroupView) -> None:
        if not self._case and view.cases:
            self._case = view.cases[0].id
        self._find_again(view.seen)
        case = next((case for case in view.cases if case.id == self._case), None)
        if case is not None and self._writing:
            await self._show_sheet(view, case)
        await self.query_one(Reading).show(view, case if self._writing else None, self._looking_up, self._back_at)
        self.query_one(Sheets).display = self._writing and case is not None
        if self.query_one("#group", ContentSwitcher).current != "own":
            self._show_others()

    async def _show_sheet(self, view: GroupView, case: Case) -> None:
        to_be_entered = await self.query_one(Sheets).show(view, case)
        if to_be_entered and not self._looking_up and self.editor is not None:
            self.editor.enter()

    async def _again(self) -> None:
        # One after the other: rows are mounted with await, and a second view must not come in between. Nothing is
        # painted until the caret stands where it belongs: whoever sees a sheet can type into it.
        async with self._shown:
            with self.app.batch_update():
                await self._show(self.facts)
                self._guide()

    def on_shown_sheet_typed(self) -> None:
        """Somebody types here."""
        self._typed = self.query_one(GroupTop).typing = True

    # The next step.

    def on_mount(self) -> None:
        """What is next depends on what is shown."""
        self.watch(self.query_one("#group"), "current", self._guide, init=False)

    def on_descendant_focus(self) -> None:
        """What is next depends on where the caret is."""
        self._guide()

    def on_descendant_blur(self) -> None:
        """The caret is gone."""
        self._guide()

    def _guide(self) -> None:
        if self.view is not None:
            self.query_one(NextStep).show(self.facts, self._place())
            self.query_one(KeyBar).idle = frozenset(self._idle())

    def _idle(self) -> Iterator[str]:
        """The keys of the bar that would do nothing here."""
        looking = self._place().shown
        if looking != "slide":
            yield "earlier"
        if looking == "sheet":
            yield "read-down"
        else:
            yield "submit"
        if looking in ("slide", "compared") or not self.facts.cases:
            yield "next-cell"
        if not self.facts.cases:
            yield "slide"
        if len(self.facts.cases) < 2:  # noqa: PLR2004 - one is no choice
            yield "case"
        if not self.facts.revealed:
            yield "others"

    def _place(self) -> Place:
        editor = self.editor
        if self._comparing:
            return Place("compared")
        if editor is None:
            return Place("resources" if self._looking_up else "slide")
        if self._looking_up:
            return Place("resources", editor.case)
        row, cell = editor.row, editor.cell
        column = None if row is None or cell is None else row.cells.index(cell)
        twice = row is not None and row.row_id in editor.sheet.duplicates
        return Place("sheet", editor.case, column, editor.fresh, twice)

    # Keys.

    async def action_look_up(self) -> None:
        """The resources, or what was there before."""
        self._looking_up = not self._looking_up
        await self._again()
        if self._looking_up:
            self.query_one(ResourceBrowser).enter()
        elif self.editor is not None:
            self.editor.enter()

    async def on_resource_browser_chosen(self, event: ResourceBrowser.Chosen) -> None:
        """Write it on the sheet, and go on there."""
        event.stop()
        if not self.facts.cases:
            self.say(_("There is no sheet to write yet."))
            return
        self._writing, self._looking_up = True, False
        await self._again()
        if self.editor is not None and not self.editor.locked:
            await self.editor.write_name(event.resource.name)
        else:
            self.say(_("This sheet takes no changes now."))

    async def action_turn(self) -> None:
        """The slide, or the sheet."""
        if not self.facts.cases:
            self.say(_("There is no sheet to write yet."))
            return
        if self.editor is not None:
            self.editor.flush()
        self._writing = not self._writing
        self._looking_up = False
        await self._again()
        if self.editor is not None:
            self.editor.enter()

    async def action_earlier_slide(self) -> None:
        """A slide that was shown before."""
        await self._browse(-1)

    async def action_later_slide(self) -> None:
        """One that was shown after that; the last is the facilitator's."""
        await self._browse(1)

    async def _browse(self, step: int) -> None:
        if self._comparing:
            self._compared.sideways(step)
        seen, shown = self.facts.seen, self.facts.shown
        if self._writing or self._looking_up or self._comparing or shown is None:
            return
        self._find_again(seen)
        place = (self.facts.dial.segment, shown.number - 1)
        current = next(one for one in seen if (one.segment, one.number) == place)
        there = seen.index(self._back_at or current) + step
        if 0 <= there < len(seen):
            self._back_at = None if seen[there] is current else seen[there]
            await self._again()

    def _find_again(self, seen: tuple[Seen, ...]) -> None:
        """The slide that is looked at, wherever it is since the workshop was edited; if it is gone, none."""
        if self._back_at is not None and seen is not self._seen:
            found = followed([one.slide for one in self._seen], [one.slide for one in seen])
            there = found.get(self._seen.index(self._back_at))
            self._back_at = None if there is None else seen[there]
        self._seen = seen

    async def action_follow(self) -> None:
        """The facilitator's slide again."""
        self._back_at = None
        await self._again()

    async def action_next_case(self) -> None:
        """The next case that was opened."""
        cases = [case.id for case in self.facts.cases]
        if len(cases) < 2:  # noqa: PLR2004 - one is no choice
            self.say(_("There is no other case yet."))
            return
        if self.editor is not None:
            self.editor.flush()
        self._case = cases[(cases.index(self._case) + 1) % len(cases)]
        await self._again()

    def action_above(self) -> None:
        """Up."""
        self._vertical(-1)

    def action_below(self) -> None:
        """Down."""
        self._vertical(1)

    def _vertical(self, step: int) -> None:
        if self._comparing:
            self._compared.move(step)
        elif self._looking_up:
            self.query_one(ResourceBrowser).move(step)
        elif self.editor is not None:
            self.editor.vertical(step)

    def action_scroll_back(self) -> None:
        """A page up in what is read, or compared."""
        self._page(-1)

    def action_scroll_on(self) -> None:
        """A page down."""
        self._page(1)

    def _page(self, step: int) -> None:
        if self._comparing:
            self._compared.page(step)
        else:
            self.query_one(Reading).page(step)

    @work(exclusive=True, group="another")
    async def action_another_group(self) -> None:
        """Another group writes at this terminal now, and sees nothing of this one's."""
        self._put_away()
        own = self.query_one("#group")
        own.visible = False  # whoever chooses, or types the code, may be of the other group already
        try:
            screen = await self.another(self.facts) if self.another is not None else None
        except Mend as no:
            screen = None
            self.say(str(no))
        if screen is not None:
            cast("WorkshopApp", self.app).show_instead(screen)
            return
        own.visible = True
        if self.editor is not None:
            self.editor.enter()

    def action_leave(self) -> None:
        """Put away what is being typed, then leave."""
        self._put_away()
        self.call_later(self.app.exit)

    def _put_away(self) -> None:
        for editor in self.query(SheetEditor):
            editor.flush()
