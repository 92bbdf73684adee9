"""What we ask of the outside world and of long work: small protocols beside no one's code."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple, Protocol

from app.domain.places import Located
from app.domain.travel import VehicleProfile
from app.domain.values import Address, GeoPoint

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray


class Stop(Protocol):
    """Asked often by long work; true when a person wants it to end now."""

    def __call__(self) -> bool: ...


class Progress(Protocol):
    """Told now and then by long work: so much done, out of so much (0 = unknown), and the best."""

    def __call__(self, done: int, total: int, best: str = "") -> None: ...


def never() -> bool:
    """A Stop that nobody presses."""
    return False


def unheard(done: int, total: int, best: str = "") -> None:
    """A Progress that nobody listens to."""


class Geocoder(Protocol):
    """Finds the place of an address, or None."""

    def locate(self, address: Address) -> Located | None: ...


class TravelMatrix(NamedTuple):
    """Whole metres and seconds from each point (row) to each other (column)."""

    distance_m: "NDArray[np.int64]"
    duration_s: "NDArray[np.int64]"


class TravelTimes(Protocol):
    """Knows how far and how long it is between doors; `note` says how, in people's words."""

    @property
    def note(self) -> str: ...

    def matrix(self, points: Sequence[GeoPoint], profile: VehicleProfile) -> TravelMatrix: ...
