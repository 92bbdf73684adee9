"""How a town or postcode as people write it compares with its official form."""

import re
import unicodedata
from dataclasses import dataclass

_LIGATURES = str.maketrans({"œ": "oe", "æ": "ae", "ß": "ss", "ø": "o", "ł": "l"})
_SHORT_FORMS = {"st": "saint", "ste": "sainte", "sts": "saints", "stes": "saintes"}
_OVER_UNDER = ((re.compile(r"\bs(?:ur|\.)?/"), " sur "), (re.compile(r"\bss/"), " sous "))
_ARTICLES = ("le", "la", "les", "l")
_NOT_ALPHANUMERIC = re.compile(r"[^a-z0-9]+")
_MOJIBAKE = re.compile(
    "[ÃÂâÅ][\u0080-\u00ff\u0152\u0153\u0160\u0161\u0178\u017d\u017e\u2000-\u20ff]"
)
_CEDEX = re.compile(r"\b(?:cedex|cdx|cidex)\b\s*(\d{1,2})?.*")
_POST_BOX = re.compile(r"\b(?:bp|cs|tsa)\s*\d+\b")
_ARRONDISSEMENT = re.compile(
    r"\s+(\d{1,2})\s*(?:er|ere|e|eme|ieme|nd|nde)?(?:\s+(?:arrondissement|arrdt|ardt|arr))?$"
)
_LEADING_POSTCODE = re.compile(r"^\s*(?:F-?\s?)?(\d{5}|\d{2}\s\d{3})\b[\s,-]*(.*)$", re.IGNORECASE)
_POSTCODE_INSIDE = re.compile(r"(?<![\d.,])(\d{5})(?![\d.,])")
_BRACKETS = re.compile(r"\([^)]*\)")
_COUNTRY_AT_END = re.compile(r"[\s,(-]+(?:france|fr)\)?\s*$", re.IGNORECASE)

#: Cities whose arrondissements have postcodes of their own: the key of the name, how many.
ARRONDISSEMENTS = {"paris": 20, "lyon": 9, "marseille": 16}


@dataclass(frozen=True, slots=True)
class TownAsWritten:
    """A town's name taken apart: its key, and the arrondissement that stood beside it."""

    key: str
    words: tuple[str, ...]
    arrondissement: int | None = None
    cedex: bool = False


def repaired(text: str) -> str:
    """Undo text that was UTF-8 and was read as Windows-1252 or Latin-1 (`HÃ©rault`), even twice."""
    text = text.replace("Ã ", "à")  # its second byte reads as a no-break space, often made plain
    for _ in range(2):
        if not _MOJIBAKE.search(text):
            return text
        mended = _read_again(text)
        if mended is None:
            return text
        text = mended
    return text


def key_of(name: str) -> str:
    """The name without case, accents, hyphens and short forms: what two spellings share."""
    return "".join(words_of(name))


def words_of(name: str) -> tuple[str, ...]:
    """The words of a name in their plain form; `St` and `Ste` written out."""
    text = name.lower()
    if "/" in text:
        for pattern, full in _OVER_UNDER:
            text = pattern.sub(full, text)
    if not text.isascii():
        text = _without_accents(text.translate(_LIGATURES))
    words = _NOT_ALPHANUMERIC.sub(" ", text).split()
    return tuple(_SHORT_FORMS.get(word, word) for word in words)


def without_article(words: tuple[str, ...]) -> tuple[str, ...]:
    """The words without a leading `Le`, or the trailing one of `Havre (Le)`."""
    if len(words) > 1 and words[0] in _ARTICLES:
        return words[1:]
    if len(words) > 1 and words[-1] in _ARTICLES:
        return words[:-1]
    return words


def town_as_written(text: str) -> TownAsWritten:
    """Take apart what stands in a town field: CEDEX, post boxes and arrondissements go aside."""
    plain = " ".join(words_of(_COUNTRY_AT_END.sub("", _BRACKETS.sub(" ", repaired(text)))))
    number: int | None = None
    bare = _CEDEX.sub("", plain)
    is_cedex = bare != plain
    if is_cedex and (found := _CEDEX.search(plain)) and found[1]:
        number = int(found[1])
    bare = _POST_BOX.sub("", bare).strip()
    if found := _ARRONDISSEMENT.search(bare):
        bare = bare[: found.start()].strip()
        number = int(found[1])
    words = tuple(bare.split())
    key = "".join(words)
    if number is not None and not 1 <= number <= ARRONDISSEMENTS.get(key, 0):
        number = None
    return TownAsWritten(key, words, number, is_cedex)


def postcode_as_written(text: str) -> str:
    """The five digits of a French postcode, or nothing: `F-59000`, `59 000` and `1000` are read."""
    compact = text.strip().upper().removesuffix(".0").replace(" ", "").replace("\u00a0", "")
    compact = compact.removeprefix("FR").removeprefix("F").lstrip("-")
    if len(compact) == 4 and compact.isdecimal():  # a spreadsheet ate the leading zero
        compact = "0" + compact
    if len(compact) == 5 and compact.isascii() and compact.isdecimal():
        return compact
    return ""


def postcode_before_town(text: str) -> tuple[str, str]:
    """Split `59000 Lille` into postcode and town; no postcode, then nothing before the town."""
    if found := _LEADING_POSTCODE.match(text):
        return found[1].replace(" ", ""), found[2]
    return "", text


def postcode_inside(text: str) -> tuple[str, str]:
    """The last five digits in a line and what follows: `12 rue X, 59000 Lille`."""
    found = list(_POSTCODE_INSIDE.finditer(text))
    if not found:
        return "", ""
    return found[-1][1], text[found[-1].end() :].strip(" ,-")


def department_of(postcode: str) -> str:
    """The department that a postcode's digits say: `59`, `2A`, `974`; empty when it is none."""
    digits = postcode_as_written(postcode)
    if not digits:
        return ""
    if digits[:2] == "20":
        return "2B" if digits[2] in "246" else "2A"
    if digits[:2] in ("97", "98"):
        overseas = {"97133": "977", "97150": "978"}.get(digits, digits[:3])
        return "974" if digits[:3] == "978" else overseas  # Réunion's CEDEX numbers
    return "" if digits[:2] == "00" or digits[:2] > "95" else digits[:2]


def _without_accents(text: str) -> str:
    return "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))


def _read_again(text: str) -> str | None:
    try:
        return b"".join(_byte_of(character) for character in text).decode("utf-8")
    except UnicodeError:
        return None


def _byte_of(character: str) -> bytes:
    """The byte that was misread: Windows-1252 leaves five bytes to Latin-1."""
    try:
        return character.encode("cp1252")
    except UnicodeError:
        return character.encode("latin-1")
