"""How a move by hand rearranges tours: who drives which stops then, or why it cannot be."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from app.domain.reasons import Reason, because
from app.domain.tours import PlanState, Tour
from app.planning.tours.best_place import best_stops
from app.planning.tours.fetch_places import with_fetches
from app.planning.tours.hands import Hands, Stops, put_into, stops_of, without
from app.planning.tours.moves import Displace, Drive, Merge, Move, Place, Reverse, Split, Swap
from app.planning.tours.parts import alike


@dataclass(frozen=True, slots=True)
class Wanted:
    """How a tour is to become: its vehicle and its stops; `tour` None = a new one."""

    tour: Tour | None
    vehicle: str
    stops: Stops


class Refusal(Exception):
    """It cannot be, whoever wants it."""

    def __init__(self, reason: Reason) -> None:
        super().__init__(reason.code)
        self.reason = reason


def shipments_of(hands: Hands, move: Move) -> tuple[str, ...]:
    """The shipments that a move is about."""
    match move:
        case Place(shipments):
            return shipments
        case Split(tour, position):
            return _doors(hands, tour, position)
        case Merge(_, other):
            return _doors(hands, other)
        case Displace(shipment, _, other):
            return shipment, other
        case Reverse(tour) | Swap(tour) | Drive(tour):
            return _doors(hands, tour)


def rearranged(hands: Hands, move: Move) -> tuple[list[Wanted], tuple[str, ...]]:
    """How each touched tour is to become, and which shipments move; fetches go with them."""
    wanted, moved = _rearranged(hands, move)
    return [_fetching(hands, each) for each in wanted], moved


def _fetching(hands: Hands, wanted: Wanted) -> Wanted:
    index = hands.vehicles.get(wanted.vehicle)
    if index is None or not hands.exact.units.pairs:
        return wanted
    return replace(wanted, stops=with_fetches(hands, index, wanted.stops))


def _rearranged(hands: Hands, move: Move) -> tuple[list[Wanted], tuple[str, ...]]:
    match move:
        case Place():
            return _placed(hands, move), move.shipments
        case Displace(shipment, _, other):
            return _displaced(hands, move), (shipment, other)
        case Split():
            return _split(hands, move)
        case Reverse(code):
            tour = _tour(hands, code)
            stops = stops_of(tour)
            return [Wanted(tour, tour.vehicle, stops[::-1])], _doors(hands, code)
        case Drive(code, vehicle):
            tour = _tour(hands, code)
            _idle(hands, vehicle)
            return [_driven(hands, tour, vehicle)], _doors(hands, code)
    return _two_tours(hands, move)


def _two_tours(hands: Hands, move: Merge | Swap) -> tuple[list[Wanted], tuple[str, ...]]:
    """Two tours made one, or with their vehicles exchanged."""
    if move.tour == move.other:
        raise Refusal(because("hand_two_tours"))
    one, two = _tour(hands, move.tour), _tour(hands, move.other)
    doors = _doors(hands, two.code)
    if isinstance(move, Merge):
        return _placed(hands, Place(doors, one.code)), doors
    changed = [_driven(hands, one, two.vehicle), _driven(hands, two, one.vehicle)]
    return changed, (*_doors(hands, one.code), *doors)


def _placed(hands: Hands, move: Place) -> list[Wanted]:
    """The tours that give shipments away, then the one that gets them."""
    known_here(hands, move.shipments)
    target = hands.tours.get(move.tour) or hands.tour_of_vehicle(move.vehicle)
    if move.tour and target is None:
        raise Refusal(because("hand_no_tour"))
    vehicle = target.vehicle if target is not None else move.vehicle
    for tour in (target, *_givers(hands, move.shipments)):
        if tour is not None:
            _open(tour)
    _may_carry(hands, vehicle, move.shipments)
    rest = without(stops_of(target) if target is not None else (), move.shipments)
    if move.position is None:
        stops = best_stops(hands, hands.vehicles[vehicle], rest, move.shipments)
    else:
        stops = put_into(rest, move.shipments, move.position)
    givers = [tour for tour in _givers(hands, move.shipments) if tour is not target]
    left = [Wanted(t, t.vehicle, without(stops_of(t), move.shipments)) for t in givers]
    return [*left, Wanted(target, vehicle, stops)]


def _displaced(hands: Hands, move: Displace) -> list[Wanted]:
    """The tour with one stop for another, and the tour that takes the other, if one does."""
    tour = hands.tours.get(hands.carried.get(move.other, ""))
    if tour is None or tour.vehicle != move.vehicle:
        raise Refusal(because("hand_no_tour"))
    known_here(hands, (move.shipment, move.other))
    riding = hands.tours.get(hands.carried.get(move.shipment, ""))
    if riding is not None:
        rides = f"T{riding.number}"
        raise Refusal(because("hand_rides_already", shipment=move.shipment, tour=rides))
    _open(tour)
    _may_carry(hands, move.vehicle, (move.shipment,))
    rest = without(stops_of(tour), (move.other,))
    stops = best_stops(hands, hands.vehicles[move.vehicle], rest, (move.shipment,))
    if move.onto == move.vehicle:  # it only makes room where it stood
        stops = best_stops(hands, hands.vehicles[move.vehicle], stops, (move.other,))
    taken = Wanted(tour, move.vehicle, stops)
    if move.onto in ("", move.vehicle):
        return [taken]
    return [_placed(hands, Place((move.other,), vehicle=move.onto))[-1], taken]


def _split(hands: Hands, move: Split) -> tuple[list[Wanted], tuple[str, ...]]:
    """The tour up to a door, and the rest on a vehicle that is idle."""
    tour, doors = _tour(hands, move.tour), _doors(hands, move.tour)
    moved = _doors(hands, move.tour, move.position)
    if not moved or len(moved) == len(doors):
        raise Refusal(because("hand_nothing_to_split", tour=f"T{tour.number}"))
    if move.vehicle:
        _idle(hands, move.vehicle)
        return _placed(hands, Place(moved, vehicle=move.vehicle, position=0)), moved
    options = [
        _placed(hands, Place(moved, vehicle=vehicle, position=0))
        for vehicle in idle_vehicles(hands, tour.depot)
    ]
    if not options:
        raise Refusal(because("hand_no_idle_vehicle", node=tour.depot))
    return min(options, key=lambda option: _rank(hands, option[-1])), moved


def _rank(hands: Hands, new: Wanted) -> tuple[int, int]:
    """The fewest rules broken, then the least money."""
    tour = hands.timed(hands.vehicles[new.vehicle], new.stops, hands.next_number())
    if tour is None:
        return len(new.stops) + 1, 0
    return len(hands.found_in(tour, ())), tour.cost_cents


def idle_vehicles(hands: Hands, depot: str) -> list[str]:
    """The vehicles of a depot that have no tour, one of each kind."""
    busy = {tour.vehicle for tour in hands.plan.tours}
    kinds: dict[tuple[object, ...], str] = {}
    for day in hands.problem.vehicles:
        if day.code in busy or hands.problem.depots[day.depot] != depot:
            continue
        if hands.facts.vehicles[day.code].active:
            kinds.setdefault(alike(day), day.code)
    return list(kinds.values())


def _driven(hands: Hands, tour: Tour, vehicle: str) -> Wanted:
    """A tour with its stops on another vehicle."""
    _open(tour)
    _may_carry(hands, vehicle, _doors(hands, tour.code))
    return Wanted(tour, vehicle, stops_of(tour))


# What cannot be, whoever wants it


def _tour(hands: Hands, code: str) -> Tour:
    tour = hands.tours.get(code)
    if tour is None:
        raise Refusal(because("hand_no_tour"))
    _open(tour)
    known_here(hands, _doors(hands, code))
    return tour


def _open(tour: Tour) -> None:
    if tour.state is not PlanState.DRAFT:
        raise Refusal(because("hand_agreed", tour=f"T{tour.number}"))


def known_here(hands: Hands, shipments: Iterable[str]) -> None:
    """Each shipment has a door that a vehicle can be sent to."""
    for shipment in shipments:
        if shipment in hands.visits:
            continue
        aside = (left for left in hands.problem.set_aside if left.shipment == shipment)
        told = next((left.reasons[0] for left in aside if left.reasons), None)
        raise Refusal(told or because("hand_not_here", shipment=shipment))


def _may_carry(hands: Hands, vehicle: str, shipments: Sequence[str]) -> None:
    """The vehicle goes out, and from where the goods lie."""
    index, known = hands.vehicles.get(vehicle), hands.facts.vehicles.get(vehicle)
    if index is None or known is None or not known.active:
        raise Refusal(because("hand_vehicle_off", vehicle=vehicle))
    day = hands.problem.vehicles[index]
    for shipment in shipments:
        visit = hands.visit(shipment)
        if visit is None or not visit.depots or day.depot in visit.depots:
            continue
        if visit.source is not None:
            node, depot = hands.facts.doors[shipment].shipment.node, known.depot
            raise Refusal(because("hand_no_fetch", node=node, vehicle=vehicle, depot=depot))
        lies_at = hands.problem.depots[min(visit.depots)]
        raise Refusal(
            because(
                "hand_other_node",
                node=lies_at,
                vehicle=vehicle,
                depot=hands.problem.depots[day.depot],
            )
        )


def _idle(hands: Hands, vehicle: str) -> None:
    tour = hands.tour_of_vehicle(vehicle)
    if tour is not None:
        raise Refusal(because("hand_vehicle_busy", vehicle=vehicle, tour=f"T{tour.number}"))


def _givers(hands: Hands, shipments: Iterable[str]) -> list[Tour]:
    """The tours that carry these shipments now."""
    codes = dict.fromkeys(hands.carried[s] for s in shipments if s in hands.carried)
    return [hands.tours[code] for code in codes]


def _doors(hands: Hands, code: str, first: int = 0) -> tuple[str, ...]:
    """The shipments that a tour delivers or collects from one of its stops on."""
    tour = hands.tours.get(code)
    if tour is None:
        return ()
    return tuple(stop.shipment for stop in tour.deliveries[first:] if not tour.is_fetch(stop))
