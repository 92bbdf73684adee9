"""Whether what is kept agrees with itself: counters with reservations, shipments with orders."""

from typing import Any

from sqlalchemy import Connection, text

from app.domain.reasons import Reason, because

_RESERVED = text(
    """
    SELECT stock.node, stock.sku, stock.reserved_here AS counted, coalesce(held.pieces, 0) AS held
    FROM stock LEFT JOIN (
        SELECT node, sku, sum(quantity) AS pieces FROM reservations GROUP BY node, sku
    ) AS held ON held.node = stock.node AND held.sku = stock.sku
    WHERE stock.reserved_here <> coalesce(held.pieces, 0)
    """
)
_ORPHANS = text(
    """
    SELECT reservations.shipment FROM reservations
    LEFT JOIN shipments ON shipments.code = reservations.shipment
    WHERE shipments.code IS NULL OR shipments.state = 'cancelled'
    """
)
_GONE = text(
    """
    SELECT planned.shipment, planned.tour FROM work.planned
    LEFT JOIN shipments ON shipments.code = planned.shipment
    WHERE shipments.code IS NULL OR shipments.state = 'cancelled'
    """
)


_OFFERED = text(
    """
    SELECT orders.code, orders.state, offers.code AS offer FROM orders
    LEFT JOIN offers ON offers.order_code = orders.code AND offers.state = 'open'
    WHERE (orders.state = 'offered') <> (offers.code IS NOT NULL)
    """
)
_ANSWERS = text(
    """
    SELECT offers.code, offers.state, offers.winner,
        sum(recipients.state IN ('sent', 'seen')) AS awaited,
        sum(recipients.state = 'claimed' AND recipients.node = offers.winner) AS won,
        sum(recipients.state = 'claimed') AS claims
    FROM offers LEFT JOIN recipients ON recipients.offer = offers.code
    GROUP BY offers.code
    """
)
_IDLE = text(
    """
    SELECT node_work.shipment FROM node_work
    LEFT JOIN shipments ON shipments.code = node_work.shipment
    WHERE shipments.code IS NULL OR shipments.state = 'cancelled'
    """
)


def offer_findings(connection: Connection) -> list[Reason]:
    """Orders and offers that disagree, offers won twice or by nobody, work on nothing."""
    astray = [
        because("offer_astray", order=row.code, state=row.state)
        for row in connection.execute(_OFFERED)
    ]
    wrong = [
        because("answers_differ", offer=row.code, state=row.state)
        for row in connection.execute(_ANSWERS)
        if not _agree(row)
    ]
    idle = [because("work_on_nothing", shipment=row.shipment) for row in connection.execute(_IDLE)]
    return astray + wrong + idle


def _agree(offer: Any) -> bool:
    """Whether the answers of an offer are those that its state speaks of."""
    won = int(offer.state == "claimed")
    if (offer.won, offer.claims) != (won, won) or (not offer.winner and won):
        return False
    waits: int = offer.awaited or 0
    return (waits > 0) is (offer.state == "open")


def stock_findings(connection: Connection) -> list[Reason]:
    """Cells whose counter is not the sum of their reservations, and reservations of nothing."""
    wrong = [
        because(
            "reservations_differ", node=row.node, sku=row.sku, counted=row.counted, held=row.held
        )
        for row in connection.execute(_RESERVED)
    ]
    lost = [
        because("reservation_of_nothing", shipment=row.shipment)
        for row in connection.execute(_ORPHANS)
    ]
    gone = [
        because("planned_shipment_gone", shipment=row.shipment, tour=row.tour)
        for row in connection.execute(_GONE)
    ]
    return wrong + lost + gone
