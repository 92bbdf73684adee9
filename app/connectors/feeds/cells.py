"""What a cell says: one parser for each kind of content, each with a precise fault."""

import re
from collections.abc import Callable
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum
from functools import cache, lru_cache
from typing import TypeVar
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import opening_hours as osm
from babel import Locale

from app.connectors.feeds.faults import Misfit
from app.connectors.feeds.ground import Ground

E = TypeVar("E", bound=StrEnum)
Parser = Callable[[str, Ground], object]

MOST_PIECES = 1_000_000_000
_PLAIN_WHOLE = re.compile(r"\d{1,15}")
_NUMBER = re.compile(r"[+-]?(?:\d+(?:[.,]\d*)?|[.,]\d+)")
_GROUPED = re.compile(r"[+-]?\d{1,3}(?:([ .,'])\d{3})(?:\1\d{3})*(?:(?!\1)[.,]\d+)?")
_MANGLED = re.compile(r"\d(?:[.,]\d+)?E\+\d+", re.IGNORECASE)
_OTHER_MARK = {".": ",", ",": "."}
_WORDS = re.compile(r"[\s,;|/]+")
_TRUE = frozenset({"true", "1", "yes", "y", "oui", "o", "vrai", "x", "on"})
_FALSE = frozenset({"false", "0", "no", "n", "non", "faux", "off"})


def text(most: int = 300) -> Parser:
    """Free text; characters that do not print are left out."""

    def parse(cell: str, _ground: Ground) -> str:
        if not cell.isprintable():
            cell = "".join(c for c in cell if c.isprintable() or c in "\u200c\u200d").strip()
        if len(cell) > most:
            raise Misfit("too_long", limit=most)
        return cell

    return parse


def code(cell: str, _ground: Ground) -> str:
    """A code: kept exactly as written, refused when it cannot be what someone typed."""
    if not cell.isprintable() or "\ufffd" in cell:
        raise Misfit("unreadable_character")
    if len(cell) > 100:
        raise Misfit("too_long", limit=100)
    if _MANGLED.fullmatch(cell):
        raise Misfit("mangled_by_spreadsheet")
    return cell


def whole(least: int = 0, most: int = MOST_PIECES) -> Parser:
    """A whole number within bounds; `3.0` and `1 200` are read too."""

    def parse(cell: str, ground: Ground) -> int:
        if _PLAIN_WHOLE.fullmatch(cell) and cell.isascii():
            value = int(cell)
        else:
            exact = number_of(cell, ground.decimal_mark)
            if exact != exact.to_integral_value():
                raise Misfit("not_whole")
            value = int(exact)
        _check_bounds(value, least, most)
        return value

    return parse


def decimal(least: int = 0, most: int = MOST_PIECES) -> Callable[[str, Ground], Decimal]:
    """An exact decimal number within bounds, with a comma or a point."""

    def parse(cell: str, ground: Ground) -> Decimal:
        value = number_of(cell, ground.decimal_mark)
        _check_bounds(value, least, most)
        return value

    return parse


def real(least: int = 0, most: int = MOST_PIECES) -> Parser:
    """A decimal number as a float."""
    exact = decimal(least, most)
    return lambda cell, ground: float(exact(cell, ground))


def scaled(factor: int, most: int = MOST_PIECES) -> Parser:
    """A decimal number kept as a whole one of a smaller unit: kilograms as grams."""
    exact = decimal(0, most)
    return lambda cell, ground: rounded(exact(cell, ground) * factor)


def rounded(value: Decimal) -> int:
    """The nearest whole number, halves away from zero."""
    return int(value.quantize(Decimal(1), ROUND_HALF_UP))


def number_of(cell: str, decimal_mark: str = "") -> Decimal:
    """The number a person wrote, decimals after a comma or a point, thousands in groups or not.

    One mark alone is the decimal mark: `1,234` is one and a bit, never a silent thousand, unless
    it is said that decimals follow the other one.

    Raises:
        Misfit: it is no number.
    """
    if not cell.isascii():
        raise Misfit("not_a_number")
    plain = cell
    if found := _GROUPED.fullmatch(cell):
        group = found[1]
        decimals = set(cell) & {".", ","} - {group}
        parts_thousands = group in " '" or decimals or cell.count(group) > 1
        if parts_thousands or decimal_mark not in ("", group):
            plain = cell.replace(group, "")
    if not _NUMBER.fullmatch(plain):
        raise Misfit("not_a_number")
    if decimal_mark and _OTHER_MARK[decimal_mark] in plain:
        raise Misfit("other_decimal_mark", mark=decimal_mark)
    return Decimal(plain.replace(",", "."))


