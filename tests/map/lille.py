"""A day round Lille for pictures and tests of the map: 12 nodes, 9 tours, some 180 orders."""

from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise
from math import atan2, cos, hypot, radians, sin
from random import Random

from app.domain.nodes import NodeKind
from app.domain.orders import Mode, Queue
from app.domain.tours import Colour
from app.domain.values import GeoPoint
from app.maps.layers import Leg, MapLayers, NodeMark, OrderMark, Slack, TourLine

NODES = (
    NodeMark("LIC", GeoPoint(50.6366, 3.0780), "Lille Centre", load_share=0.88),
    NodeMark("LAM", GeoPoint(50.6530, 3.0330), "Lambersart", load_share=0.61),
    NodeMark("RBX", GeoPoint(50.6910, 3.1740), "Roubaix", load_share=0.54),
    NodeMark("TCG", GeoPoint(50.7239, 3.1560), "Tourcoing", load_share=0.49),
    NodeMark("VDA", GeoPoint(50.6230, 3.1450), "Villeneuve-d'Ascq", load_share=0.72),
    NodeMark("ARM", GeoPoint(50.6857, 2.8821), "Armentières", load_share=0.35),
    NodeMark("ENG", GeoPoint(50.6290, 2.9572), "Englos", load_share=0.45),
    NodeMark("SEC", GeoPoint(50.5487, 3.0350), "Seclin", load_share=0.66),
    NodeMark("LOM", GeoPoint(50.6480, 2.9820), "Lomme", NodeKind.HUB, load_share=0.3),
    NodeMark("LES", GeoPoint(50.5850, 3.1120), "Lesquin", NodeKind.WAREHOUSE, load_share=0.45),
    NodeMark("HEM", GeoPoint(50.6560, 3.2010), "Hem", load_share=0.58),
    NodeMark("WAT", GeoPoint(50.6050, 3.0500), "Wattignies", NodeKind.SUPPLIER),
)
NAMED = {node.code: node for node in NODES}

#: Depot, middle of the area, its reach in degrees, stops, vehicle.
TOURS = (
    ("VDA", (50.640, 3.185), 0.034, 12, "Fourgon élec. 01"),
    ("LES", (50.592, 3.075), 0.030, 11, "Fourgon élec. 02"),
    ("LOM", (50.678, 2.910), 0.040, 10, "Fourgon GNV 03"),
    ("LAM", (50.672, 3.030), 0.036, 11, "Fourgon élec. 04"),
    ("SEC", (50.535, 3.040), 0.044, 10, "Fourgon diesel 05"),
    ("RBX", (50.697, 3.200), 0.036, 13, "Fourgon GNV 06"),
    ("LIC", (50.640, 3.060), 0.030, 13, "Vélo-cargo 07"),
    ("TCG", (50.748, 3.130), 0.036, 11, "Fourgon diesel 08"),
    ("ENG", (50.605, 2.965), 0.034, 8, "Porteur 7,5 t 09"),
)
LATE = {(8, 10), (9, 4)}
TIGHT = {(3, 8), (5, 8), (7, 7), (8, 2), (9, 8)}
FIRST = (
    "Bouchet, Inès",
    "SARL Atelier Nord",
    "Lefebvre, Marc",
    "Diallo, Aminata",
    "Caron, Juliette",
)


def lille(*, seed: int = 59, roads: bool = False) -> MapLayers:
    """The day; with `roads`, the ways follow made-up roads instead of straight lines."""
    chance = Random(seed)
    orders: list[OrderMark] = []
    lines: list[TourLine] = []
    for number, tour in enumerate(TOURS, start=1):
        stops = list(_stops(chance, number, tour))
        orders += stops
        lines.append(_line(chance, number, tour, stops, roads=roads))
    orders += _to_source(chance)
    orders += _left_out(chance)
    orders += _settled(chance)
    return MapLayers(tuple(_numbered(orders)), NODES, tuple(lines))


