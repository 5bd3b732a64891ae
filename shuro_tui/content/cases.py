"""One case and the columns of its sheet: cases/*.yaml → Case."""

from typing import get_args

from shuro_tui.content import keys
from shuro_tui.content.fields import Fields, Page
from shuro_tui.content.problem import Place, quoted
from shuro_tui.content.tree import Node
from shuro_tui.core.model import Case, Column, ColumnKind, Fact
from shuro_tui.core.sheet import ROWS_AT_MOST
from shuro_tui.i18n import _

_ROWS = 5  # of a sheet, where a case says nothing about it
_KINDS: tuple[ColumnKind, ...] = get_args(ColumnKind)


def read_case(page: Page, node: Node) -> tuple[Case, Place]:
    """The case, with the place of its id; what is wrong with it goes to the page."""
    fields = Fields(page, node, keys.CASE)
    case_id, place = fields.identifier()
    title = fields.text("title")
    profile = _profile(page, fields.node("profile"))
    columns = _columns(page, fields.items("columns", required=True))
    case = Case(
        id=case_id,
        title=title,
        profile=profile,
        story=fields.optional("story"),
        question=fields.text("question"),
        columns=columns,
        expected_rows=fields.number("rows", most=ROWS_AT_MOST, default=_ROWS),
        rehearsal=tuple(_row(page, item, columns) for item in fields.items("rehearsal")),
    )
    return case, place


def _profile(page: Page, node: Node | None) -> tuple[Fact, ...]:
    if node is None or node.blank:
        return ()
    if node.kind != "mapping":
        page.complain(node.place, _("{what} must be lines of label: value").format(what="profile"))
    labels = [(page.text(label, "profile"), label.place) for label, _value in node.entries]
    page.unique(labels, _("the label"))
    return tuple(
        Fact(label, page.text(value, label, blank=True))
        for (label, _place), (_label, value) in zip(labels, node.entries, strict=True)
    )


def _columns(page: Page, nodes: tuple[Node, ...]) -> tuple[Column, ...]:
    ids: list[tuple[str, Place]] = []
    columns = []
    for node in nodes:
        fields = Fields(page, node, keys.COLUMN)
        ids.append(fields.identifier())
        kind = fields.word("kind", _KINDS)
        choices = fields.texts("choices", required=kind == "choice")
        page.unique(choices, _("the choice"))
        if choices and kind != "choice":
            message = _("only a column of the kind 'choice' has choices")
            page.complain(choices[0][1], message, "kind: choice")
        columns.append(Column(ids[-1][0], fields.text("title"), kind, tuple(choice for choice, _place in choices)))
    page.unique(ids, _("the id"))
    return tuple(columns)


def _row(page: Page, node: Node, columns: tuple[Column, ...]) -> dict[str, str]:
    """One row that simulated groups type in a rehearsal."""
    fields = Fields(page, node, {column.id: f"{column.id}: …" for column in columns})
    row = {column.id: fields.optional(column.id) for column in columns}
    for column in columns:
        written = fields.node(column.id)
        if column.choices and written is not None and row[column.id] not in ("", *column.choices):
            message = _("'{text}' is not among the choices").format(text=quoted(row[column.id]))
            page.complain(written.place, message, ", ".join(column.choices))
    return {key: text for key, text in row.items() if fields.node(key) is not None}
