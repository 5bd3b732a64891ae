"""The code of a slide in runs of one kind, as Pygments reads its language."""

from itertools import groupby
from typing import TYPE_CHECKING

from shuro_tui.core.blocks import Kind, Run

if TYPE_CHECKING:
    from pygments.token import _TokenType

_KINDS: dict[str, Kind] = {
    "Comment": "comment",
    "Keyword": "keyword",
    "Operator.Word": "keyword",
    "Literal.Number": "number",
    "Literal.String": "string",
    "Name.Attribute": "name",
    "Name.Class": "name",
    "Name.Decorator": "name",
    "Name.Function": "name",
    "Name.Tag": "name",
}
"""By the names of Pygments' tokens; what stands below one of them is of its kind too."""


def highlighted(text: str, language: str) -> tuple[Run, ...]:
    """The text in runs; one run where the language is none that is known. Joined together they are the text."""
    from pygments.lexers import get_lexer_by_name  # noqa: PLC0415  costs 35 ms: only for slides with code
    from pygments.util import ClassNotFound  # noqa: PLC0415

    try:
        lexer = get_lexer_by_name(language)
    except ClassNotFound:
        return (Run(text),)
    # Some lexers lose a last line without its end, and a few lose more.
    found = [(_kind(token), part) for _place, token, part in lexer.get_tokens_unprocessed(f"{text}\n") if part]
    if "".join(part for _kind, part in found) != f"{text}\n":
        return (Run(text),)
    runs = [Run("".join(part for _, part in parts), kind) for kind, parts in groupby(found, lambda pair: pair[0])]
    last = Run(runs[-1].text.removesuffix("\n"), runs[-1].kind)
    return (*runs[:-1], last) if last.text else tuple(runs[:-1])


def _kind(token: "_TokenType") -> Kind:
    names = (".".join(part) for part in (token[:2], token[:1]))
    return next((_KINDS[name] for name in names if name in _KINDS), "text")
