"""The first mirror.db."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create the tables."""
    op.create_table(
        "carriers",
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("code"),
        sqlite_strict=True,
    )
    op.create_table(
        "nodes",
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("code"),
        sqlite_strict=True,
    )
    op.create_table(
        "orders",
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("address_key", sa.Text(), nullable=False),
        sa.Column("last_shipment", sa.Integer(), nullable=False, server_default="0"),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("code"),
        sqlite_strict=True,
    )
    op.create_index("orders_by_address", "orders", ["address_key"])
    op.create_index("orders_by_state", "orders", ["state"])
    op.create_table(
        "pickup_points",
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("code"),
        sqlite_strict=True,
    )
    op.create_table(
        "products",
        sa.Column("sku", sa.Text(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("sku"),
        sqlite_strict=True,
    )
    op.create_table(
        "reservations",
        sa.Column("shipment", sa.Text(), nullable=False),
        sa.Column("sku", sa.Text(), nullable=False),
        sa.Column("node", sa.Text(), nullable=False),
        sa.Column("quantity", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("shipment", "sku"),
        sa.CheckConstraint("quantity > 0", name="reserves_something"),
        sqlite_with_rowid=False,
        sqlite_strict=True,
    )
    op.create_index("reservations_by_cell", "reservations", ["node", "sku"])
    op.create_table(
        "results",
        sa.Column("operation", sa.Text(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("operation"),
        sqlite_strict=True,
    )
    op.create_table(
        "services",
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("code"),
        sqlite_strict=True,
    )
    op.create_table(
        "shipments",
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("order_code", sa.Text(), nullable=False),
        sa.Column("node", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("reserved_at", sa.Text(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("code"),
        sqlite_strict=True,
    )
    op.create_index("shipments_by_node", "shipments", ["node"])
    op.create_index("shipments_by_order", "shipments", ["order_code"])
    op.create_table(
        "stock",
        sa.Column("node", sa.Text(), nullable=False),
        sa.Column("sku", sa.Text(), nullable=False),
        sa.Column("on_hand", sa.Integer(), nullable=False, server_default="0"),
        sa.Column("reserved_elsewhere", sa.Integer(), nullable=False, server_default="0"),
        sa.Column("reserved_here", sa.Integer(), nullable=False, server_default="0"),
        sa.Column("blocked", sa.Integer(), nullable=False, server_default="0"),
        sa.Column("safety_stock", sa.Integer(), nullable=False, server_default="0"),
        sa.Column("inbound", sa.Integer(), nullable=False, server_default="0"),
        sa.Column("in_transit", sa.Integer(), nullable=False, server_default="0"),
        sa.Column("inbound_at", sa.Text(), nullable=True),
        sa.Column("in_transit_at", sa.Text(), nullable=True),
        sa.Column("as_of", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("node", "sku"),
        sa.CheckConstraint("blocked >= 0", name="blocked_not_negative"),
        sa.CheckConstraint("in_transit >= 0", name="in_transit_not_negative"),
        sa.CheckConstraint("inbound >= 0", name="inbound_not_negative"),
        sa.CheckConstraint(
            "reserved_here = 0 OR reserved_here + reserved_elsewhere <= on_hand",
            name="never_promised_twice",
        ),
        sa.CheckConstraint("on_hand >= 0", name="on_hand_not_negative"),
        sa.CheckConstraint("reserved_elsewhere >= 0", name="reserved_elsewhere_not_negative"),
        sa.CheckConstraint("reserved_here >= 0", name="reserved_here_not_negative"),
        sa.CheckConstraint("safety_stock >= 0", name="safety_stock_not_negative"),
        sqlite_with_rowid=False,
        sqlite_strict=True,
    )
    op.create_index("stock_by_sku", "stock", ["sku"])
    op.create_table(
        "surcharges",
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("code"),
        sqlite_strict=True,
    )
    op.create_table(
        "tariffs",
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("code"),
        sqlite_strict=True,
    )
    op.create_table(
        "vehicles",
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("code"),
        sqlite_strict=True,
    )
    op.create_table(
        "zones",
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("code"),
        sqlite_strict=True,
    )
