"""What people lay down for tours beforehand: who brings what, when, with what, in which order."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum


class LockKind(StrEnum):
    """What a lock says of its shipments."""

    VEHICLE = "vehicle"
    NOT_VEHICLE = "not_vehicle"
    AT = "at"
    TOGETHER = "together"
    APART = "apart"
    FIRST = "first"


@dataclass(frozen=True, slots=True)
class TourLock:
    """One thing that planning may not change on a day; `reason` is what the person said.

    `vehicle` and `not_vehicle` name a vehicle for one shipment; `at` says when its service starts;
    `together` and `apart` are for several shipments; `first` fixes the first stops of a vehicle's
    tour in the order of `shipments`.
    """

    on: date
    kind: LockKind
    shipments: tuple[str, ...]
    vehicle: str = ""
    at: datetime | None = None
    reason: str = ""

    @property
    def code(self) -> str:
        """The same lock twice is one lock."""
        return "/".join((self.on.isoformat(), self.kind.value, self.vehicle, *self.shipments))
