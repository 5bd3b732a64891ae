"""A comparison for a plain terminal.

What stands in columns is made of letters of one certain width: ● and … take two cells on some terminals.
"""

from collections.abc import Iterable, Iterator

from shuro_tui.core.cells import cell_len, cut, pad
from shuro_tui.core.findings import describe
from shuro_tui.core.linebreak import wrap
from shuro_tui.core.lines import Comparison, Entry, Line
from shuro_tui.core.model import Case
from shuro_tui.core.sheet import clean
from shuro_tui.i18n import _

NAME_AT_LEAST = 16
ROOM_AT_LEAST = 8
GROUP_WIDTHS = (3, 10)


def comparison_text(case: Case, comparison: Comparison, width: int = 80) -> str:
    """The comparison of a case: who named what how often, what was written, what is worth talking about.

    The counts are digits, a dot is none. Lines keep to `width` cells where groups and names leave room for it.
    """
    counts = _("{groups} groups, {rows} rows").format(groups=len(comparison.groups), rows=comparison.rows)
    parts = (
        list(_hanging("", "", f"{_one_line(case.title)}  {counts}", width)),
        list(_matrix(comparison, width)),
        list(_written(case, comparison, width)),
        list(_talk(comparison, width)),
    )
    return "\n\n".join("\n".join(lines) for lines in parts if lines) + "\n"


def _matrix(comparison: Comparison, width: int) -> Iterator[str]:
    names = [_one_line(group.name) for group in comparison.groups]
    total = _("How many")
    field_width = max((cell_len(line.field) for line in comparison.lines), default=0)
    free = width - field_width - NAME_AT_LEAST - cell_len(total) - 2
    narrow, wide = GROUP_WIDTHS
    longest = max((cell_len(name) for name in names), default=0)
    group_width = max(narrow, min(wide, longest, free // max(len(names), 1) - 1))
    name_width = NAME_AT_LEAST + max(0, free - len(names) * (group_width + 1))

    def columns(field: str, name: str, cells: Iterable[str], last: str) -> str:
        left = f"{pad(field, field_width)} {pad(name, name_width, '..')}"
        return " ".join((left, *(_right(cell, group_width) for cell in cells), _right(last, cell_len(total)))).rstrip()

    yield columns("", "", names, total)
    field = ""
    for line in comparison.lines:
        counts = [sum(entry.group == group.id for entry in line.entries) for group in comparison.groups]
        cells = (str(count) if count else "." for count in counts)
        yield columns("" if line.field == field else line.field, _name(line), cells, str(len(line.groups)))
        field = line.field


def _written(case: Case, comparison: Comparison, width: int) -> Iterator[str]:
    """Every entry under its organisation, as it was written."""
    groups = {group.id: _one_line(group.name) for group in comparison.groups}
    names = {line.organisation: line.name for line in comparison.lines if line.organisation}
    for line in comparison.lines:
        if not line.entries:
            continue
        yield from _hanging("", "", _name(line), width)
        if line.candidates:
            candidates = _(", ").join(names.get(candidate, candidate) for candidate in line.candidates)
            yield from _hanging("  ", "    ", _("may be: {candidates}").format(candidates=candidates), width)
        for entry in line.entries:
            yield from _hanging("  ", "    ", f"{groups[entry.group]}: {_entry(case, entry)}", width)


def _entry(case: Case, entry: Entry) -> str:
    texts = [clean(entry.fields.get(column.id, "")).strip() for column in case.columns]
    return " - ".join(filter(None, texts))


def _talk(comparison: Comparison, width: int) -> Iterator[str]:
    for finding in comparison.findings:
        sentence, question = describe(finding, comparison)
        yield from _hanging("* ", "  ", sentence, width)
        yield from _hanging("  ", "  ", question, width)


def _hanging(first: str, others: str, text: str, width: int) -> Iterator[str]:
    """The text in lines behind an indent, the first behind its own; wider than `width` where there is no room."""
    lines = wrap(text, max(width - cell_len(others), ROOM_AT_LEAST))
    return ((others if number else first) + line for number, line in enumerate(lines))


def _name(line: Line) -> str:
    name = _one_line(line.name) or _("(no organisation)")
    return f"{name} ?" if line.candidates else name


def _one_line(text: str) -> str:
    return " ".join(clean(text).split())


def _right(text: str, width: int) -> str:
    text = cut(text, width, "..")
    return " " * (width - cell_len(text)) + text
