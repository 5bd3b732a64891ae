"""Every key of every screen, in one table: bindings, key bar, help, palette and README are made from it."""

from msgspec import Struct
from textual.binding import Binding

from shuro_tui.i18n import N_


class Action(Struct, frozen=True):
    """One thing a person can do.

    keys: Textual's names, the first is the one shown; does: the name of the screen's action; label, help: marked here
    and translated where they are shown; bar: its rank in the key bar, 0 when only help and palette name it.
    """

    id: str
    keys: tuple[str, ...]
    does: str
    label: str
    help: str
    bar: int = 0


HELP = Action("help", ("f1",), "help", N_("All keys"), N_("Every key of this screen"), bar=1)
HELP_BY_MARK = Action("help", ("question_mark", "f1"), "help", N_("All keys"), N_("Every key of this screen"), bar=1)
PALETTE = Action(
    "palette", ("ctrl+p",), "command_palette", N_("Search commands"), N_("Find a command by a word and run it")
)
COLOURS = Action("theme", ("ctrl+t",), "next_theme", N_("Colours"), N_("Dark, light or high contrast, on this screen"))
LEAVE = Action("quit", ("q", "ctrl+q"), "leave", N_("Quit"), N_("Close this window; the hub and the groups go on"))

FACILITATOR: tuple[Action, ...] = (
    Action("next", ("space", "right", "pagedown"), "next", N_("Next"), N_("Start; then the next slide"), bar=2),
    Action("back", ("backspace", "left", "pageup"), "back", N_("Back"), N_("The slide before")),
    Action("segment", ("n",), "next_segment", N_("Next segment"), N_("Leave this segment for the next"), bar=3),
    Action("segment-back", ("b",), "previous_segment", N_("Segment before"), N_("Go back to the segment before")),
    Action("jump", ("g",), "jump", N_("All slides"), N_("All slides: go to one by its number or a part of its title")),
    Action("jump-back", ("w",), "jump_back", N_("Where I was"), N_("Back to where the last jump came from")),
    Action("step", ("k",), "next_step", N_("Next step"), N_("Go on to the next step of this segment"), bar=10),
    Action("pause", ("p",), "pause", N_("Pause"), N_("Stop the segment's clock, or let it run on"), bar=5),
    Action("extend", ("plus",), "extend", N_("Add a minute"), N_("Give this segment one minute more"), bar=7),
    Action("shorten", ("minus",), "shorten", N_("Take a minute"), N_("Take one minute from this segment")),
    Action(
        "replan", ("r",), "replan", N_("Be on time"), N_("Ready plans to end on time, each before and after"), bar=4
    ),
    Action(
        "interrupt",
        ("i",),
        "interrupt",
        N_("Interruption"),
        N_("Mark questions, equipment or a discussion, and their end: that time is not the slides'"),
        bar=11,
    ),
    Action("undo", ("u",), "undo", N_("Undo"), N_("Take back the last step"), bar=9),
    Action("start-back", ("a",), "start_back", N_("Started earlier"), N_("Start with the clock dated back")),
    Action("move-end", ("f",), "move_end", N_("Move the end"), N_("Move the time by which the session has to end")),
    Action("announce", ("m",), "announce", N_("Message"), N_("A message to every screen, or to one group"), bar=12),
    Action("times", ("t",), "times", N_("Times"), N_("Planned, adapted and actual times up to now")),
    Action("case", ("c",), "show_case", N_("Show case"), N_("Put a case up on the projector"), bar=13),
    Action("slide", ("d",), "show_slide", N_("Show slide"), N_("Put the slide back on the projector")),
    Action(
        "wall-on",
        ("right_square_bracket",),
        "wall_on",
        N_("Further down"),
        N_("A page on in what the projector shows, where it is longer than the wall"),
    ),
    Action("wall-back", ("left_square_bracket",), "wall_back", N_("Further up"), N_("A page back on the projector")),
    Action("black", ("z",), "blackout", N_("Blackout"), N_("Make the projector dark, or show again what stood there")),
    Action("hide-time", ("h",), "hide_time", N_("Hide time"), N_("Leave the time left off the projector, or not")),
    Action("join", ("j",), "show_join", N_("Show how to join"), N_("Put address and code on the projector")),
    Action("new-code", ("f2",), "new_code", N_("New code"), N_("Let newcomers in by another code; asks first")),
    Action(
        "close",
        ("s",),
        "close_sheets",
        N_("Close sheets"),
        N_("Collect the sheets of a case: closed after 30 s, or at once with S again; then: open them again"),
        8,
    ),
    Action(
        "compare", ("v",), "compare", N_("Compare"), N_("The groups' sheets side by side; reveal them there"), bar=6
    ),
    Action(
        "sheets",
        ("y",),
        "sheets",
        N_("Sheets"),
        N_("A group's sheet to read; bring a deleted row back, take rows that came late"),
    ),
    Action("video", ("o",), "open_video", N_("Open video"), N_("Open the video in the system's player")),
    Action("bell", ("l",), "bell", N_("Bell"), N_("Switch the bell of the signals off, or on again")),
    Action("up", ("up",), "scroll_back", N_("Up"), N_("Back in the notes; on a small terminal in the pane shown")),
    Action("down", ("down",), "scroll_on", N_("Down"), N_("On in the notes; on a small terminal in the pane shown")),
    Action("pane", ("tab",), "next_pane", N_("Other pane"), N_("On a small terminal: the pane after this one")),
    Action("finish", ("e",), "finish", N_("End session"), N_("End the session; asks first")),
    Action("stop", ("x",), "stop", N_("Stop the hub"), N_("Send everybody home; asks first")),
    HELP_BY_MARK,
    PALETTE,
    COLOURS,
    LEAVE,
)

