"""How long new orders beside agreed ones take: `python -m tests.benchmarks.reallocating`.

Agreed orders are sourced by greedy rules; then `--new` more come in, and each is served at least
cost while agreed orders move only where that saves `--from-cents`. Told are the processor's seconds
with the making of the problem, the moves, and what they save beside leaving everybody where he is.
"""

import argparse
import json
from collections import Counter
from time import process_time
from zoneinfo import ZoneInfo

from app.domain.orders import Order, Shipment
from app.domain.stock import StockCell
from app.operations.reallocating import SEARCH_S
from app.planning.sourcing.agreed import Agreed, Setting
from app.planning.sourcing.reallocating import reallocate
from tests.benchmarks import sourcing
from tests.benchmarks.sourcing import NOW, make


def main(arguments: list[str] | None = None) -> int:
    """Make an instance, agree on all but the new orders, weigh these, and print what it took."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--agreed", type=int, default=5_000)
    parser.add_argument("--new", type=int, default=50)
    parser.add_argument("--nodes", type=int, default=200)
    parser.add_argument("--skus", type=int, default=20_000)
    parser.add_argument("--from-cents", type=int, default=500)
    parser.add_argument("--seconds", type=float, default=SEARCH_S)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args(arguments)
    instance = make(options.agreed + options.new, options.nodes, options.skus, options.seed)
    orders = {order["order"]: sourcing.order_of(order) for order in instance["orders"]}
    new = list(orders)[-options.new :]
    agreed_only = {**instance, "orders": [o for o in instance["orders"] if o["order"] not in new]}
    agreed, stock = _agreed(agreed_only, orders)
    policy = sourcing.policy_of(instance)
    nodes = tuple(sourcing.node_of(node) for node in instance["nodes"])
    given = frozenset((one.shipment.node, one.order.code) for one in agreed)
    zone = ZoneInfo("Europe/Paris")
    setting = Setting(nodes, stock, {}, policy, NOW, zone, given)
    began = process_time()
    found = reallocate(
        [orders[code] for code in new],
        agreed,
        {},
        setting,
        from_cents=options.from_cents,
        seconds=options.seconds,
    )
    took = process_time() - began
    print(  # noqa: T201 - a command's answer
        json.dumps(
            {
                "agreed": len(agreed),
                "new": len(new),
                "cpu_seconds": round(took, 3),
                "served": sum(bool(made.shipments) for made in found.decisions),
                "moves": len(found.moves),
                "saved_cents": found.unmoved_cents - found.cost_cents,
            }
        )
    )
    return 0


def _agreed(
    instance: sourcing.Instance, orders: dict[str, Order]
) -> tuple[list[Agreed], tuple[StockCell, ...]]:
    """The orders that one node sends whole, and the stock with all that was given reserved."""
    taken: Counter[tuple[str, str]] = Counter()
    agreed = []
    for made in sourcing.by_rules(instance):
        for sent in made["shipments"]:
            taken.update({(sent["node"], ln["sku"]): ln["quantity"] for ln in sent["lines"]})
        order = orders[made["order"]]
        first = [sent["lines"] for sent in made["shipments"][:1]]
        sent_pieces = sum(line["quantity"] for lines in first for line in lines)
        if sent_pieces == order.pieces:
            node = made["shipments"][0]["node"]
            agreed.append(Agreed(order, Shipment(f"{order.code}-1", order.code, node, order.lines)))
    stock = [
        StockCell(node, sku, pieces, reserved_here=taken[node, sku])
        for node, held in instance["stock"].items()
        for sku, pieces in held.items()
    ]
    return agreed, tuple(stock)


if __name__ == "__main__":
    raise SystemExit(main())
