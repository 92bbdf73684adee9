"""Source all open orders at once: the least cost found in time, and how good it is."""

from collections.abc import Collection
from datetime import datetime

from app.domain.orders import OPEN_TO_SOURCING
from app.domain.sourcing import Proof
from app.domain.sourcing_record import Decider
from app.formats import money, share
from app.i18n import _
from app.jobs import uncollected
from app.operations.sourcing import applied
from app.operations.sourcing_ground import load_ground
from app.operations.sourcing_run import SourcingRun
from app.ports import Progress, Stop, never, unheard
from app.workspace import Workspace


@uncollected()
def source_together(
    workspace: Workspace,
    *,
    at: datetime | None = None,
    orders: Collection[str] | None = None,
    seconds: float | None = None,
    seed: int = 0,
    apply: bool = False,
    stop: Stop = never,
    progress: Progress = unheard,
) -> SourcingRun:
    """A decision for every open order not wholly allocated, all weighed at once; see `source`.

    Stop keeps the best found so far; progress tells it, with what it may still be too dear.

    Raises:
        Stopped: a person pressed Stop before the rules alone had decided; nothing was changed.
    """
    from app.planning.sourcing.together import suggest_together  # heavy

    ground = workspace.read(
        load_ground,
        workspace.policy(),
        at or workspace.now(),
        states=OPEN_TO_SOURCING,
        codes=orders,
    )
    whole_s = 0 if seconds is None else round(seconds)
    found = suggest_together(
        ground.orders,
        ground.nodes,
        ground.stock,
        ground.products,
        ground.policy,
        now=ground.now,
        zone=ground.zone,
        node_load=ground.node_load,
        held=ground.held,
        pickup_points=ground.pickup_points,
        refusals=ground.refusals,
        at_once=orders is not None,
        seconds=seconds,
        seed=seed,
        on_proof=lambda proof: progress(
            min(int(proof.seconds), whole_s), whole_s, proof_in_words(proof)
        ),
        stop=stop,
    )
    run = SourcingRun(
        ground.now,
        found.decisions,
        offered=ground.offered,
        proof=found.proof,
        ground=ground.light,
    )
    return applied(workspace, run, ground, Decider.OPTIMUM) if apply else run


def proof_in_words(proof: Proof) -> str:
    """How good an answer is, for people."""
    return _("{cost}, at most {gap} too dear ({saved} less than by rules)").format(
        cost=money(proof.cost_cents),
        gap=share(proof.gap, 2),
        saved=money(proof.rules_cents - proof.cost_cents),
    )
