"""What is left of a cell without what nobody typed on purpose."""

import re
import unicodedata

#: Characters that nobody sees: they make equal codes differ, or turn text around.
_UNSEEN = re.compile("[\u00ad\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff]")
_LINE_BREAKS = re.compile("[ \t]*[\r\n\v\f\u0085\u2028\u2029]+[ \t]*")
_SPACES = re.compile("[\t\u00a0\u2000-\u200a\u202f\u205f\u3000]")


def tidy(cell: str) -> str:
    """No outer space, no unseen characters, one line; accents in their one form (NFC)."""
    cell = cell.strip()
    if cell.isascii() and cell.isprintable():
        return cell
    cell = _UNSEEN.sub("", _SPACES.sub(" ", _LINE_BREAKS.sub(", ", cell)))
    return unicodedata.normalize("NFC", cell).strip()
