"""Times in words, Japanese measured in cells."""

from shuro_tui.core.cells import cut, pad
from shuro_tui.core.dial import Signal
from shuro_tui.core.model import Millis
from shuro_tui.i18n import _

__all__ = ["countdown", "cut", "lateness_words", "pad", "signal_words"]


def countdown(left: Millis) -> str:
    """The time left, rounded up so that 0:00 means that nothing is left; overtime in a word, rounded down."""
    seconds = -(-left // 1000)
    return _("over {time}").format(time=_clock(-seconds)) if seconds < 0 else _clock(seconds)


def lateness_words(lateness: Millis) -> str:
    """Late, early or on time, to the second."""
    seconds = abs(lateness) // 1000
    if not seconds:
        return _("on time")
    words = _("{time} late") if lateness > 0 else _("{time} to spare")
    return words.format(time=_clock(seconds))


def signal_words(signal: Signal, writing: bool) -> str:
    """A signal for those who listen, or write."""
    return {
        "soon": _("Less than 5 minutes left."),
        "last": _("Less than a minute left: finish your row.") if writing else _("Less than a minute left."),
        "over": _("{n} minutes over time.").format(n=signal.minutes) if signal.minutes else _("Time is up."),
    }[signal.kind]


def _clock(seconds: int) -> str:
    minutes, seconds = divmod(seconds, 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{seconds:02}" if hours else f"{minutes}:{seconds:02}"
