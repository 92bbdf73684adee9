"""How fast a date is promised: `python -m tests.benchmarks.promise [--nodes N] [--skus N]`.

Every node keeps every product (200 x 20,000 unless said: four million cells in a real workspace).
Baskets of one to four products go to places all over the country; what is made ready once (nodes,
hours, tours, prices) is measured apart.
"""

import argparse
import json
from datetime import time
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from time import perf_counter, process_time

from sqlalchemy import text

from app.domain.acts.orders import ImportRows
from app.domain.carriers import PickupPoint, ServiceKind
from app.domain.nodes import NodeKind
from app.domain.orders import Mode, OrderLine
from app.domain.promises import PromiseAsked
from app.domain.values import Address, GeoPoint
from app.operations.promise_ground import promise_ground
from app.planning.promise.ground import PromiseGround
from app.planning.promise.promising import promise
from app.workspace import Workspace
from db.codec import instant
from db.engine import writer
from db.nodes import load_products
from db.stock import load_stock
from tests.builders import (
    NOW,
    a_carrier,
    a_node,
    a_product,
    a_service,
    a_tariff,
    a_vehicle,
    a_zone,
)

CARRIERS, RELAYS, QUESTIONS = 6, 600, 200
HOURS = "Mo-Sa 09:00-12:30,14:00-19:00; PH off"


def main() -> None:
    """Measure, and print what was found."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--nodes", type=int, default=200)
    parser.add_argument("--skus", type=int, default=20_000)
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    with TemporaryDirectory() as folder:
        found = measure(Path(folder), options.nodes, options.skus)
    if options.json:
        print(json.dumps(found))  # noqa: T201
        return
    for name, value in found.items():
        print(f"{name:24} {value:12,.2f}")  # noqa: T201


def measure(folder: Path, nodes: int, skus: int) -> dict[str, float]:
    """Milliseconds of the questions, from the fastest to the slowest, and of what is made once."""
    dice = Random(1)
    with Workspace.open(folder, user="bench", clock=lambda: NOW) as workspace:
        fill(workspace, nodes, skus, dice)
    fill_shelves(folder)
    with Workspace.open(folder, user="bench", clock=lambda: NOW) as workspace:
        start = perf_counter()
        ground = promise_ground(workspace)
        made_ms = 1_000 * (perf_counter() - start)
        first_ms, _ = question_ms(workspace, ground, dice, skus)
        asked = [question_ms(workspace, ground, dice, skus) for _ in range(QUESTIONS)]
    times, own = sorted(wall for wall, _ in asked), sorted(cpu for _, cpu in asked)
    return {
        "made ready once (ms)": made_ms,
        "first question (ms)": first_ms,
        "median (ms)": times[len(times) // 2],
        "95 % (ms)": times[int(0.95 * len(times))],
        "slowest (ms)": times[-1],
        "95 % of own time (ms)": own[int(0.95 * len(own))],
    }


def question_ms(
    workspace: Workspace, ground: PromiseGround, dice: Random, skus: int
) -> tuple[float, float]:
    """How long one basket takes by the clock, and of a processor: its stock is read each time."""
    lines = tuple(
        OrderLine(f"S{sku:05}", dice.randint(1, 2), 1_990)
        for sku in dice.sample(range(skus), min(skus, dice.randint(1, 4)))
    )
    address = Address("", f"{dice.choice((59, 69, 75, 13, 33)):02}000", "")
    asked = PromiseAsked(lines, address, a_point(dice))
    start, own = perf_counter(), process_time()
    named = {line.sku for line in lines}
    cells, products = workspace.read(load_stock, named), workspace.read(load_products, named)
    told = promise(asked, ground, cells, products, workspace.now())
    assert told.options or told.refused
    return 1_000 * (perf_counter() - start), 1_000 * (process_time() - own)


def fill(workspace: Workspace, nodes: int, skus: int, dice: Random) -> None:
    """Stores and some warehouses with vehicles, a panel with relays, and stock everywhere."""
    codes = [f"N{number:03}" for number in range(nodes)]
    everything = [
        a_node(
            code,
            a_point(dice),
            kind=NodeKind.WAREHOUSE if place % 20 == 0 else NodeKind.STORE,
            opening_hours=HOURS,
            preparation_minutes=dice.choice((30, 45, 60, 120)),
            cutoff=dice.choice((None, time(15), time(17))),
            address=Address("", "59000", "Lille"),
        )
        for place, code in enumerate(codes)
    ]
    take(workspace, "node", everything)
    take(workspace, "product", [a_product(f"S{sku:05}") for sku in range(skus)])
    take(workspace, "vehicle", [a_vehicle(f"V{code}", code) for code in codes])
    panel(workspace, dice)


def fill_shelves(folder: Path) -> None:
    """Up to three pieces of every product at every node, by one statement."""
    engine = writer(folder / "mirror.db")
    everywhere = text(
        "INSERT INTO stock (node, sku, on_hand, as_of)"
        " SELECT nodes.code, products.sku, abs(random()) % 4, :at FROM nodes, products"
    )
    with engine.begin() as connection:
        connection.execute(everywhere, {"at": instant(NOW)})
    engine.dispose()


def panel(workspace: Workspace, dice: Random) -> None:
    """Six carriers with three services each, by zone and weight, and their pickup points."""
    names = [f"C{number}" for number in range(CARRIERS)]
    take(workspace, "carrier", [a_carrier(name) for name in names])
    services = []
    for name in names:
        services += [
            a_service(name, "STD", transit_days=2, cutoff=time(17)),
            a_service(name, "EXP", kind=ServiceKind.EXPRESS, cutoff=time(16)),
            a_service(name, "REL", modes=frozenset({Mode.PICKUP_POINT}), transit_days=3),
        ]
    take(workspace, "service", services)
    take(workspace, "zone", [a_zone(carrier=name) for name in names])
    tariffs = [
        a_tariff(kg + 1, 500 + 90 * kg, above=kg, carrier=s.carrier, service=s.code)
        for s in services
        for kg in range(30)
    ]
    take(workspace, "tariff", tariffs)
    relays = [
        PickupPoint(f"R{number}", names[number % CARRIERS], f"Relay {number}", a_point(dice))
        for number in range(RELAYS)
    ]
    take(workspace, "pickup_point", relays)


def take(workspace: Workspace, kind: str, rows: list[object]) -> None:
    """Import rows as a file would."""
    workspace.submit(ImportRows(kind, f"{kind}.csv", tuple(rows)))


def a_point(dice: Random) -> GeoPoint:
    """Somewhere in the middle of France."""
    return GeoPoint(dice.uniform(44.0, 50.0), dice.uniform(0.0, 6.0))


if __name__ == "__main__":
    main()
