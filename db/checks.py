"""Whether what is kept agrees with itself: counters with reservations, shipments with orders."""

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
