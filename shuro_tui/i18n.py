"""Words for people: gettext with English as the source text and Japanese as the default."""

import gettext
import os
from pathlib import Path

DOMAIN = "shuro_tui"
LANGUAGES = ("ja", "en")
DEFAULT = "ja"

_LOCALES = Path(__file__).parent / "locale"
_translations: gettext.NullTranslations = gettext.NullTranslations()
_language = "en"


def use(language: str) -> None:
    """Speak that language from here on; one that is not among LANGUAGES means the source text, English."""
    global _language, _translations  # noqa: PLW0603 - the language of a process is one, chosen once at its start
    _translations = gettext.translation(DOMAIN, _LOCALES, [language], fallback=True)
    _language = language
    # The command line's library takes its own few words from the process's text domain.
    os.environ["LANGUAGE"] = language
    gettext.bindtextdomain(DOMAIN, str(_LOCALES))
    gettext.textdomain(DOMAIN)


def language() -> str:
    """The language of this process."""
    return _language


def _(message: str) -> str:
    """The message in the language of this process."""
    return _translations.gettext(message) if message else ""


def everywhere(message: str) -> set[str]:
    """The message in every language: what a file may say that was written in another one."""
    spoken = (gettext.translation(DOMAIN, _LOCALES, [each], fallback=True) for each in LANGUAGES)
    return {each.gettext(message) for each in spoken}


def N_(message: str) -> str:  # noqa: N802 - gettext's own name for a mark without a translation
    """Mark a message that is translated where it is shown."""
    return message
