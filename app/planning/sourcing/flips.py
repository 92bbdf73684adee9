"""What would have sent an order elsewhere: the smallest changes of one thing, each tried out."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from app.domain.orders import OrderState
from app.domain.reasons import Reason
from app.domain.sourcing import SourcingDecision
from app.planning.sourcing.chain import chain_for
from app.planning.sourcing.decide import Desk, decide
from app.planning.sourcing.flip_changes import Change, World, changes_at, fewer_pieces
from app.planning.sourcing.flip_weights import weight_changes
from app.planning.sourcing.needs import Need
from app.planning.sourcing.survey import survey
from app.planning.sourcing.trial import Trial, in_order, try_rule

#: So many changes are told; so many are tried, the smallest first; of so many nodes for a rule.
TOLD, TRIED, NODES = 3, 24, 6
#: So many of those ranked after the first are asked what weight would have put them there.
RIVALS = 2


@dataclass(frozen=True, slots=True)
class Flip:
    """A change, tried out: with it the order is sent by `nodes` instead."""

    reason: Reason
    nodes: tuple[str, ...]


def flips(need: Need, desk: Desk, nodes: tuple[str, ...]) -> tuple[Flip, ...]:
    """The smallest changes that send an order elsewhere, or send it at all; smallest first.

    The desk is as it was in the order's turn, and stays so; nothing is told unless it leads to
    the `nodes` that were chosen. Of one node the smallest change is told.
    """
    world = World(need, desk.nodes, desk.pool, desk.policy)
    base = _decided(world)
    if base.nodes != nodes:
        return ()
    changes = sorted(_changes(world, base), key=lambda change: (change.steps, change.node))
    found: list[Flip] = []
    told: set[str] = set()
    for change in changes[:TRIED]:
        if len(found) == TOLD:
            break
        if change.node in told:
            continue
        made = _decided(change.made())
        if _is_elsewhere(made, base, change.node):
            told.add(change.node)
            found.append(Flip(change.reason, made.nodes))
    return tuple(found)


def _decided(world: World) -> SourcingDecision:
    return decide(world.need, Desk(world.nodes.copy(), world.pool.copy(), world.policy))


def _is_elsewhere(made: SourcingDecision, base: SourcingDecision, node: str) -> bool:
    whole = made.status is OrderState.ALLOCATED
    return whole and set(made.nodes) != set(base.nodes) and (not node or node in made.nodes)


def _changes(world: World, base: SourcingDecision) -> Iterator[Change]:
    """Barriers of the rules down to the one that decided, then what ranks under that one."""
    seen = survey(world.need, world.nodes, world.pool, world.policy.sourcing)
    chosen = [world.nodes.index[node] for node in base.nodes]
    for rule in chain_for(world.need, world.policy):
        trial = try_rule(seen, rule)
        for at in _nearly(trial, chosen):
            yield from changes_at(trial, at, world)
        if chosen and rule.name == base.rule:
            yield from _ranked(trial, chosen, world)
            break


def _nearly(trial: Trial, chosen: list[int]) -> list[int]:
    """The best of the nodes that one barrier alone keeps out."""
    barred = [
        at
        for at in range(len(trial.seen.nodes))
        if at not in chosen and len(trial.fenced.before(at)) == 1
    ]
    nodes = np.array(barred, dtype=np.int64)
    return list(in_order(nodes, trial.rated, trial.seen))[:NODES]


def _ranked(trial: Trial, chosen: list[int], world: World) -> Iterator[Change]:
    first = chosen[0]
    yield from fewer_pieces(trial, first, world)
    rivals = [node for node in trial.ranking if node not in chosen][:RIVALS]
    for other in rivals if len(chosen) == 1 else ():
        yield from weight_changes(trial, first, other, world)
