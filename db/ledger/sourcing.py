"""Sourcing decisions settled: every piece of an order reserved or none, then its shipments."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import Connection, select

from app.domain.acts.orders import ApplySourcing, MoveOrders
from app.domain.journal import EntryState, PartRefused
from app.domain.nodes import Product
from app.domain.orders import OPEN_TO_SOURCING, Order, OrderState, Shipment, ShipmentState
from app.domain.packing import packed
from app.domain.sourcing import SourcingDecision, SuggestedShipment
from app.errors import MovedOn, UnknownSubject
from db.changes import Outcome, Row, Tally
from db.codec import from_json, instant, to_json
from db.ledger.orders import drop_shipments
from db.ledger.reservations import Pieces, reserve, reserve_together, shortage
from db.nodes import load_products
from db.tables import node_work, orders, shipments
from db.transaction import Pen


def settle_sourcing(
    ledger: Connection, wanted: ApplySourcing | MoveOrders, at: datetime
) -> Outcome:
    """Reserve what was decided; orders that move give back first what they hold."""
    if isinstance(wanted, MoveOrders):
        return move_orders(ledger, wanted, at)
    return apply_sourcing(ledger, wanted, at)


def apply_sourcing(ledger: Connection, wanted: ApplySourcing, at: datetime) -> Outcome:
    """Reserve what was decided, order by order; an order that cannot be had is refused alone."""
    pen = Pen(ledger)
    pen.read_ahead(orders, (decision.order for decision in wanted.decisions))
    run = _Run(pen, _catalogue(ledger, wanted), at)
    with pen.gathering():
        run.settle(wanted.decisions)
    nothing = run.refused and not run.done
    return Outcome(
        EntryState.REFUSED if nothing else EntryState.SETTLED,
        rows=pen.changes,
        kinds=frozenset({"order", "shipment", "stock"}),
        ids=tuple(run.done),
        refused=tuple(run.refused),
        counts=run.tally.pairs,
    )


def move_orders(ledger: Connection, wanted: MoveOrders, at: datetime) -> Outcome:
    """Give back what the orders hold, then reserve what was decided: all of it or nothing.

    Raises:
        MovedOn: an order is not the one any more that was decided on, or a node prepares it.
        NoStock: pieces went meanwhile.
    """
    pen = Pen(ledger)
    pen.read_ahead(orders, (decision.order for decision in wanted.decisions))
    run = _Run(pen, _catalogue(ledger, wanted), at)
    with pen.gathering():
        parts = [_look_anew(pen, decision) for decision in wanted.decisions]
        for part in parts:
            drop_shipments(pen, part.decision.order)
        reserve(pen, [each for part in parts for each in part.pieces()])
        for part in parts:
            run.write(part)
    return Outcome(
        EntryState.SETTLED,
        rows=pen.changes,
        kinds=frozenset({"order", "shipment", "stock"}),
        ids=tuple(run.done),
        counts=run.tally.pairs,
    )


@dataclass(frozen=True, slots=True)
class _Part:
    """One decision with the order's row as it is, and the codes that its shipments will have."""

    decision: SourcingDecision
    row: Row
    made: tuple[tuple[str, SuggestedShipment], ...]

    def pieces(self) -> Iterator[Pieces]:
        into_safety = bool(self.decision.override)
        for code, suggested in self.made:
            for line in suggested.lines:
                yield Pieces(code, suggested.node, line.sku, line.quantity, into_safety)


