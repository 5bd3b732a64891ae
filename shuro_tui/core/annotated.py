"""A comparison with what the facilitator adds to it: remarks beside entries, and the model answer."""

from msgspec.structs import replace

from shuro_tui.core.comparison import compare
from shuro_tui.core.group import Group
from shuro_tui.core.lines import Comparison
from shuro_tui.core.meaning import Settlement
from shuro_tui.core.model import Case, Catalogue
from shuro_tui.core.remarks import Remark
from shuro_tui.core.sheet import Row, Sheet

_MODEL = Group("model", "")


def annotated(
    comparison: Comparison,
    case: Case,
    catalogue: Catalogue,
    settlements: tuple[Settlement, ...] = (),
    remarks: tuple[Remark, ...] = (),
    model: bool = False,
) -> Comparison:
    """The comparison of the groups' sheets with the remarks on them and, where `model`, with the case's model answer.

    What the model answer alone names has a line at the end that no group is in; what was found stays as it was, for it
    is no group's.
    """
    if not model or not case.model:
        return replace(comparison, remarks=remarks)
    sheet = Sheet(case.id, _MODEL.id, tuple(Row(str(number), fields) for number, fields in enumerate(case.model)))
    answered = [line for line in compare(case, catalogue, (_MODEL,), (sheet,), settlements).lines if line.entries]
    there = {line.id for line in comparison.lines}
    alone = tuple(replace(line, entries=()) for line in answered if line.id not in there)
    return replace(
        comparison,
        lines=(*comparison.lines, *alone),
        remarks=remarks,
        model={line.id: line.entries for line in answered},
    )
