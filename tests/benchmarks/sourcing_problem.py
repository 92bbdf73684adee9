"""An instance of the sourcing benchmark as a problem of sourcing all orders at once."""

from collections import Counter, defaultdict
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from app.planning.sourcing.optimum import Problem, Sent

Instance = dict[str, Any]
Ints = npt.NDArray[np.int64]

#: Costs are whole thousandths of a cent, rounded down: the bound stays true for the real costs.
GRAINS = 1_000
EARTH_KM = 6_371


@dataclass(frozen=True, slots=True)
class _Lines:
    order: Ints
    asked: Ints
    skus: list[str]


def problem_of(instance: Instance) -> Problem:
    """The problem; its orders, nodes and lines are in the order of the instance."""
    lines, places = _lines(instance), _held(instance)
    holders = [places.get(sku, ()) for sku in lines.skus]
    counts = np.array([len(some) for some in holders], dtype=np.int64)
    flat = np.array([one for some in holders for one in some], dtype=np.int64).reshape(-1, 3)
    line = np.repeat(np.arange(len(lines.skus)), counts)
    nodes = len(instance["nodes"])
    pairs, option_pair = np.unique(lines.order[line] * nodes + flat[:, 0], return_inverse=True)
    order, node = np.divmod(pairs, max(nodes, 1))
    turns = np.argsort(option_pair, kind="stable")
    orders = len(instance["orders"])
    penalty = round(instance["costs"]["unserved_unit_cents"] * GRAINS)
    return Problem(
        orders=orders,
        line_order=lines.order,
        line_asked=lines.asked,
        line_unserved=np.full(len(lines.skus), penalty),
        line_value=np.zeros(len(lines.skus), dtype=np.int64),
        case_order=np.arange(orders),
        case_most=np.full(orders, instance["max_shipments"]),
        case_partly=np.full(orders, instance["max_shipments"]),
        case_cost=np.zeros(orders, dtype=np.int64),
        pair_case=order,
        pair_node=node,
        pair_cost=_costs(instance, order, node),
        option_pair=option_pair[turns],
        option_line=line[turns],
        option_cell=flat[turns, 1],
        cell_pieces=_pieces(places),
        node_room=np.array([one["orders_per_day"] for one in instance["nodes"]], dtype=np.int64),
    )


def assignments_of(instance: Instance, shipments: tuple[Sent, ...]) -> list[dict[str, Any]]:
    """Shipments in the words of the benchmark, an entry for each order."""
    lines = _lines(instance)
    by_order: defaultdict[int, list[dict[str, Any]]] = defaultdict(list)
    for sent in shipments:
        by_order[sent.case].append(
            {
                "node": instance["nodes"][sent.node]["code"],
                "lines": [{"sku": lines.skus[at], "quantity": many} for at, many in sent.lines],
            }
        )
    return [
        {"order": order["order"], "shipments": by_order.get(at, [])}
        for at, order in enumerate(instance["orders"])
    ]


def sent_of(instance: Instance, assignments: list[dict[str, Any]]) -> list[Sent]:
    """The benchmark's words as shipments."""
    lines = _lines(instance)
    keys = zip(lines.order.tolist(), lines.skus, strict=True)
    line_at = {key: at for at, key in enumerate(keys)}
    order_at = {order["order"]: at for at, order in enumerate(instance["orders"])}
    node_at = {node["code"]: at for at, node in enumerate(instance["nodes"])}
    return [
        Sent(
            order,
            node_at[shipment["node"]],
            tuple((line_at[order, line["sku"]], line["quantity"]) for line in shipment["lines"]),
        )
        for assignment in assignments
        for order in [order_at[assignment["order"]]]
        for shipment in assignment["shipments"]
    ]


def _lines(instance: Instance) -> _Lines:
    """The lines of all orders, those for fewer pieces first: many orders are then of one shape."""
    order, asked, skus = [], [], []
    for at, one in enumerate(instance["orders"]):
        wanted = Counter[str]()
        for line in one["lines"]:
            wanted[line["sku"]] += line["quantity"]
        for sku, many in sorted(wanted.items(), key=lambda item: (item[1], item[0])):
            order.append(at)
            asked.append(many)
            skus.append(sku)
    return _Lines(np.array(order, dtype=np.int64), np.array(asked, dtype=np.int64), skus)


def _held(instance: Instance) -> dict[str, list[tuple[int, int, int]]]:
    """By SKU that is asked for: (node, cell, pieces) of those who have some."""
    asked = {line["sku"] for order in instance["orders"] for line in order["lines"]}
    places: defaultdict[str, list[tuple[int, int, int]]] = defaultdict(list)
    cell = 0
    for at, node in enumerate(instance["nodes"]):
        for sku, pieces in instance["stock"].get(node["code"], {}).items():
            if pieces > 0 and sku in asked:
                places[sku].append((at, cell, pieces))
                cell += 1
    return dict(places)


def _pieces(places: dict[str, list[tuple[int, int, int]]]) -> Ints:
    pieces = np.zeros(sum(map(len, places.values())), dtype=np.int64)
    for some in places.values():
        for _node, cell, many in some:
            pieces[cell] = many
    return pieces


def _costs(instance: Instance, order: Ints, node: Ints) -> Ints:
    costs = instance["costs"]
    there = [_radians(instance["orders"], axis) for axis in ("latitude", "longitude")]
    here = [_radians(instance["nodes"], axis) for axis in ("latitude", "longitude")]
    half = np.sin((here[0][node] - there[0][order]) / 2) ** 2
    half += (
        np.cos(there[0][order])
        * np.cos(here[0][node])
        * np.sin((here[1][node] - there[1][order]) / 2) ** 2
    )
    km = costs["circuity"] * 2 * EARTH_KM * np.arcsin(np.sqrt(np.minimum(1.0, half)))
    cents = costs["per_shipment_cents"] + costs["per_km_cents"] * km
    return np.floor(cents * GRAINS * (1 - 1e-12)).astype(np.int64)


def _radians(places: list[dict[str, Any]], axis: str) -> npt.NDArray[np.float64]:
    return np.radians(np.array([place[axis] for place in places], dtype=np.float64))
