"""Rows of a file become the mirror's: new, updated or unchanged; what was promised is respected."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Table, select

from app.domain.acts.orders import ImportRows
from app.domain.carriers import Surcharge, TariffLine, ZoneRule
from app.domain.journal import EntryState, PartRefused
from app.domain.orders import Order, OrderState, ShipmentState
from app.domain.places import address_key
from app.domain.reasons import because
from app.domain.stock import StockCell
from app.domain.zones import AccessZone
from db.changes import Outcome, Tally
from db.codec import from_json, instant, instant_or_none, to_json
from db.ledger.offer_rows import standing
from db.ledger.orders import drop_shipments
from db.ledger.reservations import let_go_what_left, newest_beyond
from db.tables import (
    access_zones,
    carriers,
    nodes,
    notes,
    orders,
    pickup_points,
    products,
    services,
    shipments,
    surcharges,
    tariffs,
    vehicles,
    zones,
)
from db.transaction import Pen


def _zone_key(zone: ZoneRule) -> str:
    parts = (zone.carrier, zone.country, zone.department, zone.postcode_prefix, zone.insee)
    return "/".join(parts)


def _tariff_key(line: TariffLine) -> str:
    bracket = f"{line.from_excl.normalize():f}"
    return "/".join((line.carrier, line.service, line.version, line.zone, line.unit.value, bracket))


def _surcharge_key(surcharge: Surcharge) -> str:
    since = "" if surcharge.valid_from is None else surcharge.valid_from.isoformat()
    return "/".join((surcharge.carrier, surcharge.service, surcharge.code, since))


#: Where whole values of a kind are kept, and the key they are known by.
DOCUMENTS: dict[str, tuple[Table, Callable[[Any], str]]] = {
    "node": (nodes, lambda node: node.code),
    "product": (products, lambda product: product.sku),
    "vehicle": (vehicles, lambda vehicle: vehicle.code),
    "access_zone": (access_zones, lambda zone: zone.key),
    "note": (notes, lambda note: note.code),
    "carrier": (carriers, lambda carrier: carrier.code),
    "service": (services, lambda service: f"{service.carrier}/{service.code}"),
    "zone": (zones, _zone_key),
    "tariff": (tariffs, _tariff_key),
    "surcharge": (surcharges, _surcharge_key),
    "pickup_point": (pickup_points, lambda point: point.code),
}


def import_rows(ledger: Connection, wanted: ImportRows, at: datetime) -> Outcome:
    """Take in the rows of one file; a stock snapshot cannot be undone, the next one corrects it."""
    if wanted.kind == "stock":
        return _import_stock(ledger, wanted.rows, at)
    if wanted.kind == "order":
        return _import_orders(ledger, wanted.rows)
    return _import_documents(ledger, wanted.kind, wanted.rows)


def _import_documents(ledger: Connection, kind: str, rows: tuple[Any, ...]) -> Outcome:
    table, key = DOCUMENTS[kind]
    name = table.primary_key.columns[0].name
    pen, tally = Pen(ledger), Tally()
    pen.read_ahead(table, (key(value) for value in rows))
    with pen.gathering():
        for value in rows:
            plain = replace(value, revision=1) if hasattr(value, "revision") else value
            if isinstance(plain, AccessZone):
                plain = _as_switched(pen, plain)
            tally.add(pen.put(table, {name: key(value), "body": to_json(plain)}))
    changes = pen.changes
    return Outcome(
        EntryState.SETTLED,
        rows=changes,
        kinds=frozenset({kind}),
        ids=tuple(change.key[0] for change in changes),
        counts=tally.pairs,
    )


def _as_switched(pen: Pen, zone: AccessZone) -> AccessZone:
    """A file that says nothing new of a zone does not switch on what a person switched off."""
    off, row = replace(zone, active=False), pen.row(access_zones, zone.key)
    return off if row is not None and row["body"] == to_json(off) else zone


def _import_orders(ledger: Connection, rows: tuple[Order, ...]) -> Outcome:
    pen, tally = Pen(ledger), Tally()
    refused: list[PartRefused] = []
    pen.read_ahead(orders, (order.code for order in rows))
    with pen.gathering():
        for order in rows:
            ended = _import_order(ledger, pen, order)
            if isinstance(ended, PartRefused):
                refused.append(ended)
            else:
                tally.add(ended)
    changes = pen.changes
    return Outcome(
        EntryState.SETTLED,
        rows=changes,
        kinds=frozenset({"order"}),
        ids=tuple(change.key[0] for change in changes),
        refused=tuple(refused),
        counts=tally.pairs,
    )


def _import_order(ledger: Connection, pen: Pen, order: Order) -> str | PartRefused:
    """Put one order in, if it can be; says what became of it."""
    body = to_json(replace(order, state=OrderState.TO_SOURCE, revision=1))
    row = pen.row(orders, order.code)
    if row is None:
        return pen.put(orders, _order_values(order, body))
    if row["body"] == body:
        return "unchanged"
    hindrance = why_not_changed(ledger, order, row)
    if hindrance is not None:
        return hindrance
    where = address_key(order.address)
    return pen.put(orders, {"code": order.code, "address_key": where, "body": body})


def _order_values(order: Order, body: str) -> dict[str, str | int | None]:
    return {
        "code": order.code,
        "state": OrderState.TO_SOURCE.value,
        "address_key": address_key(order.address),
        "last_shipment": 0,
        "body": body,
    }


def why_not_changed(ledger: Connection, order: Order, row: Any) -> PartRefused | None:
    """An order whose goods are already promised keeps its lines; a person decides."""
    state = OrderState(str(row["state"]))
    if state in (OrderState.CLOSED, OrderState.CANCELLED):
        return PartRefused(order.code, because("order_ended", order=order.code, state=state.value))
    same_goods = from_json(str(row["body"]), Order)
    if _goods(same_goods) == _goods(order):
        return None
    if state is OrderState.OFFERED:
        return PartRefused(order.code, because("order_offered", order=order.code))
    if not _promised(ledger, order.code):
        return None
    return PartRefused(order.code, because("order_already_allocated", order=order.code))


def _goods(order: Order) -> tuple[Any, ...]:
    return (order.lines, order.mode, order.collect_node, order.pickup_point)


def _promised(ledger: Connection, order: str) -> bool:
    active = select(shipments.c.code).where(
        shipments.c.order_code == order, shipments.c.state != ShipmentState.CANCELLED.value
    )
    return ledger.scalar(active.limit(1)) is not None


_STOCK_COLUMNS = (
    "on_hand",
    "reserved_elsewhere",
    "blocked",
    "safety_stock",
    "inbound",
    "inbound_at",
    "in_transit",
    "in_transit_at",
)
#: So many movements of stock are kept, the latest: about 100 MB.
MOVEMENTS_KEPT = 1_000_000
_FORGET = """
DELETE FROM stock_movements
WHERE number <= (SELECT max(number) FROM stock_movements) - ?
"""
#: What a file says of cells; they become the mirror's by one statement, since a trigger that keeps
#: their history makes SQLite set a savepoint for each statement: one a row takes ten times as long.
_INCOMING = """
CREATE TEMP TABLE IF NOT EXISTS incoming_stock (
    node TEXT, sku TEXT, on_hand INTEGER, reserved_elsewhere INTEGER, blocked INTEGER,
    safety_stock INTEGER, inbound INTEGER, inbound_at TEXT, in_transit INTEGER, in_transit_at TEXT,
    as_of TEXT
)
"""
_FILL = "INSERT INTO temp.incoming_stock VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
_STOCK_UPSERT = """
INSERT INTO main.stock (node, sku, on_hand, reserved_elsewhere, blocked, safety_stock,
                        inbound, inbound_at, in_transit, in_transit_at, as_of)
