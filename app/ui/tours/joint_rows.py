"""How orders that another node would send are listed: from where to where, and what passes by."""

from typing import cast

from app import formats
from app.i18n import N_
from app.operations.joint_words import reasons
from app.planning.joint.moves import JointMove, Sent
from app.ui.tours.moves_rows import MoveRow, figure_columns, tick_column, tip_of, words_of
from app.ui.widgets.looks import Align
from app.ui.widgets.rows import Column


def columns() -> list[Column[MoveRow]]:
    """The columns of the list."""
    orders: Column[MoveRow] = Column(
        name="orders",
        title=N_("Orders"),
        text=_orders,
        look=lambda row: words_of(row, _orders(row)),
        tooltip=lambda row: tip_of(row, *reasons(_move(row))),
        width=190,
        least=130,
        grows=True,
    )
    passing: Column[MoveRow] = Column(
        name="passing",
        title=N_("Passes"),
        hint=N_("How far the tour passes from the door, and when"),
        text=_passing,
        tooltip=lambda row: tip_of(row, *reasons(_move(row))),
        align=Align.RIGHT,
        width=104,
        leaves=4,
    )
    return [tick_column(), orders, passing, *figure_columns()]


def _move(row: MoveRow) -> JointMove:
    return cast("JointMove", row.move)


def _orders(row: MoveRow) -> str:
    return "; ".join(_way(one) for one in _move(row).sent)


def _way(one: Sent) -> str:
    """`480 112  LEE > LES T9`."""
    tour = one.to_tour.rpartition("-")[2]
    return f"{formats.order_number(one.order)}  {one.node} → {one.to_node} {tour}"


def _passing(row: MoveRow) -> str:
    """The nearest of those that go together."""
    near = [one for one in _move(row).sent if one.near_m is not None]
    if not near:
        return ""
    first = min(near, key=lambda one: one.near_m or 0)
    return f"{formats.distance(first.near_m or 0)} · {(first.passes_at or '')[11:16]}"
