"""How a street is laid out on the lines a carrier allows: split between words, never cut."""

import re
import unicodedata

#: Abbreviations of the French postal standard, for streets too long to be written out.
_SHORTER = {
    "allee": "ALL",
    "appartement": "APT",
    "avenue": "AV",
    "batiment": "BAT",
    "boulevard": "BD",
    "centre commercial": "CCAL",
    "chemin": "CHE",
    "cours": "CRS",
    "escalier": "ESC",
    "etage": "ETG",
    "faubourg": "FG",
    "general": "GAL",
    "impasse": "IMP",
    "lieu dit": "LD",
    "lotissement": "LOT",
    "marechal": "MAL",
    "passage": "PAS",
    "place": "PL",
    "quartier": "QUA",
    "residence": "RES",
    "route": "RTE",
    "saint": "ST",
    "sainte": "STE",
    "square": "SQ",
    "zone artisanale": "ZA",
    "zone industrielle": "ZI",
}
_ABBREVIABLE = re.compile(r"\b(" + "|".join(sorted(_SHORTER, key=len, reverse=True)) + r")\b")


def split_street(street: str, lines: int, length: int) -> tuple[str, ...] | None:
    """The street on at most so many lines of so many characters, None if it does not fit."""
    laid: list[str] = []
    for word in street.split():
        if laid and len(laid[-1]) + 1 + len(word) <= length:
            laid[-1] = f"{laid[-1]} {word}"
        else:
            laid.append(word)
    fits = len(laid) <= lines and all(len(line) <= length for line in laid)
    return tuple(laid) if fits else None


def shortened(street: str) -> str:
    """The street in capitals without accents or punctuation, its usual words abbreviated."""
    plain = unaccented(street).lower()
    words = " ".join(re.sub(r"[^\w/]+", " ", plain).split())
    return _ABBREVIABLE.sub(lambda found: _SHORTER[found.group()], words).upper()


def unaccented(text: str) -> str:
    """The text with ligatures written out and without accents."""
    spelled = text.replace("œ", "oe").replace("Œ", "OE").replace("æ", "ae").replace("Æ", "AE")
    decomposed = unicodedata.normalize("NFD", spelled)
    return "".join(c for c in decomposed if not unicodedata.combining(c))