SELECT * FROM temp.incoming_stock WHERE true
ON CONFLICT (node, sku) DO UPDATE SET
    on_hand = excluded.on_hand, reserved_elsewhere = excluded.reserved_elsewhere,
    blocked = excluded.blocked, safety_stock = excluded.safety_stock,
    inbound = excluded.inbound, inbound_at = excluded.inbound_at,
    in_transit = excluded.in_transit, in_transit_at = excluded.in_transit_at,
    as_of = excluded.as_of
"""


def _import_stock(ledger: Connection, rows: tuple[StockCell, ...], at: datetime) -> Outcome:
    """Counters are the file's; our reservations stay, the latest beyond what is left go back."""
    known = _known_cells(ledger)
    now, tally, pen = instant(at), Tally(), Pen(ledger)
    fresh: list[tuple[Any, ...]] = []
    short: list[StockCell] = []
    for cell in rows:
        values = _cell_values(cell)
        as_of = instant_or_none(cell.as_of)
        stored = known.get((cell.node, cell.sku))
        if stored is None:
            tally.add("accepted")
        elif stored[:8] == values and as_of in (None, stored[8]):
            tally.add("unchanged")
            continue
        else:
            tally.add("updated")
            if stored[9] > max(0, cell.on_hand - cell.reserved_elsewhere):
                short.append(cell)
        fresh.append((cell.node, cell.sku, *values, as_of or now))
    released = release_beyond(pen, short)
    if fresh:
        _take_over(ledger, fresh)
    kinds = {"stock"} | ({"order", "shipment"} if released else set())
    return Outcome(
        EntryState.SETTLED,
        kinds=frozenset(kinds),
        ids=tuple(released),
        refused=tuple(PartRefused(o, because("stock_gone", order=o)) for o in released),
        counts=tally.pairs,
        undoable=False,
    )


