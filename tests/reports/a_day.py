"""A small day to be told: two tours to reckon by hand, carriers, and what stays behind."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from app.domain.acts.orders import ImportRows
from app.domain.acts.tours import SaveTours
from app.domain.fleet import Energy, Vehicle
from app.domain.nodes import StockNode
from app.domain.orders import Order
from app.domain.reasons import because
from app.domain.tours import (
    Colour,
    PlanState,
    Stop,
    StopKind,
    Tour,
    TourPlan,
    Unplanned,
)
from app.domain.values import Address, GeoPoint, Load, Window
from app.operations import booking, carriage
from app.planning.emissions import factor_of, shares, tour_co2e_g
from app.reports.day_review import (
    Carried,
    CarrierReview,
    DayReview,
    Fates,
    HandedOver,
    Keeping,
    Left,
    LeftOut,
    Told,
    TourReview,
    Visit,
)
from app.workspace import Workspace
from tests.bookings.a_day import LIL, RBX, bring_in, source_from, today, two_carriers
from tests.builders import LILLE, a_vehicle, at

ON = date(2026, 11, 24)
PARIS = ZoneInfo("Europe/Paris")
MORNING = datetime(2026, 11, 24, 8, tzinfo=UTC)  # 09:00 in Paris
VAN = a_vehicle("FE04", label="Fourgon élec. 04", driver="M. Carpentier", co2e_g_per_km=15)
BIKE = a_vehicle(
    "VC07",
    depot="RBX",
    label="Vélo-cargo 07",
    energy=Energy.CARGO_BIKE,
    co2e_g_per_km=0,
    capacity=Load(120_000, 900_000, 25),
)
#: Where the stops of the two tours are.
DOORS = (
    GeoPoint(50.6500, 3.0250),
    GeoPoint(50.6720, 3.0800),
    GeoPoint(50.6010, 3.0890),
    GeoPoint(50.7000, 3.2010),
    GeoPoint(50.7200, 3.1500),
)


def at_minute(minute: float) -> datetime:
    """So many minutes after nine in Paris."""
    return MORNING + timedelta(minutes=minute)


def a_stop(
    number: int,
    minute: float,
    *,
    waits: float = 0,
    window: tuple[float, float] | None = (0, 240),
    point: GeoPoint | None = None,
    **but: object,
) -> Stop:
    """A delivery of order 48000<number> at a minute of the morning."""
    start = at_minute(minute + waits)
    stop = Stop(
        StopKind.DELIVERY,
        point or DOORS[(number - 1) % len(DOORS)],
        at_minute(minute),
        start,
        start + timedelta(minutes=5),
        order=f"48000{number}",
        shipment=f"48000{number}-1",
        window=None if window is None else Window(at_minute(window[0]), at_minute(window[1])),
        load=Load(1_049 * number, 2_000, number),
        distance_m=3_149,
        drive_s=500,
    )
    return replace(stop, **but)  # type: ignore[arg-type]


def a_tour(number: int, vehicle: Vehicle, depot: StockNode, *stops: Stop) -> Tour:
    """A tour of these stops, there and back; its emissions are the vehicle's."""
    last = stops[-1].departure if stops else at_minute(0)
    home = replace(stops[-1], distance_m=2_051, drive_s=400) if stops else None
    back = Stop(
        StopKind.RETURN,
        depot.point,
        last + timedelta(minutes=10),
        last + timedelta(minutes=10),
        last + timedelta(minutes=10),
        distance_m=home.distance_m if home else 0,
        drive_s=home.drive_s if home else 0,
    )
    leave = Stop(StopKind.DEPART, depot.point, at_minute(0), at_minute(0), at_minute(0))
    every = (leave, *stops, back)
    metres = sum(stop.distance_m for stop in every)
    return Tour(
        f"{ON.isoformat()}-T{number}",
        number,
        ON,
        vehicle.code,
        depot.code,
        every,
        sum((stop.load for stop in stops), Load()),
        metres,
        sum(stop.drive_s for stop in every),
        10_049 + number,
        tour_co2e_g(vehicle, metres),
        PlanState.PUBLISHED,
        emission_level=factor_of(vehicle).level,
    )


def a_break(minute: float, lasts: float = 45, point: GeoPoint = LILLE) -> Stop:
    start = at_minute(minute)
    return Stop(StopKind.BREAK, point, start, start, start + timedelta(minutes=lasts))


def van_tour() -> Tour:
    """Three doors and a break before the last; the second door is tight, the third late."""
    return a_tour(
        1,
        VAN,
        LIL,
        a_stop(1, 20),
        a_stop(2, 40, window=(0, 45)),
        a_break(50),
        a_stop(3, 110, window=(60, 100)),
    )


