"""The small values everything else is made of: places, time windows, amounts of goods."""

from dataclasses import dataclass
from datetime import datetime
from math import asin, cos, radians, sin, sqrt

EARTH_RADIUS_M = 6_371_000


@dataclass(frozen=True, slots=True)
class GeoPoint:
    """A place on earth, in decimal degrees (WGS 84)."""

    latitude: float
    longitude: float

    def __post_init__(self) -> None:
        if not (-90 <= self.latitude <= 90 and -180 <= self.longitude <= 180):
            raise ValueError(f"not a place on earth: {self.latitude}, {self.longitude}")

    def distance_m(self, other: "GeoPoint") -> float:
        """Great-circle distance in metres (haversine, mean earth radius 6,371 km)."""
        lat_a, lat_b = radians(self.latitude), radians(other.latitude)
        half_chord = (
            sin((lat_b - lat_a) / 2) ** 2
            + cos(lat_a) * cos(lat_b) * sin(radians(other.longitude - self.longitude) / 2) ** 2
        )
        return 2 * EARTH_RADIUS_M * asin(min(1.0, sqrt(half_chord)))


@dataclass(frozen=True, slots=True)
class Window:
    """A span of time, both ends included; aware datetimes."""

    start: datetime
    end: datetime

    def __post_init__(self) -> None:
        if self.start.tzinfo is None or self.end.tzinfo is None:
            raise ValueError("a window needs aware datetimes")
        if self.end < self.start:
            raise ValueError(f"a window cannot end before it starts: {self.start}, {self.end}")

    def touches(self, other: "Window") -> bool:
        return self.start <= other.end and other.start <= self.end


@dataclass(frozen=True, slots=True)
class Load:
    """What goods weigh and fill: grams, millilitres, parcels."""

    weight_g: int = 0
    volume_ml: int = 0
    parcels: int = 0

    def __add__(self, other: "Load") -> "Load":
        return Load(
            self.weight_g + other.weight_g,
            self.volume_ml + other.volume_ml,
            self.parcels + other.parcels,
        )

    def __sub__(self, other: "Load") -> "Load":
        return Load(
            self.weight_g - other.weight_g,
            self.volume_ml - other.volume_ml,
            self.parcels - other.parcels,
        )

    def fits(self, room: "Load") -> bool:
        return (
            self.weight_g <= room.weight_g
            and self.volume_ml <= room.volume_ml
            and self.parcels <= room.parcels
        )


@dataclass(frozen=True, slots=True)
class Address:
    """A postal address as the customer or the retailer wrote it."""

    street: str = ""
    postcode: str = ""
    town: str = ""
    country: str = "FR"

    @property
    def one_line(self) -> str:
        town = f"{self.postcode} {self.town}".strip()
        return ", ".join(part for part in (self.street, town) if part)
