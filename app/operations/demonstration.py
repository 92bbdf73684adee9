"""A believable day of a French region, as files a retailer would send; the same for each seed."""

import csv
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from io import StringIO
from itertools import cycle, islice
from pathlib import Path
from random import Random
from typing import Any
from zoneinfo import ZoneInfo

from resources import resource

PARIS = ZoneInfo("Europe/Paris")
DEFAULT_DAY = date(2026, 11, 24)
#: The demonstration's clock starts here each time it is opened.
OPENING = time(9, 42)
KINDS = ("nodes", "products", "stock", "vehicles", "carriers", "orders")
FIRST_ORDER = 480_101
SLOTS = ((10, 12), (11, 13), (12, 14), (14, 16), (14, 17), (15, 18), (16, 18), (17, 20))
Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Size:
    """How big the day is."""

    orders: int = 180
    nodes: int = 14
    vehicles: int = 14
    skus: int = 1_500


def write_day(
    folder: Path,
    on: date,
    seed: int,
    size: Size,
    only: Iterable[str] = KINDS,
    *,
    currency: str = "EUR",
) -> None:
    """Write the day's files into a folder; `only` names those wanted, prices are in `currency`."""
    made = _Day(on, seed, size)
    writers: dict[str, Callable[[], list[Row]]] = {
        "nodes": lambda: made.nodes,
        "products": lambda: made.products,
        "stock": made.stock,
        "vehicles": lambda: made.vehicles,
        "orders": made.orders,
    }
    folder.mkdir(parents=True, exist_ok=True)
    for kind in only:
        if kind == "carriers":
            _copy_panel(folder, currency)
        else:
            _write(folder / f"{kind}.csv", writers[kind]())


def opening_of(on: date) -> datetime:
    """The instant at which the demonstration's clock starts."""
    return datetime.combine(on, OPENING, PARIS)


