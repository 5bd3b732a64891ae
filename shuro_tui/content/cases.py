"""One case and the columns of its sheet: cases/*.yaml → Case."""

from typing import get_args

from shuro_tui.content import keys
from shuro_tui.content.fields import Fields, Page
from shuro_tui.content.problem import Place, quoted
from shuro_tui.content.tree import Node
from shuro_tui.core.model import Case, Centre, Column, ColumnKind, Direction, Drawn, Fact, TieKind
from shuro_tui.core.sheet import ROWS_AT_MOST
from shuro_tui.i18n import _

_ROWS = 5  # of a sheet, where a case says nothing about it
_KINDS: tuple[ColumnKind, ...] = get_args(ColumnKind)
_DRAWN: tuple[Drawn, ...] = (*get_args(Centre), *get_args(TieKind), *get_args(Direction))


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
        model=tuple(_row(page, item, columns) for item in fields.items("model")),
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
        drawn = _drawn(page, fields, len(choices))
        texts = tuple(choice for choice, _place in choices)
        columns.append(Column(ids[-1][0], fields.text("title"), kind, texts, drawn))
    page.unique(ids, _("the id"))
    return tuple(columns)


def _drawn(page: Page, fields: Fields, choices: int) -> tuple[Drawn, ...]:
    """What each choice draws in an ecomap: a word a choice, in their order."""
    words = fields.texts("ecomap")
    known = tuple(found for word, place in words if (found := _known(page, word, place)) is not None)
    if words and len(words) != choices:
        message = _("ecomap has {n} words for {choices} choices: one for each").format(n=len(words), choices=choices)
        page.complain(words[0][1], message, "ecomap: [person, family]")
    return known


def _known(page: Page, word: str, place: Place) -> Drawn | None:
    found = next((each for each in _DRAWN if each == word), None)
    if found is None:
        words = ", ".join(_DRAWN)
        page.complain(place, _("{what} must be one of: {words}").format(what="ecomap", words=words))
    return found


def _row(page: Page, node: Node, columns: tuple[Column, ...]) -> dict[str, str]:
    """One row of a sheet: one that simulated groups type in a rehearsal, or one of the model answer."""
    fields = Fields(page, node, {column.id: f"{column.id}: …" for column in columns})
    row = {column.id: fields.optional(column.id) for column in columns}
    for column in columns:
        written = fields.node(column.id)
        if column.choices and written is not None and row[column.id] not in ("", *column.choices):
            message = _("'{text}' is not among the choices").format(text=quoted(row[column.id]))
            page.complain(written.place, message, ", ".join(column.choices))
    return {key: text for key, text in row.items() if fields.node(key) is not None}
