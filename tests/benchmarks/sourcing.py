"""How near to the least cost sourcing comes: `python -m tests.benchmarks.sourcing INSTANCE.json`.

All orders at once, in `--seconds` from reading the file on, with the bound that proves how near;
beside it what greedy rules make of the same instance (`--no-rules` leaves them out). `--json`
prints the answer as a document. `--make ORDERS NODES SKUS SEED` writes an instance instead, to
INSTANCE.json or to standard output. Every answer is judged here by the instance's own costs, apart
from the code that found it.
"""

import argparse
import json
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from math import asin, cos, radians, sin, sqrt
from pathlib import Path
from random import Random
from time import perf_counter, process_time
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
from app.planning.sourcing.optimum import Best, solve
from tests.benchmarks.sourcing_problem import GRAINS, assignments_of, problem_of

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
        [order_of(order) for order in instance["orders"]],
        [node_of(node) for node in instance["nodes"]],
        [
            StockCell(node, sku, pieces)
            for node, held in instance["stock"].items()
            for sku, pieces in held.items()
        ],
        {},
        policy_of(instance),
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


@dataclass(frozen=True, slots=True)
class Outcome:
    """One method's answer to an instance, and what it took."""

    assignments: list[Assignment]
    cost_cents: float
    seconds: float
    cpu_s: float
    bound_cents: float | None = None
    curve: tuple[Best, ...] = ()

    @property
    def gap(self) -> float | None:
        if self.bound_cents is None:
            return None
        return (self.cost_cents - self.bound_cents) / self.cost_cents if self.cost_cents else 0.0


def optimal(instance: Instance, seconds: float | None, seed: int = 0) -> Outcome:
    """All orders at once, the making of the problem included in the time."""
    start, cpu = perf_counter(), process_time()
    problem = problem_of(instance)
    made = perf_counter() - start
    left = None if seconds is None else max(0.0, seconds - made)
    answer = solve(problem, left, seed=seed)
    assignments = assignments_of(instance, answer.shipments)
    took, busy = perf_counter() - start, process_time() - cpu
    cost = cost_cents(instance, assignments)
    curve = tuple(replace(best, seconds=round(best.seconds + made, 3)) for best in answer.curve)
    bound = min(answer.bound / GRAINS, cost)
    return Outcome(assignments, cost, took, busy, bound, curve)


def ruled(instance: Instance, seconds: float | None) -> Outcome | None:
    """What greedy rules make of the instance; None when the time was up before."""
    start, cpu = perf_counter(), process_time()
    try:
        assignments = by_rules(instance, seconds)
    except Stopped:
        return None
    took, busy = perf_counter() - start, process_time() - cpu
    return Outcome(assignments, cost_cents(instance, assignments), took, busy)


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
    best = optimal(instance, options.seconds, options.seed)
    rules = ruled(instance, options.rules_seconds) if options.rules else None
    answer = _document(best, rules)
    print(json.dumps(answer) if options.json else _in_words(instance, best, rules))  # noqa: T201
    return 0


def _options(arguments: list[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("instance", type=Path, nargs="?")
    names = ("ORDERS", "NODES", "SKUS", "SEED")
    parser.add_argument("--make", type=int, nargs=4, metavar=names)
    parser.add_argument("--seconds", type=float, help="time for all orders at once")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--rules-seconds", type=float, help="give greedy rules up after so long")
    parser.add_argument("--no-rules", dest="rules", action="store_false", help="leave them out")
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args(arguments)
    if not options.make and not options.instance:
        parser.error("an instance is needed, or --make")
    return options


def _document(best: Outcome, rules: Outcome | None) -> dict[str, Any]:
    """The answer; its bound is rounded down, so that it stays one."""
    return {
        "assignments": best.assignments,
        "cost_cents": round(best.cost_cents),
        "bound_cents": int(best.bound_cents or 0),
        "gap": best.gap,
        "seconds": round(best.seconds, 3),
        "cpu_seconds": round(best.cpu_s, 3),
        "curve": [
            [one.seconds, round(one.cost / GRAINS), one.bound // GRAINS] for one in best.curve
        ],
        "rules": None
        if rules is None
        else {
            "cost_cents": round(rules.cost_cents),
            "seconds": round(rules.seconds, 3),
            "cpu_seconds": round(rules.cpu_s, 3),
        },
    }


def _in_words(instance: Instance, best: Outcome, rules: Outcome | None) -> str:
    said = [f"{len(instance['orders'])} orders, {len(instance['nodes'])} nodes"]
    for one in best.curve:
        cost, bound = one.cost / GRAINS / 100, one.bound / GRAINS / 100
        said.append(f"{one.seconds:9.2f} s {cost:14.2f}, at least {bound:14.2f}: {one.gap:.3%}")
    for name, outcome in (("all at once", best), ("by rules", rules)):
        if outcome is not None:
            said.append(_line(instance, name, outcome))
    return "\n".join(said)


def _line(instance: Instance, name: str, outcome: Outcome) -> str:
    sent = sum(len(one["shipments"]) for one in outcome.assignments)
    asked = sum(line["quantity"] for order in instance["orders"] for line in order["lines"])
    served = sum(
        line["quantity"]
        for one in outcome.assignments
        for shipment in one["shipments"]
        for line in shipment["lines"]
    )
    gap = "" if outcome.gap is None else f", proven within {outcome.gap:.3%}"
    return (
        f"{name}: {outcome.cost_cents / 100:.2f}{gap} in {outcome.seconds:.2f} s "
        f"({outcome.cpu_s:.2f} s of processor), {sent} shipments, {served} of {asked} pieces served"
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


def policy_of(instance: Instance) -> Policy:
    """The cheapest node that has it, at the instance's costs."""
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


def order_of(order: dict[str, Any]) -> Order:
    """An order of an instance, at its place."""
    place = Located(GeoPoint(order["latitude"], order["longitude"]), 1.0, Precision.GIVEN)
    lines = tuple(OrderLine(line["sku"], line["quantity"]) for line in order["lines"])
    return Order(order["order"], NOW, Mode.HOME_DELIVERY, lines, place=place)


def node_of(node: dict[str, Any]) -> StockNode:
    """A node of an instance, with its limit."""
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
