"""What would have sent an order elsewhere, reckoned on what its decision was made from."""

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, TypeVar

from app.domain.orders import Order
from app.domain.sourcing import Method, SourcingDecision
from app.domain.sourcing_record import Decider, Given, Made, given_by, unpacked_stock
from app.operations.sourcing_ground import Ground
from app.operations.sourcing_record import ground_of
from app.operations.sourcing_run import SourcingRun
from app.workspace import Workspace
from db.sourcing_records import load_record

if TYPE_CHECKING:
    from app.planning.sourcing.flips import Flip

T = TypeVar("T", Made, SourcingDecision)
#: What each order before it was given, in their turn.
Earlier = Iterable[tuple[Given, ...]]


def flips_of(workspace: Workspace, decision: SourcingDecision) -> "tuple[Flip, ...]":
    """The smallest changes under which a kept decision would have been another.

    Nothing where a person or the optimum decided, or where its inputs are not kept.
    """
    if not decision.inputs or not _is_ruled(decision):
        return ()
    record = workspace.read(load_record, decision.inputs)
    if record is None or record.decider not in (Decider.RULES, Decider.NAMED):
        return ()
    order = next(each for each in record.inputs.orders if each.code == decision.order)
    skus = {line.sku for line in order.lines}
    ground = ground_of(record, stock=unpacked_stock(record.inputs.stock, skus))
    before = (made.given for made in _until(record.made, decision.order))
    return _flips(ground, order, before, decision)


def flips_in(run: SourcingRun, decision: SourcingDecision) -> "tuple[Flip, ...]":
    """The same for a suggestion of a run."""
    if run.ground is None or run.proof is not None or not _is_ruled(decision):
        return ()
    order = next((each for each in run.ground.orders if each.code == decision.order), None)
    if order is None:
        return ()
    before = (given_by(made) for made in _until(run.decisions, decision.order))
    return _flips(run.ground, order, before, decision)


def _is_ruled(decision: SourcingDecision) -> bool:
    return bool(decision.rule) and decision.method is Method.RULES and not decision.override


def _until(made: Iterable[T], order: str) -> Iterator[T]:
    for one in made:
        if one.order == order:
            return
        yield one


def _flips(
    ground: Ground, order: Order, before: Earlier, decision: SourcingDecision
) -> "tuple[Flip, ...]":
    """On the desk as the orders before left it."""
    from app.planning.sourcing.decide import Desk  # heavy, as all of planning
    from app.planning.sourcing.flips import flips
    from app.planning.sourcing.needs import Scene, need_of
    from app.planning.sourcing.nodes import NodeTable
    from app.planning.sourcing.pool import StockPool

    table = NodeTable(ground.nodes, ground.node_load, ground.now, ground.answers)
    nodes = {node.code: node for node in table.nodes}
    points, refusals = ground.pickup_points, ground.refusals
    scene = Scene(nodes, points, ground.products, ground.policy, ground.zone, refusals)
    need = need_of(order, ground.held.get(order.code, ()), scene)
    skus = {line.sku for line in need.lines}
    pool = StockPool(ground.stock, table.index, skus, table.floors(ground.policy.sourcing))
    for given in before:
        for node in {piece.node for piece in given}:
            table.load[table.index[node]] += 1
        for piece in given:
            if piece.sku in skus:
                pool.take(piece.sku, table.index[piece.node], piece.pieces)
    return flips(need, Desk(table, pool, ground.policy), decision.nodes)
