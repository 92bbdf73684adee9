"""What a person may do to a day's tours by hand."""

from dataclasses import dataclass
from typing import TypeAlias


@dataclass(frozen=True, slots=True)
class Place:
    """Bring shipments to a tour, or to a vehicle and the tour it drives, in the order given.

    `position` counts the tour's other doors before them; None = where they cost least.
    """

    shipments: tuple[str, ...]
    tour: str = ""
    vehicle: str = ""
    position: int | None = None


@dataclass(frozen=True, slots=True)
class Reverse:
    """Drive a tour the other way round."""

    tour: str


@dataclass(frozen=True, slots=True)
class Split:
    """Give a tour's doors from `position` on to an idle vehicle, "" = the one that costs least."""

    tour: str
    position: int
    vehicle: str = ""


@dataclass(frozen=True, slots=True)
class Merge:
    """Bring all doors of another tour to this one, each where it costs least."""

    tour: str
    other: str


@dataclass(frozen=True, slots=True)
class Swap:
    """Let two tours exchange their vehicles."""

    tour: str
    other: str


@dataclass(frozen=True, slots=True)
class Drive:
    """Let an idle vehicle drive a tour."""

    tour: str
    vehicle: str


@dataclass(frozen=True, slots=True)
class Displace:
    """Bring a shipment to a vehicle in the place of another, which `onto` takes; "" = nobody."""

    shipment: str
    vehicle: str
    other: str
    onto: str = ""


Move: TypeAlias = Place | Reverse | Split | Merge | Swap | Drive | Displace
