"""A day round Lille whose tours can be driven: for what hands do to them, in pictures and tests."""

from dataclasses import replace
from datetime import time, timedelta
from math import cos, pi, sin

from app.domain.acts.orders import ImportRows
from app.domain.acts.tours import LockTour
from app.domain.fleet import Energy, Vehicle
from app.domain.orders import Order, OrderLine
from app.domain.tours import PlanState
from app.domain.values import Address, GeoPoint, Load
from app.operations import hand
from app.operations.touring import set_state
from app.planning.tours.moves import Place
from app.workspace import Workspace
from tests.bookings.a_day import bring_in, source_from, two_carriers
from tests.builders import a_cell, a_node, a_vehicle, an_order, at
from tests.ui.tours.days import ON, clock

LES = GeoPoint(50.5930, 3.1150)
STOPS = 8

#: Number | label | energy | Crit'Air | room in kg | driver | leaves from
_FLEET = """
1|Fourgon élec. 01|electric|E|900|A. Lemaire|8
2|Fourgon élec. 02|electric|E|900|S. Benali|8
3|Fourgon GNV 03|cng|1|1100|J. Dubois|10
4|Fourgon élec. 04|electric|E|800|M. Carpentier|10
5|Fourgon GNV 06|cng|1|1100|K. Haddad|10
6|Vélo-cargo 07|cargo_bike|E|30|L. Masson|10
7|Fourgon diesel 08|diesel|2|1200|T. Delvaux|10
8|Porteur 7,5 t 09|diesel|2|2800|D. Marchand|11
9|Fourgon élec. 10|electric|E|800|N. Rossi|8
"""
_TOWNS = ("Armentières", "Lille", "Roubaix", "Tourcoing", "Seclin", "Hem", "Loos", "Lesquin")
_PEOPLE = ("Delattre, Claire", "Bouchet, Inès", "Garcia, Paul", "SARL Atelier Nord", "Petit, Léa")


def vehicles() -> list[Vehicle]:
    """Nine vehicles of one depot; the last one stays at home."""
    return [_vehicle(line.split("|")) for line in _FLEET.strip().splitlines()]


def order_code(tour: int, place: int) -> str:
    return f"48{tour:02}{place:02}"


def shipment(tour: int, place: int) -> str:
    return f"{order_code(tour, place)}-1"


def set_up_hand_day(workspace: Workspace) -> None:
    """Eight tours in eight directions, one stop each too late to be easy; one order left out.

    T1 is published, T8 locked; the bike drives T6, V9 drives nothing.
    """
    orders = [_order(t, p) for t in range(1, 9) for p in range(1, STOPS + 1)]
    waiting = replace(_order(5, 20), place=at(_spot(5, 4.5)))
    les = a_node("LES", LES, address=Address("Rue du Marché", "59810", "Lesquin"))
    bring_in(workspace, two_carriers(), *orders, waiting, nodes=(les,))
    workspace.submit(ImportRows("stock", "stock.csv", (a_cell("LES", on_hand=900),)))
    workspace.submit(ImportRows("vehicle", "vehicles.csv", tuple(vehicles())))
    source_from(workspace, "LES", *orders, waiting)
    for tour in range(1, 9):
        there = tuple(shipment(tour, place) for place in range(1, STOPS + 1))
        move = Place(there, vehicle=f"V{tour}", position=0)
        hand.apply_move(workspace, ON, move, force=True, reason="so it came")
    for state in (PlanState.VALIDATED, PlanState.PUBLISHED):
        set_state(workspace, ON, state, ("T1",))
    workspace.submit(LockTour(f"{ON.isoformat()}-T8", locked=True))


def set_up_mixed_day(workspace: Workspace) -> None:
    """The same day after an awkward hand: some stops ride with the neighbours of their tour."""
    set_up_hand_day(workspace)
    for tour, place, other in ((3, 7, 4), (4, 2, 5), (6, 4, 7)):
        move = Place((shipment(tour, place),), f"{ON.isoformat()}-T{other}")
        hand.apply_move(workspace, ON, move, force=True, reason="so it came")
    for tour in range(3, 8):
        workspace.submit(LockTour(f"{ON.isoformat()}-T{tour}", locked=False))


def _spot(tour: int, place: float) -> GeoPoint:
    """Stops of a tour go out on one side of its direction and come home on the other."""
    half = (STOPS + 1) / 2
    away = 0.05 + 0.03 * (half - abs(place - half))
    angle = 2 * pi * tour / 8 + 0.045 * (place - half)
    return GeoPoint(LES.latitude + 0.62 * away * sin(angle), LES.longitude + away * cos(angle))


def _order(tour: int, place: int) -> Order:
    starts = 8 if tour < 3 else 11
    opens = clock(f"{starts}") + timedelta(minutes=14 * place)
    late = tour == 7 and place == 7
    closes = opens + timedelta(minutes=70 if late else 150)
    return replace(
        an_order(order_code(tour, place)),
        lines=(OrderLine("SKU1", 2 + place % 3, 1_990),),
        customer=_PEOPLE[(tour + place) % len(_PEOPLE)],
        address=Address(f"{10 * tour + place} rue de la Carnoy", "59000", _TOWNS[tour % 8]),
        place=at(_spot(tour, place)),
        placed_at=clock("7") - timedelta(days=1),
        promised_from=opens,
        promised_to=closes,
        service_s=600 + 60 * (place % 4),
    )


def _vehicle(cells: list[str]) -> Vehicle:
    number, label, energy, critair, room, driver, hour = cells
    return a_vehicle(
        f"V{number}",
        "LES",
        label=label,
        energy=Energy(energy),
        critair=critair,
        driver=driver,
        capacity=Load(int(room) * 1_000, int(room) * 10_000, 80),
        shift_from=time(int(hour)),
        shift_to=time(19),
        break_s=2_700 if int(number) % 2 else 0,
        break_from=time(11, 30),
        break_to=time(14),
        fixed_cost_cents=4_000,
        co2e_g_per_km=36 if critair == "E" else 310,
    )
