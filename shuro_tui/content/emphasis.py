"""Emphasis beside Japanese, which has no spaces: CommonMark would leave the asterisks of **「重要」**です standing.

It is CommonMark with the amendment of https://github.com/tats-u/markdown-cjk-friendly (specification.md), which changes
nothing about underscores.
"""

from markdown_it import MarkdownIt
from markdown_it.common.utils import isWhiteSpace
from markdown_it.rules_inline import StateInline, emphasis

from shuro_tui.content.inline import wide


def beside_japanese(parser: MarkdownIt) -> None:
    """For MarkdownIt.use: asterisks next to a wide letter or mark open before what is no space, and close after it."""
    parser.inline.ruler.at("emphasis", _emphasis)


def _emphasis(state: StateInline, silent: bool) -> bool:
    start = state.pos
    if not emphasis.tokenize(state, silent):
        return False
    before = state.src[start - 1] if start else " "
    after = state.src[state.pos] if state.pos < state.posMax else " "
    if state.src[start] == "*" and (wide(before) or wide(after)):
        for delimiter in state.delimiters[start - state.pos :]:
            delimiter.open = not isWhiteSpace(ord(after))
            delimiter.close = not isWhiteSpace(ord(before))
    return True
