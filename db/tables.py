"""What is kept where: mirror.db holds what a hub would say, work.db what this desk did.

Columns are TEXT, INTEGER or BLOB (STRICT); a domain value is the JSON in `body`, beside the columns
that queries look at. Instants are UTC texts of fixed width, days are ISO texts.
"""

from typing import Any

from sqlalchemy import (
    CheckConstraint,
    Column,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    Table,
    Text,
)

mirror = MetaData()
work = MetaData(schema="work")
STRICT: Any = {"sqlite_strict": True}


def _document(name: str, key: str = "code", metadata: MetaData = mirror) -> Table:
    """A table of whole values known by one key."""
    return Table(
        name,
        metadata,
        Column(key, Text, primary_key=True),
        Column("body", Text, nullable=False),
        Column("revision", Integer, nullable=False),
        **STRICT,
    )


nodes = _document("nodes")
products = _document("products", "sku")
vehicles = _document("vehicles")
access_zones = _document("access_zones")
notes = _document("notes")
carriers = _document("carriers")
services = _document("services")
zones = _document("zones")
tariffs = _document("tariffs")
surcharges = _document("surcharges")
pickup_points = _document("pickup_points")

_COUNTERS = (
    "on_hand",
    "reserved_elsewhere",
    "reserved_here",
    "blocked",
    "safety_stock",
    "inbound",
    "in_transit",
)
stock = Table(
    "stock",
    mirror,
    Column("node", Text, primary_key=True),
    Column("sku", Text, primary_key=True),
    *(Column(name, Integer, nullable=False, server_default="0") for name in _COUNTERS),
    Column("inbound_at", Text),
    Column("in_transit_at", Text),
    Column("as_of", Text),
    *(CheckConstraint(f"{name} >= 0", name=f"{name}_not_negative") for name in _COUNTERS),
    CheckConstraint(
        "reserved_here = 0 OR reserved_here + reserved_elsewhere <= on_hand",
        name="never_promised_twice",
    ),
    sqlite_with_rowid=False,
    **STRICT,
)
Index("stock_by_sku", stock.c.sku)

#: What changed each counter of a cell; a trigger of the database writes it.
stock_movements = Table(
    "stock_movements",
    mirror,
    Column("number", Integer, primary_key=True, autoincrement=True),
    Column("node", Text, nullable=False),
    Column("sku", Text, nullable=False),
    Column("counter", Text, nullable=False),
    Column("before", Integer, nullable=False),
    Column("after", Integer, nullable=False),
    Column("operation", Text),
    **STRICT,
)
Index("stock_movements_by_cell", stock_movements.c.node, stock_movements.c.sku)
Index(
    "stock_movements_unsigned",
    stock_movements.c.number,
    sqlite_where=stock_movements.c.operation.is_(None),
)

orders = Table(
    "orders",
    mirror,
    Column("code", Text, primary_key=True),
    Column("state", Text, nullable=False),
    Column("address_key", Text, nullable=False),
    Column("last_shipment", Integer, nullable=False, server_default="0"),
    Column("body", Text, nullable=False),
    Column("revision", Integer, nullable=False),
    **STRICT,
)
Index("orders_by_state", orders.c.state)
Index("orders_by_address", orders.c.address_key)

shipments = Table(
    "shipments",
    mirror,
    Column("code", Text, primary_key=True),
    Column("order_code", Text, nullable=False),
    Column("node", Text, nullable=False),
    Column("state", Text, nullable=False),
    Column("reserved_at", Text, nullable=False),
    Column("body", Text, nullable=False),
    Column("revision", Integer, nullable=False),
    **STRICT,
)
Index("shipments_by_order", shipments.c.order_code)
Index("shipments_by_node", shipments.c.node)

reservations = Table(
    "reservations",
    mirror,
    Column("shipment", Text, primary_key=True),
    Column("sku", Text, primary_key=True),
    Column("node", Text, nullable=False),
    Column("quantity", Integer, nullable=False),
    CheckConstraint("quantity > 0", name="reserves_something"),
    sqlite_with_rowid=False,
    **STRICT,
)
Index("reservations_by_cell", reservations.c.node, reservations.c.sku)

offers = Table(
    "offers",
    mirror,
    Column("code", Text, primary_key=True),
    Column("order_code", Text, nullable=False),
    Column("number", Integer, nullable=False),
    Column("state", Text, nullable=False),
    Column("wave", Integer, nullable=False),
    Column("opened_at", Text, nullable=False),
    Column("expires", Text, nullable=False),
    Column("ended_at", Text),
    Column("winner", Text, nullable=False, server_default=""),
    Column("body", Text, nullable=False),
    Column("revision", Integer, nullable=False),
    **STRICT,
)
Index("offers_by_order", offers.c.order_code)
Index("offers_by_state", offers.c.state, offers.c.expires)
#: An order is shown around once at a time, whoever asks.
Index(
    "one_open_offer",
    offers.c.order_code,
    unique=True,
    sqlite_where=offers.c.state == "open",
)

#: One row a node that was asked.
recipients = Table(
    "recipients",
    mirror,
    Column("offer", Text, primary_key=True),
    Column("node", Text, primary_key=True),
    Column("position", Integer, nullable=False),
    Column("wave", Integer, nullable=False),
    Column("state", Text, nullable=False),
    Column("sent_at", Text, nullable=False),
    Column("expires", Text, nullable=False),
    Column("answered_at", Text),
    Column("reason", Text, nullable=False, server_default=""),
    Column("note", Text, nullable=False, server_default=""),
    sqlite_with_rowid=False,
    **STRICT,
)
Index("recipients_by_node", recipients.c.node, recipients.c.state)

