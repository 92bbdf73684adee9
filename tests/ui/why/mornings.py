"""A small morning round Lille: three nodes, two carriers, orders of every kind to ask why of."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

from pytestqt.qtbot import QtBot

from app.domain.acts.orders import ImportRows
from app.domain.acts.tours import SaveTours
from app.domain.carriers import Panel
from app.domain.orders import Mode, Order, OrderLine
from app.domain.tours import PlanState, Stop, StopKind, Tour, TourPlan
from app.domain.values import Address, GeoPoint, Load, Window
from app.ui.session import Session
from app.workspace import Workspace
from tests.builders import (
    LAMBERSART,
    LILLE,
    a_carrier,
    a_cell,
    a_node,
    a_panel,
    a_product,
    a_service,
    a_tariff,
    a_vehicle,
    a_zone,
    an_order,
)

TODAY = date(2026, 11, 24)
ENGLOS = GeoPoint(50.6280, 2.9590)
NODES = (
    a_node("LAM", LAMBERSART, name="Lambersart", address=Address("Place", "59130", "Lambersart")),
    a_node("LIC", LILLE, name="Lille Centre", address=Address("Rue Neuve", "59000", "Lille")),
    a_node("ENG", ENGLOS, name="Englos", address=Address("Centre", "59320", "Englos")),
)


def promised(code: str = "480213", **but: Any) -> Order:
    """An order promised for today, 14:00 to 16:00 in Paris."""
    order = an_order(
        code,
        promised_from=datetime(2026, 11, 24, 13, tzinfo=UTC),
        promised_to=datetime(2026, 11, 24, 15, tzinfo=UTC),
    )
    return replace(order, **but)


def carriers() -> Panel:
    """Deûle Express for what is light, Nordfret for all; both price in two lines at most."""
    return a_panel(
        a_tariff(10, 900),
        a_tariff(cents=1_200, carrier="NFT", service="PAL"),
        carriers=(a_carrier(name="Deûle Express"), a_carrier("NFT", name="Nordfret")),
        services=(
            a_service(label="Express du jour", max_weight_g=10_000),
            a_service("NFT", "PAL", label="Messagerie"),
        ),
        zones=(a_zone(country="FR"), a_zone(carrier="NFT", country="FR")),
    )


def bring_in(workspace: Workspace, *orders: Order, vehicles: bool = False) -> None:
    """Take in the nodes, two products, their stock, the carriers and these orders.

    SKU1 is at LAM and LIC, at Englos only the safety stock is left; SKU9 is nowhere.
    """
    panel = carriers()
    rows: dict[str, tuple[Any, ...]] = {
        "node": NODES,
        "product": (a_product(label="Lampe"), a_product("SKU9", label="Miroir")),
        "stock": (
            a_cell("LAM", on_hand=4),
            a_cell("LIC", on_hand=9),
            a_cell("ENG", on_hand=2, safety_stock=2),
            a_cell("LIC", "SKU9", on_hand=0),
        ),
        "vehicle": (a_vehicle("V1", "LAM", label="Fourgon 04"),) if vehicles else (),
        "carrier": panel.carriers,
        "service": panel.services,
        "zone": panel.zones,
        "tariff": panel.tariffs,
        "order": orders,
    }
    for kind, values in rows.items():
        if values:
            workspace.submit(ImportRows(kind, f"{kind}s.csv", values))


def unfillable(code: str = "480249") -> Order:
    """An order for what no node has."""
    return promised(code, lines=(OrderLine("SKU9", 1, 4_500),))


def lost(code: str = "480112") -> Order:
    """An order whose address nobody could place."""
    return promised(code, place=None)


def to_collect(code: str = "480190") -> Order:
    """An order that its customer fetches at Lille Centre."""
    return promised(code, mode=Mode.CLICK_AND_COLLECT, collect_node="LIC")


def plan_tour(workspace: Workspace, *orders: str, late_s: int = 0, slack_s: int = 2_760) -> Tour:
    """One tour from LAM that brings the first shipment of these orders, in their order."""
    start = datetime(2026, 11, 24, 12, 30, tzinfo=UTC)
    stops = [_waypoint(StopKind.DEPART, start)]
    for number, order in enumerate(orders, start=1):
        begins = start + timedelta(minutes=25 * number)
        closes = (
            begins - timedelta(seconds=late_s) if late_s else begins + timedelta(seconds=slack_s)
        )
        window = Window(begins - timedelta(hours=2), closes)
        stops.append(
            Stop(
                StopKind.DELIVERY,
                LAMBERSART,
                begins,
                begins,
                begins + timedelta(minutes=5),
                order,
                f"{order}-1",
                window,
                Load(1_000, 2_000, 1),
                distance_m=2_300,
                drive_s=420,
            )
        )
    end = start + timedelta(minutes=25 * (len(orders) + 1))
    stops.append(_waypoint(StopKind.RETURN, end))
    tour = Tour(
        "2026-11-24-T4",
        4,
        TODAY,
        "V1",
        "LAM",
        tuple(stops),
        Load(1_000 * len(orders), 2_000, len(orders)),
        distance_m=12_400,
        drive_s=2_400,
        cost_cents=4_850,
        co2e_g=3_100,
        state=PlanState.DRAFT,
    )
    workspace.submit(SaveTours(TourPlan(TODAY, (tour,))))
    return tour


def _waypoint(kind: StopKind, at: datetime) -> Stop:
    return Stop(kind, LAMBERSART, at, at, at)


def settle(session: Session, qtbot: QtBot, done: Callable[[], bool] = lambda: True) -> None:
    """Let the session read until board and suggestions are those of the workspace."""
    qtbot.waitUntil(lambda: session.settled and done(), timeout=5_000)
