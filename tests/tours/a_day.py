"""A day of tours to test with: shipments round Lille, vehicles, travel times, a problem of both."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from hypothesis import strategies as st

from app.connectors.roads.great_circle import GreatCircleTravel
from app.domain.fleet import Vehicle
from app.domain.nodes import StockNode
from app.domain.orders import ShipmentAtDoor
from app.domain.policy import Policy, TouringPolicy
from app.domain.tours import TourPlan, Verdict
from app.domain.values import GeoPoint, Load, Window
from app.planning.tours.check import judge
from app.planning.tours.court import Facts
from app.planning.tours.day import problem_of
from app.planning.tours.problem import Problem
from tests.builders import LILLE, ROUBAIX, a_node, a_vehicle, at_door

ON = date(2026, 11, 24)
PARIS = ZoneInfo("Europe/Paris")
TRAVEL = GreatCircleTravel()


def at(hour: int, minute: int = 0, day: date = ON) -> datetime:
    """A moment of the day, on the wall in Paris."""
    return datetime.combine(day, time(hour, minute), PARIS)


def between(first: int, last: int) -> Window:
    return Window(at(first), at(last))


def a_door(
    code: str, east: float = 0.0, north: float = 0.0, *, node: str = "LIL", **but: Any
) -> ShipmentAtDoor:
    """A shipment to a door so many degrees from the depot; 1 kg unless `load` says otherwise."""
    load = but.pop("load", Load(1_000, 2_000, 1))
    door = at_door(f"{code}-1", GeoPoint(LILLE.latitude + north, LILLE.longitude + east))
    shipment = replace(door.shipment, node=node, load=load)
    return replace(door, shipment=shipment, **but)


@dataclass(frozen=True)
class Day:
    """What a plan is made from."""

    doors: Sequence[ShipmentAtDoor]
    vehicles: Sequence[Vehicle] = (a_vehicle(),)
    nodes: Sequence[StockNode] = (a_node(),)
    prizes: Mapping[str, int] = field(default_factory=dict)
    policy: Policy = field(default_factory=Policy)

    def problem(self, **but: Any) -> Problem:
        return problem_of(
            self.doors,
            self.vehicles,
            self.nodes,
            TRAVEL,
            self.policy,
            ON,
            PARIS,
            prizes=self.prizes,
            **but,
        )

    def judged(self, plan: TourPlan) -> Verdict:
        return judge(plan, Facts.of(self.doors, self.vehicles, self.nodes, TRAVEL, PARIS))


def some_windows() -> st.SearchStrategy[Window | None]:
    """None, or a window of one to six hours."""
    spans = st.tuples(st.integers(7, 17), st.integers(1, 6))
    return st.none() | spans.map(lambda s: between(s[0], min(23, s[0] + s[1])))


@st.composite
def some_doors(draw: st.DrawFn, number: int, nodes: Sequence[str]) -> ShipmentAtDoor:
    degrees = st.floats(-0.25, 0.25)
    return a_door(
        f"{480000 + number}",
        draw(degrees),
        draw(degrees),
        node=draw(st.sampled_from(nodes)),
        window=draw(some_windows()),
        service_s=draw(st.sampled_from((0, 120, 300, 1_800))),
        load=Load(draw(st.sampled_from((500, 20_000, 400_000))), draw(st.integers(0, 800_000)), 1),
        handling=draw(st.sampled_from((frozenset(), frozenset({"fragile"}), frozenset({"cold"})))),
    )


@st.composite
def some_vehicles(draw: st.DrawFn, code: str, nodes: Sequence[str]) -> Vehicle:
    starts = draw(st.integers(6, 12))
    resting = draw(st.booleans())
    return a_vehicle(
        code,
        draw(st.sampled_from(nodes)),
        capacity=Load(draw(st.sampled_from((100_000, 800_000))), 6_000_000, 60),
        shift_from=time(starts),
        shift_to=time(starts + draw(st.integers(4, 11))),
        max_m=draw(st.sampled_from((None, 30_000, 120_000))),
        break_s=draw(st.sampled_from((1_200, 2_700))) if resting else 0,
        break_from=draw(st.sampled_from((None, time(11, 30), time(12, 30)))),
        break_to=draw(st.sampled_from((None, time(14), time(15)))),
        fixed_cost_cents=draw(st.sampled_from((0, 4_000))),
        cost_per_km_cents=draw(st.sampled_from((0.0, 18.5, 35.25))),
        cost_per_hour_cents=draw(st.sampled_from((0, 2_350))),
        co2e_g_per_km=draw(st.sampled_from((0, 15, 250))),
        skills=draw(st.sampled_from((frozenset(), frozenset({"cold"})))),
    )


@st.composite
def some_days(draw: st.DrawFn, *, doors: int = 8, vehicles: int = 3) -> Day:
    """Days with one or two depots, few vehicles, and shipments that may or may not fit."""
    nodes = [a_node("LIL"), a_node("RBX", ROUBAIX)][: draw(st.integers(1, 2))]
    codes = [node.code for node in nodes]
    wanted = [draw(some_doors(n, codes)) for n in range(draw(st.integers(0, doors)))]
    fleet = [draw(some_vehicles(f"V{n}", codes)) for n in range(draw(st.integers(1, vehicles)))]
    prizes = {door.shipment.code: draw(st.sampled_from((0, 600, 2_500, 50_000))) for door in wanted}
    return Day(wanted, fleet, nodes, prizes)


def without_carbon() -> Policy:
    """A policy in which carbon has no price."""
    return Policy(touring=TouringPolicy(carbon_cents_per_kg=0))


__all__ = ["LILLE", "ROUBAIX", "a_node"]