class _Day:
    """The numbers of one day, drawn one after the other from one seed."""

    def __init__(self, on: date, seed: int, size: Size) -> None:
        self._on, self._size = on, size
        self._seed = seed
        self._towns = _read("towns.csv")
        self._people = _read("people.csv")
        self._relays = _read("panel", "pickup_points.csv")
        self._streets = [row["street"] for row in _read("streets.csv")]
        self.nodes = self._make_nodes()
        self.vehicles = self._make_vehicles()
        self.products = self._make_products()
        #: A product that every shop has sold out and that three customers want.
        self._sold_out = self.products[7]["sku"]

    def _dice(self, what: str) -> Random:
        """Dice of their own for each file: a longer one leaves the others as they are."""
        return Random(f"{self._seed}/{what}")  # noqa: S311 - a demonstration, not a secret

    def _make_nodes(self) -> list[Row]:
        known = _read("nodes.csv")
        dice = self._dice("nodes")
        extra = [
            _extra_store(number, dice.choice(self._towns), dice)
            for number in range(max(0, self._size.nodes - len(known)))
        ]
        return [*known[: self._size.nodes], *extra]

    def _make_vehicles(self) -> list[Row]:
        known = _read("vehicles.csv")
        depots = {node["code"] for node in self.nodes}
        at_home = [v for v in known if v["depot"] in depots]
        made = []
        for number, model in enumerate(islice(cycle(at_home), self._size.vehicles), start=1):
            if number <= len(at_home):
                made.append(model)
                continue
            depot = self.nodes[number % len(self.nodes)]["code"]
            label = f"{model['label'].rsplit(' ', 1)[0]} {number:02}"
            made.append({**model, "code": f"V{number:03}", "label": label, "depot": depot})
        return made

    def _make_products(self) -> list[Row]:
        dice = self._dice("products")
        goods = _read("goods.csv")
        made = []
        for number in range(self._size.skus):
            model = goods[number % len(goods)]
            factor = dice.uniform(0.8, 1.25)
            sides = [round(int(model[s]) * factor) for s in ("length_mm", "width_mm", "height_mm")]
            made.append(
                {
                    "sku": f"{model['family'][:3].upper()}-{1000 + number}".replace("É", "E"),
                    "label": f"{model['label']} n° {1 + number // len(goods)}",
                    "weight_g": round(int(model["weight_g"]) * factor**2),
                    "length_mm": sides[0],
                    "width_mm": sides[1],
                    "height_mm": sides[2],
                    "volume_ml": sides[0] * sides[1] * sides[2] // 1000,
                    "handling": model["handling"],
                    "ean": _ean13(3_600_000_000_000 // 10 + number),
                    "_price": round(int(model["price_cents"]) * factor),
                    "_popularity": int(model["popularity"]),
                }
            )
        return made

    def stock(self) -> list[Row]:
        """Warehouses hold nearly all, shops what sells; some lots are on their way."""
        dice = self._dice("stock")
        soon = datetime.combine(self._on + timedelta(days=2), time(6), PARIS).isoformat()
        counted = datetime.combine(self._on, time(7, 5), PARIS).isoformat()
        rows: list[Row] = []
        for node in self.nodes:
            is_shop = node["kind"] == "store"
            for product in self.products:
                if dice.random() > (0.8 if is_shop else 0.97):
                    continue
                rows.append(self._cell(dice, node["code"], product, is_shop, soon, counted))
        return rows

    def _cell(
        self, dice: Random, node: str, product: Row, is_shop: bool, soon: str, counted: str
    ) -> Row:
        often = product["_popularity"]
        on_hand = dice.randint(0, 2 + often) if is_shop else dice.randint(5, 20 + 8 * often)
        gone = product["sku"] == self._sold_out
        arrives = (not is_shop and dice.random() < 0.1) or (gone and not is_shop)
        return {
            "node": node,
            "sku": product["sku"],
            "on_hand": 0 if gone else on_hand,
            "reserved": 0 if gone else min(on_hand, dice.choice((0, 0, 0, 0, 1))),
            "safety_stock": (1 if is_shop else 3) if on_hand else 0,
            "inbound": dice.randint(5, 40) if arrives else 0,
            "inbound_at": soon if arrives else "",
            "as_of": counted,
        }

    def orders(self) -> list[Row]:
        """Orders of every mode, one row a line, with the difficulties that real days have."""
        dice = self._dice("orders")
        shops = [node for node in self.nodes if "click_and_collect" in node["services"]]
        rows: list[Row] = []
        for number in range(self._size.orders):
            head = self._head(dice, number, shops)
            rows.extend({**head, **line} for line in self._lines(dice, number, head["mode"]))
        return rows

    def _head(self, dice: Random, number: int, shops: list[Row]) -> Row:
        mode = dice.choices(("home_delivery", "click_and_collect", "pickup_point"), (66, 18, 16))[0]
        town = dice.choices(self._towns, [int(t["population"]) ** 0.8 for t in self._towns])[0]
        person = dice.choice(self._people)
        code = FIRST_ORDER + number
        head = {
            "order": str(code),
            "placed_at": self._placed_at(dice).isoformat(),
            "mode": mode,
            "customer": f"{person['first']} {person['last']}",
            "street": f"{dice.randint(1, 180)} {dice.choice(self._streets)}",
            "postcode": town["postcode"],
            "town": town["town"],
            "country": "FR",
            "phone": f"+336{dice.randint(10_000_000, 99_999_999)}",
            "email": f"client{code}@example.org",
            **self._promise(dice, mode),
            **_point_near(dice, town),
        }
        if mode == "click_and_collect" and shops:
            head["collect_node"] = _nearest(shops, town)["code"]
        elif mode == "click_and_collect":
            head = _at_home(head)
        elif mode == "pickup_point":
            head["pickup_point"] = _nearest(self._relays, town)["code"]
        return self._with_difficulties(head, number)

    def _placed_at(self, dice: Random) -> datetime:
        minutes_ago = int(dice.triangular(20, 24 * 60, 600))
        return opening_of(self._on) - timedelta(minutes=minutes_ago)

    def _promise(self, dice: Random, mode: str) -> Row:
        if mode == "click_and_collect":
            start, end = dice.choice(((14, 19), (16, 19), (12, 19)))
        elif mode == "pickup_point":
            start, end = (12, 18)
        else:
            start, end = dice.choices((*SLOTS, (10, 18)), (*([1] * len(SLOTS)), 3))[0]
        return {
            "promised_from": datetime.combine(self._on, time(start), PARIS).isoformat(),
            "promised_to": datetime.combine(self._on, time(end), PARIS).isoformat(),
        }

    def _with_difficulties(self, head: Row, number: int) -> Row:
        """An address that does not resolve, tight windows, a note with a trap for careless maps."""
        if number == 11:
            nowhere = {"postcode": "", "town": "Lieu-dit Les Quatre-Vents", "street": "Ferme"}
            return {**_at_home(head), **nowhere, "latitude": "", "longitude": ""}
        if number in (23, 57):
            tight = datetime.combine(self._on, time(11, 15), PARIS)
            until = (tight + timedelta(minutes=30)).isoformat()
            return {
                **_at_home(head),
                "promised_from": tight.isoformat(),
                "promised_to": until,
            }
        if number == 31:
            return {**head, "customer": "Mairie de Quesnoy", "note": "Sonner <b>deux fois</b>"}
        if number % 7 == 3:
            return {**head, "latitude": "", "longitude": ""}
        return head

    def _lines(self, dice: Random, number: int, mode: str) -> Iterator[Row]:
        if number in (5, 46, 88):
            yield {"sku": self._sold_out, "quantity": 1, "unit_price_cents": 2_490}
            return
        light = [p for p in self.products if p["weight_g"] < 15_000]
        goods = light if mode != "home_delivery" else self.products
        if number in (17, 64):
            goods = [p for p in self.products if "two_person" in p["handling"]]
        weights = [p["_popularity"] for p in goods]
        for product in dict.fromkeys(
            p["sku"]
            for p in dice.choices(goods, weights, k=dice.choices((1, 2, 3, 4), (5, 3, 2, 1))[0])
        ):
            chosen = next(p for p in goods if p["sku"] == product)
            few = 1 if chosen["weight_g"] > 8_000 else dice.choices((1, 2, 3), (7, 2, 1))[0]
            yield {"sku": product, "quantity": few, "unit_price_cents": chosen["_price"]}


def _at_home(head: Row) -> Row:
    return {**head, "mode": "home_delivery", "collect_node": "", "pickup_point": ""}


def _extra_store(number: int, town: Row, dice: Random) -> Row:
    place = _point_near(dice, town)
    return {
        "code": f"S{number + 1:03}",
        "name": f"{town['town']} {number + 1}",
        "kind": "store",
        **place,
        "street": "Place du Marché",
        "postcode": town["postcode"],
        "town": town["town"],
        "country": "FR",
        "opening_hours": "Mo-Sa 09:30-19:30",
        "services": "home_delivery ship_from_store click_and_collect",
        "orders_per_day": "40",
        "preparation_minutes": "45",
        "cutoff": "17:00",
        "active": "true",
    }


def _point_near(dice: Random, town: Row) -> Row:
    """A door within walking distance of the town's centre, further out in big towns."""
    spread = 0.004 + 0.00004 * int(town["population"]) ** 0.5
    return {
        "latitude": round(float(town["latitude"]) + dice.gauss(0, spread), 5),
        "longitude": round(float(town["longitude"]) + dice.gauss(0, spread * 1.5), 5),
    }


def _nearest(shops: list[Row], town: Row) -> Row:
    return min(
        shops,
        key=lambda shop: (
            (float(shop["latitude"]) - float(town["latitude"])) ** 2
            + ((float(shop["longitude"]) - float(town["longitude"])) * 0.63) ** 2
        ),
    )


def _ean13(twelve: int) -> str:
    """Twelve digits and their GS1 check digit (weights 1 and 3)."""
    digits = f"{twelve:012d}"
    odd = sum(map(int, digits[::2])) + 3 * sum(map(int, digits[1::2]))
    return f"{digits}{-odd % 10}"


def _read(*name: str) -> list[Row]:
    text = resource("demo", *name).read_text(encoding="utf-8")
    return list(csv.DictReader(StringIO(text)))


def _write(file: Path, rows: list[Row]) -> None:
    columns = [c for c in dict.fromkeys(k for row in rows for k in row) if not c.startswith("_")]
    with file.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.DictWriter(stream, columns, restval="", extrasaction="ignore")
        writer.writeheader()
        writer.writerows(rows)


def _copy_panel(folder: Path, currency: str) -> None:
    """The panel's files as they are, but in the currency of the workspace it is for."""
    for source in resource("demo", "panel").iterdir():
        if source.name.endswith(".csv"):
            rows = _read("panel", source.name)
            priced = [{**row, "currency": currency} if "currency" in row else row for row in rows]
            _write(folder / source.name, priced)
