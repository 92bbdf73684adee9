"""What a shipment counts where all orders are weighed together: its way, and all that follows."""

import numpy as np
import numpy.typing as npt

from app.domain.policy import RuleSet
from app.planning.sourcing.nodes import HORIZON, NO_LIMIT
from app.planning.sourcing.survey import Survey

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]

A_DAY_S = 86_400.0


def shipment_cents(seen: Survey, rule: RuleSet) -> Ints:
    """Whole cents for a shipment from each node: way, lateness, CO2e, last pieces, busy nodes."""
    policy = seen.policy
    cents = seen.cost_cents + policy.carbon_cents_per_kg * seen.co2e_g / 1000
    cents = cents + policy.late_day_cents * _days_late(seen, rule)
    cents = cents + policy.last_piece_cents * _last_pieces(seen)
    cents = cents + policy.busy_node_cents * _load_share(seen)
    return np.rint(cents).astype(np.int64)


def _days_late(seen: Survey, rule: RuleSet) -> Floats:
    """Days begun after the promise; goods that never leave are as late as can be foreseen."""
    late_s = seen.arrives_s(rule) - (seen.need.due - seen.nodes.now).total_seconds()
    return np.minimum(np.ceil(np.maximum(late_s, 0.0) / A_DAY_S), HORIZON.days)


def _last_pieces(seen: Survey) -> Ints:
    """Of how many lines a store would have nothing left."""
    emptied = (seen.offered > 0) & (seen.offered == seen.free) & seen.nodes.is_store
    return np.asarray(emptied.sum(axis=0))


def _load_share(seen: Survey) -> Floats:
    nodes = seen.nodes
    limited = (nodes.limits != NO_LIMIT) & (nodes.limits > 0)
    return np.where(limited, nodes.load / np.where(limited, nodes.limits, 1), 0.0)
