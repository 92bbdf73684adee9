"""Offer orders to several nodes: ask, widen, take back; claim, refuse and give back for a node."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from app.domain.acts.offers import (
    AdvanceWork,
    ClaimOffer,
    DeclineOffer,
    GiveBack,
    OpenOffer,
    SeeOffer,
    WidenOffer,
    WithdrawOffer,
)
from app.domain.journal import Settled
from app.domain.offers import DeclineReason, Offer, Shortfall, WorkState
from app.domain.orders import Order, OrderLine
from app.domain.reasons import because
from app.errors import OfferRefused, UnknownSubject
from app.operations.offer_advice import advice as advice
from app.operations.offer_advice import ground_of, whom
from app.operations.offer_settling import claim_for_those_who_need_nobody, settle_offers
from app.operations.sourcing import source
from app.operations.sourcing_run import SourcingRun
from app.workspace import Workspace
from db.offers import latest_offer
from db.orders import load_orders, load_shipments


@dataclass(frozen=True, slots=True)
class OfferStanding:
    """What became of an order's offer; None when what was given back came from no offer."""

    order: Order
    offer: Offer | None
    at: datetime


def offer(
    workspace: Workspace,
    order: str,
    to: Sequence[str] = (),
    *,
    minutes: int | None = None,
    lines: Sequence[OrderLine] = (),
    fallback: bool = True,
) -> OfferStanding:
    """Show an order to nodes: those named, else those that the policy would ask.

    With `fallback` the policy's next waves, and then its rules, follow when nobody claims.

    Raises:
        UnknownSubject: there is no such order or node.
        OfferRefused: it is offered already, nobody is left to ask, a node refused it before.
        NothingToSend: it needs nothing more, or is closed.
    """
    settle_offers(workspace)
    ground = ground_of(workspace, order)
    seconds, asked = whom(ground, to, answer_s=_seconds(minutes))
    wanted = OpenOffer(order, asked, tuple(lines), seconds // 60, fallback=fallback)
    workspace.submit(wanted)
    claim_for_those_who_need_nobody(workspace)
    return standing(workspace, order)


def widen(
    workspace: Workspace, order: str, to: Sequence[str] = (), *, minutes: int | None = None
) -> OfferStanding:
    """Show an open offer to further nodes: those named, else those of the policy's next wave.

    Raises:
        OfferRefused: it is not open any more, or nobody is left to ask.
    """
    settle_offers(workspace)
    ground = ground_of(workspace, order)
    wave = 1 if ground.offer is None else ground.offer.wave + 1
    _s, asked = whom(ground, to, wave=wave, answer_s=_seconds(minutes))
    workspace.submit(WidenOffer(order, asked))
    claim_for_those_who_need_nobody(workspace)
    return standing(workspace, order)


def withdraw(workspace: Workspace, order: str, reason: str = "") -> Settled:
    """Take an open offer back; its order is to be sourced anew."""
    return workspace.submit(WithdrawOffer(order, reason.strip()))


def assign_at_once(workspace: Workspace, order: str) -> SourcingRun:
    """Take an open offer back and let the rules decide: two entries of the journal.

    Raises:
        OfferRefused: it is not open any more.
    """
    withdraw(workspace, order)
    return source(workspace, orders=(order,), apply=True)


def claim(
    workspace: Workspace, order: str, node: str, lines: Sequence[OrderLine] = ()
) -> OfferStanding:
    """Take an offered order, or some of its lines, for a node; the first to claim wins.

    Raises:
        OfferRefused: somebody else was first (with name and instant), it lapsed, was taken back,
            was not offered to the node, or the node refused it.
        NoStock: the node has fewer pieces.
    """
    workspace.submit(ClaimOffer(order, node, tuple(lines)))
    return standing(workspace, order)


def see(workspace: Workspace, order: str, node: str) -> OfferStanding:
    """Note that a node has seen an offer."""
    workspace.submit(SeeOffer(order, node))
    return standing(workspace, order)


def decline(
    workspace: Workspace,
    order: str,
    node: str,
    reason: DeclineReason,
    missing: Sequence[Shortfall] = (),
    note: str = "",
) -> OfferStanding:
    """Refuse an offered order for a node: it is not asked again, its stock hears why.

    Raises:
        OfferRefused: the offer is over, or the node was not asked or has answered.
    """
    workspace.submit(DeclineOffer(order, node, reason, tuple(missing), note.strip()))
    answered = standing(workspace, order)
    settle_offers(workspace)
    return answered


def give_back(
    workspace: Workspace,
    order: str,
    node: str,
    reason: DeclineReason,
    missing: Sequence[Shortfall] = (),
    note: str = "",
) -> OfferStanding:
    """Give back what a node was to send, whole or the products named; the rest is sourced anew.

    Raises:
        UnknownSubject: there is no such order or node.
        OfferRefused: the node holds nothing of it, or has handed it over.
        AlreadyPlanned, AlreadyBooked: a shipment is in a tour or with its carrier.
    """
    held = [s.code for s in workspace.read(load_shipments, (order,)) if s.node == node]
    wanted = GiveBack(order, node, reason, tuple(missing), note.strip(), tuple(held))
    workspace.submit(wanted)
    given_back = standing(workspace, order)
    settle_offers(workspace)
    return given_back


def advance(workspace: Workspace, order: str, node: str, state: WorkState) -> OfferStanding:
    """Note how far a node has come with all that it sends for an order.

    Raises:
        OfferRefused: it sends nothing of it, or is as far as that already.
    """
    held = [s.code for s in workspace.read(load_shipments, (order,)) if s.node == node]
    if not held:
        raise OfferRefused(because("nothing_held", order=order, node=node))
    for shipment in held:
        workspace.submit(AdvanceWork(shipment, state))
    return standing(workspace, order)


def standing(workspace: Workspace, order: str) -> OfferStanding:
    """Where an order and its latest offer stand.

    Raises:
        UnknownSubject: there is no such order.
    """
    found = workspace.read(load_orders, (order,))
    if not found:
        raise UnknownSubject("order", order)
    latest = workspace.read(latest_offer, order)
    current = None if latest is None else latest.at(workspace.now())
    return OfferStanding(found[0], current, workspace.now())


def _seconds(minutes: int | None) -> int | None:
    return None if minutes is None else minutes * 60
