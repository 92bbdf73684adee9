"""How the lines of a price are called."""

from app.domain.carriers import QuoteLine
from app.wording import sentence


def line_label(line: QuoteLine) -> str:
    """The carrier's own label for a surcharge; the tariff's lines in the language in use."""
    return sentence(line.detail) if line.detail is not None else line.label
