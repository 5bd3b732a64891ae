"""A group's sheets, a case each, one at a time."""

from textual.widgets import ContentSwitcher

from shuro_tui.core.link import Link
from shuro_tui.core.model import Case
from shuro_tui.core.sheet import Sheet
from shuro_tui.core.views import GroupView
from shuro_tui.i18n import _
from shuro_tui.tui.widgets.sheet_editor import SheetEditor


class Sheets(ContentSwitcher):
    """A sheet that was shown once keeps what is being typed in it while another is shown."""

    def __init__(self, link: Link) -> None:
        super().__init__(id="sheets")
        self._link = link
        self._made = 0

    def editor(self, case: str) -> SheetEditor | None:
        """The sheet of that case, if it was shown by now."""
        editors = (child for child in self.children if isinstance(child, SheetEditor))
        return next((editor for editor in editors if editor.case.id == case), None)

    async def show(self, view: GroupView, case: Case) -> bool:
        """Show the sheet of a case; True when the caret has to be put into it."""
        editor = self.editor(case.id)
        if editor is not None and editor.case.columns != case.columns:  # the workshop was edited meanwhile
            editor.flush()
            await editor.remove()
            editor = None
        fresh = editor is None
        if editor is None:
            self._made += 1
            editor = SheetEditor(case, view.catalogue, self._link, id=f"sheet-{self._made}")
            await self.mount(editor)
        turned = self.current != editor.id
        self.current = editor.id
        sheet = view.sheet(case.id)
        unlocked = editor.locked
        elsewhere = frozenset(typing.row for typing in view.typing if typing.case == case.id)
        await editor.show(sheet, _locked(view, case, sheet), view.puts, elsewhere)
        return fresh or turned or (unlocked and self.screen.focused is None)


def _locked(view: GroupView, case: Case, sheet: Sheet) -> str:
    if case.id not in view.writing:
        late = view.late.get(case.id, 0)
        return _("closed; the facilitator has {n} late rows").format(n=late) if late else _("closed")
    return _("submitted; F5 to go on writing") if sheet.submitted_at is not None else ""