def _check_bounds(value: Decimal | int, least: int, most: int) -> None:
    if value < least:
        raise Misfit("too_small", least=least)
    if value > most:
        raise Misfit("too_large", most=most)


def truth(cell: str, _ground: Ground) -> bool:
    """Yes or no, in English or French."""
    word = cell.casefold()
    if word in _TRUE:
        return True
    if word in _FALSE:
        return False
    raise Misfit("not_yes_or_no")


def one_of(choices: type[E], **aliases: E) -> Parser:
    """One of a few codes; case, spaces and hyphens do not count."""
    known = {_as_code(choice.value): choice for choice in choices} | aliases
    allowed = ", ".join(choice.value for choice in choices)

    def parse(cell: str, _ground: Ground) -> E:
        choice = known.get(_as_code(cell))
        if choice is None:
            raise Misfit("not_one_of", allowed=allowed)
        return choice

    return parse


def some_of(choices: type[E]) -> Parser:
    """Several codes of a few, between spaces or commas."""
    one = one_of(choices)
    return lambda cell, ground: frozenset(one(word, ground) for word in _words(cell))


def words(cell: str, _ground: Ground) -> frozenset[str]:
    """Several codes of any kind, between spaces or commas."""
    return frozenset(_as_code(word) for word in _words(cell))


def known_node(cell: str, ground: Ground) -> str:
    """The code of a node that is there."""
    if cell not in ground.known.zones:
        raise Misfit("unknown_node", node=cell)
    return cell


def known_sku(cell: str, ground: Ground) -> str:
    """The code of a product that is there."""
    if cell not in ground.known.skus:
        raise Misfit("unknown_sku", sku=cell)
    return cell


def known_carrier(cell: str, ground: Ground) -> str:
    """The code of a carrier that is there."""
    if cell not in ground.known.carriers:
        raise Misfit("unknown_carrier", carrier=cell)
    return cell


def country(cell: str, _ground: Ground) -> str:
    """A country by its two letters, or by its name in French or English."""
    found = _countries().get(cell.casefold())
    if found is None:
        raise Misfit("unknown_country")
    return found


def currency(cell: str, ground: Ground) -> str:
    """The workspace's one currency."""
    if cell.upper() != ground.currency:
        raise Misfit("other_currency", currency=ground.currency)
    return ground.currency


def timezone(cell: str, _ground: Ground) -> str:
    """A time zone by its name, such as Europe/Paris."""
    return _zone_name(cell)


def opening_hours(cell: str, _ground: Ground) -> str:
    """Opening hours in OpenStreetMap's syntax."""
    if not _are_hours(cell):
        raise Misfit("bad_opening_hours")
    return cell


@lru_cache(maxsize=4_096)
def _are_hours(cell: str) -> bool:
    return len(cell) <= 1_000 and bool(osm.validate(cell))


@lru_cache(maxsize=1_024)
def _zone_name(cell: str) -> str:
    try:
        return ZoneInfo(cell).key
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:
        raise Misfit("unknown_timezone") from error


@cache
def _countries() -> dict[str, str]:
    """Names and codes of countries in small letters, each with its two-letter code."""
    found: dict[str, str] = {}
    for language in ("en", "fr"):
        names: dict[str, str] = dict(Locale(language).territories)
        codes = {c for c in names if len(c) == 2 and c.isalpha() and c not in _NO_COUNTRIES}
        found |= {names[c].casefold(): c for c in codes} | {c.casefold(): c for c in codes}
    return found


_NO_COUNTRIES = frozenset({"EU", "EZ", "UN", "QO", "XA", "XB", "ZZ"})


def _as_code(cell: str) -> str:
    return cell.casefold().replace(" ", "_").replace("-", "_")


def _words(cell: str) -> list[str]:
    return [word for word in _WORDS.split(cell) if word]
