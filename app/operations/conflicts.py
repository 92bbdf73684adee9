"""What a sourcing run could not satisfy, by product: who shares how few pieces, and what helps."""

from typing import TYPE_CHECKING, Any

from app.domain.orders import OrderState
from app.operations.sourcing_ground import Ground
from app.operations.sourcing_run import SourcingRun, reason_document
from app.wording import sentence

if TYPE_CHECKING:
    from collections.abc import Iterable

    from app.planning.sourcing.ways_out import Shortage


def conflicts_of(run: SourcingRun) -> "tuple[Shortage, ...]":
    """The conflicts that kept orders of a run from being whole; none where its ground is gone."""
    left = {made.order for made in run.decisions if made.status is not OrderState.ALLOCATED}
    if run.ground is None or not left:
        return ()
    return tuple(_shortages(run, run.ground, left))


def _shortages(run: SourcingRun, ground: Ground, left: set[str]) -> "list[Shortage]":
    from app.planning.sourcing.batch import in_turn, skus_of  # heavy, as what follows
    from app.planning.sourcing.decide import Desk
    from app.planning.sourcing.needs import Scene, hindrance
    from app.planning.sourcing.nodes import NodeTable
    from app.planning.sourcing.pool import StockPool
    from app.planning.sourcing.ways_out import shortages

    table = NodeTable(ground.nodes, ground.node_load, ground.now, ground.answers)
    known = {node.code: node for node in table.nodes}
    scene = Scene(
        known, ground.pickup_points, ground.products, ground.policy, ground.zone, ground.refusals
    )
    needs = in_turn(ground.orders, ground.held, scene, None)
    floors = table.floors(ground.policy.sourcing)
    desk = Desk(table, StockPool(ground.stock, table.index, skus_of(needs), floors), ground.policy)
    able = [need for need in needs if hindrance(need, scene) is None]
    return shortages(able, desk, _lacking(run, {need.order.code for need in able} & left))


def _lacking(run: SourcingRun, left: set[str]) -> set[str]:
    """The products of which some of these orders have nothing, or too little."""
    return {
        str(reason["sku"])
        for made in run.decisions
        if made.order in left
        for reason in made.reasons
        if any(name == "sku" for name, _ in reason)
    }


def conflicts_document(found: "Iterable[Shortage]") -> list[dict[str, Any]]:
    """The conflicts as the public interface tells them."""
    return [
        {
            **reason_document(one.reason),
            "orders": list(one.conflict.orders),
            "nodes": list(one.conflict.nodes),
            "remedies": [reason_document(way.reason) for way in one.ways_out],
        }
        for one in found
    ]


def in_lines(found: "Iterable[Shortage]") -> list[str]:
    """Each conflict, and below it what would help."""
    lines = []
    for one in found:
        lines.append(sentence(one.reason))
        lines += [f"   {sentence(way.reason)}" for way in one.ways_out]
    return lines
