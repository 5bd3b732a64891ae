"""Parts of the projector's screen."""

from functools import lru_cache

from rich.cells import cell_len
from textual.content import Content

from shuro_tui.core.plaintext import cut, pad
from shuro_tui.core.sheet import clean
from shuro_tui.core.views import ScreenView
from shuro_tui.i18n import _
from shuro_tui.tui.role import Moment
from shuro_tui.tui.widgets.bound import Bound
from shuro_tui.tui.widgets.clock_words import time_left, top_line


class WallTop(Bound):
    """One line: the workshop, the segment, how far the slides are, the time left unless it is hidden."""

    def text(self, view: ScreenView, moment: Moment) -> Content:
        """The line."""
        dial, outline = view.dial, view.outline
        where = "" if dial.phase == "waiting" else f"  {dial.segment + 1}. {outline.segments[dial.segment]}"
        slide = f"  {view.shown.number}/{view.shown.of}" if view.shown and view.display.shown == "slide" else ""
        time = Content("") if view.time_hidden else time_left(dial, moment.now)
        return top_line(outline.title + where + slide, moment, self.size.width, time)


class ProgressLine(Bound):
    """Who is how far, without a word of what anybody wrote."""

    def text(self, view: ScreenView, moment: Moment) -> Content:
        """A phrase a group."""
        case = view.display.case or ""
        phrases = []
        for progress in view.progress:
            rows = _("{rows} rows").format(rows=progress.rows.get(case, 0))
            done = case in progress.submitted
            name = cut(clean(progress.group.name), 12)
            words = " ".join(filter(None, (name, rows, _("submitted") if done else "")))
            phrases.append((words, "$text-success" if done else ""))
        widest = max((cell_len(words) for words, _style in phrases), default=1) + 3
        a_line = max(1, self.content_size.width // widest)
        return Content("\n").join(
            Content.assemble(*((pad(words, widest), style) for words, style in phrases[start : start + a_line]))
            for start in range(0, len(phrases), a_line)
        )


class HowToJoin(Bound):
    """Address, code and the same as a QR code."""

    def text(self, view: ScreenView, moment: Moment) -> Content:
        """What to type, and who is here already."""
        room = view.room
        address = room.addresses[0] if room.addresses else ""
        here = [cut(clean(progress.group.name), 24) for progress in view.progress if progress.terminals]
        names = _(", ").join(here) if all(here) else _("{n} groups").format(n=len(here))
        command = f"shuro-tui join {address}"
        lines = [
            Content.styled(view.outline.title, "bold $accent"),
            Content(""),
            Content(_("At each group's terminal:")),
            Content.styled(f"  {command}", "bold"),
            Content(""),
            Content.assemble(Content(_("Code")), "  ", (f" {room.code} ", "bold reverse")),
        ]
        present = _("Groups here: {names}").format(names=names) if here else _("No group is here yet.")
        if len(room.addresses) > 1:
            lines.insert(4, Content.styled("  " + "  ".join(room.addresses[1:]), "$foreground-muted"))
        if cell_len("①") > 1:  # such terminals get no blocks, and a code drawn without them cannot be read
            return Content("\n").join([*lines, Content(""), Content(present)])
        code = _beside(lines, _qr(f"{command} --code {room.code}"), self.content_size.width)
        return Content("\n\n").join((code, Content(present)))


@lru_cache(maxsize=4)
def _qr(text: str) -> tuple[str, ...]:
    """A QR code in half blocks, two modules a cell; dark on light, with half the quiet zone of ISO/IEC 18004."""
    import segno  # noqa: PLC0415 - only the projector needs it, after its first frame

    rows = [list(row) for row in segno.make_qr(text, error="l").matrix_iter(border=2)]
    if len(rows) % 2:
        rows.append([0] * len(rows[0]))
    return tuple(
        "".join(" ▄▀█"[2 * upper + lower] for upper, lower in zip(rows[n], rows[n + 1], strict=True))
        for n in range(0, len(rows), 2)
    )


def _beside(lines: list[Content], qr: tuple[str, ...], width: int) -> Content:
    """The text with the code to its right where there is room, else the text alone."""
    column = max(line.cell_length for line in lines) + 2
    if column + len(qr[0]) > width:
        return Content("\n").join([*lines, Content(""), *(Content.styled(row, "black on white") for row in qr)])
    height = max(len(lines), len(qr))
    result = []
    for number in range(height):
        text = lines[number] if number < len(lines) else Content("")
        code = Content.styled(qr[number], "black on white") if number < len(qr) else Content("")
        result.append(Content.assemble(text, " " * (column - text.cell_length), code))
    return Content("\n").join(result)