#: One row a node's no to an order: the primary key is what keeps it from being asked again.
refusals = Table(
    "refusals",
    mirror,
    Column("order_code", Text, primary_key=True),
    Column("node", Text, primary_key=True),
    Column("reason", Text, nullable=False),
    Column("at", Text, nullable=False),
    Column("note", Text, nullable=False, server_default=""),
    Column("released", Integer, nullable=False, server_default="0"),
    sqlite_with_rowid=False,
    **STRICT,
)
Index("refusals_by_node", refusals.c.node)

#: How far nodes have come with their shipments.
node_work = Table(
    "node_work",
    mirror,
    Column("shipment", Text, primary_key=True),
    Column("node", Text, nullable=False),
    Column("state", Text, nullable=False),
    Column("at", Text, nullable=False),
    Column("revision", Integer, nullable=False),
    **STRICT,
)
Index("node_work_by_node", node_work.c.node, node_work.c.state)

results = Table(
    "results",
    mirror,
    Column("operation", Text, primary_key=True),
    Column("body", Text, nullable=False),
    **STRICT,
)

operations = Table(
    "operations",
    work,
    Column("seq", Integer, primary_key=True, autoincrement=True),
    Column("id", Text, nullable=False, unique=True),
    Column("kind", Text, nullable=False),
    Column("actor", Text, nullable=False),
    Column("at", Text, nullable=False),
    Column("body", LargeBinary, nullable=False),
    Column("body_sha256", Text, nullable=False),
    Column("previous_hash", Text, nullable=False),
    Column("hash", Text, nullable=False),
    Column("state", Text, nullable=False),
    Column("result", LargeBinary),
    Column("result_sha256", Text),
    Column("summary", Text, nullable=False),
    Column("depth", Integer, nullable=False),
    Column("undoable", Integer, nullable=False, server_default="0"),
    Column("undone_by", Text, nullable=False, server_default=""),
    **STRICT,
)
Index("operations_by_state", operations.c.state)

day_plans = Table(
    "day_plans",
    work,
    Column("on_day", Text, primary_key=True),
    Column("body", Text, nullable=False),
    Column("revision", Integer, nullable=False),
    **STRICT,
)
tours = Table(
    "tours",
    work,
    Column("code", Text, primary_key=True),
    Column("on_day", Text, nullable=False),
    Column("number", Integer, nullable=False),
    Column("vehicle", Text, nullable=False),
    Column("state", Text, nullable=False),
    Column("locked", Integer, nullable=False),
    Column("body", Text, nullable=False),
    Column("revision", Integer, nullable=False),
    **STRICT,
)
Index("tours_by_day", tours.c.on_day)

#: One row a planned shipment: the primary key is what keeps an order out of two tours.
planned = Table(
    "planned",
    work,
    Column("shipment", Text, primary_key=True),
    Column("tour", Text, nullable=False),
    Column("position", Integer, nullable=False),
    **STRICT,
)
Index("planned_by_tour", planned.c.tour)

#: `body` holds a decision with the candidates it chose; the many others are packed, and read on
#: demand.
decisions = Table(
    "decisions",
    work,
    Column("order_code", Text, primary_key=True),
    Column("body", Text, nullable=False),
    Column("candidates", LargeBinary, nullable=False),
    Column("revision", Integer, nullable=False),
    **STRICT,
)
choices = Table(
    "choices",
    work,
    Column("shipment", Text, primary_key=True),
    Column("carrier", Text, nullable=False),
    Column("body", Text, nullable=False),
    Column("revision", Integer, nullable=False),
    **STRICT,
)
#: What runs of sourcing looked at, and what they made of it; decisions name their record.
sourcing_records = Table(
    "sourcing_records",
    work,
    Column("code", Text, primary_key=True),
    Column("at", Text, nullable=False),
    Column("decider", Text, nullable=False),
    Column("inputs", LargeBinary, nullable=False),
    Column("made", LargeBinary, nullable=False),
    **STRICT,
)
Index("sourcing_records_by_time", sourcing_records.c.at)
#: What planning may not change, a row a lock.
tour_locks = Table(
    "tour_locks",
    work,
    Column("code", Text, primary_key=True),
    Column("on_day", Text, nullable=False),
    Column("body", Text, nullable=False),
    Column("revision", Integer, nullable=False),
    **STRICT,
)
Index("tour_locks_by_day", tour_locks.c.on_day)

policies = _document("policies", "version", work)
mappings = _document("mappings", "name", work)
views = _document("views", "name", work)
address_book = _document("address_book", "address_key", work)

batches = Table(
    "batches",
    work,
    Column("reference", Text, primary_key=True),
    Column("carrier", Text, nullable=False),
    Column("serial", Integer, nullable=False),
    Column("on_day", Text, nullable=False),
    Column("created_at", Text, nullable=False),
    Column("created_by", Text, nullable=False),
    **STRICT,
)
Index("batches_by_serial", batches.c.carrier, batches.c.serial, unique=True)

batch_files = Table(
    "batch_files",
    work,
    Column("reference", Text, primary_key=True),
    Column("format", Text, primary_key=True),
    Column("file_name", Text, nullable=False),
    Column("sha256", Text, nullable=False),
    Column("content", LargeBinary, nullable=False),
    **STRICT,
)
#: One row a booked shipment: the primary key is what keeps it from being sent twice.
booked = Table(
    "booked",
    work,
    Column("shipment", Text, primary_key=True),
    Column("reference", Text, nullable=False),
    **STRICT,
)
Index("booked_by_reference", booked.c.reference)

facts = Table(
    "facts",
    work,
    Column("name", Text, primary_key=True),
    Column("value", Text, nullable=False),
    **STRICT,
)

MIRROR_TABLES = frozenset(mirror.tables)