VIEWS: tuple[Action, ...] = (
    Action("matrix", ("1",), "view('comparison')", N_("Matrix"), N_("Who named which organisation how often")),
    Action("heat", ("2",), "view('heat')", N_("Heat map"), N_("How often each group named each field")),
    Action("findings", ("3",), "view('findings')", N_("Findings"), N_("What to talk about, with what is behind it")),
    Action("one-organisation", ("4",), "view('organisation')", N_("One organisation"), N_("What all wrote about one")),
    Action("one-group", ("5",), "view('group')", N_("One group"), N_("A group's sheets for all cases, side by side")),
    Action("ecomap", ("6",), "view('ecomap')", N_("Ecomap"), N_("The sheets as an ecomap")),
)

COMPARISON: tuple[Action, ...] = (
    *VIEWS,
    Action("view", ("tab",), "next_view", N_("Next view"), N_("The view after this one; 1 to 6 lead to each"), bar=2),
    Action("up", ("up", "k"), "up", N_("Up"), N_("The line above")),
    Action("down", ("down",), "down", N_("Down"), N_("The line below")),
    Action(
        "before", ("left",), "before", N_("Left"), N_("The group before; or the finding, or the organisation, before")
    ),
    Action("after", ("right",), "after", N_("Right"), N_("The next group; or finding, or organisation")),
    Action("page-up", ("pageup",), "page_up", N_("Page up"), N_("One page up")),
    Action("page-down", ("pagedown", "space"), "page_down", N_("Page down"), N_("One page down")),
    Action("open", ("enter",), "open", N_("Read"), N_("What all wrote about the organisation under the cursor"), bar=8),
    Action("case", ("c",), "next_case", N_("Next case"), N_("The comparison of the next case"), bar=3),
    Action("find", ("slash",), "find", N_("Find"), N_("Only organisations with this in their name; Esc: all"), bar=7),
    Action("field", ("f",), "only_field", N_("Field"), N_("Only the organisations of one field"), bar=9),
    Action("only-group", ("g",), "only_group", N_("Group"), N_("Only what one group named"), bar=10),
    Action("sort", ("s",), "sort", N_("Sort"), N_("As in the catalogue, the most named first, by name"), bar=11),
    Action("overlay", ("o",), "overlay", N_("Overlay"), N_("In the ecomap: lay another group's over this one's")),
    Action("reveal", ("r",), "reveal", N_("Reveal"), N_("Let every group see all sheets of this case; asks first"), 4),
    Action("put-up", ("v",), "put_up", N_("Put up"), N_("Show this view on the projector, or the slide again"), 5),
    Action("star", ("m",), "star", N_("Mark"), N_("Mark an entry with ★: to be taken up; again: not"), bar=13),
    Action("comment", ("w",), "comment", N_("Comment"), N_("Write a comment to an entry"), bar=14),
    Action(
        "hide-names",
        ("h",),
        "hide_names",
        N_("Hide names"),
        N_("Neutral names for the groups on the projector and at the other groups, or their own again"),
        bar=15,
    ),
    Action(
        "model-answer",
        ("a",),
        "model_answer",
        N_("Model answer"),
        N_("Show the case's model answer beside the groups', to all; asks first"),
        bar=16,
    ),
    Action("names", ("n",), "names", N_("Names"), N_("Say what names stand for that nobody could tell"), bar=12),
    Action("close", ("escape", "q"), "close", N_("Back"), N_("Show everything again; back to the rundown"), 6),
    HELP_BY_MARK,
    PALETTE,
    COLOURS,
)

