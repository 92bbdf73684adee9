"""Who gets the places that are short: a whole day's shipments against quotas, at least cost."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import chain

#: How much dearer than any price a broken promise is, and a shipment that nobody takes.
_LATE_TIMES = 16
_LEFT_TIMES = 256
_MAX_OPTIONS = 64


@dataclass(frozen=True, slots=True)
class Option:
    """A service that could take a shipment; the options of a shipment come best first."""

    service: tuple[str, str]
    cost: int
    late: bool = False


Options = Sequence[Option]


def share_out(
    wanted: Sequence[Options], places: Mapping[tuple[str, str], int]
) -> list[tuple[str, str] | None]:
    """A service for each shipment, none beyond its places; None where no place is left.

    Where nothing is short everybody simply has the first choice. Otherwise the total cost is least,
    with a broken promise and a shipment left over dearer than any price. A service that `places`
    does not name has no limit.
    """
    firsts = [options[0].service if options else None for options in wanted]
    asked = Counter(service for service in firsts if service)
    if all(count <= places.get(service, count) for service, count in asked.items()):
        return firsts
    return _least_cost(wanted, places)


def _least_cost(
    wanted: Sequence[Options], places: Mapping[tuple[str, str], int]
) -> list[tuple[str, str] | None]:
    """A minimum-cost flow from shipments to services; integral, so nobody is split."""
    from ortools.graph.python.min_cost_flow import SimpleMinCostFlow  # slow to import, seldom used

    services = sorted({option.service for option in chain.from_iterable(wanted)})
    node_of = {service: len(wanted) + index for index, service in enumerate(services)}
    sink = len(wanted) + len(services)
    dearest = 1 + max(option.cost for option in chain.from_iterable(wanted))
    flow = SimpleMinCostFlow()
    arcs: list[tuple[int, int, tuple[str, str]]] = []
    for shipment, options in enumerate(wanted):
        flow.set_node_supply(shipment, 1)
        left = dearest * _LEFT_TIMES * _MAX_OPTIONS
        flow.add_arc_with_capacity_and_unit_cost(shipment, sink, 1, left)
        for rank, option in enumerate(options):
            cost = (option.cost + option.late * dearest * _LATE_TIMES) * _MAX_OPTIONS
            tie = min(rank, _MAX_OPTIONS - 1)
            node = node_of[option.service]
            arc = flow.add_arc_with_capacity_and_unit_cost(shipment, node, 1, cost + tie)
            arcs.append((arc, shipment, option.service))
    for service, node in node_of.items():
        room = max(0, places.get(service, len(wanted)))
        flow.add_arc_with_capacity_and_unit_cost(node, sink, room, 0)
    flow.set_node_supply(sink, -len(wanted))
    if flow.solve() != flow.OPTIMAL:
        raise RuntimeError("a share-out with a way out for everybody always has a best answer")
    given: list[tuple[str, str] | None] = [None] * len(wanted)
    for arc, shipment, service in arcs:
        if flow.flow(arc):
            given[shipment] = service
    return given
