"""A group's keys about its sheet: cells, rows, handing it in."""

from typing import Literal, cast

from shuro_tui.core.commands import Submit, TakeBack
from shuro_tui.core.views import GroupView
from shuro_tui.i18n import _
from shuro_tui.tui.dialogs import Choose, Confirm
from shuro_tui.tui.role import RoleScreen
from shuro_tui.tui.widgets.sheet_editor import SheetEditor


class SheetKeys(RoleScreen):
    """What is done to the sheet that is shown."""

    @property
    def facts(self) -> GroupView:
        """The view, which is a group's."""
        return cast("GroupView", self.view)

    @property
    def editor(self) -> SheetEditor | None:
        """The sheet that is shown, if one is."""
        raise NotImplementedError

    def on_sheet_editor_notice(self, event: SheetEditor.Notice) -> None:
        """Tell it."""
        self.say(event.text)

    async def action_next_cell(self) -> None:
        """The next cell."""
        if self.editor is not None:
            await self.editor.next_cell()

    def action_submit(self) -> None:
        """Submit the sheet, or take it back."""
        editor = self.editor
        if editor is None:
            self.say(_("There is no sheet to submit here."))
            return
        editor.flush()
        case = editor.case.id
        if case not in self.facts.writing:
            self.say(_("The sheets of this case are closed."))
        elif editor.sheet.submitted_at is None:
            self.link.put(Submit(case))
            self.say(_("Submitted. F5 again to go on writing."))
        else:
            self.link.put(TakeBack(case))

    def action_row_up(self) -> None:
        """Move the row up."""
        if self.editor is not None:
            self.editor.move_row(-1)

    def action_row_down(self) -> None:
        """Move the row down."""
        if self.editor is not None:
            self.editor.move_row(1)

    def action_delete_row(self) -> None:
        """Delete the row, after asking when something stands in it."""
        editor = self.editor
        row = editor.row if editor is not None else None
        if editor is None or row is None or row is editor.rows[-1]:
            return
        if row.blank:
            editor.delete_row(row)
            return

        def answered(yes: bool | None) -> None:
            if yes:
                editor.delete_row(row)

        self.app.push_screen(Confirm(_("Delete this row? Ctrl+Z brings it back."), _("Delete")), answered)

    def action_undo(self) -> None:
        """The row that was deleted just now comes back; else what was typed in the cell goes."""
        if self.editor is not None:
            self.editor.undo()

    def action_settle(self) -> None:
        """Choose between the texts that were written to one row at the same time."""
        editor = self.editor
        row = editor.row if editor is not None else None
        if editor is None or row is None or row.row_id not in editor.sheet.duplicates:
            self.say(_("Put the caret into a row that is marked as a duplicate first."))
            return
        options: dict[str, str] = {
            "this": _("Keep the row with the caret; the other is deleted"),
            "all": _("Keep both as rows of their own"),
        }

        def chosen(keep: str | None) -> None:
            if keep:
                editor.settle(row, cast("Literal['this', 'all']", keep))

        self.app.push_screen(Choose(_("Two terminals wrote to this row at the same time."), options), chosen)