SETTLING: tuple[Action, ...] = (
    Action(
        "settle",
        ("enter",),
        "settle(1)",
        N_("Settle"),
        N_("It stands for the first candidate; 1 to 9: for that one; without candidates: choose an organisation"),
        bar=2,
    ),
    Action("organisation", ("o",), "organisation", N_("Organisation"), N_("It stands for any of the catalogue"), bar=3),
    Action("merge", ("m",), "merge", N_("Merge"), N_("It is the same as another name of no catalogue"), bar=4),
    Action("split", ("s",), "split", N_("Split off"), N_("It is a name of its own, wherever it was typed"), bar=5),
    Action("split-row", ("r",), "split_row", N_("This row only"), N_("In one row it is something else")),
    Action("take-back", ("t",), "take_back", N_("Take back"), N_("Take back what was said of the name"), bar=7),
    Action("undo", ("u",), "undo", N_("Undo"), N_("Take back what was said of names last"), bar=8),
    Action("every", ("a",), "every", N_("All names"), N_("All names that were typed, or those that wait"), bar=9),
    Action("read-on", ("space",), "read(1)", N_("Read on"), N_("On in what there is to say of the name")),
    Action("read-back", ("b",), "read(-1)", N_("Read back"), N_("Back in what there is to say of the name")),
    Action("case", ("c", "tab"), "next_case", N_("Next case"), N_("The names of the next case")),
    Action("close", ("escape", "q"), "close", N_("Back"), N_("Back to the comparison"), bar=6),
    HELP_BY_MARK,
    PALETTE,
    COLOURS,
)

SHEETS: tuple[Action, ...] = (
    Action("group", ("right", "n"), "next_group", N_("Next group"), N_("The sheet of the group after this one"), bar=2),
    Action("group-before", ("left", "b"), "previous_group", N_("Group before"), N_("The sheet of the group before")),
    Action("case", ("c", "tab"), "next_case", N_("Next case"), N_("The group's sheet for the next case"), bar=3),
    Action("bring-back", ("enter",), "bring_back", N_("Bring back"), N_("Put a deleted row back on the sheet"), bar=4),
    Action("late", ("a",), "take_late", N_("Take late rows"), N_("Write the rows that came late on the sheet"), bar=5),
    Action("close", ("escape", "q"), "close", N_("Back"), N_("Back to the rundown"), bar=6),
    HELP_BY_MARK,
    PALETTE,
    COLOURS,
)

PROJECTOR: tuple[Action, ...] = (
    Action("up", ("up", "pageup"), "scroll_back", N_("Up"), N_("Back, where the wall is too small for all of it")),
    Action("down", ("down", "pagedown", "space"), "scroll_on", N_("Down"), N_("On, where the wall is too small")),
    HELP_BY_MARK,
    PALETTE,
    COLOURS,
    Action("quit", ("q", "ctrl+q"), "leave", N_("Quit"), N_("Close the projector's window")),
)

