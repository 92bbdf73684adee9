"""How texts of strangers enter a spreadsheet without becoming formulas, and come back unchanged."""

import re

_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")  # noqa: RUF001
#: A telephone number or a plain figure starts with a sign and is no formula.
_HARMLESS = re.compile(r"\+\d[\d .()/-]*|-\d+(?:[.,]\d+)?", re.ASCII)


def neutral(text: str) -> str:
    """The text with an apostrophe before it when a spreadsheet would take it for a formula."""
    return f"'{text}" if _would_run(text.lstrip("'")) else text


def original(cell: str) -> str:
    """The text that was made neutral: `original(neutral(text)) == text`."""
    return cell[1:] if cell.startswith("'") and _would_run(cell.lstrip("'")) else cell


def _would_run(text: str) -> bool:
    return text.startswith(_STARTS) and not _HARMLESS.fullmatch(text)
