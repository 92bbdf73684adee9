"""Where an address lies, and how sure we are of it."""

from dataclasses import dataclass
from enum import StrEnum

from app.domain.values import GeoPoint


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