GROUP: tuple[Action, ...] = (
    Action(
        "next-cell",
        ("enter",),
        "next_cell",
        N_("Next cell"),
        N_("On to the next cell; takes what is chosen, also from the resources"),
        8,
    ),
    Action("look-up", ("f2",), "look_up", N_("Resources"), N_("Look organisations up; again: back to the case"), bar=2),
    Action("slide", ("f3",), "turn", N_("Slide/sheet"), N_("The slide that is shown, or the sheet again"), bar=3),
    Action(
        "earlier",
        ("left",),
        "earlier_slide",
        N_("Slide before"),
        N_("The slide before; when comparing, the group"),
        bar=7,
    ),
    Action("later", ("right",), "later_slide", N_("Slide after"), N_("The slide after; when comparing, the group")),
    Action("follow", ("escape",), "follow", N_("Follow"), N_("Back to the facilitator's slide")),
    Action("case", ("f4",), "next_case", N_("Next case"), N_("The case and the sheet after this one"), bar=5),
    Action("submit", ("f5",), "submit", N_("Submit"), N_("Say that the sheet is done, or go on writing"), bar=4),
    Action(
        "others", ("f6",), "others", N_("Compare"), N_("All sheets once revealed, in six views; again: back"), bar=6
    ),
    *VIEWS,
    Action("overlay", ("o",), "overlay", N_("Overlay"), N_("In the ecomap: lay another group's over this one's")),
    Action("row-up", ("f7", "alt+up"), "row_up", N_("Row up"), N_("Move the row up")),
    Action("row-down", ("f8", "alt+down"), "row_down", N_("Row down"), N_("Move the row down")),
    Action("row-delete", ("f9",), "delete_row", N_("Delete row"), N_("Delete the row; asks when it is not blank")),
    Action("undo", ("ctrl+z",), "undo", N_("Undo"), N_("Bring the deleted row back; else take back what was typed")),
    Action(
        "settle", ("f12",), "settle", N_("Duplicate"), N_("Two texts of one row: keep the one with the caret, or both")
    ),
    Action(
        "another-group",
        ("f11", "ctrl+g"),
        "another_group",
        N_("Other group"),
        N_("Another group at this terminal"),
    ),
    Action("up", ("up",), "above", N_("Up"), N_("The cell above")),
    Action("down", ("down",), "below", N_("Down"), N_("The cell below; or what is completed")),
    Action("read-up", ("pageup",), "scroll_back", N_("Page up"), N_("Back in the case, the slide or what is read")),
    Action(
        "read-down", ("pagedown",), "scroll_on", N_("Page down"), N_("On in the case, the slide or what is read"), bar=9
    ),
    HELP,
    PALETTE,
    COLOURS,
    Action("quit", ("f10", "ctrl+q"), "leave", N_("Quit"), N_("Leave; what is written stays and can be gone on with")),
)

SCREENS: dict[str, tuple[Action, ...]] = {
    N_("Facilitator"): FACILITATOR,
    N_("Comparison"): COMPARISON,
    N_("Names"): SETTLING,
    N_("Sheets"): SHEETS,
    N_("Group"): GROUP,
    N_("Projector"): PROJECTOR,
}


def either_case(key: str) -> str:
    """As bindings name a letter, small or capital: the key bar shows capitals, and Caps Lock may be on."""
    return f"{key},{key.upper()}" if len(key) == 1 and key.isalpha() else key


def bindings(actions: tuple[Action, ...]) -> list[Binding]:
    """The bindings of a screen. What people read is made from the table where it is shown, in their language."""
    return [
        Binding(",".join(map(either_case, action.keys)), action.does, action.label, show=False, id=action.id)
        for action in actions
        if action is not PALETTE  # the application's own
    ]


_NAMES = {
    "space": "Space",
    "plus": "+",
    "minus": "-",
    "question_mark": "?",
    "slash": "/",
    "left_square_bracket": "[",
    "right_square_bracket": "]",
    "backspace": "BS",
    "pagedown": "PgDn",
    "pageup": "PgUp",
    "escape": "Esc",
    "enter": "Enter",
    "tab": "Tab",
    "up": "↑",
    "down": "↓",
    "left": "←",
    "right": "→",
}


def key_name(key: str) -> str:
    """What is printed on the key."""
    parts = key.split("+")
    return "+".join(_NAMES.get(part) or (part.upper() if part[1:].isdigit() else part.title()) for part in parts)
