"""Running text, wrapped between phrases: Textual's own wrapping knows nothing of Japanese line breaks."""

from collections.abc import Iterable

from msgspec import Struct
from rich.cells import cell_len
from textual.content import Content
from textual.geometry import Size
from textual.reactive import reactive
from textual.widget import Widget

from shuro_tui.core.plaintext import pad
from shuro_tui.core.sheet import clean
from shuro_tui.core.typeset import wrap

_WIDEST = 90


class Passage(Struct, frozen=True):
    """A text in one style, `indent` cells in; `label`, in a style of its own, stands before its first line."""

    text: str
    style: str = ""
    indent: int = 0
    label: str = ""
    label_style: str = "$foreground-muted"


class Prose(Widget):
    """Passages one below the other."""

    passages: reactive[tuple[Passage, ...]] = reactive[tuple[Passage, ...]]((), layout=True)

    def __init__(self, passages: tuple[Passage, ...] = (), id: str | None = None) -> None:  # noqa: A002 - Textual's name
        super().__init__(id=id)
        self.set_reactive(Prose.passages, passages)

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """Lines that the text takes at that width."""
        return max(1, sum(1 for _line in self._lines(width)))

    def render(self) -> Content:
        """The lines."""
        return Content("\n").join(self._lines(self.content_size.width))

    def _lines(self, width: int) -> Iterable[Content]:
        for passage in self.passages:
            yield from _laid_out(passage, min(width, _WIDEST))


def _laid_out(passage: Passage, width: int) -> Iterable[Content]:
    indent = max(passage.indent, cell_len(passage.label) + 1 if passage.label else 0)
    indent = indent if indent < width // 2 else 2
    lines = wrap(clean(passage.text), width - indent) or ("",)
    for number, line in enumerate(lines):
        label = passage.label if number == 0 else ""
        yield Content.assemble((pad(label, indent, ""), passage.label_style), (line, passage.style))
