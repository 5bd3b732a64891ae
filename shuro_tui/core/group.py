"""Who takes part, and what is said to them."""

from msgspec import Struct

from shuro_tui.core.model import Millis


class Group(Struct, frozen=True):
    """One group, at one terminal or several."""

    id: str
    name: str


class Message(Struct, frozen=True):
    """What the facilitator has to say, and since when it stands there."""

    text: str
    at: Millis
