"""Whom to ask for an order, and until when: those a person names, else those the policy would."""

from collections.abc import Sequence

from app.domain.acts.offers import Asked
from app.domain.orders import is_placed
from app.domain.reasons import because
from app.errors import OfferRefused, UnknownSubject
from app.operations.offer_ground import OfferGround, load_offer_ground
from app.planning.offers.deadlines import deadline
from app.planning.offers.whom import OfferAdvice, advise
from app.workspace import Workspace


def advice(
    workspace: Workspace, order: str, *, wave: int = 1, answer_s: int | None = None
) -> OfferAdvice:
    """Whom to ask for an order, and why not the others.

    Raises:
        UnknownSubject: there is no such order.
    """
    return advised(ground_of(workspace, order), wave=wave, answer_s=answer_s)


def ground_of(workspace: Workspace, order: str) -> OfferGround:
    """All that offering an order looks at, as it is now."""
    return workspace.read(load_offer_ground, workspace.policy(), workspace.now(), order)


def advised(ground: OfferGround, *, wave: int = 1, answer_s: int | None = None) -> OfferAdvice:
    """The policy's choice; a further wave asks nobody a second time."""
    return advise(
        ground.decision(),
        ground.town(),
        ground.policy,
        now=ground.now,
        wave=wave,
        answer_s=answer_s,
        asked_before=ground.asked_before if wave > 1 else (),
    )


def whom(
    ground: OfferGround, to: Sequence[str], *, answer_s: int | None, wave: int = 1
) -> tuple[int, tuple[Asked, ...]]:
    """How many seconds there are to answer, and who is asked until when.

    Raises:
        UnknownSubject: a node named is not known.
        OfferRefused: the order's address is not known well enough, or nobody is left to ask.
    """
    order, policy = ground.order, ground.policy
    if not is_placed(order, policy.sourcing.min_place_score):
        raise OfferRefused(because("address_to_check", address=order.address.one_line))
    if to:
        seconds = answer_s or policy.offers.answer_s
        return seconds, tuple(_until(ground, node, seconds) for node in dict.fromkeys(to))
    found = advised(ground, wave=wave, answer_s=answer_s)
    if not found.asked:
        raise OfferRefused(because("nobody_to_ask", order=order.code))
    return found.answer_s, tuple(Asked(one.node, one.expires) for one in found.asked)


def _until(ground: OfferGround, code: str, seconds: int) -> Asked:
    node = ground.nodes.get(code)
    if node is None:
        raise UnknownSubject("node", code)
    by_hours = ground.policy.offers.by_opening_hours
    until = deadline(node, ground.now, seconds, by_opening_hours=by_hours)
    if until is None:
        raise OfferRefused(because("deadline_past", order=ground.order.code, node=code))
    return Asked(code, until)
