"""Every key of every screen, in one table: bindings, key bar, help, palette and README are made from it."""

from msgspec import Struct
from textual.binding import Binding

from shuro_tui.i18n import N_


class Action(Struct, frozen=True):
    """One thing a person can do. `keys`: Textual's names, the first is the one shown; `label` and `help` are marked

    for translation where they are shown; `bar`: whether the key bar at the bottom names it."""

    id: str
    keys: tuple[str, ...]
    does: str
    label: str
    help: str
    bar: bool = True


FACILITATOR: tuple[Action, ...] = (
    Action("rundown.next", ("space", "right", "pagedown"), "next", N_("Next"), N_("Start; then the next slide")),
    Action("rundown.back", ("backspace", "left", "pageup"), "back", N_("Back"), N_("The slide before"), bar=False),
    Action("rundown.segment", ("n",), "next_segment", N_("Next segment"), N_("Leave this segment for the next")),
    Action(
        "rundown.segment-back",
        ("b",),
        "previous_segment",
        N_("Segment before"),
        N_("Go back to the segment before"),
        bar=False,
    ),
    Action("timer.pause", ("p",), "pause", N_("Pause"), N_("Stop the segment's clock, or let it run on")),
    Action("timer.extend", ("plus",), "extend", N_("Add a minute"), N_("Give this segment one minute more")),
    Action(
        "timer.shorten", ("minus",), "shorten", N_("Take a minute"), N_("Take one minute from this segment"), bar=False
    ),
    Action("undo", ("u",), "undo", N_("Undo"), N_("Take back the last step")),
    Action("display.case", ("c",), "show_case", N_("Show case"), N_("Put the next case up on the projector")),
    Action(
        "display.slide", ("d",), "show_slide", N_("Show slide"), N_("Put the slide back on the projector"), bar=False
    ),
    Action(
        "display.join",
        ("j",),
        "show_join",
        N_("Show how to join"),
        N_("Put address and code on the projector"),
        bar=False,
    ),
    Action(
        "sheets.close",
        ("s",),
        "close_sheets",
        N_("Close sheets"),
        N_("Take no more changes for a case, or take them again"),
    ),
    Action(
        "sheets.compare",
        ("v",),
        "compare",
        N_("Compare"),
        N_("The groups' sheets side by side; from there, reveal them"),
    ),
    Action(
        "video.open", ("o",), "open_video", N_("Open video"), N_("Open the video in the system's player"), bar=False
    ),
    Action("session.finish", ("e",), "finish", N_("End session"), N_("End the session; asks first"), bar=False),
    Action("help", ("question_mark", "f1"), "help", N_("All keys"), N_("Every key of this screen")),
    Action(
        "quit", ("q", "ctrl+q"), "leave", N_("Quit"), N_("Close this window; the hub and the groups go on"), bar=False
    ),
)


def bindings(actions: tuple[Action, ...]) -> list[Binding]:
    """The bindings of a screen. What people read is made from the table where it is shown, in their language."""
    return [Binding(",".join(action.keys), action.does, action.label, show=False, id=action.id) for action in actions]


_NAMES = {
    "space": "Space",
    "plus": "+",
    "minus": "-",
    "question_mark": "?",
    "backspace": "BS",
    "pagedown": "PgDn",
    "pageup": "PgUp",
    "escape": "Esc",
    "enter": "Enter",
    "tab": "Tab",
}


def key_name(key: str) -> str:
    """What is printed on the key."""
    parts = key.split("+")
    return "+".join(_NAMES.get(part) or (part.upper() if part[1:].isdigit() else part.title()) for part in parts)
