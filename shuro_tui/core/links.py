"""The addresses of links in words: neither a wall nor paper can be clicked."""

import re
from itertools import groupby
from urllib.parse import unquote

from shuro_tui.core.blocks import Spans
from shuro_tui.core.sheet import clean

_SCHEME = re.compile(r"(?:https?://|mailto:)", re.IGNORECASE)
_ENCODED = re.compile(r"(?:%[89a-f][0-9a-f])+", re.IGNORECASE)


def addresses(spans: Spans) -> tuple[str, ...]:
    """For each span the address to be written after it; "" inside a link, and where its text is the address itself."""
    found: list[str] = []
    for link, group in groupby(spans, lambda span: span.link):
        texts = [span.text for span in group]
        said = not link or _bare(unquote("".join(texts))) == _bare(unquote(link))
        found += [*[""] * (len(texts) - 1), "" if said else _readable(link)]
    return tuple(found)


def _bare(address: str) -> str:
    """Without what everybody leaves out when they say an address."""
    return _SCHEME.sub("", address.strip(), count=1).removesuffix("/")


def _readable(link: str) -> str:
    """Letters other than ASCII as they are read, not as %E5…; what ASCII has encoded parts the address, and stays."""
    return clean(_ENCODED.sub(lambda found: _letters(found[0]), _bare(link)))


def _letters(encoded: str) -> str:
    text = unquote(encoded, errors="replace")
    return encoded if "\ufffd" in text or any(letter.isspace() for letter in text) else text
