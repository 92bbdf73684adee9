"""Why an order goes as it goes: five links from the order to the time at the door."""

from dataclasses import dataclass
from enum import StrEnum

from app.domain.orders import Order
from app.domain.reasons import Fact, Reason
from app.domain.sourcing import SourcingDecision
from app.planning.tours.relaxing import Remedy


class Link(StrEnum):
    """The links of the chain, in their order."""

    ORDER = "order"
    NODE = "node"
    CARRIER = "carrier"
    TOUR = "tour"
    TIME = "time"


@dataclass(frozen=True, slots=True)
class Weighed:
    """Something that was chosen or left aside, with its figures and what speaks for or against.

    `shipment` says for which of the order's shipments; `also` are further ones that share the
    reason.
    """

    code: str
    name: str = ""
    shipment: str = ""
    figures: tuple[tuple[str, Fact], ...] = ()
    reasons: tuple[Reason, ...] = ()
    also: tuple[str, ...] = ()

    def __getitem__(self, figure: str) -> Fact:
        return dict(self.figures)[figure]


def figures(**known: Fact | None) -> tuple[tuple[str, Fact], ...]:
    """Named figures, those that are not known left out."""
    return tuple((name, value) for name, value in known.items() if value is not None)


@dataclass(frozen=True, slots=True)
class WhyLink:
    """One link: what was chosen (nothing yet, or something for each shipment), what was not.

    `margin` is the lead over the next choice, with its unit; `reasons` speak of the link as a
    whole. `flip` is the smallest change that would make it another; of a shipment in no tour
    `remedies` are all of them, as are `flips` of a node.
    """

    link: Link
    chosen: tuple[Weighed, ...] = ()
    rejected: tuple[Weighed, ...] = ()
    margin: Reason | None = None
    reasons: tuple[Reason, ...] = ()
    flip: Reason | None = None
    remedies: tuple[Remedy, ...] = ()
    flips: tuple[Reason, ...] = ()


@dataclass(frozen=True, slots=True)
class WhyChain:
    """An order's chain; `decision` is the sourcing decision that still stands, if there is one."""

    order: Order
    decision: SourcingDecision | None
    links: tuple[WhyLink, ...]

    def link(self, which: Link) -> WhyLink:
        return next(link for link in self.links if link.link is which)
