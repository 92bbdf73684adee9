"""What a person decides for several orders at once: a node, a carrier, or to start again."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date

from app.domain.acts.desk import ChooseCarriers
from app.domain.acts.orders import ApplySourcing
from app.domain.carriers import CarrierChoice, Quote, RefusedService
from app.domain.journal import PartRefused
from app.domain.orders import OPEN_TO_SOURCING, Order, ShipmentAtDoor
from app.domain.reasons import Reason, because
from app.domain.sourcing import SourcingDecision
from app.domain.sourcing_record import Decider
from app.errors import (
    AlreadyBooked,
    AlreadyPlanned,
    ReasonNeeded,
    Refused,
    UnknownSubject,
    WhollyRefused,
)
from app.operations.communes import insee_finder
from app.operations.sourcing import assign, decided_by_hand, release
from app.operations.sourcing_ground import Ground, load_ground
from app.operations.sourcing_record import recorded
from app.planning.carriage.choice import chosen_by_hand
from app.planning.carriage.prices import PriceDesk
from app.planning.carriage.ranking import rank_key
from app.workspace import Workspace
from db.bookings import booked_shipments
from db.nodes import load_nodes
from db.orders import load_doors
from db.panel import load_panel
from db.plans import planned_tours


@dataclass(frozen=True, slots=True)
class ByHand:
    """What became of it: orders or shipments that went along, and those that could not."""

    done: tuple[str, ...]
    refused: tuple[PartRefused, ...] = ()


@dataclass(frozen=True, slots=True)
class CarrierOffers:
    """What every service asks for one shipment, or why it cannot take it."""

    shipment: str
    quotes: tuple[Quote, ...]
    refused: tuple[RefusedService, ...]


def assign_many(workspace: Workspace, orders: Sequence[str], node: str, reason: str) -> ByHand:
    """Give all that these orders still need to one node, in one operation; each by itself.

    Orders that are allocated already are released and given anew, one after the other.

    Raises:
        ReasonNeeded: no reason was given.
    """
    if not reason.strip():
        raise ReasonNeeded(next(iter(orders), ""))
    ground = workspace.read(load_ground, workspace.policy(), workspace.now(), codes=orders)
    waiting = [order for order in ground.orders if order.state in OPEN_TO_SOURCING]
    decisions, refused = _decide_all(ground, waiting, node, reason.strip())
    done: list[str] = []
    if decisions:
        kept = recorded(workspace, ground, decisions, Decider.PERSON)
        done, late = _apply(workspace, kept)
        refused += late
    open_codes = {order.code for order in waiting}
    moved = _each(
        (code for code in orders if code not in open_codes),
        lambda code: assign(workspace, code, node, reason),
    )
    return ByHand((*done, *moved.done), (*refused, *moved.refused))


def release_many(workspace: Workspace, orders: Iterable[str], reason: str = "") -> ByHand:
    """Give back what these orders hold; each is to be sourced anew."""
    return _each(orders, lambda code: release(workspace, code, reason))


def carrier_offers(
    workspace: Workspace, shipments: Iterable[str], on: date
) -> tuple[CarrierOffers, ...]:
    """What the services of the panel ask for each shipment, collected on a day; nothing is kept."""
    offers = []
    with _prices(workspace, on) as desk:
        for door in _doors(workspace, shipments):
            quotes, refused = desk.quotes_for(door)
            offers.append(CarrierOffers(door.shipment.code, tuple(quotes), tuple(refused)))
    return tuple(offers)


def choose_many(
    workspace: Workspace,
    shipments: Iterable[str],
    service: tuple[str, str],
    reason: str,
    on: date,
) -> ByHand:
    """Give these shipments the carrier and service a person wants, in one operation.

    What is in a tour, was sent to its carrier or has no price there is refused by itself.

    Raises:
        WhollyRefused: no reason was given.
    """
    wanted = tuple(shipments)
    if not reason.strip():
        part = PartRefused(next(iter(wanted), ""), because("override_needs_reason"))
        raise WhollyRefused(part.reason, (part,))
    tours, booked = workspace.read(planned_tours), workspace.read(booked_shipments)
    choices: list[CarrierChoice] = []
    refused: list[PartRefused] = []
    policy = workspace.policy()
    with _prices(workspace, on) as desk:
        for door in _doors(workspace, wanted):
            code = door.shipment.code
            made = _taken(code, tours, booked) or chosen_by_hand(
                desk, door, service, reason.strip(), policy, on
            )
            if isinstance(made, CarrierChoice):
                choices.append(made)
            else:
                unknown = UnknownSubject("service", " ".join(service)).reason
                refused.append(PartRefused(code, made or unknown))
    if choices:
        workspace.submit(ChooseCarriers(tuple(choices)))
    return ByHand(tuple(choice.shipment for choice in choices), tuple(refused))


def hand_over(workspace: Workspace, shipments: Iterable[str], on: date, reason: str) -> ByHand:
    """Give each of these shipments its best carrier in one operation; tours leave them alone then.

    The best is the policy's. What is in a tour, was sent to its carrier or finds none is refused by
    itself.
    """
    tours, booked = workspace.read(planned_tours), workspace.read(booked_shipments)
    choices: list[CarrierChoice] = []
    refused: list[PartRefused] = []
    policy = workspace.policy()
    with _prices(workspace, on) as desk:
        for door in _doors(workspace, shipments):
            code = door.shipment.code
            why_not = _taken(code, tours, booked)
            quotes, refusals = desk.quotes_for(door)
            if why_not is not None or not quotes:
                refused.append(PartRefused(code, why_not or because("no_carrier_can")))
                continue
            ranked = sorted(quotes, key=lambda quote: rank_key(quote, policy.carriage, on))
            made = CarrierChoice(code, tuple(ranked), tuple(refusals), policy.version, reason)
            choices.append(made)
    if choices:
        workspace.submit(ChooseCarriers(tuple(choices)))
    return ByHand(tuple(choice.shipment for choice in choices), tuple(refused))


def _decide_all(
    ground: Ground, orders: Iterable[Order], node: str, reason: str
) -> tuple[list[SourcingDecision], list[PartRefused]]:
    decisions: list[SourcingDecision] = []
    refused: list[PartRefused] = []
    for order in orders:
        try:
            decisions.append(decided_by_hand(ground, order, node, reason))
        except Refused as refusal:
            refused.append(PartRefused(order.code, refusal.reason))
    return decisions, refused


def _apply(
    workspace: Workspace, decisions: Sequence[SourcingDecision]
) -> tuple[list[str], list[PartRefused]]:
    """Reserve in one operation; the ledger refuses those that earlier ones left no piece for."""
    try:
        settled = workspace.submit(ApplySourcing(tuple(decisions)))
    except WhollyRefused as refusal:
        return [], list(refusal.parts)
    late = {part.subject for part in settled.refused}
    return [d.order for d in decisions if d.order not in late], list(settled.refused)


def _each(subjects: Iterable[str], act: Callable[[str], object]) -> ByHand:
    """Do it for each; a refusal stops none of the others."""
    done: list[str] = []
    refused: list[PartRefused] = []
    for subject in subjects:
        try:
            act(subject)
        except Refused as refusal:
            refused.append(PartRefused(subject, refusal.reason))
        else:
            done.append(subject)
    return ByHand(tuple(done), tuple(refused))


@contextmanager
def _prices(workspace: Workspace, on: date) -> Iterator[PriceDesk]:
    panel = workspace.read(load_panel)
    with insee_finder(panel) as insee_of:
        yield PriceDesk(
            panel,
            workspace.policy(),
            on=on,
            now=workspace.now(),
            nodes=workspace.read(load_nodes),
            insee_of=insee_of,
        )


def _doors(workspace: Workspace, shipments: Iterable[str]) -> list[ShipmentAtDoor]:
    wanted = set(shipments)
    doors = workspace.read(load_doors, workspace.policy(), workspace.zone)
    return [door for door in doors if door.shipment.code in wanted]


def _taken(shipment: str, tours: dict[str, str], booked: dict[str, str]) -> Reason | None:
    """Why a shipment cannot get a carrier any more."""
    if shipment in tours:
        return AlreadyPlanned(shipment, tours[shipment]).reason
    if shipment in booked:
        return AlreadyBooked(shipment, booked[shipment]).reason
    return None


def nothing_done(acted: ByHand) -> WhollyRefused | None:
    """The refusal to show when not one of them went along."""
    if acted.done or not acted.refused:
        return None
    return WhollyRefused(acted.refused[0].reason, acted.refused)