def bike_tour() -> Tour:
    """Two doors, at the first of which the bicycle waits."""
    return a_tour(2, BIKE, RBX, a_stop(4, 30, waits=12), a_stop(5, 60, window=None))


def a_tour_review(tour: Tour, vehicle: Vehicle | None, depot: StockNode | None) -> TourReview:
    """A tour as it is reviewed, with customers called by their number."""
    parts = shares(tour)
    visits = tuple(
        Visit(
            number,
            stop,
            _keeping(stop),
            customer=f"Client {stop.order}",
            address=Address(f"{number} rue du Moulin", "59130", "Lambersart"),
            phone="+33612345678",
            note="Sonner deux fois",
            co2e_g=parts[stop.shipment],
        )
        for number, stop in enumerate(tour.deliveries, start=1)
    )
    return TourReview(tour, visits, factor_of(vehicle or VAN).basis, vehicle, depot)


def _keeping(stop: Stop) -> Keeping:
    if stop.late_s:
        return Keeping.LATE
    return Keeping.TIGHT if stop.slack_s is not None and stop.slack_s < 600 else Keeping.EASY


def a_carried(order: str = "480011", **but: object) -> Carried:
    carried = Carried(
        f"{order}-1",
        order,
        "Inès Bouchet",
        "59100 Roubaix",
        "Express du jour",
        2,
        3_449,
        1_155,
        42,
        reference="DEX-00001",
        delivered_on=ON,
    )
    return replace(carried, **but)  # type: ignore[arg-type]


def a_review(**but: object) -> DayReview:
    """The whole day: two tours, two carriers, an order handed over, two left out."""
    review = DayReview(
        ON,
        PARIS,
        (a_tour_review(van_tour(), VAN, LIL), a_tour_review(bike_tour(), BIKE, RBX)),
        (
            CarrierReview("DEX", "Deûle Express", (a_carried(), a_carried("480012"))),
            CarrierReview("NFT", "Nordfret", (a_carried("480013", reference="", late_days=2),)),
        ),
        (
            LeftOut(
                "480021",
                Left.NO_NODE,
                (Told(because("stock_nowhere", sku="LIN-1007", asked=1)),),
                customer="Luc Vandamme",
                town="59320 Sequedin",
                due_on=ON,
            ),
            LeftOut(
                "480022",
                Left.NO_CARRIER,
                (Told(because("service_weight", weight_g=40_000, limit_g=30_000), "Nordfret"),),
                customer="Alice Wattel",
                town="59800 Lille",
                due_on=date(2026, 11, 23),
            ),
        ),
        (
            HandedOver(
                "480012",
                "480012-1",
                "Inès Bouchet",
                "59100 Roubaix",
                "Deûle Express",
                1_155,
                (Told(because("tour_no_time_left", vehicle="Fourgon élec. 04")),),
                Colour.YELLOW,
            ),
        ),
        Fates(on_tour=5, with_carrier=3, to_collect=1, left_out=2),
        "Vol d'oiseau × 1,30",
        ("Arrêté du 10 avril 2012",),
        datetime(2026, 11, 24, 8, 42, tzinfo=UTC),
    )
    return replace(review, **but)  # type: ignore[arg-type]


def orders(*codes: int, **but: object) -> list[Order]:
    """Orders for today with these numbers, each at a door of its own."""
    return [
        today(
            f"48000{code}",
            customer=f"Client 48000{code}",
            place=at(DOORS[(code - 1) % len(DOORS)]),
            **but,
        )
        for code in codes
    ]


def play(workspace: Workspace, out: Path, *, tours: Callable[[], tuple[Tour, ...]]) -> TourPlan:
    """A day in a workspace: six orders sourced, the tours saved, the rest booked with carriers.

    The sixth order was left out of the tours and taken by a carrier; the seventh was never sourced.
    """
    every = orders(1, 2, 3, 4, 5, 6, 7)
    bring_in(workspace, two_carriers(), *every, weight_g=2_000)
    workspace.submit(ImportRows("vehicle", "vehicles.csv", (VAN, BIKE)))
    source_from(workspace, "LIL", *every[:3])
    source_from(workspace, "RBX", *every[3:6])
    left = Unplanned(
        "480006",
        "480006-1",
        Colour.YELLOW,
        (because("tour_no_time_left", vehicle="FE04"),),
    )
    plan = TourPlan(ON, tours(), (left,), method="Vol d'oiseau × 1,30")
    workspace.submit(SaveTours(plan))
    carriage.allocate(workspace, ON, apply=True)
    booking.book(workspace, ON, out)
    return plan


def both_tours() -> tuple[Tour, ...]:
    """Both tours as drafts, as a plan saves them."""
    return tuple(replace(tour, state=PlanState.DRAFT) for tour in (van_tour(), bike_tour()))
