"""How dear sourcing by rules is: `python -m tests.benchmarks.sourcing INSTANCE.json [--json]`.

`--make ORDERS NODES SKUS SEED` writes an instance instead, to INSTANCE.json or to standard output.
The answer is judged here by the instance's own costs, apart from the code that found it.
"""

import argparse
import json
import sys
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime
from math import asin, cos, radians, sin, sqrt
from pathlib import Path
from random import Random
from time import perf_counter
from typing import Any
from zoneinfo import ZoneInfo

from app.domain.nodes import NodeKind, StockNode
from app.domain.orders import Mode, Order, OrderLine
from app.domain.places import Located, Precision
from app.domain.policy import Fence, Policy, Rating, RuleSet, SourcingPolicy
from app.domain.sourcing import SourcingDecision
from app.domain.stock import StockCell
from app.domain.values import GeoPoint
from app.errors import Stopped
from app.planning.sourcing import suggest

Instance = dict[str, Any]
Assignment = dict[str, Any]

NOW = datetime(2026, 11, 24, 8, 42, tzinfo=UTC)
EARTH_KM = 6_371
#: Towns that orders and nodes of a made instance lie round: latitude, longitude, share of people.
TOWNS = (
    (48.86, 2.35, 30),
    (50.63, 3.06, 10),
    (45.76, 4.84, 12),
    (43.30, 5.37, 11),
    (43.60, 1.44, 9),
    (44.84, -0.58, 8),
    (47.22, -1.55, 7),
    (48.58, 7.75, 6),
    (48.11, -1.68, 4),
    (49.44, 1.10, 3),
)
COSTS = {
    "per_shipment_cents": 450,
    "per_km_cents": 35,
    "circuity": 1.3,
    "unserved_unit_cents": 20_000,
}


