"""What sending and touring together saves: `python -m tests.benchmarks.joint CASE`.

CASE is `demo` (the demonstration day, carriers and all), `made` (`--orders` round `--nodes` depots,
each product at three of them, everything by tour) or `olist` (orders of Greater São Paulo from
`--data`; its busiest sellers are the nodes, each product at its own and two more). First in two
steps: sourcing by the rules, then tours for `--plan` and `--joint` seconds together. Then the same
with the last `--joint` seconds given to the joint search instead. One JSON line says both.
"""

import argparse
import csv
import json
import tempfile
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time
from pathlib import Path
from random import Random
from time import perf_counter
from typing import Any
from zoneinfo import ZoneInfo

from app.domain.acts.orders import ImportRows
from app.domain.nodes import NodeKind, Product, Service, StockNode
from app.domain.orders import Mode, Order, OrderLine
from app.domain.places import Located, Precision
from app.domain.stock import StockCell
from app.domain.values import Address, GeoPoint
from app.operations.carriage import allocate
from app.operations.demonstration import DEFAULT_DAY, Size
from app.operations.joint import apply_joint, joint_moves
from app.operations.sourcing import source
from app.operations.touring import check, plan
from app.operations.whole_day import fill_with_demonstration
from app.workspace import Workspace
from db.plans import load_plan
from tests.builders import a_vehicle

PARIS = ZoneInfo("Europe/Paris")
LILLE, SAO_PAULO = GeoPoint(50.63, 3.06), GeoPoint(-23.55, -46.63)
NEAR_DEGREES = 0.35


@dataclass(frozen=True, slots=True)
class Wanted:
    """An order of a made day: where to, what, how heavy, and which nodes hold it."""

    point: GeoPoint
    weight_g: int
    holders: tuple[int, ...]


def main(arguments: list[str] | None = None) -> int:
    """Plan the day both ways, and print what each comes to."""
    options = _options(arguments)
    with tempfile.TemporaryDirectory(prefix="regie-") as folder:
        first = _day(options, Path(folder) / "two")
        alone = _figures(first, options, options.plan + options.joint)
        first.close()
        second = _day(options, Path(folder) / "joint")
        _figures(second, options, options.plan)
        began = perf_counter()
        found = joint_moves(second, DEFAULT_DAY, seconds=options.joint)
        took = perf_counter() - began
        if found.moves:
            apply_joint(second, found, range(len(found.moves)))
        together = _told(second)
        second.close()
    print(json.dumps(_document(options, alone, together, len(found.moves), took)))  # noqa: T201
    return 0


