"""Where a line of Japanese or Latin text may end, by the characters on both sides.

What may begin and end a line follows JIS X 4051 and the W3C's Requirements for Japanese Text Layout (JLREQ),
appendix A. A place is an index into a text: the line would end before the character there.
"""

from typing import Literal

from rich.cells import cell_len

SPACES = " \u3000\n"
"""Spaces that vanish at the end of a line. A no-break space is none of them: it is part of its word."""

NOT_FIRST = frozenset(
    "’”）〕］｝〉》」』】⦆〙〗»〟｣"  # closing brackets
    "‐〜～゠–！？‼⁇⁈⁉・：；。．、，｡､･"  # hyphens, dividing marks, full stops, commas
    "ヽヾゝゞ々〻ーｰﾞﾟ゛゜"  # iteration and sound marks
    "ぁぃぅぇぉっゃゅょゎゕゖァィゥェォッャュョヮヵヶㇰㇱㇲㇳㇴㇵㇶㇷㇸㇹㇺㇻㇼㇽㇾㇿｧｨｩｪｫｬｭｮｯ"
    "…‥％‰℃°′″"
)
"""Characters that begin no line."""

NOT_LAST = frozenset("‘“（〔［｛〈《「『【⦅〘〖«〝｢￥＄￡＃№")
"""Characters that end no line."""

_NOT_FIRST_IN_WORD = frozenset("!%),.:;?]}")
_NOT_LAST_IN_WORD = frozenset("([{")
_DASHES = frozenset("—―")
_JOINER = "\u200d"
_LINK_MARKS = frozenset("・／/-_=&")
_CODE_MARKS = frozenset(",;()[]{}")


def in_word(text: str, place: int) -> bool:
    """Whether the place is inside a Latin word or a number."""
    return _script(text[place - 1]) == _script(text[place]) == "word"


def may_break(text: str, place: int) -> bool:
    """Whether a line may end here, and the next one begin."""
    before, after = text[place - 1], text[place]
    if after in SPACES or after in NOT_FIRST or joined(text, place):
        return False
    if before in SPACES:
        ending = text[:place].rstrip(SPACES)[-1:]
        return bool(ending) and ending not in NOT_LAST
    return not (
        before in NOT_LAST
        or after in _NOT_FIRST_IN_WORD
        or before in _NOT_LAST_IN_WORD
        or (before == after and after in _DASHES)
    )


def changes_script(text: str, place: int) -> bool:
    """Whether a line may end here within a phrase: between words, as far as the script tells them apart."""
    if not may_break(text, place):
        return False
    before, after = text[place - 1], text[place]
    if before in _LINK_MARKS or after in NOT_LAST:
        return True
    # Endings in hiragana stay with their word, and units with their number.
    kinds = (_script(before), _script(after))
    return kinds[0] != kinds[1] and kinds[1] != "hiragana" and kinds != ("word", "other")


def outside_words(text: str, place: int) -> bool:
    """Whether a line may end here without parting a Latin word or a number."""
    return may_break(text, place) and not in_word(text, place)


def ends_token(text: str, place: int) -> bool:
    """Whether a line of code is best broken here: after a space, or after one or more of its brackets and commas."""
    before, after = text[place - 1], text[place]
    if before in SPACES:
        return may_break(text, place)
    stays = after in _CODE_MARKS or after in _NOT_FIRST_IN_WORD or after in NOT_FIRST
    return before in _CODE_MARKS and not stays and between_characters(text, place)


def between_characters(text: str, place: int) -> bool:
    """Whether a line can end here when there is no better place."""
    return text[place] not in SPACES and not joined(text, place)


def joined(text: str, place: int) -> bool:
    """Whether the character at this place is one with the character before: an accent, part of an emoji."""
    return text[place - 1] == _JOINER or (text[place] != "\n" and cell_len(text[place]) == 0)


def _script(character: str) -> Literal["space", "word", "hiragana", "katakana", "other"]:
    """Latin letters, digits and all that is one cell wide are `word`; kanji are `other`."""
    if character in SPACES:
        return "space"
    if "ぁ" <= character <= "ゟ":
        return "hiragana"
    if "゠" <= character <= "ヿ":
        return "katakana"
    if cell_len(character) == 1 or ("０" <= character <= "ｚ" and character.isalnum()):
        return "word"
    return "other"
