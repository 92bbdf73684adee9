"""Where selected orders may be sent by hand: each node or service, with what speaks against it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from app.domain.nodes import StockNode
from app.domain.orders import ShipmentState
from app.domain.reasons import Reason
from app.domain.sourcing import Candidate, SourcingDecision
from app.operations.by_hand import CarrierOffers
from app.ui.orders.search import plain
from app.ui.orders.work_row import WorkRow
from db.queries.directory import Directory

_MOVABLE = frozenset({ShipmentState.RESERVED, ShipmentState.CARRIER_CHOSEN})


@dataclass(frozen=True, slots=True)
class Choice:
    """One answer to the prompt.

    `able` of the `asked` can go there by the rules; `refusal` is the first reason against it.
    `available` and `distance_m` are told for a single order. For carriers, `cents` is the price of
    those that can go, `late_days` by how much the worst of them would miss its promise.
    """

    code: str
    name: str
    able: int
    asked: int
    refusal: Reason | None = None
    available: int | None = None
    distance_m: int | None = None
    score: float | None = None
    cents: int | None = None
    late_days: int = 0
    service: tuple[str, str] | None = None

    @property
    def free(self) -> bool:
        """Whether nothing speaks against it for any of them."""
        return self.able == self.asked and not self.late_days


def node_choices(rows: Sequence[WorkRow], nodes: Iterable[StockNode]) -> list[Choice]:
    """Every node for these orders, the one that most can go to first."""
    choices = [_node_choice(rows, node) for node in nodes]
    return sorted(choices, key=lambda each: (-each.able, -(each.score or 0.0), each.code))


def carrier_choices(offers: Sequence[CarrierOffers], directory: Directory) -> list[Choice]:
    """Every service for these shipments: who can take most, in time, at the lowest price."""
    services = {(q.carrier, q.service) for offer in offers for q in offer.quotes}
    services |= {(r.carrier, r.service) for offer in offers for r in offer.refused}
    choices = [_carrier_choice(offers, service, directory) for service in services]
    return sorted(choices, key=_by_promise_and_price)


def _by_promise_and_price(choice: Choice) -> tuple[int, int, int, str]:
    return -choice.able, choice.late_days, choice.cents or 0, choice.code


def matching(choices: Sequence[Choice], typed: str) -> list[Choice]:
    """The choices that the typed letters mean: codes that begin so, then words of names."""
    query = plain(typed)
    if not query:
        return list(choices)
    first = [each for each in choices if plain(each.code).startswith(query)]
    rest = [each for each in choices if each not in first and _begins_a_word(query, each.name)]
    exact = [each for each in first if plain(each.code) == query]
    return [*exact, *(each for each in first if each not in exact), *rest]


def _begins_a_word(query: str, name: str) -> bool:
    return f" {query}" in f" {plain(name)}"


def shipments_of(rows: Iterable[WorkRow]) -> list[str]:
    """The shipments of these orders that may still get another carrier."""
    return [
        shipment.code
        for row in rows
        for shipment in row.source.shipments
        if shipment.state in _MOVABLE and not shipment.tour and not shipment.reference
    ]


def _node_choice(rows: Sequence[WorkRow], node: StockNode) -> Choice:
    decisions = [row.suggestion or row.source.decision for row in rows]
    against = [_against(decision, node.code) for decision in decisions]
    candidates = [d.candidate(node.code) for d in decisions if d is not None]
    known = [each for each in candidates if each is not None]
    alone = known[0] if len(rows) == 1 and known else None
    return Choice(
        node.code,
        node.name,
        able=against.count(None),
        asked=len(rows),
        refusal=next((reason for reason in against if reason is not None), None),
        available=None if alone is None else alone.available,
        distance_m=None if alone is None else alone.distance_m,
        score=_mean_score(known),
    )


def _against(decision: SourcingDecision | None, node: str) -> Reason | None:
    """The first reason that keeps the node out of an order; none when it fits or nobody knows."""
    if decision is None:
        return None
    candidate = decision.candidate(node)
    if candidate is not None:
        return candidate.fences[0] if candidate.fences else None
    group = decision.group_of(node)
    if group is None or group.reason.code == "others_ranked_lower":
        return None
    return group.reason


def _mean_score(known: Sequence[Candidate]) -> float | None:
    scores = [each.score for each in known if each.score is not None]
    return sum(scores) / len(scores) if scores else None


def _carrier_choice(
    offers: Sequence[CarrierOffers], service: tuple[str, str], directory: Directory
) -> Choice:
    quotes = [
        quote
        for offer in offers
        for quote in offer.quotes
        if (quote.carrier, quote.service) == service
    ]
    refusal = next(
        (
            refused.reason
            for offer in offers
            for refused in offer.refused
            if (refused.carrier, refused.service) == service
        ),
        None,
    )
    carrier, code = service
    names = (directory.carriers.get(carrier, ""), directory.services.get(service, code))
    return Choice(
        carrier,
        " · ".join(filter(None, names)),
        able=len(quotes),
        asked=len(offers),
        refusal=refusal,
        cents=sum(quote.total_cents for quote in quotes) if quotes else None,
        late_days=max((quote.late_days for quote in quotes), default=0),
        service=service,
    )