def _options(arguments: list[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("case", choices=("demo", "made", "olist"))
    parser.add_argument("--orders", type=int, default=1_000)
    parser.add_argument("--nodes", type=int, default=6)
    parser.add_argument("--plan", type=float, default=20)
    parser.add_argument("--joint", type=float, default=20)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--data", type=Path, default=Path("../shared/data/orders/olist"))
    return parser.parse_args(arguments)


def _day(options: argparse.Namespace, folder: Path) -> Workspace:
    if options.case == "demo":
        desk = Workspace.open(folder, user="benchmark")
        fill_with_demonstration(desk, DEFAULT_DAY, options.seed, Size())
        return desk
    desk = Workspace.open(folder, user="benchmark", clock=lambda: _at(DEFAULT_DAY, 6))
    if options.case == "made":
        points, wanted = _made(options.orders, options.nodes, options.seed)
    else:
        points, wanted = _olist(options.data, options.orders, options.nodes)
    for kind, rows in _rows(points, wanted).items():
        desk.submit(ImportRows(kind, f"{kind}.csv", tuple(rows)))
    return desk


def _at(on: date, hour: int) -> datetime:
    return datetime.combine(on, time(hour), PARIS)


def _made(orders: int, nodes: int, seed: int) -> tuple[tuple[GeoPoint, ...], list[Wanted]]:
    """Doors round Lille, and depots among them; each product lies at three depots."""
    dice = Random(seed)

    def near() -> GeoPoint:
        return GeoPoint(
            round(LILLE.latitude + dice.gauss(0, 0.12), 5),
            round(LILLE.longitude + dice.gauss(0, 0.18), 5),
        )

    points = tuple(near() for _ in range(nodes))
    many = range(nodes)
    wanted = [
        Wanted(near(), dice.randint(500, 15_000), tuple(dice.sample(many, min(3, nodes))))
        for _ in range(orders)
    ]
    return points, wanted


def _olist(folder: Path, orders: int, nodes: int) -> tuple[tuple[GeoPoint, ...], list[Wanted]]:
    """Real doors and weights of Greater São Paulo; the sellers with most orders are the nodes."""
    places = {
        row["zip_prefix"]: GeoPoint(float(row["lat"]), float(row["lon"]))
        for row in _read(folder / "zip_centroids.csv")
    }
    doors = {
        row["customer_id"]: places.get(row["customer_zip_code_prefix"])
        for row in _read(folder / "customers.csv")
    }
    homes = {
        row["seller_id"]: places.get(row["seller_zip_code_prefix"])
        for row in _read(folder / "sellers.csv")
    }
    weights = {
        row["product_id"]: int(float(row["product_weight_g"] or 1_000))
        for row in _read(folder / "products.csv")
    }
    buyer = {row["order_id"]: row["customer_id"] for row in _read(folder / "orders.csv")}
    items = [row for row in _read(folder / "order_items.csv") if row["order_item_id"] == "1"]
    near = [row for row in items if _is_near(doors.get(buyer.get(row["order_id"], "")))]
    sold = Counter(row["seller_id"] for row in near if _is_near(homes.get(row["seller_id"])))
    sellers = [seller for seller, _many in sold.most_common(nodes)]
    dice, many = Random(1), range(len(sellers))
    wanted = []
    for row in near[:orders]:
        door = doors[buyer[row["order_id"]]]
        own = sellers.index(row["seller_id"]) if row["seller_id"] in sellers else dice.choice(many)
        others = [node for node in dice.sample(many, min(3, len(sellers))) if node != own][:2]
        assert door is not None
        weight_g = max(100, weights.get(row["product_id"], 1_000))
        wanted.append(Wanted(door, min(weight_g, 30_000), (own, *others)))
    points = tuple(point for seller in sellers if (point := homes[seller]) is not None)
    return points, wanted


def _is_near(point: GeoPoint | None) -> bool:
    return (
        point is not None
        and abs(point.latitude - SAO_PAULO.latitude) < NEAR_DEGREES
        and abs(point.longitude - SAO_PAULO.longitude) < NEAR_DEGREES
    )


def _read(file: Path) -> Iterator[dict[str, str]]:
    with file.open(encoding="utf-8", newline="") as rows:
        yield from csv.DictReader(rows)


def _rows(points: tuple[GeoPoint, ...], wanted: list[Wanted]) -> dict[str, list[Any]]:
    """The files of the day: every order a product of its own, enough vans at each node."""
    nodes, stock, products, orders = [], [], [], []
    services = frozenset({Service.SHIP_FROM_STORE, Service.HOME_DELIVERY})
    for number, point in enumerate(points):
        code = f"N{number:02}"
        nodes.append(StockNode(code, code, NodeKind.STORE, point, services=services))
    for number, one in enumerate(wanted):
        sku, code = f"S{number:05}", f"{500_000 + number}"
        products.append(Product(sku, sku, weight_g=one.weight_g, volume_ml=5_000))
        stock += [StockCell(f"N{node:02}", sku, 2) for node in one.holders]
        half = 9 + 4 * (number % 2)
        orders.append(
            Order(
                code,
                _at(DEFAULT_DAY, 5),
                Mode.HOME_DELIVERY,
                (OrderLine(sku, 1, 5_000),),
                customer=code,
                address=Address(f"{number} rue du Bac", "59000", "Lille"),
                place=Located(one.point, 1.0, Precision.GIVEN),
                promised_from=_at(DEFAULT_DAY, half),
                promised_to=_at(DEFAULT_DAY, half + 5),
            )
        )
    vans = 2 + len(wanted) // (20 * len(points))
    fleet = [
        a_vehicle(f"V{n:02}{v:02}", f"N{n:02}") for n in range(len(points)) for v in range(vans)
    ]
    return {"node": nodes, "product": products, "stock": stock, "order": orders, "vehicle": fleet}


def _figures(desk: Workspace, options: argparse.Namespace, seconds: float) -> dict[str, int]:
    """Source, plan, and say what that comes to."""
    source(desk, apply=True)
    plan(desk, DEFAULT_DAY, seconds=seconds, seed=options.seed, apply=True)
    return _told(desk)


def _told(desk: Workspace) -> dict[str, int]:
    made = desk.read(load_plan, DEFAULT_DAY)
    carried = allocate(desk, DEFAULT_DAY)
    if not check(desk, on=DEFAULT_DAY).verdict.feasible:
        raise ValueError("the plan breaks a rule")
    choices = [choice for choice in carried.choices if choice.best is not None]
    return {
        "tours": len(made.tours),
        "stops": made.stop_count,
        "distance_m": made.distance_m,
        "tours_cents": made.cost_cents,
        "carriers_cents": sum(choice.best.total_cents for choice in choices if choice.best),
        "by_nobody": len(carried.choices) - len(choices),
    }


def _document(
    options: argparse.Namespace,
    alone: dict[str, int],
    together: dict[str, int],
    moves: int,
    took: float,
) -> dict[str, Any]:
    def cents(one: dict[str, int]) -> int:
        return one["tours_cents"] + one["carriers_cents"]

    return {
        "case": options.case,
        "two_steps": alone,
        "joint": together,
        "moves": moves,
        "plan_seconds": options.plan,
        "joint_seconds": round(took, 1),
        "km_saved_share": round(1 - together["distance_m"] / max(1, alone["distance_m"]), 4),
        "cost_saved_share": round(1 - cents(together) / max(1, cents(alone)), 4),
    }


if __name__ == "__main__":
    raise SystemExit(main())
