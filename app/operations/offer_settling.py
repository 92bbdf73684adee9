"""Bring offers to their end: lapse what is past its deadline, then do what follows from it."""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from functools import partial

from sqlalchemy import Connection

from app.domain.acts.offers import Asked, ClaimOffer, LapseOffers, OpenOffer
from app.domain.nodes import NodeKind
from app.domain.offers import Offer, OfferState
from app.errors import Refused
from app.workspace import Workspace
from db.decisions import load_choices_made
from db.nodes import load_nodes
from db.offers import due_offers, load_offers
from db.queries.offers import collect_refused, unanswered


@dataclass(frozen=True, slots=True)
class SettledOffers:
    """The orders whose offers lapsed, were shown to a further wave, or went to the rules."""

    lapsed: tuple[str, ...] = ()
    widened: tuple[str, ...] = ()
    assigned: tuple[str, ...] = ()


def settle_offers(workspace: Workspace) -> SettledOffers:
    """End what is past its deadline by the workspace's clock, and follow up what nobody claimed.

    Safe at any time and as often as one likes: what a kill cut short is done by the next one.
    """
    due = workspace.read(due_offers, workspace.now())
    lapsed: tuple[str, ...] = ()
    if due:
        settled = workspace.submit(LapseOffers(due))
        lapsed = tuple(sorted(settled.changes.ids))
    claim_for_those_who_need_nobody(workspace)
    widened, assigned = _follow_up(workspace, workspace.read(_to_follow))
    return SettledOffers(lapsed, widened, assigned)


def claim_for_those_who_need_nobody(workspace: Workspace) -> None:
    """Let nodes whose kind claims by itself have what they were asked for; the first asked wins."""
    kinds = workspace.policy().offers.claims_itself
    for order, node in workspace.read(_need_nobody, kinds):
        _done(partial(workspace.submit, ClaimOffer(order, node)))


def _follow_up(workspace: Workspace, ended: list[Offer]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """A further wave where there is somebody to ask, else the rules; as the policy says."""
    if not ended:
        return (), ()
    from app.planning.offers.following import Step, next_step  # heavy

    widened, assigned = [], []
    rules = workspace.policy().offers
    for offer in ended:
        step = next_step(offer, rules).step
        if step is Step.WIDEN and _done(partial(_ask_further, workspace, offer)):
            widened.append(offer.order)
        elif step is not Step.QUEUE and rules.fallback and _assigned(workspace, offer):
            assigned.append(offer.order)
    return tuple(widened), tuple(assigned)


def _ask_further(workspace: Workspace, offer: Offer) -> None:
    """Show the order to the next wave.

    Raises:
        OfferRefused: nobody is left to ask.
    """
    from app.operations.offer_advice import advice  # heavy

    found = advice(workspace, offer.order, wave=offer.wave + 1)
    asked = tuple(Asked(one.node, one.expires) for one in found.asked)
    minutes = found.answer_s // 60
    workspace.submit(OpenOffer(offer.order, asked, (), minutes, wave=offer.wave + 1))


def _assigned(workspace: Workspace, offer: Offer) -> bool:
    from app.operations.sourcing import source  # heavy

    run = source(workspace, orders=(offer.order,), apply=True)
    return any(made.shipments for made in run.standing)


def _done(deed: Callable[[], object]) -> bool:
    """Do what follows; where it is refused the order waits in its queue, as before."""
    try:
        deed()
    except Refused:
        return False
    return True


def _to_follow(connection: Connection) -> list[Offer]:
    """Ended offers that nothing followed: no new offer, and no decision since.

    An order to collect that was refused waits for its client, whatever the policy says.
    """
    ended = [offer for offer in unanswered(connection) if offer.fallback]
    if not ended:
        return []
    left_alone = {one.order.code for one in collect_refused(connection)}
    decided = load_choices_made(connection, {offer.order for offer in ended})
    since = {order: made.decided_at for order, made in decided.items()}
    return [
        offer
        for offer in ended
        if offer.order not in left_alone
        and (offer.order not in since or since[offer.order] < offer.last_at)
    ]


def _need_nobody(connection: Connection, kinds: Collection[NodeKind]) -> list[tuple[str, str]]:
    """For each open offer the nodes asked that claim by themselves."""
    standing = load_offers(connection, states=(OfferState.OPEN,))
    if not standing:
        return []
    able = {node.code for node in load_nodes(connection) if node.kind in kinds}
    return [(one.order, each.node) for one in standing for each in one.awaited if each.node in able]
