"""What people know of clients, streets and drivers: notes that bind the tours."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, time
from enum import StrEnum
from functools import lru_cache

from app.domain.fleet import Vehicle
from app.domain.orders import ShipmentAtDoor
from app.domain.places import plain
from app.domain.reasons import Reason, because
from app.domain.travel import VehicleProfile, profile_of

#: A house number before its street, as the French write it, in words without accents.
_NUMBER = re.compile(r"^\d+(?: ?(?:bis|ter|quater|[a-d]))?(?: \d+(?: ?(?:bis|ter|[a-d]))?)? ")
#: Nobody needs longer at a door than a working day.
MOST_MORE_S = 8 * 3600


class About(StrEnum):
    """What a note is about."""

    CLIENT = "client"
    STREET = "street"
    PLACE = "place"
    POSTCODE = "postcode"
    VEHICLE = "vehicle"


@dataclass(frozen=True, slots=True)
class Note:
    """What somebody wrote down; everything that is filled in holds, the rest is free.

    `subject` is a client's name, a street without its number, a place's street line, a postcode or
    its first characters, or a vehicle's code; `postcode` tells streets and places of one name
    apart, empty = anywhere. `only` are the kinds of vehicle that may come, `weekdays` the days
    (ISO, 1 = Monday), `not_before` and `not_after` the hours between which a stop lies whole.
    `more_s` is time at the door beyond the usual. `areas` are postcode prefixes that the vehicle's
    driver knows. `author` and `written_on` say whose word it is.
    """

    code: str
    about: About
    subject: str
    postcode: str = ""
    only: frozenset[VehicleProfile] = frozenset()
    weekdays: frozenset[int] = frozenset()
    not_before: time | None = None
    not_after: time | None = None
    more_s: int = 0
    areas: frozenset[str] = frozenset()
    reason: str = ""
    author: str = ""
    written_on: date | None = None
    revision: int = 1

    @property
    def of_door(self) -> bool:
        """Whether it speaks of where goods go, and not of who brings them."""
        return self.about is not About.VEHICLE

    def concerns(self, door: ShipmentAtDoor) -> bool:
        """Whether it is about that door, or about an area that its vehicle's driver knows."""
        address = door.address
        match self.about:
            case About.CLIENT:
                return plain(door.customer) == plain(self.subject)
            case About.STREET:
                return self._here(address.postcode) and street_of(address.street) == street_of(
                    self.subject
                )
            case About.PLACE:
                here = plain(address.street) == plain(self.subject)
                return here and self._here(address.postcode)
            case About.POSTCODE:
                return address.postcode.startswith(self.subject)
        return bool(self.areas) and address.postcode.startswith(tuple(sorted(self.areas)))

    def lets_in(self, vehicle: Vehicle) -> bool:
        """Whether that kind of vehicle may come."""
        return not self.only or profile_of(vehicle) in self.only

    def holds_on(self, day: date) -> bool:
        """Whether a stop may lie on that day."""
        return not self.weekdays or day.isoweekday() in self.weekdays

    def _here(self, postcode: str) -> bool:
        return not self.postcode or self.postcode == postcode


@lru_cache(maxsize=50_000)
def street_of(line: str) -> str:
    """A street's name without house number, accents and punctuation."""
    return _NUMBER.sub("", f"{plain(line)} ").strip()


def fault_of(note: Note) -> Reason | None:
    """Why a note cannot be kept as it is, or None."""
    if not note.subject.strip():
        return because("note_about_nothing")
    if not note.of_door:
        return None if note.areas else because("note_without_area")
    if not (note.only or note.weekdays or note.not_before or note.not_after or note.more_s):
        return because("note_says_nothing")
    if note.not_before and note.not_after and note.not_after <= note.not_before:
        return because(
            "note_hours_cross",
            before=note.not_before.isoformat("minutes"),
            after=note.not_after.isoformat("minutes"),
        )
    if not 0 <= note.more_s <= MOST_MORE_S:
        return because("note_too_long", limit_s=MOST_MORE_S)
    return None


def with_more_time(door: ShipmentAtDoor, notes: Iterable[Note]) -> ShipmentAtDoor:
    """The door with the time that notes add there: once for all its orders, the longest counts."""
    more_s = max((note.more_s for note in notes if note.of_door and note.concerns(door)), default=0)
    return replace(door, setup_s=door.setup_s + more_s) if more_s else door


def binding(notes: Iterable[Note], door: ShipmentAtDoor) -> tuple[Note, ...]:
    """The notes that bind a door, by code."""
    return tuple(note for note in notes if note.of_door and note.concerns(door))
