"""The ways out of a shipment that the tours left out, each as a move that a person may do."""

from dataclasses import dataclass
from datetime import date

from app.domain.reasons import Reason
from app.operations.remedying import displacements_for, remedies_for
from app.planning.tours.consequences import Preview
from app.planning.tours.displacing import Displacement
from app.planning.tours.hands import Hands
from app.planning.tours.loosening import loosened
from app.planning.tours.moves import Displace, Place
from app.planning.tours.previewing import preview
from app.planning.tours.relaxing import Remedy
from app.workspace import Workspace

#: More ways out than these help nobody to choose.
MOST = 5


@dataclass(frozen=True, slots=True)
class WayOut:
    """Limits that give way for one shipment, or another shipment that does."""

    shipment: str
    found: Remedy | Displacement

    @property
    def reason(self) -> Reason:
        """In figures, for whoever puts it into words."""
        return self.found.reason


def ways_out(
    workspace: Workspace, on: date, shipment: str, hands: Hands
) -> tuple[WayOut, ...] | None:
    """The cheapest ways out, whom it would displace last; None where no tour could help at all.

    `hands` is the day by `remedying.ground_for`.
    """
    found = remedies_for(workspace, on, (shipment,), hands=hands).get(shipment)
    if found is None:
        return None
    ways = [WayOut(shipment, remedy) for remedy in found[:MOST]]
    displaced = displacements_for(workspace, on, (shipment,), hands=hands).get(shipment)
    if displaced is not None:
        ways.append(WayOut(shipment, displaced))
    return tuple(ways)


def preview_way(hands: Hands, way: WayOut) -> Preview:
    """What a way out would make of the day: limits give way as said, and the judge says which.

    The hours are those that the limits given way allow: a door that opens earlier for once is
    served then, a shift begun earlier is begun then.
    """
    if isinstance(way.found, Displacement):
        return preview(hands, _displace(hands, way.shipment, way.found))
    remedy, visit = way.found, hands.visits[way.shipment]
    visits = hands.problem.visits
    unit = hands.exact.units.of(visit)
    unit = tuple(v for v in unit if v == visit or visits[v].shipment not in hands.carried)
    vehicle = hands.vehicles[remedy.vehicle]
    problem = loosened(hands.problem, vehicle, unit, dict(remedy.amounts))
    shipments = dict.fromkeys(visits[v].shipment for v in unit)
    move = Place(tuple(shipments), vehicle=remedy.vehicle)
    return preview(Hands.of(problem, hands.plan, hands.facts), move)


def _displace(hands: Hands, shipment: str, found: Displacement) -> Displace:
    tour = hands.tour_of_vehicle(found.vehicle)
    stops = () if tour is None else tour.deliveries
    other = next((stop.shipment for stop in stops if stop.order == found.order), "")
    return Displace(shipment, found.vehicle, other, found.onto)
