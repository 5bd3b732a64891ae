"""The groups' sheets side by side: who named what, what each wrote about one organisation, what to talk about."""

import os

from rich.cells import cell_len
from rich.text import Text
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.content import Content
from textual.widgets import DataTable, Static

from shuro_tui.core.findings import describe
from shuro_tui.core.lines import Comparison, Line
from shuro_tui.core.model import Case
from shuro_tui.core.plaintext import cut
from shuro_tui.core.sheet import clean
from shuro_tui.i18n import _
from shuro_tui.tui.widgets.prose import Passage, Prose

_FIELD = 6
_NAME = (16, 44)
_REMARK = 16
_GROUP = 6


class ComparisonView(Vertical):
    """A matrix with a line an organisation; below it the entries of the one under the cursor, and the findings.

    named_only: leave out what nobody named, for a wall that cannot be scrolled.
    """

    def __init__(self, named_only: bool = False, id: str | None = None) -> None:  # noqa: A002 - Textual's name
        super().__init__(id=id)
        self._named_only = named_only
        self._shown: tuple[Case, Comparison] | None = None
        self._lines: tuple[Line, ...] = ()

    def compose(self) -> ComposeResult:
        """Matrix, entries, findings."""
        yield Static(id="comparison-title")
        table: DataTable[Content] = DataTable(cursor_type="none" if self._named_only else "row", id="matrix")
        table.can_focus = False
        yield table
        with Horizontal(id="comparison-below"):
            with VerticalScroll(id="entries", classes="pane", can_focus=False):
                yield Prose(id="entries-text")
            with VerticalScroll(id="findings", classes="pane", can_focus=False) as findings:
                findings.border_title = _("To talk about")
                yield Prose(id="findings-text")

    def show(self, case: Case, comparison: Comparison) -> None:
        """Show that comparison; the cursor stays at its organisation."""
        if self._shown == (case, comparison):
            return
        same_case = self._shown is not None and self._shown[0].id == case.id
        self._shown = (case, comparison)
        named = tuple(line for line in comparison.lines if line.entries)
        self._lines = named if self._named_only else comparison.lines
        title = _("{case} · {groups} groups · {rows} rows").format(
            case=case.title, groups=len(comparison.groups), rows=comparison.rows
        )
        self.query_one("#comparison-title", Static).update(Content.styled(title, "bold $accent"))
        self._fill(comparison, same_case)
        self.query_one("#findings-text", Prose).passages = _findings(comparison)
        self._show_entries()

    def on_resize(self) -> None:
        """Lay the matrix out anew."""
        if self._shown is not None:
            self._fill(self._shown[1], keep=True)

    def move(self, step: int) -> None:
        """Move the cursor by so many organisations."""
        table = self.query_one(DataTable)
        table.move_cursor(row=max(0, min(table.cursor_row + step, table.row_count - 1)))

    @property
    def page(self) -> int:
        """Lines that the matrix shows at a time."""
        return max(1, self.query_one(DataTable).size.height - 2)

    def on_data_table_row_highlighted(self) -> None:
        """Another organisation is under the cursor."""
        self._show_entries()

    def _fill(self, comparison: Comparison, keep: bool) -> None:
        table = self.query_one(DataTable)
        row = table.cursor_row if keep else 0
        table.clear(columns=True)
        widths = _widths(comparison, self.size.width)
        table.add_column(_("Field"), width=_FIELD)
        table.add_column(_("Organisation"), width=widths[0])
        for name in _heads(comparison):
            table.add_column(Text(cut(name, widths[1])), width=widths[1])
        table.add_column(_("Groups"), width=6)
        if widths[2]:
            table.add_column("", width=widths[2])
        for line in self._lines:
            table.add_row(*_cells(line, comparison, widths))
        if not self._lines:
            table.add_row("", Content.styled(_("Nothing written yet"), "$foreground-muted"))
        table.move_cursor(row=min(row, max(table.row_count - 1, 0)))

    def _show_entries(self) -> None:
        if self._shown is None:
            return
        pane = self.query_one("#entries")
        row = self.query_one(DataTable).cursor_row
        if not 0 <= row < len(self._lines) or self._named_only:
            return
        case, comparison = self._shown
        pane.border_title = Content(_line_name(self._lines[row]))
        self.query_one("#entries-text", Prose).passages = _entries(case, comparison, self._lines[row])


def _heads(comparison: Comparison) -> list[str]:
    """The groups' names; without what all begin with, where they would be cut to the same."""
    names = [clean(group.name) for group in comparison.groups]
    if len({cut(name, _GROUP) for name in names}) == len(names):
        return names
    same = len(os.path.commonprefix(names))  # noqa: RUF071 - names, letter by letter
    return [name[same:].strip() or name for name in names]


def _widths(comparison: Comparison, width: int) -> tuple[int, int, int]:
    """Cells for the organisation, for each group and for the remark; each column has two more between."""
    count = len(comparison.groups)
    group = max([3, *(min(cell_len(name), _GROUP) for name in _heads(comparison))])
    remark = _REMARK
    rest = width - (_FIELD + 2) - count * (group + 2) - (6 + 2) - (remark + 2) - 4
    if rest < _NAME[0]:
        rest, remark = rest + remark + 2, 0
    return max(_NAME[0], min(rest, _NAME[1])), group, remark


def _cells(line: Line, comparison: Comparison, widths: tuple[int, int, int]) -> list[Content]:
    counts = {group.id: sum(entry.group == group.id for entry in line.entries) for group in comparison.groups}
    groups = len(line.groups)
    style = "" if line.entries else "dim"
    marks = [
        Content.styled(str(n).center(widths[1]) if n else ".".center(widths[1]), "bold $accent" if n else "dim")
        for n in counts.values()
    ]
    return [
        Content.styled(cut(line.field, _FIELD), style),
        Content.styled(cut(_line_name(line), widths[0]), style),
        *marks,
        Content.styled(str(groups).center(6), style),
        *([Content.styled(cut(_remark(line, groups, comparison), widths[2]), "dim")] if widths[2] else []),
    ]


def _line_name(line: Line) -> str:
    return clean(" ".join(line.name.split())) or _("(no organisation named)")


def _remark(line: Line, groups: int, comparison: Comparison) -> str:
    if line.candidates:
        return _("which one?")
    if groups == len(comparison.groups) and groups > 1:
        return _("all groups")
    if groups == 1:
        name = next((group.name for group in comparison.groups if group.id == line.groups[0]), "")
        return _("only {group}").format(group=clean(name))
    return "" if groups else _("nobody")


def _entries(case: Case, comparison: Comparison, line: Line) -> tuple[Passage, ...]:
    names = {group.id: group.name for group in comparison.groups}
    passages: list[Passage] = []
    for entry in line.entries:
        others = [
            " ".join(entry.fields.get(column.id, "").split())
            for column in case.columns
            if column.kind != "organisation"
        ]
        text = " / ".join(filter(None, others)) or _("(no content)")
        typed = " ".join(entry.typed.split())
        passages.append(Passage(typed, "bold", label=cut(clean(names.get(entry.group, entry.group)), _GROUP * 2)))
        passages.append(Passage(text, indent=4))
    return tuple(passages) or (Passage(_("No group named it."), "$foreground-muted"),)


def _findings(comparison: Comparison) -> tuple[Passage, ...]:
    passages: list[Passage] = []
    for finding in comparison.findings:
        sentence, question = describe(finding, comparison)
        passages += [Passage(sentence), Passage(question, "$foreground-muted", indent=2)]
    return tuple(passages) or (Passage(_("Nothing yet."), "$foreground-muted"),)
