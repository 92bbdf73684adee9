"""Why this carrier: our own vehicle, or the service chosen among those that could."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from math import floor

from app.domain.carriers import CarrierChoice, Quote, QuoteLine
from app.domain.policy import CarriagePolicy
from app.domain.reasons import Reason, because
from app.operations.why_chain import Link, Weighed, WhyLink, figures
from app.operations.why_facts import Facts, Ride, travelling
from app.planning.carriage.ranking import rank_key, weighed_cents

#: The code under which our own vehicles stand beside the carriers.
OWN_FLEET = "own_fleet"


def carrier_link(facts: Facts) -> WhyLink:
    """Who carries each shipment, at which price, and which services were dearer or refused."""
    riding = {ride.shipment.code: ride for ride in facts.rides}
    chosen: list[Weighed] = []
    rejected: list[Weighed] = []
    margin = flip = None
    for shipment in travelling(facts):
        choice = facts.choices.get(shipment.code)
        quotes = () if choice is None else choice.ranked
        if shipment.code in riding:
            chosen.append(_own_fleet(facts, riding[shipment.code]))
            rejected += [_quoted(facts, quote, shipment.code) for quote in quotes]
        elif quotes:
            chosen.append(_quoted(facts, quotes[0], shipment.code, _overridden(choice)))
            rejected += [_quoted(facts, quote, shipment.code) for quote in quotes[1:]]
            margin = margin or _lead(quotes)
            flip = flip or _flip(facts, quotes)
        rejected += _refused_services(facts, choice)
    reasons = _no_carrier(facts, chosen)
    return WhyLink(Link.CARRIER, tuple(chosen), tuple(rejected), margin, reasons, flip)


def _no_carrier(facts: Facts, chosen: Sequence[Weighed]) -> tuple[Reason, ...]:
    if chosen:
        return ()
    if not facts.shipments:
        return (because("nothing_to_carry_yet"),)
    if not travelling(facts):
        return (because("collected_at", node=facts.order.collect_node),)
    if any(shipment.code in facts.choices for shipment in facts.shipments):
        return (because("no_carrier_can"),)
    return (because("no_carrier_yet"),)


def _own_fleet(facts: Facts, ride: Ride) -> Weighed:
    name = facts.vehicle_names.get(ride.tour.vehicle, "") or ride.tour.vehicle
    known = figures(vehicle=ride.tour.vehicle, tour=ride.tour.code)
    return Weighed(OWN_FLEET, name, ride.shipment.code, known)


def _quoted(facts: Facts, quote: Quote, shipment: str, reasons: tuple[Reason, ...] = ()) -> Weighed:
    known = figures(
        carrier=quote.carrier,
        service=quote.service,
        cost_cents=quote.total_cents,
        emitted_co2e_g=quote.co2e_g,
        delivered_on=None if quote.delivered_on is None else quote.delivered_on.isoformat(),
    )
    name = _service(facts, quote.carrier, quote.service)
    return Weighed(quote.carrier, name, shipment, known, reasons)


def _refused_services(facts: Facts, choice: CarrierChoice | None) -> list[Weighed]:
    if choice is None:
        return []
    return [
        Weighed(
            one.carrier,
            _service(facts, one.carrier, one.service),
            choice.shipment,
            figures(carrier=one.carrier, service=one.service),
            (one.reason,),
        )
        for one in choice.refused
    ]


def _service(facts: Facts, carrier: str, service: str) -> str:
    name = facts.carrier_names.get(carrier, "") or carrier
    label = facts.service_names.get((carrier, service), "") or service
    return f"{name}, {label}"


def _overridden(choice: CarrierChoice | None) -> tuple[Reason, ...]:
    if choice is None or not choice.override:
        return ()
    return (because("overridden", because=choice.override),)


def _lead(quotes: Sequence[Quote]) -> Reason | None:
    """How much dearer the next service would be; a dearer first one leads by other merits."""
    if len(quotes) < 2 or quotes[1].total_cents < quotes[0].total_cents:
        return None
    return because("lead_cents", dearer_cents=quotes[1].total_cents - quotes[0].total_cents)


def _flip(facts: Facts, quotes: Sequence[Quote]) -> Reason | None:
    """By how much less the next service would have been chosen, ranked again at that price.

    Nothing where no price does it, or where a person or other rules chose.
    """
    if len(quotes) < 2:
        return None
    best, other = quotes[0], quotes[1]
    less_cents = _less_cents(facts.carriage, best, other)
    if less_cents is None or _first(facts.carriage, quotes) != best:
        return None
    cheaper = replace(other, lines=(*other.lines, QuoteLine("flip", "", -less_cents)))
    if _first(facts.carriage, (best, cheaper, *quotes[2:])) != cheaper:
        return None
    name = _service(facts, other.carrier, other.service)
    return because("flip_price", service=name, less_cents=less_cents)


def _less_cents(policy: CarriagePolicy, best: Quote, other: Quote) -> int | None:
    """The fewest whole cents that put the other one before the best by its weighed price."""
    if policy.weight_cost <= 0:
        return None
    on = other.delivered_on or best.delivered_on or date.min
    behind = weighed_cents(other, policy, on) - weighed_cents(best, policy, on)
    less_cents = floor(behind / policy.weight_cost) + 1
    return less_cents if 0 < less_cents <= other.total_cents else None


def _first(policy: CarriagePolicy, quotes: Sequence[Quote]) -> Quote:
    on = next((quote.delivered_on for quote in quotes if quote.delivered_on), date.min)
    return min(quotes, key=lambda quote: rank_key(quote, policy, on))
