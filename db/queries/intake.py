"""What the rows of a file would change: which are new, which differ and in what."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import msgspec
from sqlalchemy import Connection, select

from app.domain.orders import Order, OrderState
from app.domain.reasons import Reason
from app.domain.stock import StockCell
from db.codec import to_json
from db.ledger.imports import DOCUMENTS, why_not_changed
from db.nodes import load_nodes
from db.panel import load_panel
from db.stock import load_stock
from db.tables import orders, products


@dataclass(frozen=True, slots=True)
class FieldChange:
    """One field of a value that a file would change, before and after, as texts."""

    name: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Standing:
    """How a value stands to what is kept: new, changed in these fields, or the same.

    `hindrance` is why the judge would not take the change.
    """

    key: str
    is_new: bool = False
    changes: tuple[FieldChange, ...] = ()
    hindrance: Reason | None = None

    @property
    def count(self) -> str:
        """The name under which an import counts it."""
        if self.is_new:
            return "accepted"
        return "updated" if self.changes else "unchanged"


@dataclass(frozen=True, slots=True)
class KnownCodes:
    """The codes that a file's rows may refer to; `zones` gives each node's time zone."""

    zones: dict[str, str]
    skus: frozenset[str]
    carriers: frozenset[str]
    services: frozenset[tuple[str, str]]


def known_codes(connection: Connection) -> KnownCodes:
    """Codes of nodes, products, carriers and services."""
    panel = load_panel(connection)
    return KnownCodes(
        {node.code: node.timezone for node in load_nodes(connection)},
        frozenset(connection.scalars(select(products.c.sku))),
        frozenset(carrier.code for carrier in panel.carriers),
        frozenset((service.carrier, service.code) for service in panel.services),
    )


def standings(connection: Connection, kind: str, rows: Sequence[Any]) -> list[Standing]:
    """How each value stands to what is kept, in the rows' order."""
    if kind == "stock":
        return _stock_standings(connection, rows)
    if kind == "order":
        return _order_standings(connection, rows)
    table, key = DOCUMENTS[kind]
    name = table.primary_key.columns[0]
    kept = {row[0]: row[1] for row in connection.execute(select(name, table.c.body))}
    plain = [replace(row, revision=1) if hasattr(row, "revision") else row for row in rows]
    return [_standing(key(row), kept.get(key(row)), row) for row in plain]


def _standing(key: str, before: str | None, value: Any) -> Standing:
    if before is None:
        return Standing(key, is_new=True)
    after = to_json(value)
    return Standing(key, changes=() if before == after else _differences(before, after))


def _order_standings(connection: Connection, rows: Sequence[Order]) -> list[Standing]:
    kept = {row["code"]: row for row in connection.execute(select(orders)).mappings()}
    found = []
    for order in rows:
        plain, row = replace(order, state=OrderState.TO_SOURCE, revision=1), kept.get(order.code)
        standing = _standing(order.code, None if row is None else str(row["body"]), plain)
        hindrance = why_not_changed(connection, plain, row) if standing.changes else None
        if hindrance is not None:
            standing = replace(standing, hindrance=hindrance.reason)
        found.append(standing)
    return found


def _differences(before: str, after: str) -> tuple[FieldChange, ...]:
    was: dict[str, Any] = msgspec.json.decode(before)
    now: dict[str, Any] = msgspec.json.decode(after)
    names = [name for name in now if was.get(name) != now[name]]
    return tuple(FieldChange(name, _text(was.get(name)), _text(now[name])) for name in names)


def _stock_standings(connection: Connection, rows: Sequence[StockCell]) -> list[Standing]:
    kept = {(cell.node, cell.sku): cell for cell in load_stock(connection)}
    return [_stock_standing(kept.get((cell.node, cell.sku)), cell) for cell in rows]


def _stock_standing(before: StockCell | None, after: StockCell) -> Standing:
    """Our own reservations are no file's business; a file that gives no date keeps the old one."""
    key = f"{after.node}/{after.sku}"
    if before is None:
        return Standing(key, is_new=True)
    asked = replace(after, reserved_here=before.reserved_here, as_of=after.as_of or before.as_of)
    same = before == asked
    return Standing(key, changes=() if same else _differences(to_json(before), to_json(asked)))


def _text(value: Any) -> str:
    return value if isinstance(value, str) else msgspec.json.encode(value).decode()
