"""The morning's tours in a real workspace: kept, with their orders, and four left out."""

from dataclasses import replace
from datetime import timedelta

from app.domain.acts.orders import ImportRows
from app.domain.acts.tours import SaveTours
from app.domain.orders import Order, OrderLine
from app.domain.reasons import Reason, because
from app.domain.tours import Colour, TourPlan, Unplanned
from app.domain.values import Address
from app.workspace import Workspace
from tests.bookings.a_day import bring_in, source_from, two_carriers
from tests.builders import LAMBERSART, LILLE, a_cell, a_node, an_order, at
from tests.ui.tours.days import a_morning, clock

_PEOPLE = ("Delattre, Claire", "Bouchet, Inès", "Garcia, Paul", "SARL Atelier Nord", "Petit, Léa")
_TOWNS = (("59130", "Lambersart"), ("59000", "Lille"), ("59290", "Wasquehal"), ("59113", "Seclin"))
_LEFT: tuple[tuple[str, Colour, tuple[Reason, ...]], ...] = (
    (
        "489901",
        Colour.YELLOW,
        (
            because("tour_full_weight", vehicle="V001", free_weight_g=45_000, weight_g=62_000),
            because("tour_no_time_left", vehicle="V002"),
            because("tour_no_time_left", vehicle="V009"),
        ),
    ),
    (
        "489902",
        Colour.RED,
        (
            because("tour_too_heavy", vehicle="V007", weight_g=310_000, room_weight_g=120_000),
            because("tour_no_skill", vehicle="V004", skill="tail_lift"),
        ),
    ),
    (
        "489903",
        Colour.GREEN,
        (because("tour_cheaper_carrier", vehicle="V004", added_cents=1_480, carrier_cents=940),),
    ),
    ("489904", Colour.YELLOW, (because("tour_no_time_left", vehicle="V008"),)),
)


def set_up(workspace: Workspace, *, planned: bool = True, left: bool = True) -> TourPlan:
    """Take in the morning: the orders sourced from LES, and, unless told not to, its nine tours."""
    plan, vehicles = a_morning()
    codes = [stop.order for tour in plan.tours for stop in tour.deliveries]
    waiting = [code for code, _colour, _reasons in _LEFT] if left else []
    orders = [_order(code, n) for n, code in enumerate((*codes, *waiting))]
    les = a_node("LES", LILLE, address=Address("Rue du Marché", "59810", "Lesquin"))
    bring_in(workspace, two_carriers(), *orders, nodes=(les,))
    workspace.submit(ImportRows("stock", "stock.csv", (a_cell("LES", on_hand=500),)))
    workspace.submit(ImportRows("vehicle", "vehicles.csv", tuple(vehicles)))
    source_from(workspace, "LES", *orders)
    if planned:
        unplanned = tuple(
            Unplanned(code, f"{code}-1", colour, reasons) for code, colour, reasons in _LEFT
        )
        plan = replace(plan, unplanned=unplanned if left else ())
        workspace.submit(SaveTours(plan))
    return plan


def _order(code: str, place: int) -> Order:
    postcode, town = _TOWNS[place % len(_TOWNS)]
    return replace(
        an_order(code),
        lines=(OrderLine("SKU1", 1 + place % 3, 1_990),),
        customer=_PEOPLE[place % len(_PEOPLE)],
        address=Address(f"{1 + place} rue de la Carnoy", postcode, town),
        place=at(LAMBERSART if place % 2 else LILLE),
        placed_at=clock("7") - timedelta(days=1),
        wish_from=clock("10"),
        wish_to=clock("18"),
        service_s=300,
    )
