"""Which words people read: messages in English or French, found in one catalogue."""

import gettext
from pathlib import Path

from resources import resource

LANGUAGES = ("fr", "en")
_current: gettext.NullTranslations = gettext.NullTranslations()
_language = "en"


def use_language(language: str) -> None:
    """Speak this language (`fr` or `en`) from now on.

    Raises:
        ValueError: the language is not one of `LANGUAGES`.
    """
    global _current, _language  # noqa: PLW0603 - the one switch of the whole program
    if language not in LANGUAGES:
        raise ValueError(f"unknown language: {language}")
    _language = language
    _current = _catalogue(language)


def language() -> str:
    """The language in use, `fr` or `en`."""
    return _language


def _(message: str) -> str:
    return _current.gettext(message) if message else ""


def n_(one: str, many: str, count: int) -> str:
    """The right plural of a message for this count."""
    return _current.ngettext(one, many, count)


def N_(message: str) -> str:  # noqa: N802 - gettext's own name for a message translated later
    """Mark a message that is shown later through `_`."""
    return message


def _catalogue(language: str) -> gettext.NullTranslations:
    if language == "en":
        return gettext.NullTranslations()
    compiled = Path(str(resource("translations"))) / language / "LC_MESSAGES" / "regie.mo"
    with compiled.open("rb") as file:
        return gettext.GNUTranslations(file)