def make(orders: int, nodes: int, skus: int, seed: int) -> Instance:
    """A retailer of French towns; a quarter of the SKUs are scarcer than the orders would like."""
    dice = Random(seed)
    wanted = list(_wanted_orders(orders, skus, dice))
    asked = Counter(line["sku"] for order in wanted for line in order["lines"])
    places = [
        {"code": f"N{i:04}", **_place(dice), "orders_per_day": max(3, 3 * orders // nodes)}
        for i in range(nodes)
    ]
    stock: dict[str, dict[str, int]] = {node["code"]: {} for node in places}
    for number in range(skus):
        sku = f"S{number:05}"
        scarce = dice.random() < 0.25
        pieces = max(1, asked[sku] * 7 // 10) if scarce else 3 * asked[sku] + 3
        for _piece in range(pieces):
            held = stock[dice.choice(places)["code"]]
            held[sku] = held.get(sku, 0) + 1
    return {
        "nodes": places,
        "stock": stock,
        "orders": wanted,
        "max_shipments": 3,
        "costs": COSTS,
    }


def by_rules(instance: Instance, seconds: float | None = None) -> list[Assignment]:
    """Every order by the cheapest rule, one after the other, as the window would.

    Raises:
        Stopped: the time was up before the last order.
    """
    start = perf_counter()
    decisions = suggest(
        [_order(order) for order in instance["orders"]],
        [_node(node) for node in instance["nodes"]],
        [
            StockCell(node, sku, pieces)
            for node, held in instance["stock"].items()
            for sku, pieces in held.items()
        ],
        {},
        _policy(instance),
        now=NOW,
        zone=ZoneInfo("Europe/Paris"),
        stop=lambda: seconds is not None and perf_counter() - start > seconds,
    )
    return [_assignment(decision) for decision in sorted(decisions, key=lambda one: one.order)]


def cost_cents(instance: Instance, assignments: list[Assignment]) -> float:
    """What assignments cost by the instance's own account.

    Raises:
        ValueError: they break a limit of the instance.
    """
    costs, nodes = instance["costs"], {node["code"]: node for node in instance["nodes"]}
    orders = {order["order"]: order for order in instance["orders"]}
    given: Counter[tuple[str, str]] = Counter()
    shipments: Counter[str] = Counter()
    total = 0.0
    for assignment in assignments:
        order = orders.pop(assignment["order"])
        missing = Counter({line["sku"]: line["quantity"] for line in order["lines"]})
        if len(assignment["shipments"]) > instance["max_shipments"]:
            raise ValueError(f"{assignment['order']}: too many shipments")
        for shipment in assignment["shipments"]:
            shipments[shipment["node"]] += 1
            km = costs["circuity"] * _km(order, nodes[shipment["node"]])
            total += costs["per_shipment_cents"] + costs["per_km_cents"] * km
            for line in shipment["lines"]:
                given[shipment["node"], line["sku"]] += line["quantity"]
                missing[line["sku"]] -= line["quantity"]
        if min(missing.values(), default=0) < 0:
            raise ValueError(f"{assignment['order']}: more than was asked for")
        total += costs["unserved_unit_cents"] * missing.total()
    _judge(instance, given, shipments, orders)
    return total


def main(arguments: list[str] | None = None) -> int:
    """Make an instance, or solve one and print what it costs."""
    options = _options(arguments)
    if options.make:
        text = json.dumps(make(*options.make))
        if options.instance:
            options.instance.write_text(text, encoding="utf-8")
        else:
            print(text)  # noqa: T201 - a command's answer
        return 0
    instance = json.loads(options.instance.read_text(encoding="utf-8"))
    start = perf_counter()
    try:
        assignments = by_rules(instance, options.seconds)
    except Stopped:
        print(f"not finished after {options.seconds} s", file=sys.stderr)  # noqa: T201
        return 1
    seconds = perf_counter() - start
    answer = {
        "assignments": assignments,
        "cost_cents": round(cost_cents(instance, assignments)),
        "bound_cents": None,
        "seconds": round(seconds, 3),
    }
    print(json.dumps(answer) if options.json else _in_words(instance, answer))  # noqa: T201
    return 0


def _options(arguments: list[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("instance", type=Path, nargs="?")
    names = ("ORDERS", "NODES", "SKUS", "SEED")
    parser.add_argument("--make", type=int, nargs=4, metavar=names)
    parser.add_argument("--seconds", type=float, help="give up after so long")
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args(arguments)
    if not options.make and not options.instance:
        parser.error("an instance is needed, or --make")
    return options


def _in_words(instance: Instance, answer: dict[str, Any]) -> str:
    sent = sum(len(one["shipments"]) for one in answer["assignments"])
    asked = sum(line["quantity"] for order in instance["orders"] for line in order["lines"])
    served = sum(
        line["quantity"]
        for one in answer["assignments"]
        for shipment in one["shipments"]
        for line in shipment["lines"]
    )
    return (
        f"{len(instance['orders'])} orders, {len(instance['nodes'])} nodes: "
        f"{answer['cost_cents'] / 100:.2f} in {answer['seconds']} s, "
        f"{sent} shipments, {served} of {asked} pieces served"
    )


def _judge(
    instance: Instance,
    given: Counter[tuple[str, str]],
    shipments: Counter[str],
    orders_left: dict[str, Any],
) -> None:
    if orders_left:
        raise ValueError(f"no answer for {min(orders_left)}")
    for (node, sku), pieces in given.items():
        if pieces > instance["stock"].get(node, {}).get(sku, 0):
            raise ValueError(f"{node} does not have {pieces} of {sku}")
    for node in instance["nodes"]:
        if shipments[node["code"]] > node["orders_per_day"]:
            raise ValueError(f"{node['code']} sends too many shipments")


def _policy(instance: Instance) -> Policy:
    costs = instance["costs"]
    cheapest = RuleSet(
        "cheapest",
        fences=(Fence.HAS_STOCK, Fence.BELOW_CAPACITY),
        ratings=((Rating.COST, 1.0),),
        max_late_days=None,
    )
    return Policy(
        sourcing=SourcingPolicy(
            chain=(cheapest,),
            max_shipments=instance["max_shipments"],
            shipment_cents=costs["per_shipment_cents"],
            km_cents=costs["per_km_cents"],
            circuity=costs["circuity"],
        )
    )


def _order(order: dict[str, Any]) -> Order:
    place = Located(GeoPoint(order["latitude"], order["longitude"]), 1.0, Precision.GIVEN)
    lines = tuple(OrderLine(line["sku"], line["quantity"]) for line in order["lines"])
    return Order(order["order"], NOW, Mode.HOME_DELIVERY, lines, place=place)


def _node(node: dict[str, Any]) -> StockNode:
    point = GeoPoint(node["latitude"], node["longitude"])
    limit = node["orders_per_day"]
    return StockNode(node["code"], node["code"], NodeKind.STORE, point, orders_per_day=limit)


def _assignment(decision: SourcingDecision) -> Assignment:
    return {
        "order": decision.order,
        "shipments": [
            {
                "node": shipment.node,
                "lines": [{"sku": line.sku, "quantity": line.quantity} for line in shipment.lines],
            }
            for shipment in decision.shipments
        ],
    }


def _wanted_orders(orders: int, skus: int, dice: Random) -> Iterator[dict[str, Any]]:
    """Orders of one to four lines; some SKUs are asked for more often than others."""
    weights = [1 / (1 + rank) ** 0.6 for rank in range(skus)]
    names = [f"S{number:05}" for number in range(skus)]
    dice.shuffle(names)
    for number in range(orders):
        count = dice.choices((1, 2, 3, 4), (50, 28, 14, 8))[0]
        lines = sorted(set(dice.choices(names, weights, k=count)))
        yield {
            "order": f"{number:06}",
            **_place(dice),
            "lines": [
                {"sku": sku, "quantity": dice.choices((1, 2, 3), (85, 12, 3))[0]} for sku in lines
            ],
        }


def _place(dice: Random) -> dict[str, float]:
    latitude, longitude, _people = dice.choices(TOWNS, [town[2] for town in TOWNS])[0]
    return {
        "latitude": round(latitude + dice.gauss(0, 0.15), 5),
        "longitude": round(longitude + dice.gauss(0, 0.2), 5),
    }


def _km(one: dict[str, Any], other: dict[str, Any]) -> float:
    lat_a, lat_b = radians(one["latitude"]), radians(other["latitude"])
    half = sin((lat_b - lat_a) / 2) ** 2 + cos(lat_a) * cos(lat_b) * (
        sin(radians(other["longitude"] - one["longitude"]) / 2) ** 2
    )
    return 2 * EARTH_KM * asin(sqrt(min(1.0, half)))


if __name__ == "__main__":
    raise SystemExit(main())
