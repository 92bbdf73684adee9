"""Where an address lies, and how sure we are of it."""

import unicodedata
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from app.domain.values import Address, GeoPoint


class Precision(StrEnum):
    """How closely a point stands for its address."""

    GIVEN = "given"
    PIN = "pin"
    HOUSE = "house"
    STREET = "street"
    TOWN = "town"
    POSTCODE = "postcode"
    DEPARTMENT = "department"


@dataclass(frozen=True, slots=True)
class Located:
    """A point found for an address, with a score from 0 to 1 and where it comes from."""

    point: GeoPoint
    score: float
    precision: Precision
    matched: str = ""
    source: str = ""


def address_key(address: Address) -> str:
    """What an address is remembered by: case, accents, punctuation and spaces do not count."""
    parts = (address.country, address.postcode, address.town, address.street)
    return "|".join(plain(part) for part in parts)


@lru_cache(maxsize=50_000)
def plain(text: str) -> str:
    """A text as it is compared: case, accents, punctuation and spaces do not count."""
    bare = unicodedata.normalize("NFKD", text)
    words = "".join(c if c.isalnum() else " " for c in bare if not unicodedata.combining(c))
    return " ".join(words.casefold().split())
