"""The line at the top of a group's screen."""

from textual.content import Content
from textual.reactive import reactive

from shuro_tui.core.model import Millis
from shuro_tui.core.plaintext import countdown
from shuro_tui.core.sheet import clean
from shuro_tui.core.views import GroupView
from shuro_tui.i18n import _
from shuro_tui.tui.role import Moment
from shuro_tui.tui.widgets.bound import Bound
from shuro_tui.tui.widgets.clock_words import time_left, time_of_day, top_line


class GroupTop(Bound):
    """Which group, which part of the workshop, the time left, whether what was typed is safe.

    typing: whether somebody has typed here since the clock was looked at last, and may go on.
    """

    typing: reactive[bool] = reactive(False)

    def text(self, view: GroupView, moment: Moment) -> Content:
        """The line."""
        dial, outline = view.dial, view.outline
        where = outline.title if dial.phase == "waiting" else outline.segments[dial.segment]
        heading = f"{clean(view.group.name)} · {where}"
        words = (_closing(view, moment), time_left(dial, moment.now), _saved(moment, self.typing))
        return top_line(heading, moment, self.size.width, *words)


def _closing(view: GroupView, moment: Moment) -> Content:
    if not view.closing:
        return Content("")
    left = countdown(Millis(max(min(view.closing.values()) - moment.now, 0)))
    return Content.styled(_("sheets close in {time}").format(time=left), "bold $text-warning")


def _saved(moment: Moment, typing: bool) -> Content:
    link = moment.link
    if link.trouble:
        return Content.styled(_("cannot write here: {why}").format(why=link.trouble), "bold $text-error")
    if link.unsent:
        if link.silent or not link.connected:
            return Content.styled(_("{n} kept here, not sent yet").format(n=link.unsent), "$text-warning")
        return Content.styled(_("typing") if typing else _("saving {n}").format(n=link.unsent), "$text-warning")
    if typing:
        return Content.styled(_("typing"), "$text-warning")
    if link.saved_at is not None:
        saved = _("saved {time}").format(time=time_of_day(link.saved_at, seconds=True))
        return Content.styled(saved, "$text-success")
    return Content("")
