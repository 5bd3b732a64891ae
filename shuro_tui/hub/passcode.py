"""What lets people in, compared so that neither the way it was typed nor the time it takes matters."""

import hmac
import secrets
import unicodedata

_LONG_VOWEL_MARK = "ー"
"""What a Japanese keyboard types for a hyphen."""


def new_code() -> str:
    """A room's code: eight digits, in two halves to be read aloud."""
    return f"{secrets.randbelow(10**4):04}-{secrets.randbelow(10**4):04}"


def plain_code(code: str) -> str:
    """A code as it is compared: digits in any width, without what people put between them."""
    typed = unicodedata.normalize("NFKC", code)
    return "".join(letter for letter in typed if letter.isalnum() and letter != _LONG_VOWEL_MARK)


def same(given: str, right: str) -> bool:
    """Whether a secret is the right one."""
    return hmac.compare_digest(given.encode("utf-8", "replace"), right.encode("utf-8", "replace"))
