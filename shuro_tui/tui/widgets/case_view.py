"""A case as a group reads it: profile, story, question."""

from rich.cells import cell_len
from textual.content import Content
from textual.geometry import Size
from textual.reactive import reactive
from textual.widget import Widget

from shuro_tui.core.model import Case
from shuro_tui.core.plaintext import pad
from shuro_tui.core.typeset import wrap

_WIDEST = 90


class CaseView(Widget):
    """A case, wrapped between phrases."""

    case: reactive[Case | None] = reactive[Case | None](None, layout=True)

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """Lines that the case takes at that width."""
        return max(1, len(self._lines(width)))

    def render(self) -> Content:
        """The lines."""
        return Content("\n").join(self._lines(self.content_size.width))

    def _lines(self, width: int) -> list[Content]:
        return [] if self.case is None else case_lines(self.case, min(width, _WIDEST))


def case_lines(case: Case, width: int) -> list[Content]:
    """Title, the question, the profile as label and value, the story."""
    lines = [Content.styled(line, "bold $accent") for line in wrap(case.title, width)]
    label = min(max((cell_len(fact.label) for fact in case.profile), default=0) + 2, width // 3)
    for fact in case.profile:
        first, *more = wrap(fact.value, width - label) or ("",)
        lines.append(Content.assemble((pad(fact.label, label), "$text-muted"), first))
        lines += [Content(" " * label + line) for line in more]
    lines.append(Content(""))
    lines += [Content(line) for line in wrap(case.story.strip(), width)]
    lines.append(Content(""))
    lines += [Content.styled(line, "bold") for line in wrap(case.question.strip(), width)]
    return lines
