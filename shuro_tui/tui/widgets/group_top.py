"""The line at the top of a group's screen."""

from textual.content import Content

from shuro_tui.core.model import Millis
from shuro_tui.core.plaintext import countdown
from shuro_tui.core.sheet import clean
from shuro_tui.core.views import GroupView
from shuro_tui.i18n import _
from shuro_tui.tui.role import Moment
from shuro_tui.tui.widgets.bound import Bound
from shuro_tui.tui.widgets.clock_words import time_left, time_of_day, top_line


class GroupTop(Bound):
    """Which group, which part of the workshop, the time left, whether what was typed is safe."""

    def text(self, view: GroupView, moment: Moment) -> Content:
        """The line."""
        dial, outline = view.dial, view.outline
        where = outline.title if dial.phase == "waiting" else outline.segments[dial.segment]
        heading = f"{clean(view.group.name)} · {where}"
        words = (_closing(view, moment), time_left(dial, moment.now), _saved(moment))
        return top_line(heading, moment, self.size.width, *words)


def _closing(view: GroupView, moment: Moment) -> Content:
    if not view.closing:
        return Content("")
    left = countdown(Millis(max(min(view.closing.values()) - moment.now, 0)))
    return Content.styled(_("sheets close in {time}").format(time=left), "bold $text-warning")


def _saved(moment: Moment) -> Content:
    link = moment.link
    if link.trouble:
        return Content.styled(_("cannot write here: {why}").format(why=link.trouble), "bold $text-error")
    if link.unsent:
        words = _("{n} kept here, not sent yet") if link.silent or not link.connected else _("saving {n}")
        return Content.styled(words.format(n=link.unsent), "$text-warning")
    if link.saved_at is not None:
        saved = _("saved {time}").format(time=time_of_day(link.saved_at, seconds=True))
        return Content.styled(saved, "$text-success")
    return Content("")
