"""What may be promised to a client before there is an order, and the chain behind each date."""

from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

from app.domain.orders import OrderLine
from app.domain.reasons import Reason
from app.domain.values import Address, GeoPoint, Window


class PromiseKind(StrEnum):
    """How the client would have the goods."""

    HOME = "home"
    EXPRESS = "express"
    PICKUP_POINT = "pickup_point"
    COLLECT = "collect"


class StepKind(StrEnum):
    """One link of the chain from the shelf to the client; `passed` is a day that was left out."""

    SPLIT = "split"
    STOCK = "stock"
    DELAY = "delay"
    PREPARATION = "preparation"
    CUT_OFF = "cut_off"
    PASSED = "passed"
    TOUR = "tour"
    PICK_UP = "pick_up"
    TRANSIT = "transit"
    TRANSFER = "transfer"
    OPENING = "opening"


@dataclass(frozen=True, slots=True)
class PromiseAsked:
    """A basket, and where it is wanted.

    `point` is None while the place is not known; `insee` names its commune for carriers whose zones
    ask. `wanted_on` is the first day on which the client can have it, None = as soon as can be.
    """

    lines: tuple[OrderLine, ...]
    address: Address
    point: GeoPoint | None = None
    insee: str = ""
    kinds: frozenset[PromiseKind] = frozenset(PromiseKind)
    wanted_on: date | None = None


@dataclass(frozen=True, slots=True)
class PromiseStep:
    """A link of the chain: when it is done, and what is to be said of it."""

    kind: StepKind
    at: datetime | None
    reason: Reason


@dataclass(frozen=True, slots=True)
class PromiseOption:
    """One date that can be kept; no carrier = one of our tours, or the store itself.

    `place` is the store or pickup point where the client goes. `order_by` is the last moment to
    order for that date. `chance` is that the pieces are really there. `added_days` were added
    because the stock figure is old; `late_days` counts the days after the wanted one. With `parts`
    several nodes share the basket, each part going its own way: this is when the last is there.
    """

    kind: PromiseKind
    node: str
    on: date
    window: Window
    cost_cents: int
    co2e_g: int
    steps: tuple[PromiseStep, ...]
    carrier: str = ""
    service: str = ""
    place: str = ""
    order_by: datetime | None = None
    chance: float = 1.0
    added_days: int = 0
    late_days: int = 0
    parts: tuple["PromiseOption", ...] = ()


@dataclass(frozen=True, slots=True)
class NoPromise:
    """A way that cannot be promised, and why; empty fields say that it is about all of them."""

    reason: Reason
    kind: PromiseKind | None = None
    node: str = ""
    carrier: str = ""
    service: str = ""
    place: str = ""


@dataclass(frozen=True, slots=True)
class Promise:
    """Everything that may be promised, the soonest first, and what may not."""

    at: datetime
    options: tuple[PromiseOption, ...] = ()
    refused: tuple[NoPromise, ...] = field(default=())

    def best(self, kind: PromiseKind) -> PromiseOption | None:
        """The soonest of a kind, the cheapest of those."""
        return next((option for option in self.options if option.kind is kind), None)
