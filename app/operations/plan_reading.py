"""What a plan in a file says, whoever wrote it: each misfit is named with where it stands."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from app.domain.tours import Colour, Stop, StopKind, Tour, TourPlan, Unplanned
from app.domain.values import GeoPoint, Load, Window
from app.errors import BadFile
from app.i18n import _
from app.wording.machine import words_of

#: A plan of the largest day is a hundred times smaller than this.
LARGEST_BYTES = 200_000_000
#: No figure of a tour comes near.
LARGEST_FIGURE = 10**15
FIRST_YEAR, LAST_YEAR = 1900, 2999
#: What a judge calls it when a figure of a tour is not the one that comes out.
_DIFFERS = {
    "distance_m": "distance_differs",
    "drive_s": "drive_time_differs",
    "cost_cents": "cost_differs",
    "co2e_g": "co2e_differs",
}
_LOAD_DIFFERS = {
    "weight_g": "weight_differs",
    "volume_ml": "volume_differs",
    "parcels": "parcels_differ",
}


@dataclass(frozen=True, slots=True)
class PlanRead:
    """The plan of a document; `unsaid` are the figures that it does not give.

    Each stands by its tour and by what a judge would say of it.
    """

    plan: TourPlan
    unsaid: frozenset[tuple[str, str]] = frozenset()


def plan_from_file(file: Path, zone: ZoneInfo) -> PlanRead:
    """The plan in a file as `plan --json` writes it, or somebody else.

    Raises:
        BadFile: it cannot be read, or is no plan.
    """
    try:
        if file.stat().st_size > LARGEST_BYTES:
            raise BadFile(file.name, _("the file is too large"))
        document = json.loads(file.read_text(encoding="utf-8-sig"))
        return plan_from(document, zone)
    except OSError as error:
        raise BadFile(file.name, words_of(error)) from error
    except _Misfit as misfit:
        raise BadFile(file.name, str(misfit)) from misfit
    except (ValueError, RecursionError) as error:
        what = _("This is no plan: {what}.").format(what=_("it is no JSON"))
        raise BadFile(file.name, what) from error


def plan_from(document: Any, zone: ZoneInfo) -> PlanRead:
    """The plan that a document describes; a tour's day is the plan's."""
    whole = _Part(document)
    told = list(whole.parts("tours"))
    on = _day(whole, told, zone)
    tours = tuple(_tour_from(tour, number, on) for number, tour in enumerate(told, 1))
    plan = TourPlan(on, tours, tuple(_left_out(whole)))
    unsaid = {
        (tour.code, name) for tour, part in zip(tours, told, strict=True) for name in _unsaid(part)
    }
    return PlanRead(plan, frozenset(unsaid))


class _Misfit(Exception):
    """Something in the document is not what a plan has there."""


class _Part:
    """A part of a document, and where it stands: `tours 2, stops 3`."""

    def __init__(self, told: Any, where: str = "") -> None:
        self._where = where
        if not isinstance(told, Mapping):
            raise self.misfit("", _("something else is expected here"))
        self._told = told

    def misfit(self, name: str, problem: str) -> _Misfit:
        place = ", ".join(part for part in (self._where, name) if part)
        if place:
            return _Misfit(_("{place}: {problem}").format(place=place, problem=problem))
        return _Misfit(_("This is no plan: {what}.").format(what=problem))

    def has(self, name: str) -> bool:
        return self._told.get(name) is not None

    def given(self, name: str) -> Any:
        if not self.has(name):
            raise self.misfit("", _("“{name}” is missing").format(name=name))
        return self._told[name]

    def parts(self, name: str, *, needed: bool = True) -> Iterator["_Part"]:
        many = self.given(name) if needed or self.has(name) else []
        if not isinstance(many, list):
            raise self.misfit(name, _("a list is expected"))
        for number, told in enumerate(many, 1):
            yield _Part(told, ", ".join(filter(None, (self._where, f"{name} {number}"))))

    def text(self, name: str, otherwise: str | None = None) -> str:
        return otherwise if otherwise is not None and not self.has(name) else str(self.given(name))

    def figure(self, name: str) -> int:
        """A whole number; 0 where none is given."""
        value = self._told.get(name) or 0
        good = isinstance(value, int | float) and abs(value) <= LARGEST_FIGURE
        if not good:
            raise self.misfit(name, _("“{text}” is no figure").format(text=str(value)[:40]))
        return round(value)

    def point(self) -> GeoPoint:
        try:
            return GeoPoint(float(self.given("latitude")), float(self.given("longitude")))
        except (TypeError, ValueError) as error:
            raise self.misfit("latitude", _("this is no place on earth")) from error

    def moment(self, name: str) -> datetime:
        return self._moment(name, self.given(name))

    def window(self) -> Window | None:
        told = self._told.get("window")
        if not told:
            return None
        if not isinstance(told, list) or len(told) != 2:
            raise self.misfit("window", _("two moments are expected"))
        start, end = (self._moment("window", moment) for moment in told)
        if end < start:
            raise self.misfit("window", _("it ends before it starts"))
        return Window(start, end)

    def load(self) -> Load:
        told = _Part(self._told.get("load") or {}, self._where)
        return Load(*(told.figure(name) for name in _LOAD_DIFFERS))

    def day(self, name: str) -> date:
        try:
            day = date.fromisoformat(self.text(name))
        except ValueError as error:
            raise self.misfit(name, _("“{text}” is no day").format(text=self.text(name))) from error
        self._check_year(name, day)
        return day

    def _moment(self, name: str, told: Any) -> datetime:
        try:
            moment = datetime.fromisoformat(str(told))
        except ValueError as error:
            raise self.misfit(name, _("“{text}” is no moment").format(text=told)) from error
        if moment.tzinfo is None:
            raise self.misfit(name, _("{text} has no offset").format(text=told))
        self._check_year(name, moment)
        return moment

    def _check_year(self, name: str, day: date) -> None:
        if not FIRST_YEAR <= day.year <= LAST_YEAR:
            raise self.misfit(name, _("“{text}” is too far from our time.").format(text=day))


def _day(whole: _Part, tours: list[_Part], zone: ZoneInfo) -> date:
    """The plan's day: as it says, else that of its first departure."""
    if whole.has("date"):
        return whole.day("date")
    firsts = (next(tour.parts("stops"), None) for tour in tours)
    starts = [first.moment("departure") for first in firsts if first is not None]
    if not starts:
        raise whole.misfit("", _("“{name}” is missing").format(name="date"))
    return min(starts).astimezone(zone).date()


