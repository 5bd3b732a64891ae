"""Comments that part a slide: a pause, columns side by side. Other viewers show the parts one below the other."""

import difflib
import re
import unicodedata
from typing import Literal, cast, get_args

from markdown_it.tree import SyntaxTreeNode

from shuro_tui.content.fields import NEAR

Mark = Literal["pause", "columns", "column", "/columns"]

_MARKS: tuple[Mark, ...] = get_args(Mark)
_WORD = re.compile(r"\s*<!--\s*(/?[a-z]+)\s*-->\s*")
_LINE = re.compile(r"(/?[a-zA-Z]*)(.*)")
_SENTENCE = re.compile(r"[A-Z][ -~]*|/?[a-zA-Z]+\s*[とをはがにでのかもへやま].*")
"""Words about a mark: an English sentence, or Japanese with a particle after the word."""


def word_of(node: SyntaxTreeNode) -> str:
    """The word of a block that is a comment of one word, in small letters of the usual width; "" for any other."""
    if node.type != "html_block":
        return ""
    found = _WORD.fullmatch(_plain(node.content).lower())
    return found[1] if found else ""


def meant(word: str) -> Mark | None:
    """The mark that a word is, or is but for a slip."""
    near = difflib.get_close_matches(word, _MARKS, 1, NEAR)
    return cast("Mark", near[0]) if near else None


def mark_in(line: str) -> Mark | None:
    """The mark that somebody meant with a line of a comment, alone or before other words; a sentence means none."""
    plain = _plain(line).strip()
    word, others = cast("re.Match[str]", _LINE.match(plain)).groups()
    if not others:
        return meant(word.lower())
    return next((mark for mark in _MARKS if mark == word.lower() and not _SENTENCE.fullmatch(plain)), None)


def as_written(mark: Mark) -> str:
    """The mark as it is written in a file of slides."""
    return f"<!-- {mark} -->"


def _plain(text: str) -> str:
    return unicodedata.normalize("NFKC", text)
