"""What follows an offer that nobody claimed: a wider wave, the rules, or the queue."""

from dataclasses import dataclass
from enum import StrEnum

from app.domain.offers import Offer, OfferState
from app.domain.policy import OfferPolicy


class Step(StrEnum):
    """What is done with the order."""

    WIDEN = "widen"
    ASSIGN = "assign"
    QUEUE = "queue"


@dataclass(frozen=True, slots=True)
class NextStep:
    """The step after an offer, and how far a wider wave would reach."""

    step: Step
    reach_m: int = 0


#: Ends that call for a next step; what a person took back is for that person to decide.
UNCLAIMED = frozenset({OfferState.EXPIRED, OfferState.EXHAUSTED})


def next_step(offer: Offer, rules: OfferPolicy) -> NextStep:
    """What follows when nobody claims this offer."""
    if offer.fallback and offer.wave < rules.waves:
        return NextStep(Step.WIDEN, rules.range_m + rules.widen_m * offer.wave)
    if offer.fallback and rules.fallback:
        return NextStep(Step.ASSIGN)
    return NextStep(Step.QUEUE)
