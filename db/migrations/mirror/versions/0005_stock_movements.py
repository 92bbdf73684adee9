"""Every change of a stock counter, with the operation it came from: the history of a cell.

A trigger writes them, so that nothing that moves stock can forget to.
"""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

_COUNTERS = (
    "on_hand",
    "reserved_elsewhere",
    "reserved_here",
    "blocked",
    "safety_stock",
    "inbound",
    "in_transit",
)
_MOVED = " UNION ALL ".join(
    f"SELECT new.node, new.sku, '{name}', old.{name}, new.{name} WHERE old.{name} <> new.{name}"
    for name in _COUNTERS
)
_ANY = " OR ".join(f"old.{name} <> new.{name}" for name in _COUNTERS)


def upgrade() -> None:
    """Create the table, its indexes and the trigger."""
    op.create_table(
        "stock_movements",
        sa.Column("number", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("node", sa.Text(), nullable=False),
        sa.Column("sku", sa.Text(), nullable=False),
        sa.Column("counter", sa.Text(), nullable=False),
        sa.Column("before", sa.Integer(), nullable=False),
        sa.Column("after", sa.Integer(), nullable=False),
        sa.Column("operation", sa.Text()),
        sa.PrimaryKeyConstraint("number"),
        sqlite_strict=True,
    )
    op.create_index("stock_movements_by_cell", "stock_movements", ["node", "sku"])
    op.create_index(
        "stock_movements_unsigned",
        "stock_movements",
        ["number"],
        sqlite_where=sa.text("operation IS NULL"),
    )
    op.execute(
        f"CREATE TRIGGER stock_moves AFTER UPDATE ON stock WHEN {_ANY} BEGIN "
        f"INSERT INTO stock_movements (node, sku, counter, before, after) {_MOVED}; END"
    )
