"""Text of a slide as HTML in which a browser breaks lines between phrases."""

from collections.abc import Iterator
from html import escape
from itertools import accumulate

from shuro_tui.core.blocks import Span, Spans
from shuro_tui.core.linebreak import phrases
from shuro_tui.core.links import addresses

_LINKED = ("http://", "https://", "mailto:")


def words(text: str) -> str:
    """Plain text as HTML: a <wbr> between phrases, a <br> for each line break."""
    return "".join(_marked(text, 0, len(text), _ends(text)))


def running(spans: Spans) -> str:
    """Styled text as HTML, the address of a link after it.

    Phrases are found in the whole of it: a style may begin and end inside one.
    """
    text = "".join(span.text for span in spans)
    ends = _ends(text)
    places = list(accumulate((len(span.text) for span in spans), initial=0))
    return "".join(
        _styled(span, "".join(_marked(text, start, start + len(span.text), ends))) + _written(address)
        for span, start, address in zip(spans, places, addresses(spans), strict=False)
    )


def _written(address: str) -> str:
    parted = escape(address).replace("/", "/<wbr>")
    return f'<span class="address"> ({parted})</span>' if address else ""


def _ends(text: str) -> frozenset[int]:
    """Where a phrase ends; after a space a browser breaks the line by itself."""
    places = accumulate(len(phrase) for phrase in phrases(text))
    return frozenset(place for place in places if place < len(text) and text[place - 1] not in " \n")


def _marked(text: str, start: int, end: int, ends: frozenset[int]) -> Iterator[str]:
    for place in range(start, end):
        if place in ends:
            yield "<wbr>"
        yield "<br>" if text[place] == "\n" else escape(text[place])


def _styled(span: Span, html: str) -> str:
    if span.code:
        html = f"<code>{html}</code>"
    if span.italic:
        html = f"<em>{html}</em>"
    if span.bold:
        html = f"<strong>{html}</strong>"
    if span.link.lower().startswith(_LINKED):
        html = f'<a href="{escape(span.link)}">{html}</a>'
    return html