def many(count: int, *, seed: int = 1) -> MapLayers:
    """So many orders over the region, half of them in a hundred tours."""
    chance = Random(seed)
    orders = []
    for i in range(count):
        point = GeoPoint(50.62 + chance.gauss(0, 0.16), 3.05 + chance.gauss(0, 0.24))
        mode = chance.choice(list(Mode))
        mark = OrderMark(str(500_000 + i), point, mode, customer=FIRST[i % 5], town="Lille")
        if i % 2:
            mark = replace(mark, queue=Queue.PLANNED, tour=1 + i % 100, sequence=1 + i // 100 % 30)
        orders.append(mark)
    return MapLayers(tuple(orders), NODES)


def _stops(
    chance: Random, number: int, tour: tuple[str, tuple[float, float], float, int, str]
) -> Iterator[OrderMark]:
    depot, middle, reach, count, _vehicle = tour
    places = [_near(chance, middle, reach) for _ in range(count)]
    ordered = _shortest(NAMED[depot].point, places)
    for sequence, point in enumerate(ordered, start=1):
        slack = Slack.LATE if (number, sequence) in LATE else Slack.EASY
        slack = Slack.TIGHT if (number, sequence) in TIGHT else slack
        done = number in (1, 2, 5, 6, 7) and sequence <= (5 if number != 5 else 3)
        yield OrderMark(
            "",
            point,
            chance.choices((Mode.HOME_DELIVERY, Mode.PICKUP_POINT), (9, 1))[0],
            Queue.PLANNED,
            node=depot,
            tour=number,
            sequence=sequence,
            slack=slack,
            done=done,
        )


def _line(
    chance: Random,
    number: int,
    tour: tuple[str, tuple[float, float], float, int, str],
    stops: list[OrderMark],
    *,
    roads: bool,
) -> TourLine:
    depot = NAMED[tour[0]].point
    places = [depot, *(stop.point for stop in stops), depot]
    legs = tuple(
        Leg(_road(chance, a, b), road_known=True) if roads else Leg((a, b))
        for a, b in pairwise(places)
    )
    tag = max((stop.point for stop in stops), key=depot.distance_m)
    details = (f"{len(stops)} arrêts · 29,8 km · 142,65 €",)
    return TourLine(number, legs, tag, f"2026-11-24-T{number}", tour[4], details)


def _to_source(chance: Random) -> Iterator[OrderMark]:
    for i in range(23):
        mode = (Mode.HOME_DELIVERY, Mode.HOME_DELIVERY, Mode.PICKUP_POINT)[i % 3 if i % 4 else 0]
        mode = Mode.CLICK_AND_COLLECT if i in (9, 20) else mode
        yield OrderMark(
            "",
            _near(chance, (50.655, 3.07), 0.125),
            mode,
            no_candidate=i in (3, 17),
            approximate=i in (5, 11),
        )
    for share in (0.1, 0.2, 0.4, 0.6, 0.8, 0.95):
        point = _near(chance, (50.66, 3.09), 0.09)
        yield OrderMark("", point, queue=Queue.OFFERED, offer_left_share=share)
    yield OrderMark("", GeoPoint(50.7095, 3.0215), queue=Queue.BLOCKED)


def _left_out(chance: Random) -> Iterator[OrderMark]:
    for colour in (Colour.YELLOW, Colour.YELLOW, Colour.YELLOW, Colour.RED):
        point = _near(chance, (50.65, 3.08), 0.11)
        yield OrderMark("", point, queue=Queue.TO_PLAN, left_out=colour, node="LES")


def _settled(chance: Random) -> Iterator[OrderMark]:
    for i in range(31):
        mode = Mode.PICKUP_POINT if i % 2 else Mode.HOME_DELIVERY
        point = _near(chance, (50.65, 3.08), 0.13)
        yield OrderMark("", point, mode, Queue.WITH_CARRIER, node=NODES[i % 10].code)
    for i in range(19):
        node = NODES[i % 8]
        point = _near(chance, (node.point.latitude, node.point.longitude), 0.016)
        yield OrderMark("", point, Mode.CLICK_AND_COLLECT, Queue.TO_COLLECT, node=node.code)


def _numbered(orders: list[OrderMark]) -> Iterator[OrderMark]:
    towns = ("Roubaix", "Lille", "Tourcoing", "Wattrelos", "Loos", "Seclin", "Lambersart")
    for i, mark in enumerate(orders):
        details = ("14:00–16:00 · 3 colis · 8,4 kg",)
        yield replace(
            mark,
            order=str(480_101 + i),
            customer=FIRST[i % 5],
            town=towns[i % 7],
            details=details,
        )


def _near(chance: Random, middle: tuple[float, float], reach: float) -> GeoPoint:
    angle, away = radians(chance.uniform(0, 360)), reach * chance.uniform(0.15, 1) ** 0.6
    return GeoPoint(middle[0] + 0.64 * away * sin(angle), middle[1] + away * cos(angle))


def _shortest(depot: GeoPoint, places: list[GeoPoint]) -> list[GeoPoint]:
    """A round that looks like one: by angle about the middle, begun nearest to the depot."""
    lat = sum(p.latitude for p in places) / len(places)
    lon = sum(p.longitude for p in places) / len(places)
    ring = sorted(places, key=lambda p: atan2(p.latitude - lat, p.longitude - lon))
    start = min(range(len(ring)), key=lambda i: depot.distance_m(ring[i]))
    return ring[start:] + ring[:start]


def _road(chance: Random, start: GeoPoint, end: GeoPoint) -> tuple[GeoPoint, ...]:
    dlat, dlon = end.latitude - start.latitude, end.longitude - start.longitude
    length = hypot(dlat, dlon)
    bend = chance.uniform(-0.12, 0.12)
    steps = max(2, int(length / 0.006))
    points = []
    for i in range(steps + 1):
        share = i / steps
        aside = bend * sin(share * 3.14159) + (chance.uniform(-0.02, 0.02) if 0 < i < steps else 0)
        points.append(
            GeoPoint(
                start.latitude + dlat * share - dlon * aside * 0.64,
                start.longitude + dlon * share + dlat * aside / 0.64,
            )
        )
    return tuple(points)
