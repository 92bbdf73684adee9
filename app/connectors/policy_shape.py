"""Which values the retailer's policy takes, and what is said of those it does not."""

from collections.abc import Callable, Mapping
from datetime import time
from enum import StrEnum
from typing import Any

from app.domain.nodes import NodeKind
from app.domain.orders import Mode
from app.domain.policy import Fence, Rating, Turn, Weekday
from app.formats import number
from app.i18n import _

#: The word for "no end" where a number would be an end.
ANY = "any"

_CENTS = (0, 10**9)
_SECONDS = (0, 86_400)
_SHARE = (0, 1)
_WEIGHT = (0, 1_000)
_PERCENT = (0, 100)
_MONTH = (1, 12)

#: The least and the most a number may be, by the name of its field.
BOUNDS: dict[str, tuple[float, float]] = {
    "version": (0, 10**9),
    "max_shipments": (1, 20),
    "min_split_value_cents": _CENTS,
    "shipment_cents": _CENTS,
    "km_cents": _CENTS,
    "circuity": (1, 5),
    "co2e_g_per_km": (0, 100_000),
    "min_place_score": _SHARE,
    "promise_days": (0, 365),
    "unserved_piece_cents": _CENTS,
    "late_day_cents": _CENTS,
    "last_piece_cents": _CENTS,
    "busy_node_cents": _CENTS,
    "min_value_cents": _CENTS,
    "max_value_cents": _CENTS,
    "min_weight_g": (0, 10**9),
    "max_weight_g": (0, 10**9),
    "max_range_m": (0, 40_000_000),
    "max_late_days": (0, 365),
    "max_stock_age_h": (1, 87_600),
    "nodes": (1, 50),
    "offer_nodes": (1, 50),
    "hold_orders": (1, 10_000),
    "answer_s": (60, 604_800),
    "offer_answer_s": (60, 604_800),
    "wanted_chance": _SHARE,
    "range_m": (0, 40_000_000),
    "widen_m": (0, 40_000_000),
    "waves": (1, 10),
    "max_open_per_node": (1, 1_000),
    "remind_s": _SECONDS,
    "store_floor": (0, 10_000),
    "other_floor": (0, 10_000),
    "stale_age_h": (1, 87_600),
    "stale_days": (0, 30),
    "service_s": _SECONDS,
    "service_s_per_parcel": _SECONDS,
    "service_s_per_floor": _SECONDS,
    "handover_s": _SECONDS,
    "carrier_prize_cents": _CENTS,
    "carbon_cents_per_kg": _CENTS,
    "tight_slack_s": _SECONDS,
    "late_tolerance_s": _SECONDS,
    "late_cents_per_hour": _CENTS,
    "unknown_area_cents": _CENTS,
    "even_percent": _PERCENT,
    "compact_percent": _PERCENT,
    "battery_margin_percent": _PERCENT,
    "cold_margin_percent": _PERCENT,
    "cold_from_month": _MONTH,
    "cold_to_month": _MONTH,
    "fetch_within_m": (0, 40_000_000),
    "fetch_s": _SECONDS,
    "length_s": (60, 86_400),
    "drive_s": (60, 86_400),
    "work_s": (60, 86_400),
    "weight_cost": _WEIGHT,
    "weight_promise": _WEIGHT,
    "weight_carbon": _WEIGHT,
    **{rating.value: _WEIGHT for rating in Rating},
}


class Wrong(Exception):
    """A value that the policy does not take; the message is for people."""


def converted(kinds: Mapping[str, Any], name: str, value: object) -> Any:
    """The value as its field wants it.

    Raises:
        Wrong: there is no such field, or the value is of another kind or out of bounds.
    """
    if name not in kinds:
        raise Wrong(_("unknown name; known here: %(names)s.") % {"names": _listed(kinds)})
    made = _CONVERTERS[kinds[name]](value)
    if name in BOUNDS and isinstance(made, int | float):
        low, high = BOUNDS[name]
        if not low <= made <= high:
            bounds = {"low": number(low), "high": number(high)}
            raise Wrong(_("must lie between %(low)s and %(high)s.") % bounds)
    return made


def table_of(value: object) -> Mapping[str, Any]:
    """The value, if it is a table.

    Raises:
        Wrong: it is something else.
    """
    if not isinstance(value, dict):
        raise Wrong(_("a table is expected here."))
    return value


def _whole(value: object) -> int:
    if isinstance(value, bool) or not isinstance(value, int):
        raise Wrong(_("a whole number is expected here."))
    return value


def _whole_or_any(value: object) -> int | None:
    return None if value == ANY else _whole(value)


def _number(value: object) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise Wrong(_("a number is expected here."))
    return float(value)


def _truth(value: object) -> bool:
    if not isinstance(value, bool):
        raise Wrong(_("true or false is expected here."))
    return value


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise Wrong(_("a text in quotes is expected here."))
    return value


def _clock(value: object) -> time:
    if not isinstance(value, time):
        raise Wrong(_("a time such as 08:00:00 is expected here."))
    return value


def _texts(value: object) -> tuple[str, ...]:
    if not isinstance(value, list) or not all(isinstance(one, str) for one in value):
        raise Wrong(_("a list of texts is expected here."))
    return tuple(value)


def _one_of(known: type[StrEnum]) -> Callable[[object], tuple[Any, ...]]:
    def members(value: object) -> tuple[Any, ...]:
        names = _texts(value)
        for name in names:
            if name not in list(known):
                raise Wrong(
                    _("“%(name)s” is unknown; known here: %(names)s.")
                    % {"name": name, "names": _listed(known)}
                )
        return tuple(dict.fromkeys(known(name) for name in names))

    return members


def _listed(names: Any) -> str:
    return ", ".join(sorted(str(name) for name in names))


_CONVERTERS: dict[Any, Callable[[object], Any]] = {
    int: _whole,
    int | None: _whole_or_any,
    float: _number,
    bool: _truth,
    str: _text,
    time: _clock,
    time | None: _clock,
    frozenset[str]: lambda value: frozenset(_texts(value)),
    frozenset[Mode]: lambda value: frozenset(_one_of(Mode)(value)),
    frozenset[NodeKind]: lambda value: frozenset(_one_of(NodeKind)(value)),
    frozenset[Weekday]: lambda value: frozenset(_one_of(Weekday)(value)),
    tuple[Fence, ...]: _one_of(Fence),
    tuple[Turn, ...]: _one_of(Turn),
}
