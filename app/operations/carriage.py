"""Give a carrier to every shipment of a day that rides on none of our tours."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from app.domain.acts.desk import ChooseCarriers
from app.domain.carriers import CarrierChoice, Quote, QuoteLine, RefusedService
from app.domain.journal import PartRefused
from app.domain.orders import ShipmentAtDoor, ShipmentState
from app.domain.policy import Policy
from app.domain.reasons import Reason, because
from app.errors import AlreadyPlanned, UnknownSubject, WhollyRefused
from app.operations.communes import insee_finder
from app.planning.carriage.choice import choose, chosen_by_hand
from app.planning.carriage.prices import PriceDesk, ServiceKey
from app.ports import Progress, Stop, never, unheard
from app.wording import sentence
from app.wording.quotes import line_label
from app.workspace import Workspace
from db.bookings import load_batches, load_choices
from db.nodes import load_nodes
from db.orders import load_doors
from db.panel import load_panel
from db.plans import planned_tours

#: Shipments that still need a carrier, or may yet get another one.
_OPEN = frozenset({ShipmentState.RESERVED, ShipmentState.CARRIER_CHOSEN})


@dataclass(frozen=True, slots=True)
class AllocationRun:
    """A day's carriers: a choice for every shipment, in the order of their codes.

    `by_hand` are those that a person had chosen and that stay; `entry` is the journal's, empty when
    nothing was written.
    """

    on: date
    choices: tuple[CarrierChoice, ...]
    by_hand: frozenset[str] = frozenset()
    entry: str = ""

    @property
    def served(self) -> tuple[Quote, ...]:
        return tuple(choice.best for choice in self.choices if choice.best is not None)


def allocate(
    workspace: Workspace,
    on: date,
    *,
    apply: bool = False,
    stop: Stop = never,
    progress: Progress = unheard,
) -> AllocationRun:
    """Suggest a carrier for all of the day's shipments; with `apply`, keep what is new in it.

    What a person chose by hand stays, and takes its place from the quotas first.

    Raises:
        Stopped: a person pressed Stop; nothing was changed.
    """
    policy = workspace.policy()
    open_doors = [
        door
        for door in workspace.read(load_doors, policy, workspace.zone, on)
        if door.shipment.state in _OPEN
    ]
    kept = workspace.read(load_choices)
    by_hand = {
        door.shipment.code: kept[door.shipment.code]
        for door in open_doors
        if door.shipment.code in kept and kept[door.shipment.code].override
    }
    panel = workspace.read(load_panel)
    with insee_finder(panel) as insee_of:
        suggested = choose(
            [door for door in open_doors if door.shipment.code not in by_hand],
            panel,
            policy,
            on=on,
            now=workspace.now(),
            nodes=workspace.read(load_nodes),
            taken=_taken(workspace, on, kept, by_hand.values()),
            insee_of=insee_of,
            stop=stop,
            progress=progress,
        )
    everybody = sorted([*suggested, *by_hand.values()], key=lambda choice: choice.shipment)
    new = tuple(choice for choice in suggested if kept.get(choice.shipment) != choice)
    entry = workspace.submit(ChooseCarriers(new)).entry if apply and new else ""
    return AllocationRun(on, tuple(everybody), frozenset(by_hand), entry)


def choose_by_hand(
    workspace: Workspace,
    shipment: str,
    carrier: str,
    service: str,
    reason: str,
    *,
    on: date | None = None,
) -> CarrierChoice:
    """Give a shipment the carrier a person wants, over the fences if need be; the reason is kept.

    `on` is the day of collection, by default the first of the shipment's window.

    Raises:
        UnknownSubject: there is no such shipment to carry, or no such service.
        WhollyRefused: no reason was given, or the service has no price for it.
        AlreadyPlanned: the shipment is in one of our tours.
        AlreadyBooked: the shipment was sent to its carrier.
    """
    policy, panel = workspace.policy(), workspace.read(load_panel)
    door = _door(workspace, policy, shipment)
    if not reason.strip():
        raise _refused(shipment, because("override_needs_reason"))
    if tour := workspace.read(planned_tours).get(shipment):
        raise AlreadyPlanned(shipment, tour)
    day = (
        on
        or (door.window.start if door.window else workspace.now()).astimezone(workspace.zone).date()
    )
    with insee_finder(panel) as insee_of:
        desk = PriceDesk(
            panel,
            policy,
            on=day,
            now=workspace.now(),
            nodes=workspace.read(load_nodes),
            insee_of=insee_of,
        )
        choice = chosen_by_hand(desk, door, (carrier, service), reason.strip(), policy, day)
    if choice is None:
        raise UnknownSubject("service", f"{carrier} {service}")
    if isinstance(choice, Reason):
        raise _refused(shipment, choice)
    workspace.submit(ChooseCarriers((choice,)))
    return choice


def as_document(run: AllocationRun) -> dict[str, Any]:
    """The run as the JSON of the public interface."""
    return {
        "shipments": [_choice_document(choice) for choice in run.choices],
        "summary": {
            "shipments": len(run.choices),
            "allocated": len(run.served),
            "without_carrier": len(run.choices) - len(run.served),
            "by_hand": len(run.by_hand),
            "total_cents": sum(quote.total_cents for quote in run.served),
            "co2e_g": sum(quote.co2e_g for quote in run.served),
            "carriers": dict(sorted(Counter(quote.carrier for quote in run.served).items())),
        },
    }


def quote_document(quote: Quote) -> dict[str, Any]:
    """A price line by line; the lines add up to the total."""
    return {
        "lines": [_line_document(line) for line in quote.lines],
        "total_cents": quote.total_cents,
        "version": quote.version,
        "zone": quote.zone,
        "delivered_on": quote.delivered_on.isoformat() if quote.delivered_on else None,
        "late_days": quote.late_days,
        "co2e_g": quote.co2e_g,
        "emission_level": quote.emission_level,
    }


def refused_document(refused: Iterable[RefusedService]) -> list[dict[str, str]]:
    """Services that cannot, each with the code and the sentence of its reason."""
    return [
        {
            "carrier": one.carrier,
            "service": one.service,
            "code": one.reason.code,
            "text": sentence(one.reason),
        }
        for one in refused
    ]


def _choice_document(choice: CarrierChoice) -> dict[str, Any]:
    best = choice.best
    return {
        "shipment": choice.shipment,
        "carrier": best.carrier if best else None,
        "service": best.service if best else None,
        "quote": quote_document(best) if best else None,
        "override": choice.override or None,
        "refused": refused_document(choice.refused),
    }


def _line_document(line: QuoteLine) -> dict[str, Any]:
    return {"code": line.code, "label": line_label(line), "cents": line.cents}


def _taken(
    workspace: Workspace,
    on: date,
    kept: dict[str, CarrierChoice],
    by_hand: Iterable[CarrierChoice],
) -> Counter[ServiceKey]:
    """What each service was given for the day before: sent already, or chosen by hand."""
    sent = (
        kept[shipment]
        for batch in workspace.read(load_batches, on)
        for shipment in batch.shipments
        if shipment in kept
    )
    best = (choice.best for choice in (*sent, *by_hand))
    return Counter((quote.carrier, quote.service) for quote in best if quote is not None)


def _door(workspace: Workspace, policy: Policy, shipment: str) -> ShipmentAtDoor:
    doors = workspace.read(load_doors, policy, workspace.zone)
    found = next((door for door in doors if door.shipment.code == shipment), None)
    if found is None:
        raise UnknownSubject("shipment", shipment)
    return found


def _refused(shipment: str, reason: Reason) -> WhollyRefused:
    return WhollyRefused(reason, (PartRefused(shipment, reason),))