def _take_over(ledger: Connection, cells: list[tuple[Any, ...]]) -> None:
    """Put cells in, in the order of the file: of two rows for one cell the last one stays."""
    ledger.exec_driver_sql(_INCOMING)
    ledger.exec_driver_sql("DELETE FROM temp.incoming_stock")
    ledger.exec_driver_sql(_FILL, cells)
    ledger.exec_driver_sql(_STOCK_UPSERT)
    ledger.exec_driver_sql(_FORGET, (MOVEMENTS_KEPT,))
    ledger.exec_driver_sql("DELETE FROM temp.incoming_stock")


def _cell_values(cell: StockCell) -> tuple[Any, ...]:
    return (
        cell.on_hand,
        cell.reserved_elsewhere,
        cell.blocked,
        cell.safety_stock,
        cell.inbound,
        instant_or_none(cell.inbound_at),
        cell.in_transit,
        instant_or_none(cell.in_transit_at),
    )


def _known_cells(ledger: Connection) -> dict[tuple[str, str], tuple[Any, ...]]:
    columns = ", ".join(("node", "sku", *_STOCK_COLUMNS, "as_of", "reserved_here"))
    found = ledger.exec_driver_sql(f"SELECT {columns} FROM stock")  # noqa: S608 - our own names
    return {(row[0], row[1]): tuple(row[2:]) for row in found}


def release_beyond(pen: Pen, short: list[StockCell]) -> list[str]:
    """Orders whose pieces are gone: the latest reservations beyond what is left are released.

    First goes what was handed over, for which the order keeps its shipment.
    """
    out: list[str] = []
    for cell in short:
        room = max(0, cell.on_hand - cell.reserved_elsewhere)
        let_go_what_left(pen, cell.node, cell.sku, room)
        for shipment in newest_beyond(pen.connection, cell.node, cell.sku, room):
            order = str((pen.row(shipments, shipment) or {})["order_code"])
            drop_shipments(pen, order, but_handed_over=True)
            pen.put(orders, {"code": order, "state": standing(pen, order).value})
            out.append(order)
    return sorted(set(out))
