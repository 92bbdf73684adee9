"""What one line of the worklist shows: plain values, so that thousands compare quickly."""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from app.domain.orders import Mode
from app.domain.reasons import Reason
from app.domain.sourcing import SourcingDecision
from app.ui.orders.deadlines import Deadline
from app.ui.orders.standing import Standing
from db.queries.board import OrderRow


class Way(StrEnum):
    """How an order will probably reach its customer, while nothing is planned yet."""

    COLLECT = "collect"
    TOUR = "tour"
    CARRIER = "carrier"
    UNKNOWN = ""


@dataclass(frozen=True, slots=True)
class Asked:
    """When the customer is to have it; `promised` tells a promise from a wish or the rule."""

    start: datetime | None
    end: datetime | None
    promised: bool


@dataclass(frozen=True, slots=True)
class WorkRow:
    """One order of the day.

    `parcels` and `weight_g` are None while nothing is known of its shipments. `trouble` is why no
    node can be suggested; `margin` the points by which the suggestion leads; `slack_s` and
    `late_s` those of its stop. `way` is a forecast, where neither tour nor carrier is known.
    `source`, `suggestion`, `words` and `views` are not shown: by them one acts, searches, filters.
    """

    code: str
    standing: Standing
    customer: str
    postcode: str
    town: str
    approximate: bool
    mode: Mode
    parcels: int | None
    weight_g: int | None
    asked: Asked
    deadline: Deadline | None
    source: OrderRow = field(compare=False)
    suggestion: SourcingDecision | None = field(default=None, compare=False)
    nodes: tuple[str, ...] = ()
    node_name: str = ""
    served: int = 0
    pieces: int = 0
    trouble: Reason | None = None
    margin: float | None = None
    slack_s: int | None = None
    late_s: int = 0
    tours: tuple[int, ...] = ()
    position: int = 0
    carriers: tuple[str, ...] = ()
    booked: bool = False
    way: Way = Way.UNKNOWN
    words: str = field(default="", compare=False)
    views: frozenset[str] = field(default=frozenset(), compare=False)


@dataclass(frozen=True, slots=True)
class Worklist:
    """A day's rows, how many of them each view holds, and how many addresses are to be checked.

    `changed` are the orders whose lines differ from those of the list made before.
    """

    rows: tuple[WorkRow, ...] = ()
    counts: dict[str, int] = field(default_factory=dict)
    ill_placed: int = 0
    changed: frozenset[str] = frozenset()