def _tour_from(told: _Part, number: int, on: date) -> Tour:
    stops = tuple(_stop_from(stop) for stop in told.parts("stops"))
    if not stops:
        raise told.misfit("", _("a tour without stops"))
    return Tour(
        code=told.text("tour", f"T{number}"),
        number=number,
        on=on,
        vehicle=told.text("vehicle"),
        depot=told.text("depot"),
        stops=stops,
        load=told.load(),
        distance_m=told.figure("distance_m"),
        drive_s=told.figure("drive_s"),
        cost_cents=told.figure("cost_cents"),
        co2e_g=told.figure("co2e_g"),
    )


def _stop_from(told: _Part) -> Stop:
    kinds = {kind.value: kind for kind in StopKind}
    kind = kinds.get(told.text("kind"))
    if kind is None:
        unknown = _("“{text}” is not known; there are {names}.")
        raise told.misfit("kind", unknown.format(text=told.text("kind"), names=", ".join(kinds)))
    return Stop(
        kind=kind,
        point=told.point(),
        arrival=told.moment("arrival"),
        start=told.moment("start"),
        departure=told.moment("departure"),
        order=told.text("order", ""),
        shipment=told.text("shipment", ""),
        window=told.window(),
        load=told.load(),
        distance_m=told.figure("distance_m"),
        drive_s=told.figure("drive_s"),
    )


def _left_out(whole: _Part) -> Iterator[Unplanned]:
    for left in whole.parts("unplanned", needed=False):
        if left.has("shipment"):
            yield Unplanned(left.text("order", ""), left.text("shipment"), Colour.YELLOW, ())


def _unsaid(told: _Part) -> Iterator[str]:
    yield from (code for name, code in _DIFFERS.items() if not told.has(name))
    load = _Part(told.given("load")) if told.has("load") else _Part({})
    yield from (code for name, code in _LOAD_DIFFERS.items() if not load.has(name))
