"""A day on a straight road to test with: every kilometre takes a minute, depots and doors by km."""

from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

import numpy as np

from app.domain.values import GeoPoint, Load
from app.planning.tours.problem import Problem, Roads, VehicleDay, Visit

KM, MINUTE, HOUR = 1_000, 60, 3_600


def a_van(code: str = "A", depot: int = 0, **but: Any) -> VehicleDay:
    """A van that costs a euro a kilometre and nothing else, out from 0 h to 10 h."""
    given: dict[str, Any] = {"capacity": Load(1_000, 1_000, 10), "from_s": 0, "to_s": 10 * HOUR}
    return VehicleDay(code, depot, **{**given, "km_cents": Decimal(100), **but})


def a_visit(name: str, km: float, **but: Any) -> dict[str, Any]:
    """What a visit is made from: its name, the kilometre of its door, and what matters."""
    return {"shipment": name, "km": km, **but}


def a_day(
    visits: Sequence[Mapping[str, Any]],
    vehicles: Sequence[VehicleDay],
    *,
    depots: Sequence[float] = (0.0,),
    other_places: Sequence[float] = (),
    **but: Any,
) -> Problem:
    """The day on the road; visits at the same kilometre are at one door.

    Places are the depots, the doors in order of first appearance, then the others.
    """
    doors = list(dict.fromkeys(visit["km"] for visit in visits))
    places = np.array([*depots, *doors, *other_places])
    between = np.abs(places[:, None] - places[None, :])
    roads = Roads((between * KM).astype(np.int32), (between * MINUTE).astype(np.int32))
    return Problem(
        on=date(2026, 11, 24),
        reference=datetime(2026, 11, 24, tzinfo=UTC),
        zone=ZoneInfo("UTC"),
        depots=tuple(f"D{number}" for number in range(len(depots))),
        points=tuple(GeoPoint(0, km / 1_000) for km in places),
        visits=tuple(_visit(visit, len(depots) + doors.index(visit["km"])) for visit in visits),
        vehicles=tuple(vehicles),
        roads=(roads,),
        **but,
    )


def _visit(given: Mapping[str, Any], place: int) -> Visit:
    rest = {name: value for name, value in given.items() if name not in ("shipment", "km")}
    rest = {"load": Load(1, 1, 1), "prize_cents": 90_000, **rest}
    return Visit(given["shipment"], given["shipment"], place, **rest)