@dataclass(slots=True)
class _Run:
    """Decisions settled in their order; `done` and `refused` grow."""

    pen: Pen
    catalogue: dict[str, Product]
    at: datetime
    done: list[str] = field(default_factory=list)
    refused: list[PartRefused] = field(default_factory=list)
    tally: Tally = field(default_factory=Tally)

    def settle(self, decisions: Sequence[SourcingDecision]) -> None:
        """All together if all can be had, else by halves, down to those that cannot.

        Halves keep the order: the outcome is that of one decision after the other.
        """
        once = len({decision.order for decision in decisions}) == len(decisions)
        if not once or not self._together(decisions):
            middle = len(decisions) // 2
            self.settle(decisions[:middle])
            self.settle(decisions[middle:])

    def _together(self, decisions: Sequence[SourcingDecision]) -> bool:
        """Settle them if every piece can be had; one alone is settled in any case."""
        looked_at = [_look(self.pen, decision) for decision in decisions]
        parts = [part for part in looked_at if isinstance(part, _Part)]
        pieces = [each for part in parts for each in part.pieces()]
        if not reserve_together(self.pen, pieces):
            if len(decisions) > 1:
                return False
            short = shortage(self.pen.connection, pieces)
            looked_at = [PartRefused(decisions[0].order, short.reason)]
        for part in looked_at:
            if isinstance(part, PartRefused):
                self.refused.append(part)
            else:
                self.write(part)
        return True

    def write(self, part: _Part) -> None:
        """The order as decided, and its shipments; their pieces are reserved already."""
        decision = part.decision
        if part.made:
            order = from_json(str(part.row["body"]), Order)
            for code, suggested in part.made:
                self.pen.add(shipments, self._shipment(order, code, suggested))
        last = int(part.row["last_shipment"] or 0) + len(part.made)
        self.pen.put(
            orders,
            {"code": decision.order, "state": decision.status.value, "last_shipment": last},
        )
        self.tally.add(decision.status.value)
        self.done.append(decision.order)

    def _shipment(self, order: Order, code: str, suggested: SuggestedShipment) -> Row:
        shipment = Shipment(
            code,
            order.code,
            suggested.node,
            suggested.lines,
            order.mode,
            suggested.to_node,
            packed(suggested.lines, self.catalogue),
        )
        return {
            "code": code,
            "order_code": order.code,
            "node": suggested.node,
            "state": ShipmentState.RESERVED.value,
            "reserved_at": instant(self.at),
            "body": to_json(shipment),
        }


def _look(pen: Pen, decision: SourcingDecision) -> _Part | PartRefused:
    """The order as it is now, if it is still the one that was decided on."""
    row = pen.row(orders, decision.order)
    if row is None:
        return PartRefused(decision.order, UnknownSubject("order", decision.order).reason)
    if row["state"] not in OPEN_TO_SOURCING or row["revision"] != decision.order_revision:
        return PartRefused(decision.order, MovedOn(decision.order).reason)
    return _part(decision, row)


def _look_anew(pen: Pen, decision: SourcingDecision) -> _Part:
    """The same for an order that may hold shipments already, as long as no node works on them."""
    row = pen.row(orders, decision.order)
    if row is None:
        raise UnknownSubject("order", decision.order)
    free = row["state"] in OPEN_TO_SOURCING or row["state"] == OrderState.ALLOCATED
    if not free or row["revision"] != decision.order_revision:
        raise MovedOn(decision.order)
    begun = (
        select(node_work.c.shipment)
        .join(shipments, shipments.c.code == node_work.c.shipment)
        .where(shipments.c.order_code == decision.order)
    )
    if pen.connection.scalar(begun) is not None:
        raise MovedOn(decision.order)
    return _part(decision, row)


def _part(decision: SourcingDecision, row: Row) -> _Part:
    first = int(row["last_shipment"] or 0) + 1
    numbered = enumerate(decision.shipments, start=first)
    made = tuple((f"{decision.order}-{number}", suggested) for number, suggested in numbered)
    return _Part(decision, row, made)


def _catalogue(ledger: Connection, wanted: ApplySourcing | MoveOrders) -> dict[str, Product]:
    """The products that the shipments carry, for what they weigh and fill."""
    lines = [line for d in wanted.decisions for s in d.shipments for line in s.lines]
    return load_products(ledger, {line.sku for line in lines})
