"""What names stand for because the facilitator said so."""

from msgspec import Struct


class Meaning(Struct, frozen=True, forbid_unknown_fields=True):
    """What a name stands for: an organisation of the catalogue, or what another name does; neither: itself alone."""

    organisation: str | None = None
    into: str = ""


class Only(Struct, frozen=True, forbid_unknown_fields=True):
    """The one row in which a name stands for something else than elsewhere."""

    group: str
    row: str


class Settlement(Struct, frozen=True):
    """What a name, as it was typed, stands for in a case: wherever it reads so, or only in one row."""

    case: str
    name: str
    meaning: Meaning
    only: Only | None = None
