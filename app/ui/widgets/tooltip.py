"""How a tooltip shows words that people typed: as words, never as markup or pictures to fetch."""

from html import escape

from PySide6.QtGui import Qt  # where it knows about rich text


def as_words(text: str | None) -> str | None:
    """The text for a tooltip; Qt would read `<b>` and `<img …>` in a customer's name as markup."""
    if not text or not Qt.mightBeRichText(text):
        return text
    return f"<qt>{escape(text).replace(chr(10), '<br>')}</qt>"
