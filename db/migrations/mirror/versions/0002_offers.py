"""Offers to several nodes at once: whom was asked, what they answered, how far they have come."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create the tables."""
    _offers()
    op.create_table(
        "recipients",
        sa.Column("offer", sa.Text(), nullable=False),
        sa.Column("node", sa.Text(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("wave", sa.Integer(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("sent_at", sa.Text(), nullable=False),
        sa.Column("expires", sa.Text(), nullable=False),
        sa.Column("answered_at", sa.Text(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=False, server_default=""),
        sa.Column("note", sa.Text(), nullable=False, server_default=""),
        sa.PrimaryKeyConstraint("offer", "node"),
        sqlite_with_rowid=False,
        sqlite_strict=True,
    )
    op.create_index("recipients_by_node", "recipients", ["node", "state"])
    op.create_table(
        "refusals",
        sa.Column("order_code", sa.Text(), nullable=False),
        sa.Column("node", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("at", sa.Text(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False, server_default=""),
        sa.Column("released", sa.Integer(), nullable=False, server_default="0"),
        sa.PrimaryKeyConstraint("order_code", "node"),
        sqlite_with_rowid=False,
        sqlite_strict=True,
    )
    op.create_index("refusals_by_node", "refusals", ["node"])
    op.create_table(
        "node_work",
        sa.Column("shipment", sa.Text(), nullable=False),
        sa.Column("node", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("at", sa.Text(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("shipment"),
        sqlite_strict=True,
    )
    op.create_index("node_work_by_node", "node_work", ["node", "state"])


def _offers() -> None:
    op.create_table(
        "offers",
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("order_code", sa.Text(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("wave", sa.Integer(), nullable=False),
        sa.Column("opened_at", sa.Text(), nullable=False),
        sa.Column("expires", sa.Text(), nullable=False),
        sa.Column("ended_at", sa.Text(), nullable=True),
        sa.Column("winner", sa.Text(), nullable=False, server_default=""),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("code"),
        sqlite_strict=True,
    )
    op.create_index("offers_by_order", "offers", ["order_code"])
    op.create_index("offers_by_state", "offers", ["state", "expires"])
    op.create_index(
        "one_open_offer",
        "offers",
        ["order_code"],
        unique=True,
        sqlite_where=sa.text("state = 'open'"),
    )
