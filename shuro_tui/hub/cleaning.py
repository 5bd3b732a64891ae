"""What comes in by the wire is text: nothing in it takes effect on a terminal, wherever it is shown later."""

from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from shuro_tui.core.sheet import clean


def cleaned(sent: Any) -> Any:
    """The same without control characters, escape sequences and direction marks, in every text that is in it."""
    match sent:
        case str():
            return clean(sent)
        case tuple():
            return tuple(map(cleaned, sent))
        case dict():
            return {cleaned(key): cleaned(value) for key, value in sent.items()}
        case Struct():
            return replace(sent, **{field: cleaned(getattr(sent, field)) for field in sent.__struct_fields__})
        case _:
            return sent
