"""What a room has to know just now: the step, a signal, the facilitator's messages."""

from textual.content import Content

from shuro_tui.core.sheet import clean
from shuro_tui.core.typeset import wrap
from shuro_tui.core.views import GroupView, ScreenView
from shuro_tui.i18n import _
from shuro_tui.tui.role import Moment
from shuro_tui.tui.widgets.bound import Bound
from shuro_tui.tui.widgets.clock_words import SIGNAL_STYLES, signal_sentence, step_lines

_PADDING = 2


class News(Bound):
    """Below the top line of the projector and of the groups' terminals; not there when there is nothing to know."""

    def text(self, view: ScreenView | GroupView, moment: Moment) -> Content:
        """The step and the signal in one line, then a line or more for each message."""
        width = self.app.size.width - _PADDING
        messages = view.messages if isinstance(view, GroupView) else (view.message,) if view.message else ()
        lines = [_of_the_time(view, moment)]
        for message in messages:
            words = _("From the facilitator: {text}").format(text=clean(message.text))
            lines += [Content.styled(f" {line} ", "bold $text-warning reverse") for line in wrap(words, width - 2)]
        return Content("\n").join([line for line in lines if line.plain])

    def say(self) -> None:
        """At once, and when the time of a signal has come; take a place only while there is something to tell."""
        self.set_class(not self.words().plain, "-nothing")
        super().say()


def _of_the_time(view: ScreenView | GroupView, moment: Moment) -> Content:
    if isinstance(view, ScreenView) and view.time_hidden:
        return Content("")
    signal = view.dial.signal(moment.now)
    writing = isinstance(view, GroupView) and bool(view.at_work)
    told = (
        Content.styled(f" {signal_sentence(signal, writing)} ", SIGNAL_STYLES[signal.kind]) if signal else Content("")
    )
    return Content("  ").join([*([told] if told.plain else []), *step_lines(view.dial, moment.now, overtime=False)])
