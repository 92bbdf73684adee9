"""What we ask of the outside world and of long work: small protocols beside no one's code."""

from collections.abc import Sequence
from typing import Protocol

from app.domain.places import Located
from app.domain.values import Address, GeoPoint


class Stop(Protocol):
    """Asked often by long work; true when a person wants it to end now."""

    def __call__(self) -> bool: ...


class Progress(Protocol):
    """Told now and then by long work: so much done, out of so much (0 = unknown), and the best."""

    def __call__(self, done: int, total: int, best: str = "") -> None: ...


class Geocoder(Protocol):
    """Finds the place of an address, or None."""

    def locate(self, address: Address) -> Located | None: ...
